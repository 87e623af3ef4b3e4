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

// A chain turns a source, from where it stands, into stereo at [Rate].
type chain struct {
	source  Source
	swapped bool
	stages  []stage
	raw     []float32
	buffers [][]float32 // stereo, then what each stage gives
}

// newChain builds only the stages that have something to do: at speed 1 and at
// Rate the samples go through as they are.
func newChain(source Source, speed float64, swapped bool) *chain {
	c := &chain{source: source, swapped: swapped}
	c.raw = make([]float32, max(1, source.Rate()/piecesPerSecond)*source.Channels())
	if speed != 1 {
		c.stages = append(c.stages, sound.NewStretcher(source.Rate(), 2, speed))
	}
	if source.Rate() != Rate {
		c.stages = append(c.stages, sound.NewResampler(source.Rate(), Rate, 2))
	}
	c.buffers = make([][]float32, 1+len(c.stages))
	return c
}

// next returns some more frames, perhaps none, valid until the next call. With
// an error come the last ones; it is io.EOF at the end.
func (c *chain) next() ([]float32, error) {
	n, err := c.source.ReadFrames(c.raw)
	out := c.stereo(c.raw[:n*c.source.Channels()])
	for i, s := range c.stages {
		out = s.Push(c.buffers[i+1][:0], out)
		if err != nil {
			out = s.Flush(out)
		}
		c.buffers[i+1] = out
	}
	return out, err
}

// stereo puts one channel on both ears, or two in the order asked for.
func (c *chain) stereo(raw []float32) []float32 {
	out := c.buffers[0][:0]
	channels := c.source.Channels()
	left, right := 0, channels-1
	if c.swapped {
		left, right = right, left
	}
	for i := 0; i < len(raw); i += channels {
		out = append(out, raw[i+left], raw[i+right])
	}
	c.buffers[0] = out
	return out
}
