// Package issues is the screen that says what customers call about: the
// ranking of issues by their share of the heard calls, and what is lumped
// together under each of the agents' categories.
//
// A model (model.go) holds what was read and where one is, without Fyne; row.go,
// card.go and explain.go turn it into rows whose texts are ready to be shown.
// The view is built once and set anew from those rows after each change. The
// library is read in jobs, only while the page is in front.
//
// Keys act on the chosen issue. The arrows choose; Right leads into the
// moments of the issue at the side, each of which plays from five seconds
// before it.
package issues

import (
	"context"
	"iter"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
)

// Desk is what the screen reads and does; *desk.Desk is one. SetKey answers
// [review.NoIssue] for an issue that is gone.
type Desk interface {
	Codebook
	Rank(ctx context.Context, f desk.Filter) (desk.Ranked, error)
	Unlump(ctx context.Context, f desk.Filter) ([]ranking.Card, error)
	Mismatch(ctx context.Context, f desk.Filter) (ranking.Mismatch, error)
	Propose(ctx context.Context, f desk.Filter, above float64, most int) (ranking.Proposal, error)
	Moments(ctx context.Context, f desk.Filter, issueID string) iter.Seq2[desk.Heard, error]
	LatestMoments(ctx context.Context, f desk.Filter, issueID string, most int) ([]desk.Heard, error)
	Issues(ctx context.Context) ([]review.Issue, error)
	Queues(ctx context.Context) ([]string, error)
	Sessions(ctx context.Context) ([]desk.Shared, error)
	SetKey(ctx context.Context, issueID string, key int) error
	Follow(ctx context.Context, issueID string, follow review.Follow) error
	Trend(ctx context.Context, issueID string, f desk.Filter, by ranking.Step) (desk.Trend, error)
	Effect(ctx context.Context, issueID string) (desk.Effect, error)
	EffectDraw(ctx context.Context, issueID string, progress func(read int64)) (desk.Draw, error)
}

// Deps are what the screen is made of.
type Deps struct {
	Shell screen.Shell
	Desk  Desk
	// Now tells the time, for "the last 8 weeks" and the name of an export.
	Now func() time.Time
	// Export writes a table to a file, whole or not at all. What it answers is
	// told by the shell.
	Export func(ctx context.Context, req ExportRequest) error
	// Preview tells how a table will be written, with its first rows below the
	// header. Nil hides it, and the choice of how.
	Preview func(ctx context.Context, req ExportRequest, rows int) (Preview, error)
	// Folder is where exports go unless another is chosen.
	Folder string
	// Exists tells whether a file would be replaced; it may touch the disk.
	Exists func(path string) bool
	// Browse lets a person choose a file to write, beginning at path, and
	// answers on Fyne's goroutine, not at all when nothing was chosen. Nil
	// hides its button.
	Browse func(path string, chosen func(path string))
	// Play plays a call from a time, while the page stays in front, until Hush.
	// Nil plays nothing.
	Play func(uid string, at time.Duration)
	Hush func()
	// Again opens a heard call to be heard once more. Nil does nothing.
	Again func(uid string)
	// Copy puts a text on the clipboard. Nil copies nothing.
	Copy func(text string)
	// Inside lets a person listen inside one category, or inside a queue whose
	// calls have none; the other is "". Nil hides its button.
	Inside func(category, queue string)
}

// Screen is the Issues page.
type Screen struct {
	deps    Deps
	shell   screen.Shell
	desk    Desk
	jobs    *job.Runner
	model   *model
	view    *view                // nil until Content
	reading job.Reading[reading] // of what the page shows
	hearing *job.Job             // of the chosen issue's moments
	tracing *job.Job             // of its trend
	writing bool                 // something is being done to the library
	shown   bool                 // the page is in front
	stale   bool                 // something has changed since it was read
}

var (
	_ screen.Screen    = (*Screen)(nil)
	_ screen.Explainer = (*Screen)(nil)
)

// New returns the screen, which reads nothing until it is shown.
func New(d Deps) *Screen {
	s := &Screen{
		deps:  d,
		shell: d.Shell,
		desk:  d.Desk,
		jobs:  job.NewRunner(d.Shell.Post),
		model: newModel(d.Shell.Text(), d.Shell.Zone(), d.Now),
		stale: true,
	}
	s.reading = job.Reading[reading]{Runner: s.jobs, Work: s.readTab, Watch: s.watch, Took: s.haveRead}
	return s
}

// Name implements [screen.Screen].
func (s *Screen) Name() string { return screen.Issues }

// Content implements [screen.Screen].
func (s *Screen) Content() fyne.CanvasObject {
	if s.view == nil {
		s.view = newView(s)
		s.view.show()
	}
	return s.view.page
}

// Show implements [screen.Screen].
func (s *Screen) Show() {
	s.shown = true
	if s.stale {
		s.read()
	}
}

// Hide implements [screen.Screen].
func (s *Screen) Hide() { s.shown = false }

// Changed implements [screen.Screen].
func (s *Screen) Changed() {
	s.stale = true
	if s.shown {
		s.read()
	}
}

// Trace implements [screen.Screen].
func (s *Screen) Trace(t *screen.Trace) { t.Rows = append(t.Rows, s.model.trace()...) }

// Close implements [screen.Screen].
func (s *Screen) Close() { s.jobs.Close() }

// painted shows the model as it is now.
func (s *Screen) painted() {
	if s.view != nil {
		s.view.show()
	}
	s.shell.Painted()
}
