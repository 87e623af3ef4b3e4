package flac

import (
	"encoding/binary"
	"math/bits"
)

// bitReader reads bits, the highest first. Beyond the end of data it reads
// zeros; whoever reads asks ended afterwards.
type bitReader struct {
	data   []byte
	at     int    // of the next byte to be loaded
	loaded uint64 // bits, at the top
	count  uint   // of them
}

// load makes at least 32 bits ready.
func (b *bitReader) load() {
	if b.count < 32 {
		if b.at+4 <= len(b.data) {
			b.loaded |= uint64(binary.BigEndian.Uint32(b.data[b.at:])) << (32 - b.count)
			b.at += 4
			b.count += 32
			return
		}
		for b.count <= 56 {
			if b.at < len(b.data) {
				b.loaded |= uint64(b.data[b.at]) << (56 - b.count)
			}
			b.at++
			b.count += 8
		}
	}
}

// unsigned reads n bits, at most 32.
func (b *bitReader) unsigned(n uint) uint32 {
	b.load()
	x := uint32(b.loaded >> 32 >> (32 - n))
	b.loaded <<= n
	b.count -= n
	return x
}

// signed reads a number of n bits, at most 32, in two's complement.
func (b *bitReader) signed(n uint) int32 {
	if n == 0 {
		return 0
	}
	return int32(b.unsigned(n)<<(32-n)) >> (32 - n)
}

// unary counts the zeros before the next one.
func (b *bitReader) unary() (zeros uint32) {
	for !b.ended() {
		b.load()
		n := uint(bits.LeadingZeros64(b.loaded))
		if n < b.count {
			b.loaded <<= n + 1
			b.count -= n + 1
			return zeros + uint32(n)
		}
		zeros += uint32(b.count)
		b.loaded, b.count = 0, 0
	}
	return zeros
}

// position is the byte that the next whole byte begins at.
func (b *bitReader) position() int { return b.at - int(b.count/8) }

// ended reports whether more was read than there is.
func (b *bitReader) ended() bool { return b.position() > len(b.data) }
