// Package vorbis decodes Vorbis I packets, of whatever container, through
// jfreymuth/vorbis.
//
//	decoder, err := vorbis.New(identification, setup)
//	samples, err := decoder.Decode(packet)
//
// That decoder trusts its headers: a damaged one may make it take gigabytes or
// run for ever. So the headers are checked first, and a panic becomes an error.
package vorbis

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/jfreymuth/vorbis"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

// magic begins the identification header.
const magic = "\x01vorbis"

var errHeader = errors.New("a Vorbis header makes no sense")

// Match reports whether a packet is an identification header.
func Match(packet []byte) bool { return len(packet) >= 7 && string(packet[:7]) == magic }

// A Decoder decodes the packets of one stream, one after the other.
type Decoder struct {
	decoder vorbis.Decoder
	samples []float32
}

// New returns a decoder for a stream with these headers, the first and the
// third of its packets; the second holds titles. It fails with a review.Error
// when the stream is none that can be played, else with an error.
func New(identification, setup []byte) (d *Decoder, err error) {
	if err := checkIdentification(identification); err != nil {
		return nil, err
	}
	if !checkSetup(setup) {
		return nil, errHeader
	}
	d = &Decoder{}
	err = guard(func() error {
		for _, header := range [][]byte{identification, setup} {
			if err := d.decoder.ReadHeader(header); err != nil {
				return fmt.Errorf("read a Vorbis header: %w", err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	d.samples = make([]float32, d.decoder.BufferSize())
	return d, nil
}

// checkIdentification checks the limits of Vorbis I, 4.2.2.
func checkIdentification(b []byte) error {
	if !Match(b) || len(b) < 30 {
		return errHeader
	}
	channels, rate := int(b[11]), binary.LittleEndian.Uint32(b[12:])
	short, long := b[28]&15, b[28]>>4
	switch {
	case channels > 2:
		return review.Fail(format.TooManyChannels, review.Args{"channels": channels})
	case channels == 0, rate == 0, rate > 768000, short < 6, long > 13, short > long:
		return errHeader
	}
	return nil
}

// Rate is frames a second.
func (d *Decoder) Rate() int { return d.decoder.SampleRate() }

// Channels is 1 or 2.
func (d *Decoder) Channels() int { return d.decoder.Channels() }

// MaxFrames is the most that a packet decodes to.
func (d *Decoder) MaxFrames() int { return len(d.samples) / d.Channels() }

// Reset forgets the packets before. The next one decodes to nothing, those
// after it as if nothing had been left out.
func (d *Decoder) Reset() { d.decoder.Clear() }

// Decode decodes the next packet. The samples, interleaved, are good until the
// next call.
func (d *Decoder) Decode(packet []byte) (samples []float32, err error) {
	err = guard(func() error {
		samples, err = d.decoder.DecodeInto(packet, d.samples)
		if err != nil {
			return fmt.Errorf("decode Vorbis: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i, x := range samples {
		if x-x != 0 {
			samples[i] = 0 // no number: it would spread through every filter after it
		}
	}
	return samples, nil
}

func guard(decode func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the Vorbis decoder gave up: %v", p)
		}
	}()
	return decode()
}
