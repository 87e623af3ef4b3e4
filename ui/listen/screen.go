package listen

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/sampling"
	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
)

// Desk is what the page asks of the library; *desk.Desk is one, whose methods
// name the errors.
type Desk interface {
	reading
	acting
	making
	meeting
}

type reading interface {
	Listening(ctx context.Context) (l desk.Listening, ok bool, err error)
	View(ctx context.Context, uid string) (desk.CallView, error)
	Transcript(ctx context.Context, uid string) (dialogue.Transcript, error)
	Issues(ctx context.Context) ([]review.Issue, error)
	Clip(ctx context.Context, r desk.ClipRequest) (desk.Clip, error)
	TakeClip(ctx context.Context, c desk.Clip, reason string) error
	IssuesOf(ctx context.Context, call review.Call) (before, elsewhere []review.Issue, err error)
	Unlump(ctx context.Context, f desk.Filter) ([]ranking.Card, error)
	Queues(ctx context.Context) ([]string, error)
	Categories(ctx context.Context) ([]string, error)
	Fields(ctx context.Context) ([]desk.Field, error)
	FrameSize(ctx context.Context, f sampling.Filter) (int64, error)
}

type acting interface {
	Tag(ctx context.Context, req desk.TagRequest) (desk.Tagged, error)
	Untag(ctx context.Context, moment string) error
	Move(ctx context.Context, moment string, at time.Duration) error
	SetWords(ctx context.Context, of, words string) error
	Praise(ctx context.Context, uid string, at time.Duration, words string) (review.Praise, error)
	Unpraise(ctx context.Context, praise string) error
	Hear(ctx context.Context, uid string, played float64) error
	Skip(ctx context.Context, uid string, kind review.SkipKind, reason string) error
	Pick(ctx context.Context, uid string) error
	Reveal(ctx context.Context, uid, reason string) (desk.Revealed, error)
	SavePlace(ctx context.Context, p desk.Place) error
	Listened(ctx context.Context, uid string, heard time.Duration) error
	Forget(ctx context.Context, uids []string, progress func(done int)) (desk.ForgottenCalls, error)
	SwapLanes(ctx context.Context, uid string) (swapped bool, err error)
}

type meeting interface {
	SharedOf(ctx context.Context, id string) (desk.Shared, error)
	SessionPlaces(ctx context.Context, id string) ([]desk.SessionPlace, error)
	Session(ctx context.Context, id string) (*session.State, error)
}

type making interface {
	CallsFor(ctx context.Context, req desk.DrawRequest) (desk.Fits, error)
	Draw(ctx context.Context, req desk.DrawRequest, progress func(read int64)) (desk.Draw, error)
	WeeklyPlan(ctx context.Context, zone *time.Location) (desk.Planned, error)
	SetPlan(ctx context.Context, p desk.Plan) error
	ClearPlan(ctx context.Context) error
	RunPlan(ctx context.Context, zone *time.Location, progress func(read int64)) (p desk.Planned, made bool, err error)
	CloseDraw(ctx context.Context, id string) (notReached int, err error)
	VerifyDraw(ctx context.Context, id string) (desk.Verdict, error)
}

// Player plays one recording at a time; *playback.Player is one.
type Player interface {
	Load(source playback.Source, at time.Duration, played []sound.Span)
	Play()
	Pause()
	Playing() bool
	Seek(to time.Duration)
	SetSpeed(speed float64)
	SetSkipping(skip bool)
	SetSilences(silences []sound.Span)
	SetLoop(span sound.Span)
	SetSwapped(swapped bool)
	SetMono(mono bool)
	SetLevel(lane playback.Lane, level float64)
	SetMuted(lane playback.Lane, muted bool)
	SetGains(gains []float64)
	Position() time.Duration
	Delay() time.Duration
	Played() []sound.Span
}

// Deps are what the page is made of.
type Deps struct {
	Shell  screen.Shell
	Desk   Desk
	Player Player
	// Open opens a call's recordings, in the order in which they play, as one.
	// What it answers is closed by the page. Its errors are told to the person.
	Open    func(ctx context.Context, recordings []review.Recording) (playback.Source, error)
	Surveys Surveys
	// Problems are what is known to be wrong with what Open answered, as far as
	// it was played. Nil knows of nothing.
	Problems func(playback.Source) []*review.Error
	// Sound is why nobody hears the player, nil with a sound card.
	Sound func() error
	// Retry tries the sound card again, or silence where there is none; it may
	// wait. It answers playback.NoDevice or playback.DeviceLost.
	Retry func() error
	// Habits are how the listener liked to hear calls when last asked; Keep is
	// told how they like it now.
	Habits Habits
	Keep   func(Habits)
	// Files saves what leaves the page; without its functions nothing does.
	Files Files
	// Together is the session that runs over a network, nil where none can.
	Together Together
}

// Screen is the page. Its methods are called on Fyne's goroutine, [Screen.Event]
// excepted.
type Screen struct {
	deps  Deps
	shell screen.Shell
	model model
	form  form
	offer offer
	view  *view // nil until the page is first shown
	acts  *worker
	looks *worker // reads closeups
	asks  *worker // of the running session's host
	jobs  *job.Runner

	stopAsking context.CancelFunc
	following  *job.Job // keeps in step with the host
	inStep     bool     // the player sounds as one of several that play the same
	hushed     bool     // another machine in the room is heard

	front   bool
	lent    string // uid of the call that was open when the player was lent, "" for none
	aside   bool   // what is open is only played for another page
	resume  bool   // the next call is to be played as soon as it is open
	ending  bool   // the call is being finished
	pending int    // acts on their way to the library

	opening    *job.Job
	source     *playback.Handover // of the call that is being opened
	connecting bool               // a sound card is being looked for
	panel      func()             // shows what of the sound is chosen; nil while its panel is closed
	scanning   *job.Job
	peaks      *lanes
	closeups   *closeups          // nil until one is wanted of the open call
	saved      time.Duration      // where the place was last saved
	unlogged   []sound.Span       // heard since the listening log was told
	sharing    *job.Job           // works out parts
	parts      map[string]float64 // of all calls, by category
	counting   *job.Job           // how many calls a draw would give
	making     *job.Job           // a draw
	measuring  *job.Job           // how many calls a draw would be from
}

var _ screen.Screen = (*Screen)(nil)

// New returns the page. It reads nothing before it is shown.
func New(d Deps) *Screen {
	asking, stop := context.WithCancel(context.Background())
	s := &Screen{deps: d, shell: d.Shell, jobs: job.NewRunner(d.Shell.Post), asks: newWorker(asking), stopAsking: stop}
	s.acts, s.looks = newWorker(context.Background()), newWorker(context.Background())
	s.model = model{texts: d.Shell.Text(), zone: d.Shell.Zone(), habits: d.Habits, voices: voices{level: [2]float64{1, 1}}}
	s.form = form{amount: "30"}
	s.applyHabits()
	return s
}

// Name implements screen.Screen.
func (s *Screen) Name() string { return screen.Listen }

// Content implements screen.Screen.
func (s *Screen) Content() fyne.CanvasObject {
	if s.view == nil {
		s.view = newView(s)
		s.refresh()
	}
	return s.view.content
}

// Show implements screen.Screen.
func (s *Screen) Show() {
	s.front = true
	s.takeBack()
	s.meet()
	s.relearn()
	s.reread()
	s.countCategories()
}

// Hide implements screen.Screen: a call is not played on behind another page.
func (s *Screen) Hide() {
	s.front = false
	s.keepWords()
	s.pause()
}

// Changed implements screen.Screen.
func (s *Screen) Changed() {
	if s.front {
		s.relearn()
		s.reread()
	}
}

// Trace implements screen.Screen.
func (s *Screen) Trace(t *screen.Trace) {
	c := s.model.call
	t.Rows = append(t.Rows, s.model.strip()...)
	if c == nil {
		t.Rows = append(t.Rows, s.model.title(), s.model.subtitle())
		if s.model.phase() == drawing {
			t.Rows = append(t.Rows, s.offer.size, s.offer.gives)
		}
		return
	}
	t.Call, t.Pos, t.Playing = c.uid(), c.at.Seconds(), c.playing
	t.Shown = s.shown()
	for _, k := range c.marks.list {
		t.Moments = append(t.Moments, screen.TraceMoment{
			ID: k.id, Issue: k.issue, At: k.at.Seconds(), Until: k.until.Seconds(), Words: k.words, Selected: k.id == c.marks.selected,
		})
	}
	for _, row := range s.model.issueRows() {
		if row.heading == "" {
			t.Rows = append(t.Rows, row.String())
		}
	}
}

// Close implements screen.Screen. It waits until what was done is saved.
func (s *Screen) Close() {
	s.leave()
	s.acts.close()
	s.looks.close()
	s.stopAsking()
	s.asks.close()
	s.jobs.Close()
}

// Event takes what the player did on its own, from any goroutine.
func (s *Screen) Event(e playback.Event) { s.shell.Post(func() { s.on(e) }) }

// Open brings a call to the front, at a time, and plays it: one of a session that
// is heard together for all. A call that no open draw holds is opened as picked.
func (s *Screen) Open(uid string, at time.Duration) {
	m := &s.model
	round := m.party.round(uid)
	forAll := round > 0 && m.party.together() && !m.inStep()
	if m.call != nil && m.call.uid() == uid && !forAll {
		s.seek(at)
		s.play()
		return
	}
	if round > 0 {
		s.openRound(round, at)
		return
	}
	drawn := slices.ContainsFunc(s.model.listening.Calls, func(c review.Call) bool { return c.UID == uid })
	s.load(way{uid: uid, at: at, there: true, play: true, pick: !drawn || !s.model.open})
}

// refresh shows the model.
func (s *Screen) refresh() {
	s.model.mute = s.deps.Sound()
	if s.view != nil {
		s.view.show()
	}
	s.shell.Painted()
}
