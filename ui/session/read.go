package session

import (
	"context"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/ui/job"
)

// mostSessions is how many sessions are listed, the latest.
const mostSessions = 50

// contents are what the page shows of the library: a session, or all.
type contents struct {
	all   []overview
	draws []desk.Draw
	room  *room // nil for all
}

// An overview is a session as it is listed.
type overview struct {
	desk.Shared
	calls   int
	names   map[string]string
	missing map[string]int // events on their way, by author
	counted bool           // the host has said how many there are
}

// read reads the library, once more if that is asked for meanwhile.
func (s *Screen) read() {
	if s.reading != nil {
		s.again = true
		return
	}
	s.again = false
	shown, round := s.model.shown, 0
	if s.model.room != nil {
		round = s.model.room.number()
	}
	s.reading = job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (contents, error) {
		if shown == "" {
			return readAll(ctx, s.deps.Desk)
		}
		room, err := readRoom(ctx, s.deps, shown, round)
		return contents{room: room}, err
	}, nil, func(c contents, err error) {
		s.reading = nil
		s.took(shown, c, err)
		switch {
		case s.again && s.front:
			s.read()
		case s.then != nil:
			then := s.then
			s.then = nil
			then()
		}
	})
}

// took shows what was read, if it is still wanted.
func (s *Screen) took(shown string, c contents, err error) {
	switch {
	case shown != s.model.shown:
		s.again = true
		return
	case err != nil:
		if review.CodeOf(err) == session.NoSession { // joined, and nothing has come yet
			return
		}
		s.shell.Fail(err)
		return
	case c.room != nil:
		s.model.tookRoom(c.room)
	default:
		s.model.tookAll(c.all, c.draws)
	}
	s.refresh()
	s.look()
}

// look reads again who is through with the chosen call where that is the host's
// to know and not read yet.
func (s *Screen) look() {
	if r := s.model.room; r != nil && r.hosting() && r.number() != 0 && r.through.round != r.number() {
		s.read()
	}
}

func readAll(ctx context.Context, d Desk) (contents, error) {
	var c contents
	draws, err := d.Draws(ctx)
	if err != nil {
		return c, err
	}
	c.draws = draws
	all, err := d.Sessions(ctx)
	if err != nil {
		return c, err
	}
	for _, shared := range all[:min(len(all), mostSessions)] {
		o := overview{Shared: shared}
		if o.names, err = d.SessionNames(ctx, shared.ID); err != nil {
			return c, err
		}
		state, err := d.Session(ctx, shared.ID)
		switch {
		case err == nil:
			o.calls = len(state.Calls)
			o.missing, o.counted = state.Complete()
		case review.CodeOf(err) != session.NoSession: // its beginning may still be to come
			return c, err
		}
		c.all = append(c.all, o)
	}
	return c, nil
}

// readRoom reads a session, and for its host who is through with a round.
func readRoom(ctx context.Context, d Deps, id string, round int) (r *room, err error) {
	r = &room{me: d.Me, places: map[int]string{}, through: through{round: round}}
	read := func(part func() error) {
		if err == nil {
			err = part()
		}
	}
	read(func() (e error) { r.shared, e = d.Desk.SharedOf(ctx, id); return e })
	read(func() (e error) { r.state, e = d.Desk.Session(ctx, id); return e })
	read(func() (e error) { r.names, e = d.Desk.SessionNames(ctx, id); return e })
	read(func() error {
		places, e := d.Desk.SessionPlaces(ctx, id)
		for _, p := range places {
			r.places[p.Round] = p.Local
		}
		return e
	})
	read(func() (e error) {
		of := desk.AllRounds
		if r.state.Together {
			of = r.state.At
		}
		r.roster, e = d.Desk.SessionRoster(ctx, id, of)
		return e
	})
	if round != 0 {
		read(func() (e error) { r.through.roster, e = d.Desk.SessionRoster(ctx, id, round); return e })
	}
	if err != nil {
		return nil, err
	}
	r.agreement = r.state.Agreement()
	running, _ := d.Live.Running()
	r.running = running == id
	if r.running {
		r.elsewhere = d.Live.Elsewhere()
	}
	if present := d.Live.Roster(); r.running && len(present) > 0 {
		r.roster = present
	}
	return r, nil
}
