package sound

import "math"

const (
	// resampleTaps are the filter's input frames for each output frame: enough
	// for the image of 3.4 kHz at 4.6 kHz, which 8 kHz telephony makes, to
	// vanish more than 80 dB below.
	resampleTaps = 32
	// resampleBeta shapes the Kaiser window, and cutOff is where the filter is
	// 6 dB down, in cycles a frame of the lower rate. Together they leave 84 dB
	// between 3.4 kHz and its image and take 0.09 dB off it.
	resampleBeta = 8
	cutOff       = 0.485
	// maxPhases bounds the table for rates that share no factor. Taking the
	// nearest of this many is off by less than -80 dB at 3.4 kHz.
	maxPhases = 16384
)

// A Resampler changes the rate of a stream by a polyphase filter: a Kaiser
// windowed sinc, tabulated for each place between two input frames that an
// output frame can fall on. (Crochiere and Rabiner, "Multirate Digital Signal
// Processing", chapter 4.)
type Resampler struct {
	up, down int // output and input rate without their common factor
	channels int
	taps     int
	phases   [][]float32 // the filter for each place between two frames

	input []float32 // frames that the filter still needs, interleaved
	index int       // in input: frame that the filter begins at
	phase int       // 0 to up-1: place between two frames
}

// NewResampler makes a resampler from one rate to another, both above 0.
func NewResampler(from, to, channels int) *Resampler {
	factor := gcd(from, to)
	r := &Resampler{up: to / factor, down: from / factor, channels: channels, taps: resampleTaps}
	cutoff := cutOff // in cycles an input frame
	if from > to {
		// Going down, what the new rate cannot hold has to go: the same
		// filter, stretched.
		cutoff *= float64(to) / float64(from)
		r.taps *= (from + to - 1) / to
	}
	r.phases = make([][]float32, min(r.up, maxPhases))
	for i := range r.phases {
		r.phases[i] = filter(r.taps, cutoff, float64(i)/float64(len(r.phases)))
	}
	// Silence before the beginning puts the middle of the filter on frame 0.
	r.input = make([]float32, (r.taps/2-1)*channels)
	return r
}

// Push takes src, whole frames, and appends to dst what can be told from them.
func (r *Resampler) Push(dst, src []float32) []float32 {
	r.input = append(r.input, src...)
	frames := len(r.input) / r.channels
	for r.index+r.taps <= frames {
		taps := r.phases[r.phase*len(r.phases)/r.up]
		for c := range r.channels {
			dst = append(dst, dot(taps, r.input[r.index*r.channels+c:], r.channels))
		}
		r.phase += r.down
		r.index += r.phase / r.up
		r.phase %= r.up
	}
	used := min(r.index, frames) * r.channels
	r.input = append(r.input[:0], r.input[used:]...)
	r.index -= used / r.channels
	return dst
}

// Flush appends the end of the stream. Altogether n frames become
// ceil(n*to/from).
func (r *Resampler) Flush(dst []float32) []float32 {
	return r.Push(dst, make([]float32, r.taps/2*r.channels))
}

// dot is the filter's answer for one of the interleaved channels of x.
func dot(taps, x []float32, channels int) float32 {
	var sum float32
	for i, tap := range taps {
		sum += tap * x[i*channels]
	}
	return sum
}

// filter is the low-pass for output that falls fraction of a frame behind the
// middle. cutoff is in cycles an input frame. Its sum is 1, so that the level
// stays.
func filter(taps int, cutoff, fraction float64) []float32 {
	weights := make([]float64, taps)
	var sum float64
	for i := range weights {
		x := float64(i-taps/2+1) - fraction
		weights[i] = sinc(2*cutoff*x) * kaiser(2*x/float64(taps))
		sum += weights[i]
	}
	h := make([]float32, taps)
	for i, w := range weights {
		h[i] = float32(w / sum)
	}
	return h
}

func sinc(x float64) float64 {
	if x == 0 {
		return 1
	}
	return math.Sin(math.Pi*x) / (math.Pi * x)
}

// kaiser is the window over x from -1 to 1.
func kaiser(x float64) float64 {
	return bessel0(resampleBeta*math.Sqrt(max(0, 1-x*x))) / bessel0(resampleBeta)
}

// bessel0 is the modified Bessel function of the first kind, order 0, by its
// power series (Abramowitz and Stegun 9.6.12).
func bessel0(x float64) float64 {
	sum, term := 1.0, 1.0
	for k := 1.0; term > sum*1e-12; k++ {
		term *= x * x / (4 * k * k)
		sum += term
	}
	return sum
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
