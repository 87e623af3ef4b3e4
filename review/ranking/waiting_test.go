package ranking_test

import (
	"testing"

	"github.com/earshot-app/earshot/review/ranking"
)

// Of 100 heard calls of 1,000, 13 hold moments of a split issue that are still
// to be dealt. The first part is in six calls by now, one of which is among the
// 13. So it is in 5 of the 87 that were looked at; were it in none of the 13, it
// would be in 5 of 100, were it in all, in 18.
func TestAPartIsEstimatedFromTheCallsLookedAt(t *testing.T) {
	counts := ranking.Counts{
		Frame: 1000, Heard: 100,
		Issues: []ranking.IssueCount{
			{ID: "whole", Calls: 13},
			{ID: "first", Calls: 6, ToLookAt: 13, WaitsFor: []string{"whole"}, SinceHeard: 90, SinceCalls: 6},
			{ID: "other", Calls: 10, SinceHeard: 90, SinceCalls: 9},
		},
		Overlap: ranking.NewOverlap(3),
	}
	counts.Overlap.Add(0, []int{0, 1})
	byID := map[string]ranking.Ranked{}
	for _, r := range ranking.Rank(counts, 1) {
		byID[r.ID] = r
	}
	first := byID["first"]
	want := ranking.Estimate(5, 87, 1000)
	if first.Share != want {
		t.Errorf("share %+v, want %+v", first.Share, want)
	}
	if first.Bounds != (ranking.Bounds{Low: .05, High: .18}) {
		t.Errorf("bounds %+v", first.Bounds)
	}
	if first.HasSince {
		t.Error("a share since naming is told of an issue that waits")
	}
	if got := byID["other"].Share; got != ranking.Estimate(10, 100, 1000) {
		t.Errorf("an issue that waits for nothing is in %+v", got)
	}
}

// Of 100 heard calls 30 hold a split issue, of which three calls are dealt to its
// part so far; another issue is in 30 others. The part may yet be in as many
// calls as that, so neither is sure to come first. Once all is dealt, in three
// and 27, one is.
func TestNothingIsSurelyBeforeWhatMayYetGrow(t *testing.T) {
	places := func(part, left ranking.IssueCount) map[string][2]int {
		got := map[string][2]int{}
		for _, r := range ranking.Rank(ranking.Counts{
			Frame: 1000, Heard: 100, Overlap: ranking.NewOverlap(3),
			Issues: []ranking.IssueCount{{ID: "other", Calls: 30}, left, part},
		}, 1) {
			got[r.ID] = [2]int{r.RankLow, r.RankHigh}
		}
		return got
	}
	waiting := places(ranking.IssueCount{ID: "part", Calls: 3, ToLookAt: 27, WaitsFor: []string{"whole"}}, ranking.IssueCount{ID: "whole", Calls: 27})
	if waiting["part"] != [2]int{1, 3} || waiting["other"] != [2]int{1, 3} {
		t.Errorf("while it waits: %v", waiting)
	}
	dealt := places(ranking.IssueCount{ID: "part", Calls: 3}, ranking.IssueCount{ID: "second", Calls: 27})
	if dealt["part"] != [2]int{3, 3} || dealt["other"] != [2]int{1, 2} {
		t.Errorf("once dealt: %v", dealt)
	}
}
