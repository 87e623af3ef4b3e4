package issues

import (
	"context"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui/job"
)

// read reads what the page shows.
func (s *Screen) read() { s.reading.Read() }

// readTab is the work of reading what the page shows now.
func (s *Screen) readTab() job.Work[reading] {
	s.stale = false
	what := s.model.question()
	return func(ctx context.Context, _ func(job.Progress)) (reading, error) {
		return readTab(ctx, s.desk, what)
	}
}

// readAnew drops what is being read, which is of another tab or filter.
func (s *Screen) readAnew() {
	s.reading.Drop()
	s.drop(&s.hearing)
	s.drop(&s.tracing)
	s.read()
	s.painted()
}

// drop ends a job whose result is no longer wanted.
func (s *Screen) drop(j **job.Job) {
	if *j != nil {
		(*j).Cancel()
		*j = nil
	}
}

// A question is what a tab wants to know of the library.
type question struct {
	tab    tab
	inside inside
	above  float64
	filter desk.Filter
}

func (m *model) question() question { return question{m.tab, m.inside, m.above, m.filter()} }

func readTab(ctx context.Context, d Desk, q question) (r reading, err error) {
	if r.codebook, err = d.Issues(ctx); err != nil {
		return r, err
	}
	entries, err := d.Codebook(ctx)
	if err != nil {
		return r, err
	}
	r.entries = map[string]codebook.Entry{}
	for _, e := range entries {
		r.entries[e.ID] = e
	}
	if r.queues, err = d.Queues(ctx); err != nil {
		return r, err
	}
	if r.sessions, err = d.Sessions(ctx); err != nil {
		return r, err
	}
	if q.tab != unlumpTab {
		r.ranked, err = d.Rank(ctx, q.filter)
		r.brackets = brackets(r.ranked)
		return r, err
	}
	switch q.inside { // each takes a look at all heard calls, so only what is shown
	case asTable:
		r.mismatch, err = d.Mismatch(ctx, q.filter)
	case asList:
		r.proposal, err = d.Propose(ctx, q.filter, q.above, ranking.MostProposed)
	default:
		r.cards, err = d.Unlump(ctx, q.filter)
	}
	return r, err
}

// watch says that something goes on when it takes long.
func (s *Screen) watch(state job.State) {
	if s.model.busy != state.Visible {
		s.model.busy = state.Visible
		s.painted()
	}
}

func (s *Screen) haveRead(r reading, err error) {
	if err != nil {
		s.stale = true
		s.shell.Fail(err)
		return
	}
	s.model.take(r)
	s.hear()
	s.trace()
	s.painted()
}

// hear reads the moments of the chosen issue.
func (s *Screen) hear() {
	s.drop(&s.hearing)
	id, filter := s.model.chosen, s.model.filter()
	if id == "" || s.model.tab == unlumpTab {
		return
	}
	work := func(ctx context.Context, _ func(job.Progress)) ([]desk.Heard, error) {
		return s.desk.LatestMoments(ctx, filter, id, mostMoments)
	}
	s.hearing = job.Run(s.jobs, "", work, nil, func(moments []desk.Heard, err error) {
		s.hearing = nil
		if err != nil {
			s.shell.Fail(err)
			return
		}
		s.model.hears(id, moments)
		s.painted()
	})
}

// setKey gives the chosen issue a key, 0 for none, and says who lost it. A
// second key waits for a person to choose again: keys are set one at a time.
func (s *Screen) setKey(key int) {
	at := s.model.at()
	if at < 0 || s.writing {
		return
	}
	s.writing = true
	issue := s.model.ranked.Issues[at]
	said := s.keySaid(issue.ID, issue.Name, key)
	job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		return struct{}{}, s.desk.SetKey(ctx, issue.ID, key)
	}, nil, func(_ struct{}, err error) {
		s.writing = false
		if err != nil {
			s.shell.Fail(err)
			return
		}
		s.shell.Toast(said, "", nil)
		s.shell.Wrote()
	})
}

func (s *Screen) keySaid(id, name string, key int) string {
	args := review.Args{"key": key, "issue": name}
	if key == 0 {
		return s.shell.Say("issues.key-gone", args)
	}
	if holder, taken := s.model.holder(key); taken && holder.ID != id {
		args["other"] = holder.Name
		return s.shell.Say("issues.key-taken", args)
	}
	return s.shell.Say("issues.key-set", args)
}
