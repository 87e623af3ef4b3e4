package sound

import "math"

const (
	// Even is the loudness, in LUFS, that EBU R 128 brings everything to. It
	// leaves speech its peaks, so that few channels have to stay below it.
	Even = -23.0

	absoluteGate = -70.0 // LUFS: below it is no programme
	relativeGate = -10.0 // LU, against what passes the absolute gate

	highestPeak = 0.891 // -1 dBFS
	mostGain    = 10    // 20 dB: beyond it there is noise, and nobody speaking
)

// A Meter measures how loud each channel is of what is read through it: the
// integrated loudness of EBU R 128, by ITU-R BS.1770-4, each channel by itself
// as if it were mono. So one pass over a recording gives its [Peaks] and its
// loudness.
type Meter struct {
	reader   Reader
	channels []channelMeter
}

// NewMeter makes a meter for a recording of this shape.
func NewMeter(r Reader, rate, channels int) *Meter {
	m := &Meter{reader: r, channels: make([]channelMeter, channels)}
	for c := range m.channels {
		m.channels[c] = channelMeter{weights: kWeighting(float64(rate)), stepFrames: rate / 10}
	}
	return m
}

// ReadFrames reads and measures.
func (m *Meter) ReadFrames(dst []float32) (int, error) {
	n, err := m.reader.ReadFrames(dst)
	for c := range m.channels {
		for i := range n {
			m.channels[c].push(float64(dst[i*len(m.channels)+c]))
		}
	}
	return n, err
}

// Loudness is that of a channel so far, in LUFS; minus infinity when there is
// nothing above -70 LUFS or less than 0.4 s.
func (m *Meter) Loudness(channel int) float64 { return m.channels[channel].integrated() }

// Gains is, for each channel, what brings it to target, in LUFS, as far as its
// peak stays at -1 dBFS. It is at most ten, and one where there is nothing to
// be heard.
func (m *Meter) Gains(target float64) []float64 {
	gains := make([]float64, len(m.channels))
	for c := range m.channels {
		gains[c] = 1
		if l := m.Loudness(c); !math.IsInf(l, -1) {
			gains[c] = min(mostGain, math.Pow(10, (target-l)/20), highestPeak/m.channels[c].peak)
		}
	}
	return gains
}

type channelMeter struct {
	weights    [2]biquad
	stepFrames int // in 100 ms

	peak    float64
	squares float64 // of the step that is being filled
	filled  int
	steps   []float64 // mean square of each 100 ms
}

func (m *channelMeter) push(x float64) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		x = 0 // a float recording may hold it; a filter would keep it for ever
	}
	m.peak = max(m.peak, math.Abs(x))
	y := m.weights[1].next(m.weights[0].next(x))
	m.squares += y * y
	if m.filled++; m.filled == m.stepFrames {
		m.steps = append(m.steps, m.squares/float64(m.stepFrames))
		m.squares, m.filled = 0, 0
	}
}

// integrated gates blocks of 400 ms, one every 100 ms, twice.
func (m *channelMeter) integrated() float64 {
	programme := m.louderThan(absoluteGate)
	return m.louderThan(max(absoluteGate, programme+relativeGate))
}

// louderThan is the loudness of the blocks above gate.
func (m *channelMeter) louderThan(gate float64) float64 {
	least := math.Pow(10, (gate+0.691)/10)
	var sum float64
	n := 0
	for i := 3; i < len(m.steps); i++ {
		if block := (m.steps[i-3] + m.steps[i-2] + m.steps[i-1] + m.steps[i]) / 4; block > least {
			sum += block
			n++
		}
	}
	if n == 0 {
		return math.Inf(-1)
	}
	return -0.691 + 10*math.Log10(sum/float64(n))
}

// biquad is a filter of the second order, in transposed direct form II.
type biquad struct {
	b0, b1, b2, a1, a2 float64
	s1, s2             float64
}

func (f *biquad) next(x float64) float64 {
	y := f.b0*x + f.s1
	f.s1 = f.b1*x - f.a1*y + f.s2
	f.s2 = f.b2*x - f.a2*y
	return y
}

// kWeighting is the filter of BS.1770: a shelf of 4 dB above 1.7 kHz for the
// head, and a high-pass at 38 Hz. The standard gives coefficients at 48 kHz
// only; these are the analogue filters behind them, brought to any rate by the
// bilinear transform, with the parameters that De Man found ("Evaluation of
// Implementations of the EBU R128 Loudness Measurement", AES 145, 2018).
func kWeighting(rate float64) [2]biquad {
	const (
		shelfHertz, shelfQ, shelfGain = 1681.974450955533, 0.7071752369554196, 3.999843853973347
		passHertz, passQ              = 38.13547087602444, 0.5003270373238773
	)
	k := math.Tan(math.Pi * shelfHertz / rate)
	high := math.Pow(10, shelfGain/20)
	band := math.Pow(high, 0.4996667741545416)
	a0 := 1 + k/shelfQ + k*k
	shelf := biquad{
		b0: (high + band*k/shelfQ + k*k) / a0, b1: 2 * (k*k - high) / a0, b2: (high - band*k/shelfQ + k*k) / a0,
		a1: 2 * (k*k - 1) / a0, a2: (1 - k/shelfQ + k*k) / a0,
	}
	k = math.Tan(math.Pi * passHertz / rate)
	a0 = 1 + k/passQ + k*k
	pass := biquad{b0: 1, b1: -2, b2: 1, a1: 2 * (k*k - 1) / a0, a2: (1 - k/passQ + k*k) / a0}
	return [2]biquad{shelf, pass}
}
