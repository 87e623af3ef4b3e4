package listen_test

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/sampling"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/listen"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// bench is the page with everything around it made by hand.
type bench struct {
	t      *testing.T
	page   *listen.Screen
	shell  *shell
	desk   *library
	player *player
	window fyne.Window
	silent bool
	opens  error // what opening a recording answers, if not nil
	opened int   // sources that are open now
	mu     sync.Mutex
}

// run tests the page in a bubble, where settle waits for all of its goroutines.
func run(t *testing.T, do func(b *bench)) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, fynetheme.VariantLight, "en")
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
	b := &bench{t: t, desk: newLibrary(), player: &player{speed: 1}}
	b.window = test.NewTempWindow(t, nil)
	b.window.SetPadded(false)
	b.shell = &shell{texts: text.For(lang), canvas: b.window.Canvas()}
	b.page = listen.New(listen.Deps{
		Shell: b.shell, Desk: b.desk, Player: b.player, Open: b.open,
		Silent: func() bool { return b.silent }, Retry: func() error { b.silent = false; return nil },
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

// settle waits until nothing goes on any more.
func (b *bench) settle() {
	for {
		synctest.Wait()
		if !b.shell.drain() {
			return
		}
	}
}

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

// shell is a window's shell that keeps what it is told.
type shell struct {
	texts   *text.Catalog
	table   *command.Table
	canvas  fyne.Canvas
	mu      sync.Mutex
	queue   []func()
	toasts  []string
	acts    []func()
	fails   []review.Code
	dialogs []*dialog
	went    []string
	wrote   int
}

type dialog struct {
	title   string
	content fyne.CanvasObject
	answers []screen.Answer
}

func (s *shell) Say(key text.Key, args review.Args) string { return s.texts.Say(key, args) }
func (s *shell) Text() *text.Catalog                       { return s.texts }
func (s *shell) Zone() *time.Location                      { return time.FixedZone("", 3600) }
func (s *shell) Canvas() fyne.Canvas                       { return s.canvas }
func (s *shell) Surface()                                  { s.canvas.Unfocus() }
func (s *shell) Go(name string)                            { s.went = append(s.went, name) }
func (s *shell) Open(string, time.Duration)                {}
func (s *shell) Wrote()                                    { s.wrote++ }
func (s *shell) Painted()                                  {}
func (s *shell) Fail(err error)                            { s.fails = append(s.fails, review.CodeOf(err)) }

func (s *shell) Key(id string) string {
	if id == "app.undo" {
		return "Ctrl Z"
	}
	if s.table == nil {
		return ""
	}
	return s.table.Label(id, s.texts.Say)
}

func (s *shell) Post(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, do)
}

func (s *shell) drain() (any bool) {
	s.mu.Lock()
	queue := s.queue
	s.queue = nil
	s.mu.Unlock()
	for _, do := range queue {
		do()
	}
	return len(queue) > 0
}

func (s *shell) Toast(message, action string, act func()) {
	s.toasts, s.acts = append(s.toasts, message), append(s.acts, act)
}

func (s *shell) Dialog(title string, content fyne.CanvasObject, answers ...screen.Answer) func() {
	d := &dialog{title, content, answers}
	s.dialogs = append(s.dialogs, d)
	return func() { s.dialogs = slices.DeleteFunc(s.dialogs, func(o *dialog) bool { return o == d }) }
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

// player keeps what it was asked for.
type player struct {
	source  playback.Source
	at      time.Duration
	playing bool
	speed   float64
	swapped bool
	played  []sound.Span
}

func (p *player) Load(source playback.Source, at time.Duration, played []sound.Span) {
	if p.source != nil {
		_ = p.source.Close()
	}
	p.source, p.at, p.playing, p.played = source, at, false, played
}
func (p *player) Play()                   { p.playing = p.source != nil }
func (p *player) Pause()                  { p.playing = false }
func (p *player) Playing() bool           { return p.playing }
func (p *player) Seek(to time.Duration)   { p.at = max(0, to) }
func (p *player) SetSpeed(speed float64)  { p.speed = speed }
func (p *player) Speed() float64          { return p.speed }
func (p *player) SetSwapped(swapped bool) { p.swapped = swapped }
func (p *player) Position() time.Duration { return p.at }
func (p *player) Played() []sound.Span    { return p.played }

// source is a made-up recording: customer and agent in turn, a second each.
type source struct {
	rate, channels int
	frames, next   int64
	closed         func()
}

func (s *source) Rate() int     { return s.rate }
func (s *source) Channels() int { return s.channels }
func (s *source) Frames() int64 { return s.frames }

func (s *source) Close() error {
	s.closed()
	return nil
}

func (s *source) SeekFrame(frame int64) error {
	s.next = frame
	return nil
}

func (s *source) ReadFrames(dst []float32) (int, error) {
	n := min(int64(len(dst)/s.channels), s.frames-s.next)
	if n == 0 {
		return 0, io.EOF
	}
	for i := range n {
		at := float64(s.next+i) / float64(s.rate)
		turn := int(at*0.3) % 2
		loud := 0.5 * math.Abs(math.Sin(at*1.3)) * math.Abs(math.Sin(at*11))
		for c := range s.channels {
			x := float32(0)
			if c == turn || s.channels == 1 {
				x = float32(loud * math.Sin(at*2000))
			}
			dst[int(i)*s.channels+c] = x
		}
	}
	s.next += n
	return int(n), nil
}

// library is a desk over a map.
type library struct {
	mu      sync.Mutex
	log     []string
	next    int
	open    bool
	draw    desk.Draw
	calls   []string
	views   map[string]desk.CallView
	issues  []review.Issue
	before  map[string]bool // ids heard under every category
	gives   int
	fails   map[string]error // by act
	queues  []string
	catalog []string
}

func (l *library) did(act, format string, args ...any) error {
	if err := l.fails[act]; err != nil {
		return err
	}
	l.log = append(l.log, strings.TrimSpace(act+" "+fmt.Sprintf(format, args...)))
	return nil
}

func (l *library) take() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	log := slices.DeleteFunc(l.log, func(act string) bool { return strings.HasPrefix(act, "place ") })
	l.log = nil
	return log
}

// change edits a call as an act does.
func (l *library) change(uid string, do func(*desk.CallView)) {
	v := l.views[uid]
	v.Moments, v.Praise = slices.Clone(v.Moments), slices.Clone(v.Praise)
	do(&v)
	slices.SortStableFunc(v.Moments, func(a, b review.Moment) int { return int(a.At - b.At) })
	l.views[uid] = v
}

func (l *library) id(kind string) string {
	l.next++
	return fmt.Sprintf("%s%d", kind, l.next)
}

func (l *library) Listening(context.Context) (desk.Listening, bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.open {
		return desk.Listening{}, false, nil
	}
	out := desk.Listening{Draw: l.draw}
	for _, uid := range l.calls {
		out.Calls = append(out.Calls, l.views[uid].Call)
	}
	return out, true, nil
}

func (l *library) View(_ context.Context, uid string) (desk.CallView, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	v, ok := l.views[uid]
	if !ok {
		return v, review.Fail(review.NoCall, review.Args{"uid": uid})
	}
	return v, nil
}

func (l *library) Issues(context.Context) ([]review.Issue, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.issues), nil
}

func (l *library) IssuesOf(context.Context, string) (before, elsewhere []review.Issue, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, issue := range l.issues {
		if l.before[issue.ID] {
			before = append(before, issue)
		} else {
			elsewhere = append(elsewhere, issue)
		}
	}
	return before, elsewhere, nil
}

func (l *library) Unlump(context.Context, desk.Filter) ([]ranking.Card, error) {
	return []ranking.Card{{Category: "Billing – other", Part: 0.31}}, nil
}
func (l *library) Queues(context.Context) ([]string, error)     { return l.queues, nil }
func (l *library) Categories(context.Context) ([]string, error) { return l.catalog, nil }

func (l *library) Tag(_ context.Context, req desk.TagRequest) (desk.Tagged, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.did("tag", "%s %q %v", req.Call, req.Issue, req.At); err != nil {
		return desk.Tagged{}, err
	}
	i := slices.IndexFunc(l.issues, func(i review.Issue) bool { return review.SameName(i.Name, req.Issue) })
	named := i < 0
	if named {
		i = len(l.issues)
		l.issues = append(l.issues, review.Issue{ID: l.id("issue"), Name: req.Issue})
	}
	m := review.Moment{ID: l.id("m"), Call: req.Call, IssueID: l.issues[i].ID, Issue: l.issues[i].Name, At: req.At}
	l.change(req.Call, func(v *desk.CallView) { v.Moments = append(v.Moments, m) })
	return desk.Tagged{Moment: m, Named: named}, nil
}

// each changes the moment or praise of an id.
func (l *library) each(act, id, more string, moment func(*desk.CallView, int)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.did(act, "%s %s", id, more); err != nil {
		return err
	}
	for uid, v := range l.views {
		if i := slices.IndexFunc(v.Moments, func(m review.Moment) bool { return m.ID == id }); i >= 0 {
			l.change(uid, func(v *desk.CallView) { moment(v, i) })
		}
	}
	return nil
}

func (l *library) Untag(_ context.Context, id string) error {
	return l.each("untag", id, "", func(v *desk.CallView, i int) { v.Moments = slices.Delete(v.Moments, i, i+1) })
}

func (l *library) Move(_ context.Context, id string, at time.Duration) error {
	return l.each("move", id, at.String(), func(v *desk.CallView, i int) { v.Moments[i].At = at })
}

func (l *library) SetWords(_ context.Context, id, words string) error {
	return l.each("words", id, words, func(v *desk.CallView, i int) { v.Moments[i].Words = words })
}

func (l *library) Praise(_ context.Context, uid string, at time.Duration, _ string) (review.Praise, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := review.Praise{ID: l.id("p"), Call: uid, At: at}
	l.change(uid, func(v *desk.CallView) { v.Praise = append(v.Praise, p) })
	return p, l.did("praise", "%s %v", uid, at)
}

func (l *library) Unpraise(_ context.Context, id string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for uid := range l.views {
		l.change(uid, func(v *desk.CallView) {
			v.Praise = slices.DeleteFunc(v.Praise, func(p review.Praise) bool { return p.ID == id })
		})
	}
	return l.did("unpraise", "%s", id)
}

// state sets the state of a call as an act does.
func (l *library) state(uid string, state review.State, act, format string, args ...any) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.did(act, format, args...); err != nil {
		return err
	}
	l.change(uid, func(v *desk.CallView) { v.Call.State = state })
	return nil
}

func (l *library) Hear(_ context.Context, uid string, played float64) error {
	return l.state(uid, review.Heard, "hear", "%s %.2f", uid, played)
}

func (l *library) Skip(_ context.Context, uid string, kind review.SkipKind, reason string) error {
	return l.state(uid, review.Skipped, "skip", "%s %s %s", uid, kind, reason)
}

func (l *library) Pick(_ context.Context, uid string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.did("pick", "%s", uid)
}

func (l *library) Reveal(_ context.Context, uid, reason string) (desk.Revealed, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return desk.Revealed{Agent: "Kim Winter", Customer: "+49 30 1234"}, l.did("reveal", "%s %s", uid, reason)
}

func (l *library) SavePlace(_ context.Context, p desk.Place) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.change(p.Call, func(v *desk.CallView) { v.Place = p })
	return l.did("place", "%s %v", p.Call, p.At)
}

func (l *library) SwapLanes(_ context.Context, uid string) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	swapped := !l.views[uid].Swapped
	for other := range l.views { // one source
		l.change(other, func(v *desk.CallView) { v.Swapped = swapped })
	}
	return swapped, l.did("swap", "%s", uid)
}

func (l *library) CallsFor(context.Context, desk.DrawRequest) (int, error) { return l.gives, nil }

func (l *library) Draw(_ context.Context, req desk.DrawRequest, _ func(int64)) (desk.Draw, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.did("draw", "%v min, %d calls, %s %s", req.Minutes, req.N, req.Filter, req.Seed); err != nil {
		return desk.Draw{}, err
	}
	l.open = true
	for _, uid := range l.calls {
		l.change(uid, func(v *desk.CallView) { v.Call.State = review.Drawn })
	}
	return l.draw, nil
}

func (l *library) CloseDraw(_ context.Context, id string) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = false
	return 2, l.did("close", "%s", id)
}

func (l *library) VerifyDraw(context.Context, string) ([]sampling.Mismatch, error) { return nil, nil }

// newLibrary has a draw of four calls, of a minute each, of which the first is
// heard, and a fifth that was never drawn.
func newLibrary() *library {
	l := &library{open: true, views: map[string]desk.CallView{}, fails: map[string]error{}, gives: 12}
	l.draw = desk.Draw{At: time.Date(2026, 11, 16, 8, 30, 0, 0, time.UTC), Size: 4}
	l.draw.ID, l.draw.Number, l.draw.Filter, l.draw.Wanted = "d3", 3, "{}", 4
	l.draw.Seed, l.draw.Frame.Size = "1f0c8a2be4d05c7e9a31", 12418
	l.draw.Digest = "9b74c9897bac770ffc029102a200c5de9b74c9897bac770ffc029102a200c5de"
	for i := range 5 {
		uid := fmt.Sprintf("c%d", i+1)
		state, id := review.Drawn, "d3"
		if i == 0 {
			state = review.Heard
		}
		if i == 4 {
			state, id = review.New, ""
		}
		l.views[uid] = desk.CallView{
			Call: review.Call{
				UID: uid, Start: time.Date(2026, 11, 10, 9, 42, 0, 0, time.UTC), Duration: time.Minute, Queue: "Billing",
				Category: "Billing – other", Direction: "inbound", State: state, Draw: id,
			},
			Recordings: []review.Recording{{Format: "WAV, µ-law", Rate: 8000, Channels: 2, Frames: 60 * 8000}},
		}
		if i < 4 {
			l.calls = append(l.calls, uid)
		}
	}
	for i, name := range []string{"Invoice goes to the old address", "Charged twice after a plan change", "Cannot find the invoice online"} {
		l.issues = append(l.issues, review.Issue{ID: fmt.Sprintf("i%d", i+1), Name: name, Key: i + 1})
	}
	l.issues = append(l.issues, review.Issue{ID: "i4", Name: "Address change needs two calls", Key: 7}, review.Issue{ID: "i5", Name: "Refund promised, not paid"})
	l.before = map[string]bool{"i1": true, "i2": true}
	return l
}
