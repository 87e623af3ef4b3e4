package raw

import (
	"encoding/binary"

	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/g711"
)

var (
	muLawSamples block.Packing = samples{1, 1, lookUp(g711.MuLaw)}
	aLawSamples  block.Packing = samples{1, 1, lookUp(g711.ALaw)}
)

func linearSamples(channels int) block.Packing {
	return samples{2, channels, func(dst []float32, src []byte) {
		for i := range dst {
			dst[i] = float32(int16(binary.LittleEndian.Uint16(src[2*i:]))) / (1 << 15)
		}
	}}
}

func lookUp(table *[256]float32) func(dst []float32, src []byte) {
	return func(dst []float32, src []byte) {
		for i := range dst {
			dst[i] = table[src[i]]
		}
	}
}

// samples is the packing of samples that stand alone, each of width bytes, read
// a thousand frames at a time.
type samples struct {
	width, channels int
	decode          func(dst []float32, src []byte)
}

func (s samples) Size() int              { return s.Frames() * s.width * s.channels }
func (s samples) Frames() int            { return 1024 }
func (s samples) Part(size int) int      { return size / (s.width * s.channels) }
func (s samples) Channels() int          { return s.channels }
func (s samples) Lead() int              { return 0 }
func (s samples) Decoder() block.Decoder { return s }
func (s samples) Reset()                 {}

func (s samples) Decode(dst []float32, bytes []byte) error {
	s.decode(dst, bytes)
	return nil
}
