package ranking

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// Outranks returns how sure it is that issue A is in more calls than issue B,
// 0 to 1, when so many of the same heard calls hold A only and B only:
//
//	P = 1 − I½(b + ½, c + ½)
//
// with the regularised incomplete beta function, which is the posterior chance
// that more than half of the calls that tell A and B apart speak for A (prior
// of Jeffreys). Calls with both or neither say nothing about the order. The
// numbers need not be whole: see [Pair].
func Outranks(onlyA, onlyB float64) float64 {
	return 1 - mathext.RegIncBeta(onlyA+.5, onlyB+.5, .5)
}

// exactTest is the two-sided p of the exact paired test (McNemar's, exact): the
// chance of a split at least as uneven when A and B are equally common,
// 2·P(X ≥ max(b, c)) with X binomial of b + c at ½. It is written with the
// incomplete beta function, so that it takes the parts of calls of a [Pair].
func exactTest(onlyA, onlyB float64) float64 {
	more, all := max(onlyA, onlyB), onlyA+onlyB
	if all <= 0 || more <= all-more {
		return 1
	}
	return min(1, 2*mathext.RegIncBeta(more, all-more+1, .5))
}

// A Pair compares two issues on the same calls.
type Pair struct {
	OnlyA, OnlyB int64 // heard calls with one and not the other
	// A and B are the same as numbers of calls of one simple sample that would
	// tell as much: OnlyA and OnlyB themselves for a simple sample.
	A, B float64
	Sure bool // every call was heard
}

// Before is how sure it is that A is in more calls than B, 0 to 1.
func (p Pair) Before() float64 {
	switch {
	case !p.Sure:
		return Outranks(p.A, p.B)
	case p.A > p.B:
		return 1
	case p.A < p.B:
		return 0
	}
	return .5
}

// surely reports whether A is in more calls than B at the given error.
func (p Pair) surely(alpha float64) bool {
	return p.A > p.B && (p.Sure || exactTest(p.A, p.B) <= alpha)
}

// A paired compares any two issues of counts on the same calls.
type paired struct {
	sample
	overlap *Overlap
	calls   [][]int64 // heard calls of each part with each issue
	waits   [][]int   // the splits that each issue waits for
	both    []int64   // room for one number a part
	more    []int64   // the same
}

func (s sample) paired(counts Counts) paired {
	p := paired{sample: s, overlap: counts.Overlap, calls: make([][]int64, len(s.parts)), both: make([]int64, len(s.parts)), more: make([]int64, len(s.parts))}
	for _, issue := range counts.Issues {
		p.waits = append(p.waits, indexes(counts.Issues, issue.WaitsFor))
	}
	for i, part := range s.parts {
		p.calls[i] = make([]int64, len(counts.Issues))
		for issue := range counts.Issues {
			p.calls[i][issue] = part.sum(func(cell int) int64 { return counts.Cells[cell].Issues[issue] })
		}
	}
	return p
}

// pair compares issues a and b. In several parts the calls of each stand for
// its weight: the parts of all calls with one issue only are Σ W·b/n and
// Σ W·c/n, and the sample is as large as a simple one with the variance of
// their difference by parts, Σ W²·s²/(n−1).
func (s paired) pair(a, b int) Pair {
	clear(s.both)
	clear(s.more)
	s.meet(s.both, a, b, 1)
	return s.compare(a, b)
}

// atWorst compares a with b as if all moments of splits that may turn out to be
// of b were: what is surely so then is so whatever they are dealt to.
func (s paired) atWorst(a, b int) Pair {
	if len(s.waits[b]) == 0 {
		return s.pair(a, b)
	}
	clear(s.both)
	clear(s.more)
	s.meet(s.both, a, b, 1)
	for _, split := range s.waits[b] {
		if split == a {
			return Pair{} // all that is a now may be b
		}
		for i := range s.parts {
			s.more[i] += s.calls[i][split]
		}
		s.meet(s.more, b, split, -1) // which are of b already
		s.meet(s.both, a, split, 1)
	}
	return s.compare(a, b)
}

// meet adds the heard calls of each part that hold a and b, so many times over.
func (s paired) meet(to []int64, a, b int, times int64) {
	for _, joint := range s.overlap.of(a, b) {
		if part := s.partOf[joint.cell]; part >= 0 {
			to[part] += times * joint.calls
		}
	}
}

// compare compares a, and b in some more calls of each part, of which both hold
// some.
func (s paired) compare(a, b int) Pair {
	var p Pair
	var onlyA, onlyB, v float64
	for i, part := range s.parts {
		// Never below none, also when somebody tagged between two reads.
		nA, nB := max(0, s.calls[i][a]-s.both[i]), max(0, s.calls[i][b]+s.more[i]-s.both[i])
		p.OnlyA, p.OnlyB = p.OnlyA+nA, p.OnlyB+nB
		w, n := s.weight(part), float64(part.heard)
		onlyA += w * float64(nA) / n
		onlyB += w * float64(nB) / n
		v += w * w * spread(float64(nA)/n, float64(nB)/n) / max(1, n-1)
	}
	p.A, p.B, p.Sure = float64(p.OnlyA), float64(p.OnlyB), s.all()
	if len(s.parts) > 1 && v > 0 {
		// n − 1 of n calls in one part: then this is p.OnlyA and p.OnlyB.
		n := spread(onlyA, onlyB) / v * float64(s.heard) / float64(s.heard-1)
		p.A, p.B = n*onlyA, n*onlyB
	}
	return p
}

// indexes are the places of issues by their ids, without those that are not
// counted.
func indexes(issues []IssueCount, ids []string) (all []int) {
	for i, issue := range issues {
		if slices.Contains(ids, issue.ID) {
			all = append(all, i)
		}
	}
	return all
}

// spread is the variance of one call's difference: 1 with A only, −1 with B
// only, else 0.
func spread(onlyA, onlyB float64) float64 {
	return onlyA + onlyB - (onlyA-onlyB)*(onlyA-onlyB)
}

// place gives ranked issues, in their order, the ranges of their ranks and
// their brackets.
//
// A rank lies between 1 + the issues surely above and the number of all issues,
// with those still unheard, less the issues surely below. Surely means that the
// exact paired test tells the two apart at 5 % over all pairs (Bonferroni), so
// that all ranges together hold in 95 % (Mogstad, Romano, Shaikh & Wilhelm,
// cemmap CWP40/21).
// An issue that waits for moments to be dealt is tested at its worst.
func (s sample) place(ranked []Ranked, counts Counts, unheard int) {
	pairs, order := len(ranked)*(len(ranked)-1)/2, s.paired(counts)
	for i := range ranked {
		ranked[i].RankLow, ranked[i].RankHigh = 1, len(ranked)+unheard
	}
	for i := range ranked {
		for j := range i {
			above, below := ranked[j].index, ranked[i].index
			switch alpha := .05 / float64(pairs); {
			case order.atWorst(above, below).surely(alpha):
				ranked[i].RankLow++
				ranked[j].RankHigh--
			case order.atWorst(below, above).surely(alpha):
				ranked[j].RankLow++
				ranked[i].RankHigh--
			}
		}
	}
	bracket(ranked)
}

// bracket numbers the brackets of ranked issues from 1: each goes on for as
// long as all its ranges overlap, so that its issues cannot be told apart yet.
func bracket(ranked []Ranked) {
	number, low, high := 0, 0, math.MinInt
	for i := range ranked {
		low, high = max(low, ranked[i].RankLow), min(high, ranked[i].RankHigh)
		if low > high {
			number++
			low, high = ranked[i].RankLow, ranked[i].RankHigh
		}
		ranked[i].Bracket = number
	}
}

// An Overlap counts the heard calls that hold two issues at once, by cell.
type Overlap struct {
	issues int
	pairs  map[int][]joint // the lower issue times issues plus the higher
}

// A joint is the calls of a cell with both issues of a pair.
type joint struct {
	cell  int
	calls int64
}

// NewOverlap counts for so many issues.
func NewOverlap(issues int) *Overlap { return &Overlap{issues: issues, pairs: map[int][]joint{}} }

// Add counts one heard call of a cell with its issues, each once.
func (o *Overlap) Add(cell int, issues []int) {
	for i, a := range issues {
		for _, b := range issues[:i] {
			o.add(o.key(a, b), joint{cell, 1})
		}
	}
}

// Both counts so many heard calls of a cell that hold issues a and b.
func (o *Overlap) Both(cell, a, b int, calls int64) { o.add(o.key(a, b), joint{cell, calls}) }

// Merge adds what another overlap of the same issues and cells counted.
func (o *Overlap) Merge(other *Overlap) {
	for key, joints := range other.pairs {
		for _, j := range joints {
			o.add(key, j)
		}
	}
}

func (o *Overlap) add(key int, j joint) {
	joints := o.pairs[key]
	// Calls come cell by cell, so it is mostly the last.
	for i := len(joints) - 1; i >= 0; i-- {
		if joints[i].cell == j.cell {
			joints[i].calls += j.calls
			return
		}
	}
	o.pairs[key] = append(joints, j)
}

func (o *Overlap) key(a, b int) int { return min(a, b)*o.issues + max(a, b) }

// of answers the calls that hold a and b. An overlap of nothing is nil.
func (o *Overlap) of(a, b int) []joint {
	if o == nil {
		return nil
	}
	return o.pairs[o.key(a, b)]
}

// Compare compares two issues of counts by their ids; ok is false when one is
// not among them. No call holds an issue without itself.
func Compare(counts Counts, a, b string) (p Pair, ok bool) {
	i := slices.IndexFunc(counts.Issues, func(c IssueCount) bool { return c.ID == a })
	j := slices.IndexFunc(counts.Issues, func(c IssueCount) bool { return c.ID == b })
	if i < 0 || j < 0 {
		return p, false
	}
	if i == j {
		return Pair{}, true
	}
	counts = counts.byCells()
	return newSample(counts.Cells).paired(counts).pair(i, j), true
}
