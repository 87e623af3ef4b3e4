package sound_test

import (
	"context"
	"errors"
	"io"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review/sound"
)

const rate = 8000

// reader gives interleaved samples in reads of odd sizes.
type reader struct {
	samples  []float32
	channels int
	err      error // at the end, instead of io.EOF
}

func (r *reader) ReadFrames(dst []float32) (int, error) {
	if len(r.samples) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		return 0, io.EOF
	}
	n := copy(dst, r.samples[:min(len(r.samples), 77*r.channels)])
	r.samples = r.samples[n:]
	return n / r.channels, nil
}

func scan(t *testing.T, samples []float32, channels int) *sound.Peaks {
	t.Helper()
	p := sound.NewPeaks(rate, channels, int64(len(samples)/channels))
	err := p.Scan(t.Context(), &reader{samples: samples, channels: channels}, func(time.Duration) {})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestTheWaveformShowsEachChannelsExtremes(t *testing.T) {
	samples := make([]float32, 2*rate) // a second of silence
	samples[2*1000] = 0.5              // left, at 0.125 s
	samples[2*1000+1] = -0.25          // right
	samples[2*7000+1] = -1             // right, at 0.875 s
	p := scan(t, samples, 2)
	near := func(a, b sound.Bin) bool {
		return math.Abs(float64(a.Min-b.Min)) < 1e-4 && math.Abs(float64(a.Max-b.Max)) < 1e-4
	}
	for channel, want := range [][]sound.Bin{
		{{Max: 0.5}, {}, {}, {}},
		{{Min: -0.25}, {}, {}, {Min: -1}},
	} {
		got := make([]sound.Bin, 4)
		p.Bins(got, channel, 0, time.Second)
		if !cmp.Equal(got, want, cmp.Comparer(near)) {
			t.Errorf("channel %d: %+v, want %+v", channel, got, want)
		}
	}
}

// However wide the window or narrow the bins, a click must not disappear.
func TestNothingFallsBetweenTwoBins(t *testing.T) {
	samples := make([]float32, rate)
	samples[5432] = 0.75
	p := scan(t, samples, 1)
	for n := 1; n < 500; n++ {
		bins := make([]sound.Bin, n)
		p.Bins(bins, 0, 0, time.Second)
		var highest float32
		for _, b := range bins {
			highest = max(highest, b.Max)
		}
		if math.Abs(float64(highest)-0.75) > 1e-4 {
			t.Fatalf("with %d bins the highest is %v, want 0.75", n, highest)
		}
	}
}

func TestTheLevelOfATone(t *testing.T) {
	bins := make([]sound.Bin, 1)
	scan(t, tone(rate, rate, 1000), 1).Bins(bins, 0, 0, time.Second)
	if want := 0.5 / math.Sqrt2; math.Abs(float64(bins[0].RMS)-want) > 1e-3 {
		t.Errorf("level %v, want %v", bins[0].RMS, want)
	}
}

func TestTheWaveformGrowsWhileItIsScanned(t *testing.T) {
	p := sound.NewPeaks(rate, 1, 60*rate)
	var seen []time.Duration
	err := p.Scan(t.Context(), &reader{samples: tone(rate, 25*rate, 300), channels: 1}, func(at time.Duration) {
		seen = append(seen, at)
		bins := make([]sound.Bin, 2)
		p.Bins(bins, 0, at-time.Second, at+time.Second)
		if bins[0].Max < 0.49 || bins[1].Max != 0 {
			t.Errorf("at %v: %+v, want sound before and none behind", at, bins)
		}
	})
	want := []time.Duration{10 * time.Second, 20 * time.Second, 25 * time.Second}
	if err != nil || !cmp.Equal(seen, want) {
		t.Errorf("progress %v (%v), want %v", seen, err, want)
	}
}

func TestAScanStopsWhenItIsCancelledOrTheRecordingBreaks(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p := sound.NewPeaks(rate, 1, 60*rate)
	err := p.Scan(ctx, &reader{samples: tone(rate, 60*rate, 300), channels: 1}, func(time.Duration) { cancel() })
	if !errors.Is(err, context.Canceled) || p.Scanned() != 10*time.Second {
		t.Errorf("cancelled after 10 s: %v at %v", err, p.Scanned())
	}
	broken := errors.New("disk gone")
	p = sound.NewPeaks(rate, 1, 60*rate)
	err = p.Scan(t.Context(), &reader{samples: tone(rate, 3*rate, 300), channels: 1, err: broken}, func(time.Duration) {})
	if !errors.Is(err, broken) || p.Scanned() != 3*time.Second {
		t.Errorf("broken after 3 s: %v at %v", err, p.Scanned())
	}
}

func TestSpeechIsWhereSomeoneSpeaksOnAnyChannel(t *testing.T) {
	const left, right = 0, 1
	samples := noise(2 * 20 * rate)
	for i := range samples {
		samples[i] *= 0.002 // a line at -60 dBFS
	}
	say := func(channel int, from, to time.Duration) {
		begin, end := int(from.Seconds()*rate), int(to.Seconds()*rate)
		for i, x := range tone(rate, end-begin, 300) {
			samples[2*(begin+i)+channel] += 0.2 * x // -20 dBFS
		}
	}
	say(left, 1*time.Second, 3*time.Second)
	say(left, 3200*time.Millisecond, 4*time.Second) // after a breath
	say(right, 3800*time.Millisecond, 7*time.Second)
	say(left, 10*time.Second, 10040*time.Millisecond) // a click
	say(right, 15*time.Second, 16*time.Second)
	want := []sound.Span{{From: time.Second, To: 7 * time.Second}, {From: 15 * time.Second, To: 16 * time.Second}}
	if got := scan(t, samples, 2).Speech(); !cmp.Equal(got, want) {
		t.Errorf("speech at %v, want %v", got, want)
	}
}

func TestSpeechIsFoundHoweverLoudItWasRecorded(t *testing.T) {
	for name, c := range map[string]struct {
		gain float32
		want int
	}{
		"loud, nobody pauses": {2, 1},
		"at -56 dBFS":         {0.003, 1},
		"digital silence":     {0, 0},
	} {
		samples := tone(rate, 5*rate, 300)
		for i := range samples {
			samples[i] *= c.gain
		}
		if got := scan(t, samples, 1).Speech(); len(got) != c.want {
			t.Errorf("%s: speech at %v, want %d spans", name, got, c.want)
		}
	}
}

func TestCovered(t *testing.T) {
	s := func(from, to time.Duration) sound.Span {
		return sound.Span{From: from * time.Second, To: to * time.Second}
	}
	speech := []sound.Span{s(10, 20), s(30, 40)}
	for name, c := range map[string]struct {
		speech, played []sound.Span
		want           float64
	}{
		"nothing played":          {speech, nil, 0},
		"only silence played":     {speech, []sound.Span{s(20, 30)}, 0},
		"everything":              {speech, []sound.Span{s(0, 60)}, 1},
		"a half":                  {speech, []sound.Span{s(0, 25)}, 0.5},
		"twice is once":           {speech, []sound.Span{s(10, 15), s(12, 15), s(10, 15)}, 0.25},
		"no speech, none is left": {nil, nil, 1},
	} {
		if got := sound.Covered(c.speech, c.played); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func BenchmarkBinsOfAnHour(b *testing.B) {
	p := sound.NewPeaks(50, 1, 180000) // a block is one sample
	err := p.Scan(b.Context(), &reader{samples: noise(180000), channels: 1}, func(time.Duration) {})
	if err != nil {
		b.Fatal(err)
	}
	bins := make([]sound.Bin, 800)
	for b.Loop() {
		p.Bins(bins, 0, 0, time.Hour)
	}
}

// BenchmarkScanStereo is a minute of sound, read from memory.
func BenchmarkScanStereo(b *testing.B) {
	samples := noise(2 * 60 * rate)
	for b.Loop() {
		p := sound.NewPeaks(rate, 2, int64(len(samples)/2))
		if err := p.Scan(b.Context(), &memory{samples}, func(time.Duration) {}); err != nil {
			b.Fatal(err)
		}
	}
}

// memory gives as much as is asked for.
type memory struct{ samples []float32 }

func (m *memory) ReadFrames(dst []float32) (int, error) {
	if len(m.samples) == 0 {
		return 0, io.EOF
	}
	n := copy(dst, m.samples)
	m.samples = m.samples[n:]
	return n / 2, nil
}
