// Package library is the screen that says what is in the library: how many
// calls from which days, what has become of them, by queue and by category;
// every call, every draw, and what the last import left out.
//
// The calls are read once through, in a job, while the page is in front; a
// call takes a few dozen bytes of memory. The list of calls makes only the rows
// in sight. Opening a call from it opens it as picked: it never enters a share.
package library

import (
	"context"
	"iter"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
)

// Desk is what the screen reads; *desk.Desk is one.
type Desk interface {
	Calls(ctx context.Context, state review.State) iter.Seq2[review.Call, error]
	Draws(ctx context.Context) ([]desk.Draw, error)
	Searching
}

// Deps are what the screen is made of.
type Deps struct {
	Shell screen.Shell
	Desk  Desk
	// Import and ImportWithTable let a person choose what to import.
	Import, ImportWithTable func()
	// LastImport is what the last import said, a sentence for each thing that
	// it left out or corrected; ok is false before the first.
	LastImport func() (what string, lines []string, ok bool)
	// Copy puts a text on the clipboard. Nil copies nothing.
	Copy func(text string)
}

// Screen is the Library page.
type Screen struct {
	Deps
	jobs    *job.Runner
	model   *model
	view    *view // nil until Content
	reading *job.Job
	finding *job.Job
	again   bool // read once more when that is done
	shown   bool
	stale   bool
	wanted  bool // the caret in the field, once there is one
}

var _ screen.Screen = (*Screen)(nil)

// New returns the screen, which reads nothing until it is shown.
func New(d Deps) *Screen {
	return &Screen{
		Deps: d, jobs: job.NewRunner(d.Shell.Post), stale: true,
		model: &model{text: d.Shell.Text(), zone: d.Shell.Zone()},
	}
}

// Name implements [screen.Screen].
func (s *Screen) Name() string { return screen.Library }

// Content implements [screen.Screen].
func (s *Screen) Content() fyne.CanvasObject {
	if s.view == nil {
		s.view = newView(s)
		s.refresh()
	}
	return s.view.page
}

// Show implements [screen.Screen].
func (s *Screen) Show() {
	s.shown = true
	if s.stale {
		s.read()
	}
}

// Hide implements [screen.Screen].
func (s *Screen) Hide() { s.shown = false }

// Changed implements [screen.Screen].
func (s *Screen) Changed() {
	s.stale = true
	if s.shown {
		s.read()
	}
}

// Trace implements [screen.Screen].
func (s *Screen) Trace(t *screen.Trace) { t.Rows = append(t.Rows, s.model.lines()...) }

// Close implements [screen.Screen].
func (s *Screen) Close() { s.jobs.Close() }

// read reads the library, once more if that is asked for meanwhile.
func (s *Screen) read() {
	if s.reading != nil {
		s.again = true
		return
	}
	s.again, s.stale = false, false
	work := func(ctx context.Context, _ func(job.Progress)) (*contents, error) { return readAll(ctx, s.Desk) }
	s.reading = job.Run(s.jobs, "", work, nil, func(c *contents, err error) {
		s.reading = nil
		if err != nil {
			s.stale = true
			s.Shell.Fail(err)
			return
		}
		s.model.contents = c
		if s.searching() {
			s.find(s.model.search.asked) // there may be more to find
		}
		s.model.what, s.model.problems, s.model.imported = s.LastImport()
		s.refresh()
		if s.again && s.shown {
			s.read()
		}
	})
}

func (s *Screen) refresh() {
	s.model.keepInside()
	if s.view != nil {
		s.view.show()
	}
	s.enter()
	s.Shell.Painted()
}

// Commands implements [screen.Screen].
func (s *Screen) Commands() []command.Command {
	move := func(by int) func() {
		return func() {
			s.model.move(by)
			s.refresh()
		}
	}
	listed := func() bool { return s.model.tab == calls && s.model.size() > 0 }
	key := func(name fyne.KeyName) []command.Key { return []command.Key{command.Named(name)} }
	all := []command.Command{
		{ID: "library.open", Title: "library.open", Menu: "library.menu", Keys: key(fyne.KeyReturn), Enabled: listed, Run: s.open},
		{ID: "library.tab", Title: "library.next-tab", Menu: "library.menu", Keys: []command.Key{command.Rune('v')}, Run: s.nextTab},
		{ID: "library.down", Title: "library.down", Keys: key(fyne.KeyDown), Enabled: listed, Repeats: true, Run: move(1)},
		{ID: "library.up", Title: "library.up", Keys: key(fyne.KeyUp), Enabled: listed, Repeats: true, Run: move(-1)},
		{ID: "library.page-down", Title: "library.page-down", Keys: key(fyne.KeyPageDown), Enabled: listed, Repeats: true, Run: move(pageRows)},
		{ID: "library.page-up", Title: "library.page-up", Keys: key(fyne.KeyPageUp), Enabled: listed, Repeats: true, Run: move(-pageRows)},
		{ID: "library.end", Title: "library.end", Keys: key(fyne.KeyEnd), Enabled: listed, Run: func() { move(s.model.size())() }},
		{ID: "library.home", Title: "library.home", Keys: key(fyne.KeyHome), Enabled: listed, Run: func() { move(-s.model.size())() }},
	}
	for i := range all {
		all[i].Screen = screen.Library
	}
	all = append(all, s.copying()...)
	return append(all, s.searchCommand())
}

// pageRows is how far Page Up and Page Down go.
const pageRows = 15

// open opens the chosen call, as picked unless a draw holds it.
func (s *Screen) open() {
	if s.searching() {
		s.openHit()
	} else if uid, ok := s.model.chosenCall(); ok {
		s.Shell.Open(uid, 0)
	}
}

func (s *Screen) nextTab() {
	s.model.tab = (s.model.tab + 1) % tabs
	s.refresh()
}
