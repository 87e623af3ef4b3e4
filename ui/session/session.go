package session

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
)

// Desk is what the page asks of the library; *desk.Desk is one, whose methods
// name the errors.
type Desk interface {
	Draws(ctx context.Context) ([]desk.Draw, error)
	HostSession(ctx context.Context, req desk.HostRequest, progress func(done, all int)) (desk.Shared, error)
	Sessions(ctx context.Context) ([]desk.Shared, error)
	SharedOf(ctx context.Context, id string) (desk.Shared, error)
	Session(ctx context.Context, id string) (*session.State, error)
	SessionNames(ctx context.Context, id string) (map[string]string, error)
	SessionPlaces(ctx context.Context, id string) ([]desk.SessionPlace, error)
	SessionRoster(ctx context.Context, id string, round int) ([]session.Attendee, error)
	OpenRound(ctx context.Context, id string, round int) error
	RevealRound(ctx context.Context, id string, round int) ([]int, error)
	MatchIssues(ctx context.Context, id, from, into string) error
	RecordConsensus(ctx context.Context, id string, round int, issues []journal.Consensus) error
	AdoptConsensus(ctx context.Context, id string) (desk.AdoptedConsensus, error)
	CloseSession(ctx context.Context, id string) error
}

// Deps are what the page is made of.
type Deps struct {
	Shell screen.Shell
	Desk  Desk
	Live  Live
	Me    string // this person as an author
	As    string // what they are called before they said so themselves
	// Copy puts a text on the clipboard.
	Copy func(text string)
	// Pick lets a person choose a file, and tells chosen if they did.
	Pick func(title string, chosen func(path string))
	// Browse lets a person choose the folder of a file that is to be written.
	Browse func(path string, chosen func(path string))
	Folder string // in which a file is offered to be written
	Exists func(path string) bool
}

// Screen is the Session page.
type Screen struct {
	deps    Deps
	shell   screen.Shell
	jobs    *job.Runner
	model   *model
	view    *view // nil until Content
	reading *job.Job
	again   bool   // read once more when that is done
	then    func() // to do when all is read; nil for nothing
	acting  bool   // something is under way that another act would only repeat
	front   bool
	absent  map[recording]bool // that were told not to come
}

var (
	_ screen.Screen    = (*Screen)(nil)
	_ screen.Explainer = (*Screen)(nil)
)

// New returns the page, which reads nothing until it is shown.
func New(d Deps) *Screen {
	return &Screen{
		deps: d, shell: d.Shell, jobs: job.NewRunner(d.Shell.Post),
		absent: map[recording]bool{},
		model:  &model{texts: d.Shell.Text(), zone: d.Shell.Zone(), me: d.Me},
	}
}

// Name implements [screen.Screen].
func (s *Screen) Name() string { return screen.Session }

// Content implements [screen.Screen].
func (s *Screen) Content() fyne.CanvasObject {
	if s.view == nil {
		s.view = newView(s)
		s.refresh()
	}
	return s.view.content
}

// Show implements [screen.Screen]. A session that runs is what one comes for.
func (s *Screen) Show() {
	s.front = true
	if id, _ := s.deps.Live.Running(); id != "" && s.model.shown == "" {
		s.model.show(id)
	}
	s.read()
}

// Hide implements [screen.Screen].
func (s *Screen) Hide() { s.front = false }

// Changed implements [screen.Screen].
func (s *Screen) Changed() {
	if s.front {
		s.read()
	}
}

// Close implements [screen.Screen].
func (s *Screen) Close() { s.jobs.Close() }

// Trace implements [screen.Screen].
func (s *Screen) Trace(t *screen.Trace) { t.Rows = append(t.Rows, s.model.trace()...) }

// Joined tells that the host let somebody in. Who is on the roster already comes
// back, as all do when a session goes on or has another host.
func (s *Screen) Joined(author string) {
	if r := s.model.room; r != nil && slices.ContainsFunc(r.roster, func(a session.Attendee) bool { return a.Author == author && a.Name != "" }) {
		return
	}
	s.announce("session.joined", author)
}

// HandedTo tells who hosts the running session from now on, and shows what this
// person may do then.
func (s *Screen) HandedTo(author string) {
	key := text.Key("session.hosted-now")
	if author == s.deps.Me {
		key = "session.host-now"
	}
	s.announce(key, author)
}

// announce tells something of somebody in the running session.
func (s *Screen) announce(what text.Key, author string) {
	id, _ := s.deps.Live.Running()
	job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (map[string]string, error) {
		return s.deps.Desk.SessionNames(ctx, id)
	}, nil, func(names map[string]string, err error) {
		if err == nil {
			name := s.model.called(author, names[author])
			s.shell.Toast(s.shell.Say(what, review.Args{"name": name}), "", nil)
		}
		s.Changed()
	})
}

// Absent tells why a call's recording does not come to the running session, once:
// it is asked for again until it is there.
func (s *Screen) Absent(round int, why error) {
	id, _ := s.deps.Live.Running()
	if of := (recording{id, round}); !s.absent[of] {
		s.absent[of] = true
		message, _ := s.shell.Text().Error(why)
		s.shell.Toast(s.shell.Say("session.no-recording", review.Args{"n": round, "why": message}), "", nil)
	}
}

// A recording is that of one of a session's calls.
type recording struct {
	session string
	round   int
}

// Ended tells that the running session ended by itself.
func (s *Screen) Ended(why error) {
	s.act(s.deps.Live.Leave, nil)
	s.shell.Fail(why)
}

// act does something with a session and reads it again. While it is under way,
// nothing else is begun.
func (s *Screen) act(do func(ctx context.Context) error, done func()) {
	s.doing("", func(ctx context.Context, _ func(job.Progress)) error { return do(ctx) }, done)
}

// doing is act for what may take long: its title is shown then.
func (s *Screen) doing(title string, do func(context.Context, func(job.Progress)) error, done func()) {
	if s.acting {
		return
	}
	s.acting = true
	told := title == ""
	tell := func(state job.State) {
		if state.Visible && !told {
			told = true
			s.shell.Toast(state.Title, "", nil)
		}
	}
	job.Run(s.jobs, title, func(ctx context.Context, report func(job.Progress)) (struct{}, error) {
		return struct{}{}, do(ctx, report)
	}, tell, func(_ struct{}, err error) {
		s.acting = false
		switch {
		case err != nil:
			s.shell.Fail(err)
		case done != nil:
			done()
		}
		s.read()
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
