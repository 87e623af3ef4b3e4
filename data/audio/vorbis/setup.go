package vorbis

import "math/bits"

// The limits of what is decoded: encoders stay far below them, and a decoder
// that keeps them needs some megabytes and a moment.
const (
	maxEntries = 1 << 14 // of a codebook
	maxTotal   = 1 << 17 // of all codebooks
	maxValues  = 1 << 20 // of a codebook: entries times dimensions
)

// setupMagic begins the setup header.
const setupMagic = "\x05vorbis"

// checkSetup reports whether the codebooks of a setup header (Vorbis I, 3.2.1)
// can be used: of a believable size, and with codes that a decoder can tell
// apart whatever bits come; and whether its residues (8.6.1) end after they begin.
// The rest of the header cannot do harm.
func checkSetup(b []byte) bool {
	if len(b) < len(setupMagic)+1 || string(b[:len(setupMagic)]) != setupMagic {
		return false
	}
	r := &bitReader{data: b[len(setupMagic):]}
	total := 0
	for range r.read(8) + 1 {
		entries, ok := checkBook(r)
		if total += entries; !ok || total > maxTotal {
			return false
		}
	}
	r.skip(16 * (r.read(6) + 1)) // times, which mean nothing
	for range r.read(6) + 1 {
		if !skipFloor(r) {
			return false
		}
	}
	for range r.read(6) + 1 {
		if !checkResidue(r) {
			return false
		}
	}
	return true
}

// checkBook reads one codebook.
func checkBook(r *bitReader) (entries int, ok bool) {
	if r.read(24) != 0x564342 {
		return 0, false
	}
	dimensions, entries := r.read(16), r.read(24)
	if dimensions == 0 || entries < 2 || entries > maxEntries || dimensions*entries > maxValues {
		return 0, false
	}
	if !checkLengths(r, entries) {
		return 0, false
	}
	lookup := r.read(4)
	if lookup > 2 {
		return 0, false
	}
	if lookup > 0 {
		r.skip(64)
		width := r.read(4) + 1
		r.skip(1)
		values := dimensions * entries
		if lookup == 1 {
			values = root(entries, dimensions)
		}
		r.skip(values * width)
	}
	return entries, !r.ended()
}

// checkLengths reads the lengths of the codes. Every string of bits must begin
// with exactly one code, that is, the shares of all strings that codes begin
// must add up to one (Kraft's equation).
func checkLengths(r *bitReader, entries int) bool {
	shares := uint64(0)
	if ordered := r.read(1) == 1; ordered {
		length := r.read(5) + 1
		for done := 0; done < entries; length++ {
			n := r.read(bits.Len(uint(entries - done)))
			if length > 32 || n > entries-done {
				return false
			}
			shares += uint64(n) << (32 - length)
			done += n
		}
		return shares == 1<<32
	}
	sparse := r.read(1) == 1
	for range entries {
		if !sparse || r.read(1) == 1 {
			shares += 1 << (31 - r.read(5))
		}
	}
	return shares == 1<<32
}

// root is the largest number whose power of dimensions is at most entries.
func root(entries, dimensions int) int {
	fits := func(base int) bool {
		power := 1
		for range dimensions {
			if power *= base; power > entries {
				return false
			}
			if base < 2 {
				break
			}
		}
		return true
	}
	base := 1
	for fits(base + 1) {
		base++
	}
	return base
}

// bitReader reads bits, the lowest first; zeros beyond the end.
type bitReader struct {
	data []byte
	at   int // bit
}

func (r *bitReader) read(n int) (x int) {
	for i := range n {
		if at := r.at + i; at/8 < len(r.data) {
			x |= int(r.data[at/8]>>(at%8)&1) << i
		}
	}
	r.at += n
	return x
}

func (r *bitReader) skip(n int) { r.at += n }

// ended reports whether more was read than there is.
func (r *bitReader) ended() bool { return r.at > 8*len(r.data) }
