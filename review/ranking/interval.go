package ranking

import (
	"math"
	"time"
)

// z95 is the 97.5 % quantile of the standard normal distribution.
const z95 = 1.959963984540054

// Estimate returns the share of a frame's calls that hold what calls of the
// heard ones hold, with the Wilson score interval at 95 %:
//
//	centre (p + z²/2n) / (1 + z²/n), half width z/(1 + z²/n) · √(p(1−p)/n + z²/4n²)
//
// (Newcombe 1998, Stat. Med. 17:857–872, method 3). Hearing much of a small
// frame tells more than its number says: n is taken as n(N−1)/(N−n), after
// Kish 1965, and when all were heard the interval is the point. With nothing
// heard the share is 0 and may be anything from 0 to 1.
func Estimate(calls, heard, frame int64) Share {
	if heard <= 0 {
		return Share{0, 0, 1}
	}
	return wilson(part(calls, heard), effective(float64(heard), float64(frame)))
}

// wilson is the Wilson score interval around p with the size of a sample.
func wilson(p, n float64) Share {
	z2n := z95 * z95 / n
	centre := (p + z2n/2) / (1 + z2n)
	half := z95 / (1 + z2n) * math.Sqrt(p*(1-p)/n+z2n/(4*n))
	// Rounding may leave the interval a hair outside, or off a p of 0 or 1.
	return Share{p, min(p, max(0, centre-half)), max(p, min(1, centre+half))}
}

// effective is the size of a sample from an endless frame that would tell as
// much as n of size calls.
func effective(n, size float64) float64 {
	if n >= size {
		return math.Inf(1)
	}
	return n * (size - 1) / (size - n)
}

// part is k/n, and nothing of nothing is 0.
func part(k, n int64) float64 {
	if n <= 0 {
		return 0
	}
	return float64(k) / float64(n)
}

const week = 7 * 24 * time.Hour

// Weeks returns how many weeks a ranking spans, at least one: from and to are
// its filter (zero for open) and first and last the starts of the frame's first
// and last call. Whole weeks without calls at either end do not count: they are
// before the library begins or not imported yet, and would make every issue
// look rarer than it is.
func Weeks(from, to, first, last time.Time) float64 {
	if from.IsZero() {
		from = first
	}
	if to.IsZero() {
		to = last
	}
	from = from.Add(max(0, first.Sub(from)/week*week))
	to = to.Add(-max(0, to.Sub(last)/week*week))
	return max(1, to.Sub(from).Hours()/week.Hours())
}

// perWeek projects a share onto the calls of a week. Its bounds are rounded to
// two digits: more would claim to know what nobody does.
func perWeek(s Share, frame int64, weeks float64) Range {
	if frame <= 0 || !(weeks > 0) {
		return Range{}
	}
	calls := float64(frame) / weeks
	return Range{twoDigits(s.Low * calls), twoDigits(s.High * calls)}
}

// twoDigits rounds x to two digits, or to a whole number below 100.
func twoDigits(x float64) int64 {
	unit := 1.0
	for x/unit >= 100 {
		unit *= 10
	}
	return int64(math.Round(x/unit) * unit)
}
