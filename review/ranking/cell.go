package ranking

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// A Cell is the calls of a ranking that the same draws could have drawn, from
// the same strata: within it every call had the same chance, between cells the
// chances differ. Shares are made cell by cell and weighted by what each cell
// is of the whole (post-stratification: Cochran, Sampling Techniques, 3rd ed.,
// 5A.9; Kalton & Flores-Cervantes 2003), so that eight weekly draws and one
// inside a category can stand in one ranking.
type Cell struct {
	Name     string    // which draws and strata; no two cells of a ranking share it
	Kind     string    // what tells it apart but for time: cells of one kind are neighbours in time
	At       time.Time // about when its calls began
	Size     int64     // its calls
	Heard    int64     // of them drawn and heard
	NotHeard int64     // of them drawn, but could not be heard
	Reached  bool      // a draw of which something was heard holds its calls
	Issues   []int64   // its heard calls with each issue, in the order of [Counts.Issues]
	// NoProblem are its heard calls without any issue, for the card of a category,
	// or without any of those that [Without] is about; else it is not counted.
	NoProblem int64
}

// NotCovered reports whether nothing can be said of the cell: none of its calls
// was heard, and none could have been so far.
func (c Cell) NotCovered() bool { return c.Heard == 0 && !c.Reached }

// A sample is what was heard, in parts of which each is one cell or several
// joined ones.
type sample struct {
	parts  []stratum
	partOf []int // of each cell; −1 for those left out
	size   int64 // calls of all parts
	heard  int64
}

// A stratum is a part of a sample: cells that count as one.
type stratum struct {
	cells []int // indexes of the cells given
	kind  string
	at    float64 // Unix seconds
	size  int64
	heard int64
}

// newSample joins cells of which too few calls were heard: with fewer than two
// heard calls there is no variance, and with none no share, so such a cell
// joins its neighbour in time, of its own kind where there is one. Cells that
// no draw covers are left out.
func newSample(cells []Cell) sample {
	var s sample
	for i, c := range cells {
		if c.Size+c.Heard == 0 || c.NotCovered() {
			continue
		}
		size := max(c.Size, c.Heard) // the frame may have lost calls since
		s.parts = append(s.parts, stratum{[]int{i}, c.Kind, float64(c.At.Unix()), size, c.Heard})
		s.size += size
		s.heard += c.Heard
	}
	slices.SortStableFunc(s.parts, func(a, b stratum) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.at, b.at))
	})
	for {
		few := slices.IndexFunc(s.parts, func(p stratum) bool { return p.heard < 2 })
		if few < 0 || len(s.parts) < 2 {
			break
		}
		s.join(few, s.neighbour(few))
	}
	s.partOf = slices.Repeat([]int{-1}, len(cells))
	for i, p := range s.parts {
		for _, cell := range p.cells {
			s.partOf[cell] = i
		}
	}
	return s
}

// neighbour is the part of the same kind nearest in time to part i, or the
// nearest of any kind where it is the only one of its own.
func (s sample) neighbour(i int) int {
	nearest, least := -1, math.Inf(1)
	for j, p := range s.parts {
		far := math.Abs(p.at - s.parts[i].at)
		if p.kind != s.parts[i].kind {
			far += math.MaxInt32 // longer ago than any call
		}
		if j != i && far < least {
			nearest, least = j, far
		}
	}
	return nearest
}

// join puts part i into part j.
func (s *sample) join(i, j int) {
	a, b := s.parts[i], &s.parts[j]
	b.at = (a.at*float64(a.size) + b.at*float64(b.size)) / float64(a.size+b.size)
	b.cells = append(slices.Clip(b.cells), a.cells...)
	b.size += a.size
	b.heard += a.heard
	s.parts = slices.Delete(s.parts, i, i+1)
}

// weight is what part of the sample's calls p holds.
func (s sample) weight(p stratum) float64 { return part(p.size, s.size) }

// all reports whether every call was heard, so that nothing is uncertain.
func (s sample) all() bool { return s.heard > 0 && s.heard >= s.size }

// sum adds up what count says of the cells of p.
func (p stratum) sum(count func(cell int) int64) int64 {
	var n int64
	for _, cell := range p.cells {
		n += count(cell)
	}
	return n
}

// share estimates the part of the calls that hold what count counts, of the
// heard calls of each cell. In one part it is [Estimate]. In several the share
// is Σ W·k/n with W the part's weight, its variance by parts
//
//	v = Σ W² (1 − n/N) · p(1−p)/(n−1)
//
// (Cochran, 5.4), and the interval that of Wilson at the size of a simple
// sample that would be as sure, p(1−p)/v. A handful of calls says little about
// a variance (two calls in a part of small weight make it far too small), so
// with fewer than five that hold it, or that do not, the size is at most that
// of the weights alone, 1/Σ W²(1−n/N)/n (Kish 1965).
func (s sample) share(count func(cell int) int64) Share { return shareOf(s.estimate(count)) }

// shareOf is the share of an estimate, see [sample.estimate].
func shareOf(p, n float64) Share {
	if n == 0 {
		return Share{0, 0, 1}
	}
	return wilson(p, n)
}

// estimate is the part of a share, and the size of the simple sample from an
// endless frame that would be as sure: 0 when nothing was heard, without end
// when all was.
func (s sample) estimate(count func(cell int) int64) (p, n float64) {
	if s.heard == 0 {
		return 0, 0
	}
	if len(s.parts) == 1 {
		return part(s.parts[0].sum(count), s.heard), effective(float64(s.heard), float64(s.size))
	}
	var v, kish float64
	var calls int64
	for _, part := range s.parts {
		k := part.sum(count)
		calls += k
		w, n := s.weight(part), float64(part.heard)
		q := float64(k) / n
		left := 1 - n/float64(part.size)
		p += w * q
		v += w * w * left * q * (1 - q) / (n - 1)
		kish += w * w * left / n
	}
	if kish == 0 {
		return p, math.Inf(1)
	}
	n = 1 / kish
	if v > 0 {
		n = p * (1 - p) / v
	}
	if min(calls, s.heard-calls) < fewCalls {
		n = min(n, 1/kish)
	}
	return p, n
}

// fewCalls are too few to see a variance in.
const fewCalls = 5
