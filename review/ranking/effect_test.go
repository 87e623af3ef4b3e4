package ranking

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// R's documentation of power.prop.test: 50 calls each tell 50 % from 75 % with a
// power of .740, and for .9 it takes 76.7.
func TestPowerMatchesR(t *testing.T) {
	near(t, "power", power(.5, 50, .75, 50), .740, .0005)
	if power(.5, 76.6, .75, 76.6) >= .9 || power(.5, 76.8, .75, 76.8) < .9 {
		t.Errorf("76.7 calls each give a power of %.4f, want .9", power(.5, 76.7, .75, 76.7))
	}
}

func TestTheVerdictOnAFix(t *testing.T) {
	for _, test := range []struct {
		name          string
		before, after Slice
		want          Verdict
	}{
		{"from 17 % to 6 %", slice(19, 112), slice(8, 128), Down},
		{"the other way round", slice(8, 128), slice(19, 112), Up},
		{"the same again, in plenty", slice(60, 400), slice(58, 400), Unchanged},
		{"too few to tell 17 % from 14 %", slice(19, 112), slice(9, 64), TooEarly},
		{"gone, but 29 calls are too few", slice(60, 120), slice(0, 29), TooEarly},
		{"gone in 30", slice(60, 120), slice(0, 30), Down},
		{"nothing heard since", slice(19, 112), slice(0, 0), TooEarly},
		{"nothing heard before", slice(0, 0), slice(19, 112), TooEarly},
		{"never heard at all", slice(0, 200), slice(0, 200), Unchanged},
	} {
		e := NewEffect(test.before, test.after, false)
		if e.Verdict != test.want {
			t.Errorf("%s: %s, %+v", test.name, e.Verdict, e.Change)
		}
		if more := e.HearMore + e.HearBefore; (more > 0) != (test.want == TooEarly) {
			t.Errorf("%s: hear %d and %d more", test.name, e.HearBefore, e.HearMore)
		}
	}
}

// The sentence of the leader: from 17 % to 6 %, down by 3 to 19 points.
func TestAChangeInPoints(t *testing.T) {
	least, most := NewEffect(slice(19, 112), slice(8, 128), true).Points()
	if least != 3 || most != 19 {
		t.Errorf("down by %g to %g points", least, most)
	}
	if least, most = NewEffect(slice(8, 128), slice(19, 112), true).Points(); least != 3 || most != 19 {
		t.Errorf("up by %g to %g points", least, most)
	}
	e := Effect{Change: Share{-.04, -.0762, -.0038}}
	if least, most = e.Points(); least != .4 || most != 8 {
		t.Errorf("down by %g to %g points, want 0.4 to 8", least, most)
	}
}

// All of a small frame was heard: the change is what it is, and nothing more can
// be heard.
func TestWhatWasHeardWholeIsSure(t *testing.T) {
	whole := func(k, n int64) Slice {
		return Slice{Calls: n, Heard: n, Held: k, Cells: []Cell{{Size: n, Heard: n, Issues: []int64{k}, Reached: true}}}
	}
	e := NewEffect(whole(5, 20), whole(1, 10), true)
	if e.Verdict != Down || e.Change.Low != e.Change.High || e.HearMore != 0 {
		t.Errorf("%+v", e)
	}
}

// twoHalves are cells of 5,000 calls before and after, of which 0.3 are of a
// category in which the issue is three times as common.
func twoHalves(p float64) (cells []Cell, chances []float64) {
	return []Cell{{Name: "a", Kind: "a", Size: 3500, Reached: true}, {Name: "b", Kind: "b", Size: 1500, Reached: true}},
		[]float64{p / 1.6, 3 * p / 1.6}
}

// listen hears so many calls of each cell, which hold the issue by chance.
func listen(r *rand.Rand, cells []Cell, chances []float64, n ...int) Slice {
	s := Slice{Cells: slices.Clone(cells)}
	for i := range s.Cells {
		var k int64
		for range n[i] {
			if r.Float64() < chances[i] {
				k++
			}
		}
		s.Cells[i].Heard, s.Cells[i].Issues = int64(n[i]), []int64{k}
		s.Calls, s.Heard, s.Held = s.Calls+s.Cells[i].Size, s.Heard+int64(n[i]), s.Held+k
	}
	return s
}

// Simple and mixed draws of 64 and 100 calls, 3,000 times each: the interval of
// the change holds the truth in 93 to 97 % on average over issues of 5 to 40 %.
func TestTheChangeHoldsTheTruth(t *testing.T) {
	const runs = 3000
	r := rand.New(rand.NewPCG(17, 6))
	for _, n := range [][2]int{{45, 19}, {70, 30}, {32, 32}, {50, 50}} {
		held, all := 0, 0
		for _, before := range []float64{.05, .1, .17, .25, .4} {
			for _, factor := range []float64{1, .5, .35} {
				cells, chances := twoHalves(before)
				_, later := twoHalves(before * factor)
				for range runs / 15 {
					e := NewEffect(listen(r, cells, chances, n[0], n[1]), listen(r, cells, later, n[0], n[1]), true)
					if truth := before*factor - before; e.Change.Low <= truth && truth <= e.Change.High {
						held++
					}
					all++
				}
			}
		}
		if part := float64(held) / float64(all); part < .93 || part > .97 {
			t.Errorf("%v calls: the interval of the change holds the truth in %.1f %%", n, part*100)
		}
	}
}

// Whoever hears as many more as told sees an issue halved in about 80 % of
// cases: 76 to 88 %, since the samples before and after are drawn once more.
func TestHearMoreIsEnoughToSeeAnIssueHalved(t *testing.T) {
	const runs = 2000
	r := rand.New(rand.NewPCG(8, 80))
	for _, p := range []float64{.1, .2, .3} {
		sample := func(p float64, n int64) Slice {
			return listen(r, []Cell{{Size: 1 << 40, Reached: true}}, []float64{p}, int(n))
		}
		start := NewEffect(slice(int64(math.Round(p*200)), 200), slice(int64(math.Round(p*.5*40)), 40), true)
		seen := 0
		for range runs {
			if NewEffect(sample(p, 200+start.HearBefore), sample(p/2, 40+start.HearMore), true).Verdict == Down {
				seen++
			}
		}
		if part := float64(seen) / runs; part < .76 || part > .88 {
			t.Errorf("%.0f %%: %d and %d more show it in %.1f %%", p*100, start.HearBefore, start.HearMore, part*100)
		}
	}
}

// Twenty issues of 9 % each; the one that comes up most in 64 calls is chosen,
// and nothing is done. What was drawn before the choice says that it went down
// by points; what was drawn after it does not.
func TestTheFirstDrawFlattersTheFix(t *testing.T) {
	const runs = 2000
	r := rand.New(rand.NewPCG(15, 98))
	cell, chance := []Cell{{Size: 1 << 40, Reached: true}}, []float64{.09}
	var lucky, clean, squares float64
	for range runs {
		var chosen Slice
		for range 20 {
			if s := listen(r, cell, chance, 64); s.Held >= chosen.Held {
				chosen = s
			}
		}
		after := listen(r, cell, chance, 64)
		lucky += NewEffect(chosen, after, false).Change.Part / runs
		change := NewEffect(listen(r, cell, chance, 64), after, true).Change.Part
		clean += change / runs
		squares += change * change / runs
	}
	if lucky > -.04 {
		t.Errorf("by the first draw it went down by %.1f points without a fix, want more than 4", -lucky*100)
	}
	if se := math.Sqrt((squares - clean*clean) / runs); math.Abs(clean) > 3*se {
		t.Errorf("by a draw after the choice it changed by %.4f ± %.4f", clean, se)
	}
}
