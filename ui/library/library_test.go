package library_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/review/sampling"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/library"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/screen/screentest"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// shell is the part of a shell that the page asks for.
type shell struct {
	screen.Shell // nil: what is not below is never asked for
	canvas       fyne.Canvas
	opened       []string
	at           []string // and when
	copied       []string
	rescans      int
	failed       error
	answers      []screen.Answer // of the last dialog
	wrote        int
	saved        []string
	asked        fyne.CanvasObject // in the last dialog
	queue        screentest.Queue
}

func (s *shell) Say(key text.Key, args review.Args) string { return s.Text().Say(key, args) }
func (s *shell) Text() *text.Catalog                       { return text.For("en") }
func (s *shell) Zone() *time.Location                      { return time.UTC }
func (s *shell) Canvas() fyne.Canvas                       { return s.canvas }
func (s *shell) Key(string) string                         { return "" }
func (s *shell) Painted()                                  {}
func (s *shell) Fail(err error)                            { s.failed = err }
func (s *shell) Go(string)                                 {}
func (s *shell) Toast(string, string, func())              {}

func (s *shell) Open(uid string, at time.Duration) {
	s.opened, s.at = append(s.opened, uid), append(s.at, fmt.Sprint(uid, " ", at))
}

func (s *shell) Post(do func()) { s.queue.Post(do) }

func (s *shell) settle() { s.queue.Settle() }

func (s *shelf) Transcribed(context.Context) (int, error) { return len(s.found), nil }

func (s *shelf) Search(_ context.Context, typed string, page desk.Page) (desk.Findings, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.searched = append(s.searched, fmt.Sprint(typed, " ", page))
	return desk.Findings{Calls: s.found, Total: len(s.found)}, nil
}

func (s *shelf) Draws(context.Context) ([]desk.Draw, error) { return s.draws, nil }

var noon = time.Date(2026, 11, 10, 12, 0, 0, 0, time.UTC)

func calls(n int) []review.Call {
	var all []review.Call
	for i := range n {
		all = append(all, review.Call{
			UID: fmt.Sprintf("call-%03d", i), Start: noon.Add(time.Duration(i) * time.Hour), Duration: 90 * time.Second,
			Queue: []string{"Billing", "Sales", ""}[i%3], Category: []string{"Other", "Kündigung"}[i%2],
			Agent: review.Hide("Dana Whitfield"), Customer: review.Hide("+1 202 555 0117"), State: review.New,
		})
	}
	return all
}

// page runs do with a shown page over a library.
func page(t *testing.T, s *shelf, do func(p *library.Screen, sh *shell, press func(...command.Key))) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.Fixed(fynetheme.VariantDark))
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(1024, 700))
	synctest.Test(t, func(t *testing.T) {
		sh := &shell{canvas: w.Canvas()}
		p := library.New(library.Deps{
			Shell: sh, Desk: s, Import: func() {}, ImportWithTable: func() {},
			LastImport: func() (string, []string, bool) { return "october", []string{"bad.wav: broken"}, true },
			Rescan:     func() { sh.rescans++ }, ImportAgain: func(string) {},
			ExportUnjoined: func(_ context.Context, root, path string) error {
				sh.saved = append(sh.saved, root+" in "+path)
				return nil
			},
			Folder: "/home", Exists: func(string) bool { return false },
			Copy: func(table string) { sh.copied = append(sh.copied, table) },
		})
		defer p.Close()
		w.SetContent(p.Content())
		p.Show()
		sh.settle()
		table, err := command.New(p.Commands()...)
		if err != nil {
			t.Fatal(err)
		}
		do(p, sh, func(keys ...command.Key) {
			for _, k := range keys {
				table.Press(k, command.Context{Screen: screen.Library}, false)
				sh.settle()
			}
		})
	})
}

func rows(p *library.Screen) []string {
	var t screen.Trace
	p.Trace(&t)
	return t.Rows
}

func key(name fyne.KeyName) command.Key { return command.Named(name) }

func TestTheNewestCallComesFirstAndNoNameIsShown(t *testing.T) {
	page(t, &shelf{calls: calls(5)}, func(p *library.Screen, _ *shell, _ func(...command.Key)) {
		want := []string{"5 calls, 10 Nov 2026", "Tue 10 Nov, 16:00 · 1:30 · Sales · Other · not drawn"}
		got := rows(p)
		if len(got) != 6 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("it says %q, want first %q", got, want)
		}
		for _, row := range got {
			if strings.Contains(row, "Dana") || strings.Contains(row, "0117") {
				t.Errorf("a name or number is shown: %s", row)
			}
		}
	})
}

func TestEnterOpensTheChosenCall(t *testing.T) {
	page(t, &shelf{calls: calls(40)}, func(_ *library.Screen, sh *shell, press func(...command.Key)) {
		press(key(fyne.KeyReturn), key(fyne.KeyDown), key(fyne.KeyDown), key(fyne.KeyReturn), key(fyne.KeyEnd), key(fyne.KeyReturn),
			key(fyne.KeyDown), key(fyne.KeyReturn), key(fyne.KeyPageUp), key(fyne.KeyReturn), key(fyne.KeyHome), key(fyne.KeyUp), key(fyne.KeyReturn))
		want := []string{"call-039", "call-037", "call-000", "call-000", "call-015", "call-039"}
		if !slices.Equal(sh.opened, want) {
			t.Errorf("opened %v, want %v", sh.opened, want)
		}
	})
}

func TestTheTabsShowDrawsAndTheLastImport(t *testing.T) {
	draw := desk.Draw{At: noon, Size: 24, Done: 18}
	draw.Number, draw.Frame.Size, draw.Seed, draw.ChosenSeed = 1, 12418, "abc", true
	draw.Filter = sampling.Filter{Queue: "Billing"}.String()
	page(t, &shelf{calls: calls(1), draws: []desk.Draw{draw}}, func(p *library.Screen, sh *shell, press func(...command.Key)) {
		press(command.Rune('v'), command.Rune('v'), command.Rune('v'))
		got := strings.Join(rows(p), "\n")
		for _, want := range []string{
			"Draw 1: 24 calls, 18 done. Open.", "10 Nov 2026, 12:00", "Billing queue", "12,418", "abc, chosen seed",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("the draws do not say %q: %s", want, got)
			}
		}
		press(key(fyne.KeyReturn))
		if len(sh.opened) > 0 {
			t.Error("Enter opened a call that is not shown")
		}
		press(command.Rune('v'))
		if got := rows(p)[1]; got != "bad.wav: broken" {
			t.Errorf("the last import says %q", got)
		}
	})
}

// A page that is not looked at reads nothing, and reads again when it is.
func TestAHiddenPageWaits(t *testing.T) {
	s := &shelf{calls: calls(1)}
	page(t, s, func(p *library.Screen, sh *shell, _ func(...command.Key)) {
		reads := s.reads
		p.Hide()
		s.mu.Lock()
		s.calls = calls(2)
		s.mu.Unlock()
		p.Changed()
		p.Changed()
		sh.settle()
		if s.reads != reads {
			t.Errorf("hidden, it read %d times", s.reads-reads)
		}
		p.Show()
		sh.settle()
		if got := rows(p)[0]; !strings.HasPrefix(got, "2 calls") {
			t.Errorf("shown again, it says %q", got)
		}
	})
}

// The choice stays inside a list that has become shorter.
func TestAChosenCallThatIsGoneIsNotOpened(t *testing.T) {
	s := &shelf{calls: calls(3)}
	page(t, s, func(p *library.Screen, sh *shell, press func(...command.Key)) {
		press(key(fyne.KeyEnd))
		s.mu.Lock()
		s.calls = calls(1)
		s.mu.Unlock()
		p.Changed()
		sh.settle()
		press(key(fyne.KeyReturn))
		if !slices.Equal(sh.opened, []string{"call-000"}) {
			t.Errorf("opened %v", sh.opened)
		}
	})
}

// hitsIn are two calls that every search finds, one with two hits.
func hitsIn() []desk.FoundCall {
	all := calls(2)
	hit := func(at time.Duration, text string) desk.Hit {
		return desk.Hit{At: at, Role: dialogue.Customer, Snippet: []desk.Piece{{Text: "my "}, {Text: text, Found: true}}}
	}
	return []desk.FoundCall{
		{Call: all[1], Hits: []desk.Hit{hit(65*time.Second, "refund"), hit(80*time.Second, "refund!")}, More: 4},
		{Call: all[0], Hits: []desk.Hit{hit(2*time.Second, "refund?")}},
	}
}

func TestSearchOpensTheCallBeforeTheWords(t *testing.T) {
	s := &shelf{calls: calls(3), found: hitsIn()}
	page(t, s, func(p *library.Screen, sh *shell, press func(...command.Key)) {
		press(command.Named(fyne.KeyF, fyne.KeyModifierShortcutDefault))
		field, ok := sh.canvas.Focused().(*widget.Field)
		if !ok {
			t.Fatal("Ctrl+F does not lead to a field")
		}
		field.SetText("refund")
		sh.settle()
		want := []string{
			"2 calls, newest first", "Tue 10 Nov, 13:00 · Sales · 1:05 · Customer · my refund",
			"Tue 10 Nov, 13:00 · Sales · 1:20 · Customer · my refund! · and 4 more times in this call",
			"Tue 10 Nov, 12:00 · Billing · 0:02 · Customer · my refund?",
		}
		if got := rows(p)[1:]; !slices.Equal(got, want) {
			t.Errorf("it says %q, want %q", got, want)
		}
		for _, name := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn} {
			field.TypedKey(&fyne.KeyEvent{Name: name})
			sh.settle()
		}
		if want := []string{"call-001 1m0s", "call-001 1m15s", "call-000 0s"}; !slices.Equal(sh.at, want) {
			t.Errorf("opened %v, want %v", sh.at, want)
		}
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		sh.settle()
		if got := rows(p); len(got) != 4 || !strings.HasPrefix(got[0], "3 calls") {
			t.Errorf("after Escape it says %q", got)
		}
	})
}

// A word is found from its first letters on, until a space ends it.
func TestAWordIsFoundWhileItIsTyped(t *testing.T) {
	s := &shelf{calls: calls(3), found: hitsIn()}
	page(t, s, func(_ *library.Screen, sh *shell, press func(...command.Key)) {
		press(command.Named(fyne.KeyF, fyne.KeyModifierShortcutDefault))
		field := sh.canvas.Focused().(*widget.Field)
		for typed, want := range map[string]string{"old addr": "old addr* ", "old ": "old  ", `"old addr"`: `"old addr" `, "kündig*": "kündig* "} {
			field.SetText(typed)
			sh.settle()
			s.mu.Lock()
			if got := s.searched[len(s.searched)-1]; !strings.HasPrefix(got, want+"{") {
				t.Errorf("%q searches for %q", typed, got)
			}
			s.mu.Unlock()
		}
	})
}

func TestWithoutTranscriptsThereIsNoSearch(t *testing.T) {
	page(t, &shelf{calls: calls(3)}, func(_ *library.Screen, sh *shell, press func(...command.Key)) {
		press(command.Named(fyne.KeyF, fyne.KeyModifierShortcutDefault))
		if sh.canvas.Focused() != nil {
			t.Error("Ctrl+F leads somewhere")
		}
		for range 20 {
			sh.canvas.FocusNext()
			if f, ok := sh.canvas.Focused().(*widget.Field); ok && f.PlaceHolder == sh.Say("transcript.find.hint", nil) {
				t.Error("a field to search in is shown")
			}
		}
	})
}
