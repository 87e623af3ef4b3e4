// Package gsm decodes GSM 06.10 full rate: 20 ms of telephone speech in 260
// bits, as Asterisk and VICIdial keep their calls.
//
// Two packings are known, both for package block: [Raw], 33 bytes a frame of
// 160 samples, of headerless .gsm files; and [Microsoft], 65 bytes for two
// frames, of WAV files with format tag 0x31 (WAV49).
//
// Every operation is the 16-bit saturating arithmetic of ETSI EN 300 961
// (GSM 06.10 version 8.1.1), so the output is that of every other exact
// decoder, bit for bit. Names are those of the standard.
package gsm

import (
	"errors"

	"github.com/earshot-app/earshot/data/audio/block"
)

// frameSamples are the samples of one frame, subSamples of a quarter of it.
const (
	frameSamples = 160
	subSamples   = 40
)

// The packings.
var (
	Raw       block.Packing = packing{size: 33, frames: 1, unpack: unpackRaw}
	Microsoft block.Packing = packing{size: 65, frames: 2, unpack: unpackMicrosoft}
)

// Rate is the only rate of GSM 06.10, in frames a second.
const Rate = 8000

// leadFrames are decoded before a place that was sought. The long-term
// predictor may repeat what it has for as long as a vowel lasts, and only then
// forgets where decoding began: the longest of 5700 starts in real and spoken
// calls took 67 frames. Eight seconds are decoded in three milliseconds.
const leadFrames = 400

// signature is what the first half byte of every raw frame is.
const signature = 0xD

var errSignature = errors.New("a frame does not begin with 1101")

// Plausible reports whether a raw frame begins as all of them do.
func Plausible(frame []byte) bool { return len(frame) > 0 && frame[0]>>4 == signature }

type packing struct {
	size   int
	frames int
	unpack func(dst []parameters, block []byte) error
}

func (p packing) Size() int              { return p.size }
func (p packing) Frames() int            { return p.frames * frameSamples }
func (p packing) Channels() int          { return 1 }
func (p packing) Lead() int              { return leadFrames / p.frames }
func (p packing) Decoder() block.Decoder { return &decoder{packing: p, state: initial()} }

// Part is 160 for the first frame of a Microsoft block, which is whole in 33
// bytes, and 0 for anything shorter.
func (p packing) Part(size int) int {
	if p.frames == 2 && size >= 33 {
		return frameSamples
	}
	return 0
}

// A decoder is one speech decoder.
type decoder struct {
	packing packing
	state   state
}

func (d *decoder) Reset() { d.state = initial() }

func (d *decoder) Decode(dst []float32, bytes []byte) error {
	var frames [2]parameters
	if err := d.packing.unpack(frames[:], bytes); err != nil {
		return err
	}
	for i := range len(dst) / frameSamples {
		d.state.decode(dst[i*frameSamples:(i+1)*frameSamples], &frames[i])
	}
	return nil
}
