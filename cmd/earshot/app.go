package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"github.com/earshot-app/earshot/assets"
	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/cmd/internal/demo"
	"github.com/earshot-app/earshot/cmd/internal/instance"
	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/ui"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/listen"
	"github.com/earshot-app/earshot/ui/meeting"
	sessionpage "github.com/earshot-app/earshot/ui/session"
)

// The window's size at the first start.
const width, height = 1280, 800

// app is the one window, and the library that is open in it. Its methods
// belong to Fyne's goroutine.
type app struct {
	texts   *text.Catalog
	folders config.Folders
	home    string          // the library of this start, to which the demo leads back
	first   *instance.First // nil when no other start can be told of this one
	trace   *os.File
	log     *slog.Logger
	paths   []string // to import once the library is open

	window    fyne.Window
	loop      *ui.Loop // nil turns as Fyne does
	settings  config.Settings
	jobs      *job.Runner
	player    *playback.Player
	sound     *ear
	library   *library.Library // nil while none is open
	shell     *ui.Shell        // of library
	listen    *listen.Screen
	meeting   *meeting.Screen
	sessions  *sessionpage.Screen
	rooms     *rooms // of library
	copying   copying
	retaining retaining
	ending    *ending

	afterwards func() // to do once the library is open after [app.restore]; nil for nothing
	closed     bool
}

// run opens the window and returns when it is closed and all is saved. It
// answers [NoWindow].
func (a *app) run() error {
	defer a.close()
	icon := fyne.NewStaticResource("icon.svg", assets.Icon)
	fyneapp.SetMetadata(fyne.AppMetadata{
		ID: assets.ID, Name: assets.Name, Version: assets.Version, Build: assets.Build, Icon: icon,
		Migrations: map[string]bool{"fyneDo": true},
	})
	a.magnify()
	fyne := fyneapp.NewWithID(assets.ID)
	fyne.SetIcon(icon)
	var err error
	if a.window, err = newWindow(fyne); err != nil {
		return err
	}
	a.window.SetPadded(false)
	a.window.SetMaster()
	a.window.SetCloseIntercept(a.quit)
	a.resize()
	a.loop = a.newLoop()
	a.jobs = job.NewRunner(a.loop.Post)
	a.player = playback.NewPlayer(playback.System{}, a.played)
	a.sound = newEar(a.player)
	fyne.Lifecycle().SetOnStarted(a.started)
	fyne.Lifecycle().SetOnEnteredForeground(a.entered)
	a.ending = newEnding()
	a.window.ShowAndRun()
	a.end() // Fyne's own ways out, such as the menu of a Mac
	return nil
}

// magnify sets how large text and all around it are, which Fyne asks once. Whoever
// set it for every app of theirs goes before.
func (a *app) magnify() {
	const variable = "FYNE_SCALE"
	if size := a.settings.Size; size > 0 && os.Getenv(variable) == "" {
		os.Setenv(variable, strconv.FormatFloat(float64(size)/100, 'f', 2, 64))
	}
}

// NoWindow is answered where no window can be opened.
const NoWindow review.Code = "no-window"

// newWindow makes a window. Where there is no display, Fyne 2.7.1 panics.
func newWindow(a fyne.App) (w fyne.Window, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = review.Fail(NoWindow, nil).Because(fmt.Errorf("%v", p))
		}
	}()
	return a.NewWindow(assets.Name), nil
}

func (a *app) resize() {
	size := fyne.NewSize(width, height)
	if a.settings.Width > 0 {
		size = fyne.NewSize(a.settings.Width, a.settings.Height)
	}
	a.window.Resize(size)
}

func (a *app) started() {
	a.setTheme(string(a.settings.Theme)) // before, Fyne 2.7.1 would not watch the system's (fyne#6056)
	if a.first != nil {
		a.first.Listen(func(paths []string) { a.loop.Post(func() { a.later(paths) }) })
	}
	a.loop.Start()
	a.connect()
	a.open(a.home)
}

// entered is told when a person comes to the window: what they copied meanwhile
// should be there.
func (a *app) entered() {
	if a.shell != nil {
		a.shell.Rescan()
	}
}

// later is what another start of the app has asked for.
func (a *app) later(paths []string) {
	if a.closed {
		return
	}
	a.window.Show()
	a.window.RequestFocus()
	if a.shell == nil {
		a.paths = append(a.paths, paths...)
		return
	}
	a.asked(paths)
}

// open closes the library that is open and opens another.
func (a *app) open(file string) {
	a.leave()
	work := func(ctx context.Context, _ func(job.Progress)) (*library.Library, error) {
		return library.Open(ctx, file, a.folders)
	}
	observe := func(state job.State) {
		if state.Visible {
			a.window.SetContent(ui.Opening(a.texts))
		}
	}
	job.Run(a.jobs, "", work, observe, func(l *library.Library, err error) {
		if err == nil {
			err = a.show(l)
		}
		if err != nil {
			a.log.Error("open the library", "file", file, "error", err)
			a.window.SetContent(ui.Failed(a.texts, err, func() { a.open(file) }, a.quit, a.wayBack(file, err)...))
		}
	})
}

// show puts an open library into the window.
func (a *app) show(l *library.Library) error {
	rooms, err := a.newRooms(l, a.inSession)
	if err != nil {
		a.shut(l)
		return err
	}
	a.rooms = rooms
	a.ending.begin(func() { a.loop.Post(a.told) }, rooms.close)
	shell, err := ui.New(ui.Parts{
		Window: a.window, Loop: a.loop, Desk: l.Desk, Text: a.texts, Zone: time.Local, Log: a.log,
		Screens: a.screens(l),
		Library: l.File, Home: a.home, Demo: a.makeDemo, Open: a.open,
		Choose: chooser(), Folder: a.settings.Folder, Chosen: func(folder string) { a.settings.Folder = folder },
		Quit: a.quit, Wrote: rooms.Wake, Trace: a.traceWriter(),
	})
	if err != nil {
		a.shut(l)
		return err
	}
	a.library, a.shell = l, shell
	shell.Start()
	a.listen.RunPlan()
	a.retaining.begin(a, l)
	if l.File == a.home {
		a.copying.begin(a, l.File)
	}
	if a.afterwards != nil {
		a.afterwards()
		a.afterwards = nil
	}
	if len(a.paths) > 0 {
		a.asked(a.paths)
		a.paths = nil
		return nil
	}
	shell.Rescan()
	return nil
}

func (a *app) shut(l *library.Library) {
	if err := l.Close(); err != nil {
		a.log.Error("close the library", "error", err)
	}
}

// traceWriter keeps a file that is not there from looking like a writer.
func (a *app) traceWriter() io.Writer {
	if a.trace == nil {
		return nil
	}
	return a.trace
}

func (a *app) makeDemo(ctx context.Context, report func(job.Progress)) (string, error) {
	parts := demo.Parts{Folder: a.folders.Data, Random: rand.Reader, Clock: library.Clock{}, IDs: library.IDs{}, Zone: time.Local}
	return demo.Make(ctx, parts, func(done, total int) { report(job.Progress{Done: int64(done), Total: int64(total)}) })
}

// leave closes the library that is open, its screens first: they save where
// the listener is.
func (a *app) leave() {
	if a.shell == nil {
		return
	}
	a.copying.end()
	a.retaining.end()
	a.shell.Close()
	a.player.Load(nil, 0, nil)
	if err := a.rooms.close(); err != nil {
		a.log.Error("end the session", "error", err)
	}
	a.ending.hold(nil)
	a.shut(a.library)
	a.shell, a.library, a.rooms = nil, nil, nil
}

// quit ends the app, and the process with it: Fyne 2.7.1, when its window is
// closed, shuts the queue of its goroutine while it still sends to it, and now and
// then panics or never returns.
func (a *app) quit() {
	a.window.Hide()
	a.end()
	os.Exit(done)
}

// told is called when the system asks the app to end.
func (a *app) told() {
	if !a.closed {
		a.quit()
	}
}

// end closes everything and makes the last copy of the library.
func (a *app) end() {
	a.close()
	a.ending.close()
	a.copying.make(context.Background(), a, a.home, sqlite.Ended)
}

// close ends everything in order and saves how the app was left.
func (a *app) close() {
	if a.closed {
		return
	}
	a.closed = true
	if a.first != nil {
		a.first.Close()
	}
	if a.trace != nil {
		defer a.trace.Close() // every line was written as it came
	}
	if a.window == nil {
		return
	}
	a.leave()
	a.jobs.Close()
	a.player.Close()
	if size := a.window.Canvas().Size(); size.Width > 0 {
		a.settings.Width, a.settings.Height = size.Width, size.Height
	}
	if err := a.folders.SaveSettings(a.settings); err != nil {
		a.log.Error("save the settings", "error", err)
	}
}
