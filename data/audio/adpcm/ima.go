package adpcm

import "encoding/binary"

// steps are IMA's step sizes, each about a tenth larger than the one before.
var steps = [89]int{
	7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45,
	50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130, 143, 157, 173, 190, 209, 230,
	253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963,
	1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327,
	3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442,
	11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794,
	32767,
}

// expandIMA decodes a block: for each channel its first sample and step, then
// groups of four bytes, in turn, of eight samples of one channel each.
func expandIMA(dst []float32, block []byte, channels int) error {
	for c := range channels {
		x := int(int16(binary.LittleEndian.Uint16(block[4*c:])))
		index := int(block[4*c+2])
		if index >= len(steps) {
			return errHeader
		}
		dst[c] = float32(x) / (1 << 15)
		for frame := 1; frame < len(dst)/channels; frame++ {
			group, within := (frame-1)/8, (frame-1)%8
			code := block[4*channels*(group+1)+4*c+within/2] >> (within % 2 * 4) & 15
			x, index = stepIMA(x, index, int(code))
			dst[frame*channels+c] = float32(x) / (1 << 15)
		}
	}
	return nil
}

// stepIMA adds one difference; the code's highest bit is its sign.
func stepIMA(x, index, code int) (newX, newIndex int) {
	size := code & 7
	difference := (2*size + 1) * steps[index] >> 3
	if code&8 != 0 {
		difference = -difference
	}
	change := [8]int{-1, -1, -1, -1, 2, 4, 6, 8}[size]
	return clamp(x + difference), max(0, min(len(steps)-1, index+change))
}
