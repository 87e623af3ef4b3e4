package phone

import "math"

// Rate is the telephone's sampling rate, in samples a second.
const Rate = 8000

// The telephone band, in Hz.
const (
	bandLow  = 300
	bandHigh = 3400
)

// side is how many inputs the band-pass weighs on each side of the nearest one,
// reach the same in seconds. With a Blackman window the edges of the band are
// then some 170 Hz wide, which leaves nothing at 4 kHz, where the line folds.
const (
	side  = 353
	reach = float64(side) / studioRate
)

// The two rates are to each other as up to down: after up outputs and down
// inputs their clocks agree again, so there are only up different kernels.
const (
	up   = 160
	down = 441
)

// Line sends samples of 22.05 kHz through a telephone line: it keeps
// 300–3400 Hz and answers 8000 samples a second.
//
// One windowed-sinc kernel both filters and resamples, taken at each output's
// exact distance from the inputs.
func Line(samples []float64) []float64 {
	kernels := bandKernels()
	out := make([]float64, len(samples)*up/down)
	for i := range out {
		nearest := i * down / up
		for k, weight := range kernels[i%up] {
			if at := nearest + k - side; at >= 0 && at < len(samples) {
				out[i] += weight * samples[at]
			}
		}
	}
	return out
}

// bandKernels returns, for each place an output can have between two inputs,
// the weights of the inputs from nearest-side to nearest+side.
func bandKernels() [up][]float64 {
	var kernels [up][]float64
	for phase := range kernels {
		beyond := float64(phase*down%up) / up // inputs from the nearest to the output
		kernels[phase] = make([]float64, 2*side+1)
		for k := range kernels[phase] {
			t := (beyond - float64(k-side)) / studioRate
			kernels[phase][k] = band(t) / studioRate
		}
	}
	return kernels
}

// band is the impulse response of the telephone band at t seconds, nothing
// beyond reach.
func band(t float64) float64 {
	if math.Abs(t) >= reach {
		return 0
	}
	phase := math.Pi * (t/reach + 1)
	blackman := 0.42 - 0.5*math.Cos(phase) + 0.08*math.Cos(2*phase)
	return (lowPass(bandHigh, t) - lowPass(bandLow, t)) * blackman
}

// lowPass is the impulse response of an ideal low-pass that cuts at hz.
func lowPass(hz, t float64) float64 {
	if t == 0 {
		return 2 * hz
	}
	return math.Sin(2*math.Pi*hz*t) / (math.Pi * t)
}
