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
