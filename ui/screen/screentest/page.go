// Package screentest shows a screen in a window without a display, for its tests:
// keys go in, and what the screen asks of its shell is kept.
//
//	p := screentest.Open(t, "en", func(shell screen.Shell) (screen.Screen, func() bool) {
//		s := New(Deps{Shell: shell})
//		return s, func() bool { return s.reading.Busy() }
//	})
//	p.Write("h")
//	p.Choose(0)
//
// All runs on the test's goroutine: what jobs post waits in a queue until the test
// waits for it.
package screentest

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// A Page is a screen in a window, and the [screen.Shell] that it asks.
type Page struct {
	T      *testing.T
	Window fyne.Window
	Keys   *widget.Surface // hears keys while no field does
	Table  *command.Table

	Said    string // the last toast
	Act     func() // of it
	Failure error
	Opened  string // uid of a call
	At      time.Duration
	Went    string // a screen's name
	Asked   string // the title of the dialog, "" when none is open
	Answers []screen.Answer
	Dismiss func() // closes it without an answer

	lang   string
	screen screen.Screen
	busy   func() bool
	queue  chan func()
}

// Open shows a screen in a language, and waits until it has read. The screen is
// built with its shell; busy tells whether a job is under way that has still to
// post what it found.
func Open(t *testing.T, lang string, build func(screen.Shell) (s screen.Screen, busy func() bool)) *Page {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Fixed(fynetheme.VariantLight))
	p := &Page{T: t, lang: lang, queue: make(chan func(), 1000)}
	p.Window = test.NewTempWindow(t, widget.NewText("", widget.Look{}))
	p.Window.SetPadded(false)
	p.screen, p.busy = build(p)
	t.Cleanup(p.screen.Close)
	table, err := command.New(p.screen.Commands()...)
	if err != nil {
		t.Fatal(err)
	}
	p.Table, p.Keys = table, widget.NewSurface(p.Canvas())
	at := func() command.Context {
		return command.Context{Screen: p.screen.Name(), Place: command.PlaceOn(p.Canvas())}
	}
	p.Keys.OnKey = func(name fyne.KeyName, mod fyne.KeyModifier, repeat bool) {
		p.Table.Press(command.Named(name, mod), at(), repeat)
	}
	p.Keys.OnRune = func(r rune, repeat bool) { p.Table.Press(command.Rune(r), at(), repeat) }
	p.Window.SetContent(p.screen.Content())
	p.Window.Resize(fyne.NewSize(1192, 800))
	p.screen.Show()
	p.Wait()
	return p
}

// Wait runs what the jobs post until none is under way.
func (p *Page) Wait() {
	p.T.Helper()
	p.Until(func() bool { return !p.busy() })
	for range 3 { // texts that wrap know their height on the frame after
		p.Window.Content().Refresh()
	}
}

// Until runs what the jobs post until something is so.
func (p *Page) Until(so func() bool) {
	p.T.Helper()
	for !so() {
		(<-p.queue)()
	}
}

// Press gives keys to whatever hears them.
func (p *Page) Press(names ...fyne.KeyName) {
	p.T.Helper()
	for _, name := range names {
		p.hears().TypedKey(&fyne.KeyEvent{Name: name})
		p.Wait()
	}
}

// Write gives letters to whatever hears them.
func (p *Page) Write(letters string) {
	p.T.Helper()
	for _, r := range letters {
		p.hears().TypedRune(r)
		p.Wait()
	}
}

func (p *Page) hears() interface {
	TypedKey(*fyne.KeyEvent)
	TypedRune(rune)
} {
	if focus := p.Canvas().Focused(); focus != nil {
		return focus
	}
	return p.Keys
}

// Choose gives an answer to the open dialog, which must allow it.
func (p *Page) Choose(n int) {
	p.T.Helper()
	a := p.Answers[n]
	if p.Asked == "" || a.Enabled != nil && !a.Enabled() {
		p.T.Fatalf("answer %q cannot be given to %q", a.Text, p.Asked)
	}
	p.Dismiss()
	if a.Choose != nil {
		a.Choose()
	}
	p.Wait()
}

// Rows are what the trace says that the screen lists.
func (p *Page) Rows() []string {
	var t screen.Trace
	p.screen.Trace(&t)
	return t.Rows
}

// Say and what follows make a page a [screen.Shell].
func (p *Page) Say(key text.Key, args review.Args) string { return p.Text().Say(key, args) }

// Text is of the page's language.
func (p *Page) Text() *text.Catalog { return text.For(p.lang) }

// Zone is UTC.
func (p *Page) Zone() *time.Location { return time.UTC }

// Post queues do until the test waits.
func (p *Page) Post(do func()) { p.queue <- do }

// Canvas is the window's.
func (p *Page) Canvas() fyne.Canvas { return p.Window.Canvas() }

// Key is a command's in the screen's own table.
func (p *Page) Key(id string) string {
	if p.Table == nil {
		return ""
	}
	return p.Table.Label(id, p.Say)
}

// Surface takes the focus back from fields.
func (p *Page) Surface() { p.Keys.Take() }

// Toast keeps what is said, and what may be done about it.
func (p *Page) Toast(message, _ string, act func()) { p.Said, p.Act = message, act }

// Fail keeps what went wrong.
func (p *Page) Fail(err error) { p.Failure = err }

// Dialog shows content over the page, with its answers as buttons.
func (p *Page) Dialog(title string, content fyne.CanvasObject, answers ...screen.Answer) func() {
	p.Asked, p.Answers = title, answers
	buttons := container.NewHBox()
	for i, a := range answers {
		buttons.Add(widget.NewButton(a.Text, widget.Weight(1-min(i, 1)), nil))
	}
	box := container.New(widget.Column{Gap: theme.Gap, Margin: theme.Gap},
		widget.NewText(title, widget.Look{Size: theme.TextHeading, Bold: true}), content, buttons)
	popup := fynewidget.NewModalPopUp(box, p.Canvas())
	popup.Resize(fyne.NewSize(500, box.MinSize().Height))
	popup.Show()
	p.Dismiss = func() {
		p.Asked = ""
		popup.Hide()
	}
	return p.Dismiss
}

// Full changes nothing.
func (p *Page) Full(bool) {}

// Go keeps where to.
func (p *Page) Go(name string) { p.Went = name }

// Open keeps which call, and where in it.
func (p *Page) Open(uid string, at time.Duration) { p.Opened, p.At = uid, at }

// Wrote lets the screen read again.
func (p *Page) Wrote() { p.screen.Changed() }

// Painted changes nothing.
func (p *Page) Painted() {}
