// Package adpcm decodes the two adaptive differential codecs of WAV, four bits
// a sample, for package block: [IMA] (format tag 0x11) and [Microsoft] (tag 2).
//
// Every block holds all that its samples need, so a seek decodes one block.
// Written from "Recommended Practices for Enhancing Digital Audio
// Compatibility", revision 3.00 (IMA, 1992) and Microsoft's "New Multimedia Data
// Types and Data Techniques", revision 3.0 (1994). Where IMA's text leaves the
// rounding of a difference open, it is done as ffmpeg does it, in one product;
// adding shifted steps instead is up to 144 steps of 16 bits off.
package adpcm

import (
	"errors"

	"github.com/earshot-app/earshot/data/audio/block"
)

var errHeader = errors.New("a block header makes no sense")

// IMA is the packing of IMA ADPCM with blocks of align bytes. It returns false
// when blocks of that size cannot be.
func IMA(align, channels int) (block.Packing, bool) {
	p := packing{size: align, channels: channels, head: 4, group: 4, begin: 1, expand: expandIMA}
	return p, p.Part(align) > 0
}

// Microsoft is the packing of Microsoft ADPCM with blocks of align bytes. It
// returns false when blocks of that size cannot be.
func Microsoft(align, channels int) (block.Packing, bool) {
	p := packing{size: align, channels: channels, head: 7, group: 1, begin: 2, expand: expandMicrosoft}
	return p, p.Part(align) > 0
}

// A packing tells how a block is made up; all but size is for one channel.
type packing struct {
	size     int
	channels int
	head     int // bytes before the first half byte
	group    int // bytes that are whole frames only together
	begin    int // frames that the head holds
	expand   func(dst []float32, block []byte, channels int) error
}

func (p packing) Size() int              { return p.size }
func (p packing) Frames() int            { return p.Part(p.size) }
func (p packing) Channels() int          { return p.channels }
func (p packing) Lead() int              { return 0 }
func (p packing) Decoder() block.Decoder { return p }

// Part counts two frames a byte of each channel, in whole groups.
func (p packing) Part(size int) int {
	body := size - p.head*p.channels
	if body < 0 {
		return 0
	}
	if p.group == 1 { // the half bytes of two channels lie in one byte
		return p.begin + 2*body/p.channels
	}
	return p.begin + body/(p.group*p.channels)*p.group*2
}

// Reset has nothing to forget: blocks stand alone.
func (p packing) Reset() {}

// Decode decodes one block.
func (p packing) Decode(dst []float32, bytes []byte) error {
	return p.expand(dst, bytes, p.channels)
}

// clamp keeps a sample within 16 bits.
func clamp(x int) int { return max(-1<<15, min(1<<15-1, x)) }
