package ogg

import (
	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/opus"
)

// An Opus decoder never quite forgets what it heard: speech that is decoded
// from two beginnings is seldom the same to the last bit ten seconds later. So
// there are fixed beginnings. Every span of a recording is decoded by a decoder
// of its own, which has listened to the warm-up before the span, and a seek
// only has to go to the beginning of its span to find the very samples.
//
// Of 1400 places in six calls, none differed by more than 3 steps of 16 bits
// from decoding straight on after half a second of warm-up, which is 90 dB below
// the speech; after 0.3 s one differed by 4000, and after the 80 ms of RFC 7845
// many do.
const (
	span   = 2 * opus.Rate
	warmUp = opus.WarmUp
)

// opusCodec decodes Opus in Ogg (RFC 7845). Its time runs from the first packet,
// before pre-skip. It is a block.Codec.
type opusCodec struct {
	demuxer *demuxer
	head    opus.Head
	origin  int64 // position of the first packet's beginning

	end     int64 // position of the end of the page before
	past    int64 // time of the end of the last packet
	from    int64 // time before which nothing is decoded
	span    int64 // that is decoded now; below the first one before that is reached
	now     *opus.Decoder
	soon    *opus.Decoder // listens to the warm-up of span soonFor
	soonFor int64
	samples []float32
	broken  error // what is told after the samples before it
}

func newOpus(d *demuxer, head []byte) (block.Codec, format.Info, error) {
	c := &opusCodec{demuxer: d}
	var err error
	if c.head, err = opus.ParseHead(head); err != nil {
		return nil, format.Info{}, err
	}
	titles := func(int, []byte) bool { return true }
	if _, err := d.headers(titles); err != nil {
		return nil, format.Info{}, err
	}
	if c.origin, err = c.findOrigin(); err != nil {
		return nil, format.Info{}, err
	}
	var codec block.Codec = c
	if !d.unchecked {
		codec = listed{c}
	}
	return codec, format.Info{
		Codec: "opus", Rate: opus.Rate, Channels: c.head.Channels,
		Frames: d.final.granule - c.origin - int64(c.head.PreSkip),
	}, nil
}

// findOrigin reads the first page that packets end on. A stream may begin at
// any position; only one that is a single page may end before its packets do.
func (c *opusCodec) findOrigin() (int64, error) {
	c.demuxer.rewind()
	for {
		packets, p, err := c.demuxer.next()
		if err != nil {
			return 0, err
		}
		if total := frames(packets); p.granule != nowhere {
			if p.start == c.demuxer.final.start {
				return max(0, p.granule-total), nil
			}
			return p.granule - total, nil
		}
	}
}

// frames is how many frames packets decode to.
func frames(packets [][]byte) (total int64) {
	for _, packet := range packets {
		n, _ := opus.Frames(packet) // one that is none has none
		total += int64(n)
	}
	return total
}

// SeekFrame goes to the warm-up of the span that the packet with a frame is in.
func (c *opusCodec) SeekFrame(frame int64) error {
	first := max(0, frame+int64(c.head.PreSkip)-opus.MaxFrames) / span
	c.span, c.now, c.soon, c.broken, c.past = first-1, nil, nil, nil, 0
	c.from, c.end = first*span-warmUp, c.origin
	if first == 0 {
		c.demuxer.rewind()
		return nil
	}
	return c.demuxer.seek(c.origin+c.from, c.origin+int64(c.head.PreSkip)+opus.Delay+frame)
}

// Next decodes the packets of the next page.
func (c *opusCodec) Next() (block.Block, error) {
	if c.broken != nil {
		return block.Block{}, c.broken
	}
	packets, at, err := c.page()
	if err != nil && c.now != nil {
		return c.rest(), nil
	}
	if err != nil || packets == nil {
		return block.Block{}, err
	}
	c.samples = c.samples[:0]
	b := block.Block{First: at}
	for _, packet := range packets {
		samples, err := c.decode(packet, at)
		if err != nil {
			c.broken = err
			break
		}
		if len(c.samples) == 0 {
			b.First = at
		}
		c.samples = append(c.samples, samples...)
		n, _ := opus.Frames(packet)
		at += int64(n)
	}
	c.past = at
	b.First = c.frame(b.First)
	b.Samples = c.samples
	return b, nil
}

// frame is the frame of the recording that is decoded at a time.
func (c *opusCodec) frame(at int64) int64 { return at - int64(c.head.PreSkip) - opus.Delay }

// page returns the packets of the next page, and the time at which they begin;
// none of a page on which no packet ends.
func (c *opusCodec) page() (packets [][]byte, at int64, err error) {
	packets, p, err := c.demuxer.next()
	if err != nil || p.granule == nowhere {
		return nil, 0, err
	}
	at = p.granule - frames(packets)
	if p.start == c.demuxer.final.start && at < c.end {
		at = c.end // the last packet is not played to its end
	}
	c.end = p.granule
	return packets, at - c.origin, nil
}

// rest is the block after the last page: what the decoder still has.
func (c *opusCodec) rest() block.Block {
	b := block.Block{First: c.frame(c.past), Samples: c.now.Rest()}
	c.now = nil
	return b
}

// decode decodes the packet that begins at a time. In a warm-up it is not
// played, or by another decoder too.
func (c *opusCodec) decode(packet []byte, at int64) ([]float32, error) {
	if at < c.from {
		return nil, nil
	}
	if s := at / span; s > c.span {
		c.begin(s)
	}
	if next := at/span + 1; at >= next*span-warmUp {
		c.listen(packet, next)
	}
	if c.now == nil {
		return nil, nil
	}
	return c.now.Decode(packet)
}

// begin changes to the decoder of a span.
func (c *opusCodec) begin(s int64) {
	now := c.soon
	if now == nil || c.soonFor != s {
		now = opus.NewDecoder(c.head)
	}
	c.span, c.now, c.soon = s, now, nil
}

// listen warms up the decoder of a span.
func (c *opusCodec) listen(packet []byte, s int64) {
	if c.soon == nil || c.soonFor != s {
		c.soon, c.soonFor = opus.NewDecoder(c.head), s
	}
	// What is wrong with a packet is told of when it is played.
	_, _ = c.soon.Decode(packet)
}
