package flac

import "github.com/earshot-app/earshot/review"

// InfoSize is the size of a STREAMINFO block without its header.
const InfoSize = 34

// A Decoder decodes frames that some container keeps, in any order, since each
// stands alone.
type Decoder struct {
	stream  stream
	frame   frame
	samples []float32
}

// NewDecoder returns a decoder for a stream with this STREAMINFO block. It fails
// with a review.Error.
func NewDecoder(info []byte) (*Decoder, error) {
	if len(info) < InfoSize {
		return nil, review.Fail(BadFLAC, nil)
	}
	s, err := parseInfo((*[InfoSize]byte)(info))
	if err != nil {
		return nil, err
	}
	return &Decoder{stream: s}, nil
}

// Name is the codec's name, with the width of its samples.
func (d *Decoder) Name() string { return d.stream.name() }

// Rate is frames a second.
func (d *Decoder) Rate() int { return d.stream.rate }

// Channels is 1 or 2.
func (d *Decoder) Channels() int { return d.stream.channels }

// Decode decodes the frame that begins data. The samples, interleaved, are good
// until the next call.
func (d *Decoder) Decode(data []byte) (samples []float32, err error) {
	h, ok := d.stream.parseHeader(data)
	if !ok {
		return nil, errFrame
	}
	if err := d.frame.decode(d.stream, h, data); err != nil {
		return nil, err
	}
	return d.interleave(), nil
}

// interleave turns the frame into floats.
func (d *Decoder) interleave() []float32 {
	channels := d.stream.channels
	if len(d.samples) < d.frame.size*channels {
		d.samples = make([]float32, d.stream.blockSize*channels)
	}
	scale := 1 / float32(int64(1)<<(d.stream.bits-1))
	for ch := range channels {
		for i, x := range d.frame.channels[ch] {
			d.samples[i*channels+ch] = float32(x) * scale
		}
	}
	return d.samples[:d.frame.size*channels]
}
