package sound

import "math"

const (
	signBit = 1 << 31
	oneBits = 0x3f800000 // of 1.0
)

// A tally is what a run of samples comes to. The extremes are kept as the bits
// of the floats: those of positive ones rise with the number, and so do those
// of negative ones with the sign bit taken as the highest. Comparing integers
// has no NaN to look after, so that it needs no jumps.
type tally struct {
	high    int32  // the highest sample; below 0 if all samples are
	low     uint32 // the lowest sample; without sign bit if no sample has one
	squares float32
}

// measure sums up the samples at even and at odd places: two channels, or two
// halves of one. It is most of a pass, hence four samples at a time, none of
// which waits for another.
func measure(samples []float32) (even, odd tally) {
	evenHigh, oddHigh := int32(math.MinInt32), int32(math.MinInt32)
	var evenLow, oddLow uint32
	var sums [4]float32
	for ; len(samples) >= 4; samples = samples[4:] {
		s := (*[4]float32)(samples)
		a, b, c, d := math.Float32bits(s[0]), math.Float32bits(s[1]), math.Float32bits(s[2]), math.Float32bits(s[3])
		evenHigh, oddHigh = max(evenHigh, int32(a)), max(oddHigh, int32(b))
		evenHigh, oddHigh = max(evenHigh, int32(c)), max(oddHigh, int32(d))
		evenLow, oddLow = max(evenLow, a), max(oddLow, b)
		evenLow, oddLow = max(evenLow, c), max(oddLow, d)
		sums[0] += s[0] * s[0]
		sums[1] += s[1] * s[1]
		sums[2] += s[2] * s[2]
		sums[3] += s[3] * s[3]
	}
	even, odd = tally{evenHigh, evenLow, sums[0] + sums[2]}, tally{oddHigh, oddLow, sums[1] + sums[3]}
	for i, x := range samples {
		if i%2 == 0 {
			even.add(x)
		} else {
			odd.add(x)
		}
	}
	return even, odd
}

func (t *tally) add(x float32) { t.join(tally{int32(math.Float32bits(x)), math.Float32bits(x), x * x}) }

func (t *tally) join(o tally) {
	t.high, t.low, t.squares = max(t.high, o.high), max(t.low, o.low), t.squares+o.squares
}

// oneSided reports whether the samples all lie on one side of nothing, where
// the bits do not tell the extreme that is nearer to it.
func (t *tally) oneSided() bool { return t.high < 0 || t.low != 0 && t.low < signBit }

// block is the tally of n samples.
func (t *tally) block(n int) block {
	low, high := float32(0), math.Float32frombits(uint32(min(t.high, oneBits)))
	if t.low > signBit {
		low = -math.Float32frombits(min(t.low-signBit, oneBits))
	}
	return block{toInt16(low), toInt16(high), toInt16(t.level(n))}
}

// level is the root of the mean square of n samples.
func (t *tally) level(n int) float32 { return float32(math.Sqrt(float64(t.squares) / float64(n))) }

// extremes looks at each stride-th sample by itself.
func extremes(samples []float32, stride int) (low, high float32) {
	low, high = samples[0], samples[0]
	for i := 0; i < len(samples); i += stride {
		low, high = min(low, samples[i]), max(high, samples[i])
	}
	return low, high
}

// toInt16 keeps a sample within full scale; what is not a number is nothing.
func toInt16(x float32) int16 {
	if x != x {
		return 0
	}
	return int16(math.Round(float64(max(-1, min(1, x))) * fullScale))
}
