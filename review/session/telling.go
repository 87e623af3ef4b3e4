package session

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/earshot-app/earshot/review/journal"
)

// A telling makes states of the accepted events of a story.
type telling struct {
	*rights
	accepted []event
}

// For answers the session as an author may see it: without what others said in
// rounds that are not revealed, which the host's library holds. With "" it is
// what the log alone tells.
func (s *State) For(author string) *State {
	t := s.story
	let := func(e event) bool { return e.Author == author || !t.hidden(e) }
	if s.whole && !slices.ContainsFunc(t.accepted, func(e event) bool { return !let(e) }) {
		return s
	}
	return t.state(let)
}

// state tells the story of those events that are let through.
func (t *telling) state(let func(event) bool) *State {
	s := &State{
		ID: t.id, Members: map[string]Member{}, Issues: map[string]Issue{}, Accepted: []string{},
		Refused: maps.Clone(t.refused), story: t, whole: true,
	}
	for _, round := range slices.Sorted(maps.Keys(t.calls)) {
		s.Calls = append(s.Calls, Call{SessionCall: t.calls[round], Said: map[string]*Said{}})
	}
	shown := make([]event, 0, len(t.accepted))
	for _, e := range t.accepted {
		if !t.hidden(e) {
			s.Accepted = append(s.Accepted, e.ID)
		}
		if let(e) {
			shown = append(shown, e)
		} else {
			s.whole = false
		}
	}
	slices.Sort(s.Accepted)
	undone := undone(shown)
	for i, e := range shown {
		if !undone[key{e.Author, e.ID}] {
			t.tell(s, e, i+1)
		}
	}
	s.match(shown)
	return s
}

// undone are the events that an undo took out of the story. One comes after
// what it undoes, so reading backwards it is settled whether it stands before
// it counts.
func undone(story []event) map[key]bool {
	if !slices.ContainsFunc(story, func(e event) bool { return e.Type == journal.TypeUndone }) {
		return nil
	}
	here, undone := map[key]journal.Event{}, map[key]bool{}
	for _, e := range story {
		here[key{e.Author, e.ID}] = e.Event
	}
	for _, e := range slices.Backward(story) {
		undo, ok := e.body.(journal.Undone)
		if !ok || undone[key{e.Author, e.ID}] {
			continue
		}
		for _, id := range undo.Of {
			of := key{e.Author, id}
			if target, ok := here[of]; ok && journal.CanUndo(e.Event, target) {
				undone[of] = true
			}
		}
	}
	return undone
}

// tell takes in what the event at a place, from 1, says.
func (t *telling) tell(s *State, e event, place int) {
	if c := s.Call(t.rounds[journal.CallOf(e.body)]); c != nil {
		c.said(e.Author).tell(e.body, place)
		return
	}
	switch b := e.body.(type) {
	case journal.SessionOpened:
		s.Host, s.Name, s.Draw, s.FrameDigest = e.Author, b.Name, b.Draw, b.FrameDigest
		s.Blind, s.Together, s.KeepAudio = b.Blind, b.Together, b.KeepAudio
		s.admit(e.Author)
	case journal.IssueNamed:
		if _, named := s.Issues[b.Issue]; !named {
			s.Issues[b.Issue] = Issue{ID: b.Issue, Name: b.Name, Into: b.Issue, By: e.Author, Round: t.blindRound(e), named: place}
		}
	case journal.MemberAdmitted:
		s.admit(b.Member)
	case journal.MemberRemoved:
		if m, ok := s.Members[b.Member]; ok {
			m.Removed = true
			s.Members[b.Member] = m
		}
	case journal.HostChanged:
		s.Host = b.To
		s.admit(b.To)
	case journal.SessionClosed:
		s.Closed, s.Tallies = true, b.Authors
	default:
		s.tellRound(b, place)
	}
}

// tellRound takes in what the host does with rounds.
func (s *State) tellRound(body journal.Body, place int) {
	switch b := body.(type) {
	case journal.RoundOpened:
		s.At = b.Round
	case journal.RoundRevealed:
		if c := s.Call(b.Round); c != nil && !c.Revealed {
			c.Revealed, c.revealed = true, place
		}
	case journal.ConsensusRecorded:
		if c := s.Call(b.Round); c != nil {
			c.Consensus = &b
		}
	}
}

// blindRound is the round that hid e when it was said; 0 when all saw it.
func (t *telling) blindRound(e event) int {
	if t.blind {
		return t.round(e)
	}
	return 0
}

func (s *State) admit(author string) {
	if _, ok := s.Members[author]; !ok {
		s.order = append(s.order, author)
	}
	s.Members[author] = Member{Author: author}
}

func (c *Call) said(author string) *Said {
	said := c.Said[author]
	if said == nil {
		said = &Said{Moments: map[string]journal.MomentAdded{}, Praise: map[string]journal.PraiseAdded{}}
		c.Said[author] = said
	}
	return said
}

// tell takes in what its member says of the call at a place of the story.
func (s *Said) tell(body journal.Body, place int) {
	switch b := body.(type) {
	case journal.MomentAdded:
		s.Moments[b.Moment] = b
	case journal.MomentMoved:
		if m, ok := s.Moments[b.Moment]; ok {
			m.At, m.Until = b.At, b.Until
			s.Moments[b.Moment] = m
		}
	case journal.MomentRemoved:
		delete(s.Moments, b.Moment)
	case journal.PraiseAdded:
		s.Praise[b.Praise] = b
	case journal.PraiseRemoved:
		delete(s.Praise, b.Praise)
	case journal.WordsChanged:
		s.reword(b)
	case journal.CallHeard:
		s.Heard, s.Skipped, s.done = true, false, place
	case journal.CallSkipped:
		s.Heard, s.Skipped, s.done = false, true, place
	}
}

func (s *Said) reword(b journal.WordsChanged) {
	if m, ok := s.Moments[b.Of]; ok {
		m.Words = b.Words
		s.Moments[b.Of] = m
	}
	if p, ok := s.Praise[b.Of]; ok {
		p.Words = b.Words
		s.Praise[b.Of] = p
	}
}

// match settles which issues count as one: those of one name as the one that
// was named first, and then whatever the host matched, in the order in which it
// was done. Two that count as one already stay as they are.
func (s *State) match(story []event) {
	into := map[string]string{}
	first := map[string]string{} // by folded name
	named := slices.SortedFunc(maps.Values(s.Issues), func(a, b Issue) int { return cmp.Compare(a.named, b.named) })
	for _, i := range named {
		name := folded(i.Name)
		if _, ok := first[name]; !ok {
			first[name] = i.ID
		}
		into[i.ID] = first[name]
	}
	root := func(id string) string {
		for into[id] != "" && into[id] != id {
			id = into[id]
		}
		return id
	}
	for _, e := range story {
		if b, ok := e.body.(journal.IssuesMatched); ok && root(b.From) != root(b.Into) {
			into[root(b.From)] = root(b.Into)
		}
	}
	s.same = map[string][]Issue{}
	for _, i := range named {
		i.Into = root(i.ID)
		s.Issues[i.ID] = i
		s.same[i.Into] = append(s.same[i.Into], i)
	}
}

// folded is the same for names that review.SameName calls the same, and for
// those that differ in white space alone, which review.CleanName takes away.
func folded(name string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			least = min(least, other)
		}
		return least
	}, strings.Join(strings.Fields(name), " "))
}
