// Package opus decodes Opus packets (RFC 6716), of whatever container, to 48 kHz
// through pion/opus: speech (SILK), music (CELT) and both at once.
//
//	head, err := opus.ParseHead(first)       // RFC 7845, 5.1
//	decoder, err := opus.NewDecoder(head)
//	samples, err := decoder.Decode(packet)
//
// A decoder that panics fails with an error instead.
package opus

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	pion "github.com/pion/opus"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

const (
	// Rate is frames a second of all that is decoded.
	Rate = 48000
	// MaxFrames is the longest packet, 120 ms.
	MaxFrames = Rate * 120 / 1000
)

// magic begins the identification header.
const magic = "OpusHead"

var errPacket = errors.New("an Opus packet makes no sense")

// Head is the identification header of a stream.
type Head struct {
	Channels int // 1 or 2
	PreSkip  int // frames to be dropped at the start
	gain     float32
}

// Match reports whether a packet is an identification header.
func Match(packet []byte) bool { return len(packet) >= 8 && string(packet[:8]) == magic }

// ParseHead reads an identification header. It fails with a review.Error.
func ParseHead(packet []byte) (Head, error) {
	if !Match(packet) || len(packet) < 19 || packet[8]>>4 != 0 || packet[9] == 0 {
		return Head{}, unsupported("Opus")
	}
	h := Head{Channels: int(packet[9]), PreSkip: int(binary.LittleEndian.Uint16(packet[10:]))}
	if h.Channels > 2 {
		return Head{}, review.Fail(format.TooManyChannels, review.Args{"channels": h.Channels})
	}
	// Mappings 0 and 1 are one stream for up to two channels, others may be two.
	if family := packet[18]; family > 1 {
		return Head{}, unsupported(fmt.Sprintf("Opus (%d)", family))
	}
	decibels := float64(int16(binary.LittleEndian.Uint16(packet[16:]))) / 256
	h.gain = float32(math.Pow(10, decibels/20))
	return h, nil
}

func unsupported(codec string) error {
	return review.Fail(format.UnsupportedCodec, review.Args{"container": "Ogg", "codec": codec})
}

// Frames is how many frames a packet decodes to, by its first two bytes, or
// false when there is no such packet (RFC 6716, 3.1 and 3.2).
func Frames(packet []byte) (int, bool) {
	if len(packet) == 0 {
		return 0, false
	}
	count := [4]int{1, 2, 2, 0}[packet[0]&3]
	if count == 0 {
		if len(packet) < 2 {
			return 0, false
		}
		count = int(packet[1] & 0x3F)
	}
	n := count * frameLength(packet[0]>>3)
	return n, n > 0 && n <= MaxFrames
}

// frameLength is the length of each frame in a packet of a configuration.
func frameLength(configuration byte) int {
	const ms = Rate / 1000
	switch {
	case configuration < 12: // SILK
		return [4]int{10 * ms, 20 * ms, 40 * ms, 60 * ms}[configuration%4]
	case configuration < 16: // both
		return [2]int{10 * ms, 20 * ms}[configuration%2]
	}
	return 5 * ms / 2 << (configuration % 4) // CELT
}

// A Decoder decodes the packets of one stream, one after the other.
type Decoder struct {
	head    Head
	decoder pion.Decoder
	samples []float32
}

// NewDecoder returns a decoder that has heard nothing yet.
func NewDecoder(head Head) (*Decoder, error) {
	decoder, err := pion.NewDecoderWithOutput(Rate, head.Channels)
	if err != nil {
		return nil, fmt.Errorf("make an Opus decoder: %w", err)
	}
	return &Decoder{head: head, decoder: decoder, samples: make([]float32, MaxFrames*head.Channels)}, nil
}

// Decode decodes the next packet. The samples, interleaved, are good until the
// next call.
func (d *Decoder) Decode(packet []byte) (samples []float32, err error) {
	defer func() {
		if p := recover(); p != nil {
			samples, err = nil, fmt.Errorf("the Opus decoder gave up: %v", p)
		}
	}()
	frames, ok := Frames(packet)
	if !ok {
		return nil, errPacket
	}
	n, err := d.decoder.DecodeToFloat32(packet, d.samples)
	if err != nil {
		return nil, fmt.Errorf("decode Opus: %w", err)
	}
	if n != frames {
		return nil, errPacket
	}
	samples = d.samples[:n*d.head.Channels]
	for i, x := range samples {
		if x-x != 0 {
			samples[i] = 0 // no number: it would spread through every filter after it
		}
	}
	if d.head.gain != 1 {
		for i := range samples {
			samples[i] *= d.head.gain
		}
	}
	return samples, nil
}
