package listen

import (
	"context"
	"strings"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
)

// Together is the session that runs over a network, if one does. Its methods
// return at once, Ask excepted.
type Together interface {
	// Running is the id of the session that runs; "" for none.
	Running() (id string, hosting bool)
	// Me is the author of this library.
	Me() string
	// Roster is who is there, as far as the host has told.
	Roster() []session.Attendee
	// Playing is what the host plays for all.
	Playing() session.Play
	// Coming is how far the recordings of a round are that are on their way;
	// round is 0 while none is.
	Coming() (round int, done, of int64)
	// Follow answers what this window's player is to do now; it knows the time by
	// itself.
	Follow(h session.Playhead) session.Move
	// Ask plays, pauses, seeks or opens for all; a member's is asked of the host.
	// It may wait for the network, and answers why the host cannot be heard.
	Ask(ctx context.Context, a session.Ask) error
}

// party is the session that runs, as the page knows it.
type party struct {
	id      string
	hosting bool
	me      string
	roster  []session.Attendee
	play    session.Play

	known  bool // the library was asked for what follows
	shared desk.Shared
	places []desk.SessionPlace
	left   int          // the round that was open when the session was left; 0 for none
	said   map[int]bool // the rounds that this person is through with

	taken  int  // the round that the host last took this page to
	away   bool // the host is not heard
	aloud  bool // heard here although only another's machine is to be
	coming int  // round whose recordings are on their way
	done   int64
	of     int64
}

// together reports whether the host plays for all.
func (p *party) together() bool { return p != nil && p.known && p.shared.Together && !p.shared.Closed }

// quiet reports whether another machine in the room is heard and not this one.
func (p *party) quiet() bool {
	return p.together() && p.play.Only != "" && p.play.Only != p.me && !p.aloud && !p.away
}

// through are the rounds of a session that somebody is through with.
func through(s *session.State, author string) map[int]bool {
	all := map[int]bool{}
	for _, c := range s.Calls {
		all[c.Round] = c.Said[author].Done()
	}
	return all
}

// round is the one whose call a uid of this library is; 0 for none, and for all
// once the session is closed.
func (p *party) round(uid string) int {
	if p != nil && !p.shared.Closed {
		for _, at := range p.places {
			if at.Local == uid {
				return at.Round
			}
		}
	}
	return 0
}

// call is this library's call of a round, "" while that is not known.
func (p *party) call(round int) string {
	for _, at := range p.places {
		if at.Round == round {
			return at.Local
		}
	}
	return ""
}

// next is the round that comes after the one that is played: at first the one at
// which the session was left. It is 0 after the last.
func (p *party) next() int {
	round := p.play.Round
	if round == 0 && p.left > 0 {
		return p.left
	}
	for _, at := range p.places {
		if at.Round == round+1 {
			return at.Round
		}
	}
	return 0
}

// round is the session's round whose call is open; 0 for none.
func (m *model) round() int {
	if m.call == nil {
		return 0
	}
	return m.party.round(m.call.uid())
}

// owes reports whether a session waits until this person is through with the open
// call, also where they had heard it before the session.
func (m *model) owes() bool {
	round := m.round()
	return round > 0 && !m.party.said[round]
}

// inStep reports whether the open call is the one that the host plays for all.
func (m *model) inStep() bool {
	return m.party.together() && m.party.play.Round > 0 && m.round() == m.party.play.Round
}

// speed is how fast the open call is played.
func (m *model) speed() float64 {
	if m.inStep() && m.party.play.Rate > 0 {
		return m.party.play.Rate
	}
	return m.habits.Speed
}

// strips reports whether the page tells of the session: while the host plays for
// all, and else while one of its calls is open.
func (m *model) strips() bool { return m.party.together() || m.round() > 0 }

// step says how this window listens with the others.
func (m *model) step() string {
	p := m.party
	say := func(key text.Key) string { return m.texts.Say(key, review.Args{"round": p.play.Round}) }
	switch {
	case !p.together():
		return say("listen.together.own-pace")
	case p.away:
		return say("listen.together.host-away")
	case p.play.Round == 0:
		return say(when(p.hosting, "listen.together.begin", "listen.together.wait"))
	case m.onTheWay() != "":
		return m.onTheWay()
	case !m.inStep():
		return say("listen.together.elsewhere")
	case p.quiet():
		return m.texts.Say("listen.together.quiet", review.Args{"name": p.name(p.play.Only)})
	case p.play.Only == p.me:
		return say("listen.together.only-here")
	}
	return say("listen.together.in-step")
}

func when[T any](is bool, then, otherwise T) T {
	if is {
		return then
	}
	return otherwise
}

// onTheWay says how far the recordings of the host's call are, "" where they are
// here.
func (m *model) onTheWay() string {
	p := m.party
	if !p.together() || p.hosting || p.play.Round == 0 {
		return ""
	}
	if p.call(p.play.Round) != "" && !(m.inStep() && len(m.call.view.Recordings) == 0) {
		return ""
	}
	if p.coming != p.play.Round || p.of == 0 {
		return m.texts.Say("listen.together.coming", review.Args{"round": p.play.Round})
	}
	part := m.texts.Percent(float64(p.done) / float64(p.of))
	return m.texts.Say("listen.together.coming-part", review.Args{"round": p.play.Round, "part": part})
}

// name is what somebody is called.
func (p *party) name(author string) string {
	for _, a := range p.roster {
		if a.Author == author {
			return a.Name
		}
	}
	return ""
}

// fewNames is how many names of one state the page shows of a larger party: who is
// away must not be lost behind who listens. The session page has them all.
const fewNames = 3

// people are the members by how they stand: who listens, is done, is away. How
// much they tagged is nobody's to know. Where a state has one more than most, the
// others are counted.
func (m *model) people(most int) (lines []string) {
	for _, state := range []session.Presence{session.Listening, session.Done, session.Away} {
		var names []string
		for _, a := range m.party.roster {
			if a.State == state {
				names = append(names, m.called(a))
			}
		}
		if names != nil {
			key := text.Key("listen.together." + string(state))
			lines = append(lines, m.texts.Say(key, review.Args{"names": m.listed(names, most)}))
		}
	}
	return lines
}

// listed are names, of which the last are counted where there are too many.
func (m *model) listed(names []string, most int) string {
	if len(names) <= most+1 {
		return strings.Join(names, ", ")
	}
	return m.texts.Say("listen.together.more", review.Args{"names": strings.Join(names[:most], ", "), "n": len(names) - most})
}

func (m *model) called(a session.Attendee) string {
	switch {
	case a.Author == m.party.me:
		return m.texts.Say("listen.together.you", nil)
	case a.Name == "":
		return m.texts.Say("listen.together.nameless", nil)
	}
	return a.Name
}

// playhead is how the page's player stands.
func (m *model) playhead(p Player) session.Playhead {
	return session.Playhead{
		Round: m.round(), Playing: p.Playing(), Pos: p.Position(), Length: m.call.length, Speed: m.speed(), Delay: p.Delay(),
	}
}
