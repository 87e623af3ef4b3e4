package session_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/earshot-app/earshot/review/journal"
)

// Whatever happens to the server, the network and the members' machines: after
// all are connected again everybody has every event exactly once, and in a
// blind session nothing that was not revealed.
func TestAfterAnyFaultsEverybodyHasEverythingOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rapid.SyncTest(t, func(t *rapid.T) {
			storm{t, goLive(t, rapid.Bool().Draw(t, "blind"), 3, 3)}.run()
		})
	})
}

// A storm is a live session to which anything happens.
type storm struct {
	t *rapid.T
	*live
}

func (s storm) number(what string, from, to int) int { return rapid.IntRange(from, to).Draw(s.t, what) }

func (s storm) run() {
	settle() // who does not know the session has nothing to say of it
	up := []bool{true, true, true, true}
	for range s.number("steps", 1, 40) {
		who := s.number("who", 0, 3)
		switch s.number("what", 0, 11) {
		case 0, 1, 2, 3, 4:
			s.speak(who)
		case 5:
			if up[who] {
				s.stop(who)
			} else {
				s.start(who)
			}
			up[who] = !up[who]
		default:
			s.fault(who)
		}
		time.Sleep(time.Duration(s.number("pause", 0, 15_000)) * time.Millisecond)
	}
	s.cut(false)
	for who, running := range up {
		if !running {
			s.start(who)
		}
	}
	time.Sleep(10 * time.Minute)
	s.agree(s.t)
	s.private()
	s.end()
}

// speak lets somebody say what they know of the session allows.
func (s storm) speak(who int) {
	round := s.number("round", 1, 3)
	switch s.number("say", 0, 6) {
	case 0:
		s.tell(s.say(who, round, journal.CallHeard{Call: call(round), Played: 1}))
	case 1:
		issue := fmt.Sprintf("issue-%d", s.n)
		s.tell(s.say(who, round, journal.IssueNamed{Issue: issue, Name: "No signal"}))
		s.tell(s.tag(who, round, issue, 5))
	case 2:
		s.tell(s.reveal(round))
	case 3:
		s.tell(s.say(who, round, journal.Undone{Of: []string{s.said[len(s.said)-1].ID}}))
	default:
		s.tell(s.tag(who, round, "bill", int64(s.number("at", 0, 60_000))))
	}
}

func (s storm) fault(who int) {
	held := s.held()
	switch s.number("fault", 0, 6) {
	case 0:
		s.mu.Lock()
		s.loseAcks = s.number("acks", 1, 5)
		s.mu.Unlock()
	case 1:
		s.truncate(s.number("after", 0, held))
	case 2:
		s.erase()
	case 3:
		s.damage(s.number("record", 1, held+1), rapid.Bool().Draw(s.t, "told"))
	case 4:
		s.cut(rapid.Bool().Draw(s.t, "down"))
	case 5: // somebody takes the id of what another says next
		e := s.tag(who, 1, "bill", 7)
		junk := s.sign(s.authors[3].In("another"), 1000+s.n, journal.CallHeard{Call: call(1)})
		s.forge(delivered(junk), e.ID)
		s.tell(e)
	case 6:
		s.links[who].slow(time.Duration(s.number("delay", 1, 900)) * time.Millisecond)
	}
}

// private fails where somebody holds what is not revealed and not theirs.
func (s storm) private() {
	now := s.state()
	for i, b := range s.boxes[1:] {
		b.mu.Lock()
		defer b.mu.Unlock()
		for id, k := range b.kept {
			if hidden(now, k.Event) > 0 && k.Author != b.me {
				s.t.Errorf("%d holds %s, which is not revealed", i+1, id)
			}
		}
	}
}
