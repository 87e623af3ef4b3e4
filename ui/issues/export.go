package issues

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// What an export holds, and for whom a table is, as the terminal calls them.
const (
	Ranking     = "ranking"
	Moments     = "moments"
	Mismatch    = "mismatch"   // what is filed under which category
	Categories  = "categories" // a better list of them
	Calls       = "calls"
	Draws       = "draw"       // the drawn calls
	Book        = "codebook"   // the issues with what is told of them
	Unlump      = "unlump"     // the issues inside each category
	Trend       = "trend"      // of one issue
	Agreement   = "agreement"  // how alike the members of one session tagged
	Dictionary  = "dictionary" // what the columns of all tables hold
	Weekly      = "weekly"     // the weekly page, which is no table
	Spreadsheet = "spreadsheet"
	Data        = "data"
	Jira        = "jira" // of the ranking only
)

// The pictures that a chart is saved as.
const (
	PNG = "png"
	SVG = "svg"
)

// A Chart says which figures are drawn.
type Chart string

// The charts.
const (
	RankingChart Chart = "ranking"
	UnlumpChart  Chart = "unlump" // of one category
	TrendChart   Chart = "trend"  // of one issue
)

// ExportRequest says what goes where. The filter is that of the screen.
type ExportRequest struct {
	What   string       // a table as above, or Weekly; "" for a chart
	Chart  Chart        // "" for a table
	Of     string       // the category, or the id of the issue, of a chart or Trend; the id of the session of Agreement
	By     ranking.Step // the periods of a TrendChart or Trend
	Above  float64      // the share that a category of the better list has at least
	Preset string       // Spreadsheet, Data or Jira; PNG or SVG for a chart
	Path   string       // absolute
	Filter desk.Filter

	Separator, Decimal, Mark string // see [Preview]; "" as the preset has it
}

// An export is what is being asked for in the export dialog.
type export struct {
	ExportRequest
	asked        string // the table that the dialog was opened for
	sessions     []desk.Shared
	typed        string // the path, relative to folder or absolute
	offered      string // the path that was offered; another is a person's own
	folder, date string
}

func newExport(folder, date string, of ExportRequest) *export {
	e := &export{ExportRequest: of, asked: of.What, folder: folder, date: date}
	e.name()
	return e
}

// choose changes the table, and the name of the file with it.
func (e *export) choose(what string) {
	e.What = what
	if what == Agreement && e.Of == "" {
		e.Of = e.sessions[0].ID
	}
	e.name()
}

// draw changes the kind of picture, and that of the file with it.
func (e *export) draw(kind string) {
	before := e.kind()
	e.Preset = kind
	if e.typed != e.offered {
		e.typed = strings.TrimSuffix(e.typed, before) + kind
	}
	e.name()
}

// name offers a file's name, unless a person has named another.
func (e *export) name() {
	if e.typed == e.offered {
		e.offered = filepath.Join(e.folder, "earshot-"+e.What+string(e.Chart)+"-"+e.date+"."+e.kind())
		e.typed = e.offered
	}
}

// kind is how the name of the file ends.
func (e *export) kind() string {
	switch {
	case e.Chart != "":
		return e.Preset
	case e.What == Weekly:
		return "html"
	}
	return "csv"
}

// path is the file to write: below the offered folder if no other is named, and
// of the kind that is asked for if its name tells none. It is "" when nothing
// is named.
func (e *export) path() string {
	typed := strings.TrimSpace(e.typed)
	if typed == "" {
		return ""
	}
	if filepath.Ext(typed) == "" {
		typed += "." + e.kind()
	}
	if !filepath.IsAbs(typed) {
		typed = filepath.Join(e.folder, typed)
	}
	return typed
}

// page reports whether a chart or the weekly page is saved, rather than a table
// exported.
func (r ExportRequest) page() bool { return r.Chart != "" || r.What == Weekly }

// askExport asks which table to write where.
func (s *Screen) askExport() {
	req := ExportRequest{What: Ranking, Preset: Spreadsheet, Above: s.model.above}
	if s.model.tab == unlumpTab {
		req.What = map[inside]string{asCards: Unlump, asTable: Mismatch, asList: Categories}[s.model.inside]
	}
	if s.model.tab == trendTab && s.model.chosen != "" {
		req.What, req.Of, req.By = Trend, s.model.chosen, s.model.step
	}
	s.ask("issues.export-title", req)
}

// askWeekly asks where to save the weekly page of the calls that one looks at.
func (s *Screen) askWeekly() { s.ask("issues.weekly-title", ExportRequest{What: Weekly}) }

// askChart asks where to save the chart that one looks at.
func (s *Screen) askChart() {
	req := ExportRequest{Chart: RankingChart, Preset: PNG}
	switch s.model.tab {
	case unlumpTab:
		req.Chart, req.Of = UnlumpChart, s.model.card.name
	case trendTab:
		req.Chart, req.Of, req.By = TrendChart, s.model.chosen, s.model.step
	}
	s.ask("issues.chart-title", req)
}

func (s *Screen) ask(title text.Key, of ExportRequest) {
	of.Filter = s.model.filter()
	e := newExport(s.deps.Folder, typeDay(s.model.now().In(s.model.zone)), of)
	e.sessions = s.model.sessions
	form := s.newExportForm(e)
	do := func() {
		if path := e.path(); path != "" {
			req := e.ExportRequest
			req.Path = path
			s.export(req)
		}
	}
	ok := func() bool { return e.path() != "" && (e.Preset != Jira || e.What == Ranking) }
	act := text.Key("issues.export-do")
	if e.page() {
		act = "issues.save-do"
	}
	dismiss := s.shell.Dialog(s.shell.Say(title, nil), form.content,
		screen.Answer{Text: s.shell.Say(act, nil), Primary: true, Enabled: ok, Choose: do},
		screen.Answer{Text: s.shell.Say("issues.cancel", nil)})
	form.path.OnKey = widget.Answers(dismiss, ok, do)
	s.shell.Canvas().Focus(form.path)
}

// export writes a table and says so.
func (s *Screen) export(req ExportRequest) {
	file, done := filepath.Base(req.Path), text.Key("issues.exported")
	if req.page() {
		done = "issues.saved"
	}
	var writing *job.Job
	writing = job.Run(s.jobs, s.shell.Say("issues.exporting", nil), func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		return struct{}{}, s.deps.Export(ctx, req)
	}, screen.Passing(s.shell, func() { writing.Cancel() }), func(_ struct{}, err error) {
		if err != nil {
			s.shell.Fail(err)
			return
		}
		s.shell.Toast(s.shell.Say(done, review.Args{"file": file}), "", nil)
	})
}

// exportWidth lets most paths be seen whole, and all tables that are offered in
// the language of the longest names.
const exportWidth = 740

// exportForm is what the export dialog shows.
type exportForm struct {
	screen       *Screen
	export       *export
	content      fyne.CanvasObject
	path         *widget.Field
	preset, file *widget.Text // notes below the choices
	filter       *widget.Text // which calls are in it
	session      *sessionRow  // nil where there is none to choose
	looking      *job.Job     // whether the file exists
	written      *written     // nil for what is no table
}

func (s *Screen) newExportForm(e *export) *exportForm {
	say := s.shell.Say
	note := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap}
	f := &exportForm{screen: s, export: e, path: widget.NewField(""), preset: widget.NewText("", note), file: widget.NewText("", note)}
	f.path.OnChanged = func(typed string) { f.change(func() { e.typed = typed }) }
	file := fyne.CanvasObject(f.path)
	if s.deps.Browse != nil {
		browse := widget.NewButton(say("issues.export-browse", nil), widget.Secondary, func() {
			s.deps.Browse(e.path(), func(path string) { f.change(func() { e.typed = path }) })
		})
		file = container.NewBorder(nil, nil, nil, browse, f.path)
	}
	f.filter = widget.NewText(say("issues.export-filter", review.Args{"period": s.model.period.name(s.model.texts), "queue": s.view.queueName()}), note)
	all := container.New(widget.Column{Gap: theme.GapSmall}, f.choices()...)
	if len(e.sessions) > 0 && e.asked == Ranking {
		f.session = newSessionRow(f)
		all.Add(f.session.row)
	}
	all.Add(f.preset)
	if s.deps.Preview != nil && !e.page() {
		f.written = newWritten(f)
		for _, o := range f.written.parts() {
			all.Add(o)
		}
	}
	for _, o := range []fyne.CanvasObject{widget.Labelled(say("issues.export-file", nil), file), f.file, f.filter} {
		all.Add(o)
	}
	least := func() fyne.Size { return fyne.NewSize(exportWidth, all.MinSize().Height) }
	f.content = container.New(arrange{least, all.Resize}, all)
	f.show()
	return f
}

// choices are what can be chosen besides the file: which table for whom, or
// which kind of picture.
func (f *exportForm) choices() []fyne.CanvasObject {
	e := f.export
	if e.What == Weekly {
		return nil
	}
	row := func(title text.Key, chosen int, names []text.Key, choose func(n int)) fyne.CanvasObject {
		parts := f.segmented(names, choose)
		parts.SetChosen(chosen)
		name := widget.NewText(f.screen.shell.Say(title, nil), widget.Look{Size: theme.TextCaption, Color: theme.Muted})
		return container.New(layout.NewCustomPaddedHBoxLayout(size(theme.GapSmall)), name, parts)
	}
	if e.Chart != "" {
		return []fyne.CanvasObject{row("issues.chart-kind", 0, []text.Key{"issues.chart-png", "issues.chart-svg"}, func(n int) {
			e.draw([]string{PNG, SVG}[n])
		})}
	}
	var tables, presets []text.Key
	for _, table := range e.tables() {
		tables = append(tables, tableNames[table])
	}
	for _, preset := range e.presets() {
		presets = append(presets, presetNames[preset])
	}
	return []fyne.CanvasObject{
		row("issues.export-what", slices.Index(e.tables(), e.What), tables, func(n int) { e.choose(e.tables()[n]) }),
		row("issues.export-for", 0, presets, func(n int) { e.suit(e.presets()[n]) }),
	}
}

// segmented is a choice between names, which changes the form.
func (f *exportForm) segmented(names []text.Key, choose func(n int)) *widget.Segmented {
	var said []string
	for _, name := range names {
		said = append(said, f.screen.shell.Say(name, nil))
	}
	return widget.NewSegmented(said, func(n int) { f.change(func() { choose(n) }) })
}

// note says what the choice means.
func (f *exportForm) note() string {
	say := f.screen.shell.Say
	if f.export.What == Weekly {
		return say("issues.weekly-note", nil)
	}
	switch f.export.Preset {
	case Data:
		return say("issues.export-data-note", nil)
	case Jira:
		return say("issues.export-jira-note", nil)
	case PNG:
		return say("issues.chart-png-note", nil)
	case SVG:
		return say("issues.chart-svg-note", nil)
	}
	return say("issues.export-spreadsheet-note", nil)
}

// change does what a person chose and shows it.
func (f *exportForm) change(do func()) {
	do()
	f.show()
}

// show sets the form to what is asked for so far, reads how it will be written,
// and looks whether the file exists, on a disk that may be slow.
func (f *exportForm) show() {
	s, e := f.screen, f.export
	if f.path.Text != e.typed {
		f.path.SetText(e.typed)
		f.path.CursorColumn = len([]rune(e.typed)) // the file's name is what one may want to change
		f.path.Refresh()
	}
	f.preset.SetText(f.note())
	widget.Show(f.filter, e.What != Agreement && e.What != Dictionary)
	if f.session != nil {
		f.session.show()
	}
	if f.written != nil {
		f.written.show()
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
		widget.Show(f.file, exists)
		f.content.Refresh()
	})
}
