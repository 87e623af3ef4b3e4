package ogg

import (
	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/format"
)

// A packetDecoder decodes the packets of a stream.
type packetDecoder interface {
	Channels() int
	// Decode returns samples that are good until the next call.
	Decode(packet []byte) ([]float32, error)
	// Reset forgets the packets before.
	Reset()
}

// packetCodec decodes a stream whose packets depend on little before them. It is
// a block.Codec.
type packetCodec struct {
	demuxer *demuxer
	decoder packetDecoder
	lead    int64 // frames before one that it depends on
	origin  int64 // position of frame 0

	end     int64 // position of the end of the page before
	samples []float32
	broken  error // what is told after the samples before it
}

// open finds out the length, which is all that info lacks.
func (c *packetCodec) open(info format.Info) (block.Codec, format.Info, error) {
	var err error
	if c.origin, err = c.findOrigin(); err != nil {
		return nil, format.Info{}, err
	}
	info.Frames = c.demuxer.final.granule - c.origin
	return c, info, nil
}

// findOrigin decodes the first page that packets end on. A stream may begin at
// any position; what lies before 0 is not played.
func (c *packetCodec) findOrigin() (int64, error) {
	c.rewind()
	for {
		packets, p, err := c.demuxer.next()
		if err != nil {
			return 0, err
		}
		c.decode(packets)
		if p.granule != nowhere {
			return max(0, p.granule-c.frames()), nil
		}
	}
}

func (c *packetCodec) rewind() {
	c.demuxer.rewind()
	c.decoder.Reset()
	c.broken = nil
}

// decode decodes the packets of a page.
func (c *packetCodec) decode(packets [][]byte) {
	c.samples = c.samples[:0]
	for _, packet := range packets {
		if len(packet) == 0 {
			continue // it means nothing
		}
		samples, err := c.decoder.Decode(packet)
		if err != nil {
			c.broken = err
			return
		}
		c.samples = append(c.samples, samples...)
	}
}

func (c *packetCodec) frames() int64 { return int64(len(c.samples) / c.decoder.Channels()) }

// SeekFrame goes to a page that ends a lead before the frame.
func (c *packetCodec) SeekFrame(frame int64) error {
	c.rewind()
	c.end = c.origin
	if before := frame - c.lead; before > 0 {
		return c.demuxer.seek(c.origin+before, c.origin+frame)
	}
	return nil
}

// Next decodes the packets of the next page.
func (c *packetCodec) Next() (block.Block, error) {
	if c.broken != nil {
		return block.Block{}, c.broken
	}
	packets, p, err := c.demuxer.next()
	if err != nil || p.granule == nowhere {
		return block.Block{}, err
	}
	if !p.after {
		c.decoder.Reset() // the packet before the first is not that of the decoder
	}
	c.decode(packets)
	at := p.granule - c.frames()
	if p.start == c.demuxer.final.start && at < c.end || c.broken != nil {
		at = c.end // the last packet is not played to its end, or not at all
	}
	c.end = p.granule
	return block.Block{First: at - c.origin, Samples: c.samples}, nil
}
