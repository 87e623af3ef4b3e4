package ranking

import (
	"math"
	"testing"
	"time"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) { // also when it is no number
		t.Errorf("%s: %.7f, want %.7f", what, got, want)
	}
}

// one counts n calls in the cell of an index and none elsewhere.
func one(index int, n int64) func(int) int64 {
	return func(cell int) int64 {
		if cell == index {
			return n
		}
		return 0
	}
}

// Kalton & Flores-Cervantes 2003, Table 1: a sample call of a cell stands for
// as many calls as the population has for each of the sample.
func TestACallStandsForItsCell(t *testing.T) {
	heard := []int64{20, 50, 100, 30, 40, 140, 50, 100, 40, 310, 50, 70}
	calls := []int64{80, 60, 170, 55, 40, 150, 60, 165, 55, 340, 200, 125}
	var cells []Cell
	for i := range heard {
		cells = append(cells, Cell{Size: calls[i], Heard: heard[i], Reached: true})
	}
	s := newSample(cells)
	for i, weight := range []float64{4.00, 1.20, 1.70, 1.83} {
		near(t, "weight", s.share(one(i, 1)).Part*1500, weight, .005)
	}
}

// Worked by hand: 12 of 30 in 600 calls, 2 of 20 in 400. The share is
// .6·.4 + .4·.1 = .28, its variance .36·.95·.24/29 + .16·.95·.09/19 =
// .00355034, which is that of .28·.72/.00355034 = 56.783 calls.
func TestShareOfTwoCells(t *testing.T) {
	s := newSample([]Cell{{Size: 600, Heard: 30, Reached: true}, {Size: 400, Heard: 20, Reached: true}})
	calls := []int64{12, 2}
	got := s.share(func(cell int) int64 { return calls[cell] })
	near(t, "share", got.Part, .28, 1e-12)
	want := wilson(.28, 56.783)
	near(t, "low", got.Low, want.Low, 1e-5)
	near(t, "high", got.High, want.High, 1e-5)
}

// Eight weekly draws of eight calls and one of 24 inside a category that holds
// a tenth of the calls: the issue is in 9 % of the calls outside and in 26 %
// inside, 10.7 % in all. Adding up all heard calls would say 15 %.
func TestADrawInsideACategoryDoesNotBend(t *testing.T) {
	s := newSample([]Cell{
		{Kind: "outside", Size: 9000, Heard: 100, Reached: true},
		{Kind: "inside", Size: 1000, Heard: 50, Reached: true},
	})
	calls := []int64{9, 13}
	near(t, "share", s.share(func(cell int) int64 { return calls[cell] }).Part, .107, 1e-12)
}

// As many calls heard of each part as it has: then cells change nothing.
func TestEqualChancesNeedNoWeights(t *testing.T) {
	s := newSample([]Cell{{Size: 700, Heard: 70, Reached: true}, {Size: 300, Heard: 30, Reached: true}})
	calls := []int64{20, 5}
	near(t, "share", s.share(func(cell int) int64 { return calls[cell] }).Part, .25, 1e-12)
}

func TestASmallCellJoinsItsNeighbourInTime(t *testing.T) {
	week := func(n int) time.Time { return time.Date(2026, 11, 2+7*n, 0, 0, 0, 0, time.UTC) }
	s := newSample([]Cell{
		{Kind: "a", At: week(0), Size: 100, Heard: 8, Reached: true},
		{Kind: "a", At: week(1), Size: 100, Heard: 1, Reached: true}, // nearer to week 0
		{Kind: "a", At: week(4), Size: 100, Heard: 8, Reached: true},
		{Kind: "b", At: week(1), Size: 50, Heard: 8, Reached: true}, // of another kind
		{Kind: "a", At: week(3), Size: 100, Heard: 0, Reached: true},
		{Kind: "c", At: week(2), Size: 10, Heard: 0, Reached: true}, // the only one of its kind
		{Kind: "a", At: week(9), Size: 999, Heard: 0},               // no draw holds it
	})
	got := map[string][2]int64{}
	for _, p := range s.parts {
		got[p.kind+time.Unix(int64(p.at), 0).UTC().Format(" 2 Jan")] = [2]int64{p.size, p.heard}
	}
	if s.size != 460 || s.heard != 25 || len(s.parts) != 3 {
		t.Fatalf("%d calls, %d heard, in %v", s.size, s.heard, got)
	}
	for _, p := range s.parts {
		if p.heard < 2 {
			t.Errorf("a part of %d calls with %d heard was left alone", p.size, p.heard)
		}
	}
}

func TestShareOfCellsAtTheEdges(t *testing.T) {
	two := []Cell{{Size: 50, Heard: 10, Reached: true}, {Size: 50, Heard: 20, Reached: true}}
	// Worth 1/(¼·.8/10 + ¼·.6/20) = 36.36 calls, of which none holds it:
	// z²/(36.36 + z²).
	none := newSample(two).share(one(0, 0))
	near(t, "never heard, low", none.Low, 0, 0)
	near(t, "never heard, high", none.High, .0955466, 5e-7)
	all := []Cell{{Size: 10, Heard: 10, Reached: true}, {Size: 20, Heard: 20, Reached: true}}
	if got := newSample(all).share(one(0, 6)); got.Low != got.High || math.Abs(got.Part-.2) > 1e-12 {
		t.Errorf("everything heard: %v", got)
	}
	if got := newSample(nil).share(one(0, 0)); got != (Share{0, 0, 1}) {
		t.Errorf("no cells: %v", got)
	}
	if got := newSample([]Cell{{Size: 9}}).share(one(0, 0)); got != (Share{0, 0, 1}) {
		t.Errorf("nothing covered: %v", got)
	}
	lost := []Cell{{Size: 0, Heard: 3, Reached: true}, {Size: 10, Heard: 5, Reached: true}}
	if got := newSample(lost).share(one(0, 3)); !(got.Low <= got.Part && got.Part <= got.High && got.High <= 1) {
		t.Errorf("a frame that lost its calls: %v", got)
	}
}
