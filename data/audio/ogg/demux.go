package ogg

import (
	"bytes"
	"errors"
	"io"
)

const (
	// maxPacket is how much of a packet is kept. Only pictures in titles are
	// larger, and they are not looked at.
	maxPacket = 1 << 20
	// maxHeaders is more than any stream has before its sound.
	maxHeaders = 128
	// near is how many bytes are read rather than halved further.
	near = 1 << 17
)

// demuxer reads the packets of one stream.
type demuxer struct {
	r         io.ReaderAt
	size      int64
	serial    uint32
	unchecked bool  // the checksums are no good
	start     int64 // of the first page with sound, in the file
	final     page  // the last with a position
	ended     bool  // a page says that it is the last

	at      int64  // of the next page
	until   int64  // the position that was sought
	number  uint32 // of the page that was read last
	partial []byte
	within  bool  // partial is the beginning of a packet
	ahead   int64 // in the file, where buffer begins
	held    int   // bytes of it
	buffer  [2 * maxPage]byte
}

// next returns the packets that end on the next page of the stream, and that
// page. The first is missing where its beginning was not read.
func (d *demuxer) next() (packets [][]byte, p page, err error) {
	for {
		if p, err = d.page(d.at); err != nil {
			if p, err = d.pass(err); err != nil {
				return nil, page{}, err
			}
		}
		d.at = p.end
		if p.serial == d.serial {
			p.after = p.number == d.number+1
			d.number = p.number
			return d.split(p), p, nil
		}
	}
}

// pass goes past a damaged page, if what was sought lies on a page behind it.
// Nobody misses what is not played.
func (d *demuxer) pass(damage error) (page, error) {
	if !errors.Is(damage, errPage) && !errors.Is(damage, errChecksum) {
		return page{}, damage
	}
	p, err := d.find(d.at, d.size)
	if err != nil || p.granule > d.until {
		return page{}, damage
	}
	return p, nil
}

// split puts segments together to packets: each ends with a segment of less
// than 255 bytes, on this page or a later one.
func (d *demuxer) split(p page) (packets [][]byte) {
	if !p.after || !p.continued {
		d.partial, d.within = nil, !p.continued
	}
	from, to := 0, 0
	for _, s := range p.segments {
		to += int(s)
		if s == 255 {
			continue
		}
		if packet := p.body[from:to]; d.within {
			packets = append(packets, append(d.partial, packet...))
		}
		d.partial, d.within, from = nil, true, to
	}
	if len(d.partial) < maxPacket {
		d.partial = append(d.partial, p.body[from:to]...)
	}
	return packets
}

// headers reads packets to the one that is the last, of n, and notes that sound
// begins on the page after it.
func (d *demuxer) headers(last func(n int, packet []byte) bool) (packets [][]byte, err error) {
	for len(packets) < maxHeaders {
		more, _, err := d.next()
		if err != nil {
			return nil, err
		}
		for _, packet := range more {
			packets = append(packets, packet)
			if last(len(packets), packet) {
				return packets, d.begin()
			}
		}
	}
	return nil, errPage
}

// begin notes that sound begins on the next page.
func (d *demuxer) begin() error {
	d.start = d.at
	return d.findFinal()
}

// rewind goes to the first page with sound.
func (d *demuxer) rewind() { d.at, d.partial, d.within, d.until = d.start, nil, false, nowhere }

// seek goes to the last page that ends at granule or before, or to the first,
// on the way to the position until.
func (d *demuxer) seek(granule, until int64) error {
	d.rewind()
	d.until = until
	low, high := d.start, d.size
	for high-low > near {
		middle := low + (high-low)/2
		p, err := d.find(middle, high)
		switch {
		case err == nil && p.granule <= granule:
			low = p.start
		case err == nil || errors.Is(err, io.EOF):
			high = middle
		default:
			return err
		}
	}
	for at := low; ; {
		p, err := d.find(at, high)
		if errors.Is(err, io.EOF) || err == nil && p.granule > granule {
			break
		}
		if err != nil {
			return err
		}
		low, at = p.start, p.end
	}
	d.at = low
	return nil
}

// find looks for a good page of the stream, with a position, that begins at at
// or after it, but before end. Without one it returns io.EOF.
func (d *demuxer) find(at, end int64) (page, error) {
	for {
		p, err := d.findAny(at, end)
		if err != nil {
			return page{}, err
		}
		if p.serial == d.serial {
			d.ended = d.ended || p.last
			if p.granule != nowhere {
				return p, nil
			}
		}
		at = p.end
	}
}

// findAny is find for any stream and position.
func (d *demuxer) findAny(at, end int64) (page, error) {
	for at < end {
		p, err := d.page(at)
		if err == nil || !errors.Is(err, errPage) && !errors.Is(err, errChecksum) {
			return p, err
		}
		there, err := d.bytes(at)
		if err != nil {
			return page{}, err
		}
		skip := bytes.Index(there[1:], []byte(capture)) + 1
		if skip == 0 {
			skip = max(1, len(there)-len(capture)+1)
		}
		at += int64(skip)
	}
	return page{}, io.EOF
}

// findFinal finds the last page with a position, looking back further and
// further.
func (d *demuxer) findFinal() error {
	for back := int64(maxPage); ; back *= 4 {
		from := max(d.start, d.size-back)
		found := false
		for at := from; ; {
			p, err := d.find(at, d.size)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return err
			}
			d.final, found, at = p, true, p.end
		}
		if found {
			return nil
		}
		if from == d.start {
			return errPage
		}
	}
}
