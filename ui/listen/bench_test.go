package listen_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/listen"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// bench is the page with everything around it made by hand.
type bench struct {
	t        *testing.T
	page     *listen.Screen
	shell    *shell
	desk     *library
	player   *player
	room     *room
	files    files
	window   fyne.Window
	silent   bool
	problems []*review.Error // of the recordings
	noCard   bool            // trying again finds no card
	tries    int             // how often a card was looked for
	habits   listen.Habits
	surveys  surveys
	opens    error // what opening a recording answers, if not nil
	opened   int   // sources that are open now
	mu       sync.Mutex
}

// run tests the page in a bubble, where settle waits for all of its goroutines.
func run(t *testing.T, do func(b *bench)) { runIn(t, "en", do) }

func runIn(t *testing.T, lang string, do func(b *bench)) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fynetheme.VariantLight, lang)
		b.page.Show()
		b.settle()
		do(b)
		b.page.Close()
		b.settle()
		b.player.Load(nil, 0, nil)
		if b.opened != 0 {
			t.Errorf("%d recordings were left open", b.opened)
		}
	})
}

func newBench(t *testing.T, variant fyne.ThemeVariant, lang string) *bench {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.Fixed(variant))
	b := &bench{t: t, desk: newLibrary(), player: &player{}, room: &room{}, habits: listen.Habits{Speed: 1}}
	b.window = test.NewTempWindow(t, nil)
	b.window.SetPadded(false)
	b.shell = &shell{texts: text.For(lang), canvas: b.window.Canvas()}
	b.page = listen.New(listen.Deps{
		Shell: b.shell, Desk: b.desk, Player: b.player, Open: b.open, Surveys: &b.surveys,
		Problems: func(playback.Source) []*review.Error { return b.problems },
		Sound:    b.sound, Retry: b.retry, Habits: b.habits, Keep: func(h listen.Habits) { b.habits = h },
		Together: b.room, Files: b.files.deps(),
	})
	table, err := command.New(b.page.Commands()...)
	if err != nil {
		t.Fatal(err)
	}
	b.shell.table = table
	return b
}

func (b *bench) open(_ context.Context, recordings []review.Recording) (playback.Source, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.opens != nil {
		return nil, b.opens
	}
	b.opened++
	r := recordings[0]
	return &source{rate: r.Rate, channels: r.Channels, frames: r.Frames, closed: func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.opened--
	}}, nil
}

func (b *bench) sound() error {
	if b.silent {
		return review.Fail(playback.DeviceLost, nil)
	}
	return nil
}

func (b *bench) retry() error {
	b.tries++
	b.silent = b.noCard
	return b.sound()
}

// settle waits until nothing goes on any more.
func (b *bench) settle() { b.shell.queue.Settle() }

// press presses keys, each named as on the help page or by its rune.
func (b *bench) press(keys ...string) {
	for _, key := range keys {
		b.shell.table.Press(keyOf(key), contextOf(b), false)
		b.settle()
	}
}

// inField presses named keys in the field that has the focus.
func (b *bench) inField(names ...fyne.KeyName) {
	b.t.Helper()
	for _, name := range names {
		field, ok := b.window.Canvas().Focused().(*widget.Field)
		if !ok {
			b.t.Fatalf("no field has the focus for %s", name)
		}
		field.TypedKey(&fyne.KeyEvent{Name: name})
		b.settle()
	}
}

// types types into the field that has the focus, or that a dialog has.
func (b *bench) types(words string) {
	b.t.Helper()
	var field *widget.Field
	if n := len(b.shell.dialogs); n > 0 {
		field = fieldIn(b.shell.dialogs[n-1].content)
	} else {
		field, _ = b.window.Canvas().Focused().(*widget.Field)
	}
	if field == nil {
		b.t.Fatal("there is no field to type in")
	}
	test.Type(field, words)
	b.settle()
}

func fieldIn(o fyne.CanvasObject) *widget.Field {
	if c, ok := o.(*fyne.Container); ok {
		for _, child := range c.Objects {
			if f := fieldIn(child); f != nil {
				return f
			}
		}
	}
	f, _ := o.(*widget.Field)
	return f
}

// command runs a command as a tap on its menu item does.
func (b *bench) command(id string) {
	b.shell.table.Run(id, command.Context{Screen: screen.Listen})
	b.settle()
}

// closed makes the page stand where no draw is open.
func (b *bench) closed() {
	b.desk.open = false
	for _, uid := range b.desk.calls {
		b.desk.change(uid, func(v *desk.CallView) { v.Call.State = review.New })
	}
	b.page.Changed()
	b.settle()
}

func contextOf(b *bench) command.Context {
	place := command.PlaceOn(b.window.Canvas())
	if len(b.shell.dialogs) > 0 {
		place = command.Dialog
	}
	return command.Context{Screen: screen.Listen, Place: place}
}

func keyOf(key string) command.Key {
	if r := []rune(key); len(r) == 1 {
		return command.Rune(r[0])
	}
	var mods []fyne.KeyModifier
	name, shift := strings.CutPrefix(key, "Shift+")
	if shift {
		mods = append(mods, fyne.KeyModifierShift)
	}
	name, ctrl := strings.CutPrefix(name, "Ctrl+")
	if ctrl {
		mods = append(mods, fyne.KeyModifierControl)
	}
	return command.Named(fyne.KeyName(name), mods...)
}

// plays lets the call play on to a place.
func (b *bench) plays(to time.Duration) {
	b.player.at = to
	b.player.played = append(b.player.played, sound.Span{To: to})
	listen.Tick(b.page, to)
	b.settle()
}

func (b *bench) trace() screen.Trace {
	var t screen.Trace
	b.page.Trace(&t)
	return t
}

// did fails unless exactly these acts reached the library since the last time.
func (b *bench) did(want ...string) {
	b.t.Helper()
	if got := b.desk.take(); !slices.Equal(got, want) {
		b.t.Errorf("did %q, want %q", got, want)
	}
}

// answer gives the n-th answer of the dialog that is open.
func (b *bench) answer(n int) {
	b.t.Helper()
	if len(b.shell.dialogs) == 0 {
		b.t.Fatal("no dialog is open")
	}
	d := b.shell.dialogs[len(b.shell.dialogs)-1]
	b.shell.dialogs = b.shell.dialogs[:len(b.shell.dialogs)-1]
	a := d.answers[n]
	if a.Enabled != nil && !a.Enabled() {
		b.t.Fatalf("answer %q is switched off", a.Text)
	}
	if a.Choose != nil {
		a.Choose()
	}
	b.settle()
}
