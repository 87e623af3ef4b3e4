package session_test

import (
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/session"
)

// In one room one machine is heard at a time, and who hears where does not move
// what is played, not even a start that is told and has not come.
func TestWhoseMachineIsHeardMovesNothing(t *testing.T) {
	now := time.UnixMilli(1_795_000_000_000)
	p := session.Play{Round: 1, Rate: 1}.Order(session.Ask{Do: session.AskPlay}, "anna", now, time.Second)
	only := p.Order(session.Ask{Do: session.AskOnly}, "ben", now.Add(100*time.Millisecond), time.Second)
	if only.Only != "ben" || only.Epoch <= p.Epoch {
		t.Errorf("play only at Ben's: %+v", only)
	}
	all := only.Order(session.Ask{Do: session.AskAll}, "anna", now.Add(200*time.Millisecond), time.Second)
	if all.Only != "" {
		t.Errorf("play at all again: %+v", all)
	}
	for _, later := range []time.Duration{0, 500 * time.Millisecond, 3 * time.Second} {
		if at, want := all.At(now.Add(later)), max(0, later-time.Second); at != want {
			t.Errorf("after %v it is at %v, want %v", later, at, want)
		}
	}
}

// A player that is heard 90 ms after it was told to play is late at the first
// start; the next time it is told so much earlier, and begins where all begin.
func TestAStartIsToldAsMuchEarlierAsTheLastWasLate(t *testing.T) {
	var f session.Follower
	now := time.UnixMilli(1_795_000_000_000)
	f.Clock.Add(now, now, now)
	p := session.Play{Round: 1, Rate: 1}
	late := func() (told time.Duration, at time.Duration) {
		p = p.Order(session.Ask{Do: session.AskSeek, PosMS: 10_000}, "anna", now, 300*time.Millisecond)
		p = p.Order(session.Ask{Do: session.AskPlay}, "anna", now, 300*time.Millisecond)
		f.Tell(p, now)
		h := session.Playhead{Round: 1, Speed: 1, Length: time.Hour}
		for tick := time.Duration(0); ; tick += 10 * time.Millisecond {
			h.Now = now.Add(tick)
			m := f.Follow(h)
			if m.Seek {
				h.Pos = m.To
			}
			if m.Play {
				return tick - 300*time.Millisecond, h.Pos
			}
		}
	}
	if told, at := late(); told != 0 || at != 10*time.Second {
		t.Errorf("the first start is told %v after the time, from %v", told, at)
	}
	h := session.Playhead{Now: now.Add(time.Second), Round: 1, Playing: true, Pos: 10*time.Second + 610*time.Millisecond, Length: time.Hour, Speed: 1}
	if m := f.Follow(h); m.Speed != 1.01 {
		t.Errorf("90 ms late it plays at %v", m.Speed)
	}
	h.Now, h.Pos = h.Now.Add(time.Second), h.Pos+890*time.Millisecond
	if m := f.Follow(h); m.Speed != 1.02 {
		t.Errorf("200 ms late it plays at %v", m.Speed)
	}
	h.Now, h.Pos = h.Now.Add(time.Second), h.Pos+1101*time.Millisecond
	if m := f.Follow(h); m.Speed != 1.02 {
		t.Errorf("99 ms late a push ebbs to %v", m.Speed)
	}
	now = h.Now
	p = p.Order(session.Ask{Do: session.AskPause}, "anna", now, 0)
	if told, at := late(); told != -90*time.Millisecond || at != 10*time.Second {
		t.Errorf("the second start is told %v after the time, from %v; want 90 ms before", told, at)
	}
}
