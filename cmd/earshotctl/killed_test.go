package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/journal"
)

// settled waits until every library holds the same, at least so many events, and
// has nothing left to send.
func settled(t *testing.T, events int, seats []*seat) {
	t.Helper()
	var all []said
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		same := true
		all = all[:0]
		for _, s := range seats {
			s.do(map[string]any{"do": "status"})
			at := s.until("status")
			all = append(all, at)
			same = same && at.Digest == all[0].Digest && at.Waiting == 0 && at.Events >= events
		}
		if same {
			return
		}
	}
	t.Errorf("after a minute: %+v", all)
}

// moments are how often a library holds each tag of a session.
func (c *ctl) moments(session string) map[string]int {
	c.t.Helper()
	all := map[string]int{}
	for _, e := range c.events(session) {
		var m journal.MomentAdded
		if e.Type == journal.TypeMomentAdded && json.Unmarshal(e.Body, &m) == nil {
			all[m.Moment]++
		}
	}
	return all
}

// The host and members are killed one after another in the middle of what they
// say, and come back. What was printed as done is in every library, once.
func TestKillsAnywhereLoseNothing(t *testing.T) {
	t.Parallel()
	h := newCtl(t)
	session := opened(h, "meeting-62", "--open")
	back := func() (*seat, said) {
		s := sit(h, "host", "", "session", "host", "--resume", session, "--name", "Hedda", "--listen", "127.0.0.1:0")
		return s, s.until("ready")
	}
	hostess, ready := back()
	seats := []*seat{hostess, join(newCtl(t), "Ada", ready.Link), join(newCtl(t), "Bo", ready.Link)}
	for _, s := range seats {
		s.here(2)
	}
	const kills, tags = 6, 4
	const seed = 62
	t.Logf("seed %d", seed)
	dice := rand.New(rand.NewPCG(seed, seed))
	var done []string
	for n := range kills {
		dies := n % len(seats)
		for _, s := range seats {
			for i := range tags {
				s.do(map[string]any{"do": "tag", "round": 1 + i%2, "issue": fmt.Sprintf("%s's issue", s.name), "at": n*tags + i})
			}
		}
		for i, s := range seats {
			heard := tags
			if i == dies {
				heard = dice.IntN(tags)
			}
			for range heard {
				done = append(done, s.until("tag").Moment)
			}
		}
		seats[dies].kill()
		if dies == 0 {
			seats[0], _ = back()
		} else {
			seats[dies] = join(seats[dies].ctl, seats[dies].name, ready.Link)
		}
	}
	settled(t, len(done), seats)
	holdTheSame(t, session, seats)
	for _, s := range seats {
		held := s.moments(session)
		for _, moment := range done {
			if n := held[moment]; n != 1 {
				t.Errorf("%s holds %s %d times", s.name, moment, n)
			}
		}
	}
}
