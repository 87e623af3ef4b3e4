package sound

import (
	"cmp"
	"slices"
	"time"
)

// A Span is a stretch of a recording, To not included.
type Span struct{ From, To time.Duration }

// Union returns the same time as spans, in order and without overlap. Spans
// that touch become one; empty ones vanish.
func Union(spans ...Span) []Span {
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	var union []Span
	for _, s := range sorted {
		last := len(union) - 1
		switch {
		case s.To <= s.From:
		case last >= 0 && s.From <= union[last].To:
			union[last].To = max(union[last].To, s.To)
		default:
			union = append(union, s)
		}
	}
	return union
}

// shared is what lies in both a and b, each of which is in order and without
// overlap.
func shared(a, b []Span) []Span {
	var both []Span
	for len(a) > 0 && len(b) > 0 {
		if s := (Span{max(a[0].From, b[0].From), min(a[0].To, b[0].To)}); s.From < s.To {
			both = append(both, s)
		}
		if a[0].To < b[0].To {
			a = a[1:]
		} else {
			b = b[1:]
		}
	}
	return both
}

// Without returns the time of a that does not lie in b, as [Union] returns it.
func Without(a, b []Span) []Span {
	var rest []Span
	b = Union(b...)
	for _, s := range Union(a...) {
		for _, gap := range b {
			if gap.To <= s.From || gap.From >= s.To {
				continue
			}
			rest = append(rest, Span{s.From, gap.From})
			s.From = gap.To
		}
		rest = append(rest, s)
	}
	return Union(rest...)
}

// Covered is how much of wanted lies in got, from 0 to 1. Where nothing is
// wanted nothing is left out: 1.
func Covered(wanted, got []Span) float64 {
	wanted, got = Union(wanted...), Union(got...)
	var all, both time.Duration
	for _, w := range wanted {
		all += w.To - w.From
		for _, g := range got {
			both += max(0, min(w.To, g.To)-max(w.From, g.From))
		}
	}
	if all == 0 {
		return 1
	}
	return float64(both) / float64(all)
}
