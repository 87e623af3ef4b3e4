package main

import (
	"os"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// steps are what happened, in order.
type steps struct {
	mu   sync.Mutex
	all  []string
	each chan string
}

func newSteps() *steps { return &steps{each: make(chan string, 10)} }

func (s *steps) take(step string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = append(s.all, step)
	s.each <- step
}

// until waits for a step.
func (s *steps) until(want string) []string {
	for step := range s.each {
		if step == want {
			break
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.all)
}

// The hub's process must be over before the window goes: a library that is copied
// while the system shuts down would lack its last words.
func TestTheSystemEndsTheRoomFirstAndThenTheWindow(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	s := newSteps()
	e := &ending{grace: time.Hour, exit: func(int) { s.take("exit") }}
	e.hold(func() error {
		s.take("room")
		return nil
	})
	asked := make(chan os.Signal, 1)
	end := e.watch(asked, func() { s.take("quit") })
	asked <- syscall.SIGTERM
	if got := s.until("quit"); !slices.Equal(got, []string{"room", "quit"}) {
		t.Errorf("it did %q", got)
	}
	end()
}

// A window that hangs, or a room that does, keeps no process alive.
func TestTheProcessEndsWhateverHangs(t *testing.T) {
	for _, hangs := range []string{"room", "window"} {
		s, over := newSteps(), make(chan struct{})
		e := &ending{grace: time.Millisecond, exit: func(status int) {
			if status != failed {
				t.Errorf("with a %s that hangs it ends with status %d", hangs, status)
			}
			s.take("exit")
		}}
		hang := func() { <-over }
		e.hold(func() error {
			if hangs == "room" {
				hang()
			}
			return nil
		})
		asked := make(chan os.Signal, 1)
		end := e.watch(asked, func() {})
		asked <- os.Interrupt
		s.until("exit")
		close(over)
		end()
	}
}

func TestWhoClosesTheWindowIsNotEndedAgain(t *testing.T) {
	e := &ending{grace: time.Hour, exit: func(int) { t.Error("the process was ended") }}
	e.watch(make(chan os.Signal), func() { t.Error("the window was closed twice") })()
	newEnding().close() // before the window opened
}
