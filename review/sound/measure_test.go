package sound_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/earshot-app/earshot/review/sound"
)

// Held to the definitions of lowest, highest and root of the mean square, for
// samples of every kind that a decoder may give: on one side of nothing, of an
// offset, beyond full scale, nothing at all.
func TestABlockIsItsLowestHighestAndLevel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		channels := rapid.IntRange(1, 2).Draw(t, "channels")
		low := rapid.Float32Range(-1.2, 1).Draw(t, "low")
		sample := rapid.OneOf(rapid.Float32Range(low, 1.2), rapid.SampledFrom([]float32{0, float32(math.Copysign(0, -1)), low, 1, -1}))
		frames := rapid.IntRange(1, rate/50).Draw(t, "frames")
		samples := rapid.SliceOfN(sample, frames*channels, frames*channels).Draw(t, "samples")
		p := sound.NewPeaks(rate, channels, int64(frames))
		if err := p.Scan(t.Context(), &reader{samples: samples, channels: channels}, func(time.Duration) {}); err != nil {
			t.Fatal(err)
		}
		for c := range channels {
			got, want := make([]sound.Bin, 1), plain(samples[c:], channels)
			p.Bins(got, c, 0, 20*time.Millisecond)
			if off(got[0].Min, want.Min) || off(got[0].Max, want.Max) || off(got[0].RMS, want.RMS) {
				t.Fatalf("channel %d of %v: %+v, want %+v", c, samples, got[0], want)
			}
		}
	})
}

func plain(samples []float32, stride int) sound.Bin {
	low, high, squares, n := math.Inf(1), math.Inf(-1), 0.0, 0.0
	for i := 0; i < len(samples); i += stride {
		x := float64(samples[i])
		low, high, squares, n = min(low, x), max(high, x), squares+x*x, n+1
	}
	within := func(x float64) float32 { return float32(max(-1, min(1, x))) }
	return sound.Bin{Min: within(low), Max: within(high), RMS: within(math.Sqrt(squares / n))}
}

func off(a, b float32) bool { return math.Abs(float64(a-b)) > 1e-4 }

// What is no number is left out of no other sample, and ends no program.
func TestWhatIsNotANumberIsNothingOrFullScale(t *testing.T) {
	nan := float32(math.NaN())
	p := scan(t, []float32{0.5, nan, -0.25, float32(math.Inf(1))}, 1)
	bins := make([]sound.Bin, 1)
	p.Bins(bins, 0, 0, 20*time.Millisecond)
	if bins[0].Min != -0.25 && off(bins[0].Min, -0.25) || bins[0].Max != 1 {
		t.Errorf("%+v, want from -0.25 to 1", bins[0])
	}
	if got := p.Speech(); len(got) != 0 {
		t.Errorf("speech at %v", got)
	}
}

// A call of a day is kept in no more blocks than one of six hours.
func TestALongRecordingHasLongerBlocks(t *testing.T) {
	const low = 50 // frames a second: a block of 20 ms is one frame
	day := 24 * 60 * 60 * low
	samples := make([]float32, day)
	samples[day-2] = 0.75
	p := sound.NewPeaks(low, 1, int64(day))
	if err := p.Scan(t.Context(), &reader{samples: samples, channels: 1}, func(time.Duration) {}); err != nil {
		t.Fatal(err)
	}
	if got := p.Scanned(); got < 24*time.Hour || got > 24*time.Hour+time.Second {
		t.Errorf("scanned %v of a day", got)
	}
	bins := make([]sound.Bin, 24)
	p.Bins(bins, 0, 0, 24*time.Hour)
	if off(bins[23].Max, 0.75) || bins[22].Max != 0 {
		t.Errorf("the last hours are %+v", bins[22:])
	}
}
