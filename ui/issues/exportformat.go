package issues

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// A Preview is how a table will be written. What the request leaves to its
// preset is told in the terminal's words.
type Preview struct {
	Separator string   // comma, semicolon or tab
	Decimal   string   // point or comma
	Mark      string   // yes or no: the file begins with a mark that says UTF-8
	Rows      []string // the header and the first rows, as they will stand in the file
}

// previewRows are the rows that the dialog shows below the header.
const previewRows = 3

// A fileSign is one of the things that a person may choose of how a table is
// written: by name, as the terminal calls them.
type fileSign struct {
	title  text.Key
	values []string
	names  []text.Key
	chosen func(*ExportRequest) *string
	told   func(Preview) string
}

var fileSigns = []fileSign{
	{
		"issues.export-separator",
		[]string{"comma", "semicolon", "tab"},
		[]text.Key{"issues.export-comma", "issues.export-semicolon", "issues.export-tab"},
		func(r *ExportRequest) *string { return &r.Separator },
		func(p Preview) string { return p.Separator },
	},
	{
		"issues.export-decimal",
		[]string{"point", "comma"},
		[]text.Key{"issues.export-point", "issues.export-comma"},
		func(r *ExportRequest) *string { return &r.Decimal },
		func(p Preview) string { return p.Decimal },
	},
	{
		"issues.export-mark",
		[]string{"yes", "no"},
		[]text.Key{"issues.export-yes", "issues.export-no"},
		func(r *ExportRequest) *string { return &r.Mark },
		func(p Preview) string { return p.Mark },
	},
}

// suit chooses for whom the table is, and with it how it is written.
func (e *export) suit(preset string) {
	e.Preset = preset
	for _, s := range fileSigns {
		*s.chosen(&e.ExportRequest) = ""
	}
}

// written is the part of the export dialog that shows how a table is written.
type written struct {
	form    *exportForm
	choices []*widget.Segmented // of fileSigns
	sample  *widget.Sample
	asked   ExportRequest // what the sample shows
	reading *job.Job
}

func newWritten(f *exportForm) *written {
	w := &written{form: f, sample: widget.NewSample(1 + previewRows)}
	for _, s := range fileSigns {
		w.choices = append(w.choices, f.segmented(s.names, func(n int) { *s.chosen(&f.export.ExportRequest) = s.values[n] }))
	}
	return w
}

// parts are what the dialog shows of it.
func (w *written) parts() []fyne.CanvasObject {
	say := w.form.screen.shell.Say
	row := container.New(layout.NewCustomPaddedHBoxLayout(size(theme.Gap)))
	for i, s := range fileSigns {
		row.Add(widget.Labelled(say(s.title, nil), container.NewHBox(w.choices[i])))
	}
	look := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap}
	return []fyne.CanvasObject{row, container.New(widget.Column{Gap: theme.GapTiny}, widget.NewText(say("issues.export-preview", nil), look), w.sample)}
}

// show reads the first rows anew, if they are others now.
func (w *written) show() {
	s, req := w.form.screen, w.form.export.ExportRequest
	if req == w.asked {
		return
	}
	w.asked = req
	s.drop(&w.reading)
	w.reading = job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (Preview, error) {
		return s.deps.Preview(ctx, req, previewRows)
	}, nil, func(p Preview, err error) {
		w.reading = nil
		if err != nil {
			message, hint := s.shell.Text().Error(err)
			w.sample.SetLines([]string{message, hint})
			return
		}
		for i, sign := range fileSigns {
			w.choices[i].SetChosen(slices.Index(sign.values, sign.told(p)))
		}
		w.sample.SetLines(p.Rows)
	})
}
