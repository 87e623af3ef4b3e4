package render

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// 11, 9 and 2 of 64 calls: the first two cannot be told apart, and the chart
// joins them. The intervals are Wilson's (Newcombe 1998, method 3).
func TestTheRankingPageSaysWhatTheTableSays(t *testing.T) {
	counts := ranking.Counts{
		Frame: 99344, Heard: 64, First: time.Date(2026, 9, 28, 9, 0, 0, 0, time.UTC), Last: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC),
		Issues: []ranking.IssueCount{{ID: "a", Name: "Old address", Calls: 30}, {ID: "b", Name: "Charged twice", Calls: 28}, {ID: "c", Name: "SIM code", Calls: 1}},
	}
	r := desk.Ranked{Counts: counts, Issues: ranking.Rank(counts, 8), Filter: desk.Filter{Queue: "Billing"}}
	page := Words{text.For("en"), time.UTC}.Ranking(r)
	if want := "64 of 99,344 calls heard, drawn by chance · 28 Sep 2026 to 20 Nov 2026 · Billing"; page.Note != want {
		t.Errorf("below the title stands %q", page.Note)
	}
	var got []string
	for _, row := range page.Body.(chart.Bars).Rows {
		line := strings.Join([]string{row.Rank, row.Name, row.Note, row.Value, row.Range}, "|")
		if row.Joined {
			line += "|joined"
		}
		got = append(got, strings.ReplaceAll(line, "\u202f", " "))
	}
	want := []string{
		"1–2|Old address|30 of 64 calls|47 %|35–59 %|joined",
		"1–2|Charged twice|28 of 64 calls|44 %|32–56 %",
		"3|SIM code|1 of 64 calls|2 %|0–8 %",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnUnlumpPageTellsNoProblemByItsPattern(t *testing.T) {
	card := ranking.Unlump([]ranking.CategoryCount{{
		Category: "Billing – other", Calls: 100, Heard: 20, NoProblem: 3, Issues: []ranking.IssueCount{{ID: "a", Name: "Old address", Calls: 5}},
	}})[0]
	page := Words{text.For("de"), time.UTC}.Unlump(card, nil)
	rows := page.Body.(chart.Bars).Rows
	if len(rows) != 2 || rows[1].Pattern != chart.Hollow || rows[0].Pattern != chart.Solid {
		t.Errorf("the rows are %+v", rows)
	}
	if page.Title != "Billing – other" || !strings.HasPrefix(strings.ReplaceAll(page.Note, "\u202f", " "), "100 % aller Gespräche") {
		t.Errorf("titled %q, %q", page.Title, page.Note)
	}
}
