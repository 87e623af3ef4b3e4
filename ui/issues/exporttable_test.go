package issues

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

// What the dialog offers first is what the page shows, and all it offers has a
// name.
func TestAnExportOffersWhatThePageShows(t *testing.T) {
	for _, asked := range []string{Ranking, Unlump, Mismatch, Categories, Trend} {
		e := newExport("/home/ada", "2026-11-21", ExportRequest{What: asked, Preset: Spreadsheet})
		if !slices.Contains(e.tables(), asked) {
			t.Errorf("%s is not among %v", asked, e.tables())
		}
		for _, table := range e.tables() {
			if tableNames[table] == "" {
				t.Errorf("%s has no name", table)
			}
		}
		e.choose(Moments)
		if got := e.path(); got != "/home/ada/earshot-moments-2026-11-21.csv" || !slices.Contains(e.tables(), asked) {
			t.Errorf("after moments it offers %v as %s", e.tables(), got)
		}
	}
}

func TestTheTrendThatOneLooksAtIsExported(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.screen.model.tab, p.screen.model.chosen = trendTab, "old"
	p.screen.askExport()
	p.press(fyne.KeyReturn)
	p.until(func() bool { return len(p.exported) > 0 })
	if got := p.exported[0]; got.What != Trend || got.Of != "old" {
		t.Errorf("exported %+v", got)
	}
}
