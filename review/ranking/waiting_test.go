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
