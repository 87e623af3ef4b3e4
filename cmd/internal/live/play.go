package live

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/session"
)

// The host's clock is asked often at first, and then before two computers'
// clocks have drifted apart.
const (
	firstAnswers = 8
	firstGap     = 250 * time.Millisecond
	clockGap     = 10 * time.Second
)

// step keeps a player where the host's is.
type step struct {
	mu       sync.Mutex
	follower session.Follower
	trips    map[string]time.Duration // of members, as they told
}

// Follow answers what this window's player is to do now; ask some twenty times a
// second while the session plays together.
func (r *Room) Follow(h session.Playhead) session.Move {
	r.step.mu.Lock()
	defer r.step.mu.Unlock()
	return r.step.follower.Follow(h)
}

// Ask plays, pauses, seeks or opens a call for all. A host's is done at once; a
// member's is asked of the host, and answers [session.NotGranted] where that is
// not done, and [hub.HostAway] where the host cannot be heard.
func (r *Room) Ask(ctx context.Context, a session.Ask) error {
	t, err := r.reached()
	if err != nil {
		return err
	}
	if !t.host {
		return t.conn.Ask(ctx, a)
	}
	return r.grant(ctx, a, r.me)
}

// grant does what somebody asks the host for. A call that is opened is journalled
// as the round that everybody is taken to.
func (r *Room) grant(ctx context.Context, a session.Ask, by string) error {
	shared, err := r.Desk.SharedOf(ctx, r.Session)
	switch {
	case err != nil:
		return err
	case a.Do == session.AskOpen:
		err = r.Desk.OpenRound(ctx, r.Session, a.Round)
	case !shared.Together:
		err = review.Fail(session.OwnPace, nil)
	}
	if err != nil {
		return err
	}
	r.Wake()
	r.mu.Lock()
	r.play = r.play.Order(a, by, r.Now(), session.Lead(r.slowest()))
	r.play.Epoch = max(r.play.Epoch, r.Now().UnixMilli()) // goes on after a change of host
	play := r.play
	r.mu.Unlock()
	r.plays(play)
	return r.at().conn.Play(ctx, play)
}

// slowest is the longest round trip that a member told.
func (r *Room) slowest() time.Duration {
	r.step.mu.Lock()
	defer r.step.mu.Unlock()
	var most time.Duration
	for _, trip := range r.step.trips {
		most = max(most, trip)
	}
	return most
}

// plays takes in what is played.
func (r *Room) plays(p session.Play) {
	r.step.mu.Lock()
	r.step.follower.Tell(p, r.Now())
	r.step.mu.Unlock()
	r.tell(Update{Play: &p})
}

// grants does what members ask, one after another, and answers them.
func (r *Room) grants(ctx context.Context, asks <-chan asking) error {
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case a := <-asks:
			err := r.mayAsk(a.Ask)
			if err == nil {
				err = r.grant(ctx, a.Ask, a.by)
			}
			if err == nil {
				r.tell(Update{Ask: &a.Ask, By: a.by})
			}
			a.done(ofTheirs(err))
		}
	}
}

// ofTheirs is what a member is told of why their wish is not granted: what is
// wrong with it, and nothing of this machine.
func ofTheirs(err error) error {
	switch review.CodeOf(err) {
	case session.NoRound, session.SessionClosed, session.NotHost, session.OwnPace:
		return err
	}
	if err != nil {
		return review.Fail(session.NotGranted, nil)
	}
	return nil
}

// mayAsk answers why a member's wish is not granted: only the host takes
// everybody to another call while somebody who is there still hears this one.
func (r *Room) mayAsk(a session.Ask) error {
	if a.Do == session.AskOpen && slices.ContainsFunc(r.Roster(), func(who session.Attendee) bool {
		return who.State == session.Listening
	}) {
		return review.Fail(session.NotGranted, nil)
	}
	return nil
}

type asking struct {
	session.Ask
	by   string
	done func(error) // answers whoever asked, once
}

// clock asks the host for the time as long as the room runs.
func (r *Room) clock(ctx context.Context) error {
	conn := r.at().conn
	for n := 1; ; n++ {
		asked := r.Now()
		host, err := conn.Clock(ctx)
		if err == nil {
			r.step.mu.Lock()
			r.step.follower.Clock.Add(asked, host, r.Now())
			r.step.mu.Unlock()
		}
		gap := clockGap
		if n < firstAnswers || review.CodeOf(err) == hub.HostAway {
			gap = firstGap
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(gap):
		}
	}
}

// trip is the round trip to the host.
func (r *Room) trip() time.Duration {
	r.step.mu.Lock()
	defer r.step.mu.Unlock()
	return r.step.follower.Clock.RoundTrip()
}

// took keeps how long a member's round trip is.
func (r *Room) took(who session.Attendee) {
	r.step.mu.Lock()
	defer r.step.mu.Unlock()
	r.step.trips[who.Author] = time.Duration(who.TripMS) * time.Millisecond
}

// heartbeat keeps the host's own player from believing that the host is away.
func (r *Room) heartbeat(p session.Play) {
	r.step.mu.Lock()
	defer r.step.mu.Unlock()
	r.step.follower.Tell(p, r.Now())
}
