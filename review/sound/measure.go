package sound

import "math"

// A tally is what a run of samples comes to.
type tally struct{ low, high, squares float32 }

// measure sums up the samples at even and at odd places: two channels, or two
// halves of one. What is not a number is no extreme. It is most of a pass,
// hence the four at a time.
func measure(samples []float32) (even, odd tally) {
	whole := len(samples) &^ 3
	even, odd = fours(samples[:whole])
	for i, x := range samples[whole:] {
		if t := (tally{x, x, x * x}); i%2 == 0 {
			even.join(t)
		} else {
			odd.join(t)
		}
	}
	return even, odd
}

func (t *tally) join(o tally) {
	if o.low < t.low {
		t.low = o.low
	}
	if o.high > t.high {
		t.high = o.high
	}
	t.squares += o.squares
}

// block is the tally of n samples.
func (t *tally) block(n int) block {
	return block{toInt16(t.low), toInt16(t.high), toInt16(t.level(n))}
}

// level is the root of the mean square of n samples.
func (t *tally) level(n int) float32 { return float32(math.Sqrt(float64(t.squares) / float64(n))) }

// toInt16 keeps a sample within full scale; what is not a number is nothing.
func toInt16(x float32) int16 {
	switch {
	case x >= -1 && x <= 1:
		return int16(math.RoundToEven(float64(x) * fullScale))
	case x > 1:
		return fullScale
	case x < -1:
		return -fullScale
	default:
		return 0
	}
}
