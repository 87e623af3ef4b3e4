package issues

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The figures are those that the table shows (window_test.go): 11 and 9 of 64
// calls.
func TestTheRankingIsCopiedAsItIsShown(t *testing.T) {
	var copied string
	p := open(t, billing(), "en", func(d *Deps) { d.Copy = func(text string) { copied = text } })
	p.Table.Find("issues.copy").Run()
	cells := strings.Split(strings.TrimSuffix(copied, "\n"), "\t")
	want := []string{"Invoice goes to the old address", "11 of 64 calls", "17 %", "10–28 %"}
	if len(cells) != 8 || !cmp.Equal(want, cells[1:5]) || cells[6] != "Billing – other, Address change" {
		t.Errorf("the row is %q", cells)
	}
	p.Table.Find("issues.copy-table").Run()
	lines := strings.Split(strings.TrimSuffix(copied, "\n"), "\n")
	if len(lines) != 1+len(p.library.counts.Issues) || !strings.HasPrefix(lines[0], "Rank\tIssue\tHeard calls\tShare\t95 % interval\t") {
		t.Errorf("the table has %d lines below %q", len(lines)-1, lines[0])
	}
	if !strings.Contains(lines[2], "Charged twice after a plan change\t9 of 64 calls\t14 %") {
		t.Errorf("the second issue is %q", lines[2])
	}
}

func TestACardIsCopiedWithItsCategory(t *testing.T) {
	var copied string
	p := open(t, billing(), "en", func(d *Deps) { d.Copy = func(text string) { copied = text } })
	p.Write("u")
	p.Table.Find("issues.copy").Run()
	lines := strings.Split(strings.TrimSuffix(copied, "\n"), "\n")
	card := p.screen.model.cards[0]
	if len(lines) != len(card.Issues)+1 || !strings.HasPrefix(lines[0], card.Category+"\t"+card.Issues[0].Name+"\t") {
		t.Errorf("copied %q", copied)
	}
	if last := lines[len(lines)-1]; !strings.HasPrefix(last, card.Category+"\tno problem heard\t") {
		t.Errorf("the last line is %q", last)
	}
}

// Where no row can be chosen, both keys copy all. The shares of the better list are
// those of TestTheBetterListFollowsTheShare.
func TestTheTableAndTheBetterListAreCopiedAsTheyAreShown(t *testing.T) {
	var copied string
	p := open(t, billing(), "en", func(d *Deps) { d.Copy = func(text string) { copied = text } })
	p.Write("uv")
	for _, id := range []string{"issues.copy", "issues.copy-table"} {
		copied = ""
		p.Table.Find(id).Run()
		lines := strings.Split(strings.TrimSuffix(copied, "\n"), "\n")
		table := p.screen.model.mismatchTable()
		if want := "Category\t" + strings.Join(table.Columns, "\t"); lines[0] != want {
			t.Errorf("%s: the titles are %q, want %q", id, lines[0], want)
		}
		var shown []string
		for _, row := range p.Rows() {
			shown = append(shown, strings.ReplaceAll(row, " | ", "\t"))
		}
		if diff := cmp.Diff(shown, lines[1:]); diff != "" {
			t.Errorf("%s: %s", id, diff)
		}
	}
	p.Write("v")
	p.Table.Find("issues.copy").Run()
	lines := strings.Split(strings.TrimSuffix(copied, "\n"), "\n")
	if len(lines) != 10 || !strings.HasPrefix(lines[1], "Invoice goes to the old address\t17 %\t10–28 %\tBilling – other") || !strings.HasPrefix(lines[9], "Other\t30 %\t") {
		t.Errorf("the list is %q", lines)
	}
}

func TestTheWeeklyPageIsSavedByKeysAlone(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Table.Find("issues.weekly").Run()
	p.Press("Return")
	p.Until(func() bool { return p.Said != "" })
	want := ExportRequest{What: Weekly, Path: "/home/ada/Documents/earshot-weekly-2026-11-21.html"}
	if len(p.exported) != 1 || p.exported[0] != want {
		t.Errorf("saved %+v", p.exported)
	}
}
