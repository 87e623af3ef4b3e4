package meeting_test

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynewidget "fyne.io/fyne/v2/widget"
	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/meeting"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/screen/screentest"
	"github.com/earshot-app/earshot/ui/theme"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// library is a library of a few heard calls.
type library struct {
	meeting  desk.Meeting
	words    []desk.Heard
	agenda   desk.Agenda
	follows  map[string]review.Follow
	reasons  []string
	asked    []desk.Filter
	revealed desk.Revealed
	longAgo  bool               // nothing was heard in the weeks that are asked for
	heard    chan time.Duration // what the listening log is told; nil where nobody looks
}

func (l *library) Listened(_ context.Context, _ string, heard time.Duration) error {
	if l.heard != nil {
		l.heard <- heard
	}
	return nil
}

func (l *library) Meeting(_ context.Context, f desk.Filter) (desk.Meeting, error) {
	l.asked = append(l.asked, f)
	if l.longAgo && !f.From.IsZero() {
		return desk.Meeting{}, nil
	}
	return l.meeting, nil
}
func (l *library) Agenda(context.Context) (desk.Agenda, error) { return l.agenda, nil }
func (l *library) SetAgenda(_ context.Context, a desk.Agenda) error {
	l.agenda = a
	return nil
}

func (l *library) Said(context.Context, desk.SaidOf, int) ([]desk.Heard, error) { return l.words, nil }

func (l *library) Praised(context.Context, int) ([]desk.Praised, error) {
	if l.meeting.Praise == nil {
		return nil, nil
	}
	return []desk.Praised{*l.meeting.Praise}, nil
}

func (l *library) Issues(context.Context) (all []review.Issue, err error) {
	for _, r := range l.meeting.Issues {
		all = append(all, review.Issue{ID: r.ID, Name: r.Name, Follow: l.follows[r.ID]})
	}
	return all, nil
}

func (l *library) Follow(_ context.Context, id string, f review.Follow) error {
	l.follows[id] = f
	return nil
}

func (l *library) Reveal(_ context.Context, uid, reason string) (desk.Revealed, error) {
	l.reasons = append(l.reasons, uid+": "+reason)
	return l.revealed, nil
}

func (l *library) View(_ context.Context, uid string) (desk.CallView, error) {
	return desk.CallView{Call: review.Call{UID: uid}, Recordings: make([]review.Recording, 1)}, nil
}

func heard(uid, issue, words string, at time.Duration) desk.Heard {
	return desk.Heard{
		Moment: review.Moment{ID: "m-" + uid, Call: uid, Issue: issue, Words: words, At: at},
		Call:   review.Call{UID: uid, Start: noon, Agent: review.Hide("Dana Whitfield"), Category: "Billing – other"},
	}
}

func newLibrary() *library {
	l := &library{follows: map[string]review.Follow{}, revealed: desk.Revealed{Agent: "Dana Whitfield"}}
	l.words = []desk.Heard{heard("c1", "Late bill", "It came on the 20th.", 31*time.Second), heard("c2", "Late bill", "Nothing yet.", time.Second)}
	counts := ranking.Counts{Heard: 64, Frame: 99344}
	for _, i := range []struct {
		id, name string
		calls    int64
	}{{"i1", "Late bill", 11}, {"i2", "No signal", 9}, {"i3", "Rude letter", 4}} {
		r := ranking.Ranked{Share: ranking.Estimate(i.calls, 64, 99344), Rank: 1}
		r.ID, r.Name, r.Calls = i.id, i.name, i.calls
		l.meeting.Issues = append(l.meeting.Issues, r)
	}
	l.meeting.Ranked.Counts = counts
	l.meeting.Story = &l.words[0]
	praised := heard("c9", "", "", 0).Call
	praised.UID = "c9"
	l.meeting.Praise = &desk.Praised{Praise: review.Praise{ID: "p1", Call: "c9", At: 20 * time.Second, Words: "So patient."}, Call: praised}
	return l
}

// shell keeps what the page asks of the window.
type shell struct {
	screen.Shell // nil: what is not below is never asked for
	canvas       fyne.Canvas
	lang         string            // "" is English
	caps         map[string]string // of the keys on the buttons, by command
	full         bool
	opened       []string
	answers      []screen.Answer
	queue        screentest.Queue
}

func (s *shell) Say(key text.Key, args review.Args) string { return s.Text().Say(key, args) }
func (s *shell) Text() *text.Catalog                       { return text.For(cmp.Or(s.lang, "en")) }
func (s *shell) Zone() *time.Location                      { return time.UTC }
func (s *shell) Canvas() fyne.Canvas                       { return s.canvas }
func (s *shell) Key(id string) string                      { return s.caps[id] }
func (s *shell) Painted()                                  {}
func (s *shell) Wrote()                                    {}
func (s *shell) Surface()                                  { s.canvas.Unfocus() }
func (s *shell) Full(full bool)                            { s.full = full }
func (s *shell) Toast(string, string, func())              {}
func (s *shell) Fail(err error)                            { panic(err) }
func (s *shell) Open(uid string, at time.Duration)         { s.opened = append(s.opened, uid+" "+at.String()) }

func (s *shell) Dialog(_ string, content fyne.CanvasObject, answers ...screen.Answer) func() {
	popup := fynewidget.NewModalPopUp(content, s.canvas)
	popup.Show()
	s.answers = answers
	for i, choose := range answers {
		s.answers[i].Choose = func() {
			popup.Hide()
			if choose.Choose != nil {
				choose.Choose()
			}
		}
	}
	return popup.Hide
}

func (s *shell) Post(do func()) { s.queue.Post(do) }

func (s *shell) settle() { s.queue.Settle() }

type source struct{ playback.Source }

// page is the page in a window of its own.
type page struct {
	*meeting.Screen
	*shell
	*player
	table    *command.Table
	borrowed int
	copied   string
}

func open(t *testing.T, l *library, do func(p *page)) {
	t.Helper()
	openAs(t, &shell{}, l, do)
}

func openAs(t *testing.T, as *shell, l *library, do func(p *page)) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New())
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(1024, 700))
	synctest.Test(t, func(t *testing.T) {
		as.canvas = w.Canvas()
		p := &page{shell: as, player: &player{}}
		p.Screen = meeting.New(meeting.Deps{
			Shell: p.shell, Desk: l, Player: p.player, Borrow: func() { p.borrowed++ },
			Open:  func(context.Context, []review.Recording) (playback.Source, error) { return source{}, nil },
			Sound: func() error { return nil }, Now: func() time.Time { return noon }, Copy: func(text string) { p.copied = text },
		})
		defer p.Close()
		w.SetContent(p.Content())
		p.Show()
		p.settle()
		var err error
		if p.table, err = command.New(p.Commands()...); err != nil {
			t.Fatal(err)
		}
		do(p)
	})
}

func (p *page) press(keys ...command.Key) {
	for _, k := range keys {
		p.table.Press(k, command.Context{Screen: screen.Meeting, Place: command.PlaceOn(p.canvas)}, false)
		p.settle()
	}
}

func (p *page) rows() string {
	var t screen.Trace
	p.Trace(&t)
	return strings.Join(t.Rows, "\n")
}

var (
	start = command.Named(fyne.KeyReturn, fyne.KeyModifierShortcutDefault)
	enter = command.Named(fyne.KeyReturn)
	right = command.Named(fyne.KeyRight)
	left  = command.Named(fyne.KeyLeft)
	space = command.Named(fyne.KeySpace)
	esc   = command.Named(fyne.KeyEscape)
	down  = command.Named(fyne.KeyDown)
)

// The smallest window is 1024 by 700, less the navigation and the menu.
func TestThePageFitsIntoTheSmallestWindow(t *testing.T) {
	german := &shell{lang: "de", caps: map[string]string{"meeting.bring": "S", "meeting.start": "Strg Eingabe", "meeting.end": "Esc"}}
	openAs(t, german, newLibrary(), func(p *page) {
		for range 3 {
			if least := p.Content().MinSize(); least.Width > 1024-104 || least.Height > 700-30 {
				t.Errorf("it asks for %v", least)
			}
			p.press(command.Rune('v'))
		}
		p.press(start)
		for range 6 {
			if least := p.Content().MinSize(); least.Width > 1024 || least.Height > 700-30 {
				t.Errorf("a slide asks for %v", least)
			}
			p.press(right)
		}
	})
}

func TestTheArrowsTurnTheSlidesInAFullWindow(t *testing.T) {
	open(t, newLibrary(), func(p *page) {
		p.press(start)
		if !p.full || !strings.HasPrefix(p.rows(), "A customer’s story\n“It came on the 20th.”") {
			t.Fatalf("full %v, %s", p.full, p.rows())
		}
		for _, want := range []string{"Praise", "Decide: issue 1 of 3\nLate bill\nIn 17\u202f% of calls, probably 10–28\u202f%: 11 of 64 heard calls", "Decide: issue 2", "Decide: issue 3", "What we decided", "What we decided"} {
			if p.press(right); !strings.HasPrefix(p.rows(), want) {
				t.Errorf("it shows %q, want %q", p.rows(), want)
			}
		}
		if p.press(left); !strings.HasPrefix(p.rows(), "Decide: issue 3") {
			t.Errorf("back it shows %q", p.rows())
		}
		if p.press(esc); p.full || !strings.HasPrefix(p.rows(), "A customer’s story:") {
			t.Errorf("after the end: full %v, %s", p.full, p.rows())
		}
	})
}

func TestTheStoryIsPlayedFromItsMomentAndEndsWithItsSlide(t *testing.T) {
	l := newLibrary()
	l.heard = make(chan time.Duration, 8)
	open(t, l, func(p *page) {
		p.press(start, space)
		if p.borrowed != 1 || !p.playing || p.at != 31*time.Second {
			t.Fatalf("borrowed %d, playing %v from %v", p.borrowed, p.playing, p.at)
		}
		if p.press(space); p.playing || !p.loaded {
			t.Error("it cannot be paused")
		}
		if p.press(space, right); p.playing || p.loaded {
			t.Error("the story goes on behind the next slide")
		}
		if p.press(space); !p.playing || p.at != 20*time.Second {
			t.Errorf("the praise plays from %v", p.at)
		}
		if p.press(esc); p.loaded {
			t.Error("it goes on after the meeting")
		}
		// The player was at 31 s and at 20 s; its first second was not played.
		if story, praise := <-l.heard, <-l.heard; story != 30*time.Second || praise != 19*time.Second {
			t.Errorf("the listening log was told %v and %v", story, praise)
		}
	})
}

func TestADecisionIsKeptWhenTheSlideIsTurned(t *testing.T) {
	l := newLibrary()
	l.follows["i1"] = review.Follow{State: review.Fixing}
	open(t, l, func(p *page) {
		p.press(start, right, right, enter)
		test.Type(p.canvas.Focused(), "Billing platform")
		p.canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		test.Type(p.canvas.Focused(), "Ask for old addresses")
		p.shell.Surface()
		p.press(right)
		want := review.Follow{Owner: "Billing platform", State: review.Fixing, Next: "Ask for old addresses"}
		if got := l.follows["i1"]; got != want {
			t.Errorf("kept is %+v, want %+v", got, want)
		}
		p.press(right, right)
		if !strings.Contains(p.rows(), "Late bill: Billing platform: Ask for old addresses\nNo signal: nothing decided") {
			t.Errorf("at the end it says %s", p.rows())
		}
	})
}

func TestTheAgentIsShownOnPurposeWithANoteAndHiddenAgain(t *testing.T) {
	l := newLibrary()
	open(t, l, func(p *page) {
		p.press(start, right)
		p.press(command.Rune('a'))
		if ok := p.answers[0].Enabled(); ok {
			t.Error("the agent can be shown without a note")
		}
		test.Type(p.canvas.Focused(), "Thank you for your patience")
		p.answers[0].Choose()
		p.settle()
		if want := []string{"c9: Thank you for your patience"}; !slices.Equal(l.reasons, want) {
			t.Errorf("recorded is %q, want %q", l.reasons, want)
		}
		if !shows(p, "Dana Whitfield") || strings.Contains(p.rows(), "Dana") {
			t.Error("the agent is not shown on the slide, or stands in the trace")
		}
		if p.press(right, left); shows(p, "Dana Whitfield") {
			t.Error("the agent is still shown after the slide was turned")
		}
	})
}

func shows(p *page, text string) bool {
	return slices.ContainsFunc(test.LaidOutObjects(p.canvas.Content()), func(o fyne.CanvasObject) bool {
		said, ok := o.(interface{ Text() string })
		return ok && o.Visible() && said.Text() == text
	})
}

func TestWhatIsChosenIsBrought(t *testing.T) {
	l := newLibrary()
	open(t, l, func(p *page) {
		p.press(command.Rune('v'), down, command.Rune('s'))
		if l.agenda.Story != "m-c2" {
			t.Errorf("brought is %q", l.agenda.Story)
		}
		if p.press(enter); !slices.Equal(p.opened, []string{"c2 1s"}) {
			t.Errorf("opened is %q", p.opened)
		}
	})
}

// The eight weeks end with today, in the person's zone.
func TestTheMeetingLooksBackEightWeeks(t *testing.T) {
	l := newLibrary()
	open(t, l, func(*page) {
		want := desk.Filter{From: time.Date(2026, 9, 27, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
		if got := l.asked[0]; !got.From.Equal(want.From) || !got.To.Equal(want.To) {
			t.Errorf("asked for %v to %v, want %v to %v", got.From, got.To, want.From, want.To)
		}
	})
}

// Who begins with recordings of last year has a meeting about those.
func TestWhereNothingIsNewTheMeetingIsAboutAllCalls(t *testing.T) {
	l := newLibrary()
	l.longAgo = true
	open(t, l, func(p *page) {
		if !strings.Contains(p.rows(), "Late bill") {
			t.Errorf("the page shows %q", p.rows())
		}
	})
}

func TestWithNothingHeardThereIsNoMeeting(t *testing.T) {
	open(t, &library{}, func(p *page) {
		if p.press(start, enter, right); p.full || p.rows() != "" {
			t.Errorf("full %v, %q", p.full, p.rows())
		}
	})
}
