package playback

import (
	"github.com/earshot-app/earshot/review/sound"
)

// piecesPerSecond sets how much is read at once: 20 ms, so that the first sound
// after a jump does not wait for more than it needs.
const piecesPerSecond = 50

// A stage is a stream in the chain: sound.Resampler or sound.Stretcher.
type stage interface {
	Push(dst, src []float32) []float32
	Flush(dst []float32) []float32
}

// A chain turns what a reel reads into two channels at [Rate].
type chain struct {
	reel    *reel
	step    float64 // frames read for each that comes out
	stages  []stage
	raw     []float32
	buffers [][]float32 // two channels, then what each stage gives
}

// newChain builds only the stages that have something to do: at speed 1 and at
// Rate the samples go through as they are.
func newChain(reel *reel, speed float64) *chain {
	rate := reel.source.Rate()
	c := &chain{reel: reel, step: speed * float64(rate) / Rate}
	c.raw = make([]float32, max(1, rate/piecesPerSecond)*reel.source.Channels())
	if speed != 1 {
		c.stages = append(c.stages, sound.NewStretcher(rate, 2, speed))
	}
	if rate != Rate {
		c.stages = append(c.stages, sound.NewResampler(rate, Rate, 2))
	}
	c.buffers = make([][]float32, 1+len(c.stages))
	return c
}

// next returns some more frames, perhaps none, valid until the next call. With
// an error come the last ones; it is io.EOF at the end.
func (c *chain) next() ([]float32, error) {
	n, err := c.reel.read(c.raw)
	out := c.both(c.raw[:n*c.reel.source.Channels()])
	for i, s := range c.stages {
		out = s.Push(c.buffers[i+1][:0], out)
		if err != nil {
			out = s.Flush(out)
		}
		c.buffers[i+1] = out
	}
	return out, err
}

// both makes two channels of one.
func (c *chain) both(raw []float32) []float32 {
	if c.reel.source.Channels() == 2 {
		return raw
	}
	out := c.buffers[0][:0]
	for _, x := range raw {
		out = append(out, x, x)
	}
	c.buffers[0] = out
	return out
}

// legs are those that the reel began since this was last asked, counted in the
// frames that come out.
func (c *chain) legs() []leg {
	legs := c.reel.begun()
	for i := range legs {
		legs[i].at /= c.step
	}
	return legs
}
