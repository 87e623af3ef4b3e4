package catalog

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"slices"
	"sort"
)

// A register finds the rows of a table by keys, of which it holds a hash and
// where the row lies. Up to registerMost entries are in memory; of more, sorted
// runs go to a scratch file and are merged there, so that a table of any length
// takes the same memory.
type register struct {
	seed   maphash.Seed
	most   int
	recent []entry // the last, or all when it never spilled
	runs   []int   // entries of each run in the file
	file   *os.File
	merged *os.File // all, sorted; nil when nothing spilled
	count  int
	fences []uint64 // the first hash of each block of merged
}

type entry struct {
	hash uint64
	at   int64
}

const (
	registerMost = 1 << 18 // 4 MiB
	entrySize    = 16
	blockEntries = 256
)

func newRegister(most int) *register { return &register{seed: maphash.MakeSeed(), most: most} }

func (r *register) hash(key string) uint64 { return maphash.String(r.seed, key) }

// add notes that the row at a place has a key.
func (r *register) add(key string, at int64) error {
	r.recent = append(r.recent, entry{r.hash(key), at})
	r.count++
	if len(r.recent) < r.most {
		return nil
	}
	return r.spill()
}

// sortEntries sorts by hash, and by place where that is the same. Hashes are
// spread evenly, so that they are dealt to buckets by their first bits, in place,
// before the few in each are compared.
func sortEntries(entries []entry) {
	const buckets = 1 << 12
	bucket := func(e entry) int { return int(e.hash >> 52) }
	var from, next [buckets + 1]int
	for _, e := range entries {
		from[bucket(e)+1]++
	}
	for b := range buckets {
		from[b+1] += from[b]
	}
	next = from
	for b := range buckets {
		for next[b] < from[b+1] {
			e := entries[next[b]]
			for to := bucket(e); to != b; to = bucket(e) {
				e, entries[next[to]] = entries[next[to]], e
				next[to]++
			}
			entries[next[b]] = e
			next[b]++
		}
		slices.SortFunc(entries[from[b]:from[b+1]], compareEntries)
	}
}

func compareEntries(a, b entry) int {
	if a.hash != b.hash {
		return cmp.Compare(a.hash, b.hash)
	}
	return cmp.Compare(a.at, b.at)
}

// spill writes what is in memory to the scratch file as a sorted run.
func (r *register) spill() (err error) {
	if r.file == nil {
		if r.file, err = scratch(); err != nil {
			return err
		}
	}
	sortEntries(r.recent)
	out := bufio.NewWriterSize(r.file, 1<<16)
	for _, e := range r.recent {
		_, _ = out.Write(e.bytes()) // Flush answers its error
	}
	r.runs, r.recent = append(r.runs, len(r.recent)), r.recent[:0]
	return out.Flush()
}

func (e entry) bytes() []byte {
	var b [entrySize]byte
	binary.LittleEndian.PutUint64(b[:], e.hash)
	binary.LittleEndian.PutUint64(b[8:], uint64(e.at))
	return b[:]
}

func entryOf(b []byte) entry {
	return entry{binary.LittleEndian.Uint64(b), int64(binary.LittleEndian.Uint64(b[8:]))}
}

// seal ends adding; find and groups work from then on.
func (r *register) seal() error {
	if len(r.runs) == 0 {
		sortEntries(r.recent)
		return nil
	}
	if err := r.spill(); err != nil {
		return err
	}
	r.recent = nil
	var err error
	if r.merged, err = scratch(); err != nil {
		return err
	}
	out := bufio.NewWriterSize(r.merged, 1<<16)
	n := 0
	err = r.merge(func(e entry) error {
		if n%blockEntries == 0 {
			r.fences = append(r.fences, e.hash)
		}
		n++
		_, err := out.Write(e.bytes())
		return err
	})
	return errors.Join(err, out.Flush())
}

// A run is a sorted part of the scratch file, being read.
type run struct {
	next entry
	in   io.Reader
}

func (r *run) read() error {
	var b [entrySize]byte
	_, err := io.ReadFull(r.in, b[:])
	r.next = entryOf(b[:])
	return err
}

// runHeap orders runs by what comes next in each.
type runHeap []*run

func (h runHeap) Len() int { return len(h) }
func (h runHeap) Less(i, j int) bool {
	a, b := h[i].next, h[j].next
	return a.hash < b.hash || a.hash == b.hash && a.at < b.at
}
func (h runHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }

// Push implements [heap.Interface].
func (h *runHeap) Push(x any) { *h = append(*h, x.(*run)) }

// Pop implements [heap.Interface].
func (h *runHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// merge yields the entries of all runs in order.
func (r *register) merge(yield func(entry) error) error {
	var runs runHeap
	from := int64(0)
	for _, n := range r.runs {
		size := int64(n) * entrySize
		one := &run{in: bufio.NewReaderSize(io.NewSectionReader(r.file, from, size), 1<<14)}
		from += size
		if err := one.read(); errors.Is(err, io.EOF) {
			continue
		} else if err != nil {
			return err
		}
		runs = append(runs, one)
	}
	heap.Init(&runs)
	for len(runs) > 0 {
		if err := yield(runs[0].next); err != nil {
			return err
		}
		switch err := runs[0].read(); {
		case errors.Is(err, io.EOF):
			heap.Pop(&runs)
		case err != nil:
			return err
		default:
			heap.Fix(&runs, 0)
		}
	}
	return nil
}

// find yields where the rows lie that may have a key, in the order in which
// they were added.
func (r *register) find(key string, yield func(at int64) (more bool, err error)) error {
	want := r.hash(key)
	first := sort.Search(len(r.recent), func(i int) bool { return r.recent[i].hash >= want })
	if r.merged != nil {
		block := sort.Search(len(r.fences), func(i int) bool { return r.fences[i] >= want })
		first = max(0, block-1) * blockEntries // the block before may end with it
	}
	return r.from(first, func(e entry) (bool, error) {
		if e.hash != want {
			return e.hash < want, nil
		}
		return yield(e.at)
	})
}

// from yields the entries from a place on, until yield says that it is enough.
func (r *register) from(first int, yield func(entry) (more bool, err error)) error {
	var block [blockEntries * entrySize]byte
	for first < r.count {
		some := r.recent
		if r.merged != nil {
			n, err := r.merged.ReadAt(block[:], int64(first)*entrySize)
			if err != nil && !errors.Is(err, io.EOF) {
				return fmt.Errorf("read the register of a table: %w", err)
			}
			for i := 0; i+entrySize <= n; i += entrySize {
				if more, err := yield(entryOf(block[i:])); err != nil || !more {
					return err
				}
			}
			first += n / entrySize
			continue
		}
		for _, e := range some[first:] {
			if more, err := yield(e); err != nil || !more {
				return err
			}
		}
		return nil
	}
	return nil
}

// groups yields the places of the rows that share a key, by its hash, of each key
// with more than one.
func (r *register) groups(yield func(hash uint64, ats []int64) error) error {
	var group []int64
	var of uint64
	end := func() error {
		if len(group) < 2 {
			return nil
		}
		return yield(of, group)
	}
	err := r.from(0, func(e entry) (bool, error) {
		if e.hash != of {
			if err := end(); err != nil {
				return false, err
			}
			group, of = group[:0], e.hash
		}
		if len(group) == 0 || group[len(group)-1] != e.at {
			group = append(group, e.at)
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	return end()
}

func (r *register) close() error { return errors.Join(closeScratch(r.file), closeScratch(r.merged)) }
