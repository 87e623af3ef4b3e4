package session

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/earshot-app/earshot/review/journal"
)

// Fold reads the session of an id from events that [Accept] let in: in any
// order, also some of them twice. With the same events everybody has the same
// state. It reads all anew, and is what tests hold a [Story], and every library
// that was told of the session piece by piece, against; a program keeps a Story.
func Fold(id string, events []journal.Event) *State {
	s := NewStory(id)
	s.Add(events...)
	return s.State()
}

// A Story is the events of a session, for whoever reads the state again and
// again while more arrive: each is decoded once. It is used by one goroutine at
// a time.
type Story struct {
	id     string
	events []event // in the order of journal.Before, but for what was added last
	places map[key]int
	sorted bool
	state  *State // nil when something came since
}

// A key tells events apart. An id is its author's to choose, so that nobody can
// take another's place by choosing theirs.
type key struct{ author, id string }

type event struct {
	journal.Event
	body   journal.Body // nil for what this version does not know
	broken bool
}

// NewStory begins the story of the session of an id.
func NewStory(id string) *Story { return &Story{id: id, places: map[key]int{}} }

// Add adds events that [Accept] let in. What is here already changes nothing.
func (s *Story) Add(events ...journal.Event) {
	for _, e := range events {
		body, err := journal.Decode(e)
		told := event{e, body, err != nil}
		at, here := s.places[key{e.Author, e.ID}]
		switch {
		case !here:
			s.places[key{e.Author, e.ID}] = len(s.events)
			s.events = append(s.events, told)
		case instead(e, s.events[at].Event):
			s.events[at] = told
		default:
			continue
		}
		s.sorted, s.state = false, nil
	}
}

// instead reports whether a stands where its author gave a and b one id. No
// honest author does; which stands must only be the same for everybody.
func instead(a, b journal.Event) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return bytes.Compare(x, y) < 0
}

// State answers the session as the events so far tell it, the same again until
// one is added: nobody may change it. What it answered before does not change when
// more are added.
func (s *Story) State() *State {
	if s.state == nil {
		s.sort()
		s.state = s.tell()
	}
	return s.state
}

// tell reads all anew.
func (s *Story) tell() *State {
	r := s.rights()
	t := &telling{rights: r, accepted: make([]event, 0, len(s.events))}
	for i, e := range s.events {
		if reason := r.refuses(i, e); reason != "" {
			r.refused[reason]++
		} else {
			t.accepted = append(t.accepted, e)
		}
	}
	return t.state(func(event) bool { return true })
}

func (s *Story) sort() {
	if s.sorted {
		return
	}
	slices.SortFunc(s.events, func(a, b event) int {
		switch {
		case journal.Before(a.Event, b.Event):
			return -1
		case journal.Before(b.Event, a.Event):
			return 1
		}
		return 0
	})
	for i, e := range s.events {
		s.places[key{e.Author, e.ID}] = i
	}
	s.sorted = true
}
