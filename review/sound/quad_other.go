//go:build !amd64

package sound

import "math"

// fours measures samples, four or a multiple of it or none.
func fours(samples []float32) (even, odd tally) {
	none := tally{low: float32(math.Inf(1)), high: float32(math.Inf(-1))}
	places := [4]tally{none, none, none, none}
	for ; len(samples) >= 4; samples = samples[4:] {
		for i, x := range (*[4]float32)(samples) {
			places[i].join(tally{x, x, x * x})
		}
	}
	places[0].join(places[2])
	places[1].join(places[3])
	return places[0], places[1]
}
