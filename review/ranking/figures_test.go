package ranking

import (
	"math"
	"testing"
)

// R iNEXT, data set ant, h1070m: 150 traps, 1730 incidences of 122 species, 28
// in one trap and 16 in two. Here a trap is a call and a species an issue.
func TestLookAheadMatchesINEXT(t *testing.T) {
	calls := make([]int64, 122)
	rest := int64(1730 - 28 - 2*16)
	for i := range calls {
		switch {
		case i < 28:
			calls[i] = 1
		case i < 28+16:
			calls[i] = 2
		default:
			left := int64(122 - i)
			calls[i] = rest / left
			rest -= calls[i]
		}
	}
	u := LookAhead(calls, 150)
	near(t, "coverage", u.Coverage, .9839, .00005)
	near(t, "next is new", u.NextNew, 28.0/150, 1e-12)
	if u.AtLeast != 24 { // 146.336667 − 122
		t.Errorf("at least %d unheard, want 24", u.AtLeast)
	}
}

func TestLookAheadAtTheEdges(t *testing.T) {
	for _, test := range []struct {
		name  string
		calls []int64
		heard int64
		want  Unheard
	}{
		{"nothing heard", nil, 0, Unheard{1, 0, 0}},
		{"no issue heard", nil, 20, Unheard{0, 0, 1}},
		{"all heard often", []int64{9, 5}, 20, Unheard{0, 0, 1}},
		{"one issue, once", []int64{1}, 20, Unheard{.05, 0, 1}},
		{"one call with three issues", []int64{1, 1, 1}, 1, Unheard{1, 0, 1}},
	} {
		if got := LookAhead(test.calls, test.heard); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}

// Newcombe 1998, Stat. Med. 17:873–890, Table II, method 10.
func TestDifferenceMatchesNewcombe(t *testing.T) {
	wilsonOf := func(k, n int64) Share { return Estimate(k, n, math.MaxInt64) }
	for _, test := range []struct {
		k1, n1, k2, n2 int64
		low, high      float64
	}{
		{56, 70, 48, 80, .0524, .3339},
		{9, 10, 3, 10, .1705, .8090},
		{6, 7, 2, 7, .0582, .8062},
		{5, 56, 0, 29, -.0381, .1926},
		{0, 10, 0, 20, -.1611, .2775},
		{0, 10, 0, 10, -.2775, .2775},
		{10, 10, 0, 20, .6791, 1},
		{10, 10, 0, 10, .6075, 1},
	} {
		d := Difference(wilsonOf(test.k2, test.n2), wilsonOf(test.k1, test.n1))
		near(t, "low", d.Low, test.low, .00005)
		near(t, "high", d.High, test.high, .00005)
	}
}

// Whoever hears as many more as told finds the interval half as wide, and with
// one fewer wider than half.
func TestMoreHalvesTheInterval(t *testing.T) {
	for _, c := range []struct{ calls, heard, frame int64 }{
		{11, 64, 99_344}, {12, 60, 500}, {1, 20, 10_000}, {50, 100, 400},
	} {
		now := Estimate(c.calls, c.heard, c.frame)
		more := More(now, c.heard, c.frame)
		width := func(n int64) float64 {
			s := wilson(now.Part, effective(float64(n), float64(c.frame)))
			return s.High - s.Low
		}
		half := (now.High - now.Low) / 2
		if width(c.heard+more) > half+1e-12 || width(c.heard+more-1) < half-1e-12 {
			t.Errorf("%d of %d of %d: %d more", c.calls, c.heard, c.frame, more)
		}
	}
	if more := More(Share{.5, .5, .5}, 12, 12); more != 0 {
		t.Errorf("all heard, %d more", more)
	}
	if more := More(Share{0, 0, 1}, 0, 90); more != 0 {
		t.Errorf("nothing heard, %d more", more)
	}
}

// 5 of 45 heard calls hold it and 5 could not be heard: were none of those with
// it 5 of 50, with all 10 of 50.
func TestBoundsOfCallsThatCouldNotBeHeard(t *testing.T) {
	c := Counts{Frame: 900, Heard: 45, NotHeard: 5, Issues: []IssueCount{{Name: "A", Calls: 5}}}
	if got := Rank(c, 1)[0].Bounds; got != (Bounds{.1, .2}) {
		t.Errorf("%v, want .1 to .2", got)
	}
}

// The share since an issue was named stands beside the ranking once 20 calls
// were heard after it, and never in it.
func TestSinceNaming(t *testing.T) {
	c := Counts{Frame: 5000, Heard: 60, Issues: []IssueCount{
		{Name: "Old", Calls: 12, SinceHeard: 59, SinceCalls: 11},
		{Name: "Young", Calls: 9, SinceHeard: 20, SinceCalls: 8},
		{Name: "Just named", Calls: 1, SinceHeard: 19, SinceCalls: 0},
	}}
	ranked := Rank(c, 1)
	young := ranked[1]
	if !young.HasSince || young.Since.Share != Estimate(8, 20, 5000) || young.Rank != 2 {
		t.Errorf("young: %+v", young)
	}
	if ranked[2].HasSince {
		t.Errorf("after 19 calls: %+v", ranked[2])
	}
}
