package adpcm

import "encoding/binary"

// predictors are the pairs of coefficients, in 1/256, that every encoder uses;
// the format could carry others, and none does.
var predictors = [7][2]int{
	{256, 0}, {512, -256}, {0, 0}, {192, 64}, {240, 0}, {460, -208}, {392, -232},
}

// adaptation is what a code does to the step, in 1/256.
var adaptation = [16]int{230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230}

// The step's limits: the least is the format's, the most keeps a damaged file
// from running away.
const minStep, maxStep = 16, (1<<31 - 1) / 768

// A track is one channel while its block is decoded.
type track struct {
	predictor [2]int
	step      int
	x1, x2    int // the last sample and the one before
}

// expandMicrosoft decodes a block: for all channels their predictor, step, last
// and second last sample; then half bytes, the higher one first, channel by
// channel.
func expandMicrosoft(dst []float32, block []byte, channels int) error {
	var tracks [2]track
	word := func(i int) int { return int(int16(binary.LittleEndian.Uint16(block[channels+2*i:]))) }
	for c := range channels {
		if int(block[c]) >= len(predictors) {
			return errHeader
		}
		tracks[c] = track{predictors[block[c]], word(c), word(channels + c), word(2*channels + c)}
		dst[c] = float32(tracks[c].x2) / (1 << 15)
		dst[channels+c] = float32(tracks[c].x1) / (1 << 15)
	}
	body, rest := block[7*channels:], dst[2*channels:]
	for i := range rest {
		code := body[i/2] >> (4 - i%2*4) & 15
		rest[i] = float32(tracks[i%channels].next(int(code))) / (1 << 15)
	}
	return nil
}

// next predicts a sample and corrects it by the code, from -8 to 7 steps.
func (t *track) next(code int) int {
	signed := code
	if code > 7 {
		signed -= 16
	}
	x := clamp((t.x1*t.predictor[0]+t.x2*t.predictor[1])/256 + signed*t.step)
	t.x1, t.x2 = x, t.x1
	t.step = max(minStep, min(maxStep, adaptation[code]*t.step>>8))
	return x
}
