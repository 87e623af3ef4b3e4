// Package library is the screen that says what is in the library: how many
// calls from which days, what has become of them, by queue and by category;
// every call, how many there were over time, where they come from, every draw,
// and what the last import left out.
//
// The list of calls makes only the rows in sight and holds only the pages near
// them, so a million calls take no more memory than a thousand; see pager.go.
// All is read in jobs while the page is in front. Opening a call from the list
// opens it as picked: it never enters a share.
package library

import (
	"context"
	"iter"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/forget"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
)

// Desk is what the screen reads; *desk.Desk is one.
type Desk interface {
	CallHours(ctx context.Context, f desk.CallFilter) ([]desk.HourCount, error)
	CallPage(ctx context.Context, f desk.CallFilter, from desk.ListPlace, most int) ([]review.Call, error)
	CallList(ctx context.Context, f desk.CallFilter) iter.Seq2[review.Call, error]
	CallCounts(ctx context.Context, f desk.CallFilter, edges []time.Time) ([]desk.PeriodCount, error)
	StateCounts(ctx context.Context) (map[review.State]int, error)
	Queues(ctx context.Context) ([]string, error)
	Categories(ctx context.Context) ([]string, error)
	Draws(ctx context.Context) ([]desk.Draw, error)
	Sources(ctx context.Context) ([]desk.LookedAt, error)
	ProfileName(profile string) string
	UnjoinedCounts(ctx context.Context) ([]desk.UnjoinedCount, error)
	Unjoined(ctx context.Context, root string, side desk.UnjoinedSide) iter.Seq2[desk.Unjoined, error]
	ProblemsOf(ctx context.Context, root string) ([]desk.Problem, error)
	Searching
	forget.Desk
}

// Deps are what the screen is made of.
type Deps struct {
	Shell screen.Shell
	Desk  Desk
	// Import and ImportWithTable let a person choose what to import.
	Import, ImportWithTable func()
	// Rescan looks through the sources again, and ImportAgain lets a person say
	// anew how the names in one of them are read.
	Rescan      func()
	ImportAgain func(root string)
	// ExportUnjoined writes what did not join in a source to a file, which lies in
	// Folder unless a person says otherwise. Exists reports whether there is one.
	ExportUnjoined func(ctx context.Context, root, path string) error
	Folder         string
	Exists         func(path string) bool
	// LastImport is what the last import said, a sentence for each thing that
	// it left out or corrected; ok is false before the first.
	LastImport func() (what string, lines []string, ok bool)
	// Copy puts a text on the clipboard. Nil copies nothing.
	Copy func(text string)
}

// Screen is the Library page.
type Screen struct {
	Deps
	jobs      *job.Runner
	model     *model
	view      *view // nil until Content
	reading   job.Reading[*contents]
	paging    *job.Job
	glimpsing *job.Job
	finding   *job.Job

	counting *job.Job
	recount  bool // once more when that is done
	counted  time.Time

	shown  bool
	stale  bool
	wanted bool // the caret in the field, once there is one
}

var _ screen.Screen = (*Screen)(nil)

// New returns the screen, which reads nothing until it is shown.
func New(d Deps) *Screen {
	s := &Screen{
		Deps: d, jobs: job.NewRunner(d.Shell.Post), stale: true,
		model: &model{text: d.Shell.Text(), zone: d.Shell.Zone()},
	}
	s.reading = job.Reading[*contents]{Runner: s.jobs, Work: s.readNow, Took: s.haveRead}
	return s
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

func (s *Screen) refresh() {
	s.model.keepInside()
	s.want(s.model.chosen)
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
	return append(all, s.searchCommand(), s.filterCommand(), s.forgetCommand())
}

// pageRows is how far Page Up and Page Down go.
const pageRows = 15

// open opens the chosen call, as picked unless a draw holds it.
func (s *Screen) open() {
	if s.searching() {
		s.openHit()
	} else if call, ok := s.model.chosenCall(); ok {
		s.Shell.Open(call.uid, 0)
	}
}

func (s *Screen) nextTab() {
	s.model.tab = (s.model.tab + 1) % tabs
	s.refresh()
}
