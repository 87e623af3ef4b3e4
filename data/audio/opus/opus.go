// Package opus decodes Opus packets (RFC 6716), of whatever container, to 48 kHz
// through pion/opus: speech (SILK), music (CELT) and both at once.
//
//	head, err := opus.ParseHead(first)       // RFC 7845, 5.1
//	decoder := opus.NewDecoder(head)
//	samples, err := decoder.Decode(packet)    // Delay later than they are due
//	samples = decoder.Rest()                  // after the last packet
//
// A decoder that panics fails with an error instead.
package opus

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

const (
	// Rate is frames a second of all that is decoded.
	Rate = 48000
	// MaxFrames is the longest packet, 120 ms.
	MaxFrames = Rate * 120 / 1000
	// Delay is how many frames later than they are due a Decoder gives them.
	Delay = Rate / 200
	// WarmUp is how many frames a decoder must have heard before one, for nobody
	// to hear that it did not hear the others.
	WarmUp = Rate / 2
)

// magic begins the identification header.
const magic = "OpusHead"

// ErrPacket is what decoding a packet fails with that is none.
var ErrPacket = errors.New("an Opus packet makes no sense")

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
