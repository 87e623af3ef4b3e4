package ranking

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// slice counts k of n heard calls of a long frame.
func slice(k, n int64) Slice {
	const frame = 1 << 40
	return Slice{Calls: frame, Heard: n, Held: k, Cells: []Cell{{Size: frame, Heard: n, Issues: []int64{k}, Reached: true}}}
}

// Newcombe 1998, Table I, method 3: 81/263 and 15/148. A period with fewer than
// 30 heard calls is a gap, whatever they hold.
func TestATrendHasNoPointForFewerThan30Calls(t *testing.T) {
	points := Trend([]Slice{slice(81, 263), slice(0, 0), slice(29, 29), slice(15, 148), slice(6, 30)})
	var shown []bool
	for _, p := range points {
		shown = append(shown, p.OK)
	}
	if diff := cmp.Diff([]bool{true, false, false, true, true}, shown); diff != "" {
		t.Error(diff)
	}
	near(t, "low", points[0].Share.Low, .2553, .00005)
	near(t, "high", points[0].Share.High, .3662, .00005)
	near(t, "low", points[3].Share.Low, .0624, .00005)
	near(t, "high", points[3].Share.High, .1605, .00005)
	if gap := points[2].Share; gap != (Share{0, 0, 1}) {
		t.Errorf("a gap says %v", gap)
	}
}

// Agent A's 900 calls hold it in 10 %, agent B's 100 in 50 %: the truth is 14 %,
// though as many calls were heard of each.
func TestAPointWeighsItsCells(t *testing.T) {
	p := Trend([]Slice{{Calls: 1000, Heard: 60, Held: 18, Cells: []Cell{
		{Name: "A", Size: 900, Heard: 30, Issues: []int64{3}, Reached: true},
		{Name: "B", Size: 100, Heard: 30, Issues: []int64{15}, Reached: true},
	}}})[0]
	near(t, "share", p.Share.Part, .14, 1e-12)
}

// In 2026 the clocks of Berlin go back on Sunday 25 October: that week has an
// hour more, and the next begins at midnight all the same.
func TestPeriodsAreLocalWeeksAndMonths(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	day := func(month time.Month, n int) time.Time { return time.Date(2026, month, n, 0, 0, 0, 0, berlin) }
	first, last := day(10, 21).Add(9*time.Hour), day(11, 3).Add(17*time.Hour).UTC()
	for _, test := range []struct {
		name     string
		step     Step
		from, to time.Time
		want     []time.Time
	}{
		{"weeks", ByWeek, time.Time{}, time.Time{}, []time.Time{day(10, 19), day(10, 26), day(11, 2), day(11, 9)}},
		{"months", ByMonth, time.Time{}, time.Time{}, []time.Time{day(10, 1), day(11, 1), day(12, 1)}},
		{"cut to the filter", ByWeek, day(10, 21), day(11, 4), []time.Time{day(10, 21), day(10, 26), day(11, 2), day(11, 4)}},
	} {
		got := Periods(test.step, test.from, test.to, first, last)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
	if got := Periods(ByWeek, day(10, 1), day(11, 1), time.Time{}, time.Time{}); got != nil {
		t.Errorf("no calls, but the periods %v", got)
	}
}

// Weeks are shown while most of those in which something was heard have a point.
func TestWeeksAreEnoughWhereMostHaveAPoint(t *testing.T) {
	for _, test := range []struct {
		name  string
		heard []int64
		want  bool
	}{
		{"each week 40", []int64{40, 40, 40}, true},
		{"each week 8", []int64{8, 8, 8, 8}, false},
		{"every other week 40", []int64{40, 8, 40, 8}, true},
		{"one week of three", []int64{40, 8, 8}, false},
		{"weeks without a draw do not count", []int64{40, 0, 0, 0}, true},
		{"nothing heard", []int64{0, 0}, false},
	} {
		var slices []Slice
		for _, n := range test.heard {
			slices = append(slices, slice(0, n))
		}
		if got := Enough(Trend(slices)); got != test.want {
			t.Errorf("%s: %t", test.name, got)
		}
	}
}

// Of each of the planted frame's eight weeks 40 calls are drawn, and 80 more
// inside one category over all: 500 such trends of eleven issues, whose points
// hold the truth of their week in 93 to 97 %.
func TestPointsHoldTheTruthOfTheirWeek(t *testing.T) {
	const runs = 500
	designs := []design{{80, filedUnder(2)}}
	for week := range plantedWeeks {
		designs = append(designs, design{40, inWeek(week)})
	}
	p := plant()
	truth := p.byWeek()
	l, r := p.by(designs), rand.New(rand.NewPCG(30, 8))
	held := 0
	for range runs {
		c := l.hear(r)
		for issue := range plantedIssues {
			for week, point := range Trend(weekly(c, issue)) {
				if s := point.Share; s.Low <= truth[week][issue] && truth[week][issue] <= s.High && point.OK {
					held++
				}
			}
		}
	}
	part := float64(held) / (runs * plantedIssues * plantedWeeks)
	t.Logf("points hold the truth in %.1f %%", part*100)
	if part < .93 || part > .97 {
		t.Errorf("points hold the truth in %.1f %%", part*100)
	}
}

// byWeek is the part of each week's calls that hold each issue.
func (p planted) byWeek() [plantedWeeks][plantedIssues]float64 {
	var parts [plantedWeeks][plantedIssues]float64
	for _, c := range p.calls {
		for _, issue := range c.issues {
			parts[c.week][issue] += float64(plantedWeeks) / plantedSize
		}
	}
	return parts
}

// weekly are the cells of each week, with one issue.
func weekly(c Counts, issue int) []Slice {
	slices := make([]Slice, plantedWeeks)
	for _, cell := range c.Cells {
		s := &slices[cell.At.Unix()/604_800]
		cell.Issues = cell.Issues[issue : issue+1]
		s.Calls, s.Heard, s.Held = s.Calls+cell.Size, s.Heard+cell.Heard, s.Held+cell.Issues[0]
		s.Cells = append(s.Cells, cell)
	}
	return slices
}
