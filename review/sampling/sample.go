package sampling

import (
	"bytes"
	"container/heap"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"slices"
	"strings"
)

// Drawn is one call of a draw; its rank is its place in the list, from 1.
type Drawn struct {
	UID     string
	Key     string // hex
	Stratum string // "" where the draw has none
}

// Frame says what a draw was made from.
type Frame struct {
	Size   int64  // calls, with those that were drawn before
	Digest string // hex of Σ SHA-256(uid) mod 2²⁵⁶
}

// A Member is one call of a frame.
type Member struct {
	UID  string
	Open bool // may be drawn: no earlier draw had it
	// Stratum is the name of its stratum where the draw has any.
	Stratum string
}

// A sampler draws while it is fed the members of a frame, each once, in any
// order. It keeps no more than the calls it draws. It is for one goroutine.
type sampler struct {
	n       int
	message []byte // seed and comma, with room for a uid
	prefix  int
	kept    candidates
	size    int64
	open    int64
	sum     [4]uint64 // little end first
}

// newSampler starts a draw of n calls.
func newSampler(seed string, n int) *sampler {
	message := append(make([]byte, 0, 256), seed...)
	message = append(message, ',')
	return &sampler{n: n, message: message, prefix: len(message)}
}

// add feeds one call of the frame.
func (s *sampler) add(m Member) {
	s.message = append(s.message[:s.prefix], m.UID...)
	s.count(sha256.Sum256(s.message[s.prefix:]))
	if !m.Open {
		return
	}
	s.open++
	s.keep(candidate{sha256.Sum256(s.message), m.UID})
}

// keep takes a candidate that is among the n smallest so far. Its uid may be
// part of a longer text that a store read, which is not kept for it.
func (s *sampler) keep(c candidate) {
	if len(s.kept) < s.n {
		c.uid = strings.Clone(c.uid)
		heap.Push(&s.kept, c)
	} else if s.n > 0 && bytes.Compare(c.key[:], s.kept[0].key[:]) < 0 {
		c.uid = strings.Clone(c.uid)
		s.kept[0] = c
		heap.Fix(&s.kept, 0)
	}
}

// merge feeds what another sample of the same seed and number was fed.
func (s *sampler) merge(other *sampler) {
	s.size += other.size
	s.open += other.open
	s.plus(other.sum)
	for _, c := range other.kept {
		s.keep(c)
	}
}

// count adds one call to the frame's size and digest.
func (s *sampler) count(sum [sha256.Size]byte) {
	s.size++
	var words [4]uint64
	for i := range words {
		words[i] = binary.BigEndian.Uint64(sum[sha256.Size-8*(i+1):])
	}
	s.plus(words)
}

// plus adds to the sum of the frame's digest.
func (s *sampler) plus(words [4]uint64) {
	var carry uint64
	for i, word := range words {
		s.sum[i], carry = bits.Add64(s.sum[i], word, carry)
	}
}

// sorted are the calls drawn from what was fed so far, in order.
func (s *sampler) sorted() candidates {
	sorted := slices.Clone(s.kept)
	slices.SortFunc(sorted, func(a, b candidate) int { return bytes.Compare(a.key[:], b.key[:]) })
	return sorted
}

// frame is the frame that was fed so far.
func (s *sampler) frame() Frame {
	var sum [sha256.Size]byte
	for i, word := range s.sum {
		binary.BigEndian.PutUint64(sum[sha256.Size-8*(i+1):], word)
	}
	return Frame{Size: s.size, Digest: hex.EncodeToString(sum[:])}
}

type candidate struct {
	key [sha256.Size]byte
	uid string
}

// candidates is a heap with the largest key on top, the first to give way.
type candidates []candidate

func (c candidates) Len() int           { return len(c) }
func (c candidates) Less(i, j int) bool { return bytes.Compare(c[i].key[:], c[j].key[:]) > 0 }
func (c candidates) Swap(i, j int)      { c[i], c[j] = c[j], c[i] }
func (c *candidates) Push(x any)        { *c = append(*c, x.(candidate)) }

func (c candidates) drawn() []Drawn {
	calls := make([]Drawn, len(c))
	for i := range c {
		calls[i] = Drawn{UID: c[i].uid, Key: hex.EncodeToString(c[i].key[:])}
	}
	return calls
}

func (c *candidates) Pop() any {
	old := *c
	last := old[len(old)-1]
	*c = old[:len(old)-1]
	return last
}
