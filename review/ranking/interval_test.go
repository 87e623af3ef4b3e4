package ranking

import (
	"math"
	"testing"
	"time"
)

const endless = math.MaxInt64

func TestEstimateMatchesPublishedIntervals(t *testing.T) {
	tests := []struct {
		source             string
		calls, heard, size int64
		low, high          float64
		within             float64
	}{
		{"Newcombe 1998, Table I, method 3", 81, 263, endless, .2553, .3662, .00005},
		{"Newcombe 1998, Table I, method 3", 15, 148, endless, .0624, .1605, .00005},
		{"Newcombe 1998, Table I, method 3", 0, 20, endless, 0, .1611, .00005},
		{"R binom.wilson", 4, 20, endless, .0806576626, .4160174323, 5e-11},
		{"R binom.wilson", 190, 200, endless, .9104218519, .9726173544, 5e-11},
		{"finite frame", 12, 60, 500, .122186, .309877, 5e-7},
	}
	for _, test := range tests {
		got := Estimate(test.calls, test.heard, test.size)
		if math.Abs(got.Low-test.low) > test.within || math.Abs(got.High-test.high) > test.within {
			t.Errorf("%s: %d of %d: %.10f–%.10f, want %g–%g",
				test.source, test.calls, test.heard, got.Low, got.High, test.low, test.high)
		}
	}
	if n := effective(60, 500); math.Abs(n-68.0455) > .00005 {
		t.Errorf("60 of 500 tell as much as %.4f, want 68.0455", n)
	}
}

func TestEstimateAtTheEdges(t *testing.T) {
	tests := []struct {
		name               string
		calls, heard, size int64
		want               Share
	}{
		{"nothing heard", 0, 0, 100, Share{0, 0, 1}},
		{"no frame", 0, 0, 0, Share{0, 0, 1}},
		{"everything heard", 3, 12, 12, Share{.25, .25, .25}},
		{"a frame of one", 1, 1, 1, Share{1, 1, 1}},
		{"a frame that lost calls since", 3, 12, 9, Share{.25, .25, .25}},
	}
	for _, test := range tests {
		if got := Estimate(test.calls, test.heard, test.size); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// Whatever the counts, the interval holds the share and lies within 0 to 1.
func TestEstimateIsAlwaysAnInterval(t *testing.T) {
	for size := int64(0); size <= 40; size++ {
		for heard := int64(0); heard <= size; heard++ {
			for calls := int64(0); calls <= heard; calls++ {
				s := Estimate(calls, heard, size)
				if !(0 <= s.Low && s.Low <= s.Part && s.Part <= s.High && s.High <= 1) {
					t.Fatalf("%d of %d of %d: %v", calls, heard, size, s)
				}
			}
		}
	}
}

// Computed and not simulated: for each number of calls that truly hold an
// issue, the chance of each sample is hypergeometric, so the chance that the
// interval holds the truth is a sum. On average over issues of 3 to 50 % it
// must be 93 to 97 % from 60 heard calls on.
func TestEstimateHoldsTheTruth(t *testing.T) {
	for _, c := range []struct{ heard, size int64 }{{60, 20_000}, {64, 99_344}, {200, 20_000}, {60, 200}, {150, 500}, {60, 80}} {
		var sum float64
		shares := 0
		for percent := 3; percent <= 50; percent++ {
			truth := int64(math.Round(float64(c.size) * float64(percent) / 100))
			sum += chanceHeld(truth, c.heard, c.size)
			shares++
		}
		mean := sum / float64(shares)
		t.Logf("%d of %d heard: held in %.1f %%", c.heard, c.size, mean*100)
		if mean < .93 || mean > .97 {
			t.Errorf("%d of %d heard: the interval holds the truth in %.1f %%", c.heard, c.size, mean*100)
		}
	}
}

// chanceHeld is the chance that the interval of a sample holds truth/size.
func chanceHeld(truth, heard, size int64) float64 {
	var chance float64
	for calls := max(0, heard-(size-truth)); calls <= min(heard, truth); calls++ {
		s := Estimate(calls, heard, size)
		if p := float64(truth) / float64(size); s.Low <= p && p <= s.High {
			chance += math.Exp(logChoose(truth, calls) + logChoose(size-truth, heard-calls) - logChoose(size, heard))
		}
	}
	return chance
}

func logChoose(n, k int64) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

func TestWeeks(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 9, n, 0, 0, 0, 0, time.UTC) }
	none := time.Time{}
	morning, evening := 8*time.Hour, 18*time.Hour
	tests := []struct {
		name                  string
		from, to, first, last time.Time
		want                  float64
	}{
		{"eight weeks with calls in each", day(1), day(57), day(1).Add(morning), day(55).Add(evening), 8},
		{"filter longer than the library", day(1), day(57), day(44), day(56), 2},
		{"not imported for three weeks", day(1), day(57), day(1), day(34), 5},
		{"no filter", none, none, day(1), day(22), 3},
		{"open end", day(1), none, day(2), day(15), 2},
		{"one afternoon is no week times forty", none, none, day(1), day(1).Add(morning), 1},
		{"no calls", none, none, none, none, 1},
		{"no calls in a period", day(1), day(57), none, none, 1},
	}
	for _, test := range tests {
		if got := Weeks(test.from, test.to, test.first, test.last); math.Abs(got-test.want) > 1e-12 {
			t.Errorf("%s: %g weeks, want %g", test.name, got, test.want)
		}
	}
}

func TestPerWeekIsRounded(t *testing.T) {
	tests := []struct {
		name  string
		share Share
		frame int64
		weeks float64
		want  Range
	}{
		{"11 of 64 in 99,344 over 8 weeks", Estimate(11, 64, 99344), 99344, 8, Range{1200, 3500}},
		{"all heard", Share{.07, .07, .07}, 100, 1, Range{7, 7}},
		{"all heard, odd weeks", Share{.1, .1, .1}, 1000, 8, Range{13, 13}},
		{"a hundred is a hundred", Share{.1, .1, .1}, 1000, 1, Range{100, 100}},
		{"two digits", Share{.5, .1234, .9951}, 1000, 1, Range{120, 1000}},
		{"rare", Share{.01, .001, .05}, 12, 1, Range{0, 1}},
		{"nothing heard", Share{0, 0, 1}, 99344, 8, Range{0, 12000}},
		{"no frame", Share{0, 0, 1}, 0, 8, Range{}},
		{"no weeks", Share{0, 0, 1}, 10, 0, Range{}},
	}
	for _, test := range tests {
		if got := perWeek(test.share, test.frame, test.weeks); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}
