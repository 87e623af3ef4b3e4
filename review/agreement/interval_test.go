package agreement

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// All 3125 pickings of five calls are the distribution that resampling estimates:
// its ends must cut off 2.5 % of them, give or take 1 %.
func TestIntervalsEndsAreThoseOfAllPickings(t *testing.T) {
	r := Ratings{{1, 1, 0, 0, 1}, {1, 0, 0, 0, 1}, {1, 1, 0, 1, Missing}}
	var exact []float64
	for n := range 3125 {
		picked := Ratings{nil, nil, nil}
		for range 5 {
			for who := range r {
				picked[who] = append(picked[who], r[who][n%5])
			}
			n /= 5
		}
		if alpha, ok := Alpha([]Ratings{picked}, 2); ok {
			exact = append(exact, alpha)
		}
	}
	part := func(of func(alpha float64) bool) float64 {
		n := 0
		for _, alpha := range exact {
			if of(alpha) {
				n++
			}
		}
		return float64(n) / float64(len(exact))
	}
	all, each := Intervals([]Ratings{r}, 2)
	if !all.Known || len(each) != 1 || each[0] != all {
		t.Fatalf("intervals are %+v and %+v", all, each)
	}
	const tiny = 1e-9
	below, upTo := part(func(a float64) bool { return a < all.Low-tiny }), part(func(a float64) bool { return a <= all.Low+tiny })
	if below > .035 || upTo < .015 {
		t.Errorf("the low end %v cuts off between %.3f and %.3f", all.Low, below, upTo)
	}
	above, from := part(func(a float64) bool { return a > all.High+tiny }), part(func(a float64) bool { return a >= all.High-tiny })
	if above > .035 || from < .015 {
		t.Errorf("the high end %v cuts off between %.3f and %.3f", all.High, above, from)
	}
}

// Of people who each miss or invent an issue in a tenth of the calls, of which four
// in ten hold it, α is 1 − e(1−e)/(q(1−q)) with q = p(1−e)+(1−p)e = .42: two that
// differ are 2e(1−e) of pairs, and 2q(1−q) would be by chance. Intervals from 60
// calls must hold it about 95 times of a hundred; 400 draws tell .95 from .92.
func TestIntervalsHoldTheTrueAlpha(t *testing.T) {
	const truth = 1 - .09/(.42*.58)
	random := rand.New(rand.NewPCG(1, 2))
	held, draws := 0, 400
	for range draws {
		r := Ratings{make([]int, 60), make([]int, 60), make([]int, 60)}
		for call := range 60 {
			holds := random.Float64() < .4
			for who := range r {
				if holds != (random.Float64() < .1) {
					r[who][call] = 1
				}
			}
		}
		if all, _ := Intervals([]Ratings{r}, 2); all.Known && all.Low <= truth && truth <= all.High {
			held++
		}
	}
	if part := float64(held) / float64(draws); part < .92 || part > .98 {
		t.Errorf("%.3f of the intervals hold the true alpha", part)
	}
}

// One who sees the figure twice must see it alike, and where there is nothing to
// tell none is made up.
func TestIntervalsAreSaidOnlyWhereTheyAreKnown(t *testing.T) {
	some := Ratings{{1, 0, 1, 0, 1, 0, 0, 1}, {1, 0, 0, 0, 1, 1, 0, 1}}
	alike := Ratings{{1, 0, 1, 0, 1, 0, 0, 1}, {1, 0, 1, 0, 1, 0, 0, 1}}
	none := Ratings{{0, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0, 0, 0}}
	all, each := Intervals([]Ratings{some, alike, none}, 2)
	again, eachAgain := Intervals([]Ratings{some, alike, none}, 2)
	if all != again || !slices.Equal(each, eachAgain) {
		t.Error("the same ratings have two intervals")
	}
	if !all.Known || !each[0].Known || each[1].Known || each[2].Known {
		t.Errorf("known are %+v and %+v", all, each)
	}
	if alpha, _ := Alpha([]Ratings{some}, 2); each[0].Low > alpha || each[0].High < alpha {
		t.Errorf("%v is not in %+v", alpha, each[0])
	}
	for name, few := range map[string][]Ratings{"none": nil, "no call": {{{}, {}}}, "one call": {{{1}, {0}}}, "one person": {{{1, 0, 1}}}} {
		if all, _ := Intervals(few, 2); all.Known {
			t.Errorf("of %s it knows %+v", name, all)
		}
	}
}

func FuzzIntervals(f *testing.F) {
	f.Add([]byte{1, 0, 2, 1, 1, 0, 0, 1}, byte(2))
	f.Fuzz(func(t *testing.T, raw []byte, people byte) {
		n := int(people%5) + 1
		r := make(Ratings, n)
		for i := range len(raw) / n * n {
			r[i%n] = append(r[i%n], int(raw[i]%3)-1)
		}
		all, each := Intervals([]Ratings{r, r}, 2)
		if len(each) != 2 || all.Known && (all.Low > all.High || all.High > 1+1e-9) {
			t.Errorf("intervals of %v are %+v, %+v", r, all, each)
		}
	})
}
