package issues

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review/desk"
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
	p.Press(fyne.KeyReturn)
	p.Until(func() bool { return len(p.exported) > 0 })
	if got := p.exported[0]; got.What != Trend || got.Of != "old" {
		t.Errorf("exported %+v", got)
	}
}

// Agreement is of one session, which is chosen where there are some; the latest
// stands first.
func TestTheAgreementOfASessionIsExported(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.screen.askExport()
	if got := newExport("", "", ExportRequest{What: Ranking}).tables(); slices.Contains(got, Agreement) {
		t.Errorf("without a session it offers %v", got)
	}
	p.Press(fyne.KeyEscape)
	p.library.sessions = []desk.Shared{{ID: "s2", Joined: noon}, {ID: "s1", Name: "Calibration", Joined: noon.AddDate(0, 0, -7)}}
	p.screen.Changed()
	p.Until(func() bool { return len(p.screen.model.sessions) == 2 })
	e := newExport("/home/ada", "2026-11-21", ExportRequest{What: Ranking, Preset: Spreadsheet})
	e.sessions = p.screen.model.sessions
	form := p.screen.newExportForm(e)
	if form.session.row.Visible() {
		t.Error("a ranking asks for a session")
	}
	form.change(func() { e.choose(Agreement) })
	if !form.session.row.Visible() || form.filter.Visible() || form.session.button.Text() != "Sat 21 Nov, 12:00 ▾" {
		t.Errorf("it offers %q", form.session.button.Text())
	}
	form.change(func() { e.Of = "s1" })
	if got := form.session.button.Text(); got != "Calibration, Sat 14 Nov, 12:00 ▾" {
		t.Errorf("the other session is called %q", got)
	}
	if e.path() != "/home/ada/earshot-agreement-2026-11-21.csv" || e.Of != "s1" {
		t.Errorf("exports %+v", e.ExportRequest)
	}
}
