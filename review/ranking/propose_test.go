package ranking

import (
	"fmt"
	"testing"
)

// Twelve issues in 24, 22, 20 … 2 of 100 heard calls: eleven are in 3 % or more,
// nine get a category. The low end of 14/100 is 8.5 % (Wilson), of 8/100 4.1 %,
// of 6/100 2.8 %: that one may well be under 3 %.
func TestAProposalTakesTheIssuesAboveAShare(t *testing.T) {
	c := Counts{Frame: 1 << 40, Heard: 100}
	for i := range 12 {
		c.Issues = append(c.Issues, IssueCount{ID: fmt.Sprint(i), Name: fmt.Sprintf("Issue %02d", i), Calls: int64(24 - 2*i)})
	}
	p := Propose(Rank(c, 1), .03, 9)
	if len(p.Categories) != 9 || p.Categories[8].Name != "Issue 08" || len(p.Rest) != 3 {
		t.Fatalf("%d categories, %d left", len(p.Categories), len(p.Rest))
	}
	for _, test := range []struct {
		above float64
		most  int
		want  int
		sure  int
	}{{.03, 9, 9, 9}, {.06, 9, 9, 7}, {.155, 9, 5, 1}, {.03, 4, 4, 4}, {.9, 9, 0, 0}} {
		p := Propose(Rank(c, 1), test.above, test.most)
		sure := 0
		for _, category := range p.Categories {
			if category.Sure {
				sure++
			}
		}
		if len(p.Categories) != test.want || sure != test.sure {
			t.Errorf("above %.1f %%, at most %d: %d categories, %d sure; want %d, %d",
				test.above*100, test.most, len(p.Categories), sure, test.want, test.sure)
		}
	}
}

// 12 of 60 of 500 calls hold none of the categories: .122186 to .309877 for a
// finite frame.
func TestOtherIsWhatNoCategoryHolds(t *testing.T) {
	other := Without([]Cell{{Size: 500, Heard: 60, NoProblem: 12, Reached: true}})
	near(t, "low", other.Low, .122186, .0000005)
	near(t, "high", other.High, .309877, .0000005)
}
