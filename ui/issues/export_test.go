package issues

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/widget"
)

func TestExportByKeysAlone(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Write("q")
	p.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	p.Table.Find(exportCommand).Run()
	p.Press(fyne.KeyReturn)
	p.Until(func() bool { return p.Said != "" })
	want := ExportRequest{
		What: Ranking, Preset: Spreadsheet, Above: .03, Path: "/home/ada/Documents/earshot-ranking-2026-11-21.csv",
		Filter: desk.Filter{Queue: "Billing"},
	}
	if len(p.exported) != 1 || p.exported[0] != want {
		t.Errorf("exported %+v", p.exported)
	}
	if p.Said != "Exported to earshot-ranking-2026-11-21.csv" || p.Asked != "" {
		t.Errorf("said %q; the dialog is %q", p.Said, p.Asked)
	}
}

func TestLettersInTheFileNameAreLetters(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.screen.askExport()
	field := p.Canvas().Focused().(*widget.Field)
	p.Write("u")
	if p.screen.model.tab != rankingTab || !strings.HasSuffix(field.Text, ".csvu") {
		t.Errorf("u turned the page; the field holds %q", field.Text)
	}
	p.Press(fyne.KeyEscape)
	if p.Asked != "" || len(p.exported) > 0 {
		t.Error("Escape did not leave the dialog")
	}
}

func TestAnExportSaysWhatItReplaces(t *testing.T) {
	p := open(t, billing(), "en", func(d *Deps) { d.Exists = func(path string) bool { return strings.Contains(path, "ranking") } })
	form := p.screen.newExportForm(newExport("/home/ada", "2026-11-21", ExportRequest{What: Ranking, Preset: Spreadsheet}))
	p.Until(func() bool { return form.looking == nil })
	if got := form.file.Text(); got != "This file exists and will be replaced." {
		t.Errorf("said %q", got)
	}
	form.change(func() { form.export.choose(Moments) })
	p.Until(func() bool { return form.looking == nil })
	if got := form.file.Text(); got != "" {
		t.Errorf("of a new file it said %q", got)
	}
}

func TestAnExportThatFailsIsTold(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.library.failed = errDisk
	p.screen.export(ExportRequest{What: Moments, Path: "/x.csv"})
	p.Until(func() bool { return p.Failure != nil })
	if p.Failure != errDisk || p.Said != "" {
		t.Errorf("told %v and said %q", p.Failure, p.Said)
	}
}

func TestAChartIsSavedByKeysAlone(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Write("u")
	p.Press(fyne.KeyDown)
	p.Table.Find("issues.chart").Run()
	p.Press(fyne.KeyReturn)
	p.Until(func() bool { return p.Said != "" })
	want := ExportRequest{
		Chart: UnlumpChart, Of: "Technical – other", Preset: PNG, Path: "/home/ada/Documents/earshot-unlump-2026-11-21.png",
	}
	if len(p.exported) != 1 || p.exported[0] != want {
		t.Errorf("saved %+v", p.exported)
	}
}

func TestTheKindOfPictureIsTheFilesEnd(t *testing.T) {
	e := newExport("/home/ada", "2026-11-21", ExportRequest{Chart: RankingChart, Preset: PNG})
	e.draw(SVG)
	if got := e.path(); got != "/home/ada/earshot-ranking-2026-11-21.svg" {
		t.Errorf("offered %s", got)
	}
	e.typed = "board.svg"
	if e.draw(PNG); e.path() != "/home/ada/board.png" {
		t.Errorf("board.svg became %s", e.path())
	}
}

// A large table is told of while it is written, and can be stopped.
func TestAnExportThatTakesLongCanBeStopped(t *testing.T) {
	stopped := make(chan struct{})
	p := open(t, billing(), "en", func(d *Deps) {
		d.Export = func(ctx context.Context, _ ExportRequest) error {
			<-ctx.Done()
			close(stopped)
			return ctx.Err()
		}
	})
	p.screen.export(ExportRequest{What: Calls, Path: "/x.csv"})
	p.Until(func() bool { return p.Said == "Writing the file…" })
	p.Act()
	<-stopped
	if p.Said != "Stopped. Nothing was written." || p.Failure != nil {
		t.Errorf("said %q and told %v", p.Said, p.Failure)
	}
}
