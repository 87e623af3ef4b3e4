package ranking

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// R's documentation of fisher.test: Fisher's tea drinker, and convictions of
// like-sex twins.
func TestFisherMatchesR(t *testing.T) {
	near(t, "tea", fisher(3, 4, 1, 4), .4857, .00005)
	near(t, "twins", fisher(2, 17, 10, 13), .0005367, .00000005)
	near(t, "nothing to tell apart", fisher(0, 4, 0, 9), 1, 1e-12)
}

// 600 calls are filed as billing and 300 as delivery; 60 and 30 were heard. All
// calls about a late parcel but two are filed as delivery.
func TestWhatIsFiledUnderWhat(t *testing.T) {
	parcel, address := IssueCount{ID: "p", Name: "Parcel late"}, IssueCount{ID: "a", Name: "Old address"}
	calls := func(i IssueCount, n int64) IssueCount { i.Calls = n; return i }
	m := FiledUnder([]CategoryCount{
		{Category: "Billing", By: ByCategory, Calls: 600, Heard: 60, Issues: []IssueCount{calls(address, 6), calls(parcel, 2)}},
		{Category: "Delivery", By: ByCategory, Calls: 300, Heard: 30, Issues: []IssueCount{calls(parcel, 16), calls(address, 3)}},
		{Category: "Sales", By: ByQueue, Calls: 100},
	})
	if m.Issues[0].Name != "Parcel late" || m.Issues[0].Calls != 18 || m.Issues[1].Calls != 9 {
		t.Fatalf("columns %+v", m.Issues)
	}
	billing, delivery, sales := m.Rows[0].Cells, m.Rows[1].Cells, m.Rows[2].Cells
	if billing[0].Calls != 2 || billing[0].Share != Estimate(2, 60, 600) || delivery[0].Share != Estimate(16, 30, 300) {
		t.Errorf("parcels: %+v and %+v", billing[0], delivery[0])
	}
	near(t, "of the parcels filed as billing", billing[0].OfIssue, 2./18, 1e-12)
	if billing[0].Surprise != Rarer || delivery[0].Surprise != Commoner {
		t.Errorf("parcels surprise by %d and %d", billing[0].Surprise, delivery[0].Surprise)
	}
	if billing[1].Surprise != AsElsewhere || delivery[1].Surprise != AsElsewhere {
		t.Error("the address is in 10 % of both, and surprises")
	}
	if sales[0].Share != (Share{0, 0, 1}) || sales[0].Surprise != AsElsewhere || m.Rows[2].By != ByQueue {
		t.Errorf("nothing heard of sales: %+v", sales[0])
	}
}

// Where categories say nothing about issues, at most 5 % of tables mark any
// cell; an issue that is three times as common in one category is mostly marked.
func TestChanceSeldomSurprises(t *testing.T) {
	const runs = 1000
	r := rand.New(rand.NewPCG(5, 5))
	chances := [5]float64{.05, .1, .2, .3, .5}
	marked, found := 0, 0
	for range runs {
		var even, planted []CategoryCount
		for category, heard := range [4]int64{80, 40, 20, 10} {
			even = append(even, file(r, category, heard, chances[:]))
			more := chances
			if category == 1 {
				more[2] *= 3
			}
			planted = append(planted, file(r, category, heard, more[:]))
		}
		if surprises(FiledUnder(even), "") > 0 {
			marked++
		}
		found += surprises(FiledUnder(planted), "2")
	}
	if part := float64(marked) / runs; part > .05 {
		t.Errorf("chance alone marks a cell in %.1f %% of tables", part*100)
	}
	if part := float64(found) / runs; part < .8 {
		t.Errorf("60 %% against 20 %% is marked in %.1f %%", part*100)
	}
}

// file counts heard calls of a category with issues of those chances.
func file(r *rand.Rand, category int, heard int64, chances []float64) CategoryCount {
	c := CategoryCount{Category: fmt.Sprint(category), Calls: heard * 50, Heard: heard}
	for i, chance := range chances {
		issue := IssueCount{ID: fmt.Sprint(i), Name: fmt.Sprint(i)}
		for range heard {
			if r.Float64() < chance {
				issue.Calls++
			}
		}
		c.Issues = append(c.Issues, issue)
	}
	return c
}

// surprises counts the cells that are marked; of one issue only, those that say
// it is more common.
func surprises(m Mismatch, issue string) int {
	n := 0
	for _, row := range m.Rows {
		for i, cell := range row.Cells {
			if cell.Surprise == Commoner && m.Issues[i].ID == issue || cell.Surprise != AsElsewhere && issue == "" {
				n++
			}
		}
	}
	return n
}
