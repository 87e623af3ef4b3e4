package desk

import (
	"encoding/binary"
	"time"
)

// A Digest is made of the names, sizes and times of change of files, in whatever
// order they come, and of [readers]: where two are equal, the same files lie in a
// folder, and none has changed as far as its size and time tell.
type Digest struct {
	Files  int64
	Sum    int64
	Newest time.Time // of the times of change; of no account where two are compared
}

// Equal reports whether two are made of the same files.
func (d Digest) Equal(e Digest) bool { return d.Files == e.Files && d.Sum == e.Sum }

// readers tells digests of one release from those of another that reads files
// otherwise. Raise it whenever a look may read or tell what it did not before, such
// as a new format, or a profile that says more: what is unchanged is not looked at.
const readers = 2

// Add takes in a file by its name below the source's root, with forward slashes.
func (d *Digest) Add(name []byte, size int64, modified time.Time) {
	var head [17]byte
	binary.LittleEndian.PutUint64(head[:], uint64(size))
	binary.LittleEndian.PutUint64(head[8:], uint64(modified.UnixNano()))
	head[16] = readers
	d.Files++
	// Sums have no order. Where one file changes as another changes back, their
	// sums must not cancel out: so each is mixed once more.
	d.Sum += int64(mixed(fnv(fnv(fnvOffset, head[:]), name)))
	if modified.After(d.Newest) {
		d.Newest = modified
	}
}

// fnvOffset is what the hash of nothing is.
const fnvOffset = 0xcbf29ce484222325

// fnv goes on with FNV-1a, a hash of 64 bits that is the same in every run of
// the program: http://www.isthe.com/chongo/tech/comp/fnv/
func fnv(sum uint64, of []byte) uint64 {
	for _, b := range of {
		sum = (sum ^ uint64(b)) * 0x100000001b3
	}
	return sum
}

// mixed lets each bit depend on all, as the end of MurmurHash3 does:
// https://github.com/aappleby/smhasher/wiki/MurmurHash3
func mixed(sum uint64) uint64 {
	sum = (sum ^ sum>>33) * 0xff51afd7ed558ccd
	sum = (sum ^ sum>>33) * 0xc4ceb9fe1a85ec53
	return sum ^ sum>>33
}
