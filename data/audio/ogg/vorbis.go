package ogg

import (
	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/vorbis"
)

// vorbisCodec decodes Vorbis in Ogg (Vorbis I, annex A). It is a block.Codec.
type vorbisCodec struct {
	demuxer *demuxer
	decoder *vorbis.Decoder
	origin  int64 // position of frame 0

	end     int64 // position of the end of the page before
	samples []float32
	broken  error // what is told after the samples before it
}

func newVorbis(d *demuxer, identification []byte) (block.Codec, format.Info, error) {
	packets, err := d.headers(2) // titles and setup
	if err != nil {
		return nil, format.Info{}, err
	}
	c := &vorbisCodec{demuxer: d}
	if c.decoder, err = vorbis.New(identification, packets[1]); err != nil {
		return nil, format.Info{}, err
	}
	if c.origin, err = c.findOrigin(); err != nil {
		return nil, format.Info{}, err
	}
	return c, format.Info{
		Codec: "vorbis", Rate: c.decoder.Rate(), Channels: c.decoder.Channels(),
		Frames: d.final.granule - c.origin,
	}, nil
}

// findOrigin decodes the first page that packets end on. A stream may begin at
// any position; what lies before 0 is not played.
func (c *vorbisCodec) findOrigin() (int64, error) {
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

func (c *vorbisCodec) rewind() {
	c.demuxer.rewind()
	c.decoder.Reset()
	c.broken = nil
}

// decode decodes the packets of a page.
func (c *vorbisCodec) decode(packets [][]byte) {
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

func (c *vorbisCodec) frames() int64 { return int64(len(c.samples) / c.decoder.Channels()) }

// SeekFrame goes to a page some packets before: a packet is played together
// with the one before it, which may not be whole where reading begins.
func (c *vorbisCodec) SeekFrame(frame int64) error {
	c.rewind()
	c.end = c.origin
	if before := frame - 4*int64(c.decoder.MaxFrames()); before > 0 {
		return c.demuxer.seek(c.origin+before, c.origin+frame)
	}
	return nil
}

// Next decodes the packets of the next page.
func (c *vorbisCodec) Next() (block.Block, error) {
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
