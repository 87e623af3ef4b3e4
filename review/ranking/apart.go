package ranking

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Apart returns about how many more calls to hear until the paired test tells
// two issues of a ranking of so many issues apart, at 5 % over all its pairs
// as in [Rank], if both go on to come up as they did in the heard calls. With b
// and c calls that hold one only, of n heard, that takes
//
//	z²·(b + c)/(b − c)²
//
// times n calls in all (McNemar's test in its normal form, solved for n), at
// most all of the frame; the answer is rounded to two digits, and 0 when the two
// are told apart already. ok is false when as many calls speak for the one as
// for the other: then no number is known.
func (p Pair) Apart(heard, frame int64, issues int) (more int64, ok bool) {
	if p.A == p.B || heard <= 0 || heard >= frame {
		return 0, false
	}
	pairs := max(1, issues*(issues-1)/2)
	z := mathext.NormalQuantile(1 - .05/float64(2*pairs))
	times := z * z * (p.A + p.B) / ((p.A - p.B) * (p.A - p.B))
	return min(frame-heard, max(0, twoDigits(math.Ceil(float64(heard)*(times-1))))), true
}
