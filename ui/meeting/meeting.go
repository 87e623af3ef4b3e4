// Package meeting is the screen for the weekly team meeting. Before it, a leader
// looks through the customers' words and the praise of the weeks and chooses
// what to bring; in it, the slides fill the window and the arrow keys turn them:
// one story, played from its moment; one praise; up to three issues with how
// sure their shares are, each with one decision: who sees to it and what comes
// next.
//
// What is not chosen is proposed: see desk.Meeting. Agents stay hidden. To show
// the one who is praised is a deliberate act with a note to pass on, and the
// journal keeps both.
//
// The page plays through the player that Listen plays through. It borrows it for
// as long as a slide is heard; Listen takes it back when it comes to the front.
package meeting

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
)

// Desk is what the page asks of the library; *desk.Desk is one, whose methods
// name the errors.
type Desk interface {
	Meeting(ctx context.Context, f desk.Filter) (desk.Meeting, error)
	Agenda(ctx context.Context) (desk.Agenda, error)
	SetAgenda(ctx context.Context, a desk.Agenda) error
	Said(ctx context.Context, of desk.SaidOf, most int) ([]desk.Heard, error)
	Praised(ctx context.Context, most int) ([]desk.Praised, error)
	Issues(ctx context.Context) ([]review.Issue, error)
	Follow(ctx context.Context, issueID string, follow review.Follow) error
	Reveal(ctx context.Context, uid, reason string) (desk.Revealed, error)
	View(ctx context.Context, uid string) (desk.CallView, error)
	Listened(ctx context.Context, uid string, heard time.Duration) error
}

// Player plays one recording at a time; *playback.Player is one.
type Player interface {
	Load(source playback.Source, at time.Duration, played []sound.Span)
	Play()
	Pause()
	Playing() bool
	Position() time.Duration
	Played() []sound.Span
	SetSwapped(swapped bool)
}

// Deps are what the page is made of.
type Deps struct {
	Shell  screen.Shell
	Desk   Desk
	Player Player
	// Borrow makes whoever plays through the player stop and leave it.
	Borrow func()
	// Open opens a call's recordings as one. What it answers is closed by the
	// player.
	Open func(ctx context.Context, recordings []review.Recording) (playback.Source, error)
	// Sound is why nobody hears the player, nil with a sound card.
	Sound func() error
	Now   func() time.Time
	// Copy puts a text on the clipboard.
	Copy func(text string)
}

// Screen is the Meeting page.
type Screen struct {
	deps    Deps
	shell   screen.Shell
	jobs    *job.Runner
	model   *model
	view    *view // nil until Content
	reading job.Reading[contents]
	front   bool
	opening *job.Job           // the call of the slide
	source  *playback.Handover // of that call
	clip    *clip              // that the player holds; nil for none
}

var (
	_ screen.Screen    = (*Screen)(nil)
	_ screen.Explainer = (*Screen)(nil)
)

// New returns the page, which reads nothing until it is shown.
func New(d Deps) *Screen {
	s := &Screen{
		deps: d, shell: d.Shell, jobs: job.NewRunner(d.Shell.Post),
		model: &model{texts: d.Shell.Text(), zone: d.Shell.Zone()},
	}
	s.reading = job.Reading[contents]{Runner: s.jobs, Work: s.readWeeks, Took: s.took}
	return s
}

// Name implements [screen.Screen].
func (s *Screen) Name() string { return screen.Meeting }

// Content implements [screen.Screen].
func (s *Screen) Content() fyne.CanvasObject {
	if s.view == nil {
		s.view = newView(s)
		s.refresh()
	}
	return s.view.content
}

// Show implements [screen.Screen].
func (s *Screen) Show() {
	s.front = true
	s.reading.Read()
}

// Hide implements [screen.Screen]: the meeting is over.
func (s *Screen) Hide() {
	s.front = false
	s.end()
}

// Changed implements [screen.Screen].
func (s *Screen) Changed() {
	if s.front {
		s.reading.Read()
	}
}

// Close implements [screen.Screen].
func (s *Screen) Close() {
	s.silence()
	s.jobs.Close()
}

// Trace implements [screen.Screen].
func (s *Screen) Trace(t *screen.Trace) {
	t.Rows = append(t.Rows, s.model.trace()...)
	if s.clip != nil {
		t.Call, t.Playing, t.Pos = s.clip.uid, s.deps.Player.Playing(), s.deps.Player.Position().Seconds()
	}
}

// mostWords is how many of the newest words and praises are listed.
const mostWords = 500

// weeks is how far the meeting looks back, if an issue was heard in that time: who
// begins with last year's recordings has a meeting about those.
const weeks = 8

// contents are what the page shows of the library.
type contents struct {
	agenda  desk.Agenda
	meeting desk.Meeting
	older   bool // the meeting is of all calls, as no issue was heard in the last weeks
	words   []desk.Heard
	praise  []desk.Praised
	issues  []review.Issue
	said    map[string][]desk.Heard // about the issues of the meeting, by id
}

// saidOfIssue is how many customers are quoted on the slide of an issue.
const saidOfIssue = 2

func readContents(ctx context.Context, d Desk, f desk.Filter) (c contents, err error) {
	read := func(part func() error) {
		if err == nil {
			err = part()
		}
	}
	read(func() (e error) { c.agenda, e = d.Agenda(ctx); return e })
	read(func() (e error) { c.meeting, e = d.Meeting(ctx, f); return e })
	if err == nil && len(c.meeting.Issues) == 0 {
		read(func() (e error) { c.meeting, e = d.Meeting(ctx, desk.Filter{}); return e })
		c.older = len(c.meeting.Issues) > 0
	}
	read(func() (e error) { c.words, e = d.Said(ctx, desk.SaidOf{}, mostWords); return e })
	read(func() (e error) { c.praise, e = d.Praised(ctx, mostWords); return e })
	read(func() (e error) { c.issues, e = d.Issues(ctx); return e })
	c.said = map[string][]desk.Heard{}
	for _, issue := range c.meeting.Issues {
		read(func() (e error) {
			c.said[issue.ID], e = d.Said(ctx, desk.SaidOf{Issue: issue.ID}, saidOfIssue)
			return e
		})
	}
	return c, err
}

// readWeeks is the work of reading what the meeting looks back at.
func (s *Screen) readWeeks() job.Work[contents] {
	now := s.deps.Now().In(s.shell.Zone())
	tomorrow := time.Date(now.Year(), now.Month(), now.Day()+1, 0, 0, 0, 0, now.Location())
	filter := desk.Filter{From: tomorrow.AddDate(0, 0, -7*weeks), To: tomorrow}
	return func(ctx context.Context, _ func(job.Progress)) (contents, error) {
		return readContents(ctx, s.deps.Desk, filter)
	}
}

// took shows what was read.
func (s *Screen) took(c contents, err error) {
	if err != nil {
		s.shell.Fail(err)
		return
	}
	s.model.took(c)
	s.refresh()
}

// write does something to the library and reads it again.
func (s *Screen) write(act func(ctx context.Context) error, done func()) {
	job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		return struct{}{}, act(ctx)
	}, nil, func(_ struct{}, err error) {
		switch {
		case err != nil:
			s.shell.Fail(err)
		case done != nil:
			done()
		}
		s.reading.Read()
		s.shell.Wrote()
	})
}

// refresh shows the model.
func (s *Screen) refresh() {
	if s.view != nil {
		s.view.show()
	}
	s.shell.Painted()
}
