package ranking

import (
	"math"
	"sort"
)

// mostCalls is more than anyone hears: what takes more cannot be seen.
const mostCalls = 1 << 20

// power is the chance that samples of two sizes from calls of which the parts p
// and q hold an issue show a difference at 5 %, by the test of two proportions
// with a pooled variance (Fleiss, Levin & Paik, Statistical Methods for Rates
// and Proportions, 3rd ed., 4.2; R's power.prop.test for equal sizes).
func power(p, n, q, m float64) float64 {
	pooled := (n*p + m*q) / (n + m)
	ifAlike := math.Sqrt(pooled * (1 - pooled) * (1/n + 1/m))
	ifNot := math.Sqrt(p*(1-p)/n + q*(1-q)/m)
	if ifNot == 0 {
		return 1
	}
	return .5 * math.Erfc(-(math.Abs(p-q)-z95*ifAlike)/ifNot/math.Sqrt2)
}

// toSee is how large two samples must be, of which the first has n calls by now
// and the second m, to show the difference between p and q in 80 % of cases:
// the first stays as it is where the second can make up for it, else both get
// equally large. Without a difference there is nothing to see.
func toSee(p, n, q, m float64) (first, second float64) {
	if p == q {
		return n, m
	}
	n, m = min(n, mostCalls), min(m, mostCalls)
	least := func(from float64, seen func(size float64) bool) float64 {
		if seen(from) {
			return from
		}
		return float64(sort.Search(mostCalls, func(i int) bool { return float64(i) >= from && seen(float64(i)) }))
	}
	if n > 0 {
		// A sample more than four times the other adds next to nothing.
		second = least(m, func(size float64) bool { return power(p, n, q, max(1, size)) >= .8 })
		if second <= 4*n {
			return n, second
		}
	}
	both := least(max(n, 1), func(size float64) bool { return power(p, size, q, size) >= .8 })
	return both, max(m, both)
}
