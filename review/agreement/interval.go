package agreement

import (
	"math/rand/v2"
	"slices"
)

// An Interval is where α lies with 95 %, as far as the calls that were rated can
// tell. Known is false where they cannot: too few of them tell people apart, or all
// agree in all that was rated, in whatever calls one picks.
type Interval struct {
	Low, High float64
	Known     bool
}

// resamples is how often calls are drawn again for an interval: its ends then shift
// by less than the second decimal that is shown.
const resamples = 1000

// Intervals answers that of [Alpha] over all issues, and of each issue's α. Issues
// have the same people and calls.
//
// It is the percentile bootstrap over calls, with all ratings of a call kept
// together (Zapf, Castell, Morawietz & Karch 2016, BMC Med. Res. Methodol. 16:93):
// calls were drawn at random, people were not. The same ratings always have the
// same interval.
func Intervals(issues []Ratings, values int) (all Interval, each []Interval) {
	each = make([]Interval, len(issues))
	counted := make([]tally, len(issues))
	calls := 0
	for i, r := range issues {
		counted[i] = tallyOf(r, values)
		calls = max(calls, len(counted[i].observed))
	}
	if calls < 2 {
		return all, each
	}
	random := rand.New(rand.NewPCG(uint64(calls), uint64(len(issues))))
	whole, parts := make([]float64, 0, resamples), make([][]float64, len(issues))
	times := make([]float64, calls)
	for range resamples {
		clear(times)
		for range calls {
			times[random.IntN(calls)]++
		}
		var sum disagreement
		for i := range counted {
			d := counted[i].of(times)
			sum.observed, sum.expected = sum.observed+d.observed, sum.expected+d.expected
			parts[i] = d.appendTo(parts[i])
		}
		whole = sum.appendTo(whole)
	}
	for i := range parts {
		each[i] = between(parts[i])
	}
	return between(whole), each
}

// appendTo adds an α where anything was tested.
func (d disagreement) appendTo(alphas []float64) []float64 {
	if d.expected == 0 {
		return alphas
	}
	return append(alphas, 1-d.observed/d.expected)
}

// between is where the middle 95 % of resampled α lie.
func between(alphas []float64) Interval {
	if 2*len(alphas) < resamples { // most pickings of calls say nothing
		return Interval{}
	}
	slices.Sort(alphas)
	n := float64(len(alphas) - 1)
	i := Interval{Low: alphas[int(.025*n+.5)], High: alphas[int(.975*n+.5)]}
	i.Known = i.Low < i.High
	return i
}

// A tally is what each call adds to an issue's disagreement.
type tally struct {
	observed []float64
	counts   [][]float64 // ratings of each value; nil for a call without a pair
	values   int
}

func tallyOf(r Ratings, values int) tally {
	t := tally{values: values}
	for call := range r.calls() {
		counts, m := r.count(call, values)
		var observed float64
		if m < 2 {
			counts = nil
		}
		for _, n := range counts {
			observed += n * (m - n) / (m - 1)
		}
		t.observed, t.counts = append(t.observed, observed), append(t.counts, counts)
	}
	return t
}

// of is the disagreement when each call counts so many times.
func (t tally) of(times []float64) (d disagreement) {
	totals, all := make([]float64, t.values), 0.0
	for call, counts := range t.counts {
		if times[call] == 0 {
			continue
		}
		d.observed += times[call] * t.observed[call]
		for value, n := range counts {
			totals[value] += times[call] * n
			all += times[call] * n
		}
	}
	for _, n := range totals {
		if all > 1 {
			d.expected += n * (all - n) / (all - 1)
		}
	}
	return d
}
