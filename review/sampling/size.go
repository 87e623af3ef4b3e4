package sampling

import (
	"math"
	"time"
)

// CallsFor returns how many calls of the frame's median length fit into the
// time someone has, at the speed they listen with (1 for as spoken): at least
// one, or none when there is no time or no length.
func CallsFor(have, median time.Duration, speed float64) int {
	if have <= 0 || median <= 0 || speed <= 0 {
		return 0
	}
	return max(1, int(float64(have)*speed/float64(median)))
}

// CallsToHear returns how many calls to hear, so that an issue that is in share
// of all calls is heard at least once with that certainty:
// ⌈ln(1 − certainty) / ln(1 − share)⌉. Both lie between 0 and 1, ends excluded;
// 0 is answered otherwise.
func CallsToHear(share, certainty float64) int {
	if !(share > 0 && share < 1 && certainty > 0 && certainty < 1) {
		return 0
	}
	return int(math.Ceil(math.Log1p(-certainty) / math.Log1p(-share)))
}

// CallsToHearOf is [CallsToHear] for a frame of n calls, of which fewer have to
// be heard: drawn without replacement, K = ⌈share·n⌉ of them with the issue, k
// calls all miss it with the chance ∏ (n−K−i)/(n−i) over i < k, the
// hypergeometric chance of none (as in Cannon & Roe 1982). 0 is answered for no
// calls too.
func CallsToHearOf(n int64, share, certainty float64) int {
	if n < 1 || CallsToHear(share, certainty) == 0 {
		return 0
	}
	const rounding = 1e-9 // 0.07 of 100 is 7 calls, whatever floating point says
	without := n - int64(math.Ceil(share*float64(n)-rounding))
	missed, k := 1.0, 0
	for missed > 1-certainty && int64(k) < n {
		missed *= float64(without-int64(k)) / float64(n-int64(k))
		k++
	}
	return k
}
