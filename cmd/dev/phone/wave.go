package phone

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// WAV returns a stereo µ-law WAV file (RIFF format tag 7) of two lanes of equal
// length with 8000 samples a second between -1 and 1.
func WAV(left, right []float64) []byte {
	data := make([]byte, 0, 2*len(left))
	for i := range left {
		data = append(data, MuLaw(pcm(left[i])), MuLaw(pcm(right[i])))
	}
	const channels, muLaw = 2, 7
	var b bytes.Buffer
	put := func(values ...any) {
		for _, v := range values {
			_ = binary.Write(&b, binary.LittleEndian, v) // a Buffer takes everything
		}
	}
	put([]byte("RIFF"), uint32(4+26+12+8+len(data)), []byte("WAVE"))
	put([]byte("fmt "), uint32(18), uint16(muLaw), uint16(channels), uint32(Rate),
		uint32(Rate*channels), uint16(channels), uint16(8), uint16(0))
	put([]byte("fact"), uint32(4), uint32(len(left)))
	put([]byte("data"), uint32(len(data)), data)
	return b.Bytes()
}

func pcm(v float64) int16 { return int16(max(-1, min(1, v)) * 32767) }

// MuLaw codes a 16-bit sample by ITU-T G.711: the sign, the exponent of the
// biased magnitude, its next four bits, all inverted.
func MuLaw(sample int16) byte {
	const bias, clip = 0x84, 32635
	sign, magnitude := byte(0), int(sample)
	if magnitude < 0 {
		sign, magnitude = 0x80, -magnitude
	}
	magnitude = min(magnitude, clip) + bias
	exponent := bits.Len(uint(magnitude)) - 8
	mantissa := byte(magnitude>>(exponent+3)) & 0x0f
	return ^(sign | byte(exponent)<<4 | mantissa)
}
