package main

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"
)

func TestBenchRefusesWhatItDoesNotMeasure(t *testing.T) {
	for _, args := range [][]string{{"fuel"}, {"playback", "twice"}} {
		if err := runBench(context.Background(), args); !errors.Is(err, errUsage) {
			t.Errorf("bench %q: %v, want how it is used", args, err)
		}
	}
}

func TestAMissedMarkIsSaid(t *testing.T) {
	for _, c := range []struct {
		ratio  float64
		missed bool
	}{{0.99, true}, {1, false}, {2.5, false}} {
		if said := mark(1).judge(c.ratio); strings.Contains(said, "MISSED") != c.missed {
			t.Errorf("%g of 1 is told as %q", c.ratio, said)
		}
	}
}

func TestWhatABenchmarkToldIsRead(t *testing.T) {
	const said = `goos: linux
BenchmarkTheMiddleToTheEar/hour.opus-2   9   118.2 ms/opened   152.5 most-ms/sought
BenchmarkTheMiddleToTheEar/hour.ogg-2    9    99.36 ms/opened
PASS`
	got := metrics([]byte(said), "hour.opus")
	if len(got) != 2 || got["ms/opened"] != 118.2 || got["most-ms/sought"] != 152.5 {
		t.Errorf("read %v", got)
	}
	if got := metrics([]byte(said), "hour.wav"); len(got) != 0 {
		t.Errorf("of what has not run: %v", got)
	}
}

func TestOneSlowRoundDoesNotCount(t *testing.T) {
	costs := []cost{{cpu: 3}, {cpu: 900}, {cpu: 1}, {cpu: 2}, {cpu: 4}}
	if m := median(costs, func(c cost) time.Duration { return c.cpu }); m != 3 {
		t.Errorf("the median is %d, want 3", m)
	}
}

// A voice is a tone of many harmonics that goes on and off.
func voice(seconds, pitch float64) []float64 {
	samples := make([]float64, int(seconds*spectrumRate))
	for i := range samples {
		at := float64(i) / spectrumRate
		for k := 1.0; k <= 12; k++ {
			samples[i] += 0.1 / k * math.Sin(2*math.Pi*k*pitch*at)
		}
		samples[i] *= 1.1 + math.Sin(2*math.Pi*3*at)
	}
	return samples
}

func TestDistanceGrowsWithWhatIsHeard(t *testing.T) {
	original := spectra(voice(3, 120))
	same := distance(original, voice(3, 120), 1)
	faint := distance(original, voice(3, 122), 1)
	other := distance(original, voice(3, 180), 1)
	if same > 0.1 || faint <= same || other < 2*faint {
		t.Errorf("itself %.2f dB, a little higher %.2f dB, another voice %.2f dB", same, faint, other)
	}
}

// What is twice as fast with the same pitch is near; a tape that runs twice as
// fast is not.
func TestDistanceComparesTheSamePlaces(t *testing.T) {
	slow := voice(4, 120)
	var kept, tape []float64
	for i := 0; i+1024 <= len(slow); i += 1024 {
		kept = append(kept, slow[i:i+512]...)
	}
	for i := 0; i < len(slow); i += 2 {
		tape = append(tape, slow[i])
	}
	original := spectra(slow)
	if near, far := distance(original, kept, 2), distance(original, tape, 2); near > far/3 {
		t.Errorf("cut to half: %.2f dB; played twice as fast: %.2f dB", near, far)
	}
}

func TestTransformFindsATone(t *testing.T) {
	x := make([]complex128, spectrumSize)
	for i := range x {
		x[i] = complex(math.Cos(2*math.Pi*5*float64(i)/spectrumSize), 0)
	}
	transform(x)
	for bin, v := range x {
		want := 0.0
		if bin == 5 || bin == spectrumSize-5 {
			want = spectrumSize / 2
		}
		if math.Hypot(real(v)-want, imag(v)) > 1e-9 {
			t.Errorf("bin %d is %v, want %v", bin, v, want)
		}
	}
}
