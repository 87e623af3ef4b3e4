package sampling

import "time"

// CallsFor returns how many calls of the frame's median length fit into the
// time someone has, at the speed they listen with (1 for as spoken): at least
// one, or none when there is no time or no length.
func CallsFor(have, median time.Duration, speed float64) int {
	if have <= 0 || median <= 0 || speed <= 0 {
		return 0
	}
	return max(1, int(float64(have)*speed/float64(median)))
}
