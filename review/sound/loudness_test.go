package sound_test

import (
	"fmt"
	"io"
	"math"
	"testing"

	"github.com/earshot-app/earshot/review/sound"
)

// The sounds of testdata/make.sh: a tenth of a LU is what EBU Tech 3341 allows.
func TestLoudnessIsWhatFFmpegMeasures(t *testing.T) {
	for _, line := range lines(t, "testdata/loudness.txt") {
		var rate int
		var want [2]float64
		if _, err := fmt.Sscan(line, &rate, &want[0], &want[1]); err != nil {
			t.Fatal(err)
		}
		m := metered(programme(rate), rate, 2)
		for channel, want := range want {
			got := m.Loudness(channel)
			if math.Abs(got-want) > 0.1 {
				t.Errorf("at %d Hz channel %d is at %.3f LUFS, ffmpeg says %.3f", rate, channel, got, want)
			}
		}
	}
}

// EBU Tech 3341, case 1: a sine of 1 kHz at -23 dBFS on both of two channels is
// at -23 LUFS; on one alone it is 3 LU lower.
func TestTheReferenceToneIsAtItsLoudness(t *testing.T) {
	samples := tone(48000, 20*48000, 1000)
	for i := range samples {
		samples[i] *= float32(2 * math.Pow(10, -23.0/20))
	}
	if got := metered(samples, 48000, 1).Loudness(0); math.Abs(got+26.01) > 0.1 {
		t.Errorf("%.2f LUFS, want -26.01", got)
	}
}

func TestGainsMakeBothPeopleEquallyLoud(t *testing.T) {
	const rate = 8000
	samples := make([]float32, 0, 2*10*rate)
	for _, x := range tone(rate, 10*rate, 1000) { // peak .5
		samples = append(samples, .05*x, x)
	}
	gains := metered(samples, rate, 2).Gains(sound.Even)
	for i, x := range samples {
		samples[i] = x * float32(gains[i%2])
	}
	even := metered(samples, rate, 2)
	for channel := range 2 {
		if got := even.Loudness(channel); math.Abs(got-sound.Even) > 0.1 {
			t.Errorf("channel %d is at %.2f LUFS, want %v", channel, got, sound.Even)
		}
	}
}

func TestNothingIsMadeLouderThanItsPeakAllows(t *testing.T) {
	const rate = 8000
	samples := make([]float32, 10*rate)
	for i, x := range tone(rate, len(samples), 1000) {
		samples[i] = 0.02 * x
	}
	samples[5*rate] = 0.5 // one click
	gain := metered(samples, rate, 1).Gains(sound.Even)[0]
	if peak := 20 * math.Log10(gain*0.5); math.Abs(peak+1) > 0.01 {
		t.Errorf("the peak comes to %.2f dBFS, want -1", peak)
	}
}

func TestWhatHasNoLoudnessKeepsItsLevel(t *testing.T) {
	const rate = 8000
	hiss := noise(5 * rate)
	for i := range hiss {
		hiss[i] *= 0.002
	}
	for name, c := range map[string]struct {
		samples []float32
		want    float64
	}{
		"silence":                    {make([]float32, rate), 1},
		"a third of a second":        {tone(rate, rate/3, 300), 1},
		"hiss, by 20 dB and no more": {hiss, 10},
	} {
		if gain := metered(c.samples, rate, 1).Gains(sound.Even)[0]; gain != c.want {
			t.Errorf("%s is made %v times as loud, want %v", name, gain, c.want)
		}
	}
}

func TestWhatIsNoNumberIsNotMeasured(t *testing.T) {
	const rate = 8000
	samples := tone(rate, 2*rate, 1000)
	want := metered(samples, rate, 1).Loudness(0)
	samples[rate], samples[rate+1] = float32(math.NaN()), float32(math.Inf(1))
	m := metered(samples, rate, 1)
	if got, gain := m.Loudness(0), m.Gains(sound.Even)[0]; math.Abs(got-want) > 0.1 || math.IsNaN(gain) {
		t.Errorf("%v LUFS and a gain of %v, want %v LUFS", got, gain, want)
	}
}

// programme is what testdata/make.sh lets ffmpeg measure.
func programme(rate int) []float32 {
	samples := make([]float32, 0, 2*12*rate)
	for i := range 12 * rate {
		at := float64(i) / float64(rate)
		sine := func(hertz float64) float64 { return math.Sin(2 * math.Pi * hertz * at) }
		left := (.02*between(at, 0, 4) + .3*between(at, 4, 10) + .0001) * (sine(120) + .5*sine(900) + .5*sine(3100))
		right := (.004*between(at, 0, 6) + .05*between(at, 7, 8) + .04*between(at, 9, 11.7)) * (sine(45) + sine(2500))
		samples = append(samples, float32(left), float32(right))
	}
	return samples
}

func metered(samples []float32, rate, channels int) *sound.Meter {
	m := sound.NewMeter(&reader{samples: samples, channels: channels}, rate, channels)
	buffer := make([]float32, 1000*channels)
	for {
		if _, err := m.ReadFrames(buffer); err == io.EOF {
			return m
		}
	}
}

func BenchmarkMeterStereo(b *testing.B) {
	samples := noise(2 * 8000)
	buffer := make([]float32, len(samples))
	for b.Loop() { // one second of sound
		m := sound.NewMeter(&reader{samples: samples, channels: 2}, 8000, 2)
		for {
			if _, err := m.ReadFrames(buffer); err == io.EOF {
				break
			}
		}
	}
}
