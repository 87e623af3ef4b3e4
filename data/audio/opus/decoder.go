package opus

import (
	"bytes"
	"fmt"

	pion "github.com/pion/opus"
)

// A Decoder decodes the packets of one stream, one after the other.
//
// Speech has 8, 12 or 16 kHz inside, and pion takes longer to make 48 of them
// than to decode it. So as long as all packets are speech of one rate, pion is
// asked for that, and an upsampler does the rest. At the first other packet a
// decoder of 48 kHz takes over, which has first heard again what came within
// WarmUp.
//
// Speech at its own rate is half a millisecond late; so all is, by Delay. That
// is more, because the last 2.5 ms of speech before music are faded into music,
// which only the decoder that takes over does rightly.
//
// Packets of one channel in a stream of two are heard on both. Pion is asked for
// one as long as there are no others, since with two it loses the second for a
// moment where speech becomes music.
type Decoder struct {
	head    Head
	decoder pion.Decoder
	shape       // that decoder gives; none before the first packet
	late    int // frames that are kept, to be returned with the next packet

	narrow  []float32 // a packet at a lower rate
	up      [2]upsampler
	heard   [][]byte // the last packets, all of them or WarmUp long
	length  int      // frames of them
	frames  int      // of the last packet
	samples []float32
	both    []float32 // samples of one channel, on both
}

// A shape is what is inside a packet.
type shape struct{ rate, channels int }

// NewDecoder returns a decoder that has heard nothing yet.
func NewDecoder(head Head) *Decoder {
	return &Decoder{
		head:    head,
		samples: make([]float32, (MaxFrames+Delay)*head.Channels),
		both:    make([]float32, MaxFrames*head.Channels),
	}
}

// Decode decodes the next packet. It returns as many frames as that has, those
// that are due Delay before; interleaved, good until the next call.
func (d *Decoder) Decode(packet []byte) (samples []float32, err error) {
	defer func() {
		if p := recover(); p != nil {
			samples, err = nil, fmt.Errorf("the Opus decoder gave up: %v", p)
		}
	}()
	frames, ok := Frames(packet)
	if !ok {
		return nil, ErrPacket
	}
	if err := d.adapt(d.shapeOf(packet)); err != nil {
		return nil, err
	}
	if err := d.decode(packet, frames); err != nil {
		return nil, err
	}
	if d.shape != (shape{Rate, d.head.Channels}) {
		d.remember(packet)
	}
	return d.finish(d.samples[:frames*d.channels]), nil
}

// Rest returns the last Delay frames, when no packet follows. There is nothing
// to decode after that.
func (d *Decoder) Rest() []float32 {
	if d.rate == Rate {
		end := d.frames * d.channels
		return d.finish(d.samples[end : end+Delay*d.channels])
	}
	if len(d.heard) == 0 {
		return nil
	}
	// They come with any packet of this rate.
	samples, err := d.Decode(d.heard[len(d.heard)-1])
	if err != nil {
		return nil
	}
	return samples[:Delay*d.head.Channels]
}

// shapeOf is the rate inside a packet and its channels (RFC 6716, 3.1), of which
// no more are wanted than the stream has.
func (d *Decoder) shapeOf(packet []byte) shape {
	s := shape{Rate, 1}
	if configuration := packet[0] >> 3; configuration < 12 {
		s.rate = [3]int{8000, 12000, 16000}[configuration/4]
	}
	if packet[0]&4 != 0 {
		s.channels = d.head.Channels
	}
	return s
}

// adapt makes sure that the decoder can take a packet of a shape.
func (d *Decoder) adapt(to shape) error {
	if d.rate == 0 {
		return d.begin(to)
	}
	if d.rate != to.rate {
		to.rate = Rate
	}
	to.channels = max(to.channels, d.channels)
	if to == d.shape {
		return nil
	}
	if err := d.begin(to); err != nil {
		return err
	}
	for _, packet := range d.heard {
		frames, _ := Frames(packet)
		if err := d.decode(packet, frames); err != nil {
			return err
		}
	}
	if to == (shape{Rate, d.head.Channels}) {
		d.heard = nil
	}
	return nil
}

// begin changes to a decoder of a shape. When the rate stays as it is, SILK is 4,
// 9 and 12 samples late; at 48 kHz it is 0, 4 and 7 before it is filtered
// (delay_matrix_dec of the reference decoder).
func (d *Decoder) begin(s shape) (err error) {
	if d.decoder, err = pion.NewDecoderWithOutput(s.rate, s.channels); err != nil {
		return fmt.Errorf("make an Opus decoder: %w", err)
	}
	d.shape, d.up = s, [2]upsampler{}
	switch s.rate {
	case 8000:
		d.late = Delay - 4*Rate/8000
	case 12000:
		d.late = Delay - (9-4)*Rate/12000
	case 16000:
		d.late = Delay - (12-7)*Rate/16000
	default:
		d.late = Delay
		return nil
	}
	d.narrow = make([]float32, MaxFrames*s.rate/Rate*s.channels)
	return nil
}

// decode puts what was kept of the last packet before what a packet gives.
func (d *Decoder) decode(packet []byte, frames int) error {
	channels := d.channels
	copy(d.samples, d.samples[d.frames*channels:(d.frames+d.late)*channels])
	d.frames = frames
	to := d.samples[d.late*channels : (d.late+frames)*channels]
	if d.rate == Rate {
		return d.decodeTo(to, packet)
	}
	narrow := d.narrow[:frames*d.rate/Rate*channels]
	if err := d.decodeTo(narrow, packet); err != nil {
		return err
	}
	for ch := range channels {
		d.up[ch].write(to[ch:], narrow[ch:], d.rate, channels)
	}
	return nil
}

// decodeTo fills samples with those of a packet.
func (d *Decoder) decodeTo(samples []float32, packet []byte) error {
	n, err := d.decoder.DecodeToFloat32(packet, samples)
	if err != nil {
		return fmt.Errorf("decode Opus: %w", err)
	}
	if n*d.channels != len(samples) {
		return ErrPacket
	}
	return nil
}

// remember keeps a packet for the decoder that may have to take over.
func (d *Decoder) remember(packet []byte) {
	d.heard = append(d.heard, bytes.Clone(packet))
	d.length += d.frames
	for {
		first, _ := Frames(d.heard[0])
		if d.length-first < WarmUp {
			return
		}
		d.heard, d.length = d.heard[1:], d.length-first
	}
}

// finish makes of samples what a listener can be given, and returns it.
func (d *Decoder) finish(samples []float32) []float32 {
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
	if d.channels == d.head.Channels {
		return samples
	}
	for i, x := range samples {
		d.both[2*i], d.both[2*i+1] = x, x
	}
	return d.both[:2*len(samples)]
}
