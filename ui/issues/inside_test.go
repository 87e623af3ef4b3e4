package issues

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/review/ranking"
)

// 30 of 40 calls against 2 of 60: far beyond chance by any test, in either
// direction; 0 calls are a dash, not 0 %.
func TestTheTableMarksWhatIsSurelyOtherwise(t *testing.T) {
	l := billing()
	late, sim := ranking.IssueCount{ID: "i0", Name: "Late bill"}, ranking.IssueCount{ID: "i1", Name: "SIM code"}
	with := func(i ranking.IssueCount, calls int64) ranking.IssueCount { i.Calls = calls; return i }
	l.categories = []ranking.CategoryCount{
		{Category: "Technical – other", Calls: 6000, Heard: 60, Issues: []ranking.IssueCount{with(late, 2), with(sim, 40)}},
		{Category: "Billing – other", Calls: 4000, Heard: 40, Issues: []ranking.IssueCount{with(late, 30)}},
	}
	p := open(t, l, "en", nil)
	p.Write("uv")
	want := []string{"Technical – other | ▲ 67 % | ▼ 3 %", "Billing – other | ▼ 0 % | ▲ 75 %"}
	for i, line := range p.Rows() {
		if line != want[i] {
			t.Errorf("row %d is %q, want %q", i, line, want[i])
		}
	}
}

func TestALargeTableSaysWhatItLeavesOut(t *testing.T) {
	m := reads(crowded(), "en", unlumpTab)
	m.inside = asTable
	m.mismatch = ranking.FiledUnder(crowded().categories)
	table := m.mismatchTable()
	if len(table.Columns) != tableColumns || len(table.Rows) != 5 {
		t.Errorf("%d columns, %d rows", len(table.Columns), len(table.Rows))
	}
	if note := m.mismatchNote(); !strings.Contains(note, "37 rarer issues are left out here") {
		t.Errorf("the note is %q", note)
	}
}

// Of 64 calls, 11 are 17 %, 4 are 6 %, and 3 are 5 %: issues in at least 5 %
// leave the two of 4.7 % in “other”.
func TestTheBetterListFollowsTheShare(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Write("uvv")
	if rows := p.Rows(); len(rows) != 9 || rows[8] != "Other 30 %" {
		t.Fatalf("above 3 %%: %q", rows)
	}
	p.Write("+")
	rows := p.Rows()
	if len(rows) != 7 || rows[0] != "Invoice goes to the old address 17 %" {
		t.Errorf("above 5 %%: %q", rows)
	}
	bars := p.screen.model.proposalBars().Rows
	other := bars[len(bars)-1]
	if other.Pattern != chart.Hatched || other.Note != "2 rarer issues, and calls without any" {
		t.Errorf("the rest is %+v", other)
	}
	if note := plain(bars[5].Note); note != "now filed under: Complaint, Billing – other · may be below 5 %" {
		t.Errorf("the sixth says %q", note)
	}
	p.screen.askExport()
	p.Press(fyne.KeyReturn)
	p.Until(func() bool { return p.Said != "" })
	if got := p.exported[0]; got.What != Categories || got.Above != .05 || !strings.HasSuffix(got.Path, "/earshot-categories-2026-11-21.csv") {
		t.Errorf("exported %+v", got)
	}
}
