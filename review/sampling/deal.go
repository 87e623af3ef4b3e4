package sampling

import (
	"bytes"
	"cmp"
	"errors"
	"iter"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// A Stratum is one part of a stratified draw's frame.
type Stratum struct {
	Name  string
	Size  int64 // calls of the frame, with those that were drawn before
	Calls int   // of them drawn by this draw
}

// Weight is how many calls of the frame each drawn call stands for.
func (s Stratum) Weight() float64 {
	if s.Calls == 0 {
		return 0
	}
	return float64(s.Size) / float64(s.Calls)
}

// A dealer draws from each stratum of a frame while it is fed the members, as a
// [sampler] does from the whole. Without strata there is one, without a name.
type dealer struct {
	seed   string
	n      int
	strata map[string]*sampler
}

func newDealer(seed string, n int) *dealer {
	return &dealer{seed: seed, n: n, strata: map[string]*sampler{}}
}

func (d *dealer) add(m Member) { d.stratum(m).add(m) }

// place feeds a member that takes part in the sizes, and cannot be drawn.
func (d *dealer) place(m Member) {
	s := d.stratum(m)
	s.size++
	if m.Open {
		s.open++
	}
}

func (d *dealer) stratum(m Member) *sampler {
	s := d.strata[m.Stratum]
	if s == nil {
		s = newSampler(d.seed, d.n)
		d.strata[m.Stratum] = s
	}
	return s
}

// readFrame feeds a dealer of its own from each part of a frame, all at the same
// time, and answers one that was fed them all. After an error none reads on; all
// have ended when it returns.
func readFrame(start func() *dealer, parts []iter.Seq2[Member, error]) (*dealer, error) {
	dealers, errs := make([]*dealer, len(parts)), make([]error, len(parts))
	var stop atomic.Bool
	var reading sync.WaitGroup
	for i, part := range parts {
		dealers[i] = start()
		reading.Go(func() {
			if errs[i] = dealers[i].read(part, &stop); errs[i] != nil {
				stop.Store(true)
			}
		})
	}
	reading.Wait()
	whole := start()
	for _, d := range dealers {
		whole.merge(d)
	}
	return whole, errors.Join(errs...)
}

// read feeds the members of a part, until it ends or stop is set.
func (d *dealer) read(part iter.Seq2[Member, error], stop *atomic.Bool) error {
	for member, err := range part {
		if err != nil {
			return err
		}
		if stop.Load() {
			return nil
		}
		d.add(member)
	}
	return nil
}

// merge feeds what another dealer of the same draw was fed.
func (d *dealer) merge(other *dealer) {
	for name, theirs := range other.strata {
		if ours := d.strata[name]; ours == nil {
			d.strata[name] = theirs
		} else {
			ours.merge(theirs)
		}
	}
}

// frame is the whole frame that was fed.
func (d *dealer) frame() Frame {
	var whole sampler
	for _, s := range d.strata {
		whole.size += s.size
		whole.plus(s.sum)
	}
	return whole.frame()
}

// open counts the calls that could be drawn.
func (d *dealer) open() int64 {
	var n int64
	for _, s := range d.strata {
		n += s.open
	}
	return n
}

// deal says how many calls each stratum gives, by name.
func (d *dealer) deal(equal bool) []Stratum {
	strata := make([]Stratum, 0, len(d.strata))
	for _, name := range slices.Sorted(maps.Keys(d.strata)) {
		strata = append(strata, Stratum{Name: name, Size: d.strata[name].size})
	}
	allocate(d.n, strata, equal, func(s Stratum) int64 { return d.strata[s.Name].open })
	return strata
}

// draw takes the calls with the smallest keys of each stratum, as many as it is
// to give, and puts all into the order of their keys: so each part of the draw
// that is heard first is a random one too.
func (d *dealer) draw(strata []Stratum) []Drawn {
	var kept candidates
	in := map[string]string{}
	for _, stratum := range strata {
		s := d.strata[stratum.Name]
		if s == nil {
			continue
		}
		first := s.sorted()
		for _, c := range first[:min(stratum.Calls, len(first))] {
			kept = append(kept, c)
			in[c.uid] = stratum.Name
		}
	}
	slices.SortFunc(kept, func(a, b candidate) int { return bytes.Compare(a.key[:], b.key[:]) })
	calls := kept.drawn()
	for i := range calls {
		calls[i].Stratum = in[calls[i].UID]
	}
	return calls
}

// allocate deals n calls to strata: in proportion to their sizes by largest
// remainder, or to each the same. A stratum gives no more than are open in it;
// what it cannot give is dealt to the others.
func allocate(n int, strata []Stratum, equal bool, open func(Stratum) int64) {
	left := int64(n)
	var rest []int // strata that are not used up
	for i := range strata {
		rest = append(rest, i)
	}
	for len(rest) > 0 {
		quotas := divide(left, strata, rest, equal)
		short := slices.IndexFunc(rest, func(i int) bool { return quotas[i] > open(strata[i]) })
		if short < 0 {
			for _, i := range rest {
				strata[i].Calls = int(quotas[i])
			}
			return
		}
		i := rest[short]
		strata[i].Calls = int(open(strata[i]))
		left -= open(strata[i])
		rest = slices.Delete(rest, short, short+1)
	}
}

// divide divides n among the strata of some indexes by largest remainder; of
// equal remainders the larger stratum comes first, then the first by name.
func divide(n int64, strata []Stratum, among []int, equal bool) map[int]int64 {
	weight := func(i int) int64 {
		if equal {
			return 1
		}
		return strata[i].Size
	}
	var all int64
	for _, i := range among {
		all += weight(i)
	}
	quotas, left := map[int]int64{}, n
	for _, i := range among {
		quotas[i] = n * weight(i) / all
		left -= quotas[i]
	}
	order := slices.Clone(among)
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Or(cmp.Compare(n*weight(j)%all, n*weight(i)%all), cmp.Compare(strata[j].Size, strata[i].Size))
	})
	for _, i := range order[:left] {
		quotas[i]++
	}
	return quotas
}
