// Package screen is what a page of the window is to the shell, and what the
// shell is to a page.
//
// A [Screen] is built once and lives as long as the window. It reads the
// library in jobs of its own (package job), keeps what it shows in a pure
// model, and tells the shell in [Screen.Trace] what it shows. It never touches
// another screen: it asks the [Shell] to go there.
package screen

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/command"
)

// The names of the screens: where a command belongs, and what the trace says.
const (
	Listen   = "listen"
	Issues   = "issues"
	Meeting  = "meeting"
	Session  = "session"
	Library  = "library"
	Settings = "settings"
)

// Screen is one page of the window. All its methods are called on Fyne's
// goroutine.
type Screen interface {
	// Name is one of the names above.
	Name() string
	// Content is the page with its header, built by the first call.
	Content() fyne.CanvasObject
	// Commands are what can be done on the page, for the one table of the
	// window; their Screen is Name.
	Commands() []command.Command
	// Show is called whenever the page comes to the front, Hide when it leaves.
	Show()
	Hide()
	// Changed is called when the library has changed, by whomever: the page
	// reads again what it shows. A hidden page may wait until Show.
	Changed()
	// Trace adds what the page shows to t.
	Trace(t *Trace)
	// Close ends the page's jobs. Nothing is called after it.
	Close()
}

// Explainer is a [Screen] that shows figures. Explain tells what those one is at
// mean, in a dialog, and answers false when there is nothing to explain.
type Explainer interface {
	Explain() bool
}

// Shell is what a page may ask of the window. Post may be called from any
// goroutine, the rest belongs to Fyne's.
type Shell interface {
	// Say gives the text of a key, and Text all that is told by language.
	Say(key text.Key, args review.Args) string
	Text() *text.Catalog
	// Zone is where dates are shown.
	Zone() *time.Location
	// Post queues do for Fyne's goroutine.
	Post(do func())
	// Canvas is the window's.
	Canvas() fyne.Canvas
	// Key is the key of a command as a keycap shows it, "" for none.
	Key(id string) string
	// Surface takes the focus back from fields.
	Surface()
	// Toast says something in passing; action, if not "", is offered beside it.
	Toast(message, action string, act func())
	// Fail tells a person once what went wrong and what to do.
	Fail(err error)
	// Dialog shows content over the page until an answer is chosen; Esc chooses
	// the last. The returned function closes it without an answer.
	Dialog(title string, content fyne.CanvasObject, answers ...Answer) (dismiss func())
	// Full lets the page fill the window, without the rail, or ends that.
	Full(full bool)
	// Go brings the screen of a name to the front.
	Go(name string)
	// Open brings a call to the front of Listen, at a time, and plays it. A
	// call that no open draw holds is opened as picked.
	Open(uid string, at time.Duration)
	// Wrote is called after every act: the shell reads the library again at
	// once instead of at the next look.
	Wrote()
	// Painted is called when the page has changed what it shows, so that the
	// trace says it after the next painted frame.
	Painted()
}

// Answer is one way to end a dialog.
type Answer struct {
	Text    string
	Primary bool        // chosen by Enter
	Enabled func() bool // nil is always; asked again while the dialog is open
	Choose  func()      // nil does nothing; the dialog is closed before it runs
}

// Trace is one line of the trace: what the window shows. Private fields are
// never in it.
type Trace struct {
	Time    time.Time     `json:"t"`
	Screen  string        `json:"screen"`
	Focus   string        `json:"focus"` // "surface", "field", or "dialog"
	Call    string        `json:"call"`  // uid
	Pos     float64       `json:"pos"`   // seconds, as heard
	Playing bool          `json:"playing"`
	Shown   []float64     `json:"shown,omitempty"` // of a waveform that is zoomed: from and to, in seconds
	Moments []TraceMoment `json:"moments"`
	Rows    []string      `json:"rows"` // what the page lists, a line each
	Toast   string        `json:"toast"`
	Dialog  string        `json:"dialog"` // its title
}

// TraceMoment is a moment of the call that is shown.
type TraceMoment struct {
	ID       string  `json:"id"`
	Issue    string  `json:"issue"`
	At       float64 `json:"at"` // seconds
	Until    float64 `json:"until,omitempty"`
	Words    string  `json:"words,omitempty"`
	Selected bool    `json:"selected,omitempty"`
}
