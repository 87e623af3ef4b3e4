package session

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

// page is the page in a window, of a party on a network. It is the page's shell.
type page struct {
	t       *testing.T
	lang    string
	network *network
	screen  *Screen
	window  fyne.Window
	surface *widget.Surface
	table   *command.Table
	queue   chan func()

	toast, dialog, opened, copied string
	at                            time.Duration
	failure                       error
	answers                       []screen.Answer
	dismiss                       func()
}

// Say and what follows make a page a screen.Shell.
func (p *page) Say(key text.Key, args review.Args) string { return p.Text().Say(key, args) }
func (p *page) Text() *text.Catalog                       { return text.For(p.lang) }
func (p *page) Zone() *time.Location                      { return time.UTC }
func (p *page) Post(do func())                            { p.queue <- do }
func (p *page) Canvas() fyne.Canvas                       { return p.window.Canvas() }
func (p *page) Surface()                                  { p.surface.Take() }
func (p *page) Toast(message, _ string, _ func())         { p.toast = message }
func (p *page) Fail(err error)                            { p.failure = err }
func (p *page) Full(bool)                                 {}
func (p *page) Go(string)                                 {}
func (p *page) Open(uid string, at time.Duration)         { p.opened, p.at = uid, at }
func (p *page) Wrote()                                    { p.screen.Changed() }
func (p *page) Painted()                                  {}

func (p *page) Key(id string) string {
	if p.table == nil {
		return ""
	}
	return p.table.Label(id, p.Say)
}

func (p *page) Dialog(title string, content fyne.CanvasObject, answers ...screen.Answer) func() {
	p.dialog, p.answers = title, answers
	popup := fynewidget.NewModalPopUp(container.NewVBox(content), p.Canvas())
	popup.Show()
	p.dismiss = func() {
		p.dialog = ""
		popup.Hide()
	}
	return p.dismiss
}

// choose gives an answer of the open dialog, if it can be given.
func (p *page) choose(n int) {
	p.t.Helper()
	a := p.answers[n]
	if p.dialog == "" || a.Enabled != nil && !a.Enabled() {
		p.t.Fatalf("answer %q cannot be given to %q", a.Text, p.dialog)
	}
	p.dismiss()
	if a.Choose != nil {
		a.Choose()
	}
	p.wait()
}

// open shows the page of a party's library.
func open(t *testing.T, party *party, lang string) *page {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Fixed(fynetheme.VariantLight))
	p := &page{t: t, lang: lang, network: &network{party: party}, queue: make(chan func(), 1000)}
	p.window = test.NewTempWindow(t, widget.NewText("", widget.Look{}))
	p.window.SetPadded(false)
	p.screen = New(Deps{
		Shell: p, Desk: party, Live: p.network, Me: party.authors[party.me].ID, As: "kim", Folder: "/home/kim",
		Copy:   func(text string) { p.copied = text },
		Pick:   func(_ string, chosen func(string)) { chosen("/mnt/from-anna.earshot-session") },
		Browse: func(string, func(string)) {}, Exists: func(string) bool { return true },
	})
	t.Cleanup(p.screen.Close)
	table, err := command.New(p.screen.Commands()...)
	if err != nil {
		t.Fatal(err)
	}
	p.table, p.surface = table, widget.NewSurface(p.Canvas())
	at := func() command.Context {
		return command.Context{Screen: screen.Session, Place: command.PlaceOn(p.Canvas())}
	}
	p.surface.OnKey = func(name fyne.KeyName, mod fyne.KeyModifier, repeat bool) {
		p.table.Press(command.Named(name, mod), at(), repeat)
	}
	p.surface.OnRune = func(r rune, repeat bool) { p.table.Press(command.Rune(r), at(), repeat) }
	p.window.SetContent(p.screen.Content())
	p.window.Resize(fyne.NewSize(1192, 800))
	p.screen.Show()
	p.wait()
	return p
}

// wait runs what the jobs post until none is under way.
func (p *page) wait() {
	p.t.Helper()
	for p.screen.reading != nil || p.screen.acting {
		(<-p.queue)()
	}
}

// press gives keys to the surface, and write letters.
func (p *page) press(names ...fyne.KeyName) {
	p.t.Helper()
	for _, name := range names {
		p.surface.TypedKey(&fyne.KeyEvent{Name: name})
		p.wait()
	}
}

func (p *page) write(letters string) {
	p.t.Helper()
	for _, r := range letters {
		p.surface.TypedRune(r)
		p.wait()
	}
}

func (p *page) rows() []string {
	var t screen.Trace
	p.screen.Trace(&t)
	return t.Rows
}
