package flac

// near is how many bytes are decoded rather than halved further.
const near = 1 << 15

// SeekFrame goes to the frame of the file that holds a frame of sound, or to
// one shortly before it.
func (c *codec) SeekFrame(target int64) error {
	low, high := c.start, c.size
	for high-low > near {
		middle := low + (high-low)/2
		at, h, found, err := c.search(middle, high)
		if err != nil {
			return err
		}
		if !found || h.first > target {
			high = middle
			continue
		}
		low = at
		if target < h.first+int64(h.size) {
			break
		}
	}
	c.at = low
	return nil
}

// search looks for the first frame that begins at at or after it, but before
// end.
func (c *codec) search(at, end int64) (where int64, h header, found bool, err error) {
	for at < end {
		data, err := c.bytes(at)
		if err != nil {
			return 0, header{}, false, err
		}
		// A header may be 16 bytes long, so the last ones wait for more data.
		last := len(data) - 16
		if at+int64(len(data)) == c.size {
			last = len(data) - 1
		}
		for i := 0; i <= last && at+int64(i) < end; i++ {
			if data[i] != 0xFF {
				continue
			}
			if h, ok := c.stream.parseHeader(data[i:]); ok {
				return at + int64(i), h, true, nil
			}
		}
		at += int64(last) + 1
	}
	return 0, header{}, false, nil
}

// lastFrame finds the last frame that is whole, and returns the frame of sound
// after it. It looks no further back than two frames can reach.
func (c *codec) lastFrame() (end int64, found bool) {
	at := max(c.start, c.size-int64(len(c.window)))
	for at < c.size {
		where, h, more, err := c.search(at, c.size)
		if err != nil || !more {
			break
		}
		at = where + 1
		data, err := c.bytes(where)
		if err != nil {
			break
		}
		if c.frame.decode(c.stream, h, data) == nil {
			end, found = h.first+int64(h.size), true
			at = where + int64(c.frame.length)
		}
	}
	return end, found
}
