package issues

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// What an export holds and for whom, as the terminal calls them.
const (
	Ranking     = "ranking"
	Moments     = "moments"
	Spreadsheet = "spreadsheet"
	Data        = "data"
)

// ExportRequest says which table goes where. The filter is that of the screen.
type ExportRequest struct {
	What   string // Ranking or Moments
	Preset string // Spreadsheet or Data
	Path   string // absolute
	Filter desk.Filter
}

// An export is what is being asked for in the export dialog.
type export struct {
	what, preset string
	typed        string // the path, relative to folder or absolute
	offered      string // the path that was offered; another is a person's own
	folder, date string
}

func newExport(folder, date string) *export {
	e := &export{preset: Spreadsheet, folder: folder, date: date}
	e.choose(Ranking)
	return e
}

// choose changes the table, and the name of the file with it unless a person
// has named another.
func (e *export) choose(what string) {
	e.what = what
	if e.typed == e.offered {
		e.offered = filepath.Join(e.folder, "earshot-"+what+"-"+e.date+".csv")
		e.typed = e.offered
	}
}

// path is the file to write: below the offered folder if no other is named, and
// a CSV file if no other kind is. It is "" when nothing is named.
func (e *export) path() string {
	typed := strings.TrimSpace(e.typed)
	if typed == "" {
		return ""
	}
	if filepath.Ext(typed) == "" {
		typed += ".csv"
	}
	if !filepath.IsAbs(typed) {
		typed = filepath.Join(e.folder, typed)
	}
	return typed
}

// askExport asks which table to write where.
func (s *Screen) askExport() {
	now := s.model.now().In(s.model.zone)
	e := newExport(s.deps.Folder, typeDay(now))
	form := s.newExportForm(e)
	do := func() {
		if path := e.path(); path != "" {
			s.export(ExportRequest{What: e.what, Preset: e.preset, Path: path, Filter: s.model.filter()})
		}
	}
	ok := func() bool { return e.path() != "" }
	dismiss := s.shell.Dialog(s.shell.Say("issues.export-title", nil), form.content,
		screen.Answer{Text: s.shell.Say("issues.export-do", nil), Primary: true, Enabled: ok, Choose: do},
		screen.Answer{Text: s.shell.Say("issues.cancel", nil)})
	form.path.OnKey = answers(dismiss, ok, do)
	s.shell.Canvas().Focus(form.path)
}

// export writes a table and says so.
func (s *Screen) export(req ExportRequest) {
	file, told := filepath.Base(req.Path), false
	tell := func(state job.State) {
		if state.Visible && !told {
			told = true
			s.shell.Toast(state.Title, "", nil)
		}
	}
	job.Run(s.jobs, s.shell.Say("issues.exporting", nil), func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		return struct{}{}, s.deps.Export(ctx, req)
	}, tell, func(_ struct{}, err error) {
		if err != nil {
			s.shell.Fail(err)
			return
		}
		s.shell.Toast(s.shell.Say("issues.exported", review.Args{"file": file}), "", nil)
	})
}

// exportWidth lets most paths be seen whole.
const exportWidth = 600

// exportForm is what the export dialog shows.
type exportForm struct {
	screen       *Screen
	export       *export
	content      fyne.CanvasObject
	path         *widget.Field
	preset, file *widget.Text // notes below the choices
	looking      *job.Job     // whether the file exists
}

func (s *Screen) newExportForm(e *export) *exportForm {
	say := s.shell.Say
	note := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap}
	f := &exportForm{screen: s, export: e, path: widget.NewField(""), preset: widget.NewText("", note), file: widget.NewText("", note)}
	what := widget.NewSegmented([]string{say("issues.export-ranking", nil), say("issues.export-moments", nil)}, func(n int) {
		f.change(func() { e.choose([]string{Ranking, Moments}[n]) })
	})
	preset := widget.NewSegmented([]string{say("issues.export-spreadsheet", nil), say("issues.export-data", nil)}, func(n int) {
		f.change(func() { e.preset = []string{Spreadsheet, Data}[n] })
	})
	f.path.OnChanged = func(typed string) { f.change(func() { e.typed = typed }) }
	file := fyne.CanvasObject(f.path)
	if s.deps.Browse != nil {
		browse := widget.NewButton(say("issues.export-browse", nil), widget.Secondary, func() {
			s.deps.Browse(e.path(), func(path string) { f.change(func() { e.typed = path }) })
		})
		file = container.NewBorder(nil, nil, nil, browse, f.path)
	}
	filter := say("issues.export-filter", review.Args{"period": s.model.period.name(s.model.texts), "queue": s.view.queueName()})
	all := container.New(column{gap: theme.GapSmall},
		labelled(say("issues.export-what", nil), container.NewHBox(what)),
		labelled(say("issues.export-for", nil), container.NewHBox(preset)), f.preset,
		labelled(say("issues.export-file", nil), file), f.file, widget.NewText(filter, note))
	least := func() fyne.Size { return fyne.NewSize(exportWidth, all.MinSize().Height) }
	f.content = container.New(arrange{least, all.Resize}, all)
	f.show()
	return f
}

// change does what a person chose and shows it.
func (f *exportForm) change(do func()) {
	do()
	f.show()
}

// show sets the form to what is asked for so far, and looks whether the file
// exists, on a disk that may be slow.
func (f *exportForm) show() {
	s, e := f.screen, f.export
	if f.path.Text != e.typed {
		f.path.SetText(e.typed)
		f.path.CursorColumn = len([]rune(e.typed)) // the file's name is what one may want to change
		f.path.Refresh()
	}
	if e.preset == Data {
		f.preset.SetText(s.shell.Say("issues.export-data-note", nil))
	} else {
		f.preset.SetText(s.shell.Say("issues.export-spreadsheet-note", nil))
	}
	s.drop(&f.looking)
	path := e.path()
	f.looking = job.Run(s.jobs, "", func(context.Context, func(job.Progress)) (bool, error) {
		return path != "" && s.deps.Exists(path), nil
	}, nil, func(exists bool, _ error) {
		f.looking = nil
		f.file.SetText("")
		if exists {
			f.file.SetText(s.shell.Say("issues.export-exists", nil))
		}
		f.content.Refresh()
	})
}
