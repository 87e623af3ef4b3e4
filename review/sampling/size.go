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
