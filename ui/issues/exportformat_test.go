package issues

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/ui/widget"
)

// previews is a Deps.Preview in a language with decimal commas, where a
// spreadsheet parts fields by semicolons.
func previews(_ context.Context, req ExportRequest, _ int) (Preview, error) {
	p := Preview{Separator: "comma", Decimal: "point", Mark: "no"}
	if req.Preset == Spreadsheet {
		p = Preview{Separator: "semicolon", Decimal: "comma", Mark: "yes"}
	}
	for _, choice := range []struct{ typed, told *string }{{&req.Separator, &p.Separator}, {&req.Decimal, &p.Decimal}, {&req.Mark, &p.Mark}} {
		if *choice.typed != "" {
			*choice.told = *choice.typed
		}
	}
	cells := []string{req.What, map[string]string{"comma": "0,5", "point": "0.5"}[p.Decimal], strings.Repeat("Aus dem Haus geschickt ", 20)}
	row := strings.Join(cells, map[string]string{"comma": ",", "semicolon": ";", "tab": "\t"}[p.Separator])
	p.Rows = []string{"\ufefftable", row, row, row}
	return p, nil
}

func (p *page) chosen(f *exportForm) (names []string) {
	p.Until(func() bool { return f.written.reading == nil })
	for i, s := range fileSigns {
		names = append(names, s.values[f.written.choices[i].Chosen()])
	}
	return names
}

// The choices follow the preset until a person makes their own, and the rows
// show what was chosen.
func TestAPresetFillsInHowATableIsWritten(t *testing.T) {
	p := open(t, billing(), "de", nil)
	form := p.screen.newExportForm(newExport("/home/ada", "2026-11-21", ExportRequest{What: Ranking, Preset: Spreadsheet}))
	if got := strings.Join(p.chosen(form), " "); got != "semicolon comma yes" {
		t.Errorf("a spreadsheet begins with %s", got)
	}
	form.change(func() { form.export.Separator = "tab" })
	if got := strings.Join(p.chosen(form), " "); got != "tab comma yes" || !strings.HasPrefix(form.written.sample.Lines()[1], "ranking\t0,5\t") {
		t.Errorf("with tabs: %s %q", got, form.written.sample.Lines())
	}
	form.change(func() { form.export.choose(Moments) })
	if got := strings.Join(p.chosen(form), " "); got != "tab comma yes" || !strings.HasPrefix(form.written.sample.Lines()[1], "moments\t") {
		t.Errorf("another table: %s %q", got, form.written.sample.Lines())
	}
	form.change(func() { form.export.suit(Data) })
	if got := strings.Join(p.chosen(form), " "); got != "comma point no" || form.export.Separator != "" {
		t.Errorf("for programs: %s", got)
	}
}

// From the file's name Tab goes round the dialog.
func TestHowATableIsWrittenIsChosenByKeysAlone(t *testing.T) {
	p := open(t, billing(), "de", nil)
	p.screen.askExport()
	sample := reach[*widget.Sample](p)
	p.Until(func() bool { return len(sample.Lines()) > 0 })
	p.Press(fyne.KeyEnd)
	if sample.Offset() == 0 {
		t.Error("End did not show the ends of the rows")
	}
	p.Canvas().FocusPrevious() // the mark: no
	p.Canvas().FocusPrevious() // yes, which is chosen
	p.Press(fyne.KeyRight)
	reach[*widget.Field](p)
	p.Press(fyne.KeyReturn)
	p.Until(func() bool { return len(p.exported) > 0 })
	if got := p.exported[0]; got.Mark != "no" || got.Separator != "" || got.Preset != Spreadsheet {
		t.Errorf("exported %+v", got)
	}
}

// reach goes on by Tab to the next of a kind.
func reach[T fyne.Focusable](p *page) (found T) {
	p.T.Helper()
	for range 60 {
		p.Canvas().FocusNext()
		if found, ok := p.Canvas().Focused().(T); ok {
			return found
		}
	}
	p.T.Fatal("Tab does not come there")
	return found
}

func TestWhatCannotBeWrittenIsToldInThePreview(t *testing.T) {
	p := open(t, billing(), "en", func(d *Deps) {
		d.Preview = func(context.Context, ExportRequest, int) (Preview, error) { return Preview{}, errDisk }
	})
	form := p.screen.newExportForm(newExport("/home/ada", "2026-11-21", ExportRequest{What: Ranking, Preset: Spreadsheet}))
	p.Until(func() bool { return form.written.reading == nil })
	if message, _ := p.Text().Error(errDisk); form.written.sample.Lines()[0] != message {
		t.Errorf("told %q", form.written.sample.Lines())
	}
}
