package mp3

import "encoding/binary"

// bitsAhead is how many bits a window holds at least.
const bitsAhead = 57

// guard is how many bytes must follow those that are to be read: a granule that
// lies about its length is read on for a few bits before that shows.
const guard = 64

// bits reads bytes from the highest bit on.
type bits struct {
	data []byte // with guard bytes more than may be read
	pos  int    // of the next bit
	end  int    // of the last bit that may be read
}

// window returns the next bits, the first one at the top; bitsAhead of them can
// be used.
func (b *bits) window() uint64 {
	return binary.BigEndian.Uint64(b.data[b.pos>>3:]) << (b.pos & 7)
}

// read returns the next n bits, n up to bitsAhead.
func (b *bits) read(n int) int {
	v := b.window() >> (64 - n)
	b.pos += n
	return int(v)
}

func (b *bits) flag() bool { return b.read(1) == 1 }
