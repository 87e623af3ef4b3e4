package ranking

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOutranks(t *testing.T) {
	for _, test := range []struct{ b, c, want float64 }{
		{9, 3, .960555}, {12, 4, .979005}, {10, 10, .5}, {0, 0, .5}, {3, 9, 1 - .960555},
	} {
		near(t, "P", Outranks(test.b, test.c), test.want, 5e-7)
	}
}

// R: binom.test(c(9, 3))$p.value and so on, which is McNemar's test, exact.
func TestExactPairedTest(t *testing.T) {
	for _, test := range []struct{ b, c, want float64 }{
		{9, 3, .1459961}, {3, 9, .1459961}, {12, 4, .0768127}, {10, 10, 1}, {0, 0, 1}, {1, 0, 1}, {6, 0, .03125}, {20, 5, .004077256},
	} {
		near(t, "p", exactTest(test.b, test.c), test.want, 5e-7)
	}
}

// hear counts calls of one cell; each call is the list of its issues.
func hearCalls(issues int, size int64, calls ...[]int) Counts {
	c := Counts{Frame: size, Heard: int64(len(calls)), Overlap: NewOverlap(issues)}
	cell := Cell{Size: size, Heard: c.Heard, Reached: true, Issues: make([]int64, issues)}
	for i := range issues {
		c.Issues = append(c.Issues, IssueCount{ID: string(rune('A' + i)), Name: string(rune('A' + i))})
	}
	for _, call := range calls {
		c.Overlap.Add(0, call)
		for _, i := range call {
			cell.Issues[i]++
			c.Issues[i].Calls++
		}
	}
	c.Cells = []Cell{cell}
	return c
}

func repeatCalls(n int, issues ...int) [][]int {
	all := make([][]int, n)
	for i := range all {
		all[i] = issues
	}
	return all
}

func join(lists ...[][]int) [][]int {
	var all [][]int
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// Calls with both issues say nothing about which comes first.
func TestCompareCountsCallsWithOneOnly(t *testing.T) {
	c := hearCalls(2, 5000, join(repeatCalls(9, 0), repeatCalls(3, 1), repeatCalls(20, 0, 1), repeatCalls(32))...)
	p, ok := Compare(c, "A", "B")
	if !ok || p.OnlyA != 9 || p.OnlyB != 3 {
		t.Fatalf("%+v", p)
	}
	near(t, "A before B", p.Before(), .960555, 5e-7)
	if back, _ := Compare(c, "B", "A"); math.Abs(back.Before()+p.Before()-1) > 1e-12 {
		t.Errorf("A before B %g, B before A %g", p.Before(), back.Before())
	}
	if _, ok := Compare(c, "A", "Z"); ok {
		t.Error("compared with an unknown issue")
	}
}

func TestNoCallHoldsAnIssueWithoutItself(t *testing.T) {
	p, ok := Compare(hearCalls(1, 500, repeatCalls(12, 0)...), "A", "A")
	if !ok || p.OnlyA != 0 || p.OnlyB != 0 || math.Abs(p.Before()-.5) > 1e-12 {
		t.Errorf("%+v, before %g", p, p.Before())
	}
}

// When all calls were heard, one call more is surely more.
func TestNothingIsUnsureWhenAllWasHeard(t *testing.T) {
	c := hearCalls(2, 5, []int{0}, []int{0}, []int{1}, nil, nil)
	p, _ := Compare(c, "A", "B")
	ranked := Rank(c, 1)
	if p.Before() != 1 || ranked[0].RankHigh != 1 || ranked[1].RankLow != 2 {
		t.Errorf("before %g, %+v", p.Before(), ranked)
	}
}

// Of 100 calls 40 hold A only, 8 B, 7 C and one each D and E. Ten pairs: the
// test must reach .005. A against B: 40 and 8 (p = 3e-6) and more so the rest;
// B against D: 8 and 1 (p = .039) is not enough. Two issues heard once and none
// twice: Chao2 has 99/100·2·1/2 = 1 issue unheard.
func TestRankRangesAndBrackets(t *testing.T) {
	c := hearCalls(5, 20_000, join(repeatCalls(40, 0), repeatCalls(8, 1), repeatCalls(7, 2), [][]int{{3}, {4}}, repeatCalls(43))...)
	type place struct{ Low, High, Bracket int }
	var got []place
	for _, r := range Rank(c, 1) {
		got = append(got, place{r.RankLow, r.RankHigh, r.Bracket})
	}
	// The unheard issue may come before A, which all of them overlap then.
	want := []place{{1, 2, 1}, {2, 6, 1}, {2, 6, 1}, {2, 6, 1}, {2, 6, 1}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBracketsEndWhereRangesDo(t *testing.T) {
	ranked := []Ranked{{RankLow: 1, RankHigh: 1}, {RankLow: 2, RankHigh: 4}, {RankLow: 2, RankHigh: 5}, {RankLow: 4, RankHigh: 5}, {RankLow: 5, RankHigh: 6}}
	bracket(ranked)
	var got []int
	for _, r := range ranked {
		got = append(got, r.Bracket)
	}
	if diff := cmp.Diff([]int{1, 2, 2, 2, 3}, got); diff != "" {
		t.Error(diff)
	}
}

// Two halves of which one was heard ten times as much: there 30 calls hold A
// only, in the other 3 of 10 hold B only. Unweighted A would lead 30 to 3;
// weighted both are in .15 of the calls.
func TestCompareWeighsTheCells(t *testing.T) {
	c := Counts{
		Frame: 2000, Heard: 110, Overlap: NewOverlap(2),
		Issues: []IssueCount{{ID: "A", Name: "A", Calls: 30}, {ID: "B", Name: "B", Calls: 3}},
		Cells: []Cell{
			{Kind: "x", Size: 1000, Heard: 100, Reached: true, Issues: []int64{30, 0}},
			{Kind: "y", Size: 1000, Heard: 10, Reached: true, Issues: []int64{0, 3}},
		},
	}
	p, _ := Compare(c, "A", "B")
	near(t, "A before B", p.Before(), .5, 1e-9)
	if p.OnlyA != 30 || p.OnlyB != 3 {
		t.Errorf("counted %d and %d", p.OnlyA, p.OnlyB)
	}
	// Worked by hand: the variance of the difference by cells is
	// ¼·.3·.7/99 + ¼·.3·.7/9 = .0063636, that of one call .3, so the sample is
	// worth .3/.0063636·110/109 = 47.57 calls, of which .15 each tell them apart.
	near(t, "calls with A only", p.A, 7.136, .001)
	near(t, "calls with B only", p.B, 7.136, .001)
}
