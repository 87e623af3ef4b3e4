package listen

import (
	"context"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/ui/job"
)

// snapshot is what the library says of the draw and of one call.
type snapshot struct {
	open      bool
	listening desk.Listening
	uid       string // "" without a call
	page      callPage
}

// callPage is what is needed to show a call.
type callPage struct {
	view              desk.CallView
	transcript        dialogue.Transcript
	before, elsewhere []review.Issue
	order             map[string]int
}

func readSnapshot(ctx context.Context, d reading, uid string) (snapshot, error) {
	snap := snapshot{uid: uid}
	var err error
	if snap.listening, snap.open, err = d.Listening(ctx); err != nil || uid == "" {
		return snap, err
	}
	snap.page, err = readCall(ctx, d, uid)
	return snap, err
}

func readCall(ctx context.Context, d reading, uid string) (callPage, error) {
	view, err := d.View(ctx, uid)
	if err != nil {
		return callPage{}, err
	}
	p := callPage{view: view, order: map[string]int{}}
	if p.transcript, err = d.Transcript(ctx, uid); err != nil {
		return callPage{}, err
	}
	all, err := d.Issues(ctx)
	if err != nil {
		return callPage{}, err
	}
	for i, issue := range all {
		p.order[issue.ID] = i
	}
	p.before, p.elsewhere, err = d.IssuesOf(ctx, view.Call)
	return p, err
}

// reread looks at the library again, behind the acts that were asked for so
// far.
func (s *Screen) reread() {
	uid := s.open()
	s.acts.do(func(ctx context.Context) {
		snap, err := readSnapshot(ctx, s.deps.Desk, uid)
		s.shell.Post(func() {
			switch {
			case err == nil:
				s.took(snap)
			case uid != "" && review.CodeOf(err) == review.NoCall:
				s.gone(uid)
			default:
				s.shell.Fail(err)
			}
		})
	})
}

// open is the call that is open, "" for none.
func (s *Screen) open() string {
	if s.model.call == nil {
		return ""
	}
	return s.model.call.uid()
}

// act does something in the library and shows what has come of it. done is
// called when it has worked; it may be nil. The library is read at once, without
// a way to Fyne's goroutine and back between, so that the next frame can show it.
func (s *Screen) act(do func(context.Context) error, done func()) {
	s.pending++
	uid := s.open()
	s.acts.do(func(ctx context.Context) {
		err := do(ctx)
		snap, unread := readSnapshot(ctx, s.deps.Desk, uid)
		s.shell.Post(func() {
			s.pending--
			s.tell(err, done)
			if unread == nil && s.open() == uid {
				s.took(snap)
			} else {
				s.reread()
			}
			s.shell.Wrote()
		})
	})
}

// did shows what has come of an act.
func (s *Screen) did(err error, done func()) {
	s.tell(err, done)
	s.reread()
	s.shell.Wrote()
}

// tell shows how an act went.
func (s *Screen) tell(err error, done func()) {
	if err != nil {
		s.shell.Fail(err)
	} else if done != nil {
		done()
	}
}

// took takes over what was read. The place in the call stays as it is.
func (s *Screen) took(snap snapshot) {
	m := &s.model
	before, known := m.listening, m.known
	m.known, m.waiting, m.open, m.listening = true, false, snap.open, snap.listening
	if m.call != nil && m.call.uid() == snap.uid {
		came := m.call.source == nil && len(m.call.view.Recordings) == 0 && len(snap.page.view.Recordings) > 0
		m.call.view, m.call.transcript = snap.page.view, snap.page.transcript
		if came { // the session has brought them
			s.load(way{uid: snap.uid})
			return
		}
		if s.pending == 0 { // else it is behind what is shown, and another reading follows
			m.call.marks.read(snap.page.view)
			s.loop()
		}
		m.chooser.before, m.chooser.elsewhere, m.chooser.order = snap.page.before, snap.page.elsewhere, snap.page.order
	}
	if known {
		s.follow(before)
	}
	s.advance()
	s.refresh()
}

// follow leaves the open call when the library took its draw away or it was
// finished by another way than the page's, and goes back to one that was given
// back by an undo.
func (s *Screen) follow(before desk.Listening) {
	m := &s.model
	if m.call == nil || !holds(before, m.call.uid()) {
		return // nothing is open, or by hand
	}
	next := m.listening.Next()
	was, now := stateIn(before, m.call.uid()), stateIn(m.listening, m.call.uid())
	switch {
	case was == review.Drawn && (now == review.Heard || now == review.Skipped) && !s.ending && !m.call.playing && !m.inStep():
		s.leave() // an act that ended it was redone, or came from elsewhere
	case !m.open || m.listening.Draw.ID != before.Draw.ID && m.place() < 0:
		s.leave()
	case next >= 0 && next < before.Next() && m.listening.Draw.ID == before.Draw.ID && next < m.place():
		s.load(way{uid: m.listening.Calls[next].UID})
	}
}

func holds(l desk.Listening, uid string) bool { return stateIn(l, uid) != "" }

// stateIn is the state of a call of a draw, "" when it holds no such call.
func stateIn(l desk.Listening, uid string) review.State {
	for _, c := range l.Calls {
		if c.UID == uid {
			return c.State
		}
	}
	return ""
}

// advance opens the next call of the draw if none is open.
func (s *Screen) advance() {
	m := &s.model
	if m.call != nil || m.coming || m.anew {
		return
	}
	next := m.listening.Next()
	if m.open && next >= 0 {
		s.load(way{uid: m.listening.Calls[next].UID, play: s.resume})
	}
	s.resume = false
	if m.phase() == drawing {
		s.offerDraw()
	}
}

// countCategories finds out how much of all calls each category holds. It reads
// the whole catalogue, so it is not done again before the page is shown again.
func (s *Screen) countCategories() {
	if s.sharing != nil {
		s.sharing.Cancel()
	}
	s.sharing = job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (map[string]float64, error) {
		cards, err := s.deps.Desk.Unlump(ctx, desk.Filter{})
		parts := make(map[string]float64, len(cards))
		for _, card := range cards {
			parts[card.Category] = card.Part
		}
		return parts, err
	}, nil, func(parts map[string]float64, err error) {
		if err != nil {
			return // a nicety: the call is shown without it
		}
		s.parts = parts
		if c := s.model.call; c != nil {
			c.part = parts[c.view.Call.Category]
			s.refresh()
		}
	})
}
