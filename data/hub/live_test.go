package hub_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/session"
)

// listen runs what listens until the test ends.
func listen(t *testing.T, what func(context.Context) error) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	all.Go(func() { _ = what(ctx) })
	t.Cleanup(func() { stop(); all.Wait() })
}

// until says something again, as whoever listens may have just begun, until it
// is heard.
func until[T any](t *testing.T, say func() error, heard <-chan T) T {
	t.Helper()
	for {
		if err := say(); err != nil {
			t.Fatal(err)
		}
		select {
		case got := <-heard:
			return got
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// keep puts the newest value into a channel of one.
func keep[T any](to chan T, value T) {
	select {
	case to <- value:
	default:
	}
}

func TestTheHostPlaysForAll(t *testing.T) {
	r := open(t)
	a := r.join(t, someone(t, 2))
	plays, rosters := make(chan session.Play, 1), make(chan session.Roster, 1)
	listen(t, func(ctx context.Context) error {
		return a.Hear(ctx, hub.Heard{
			Play:   func(p session.Play) { keep(plays, p) },
			Roster: func(r session.Roster) { keep(rosters, r) },
		})
	})
	play := session.Play{Epoch: 7, Round: 2, Playing: true, PosMS: 61500, AtHost: 1700000000000, Rate: 1.25, By: a.Me()}
	if diff := cmp.Diff(play, until(t, func() error { return r.conn.Play(t.Context(), play) }, plays)); diff != "" {
		t.Errorf("(-said +heard)\n%s", diff)
	}
	roster := session.Roster{Members: []session.Attendee{{Author: a.Me(), Name: "Anna", State: session.Listening}}}
	if diff := cmp.Diff(roster, until(t, func() error { return r.conn.Roster(t.Context(), roster) }, rosters)); diff != "" {
		t.Errorf("(-said +heard)\n%s", diff)
	}
}

func TestMembersTellWhatTheyLack(t *testing.T) {
	r := open(t)
	a, b := r.join(t, someone(t, 2)), r.join(t, someone(t, 3))
	lost := make(chan uint64, 1)
	listen(t, func(ctx context.Context) error { return b.Lost(ctx, func(seq uint64) { keep(lost, seq) }) })
	if got := until(t, func() error { return a.Missing(t.Context(), 41) }, lost); got != 41 {
		t.Errorf("heard that %d is missing, want 41", got)
	}
}

func TestTheHostAnswers(t *testing.T) {
	r := open(t)
	a := r.join(t, someone(t, 2))
	_, err := a.Clock(t.Context())
	wantCode(t, err, hub.HostAway)
	noon := time.Date(2026, 3, 1, 12, 0, 0, 123456789, time.UTC)
	type asked struct {
		By  string
		Ask session.Ask
	}
	asks, states := make(chan asked, 1), make(chan session.Attendee, 1)
	listen(t, func(ctx context.Context) error {
		return r.conn.Answer(ctx, hub.Answers{
			Clock: func() time.Time { return noon },
			Ask: func(by string, a session.Ask, done func(error)) {
				asks <- asked{by, a}
				if a.Do == session.AskOpen {
					done(review.Fail(session.NoRound, review.Args{"round": a.Round}))
					return
				}
				done(nil)
			},
			State: func(a session.Attendee) { states <- a },
		})
	})
	got, err := a.Clock(t.Context())
	for err != nil && t.Context().Err() == nil {
		got, err = a.Clock(t.Context())
	}
	if !got.Equal(noon) {
		t.Errorf("the host's clock shows %v, want %v", got, noon)
	}
	want := asked{a.Me(), session.Ask{Do: session.AskSeek, PosMS: 5000}}
	if err := a.Ask(t.Context(), want.Ask); err != nil {
		t.Error(err)
	}
	if got := <-asks; got != want {
		t.Errorf("the host heard %+v, want %+v", got, want)
	}
	wantCode(t, a.Ask(t.Context(), session.Ask{Do: session.AskOpen, Round: 9}), session.NoRound)
	<-asks
	// Whoever claims to be another is still who they are.
	if err := a.State(t.Context(), session.Attendee{Author: r.conn.Me(), Name: "Anna", State: session.Done}); err != nil {
		t.Error(err)
	}
	if got := <-states; got != (session.Attendee{Author: a.Me(), Name: "Anna", State: session.Done}) {
		t.Errorf("the host heard of %+v", got)
	}
}
