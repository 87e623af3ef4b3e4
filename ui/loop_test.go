package ui

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2/test"
)

// A system is the window's, which says nothing for a while and then something.
type system struct {
	quiet     time.Duration
	meanwhile func() // while somebody sleeps; nil for nothing
	slept     []time.Duration
	wake      chan struct{}
	moving    bool
}

func (s *system) sleep(most time.Duration) {
	begun := time.Now()
	if do := s.meanwhile; do != nil && most == sleepFor {
		s.meanwhile = nil
		time.Sleep(most / 4)
		do()
	}
	select {
	case <-time.After(min(most, s.quiet)):
		s.quiet -= time.Since(begun)
	case <-s.wake:
	}
	if most > time.Second/60 { // else it is a part of a turn
		s.slept = append(s.slept, time.Since(begun))
	}
}

func loop(t *testing.T, do func(*Loop, *system)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		test.NewTempApp(t)
		s := &system{quiet: time.Hour, wake: make(chan struct{}, 1)}
		l := &Loop{Sleep: s.sleep, Moves: func() bool { return s.moving }, Wake: func() {
			select {
			case s.wake <- struct{}{}:
			default:
			}
		}}
		l.told = time.Now()
		do(l, s)
	})
}

// turns has Fyne turn for a while, sixty times a second when it is not asleep.
func (l *Loop) turns(long time.Duration) {
	for begun := time.Now(); time.Since(begun) < long; time.Sleep(time.Second / 60) {
		l.turn()
	}
}

func TestAWindowThatIsLeftAloneSleeps(t *testing.T) {
	loop(t, func(l *Loop, s *system) {
		l.turns(10 * time.Second)
		if len(s.slept) < 9 || s.slept[0] != sleepFor {
			t.Errorf("in ten seconds it slept for %v", s.slept)
		}
	})
}

// A button that is pressed is drawn in steps for 0.3 seconds, of which nobody tells.
func TestAfterAKeyNothingSleepsForAWhile(t *testing.T) {
	loop(t, func(l *Loop, s *system) {
		l.turns(stillFor)
		s.quiet = sleepFor / 2
		l.turns(sleepFor / 2)
		before := len(s.slept)
		l.turns(300 * time.Millisecond)
		if before != 1 || len(s.slept) != before {
			t.Errorf("it slept for %v", s.slept)
		}
	})
}

func TestWhatMovesIsNotSleptOver(t *testing.T) {
	loop(t, func(l *Loop, s *system) {
		s.moving = true
		l.turns(time.Minute)
		if len(s.slept) != 0 {
			t.Errorf("it slept for %v", s.slept)
		}
	})
}

func TestWhatIsPostedEndsASleep(t *testing.T) {
	loop(t, func(l *Loop, s *system) {
		s.meanwhile = func() { l.Post(func() {}) }
		l.turns(stillFor + sleepFor/4)
		if len(s.slept) != 1 || s.slept[0] > sleepFor/4 {
			t.Errorf("it slept for %v", s.slept)
		}
		l.turns(sleepFor)
		if len(s.slept) == 1 {
			t.Error("it never slept again")
		}
	})
}

// What is done between a turn and its rest must not wait for a sleep to be painted.
func TestWhatIsNotPaintedYetIsNotSleptOver(t *testing.T) {
	loop(t, func(l *Loop, s *system) {
		time.Sleep(time.Second)
		ran := l.ran
		l.Post(func() {})
		l.rest(ran)
		if len(s.slept) != 0 {
			t.Errorf("it slept for %v", s.slept)
		}
	})
}

func TestAFrameIsToldOfOnceAfterItWasPainted(t *testing.T) {
	loop(t, func(l *Loop, _ *system) {
		said := ""
		l.atFrame(func() func() {
			said += "look "
			return func() { said += "painted " }
		})
		if said != "" {
			t.Errorf("before a turn: %s", said)
		}
		l.turn()
		l.turn()
		if said != "look painted " {
			t.Errorf("it says %s", said)
		}
	})
}
