// Package ui is the shell: the window around the screens.
//
// A [Shell] serves one open library in one window. It puts the screens that it
// is given beside a rail of their names, makes menus, keys and the help page
// from one table of their commands and its own, shows toasts and dialogs,
// imports, undoes, and looks once a second whether anyone wrote to the library.
// Another library in the same window is another shell: Close, then New.
//
//	shell, err := ui.New(parts)     // on Fyne's goroutine, as all its methods
//	defer shell.Close()
//	shell.Start()
//
// # Keys
//
// Keys come from the window's surface while no field has the focus, and from
// the menus when they carry Ctrl, Alt or Super. A dialog is the only thing that
// hears keys while it is open: Enter gives its primary answer and Esc its last.
//
// # Goroutines
//
// Everything here runs on Fyne's goroutine but some that the shell owns: they
// look at the library, undo, keep time and write the trace. They, and the jobs,
// reach Fyne's only through [Loop.Post]; a [Loop] alone calls fyne.Do. Close ends
// them all.
//
// # Trace
//
// With [Parts.Trace] the shell writes a screen.Trace as a line of JSON after
// each change that has been painted. A change of nothing but the playing
// position is written four times a second.
package ui

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/widget"
)

// Desk is what the shell itself asks of the library; *desk.Desk is one.
type Desk interface {
	Version(ctx context.Context) (int64, error)
	Size(ctx context.Context) (int64, error)
	Import(ctx context.Context, req desk.ImportRequest, progress func(desk.Imported)) (desk.Imported, error)
	Preview(ctx context.Context, req desk.ImportRequest) (desk.Preview, error)
	NameParts(example string) (name string, parts []desk.NamePart)
	Pattern(example string, parts []desk.NamePart) (profile string, err error)
	PreviewTable(ctx context.Context, req desk.ImportRequest) (desk.TablePreview, error)
	Rescan(ctx context.Context, roots []string, progress func(desk.Imported)) (desk.Rescanned, error)
	// Undo and Redo answer review.NothingUndo and review.NothingRedo.
	Undo(ctx context.Context) (desk.Step, error)
	Redo(ctx context.Context) (desk.Step, error)
}

// Parts are what a shell is made of.
type Parts struct {
	Window fyne.Window
	Loop   *Loop // of the app
	Desk   Desk
	Text   *text.Catalog
	Zone   *time.Location
	Log    *slog.Logger
	// Screens makes the screens, in the order of the rail; the last of them
	// lies at its foot.
	Screens func(*Shell) []screen.Screen
	// Library is the file of this library, and Home that of the person's own,
	// which is another one while the demo is open.
	Library, Home string
	// Demo makes the demo library if it is not there yet and answers its file.
	Demo func(ctx context.Context, report func(job.Progress)) (library string, err error)
	// Open closes this shell and opens another library in the window.
	Open func(library string)
	// Choose lets a person choose a file or folder in the system's own dialog,
	// starting at its folder; it waits for them. path is "" when they chose
	// none, and ok is false where there is no such dialog. It may be nil.
	Choose func(ctx context.Context, c Choice) (path string, ok bool)
	// Folder is where a file dialog begins; Chosen is told when a person chose
	// another.
	Folder string
	Chosen func(folder string)
	// Quit ends the app.
	Quit func()
	// Wrote is told of every act at once; nil for nobody.
	Wrote func()
	// Trace is given the lines of the trace; nil for none.
	Trace io.Writer
}

// Shell is the window of one open library. It implements screen.Shell.
type Shell struct {
	parts   Parts
	do      func(func())                       // the loop's Post
	frames  func(look func() (painted func())) // as Loop.atFrame
	screens []screen.Screen
	table   *command.Table
	menus   *command.Menus
	surface *widget.Surface
	toast   *widget.Toast
	frame   *frame
	view    view
	jobs    *job.Runner
	acts    *acts
	tracer  *tracer // nil without a trace

	chosen    screen.Screen // what the rail says
	front     screen.Screen // what is shown of it; nil for the welcome
	known     bool          // whether the library has been looked at
	empty     bool
	modals    []*modal // open dialogs, the last is on top
	importing *job.Job
	last      *imported

	rescanning *job.Job
	rescanDue  time.Time // when the sources may be looked through again unasked

	life   context.Context
	end    context.CancelFunc
	owned  sync.WaitGroup
	wrote  chan struct{}
	closed atomic.Bool
}

var _ screen.Shell = (*Shell)(nil)

// New builds the window's content. It fails when the screens' commands do not
// fit into one table, which is a mistake of the program.
func New(p Parts) (*Shell, error) {
	return build(p, p.Loop.Post, p.Loop.atFrame)
}

func build(p Parts, do func(func()), frames func(func() func())) (*Shell, error) {
	s := &Shell{parts: p, do: do, frames: frames, wrote: make(chan struct{}, 1)}
	s.life, s.end = context.WithCancel(context.Background())
	s.jobs = job.NewRunner(s.Post)
	s.acts = newActs()
	s.toast = widget.NewToast(s.after)
	s.view = newView()
	s.screens = p.Screens(s)
	var err error
	if s.table, err = command.New(s.commands()...); err != nil {
		s.Close()
		return nil, err
	}
	s.surface = widget.NewSurface(p.Window.Canvas())
	s.surface.OnKey = func(name fyne.KeyName, mod fyne.KeyModifier, repeat bool) { s.key(command.Named(name, mod), repeat) }
	s.surface.OnRune = func(r rune, repeat bool) { s.key(command.Rune(r), repeat) }
	s.menus = command.NewMenus(s.table, command.Window{Canvas: p.Window.Canvas(), Screen: s.screenName, Say: s.Say})
	s.frame = newFrame(s)
	if p.Trace != nil {
		s.tracer = newTracer(p.Trace, p.Log)
	}
	return s, nil
}

// Start shows the content in the window and begins to look at the library.
func (s *Shell) Start() {
	w := s.parts.Window
	w.SetTitle(s.title())
	w.SetMainMenu(s.mainMenu())
	w.SetContent(s.frame.content)
	w.SetOnDropped(func(_ fyne.Position, dropped []fyne.URI) { s.dropped(dropped) })
	if s.inDemo() {
		s.Toast(s.Say("shell.demo.notice", review.Args{"key": s.Key("app.demo")}), "", nil)
	}
	s.owned.Go(s.watch)
	s.owned.Go(s.pulse)
	if s.tracer != nil {
		s.owned.Go(func() { s.tracer.write(s.life) })
	}
}

// Close ends the screens, then all that the shell has under way. It waits for
// them, and nothing posted comes after it.
func (s *Shell) Close() {
	if s.closed.Load() {
		return
	}
	if s.front != nil {
		s.front.Hide()
	}
	s.closed.Store(true)
	for _, sc := range slices.Backward(s.screens) {
		sc.Close()
	}
	s.toast.Dismiss()
	s.acts.close()
	s.jobs.Close()
	s.end()
	s.owned.Wait()
}

// Say implements screen.Shell.
func (s *Shell) Say(key text.Key, args review.Args) string { return s.parts.Text.Say(key, args) }

// Text implements screen.Shell.
func (s *Shell) Text() *text.Catalog { return s.parts.Text }

// Zone implements screen.Shell.
func (s *Shell) Zone() *time.Location { return s.parts.Zone }

// Canvas implements screen.Shell.
func (s *Shell) Canvas() fyne.Canvas { return s.parts.Window.Canvas() }

// Key implements screen.Shell.
func (s *Shell) Key(id string) string {
	if s.table == nil { // a screen that asks while it is being made
		return ""
	}
	return s.table.Label(id, s.Say)
}

// Surface implements screen.Shell.
func (s *Shell) Surface() { s.surface.Take() }

// Post implements screen.Shell. After Close nothing that was posted runs.
func (s *Shell) Post(do func()) {
	s.do(func() {
		if !s.closed.Load() {
			do()
		}
	})
}

// after calls do on Fyne's goroutine in a while, unless that is cancelled.
func (s *Shell) after(wait time.Duration, do func()) (cancel func()) {
	cancelled := false
	timer := time.AfterFunc(wait, func() {
		s.Post(func() {
			if !cancelled {
				do()
				s.Painted()
			}
		})
	})
	return func() {
		cancelled = true
		timer.Stop()
	}
}

// Toast implements screen.Shell.
func (s *Shell) Toast(message, action string, act func()) {
	s.toast.Say(message, action, act)
	s.Painted()
}

// key gives a key that was pressed on the surface its meaning.
func (s *Shell) key(k command.Key, repeat bool) {
	if m := s.modal(); m == nil || !m.press(k) {
		s.table.Press(k, s.context(), repeat)
	}
	s.Painted()
}

func (s *Shell) context() command.Context {
	return command.Context{Screen: s.screenName(), Place: command.PlaceOn(s.Canvas())}
}
