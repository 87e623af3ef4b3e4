package desk

import (
	"context"
	"iter"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// CallView is a call with all that was said of it.
type CallView struct {
	Call       review.Call
	Moments    []review.Moment
	Praise     []review.Praise
	Recordings []review.Recording
	Swapped    bool // the agent is on the left in this source
	Place      Place
}

// View answers a call with all that was said of it. It answers
// [review.NoCall].
func (d *Desk) View(ctx context.Context, uid string) (CallView, error) {
	var v CallView
	var err error
	read := func(part func() error) {
		if err == nil {
			err = part()
		}
	}
	read(func() (e error) { v.Call, e = d.store.Call(ctx, uid); return e })
	read(func() (e error) { v.Moments, e = d.store.Moments(ctx, uid); return e })
	read(func() (e error) { v.Praise, e = d.store.PraiseOf(ctx, uid); return e })
	read(func() (e error) { v.Recordings, e = d.store.Recordings(ctx, uid); return e })
	read(func() (e error) { v.Swapped, e = d.store.Swapped(ctx, uid); return e })
	read(func() (e error) { v.Place, e = d.store.Place(ctx, uid); return e })
	return v, err
}

// Calls are those in state, or all for "", by start.
func (d *Desk) Calls(ctx context.Context, state review.State) iter.Seq2[review.Call, error] {
	return d.store.Calls(ctx, state)
}

// Size is the number of calls in the library.
func (d *Desk) Size(ctx context.Context) (int64, error) { return d.store.Size(ctx) }

// Queues are the queues that occur, by name.
func (d *Desk) Queues(ctx context.Context) ([]string, error) { return d.store.Queues(ctx) }

// Categories are the agents' categories that occur, by name.
func (d *Desk) Categories(ctx context.Context) ([]string, error) { return d.store.Categories(ctx) }

// Version changes whenever anyone, also another process, has written to the
// library.
func (d *Desk) Version(ctx context.Context) (int64, error) { return d.store.Version(ctx) }

// Listening is the draw that is being heard.
type Listening struct {
	Draw  Draw
	Calls []review.Call // in draw order
}

// Next is the place, from 0, of the first call that is not finished, or -1.
func (l Listening) Next() int {
	for i, c := range l.Calls {
		if c.State == review.Drawn {
			return i
		}
	}
	return -1
}

// Listening answers the oldest draw that is open and has calls to hear, or the
// newest open one; ok is false when none is open.
func (d *Desk) Listening(ctx context.Context) (l Listening, ok bool, err error) {
	draws, err := d.store.Draws(ctx)
	if err != nil {
		return l, false, err
	}
	for _, draw := range draws {
		if draw.Closed {
			continue
		}
		l.Draw, ok = draw, true
		if l.Calls, err = d.store.DrawCalls(ctx, draw.ID); err != nil {
			return l, false, err
		}
		if l.Next() >= 0 {
			break
		}
	}
	return l, ok, nil
}

// SavePlace keeps where the listener left a call, so that it is found there
// again.
func (d *Desk) SavePlace(ctx context.Context, p Place) error { return d.store.SavePlace(ctx, p) }

// SwapLanes turns the customer's and the agent's lane round for all calls of
// uid's source. It answers [review.NoCall].
func (d *Desk) SwapLanes(ctx context.Context, uid string) (swapped bool, err error) {
	if _, err := d.store.Call(ctx, uid); err != nil {
		return false, err
	}
	was, err := d.store.Swapped(ctx, uid)
	if err != nil {
		return false, err
	}
	return !was, d.store.SwapLanes(ctx, uid, !was)
}

// Moments are those of the calls that match the filter, with their calls, by
// start and time; issueID "" for all issues.
func (d *Desk) Moments(ctx context.Context, f Filter, issueID string) iter.Seq2[Heard, error] {
	return d.store.AllMoments(ctx, f, issueID)
}

// LatestMoments are those of an issue in the calls that match the filter, with
// their calls, at most so many: the latest call first, and in a call by time.
func (d *Desk) LatestMoments(ctx context.Context, f Filter, issueID string, most int) ([]Heard, error) {
	return d.store.LatestMoments(ctx, f, issueID, most)
}

// Events are those of the journal after the event of an id, or all for "". An id
// that the journal does not hold is the store's error, so that a script that
// asks what is new is not answered everything.
func (d *Desk) Events(ctx context.Context, since string) iter.Seq2[journal.Signed, error] {
	return d.store.Events(ctx, since)
}

// Revealed are the private fields of a call.
type Revealed struct{ Agent, Customer string }

// Reveal shows who was on a call, which is deliberate: the reason is journalled
// with who asked and when. It answers [review.NoCall] or [NoReason].
func (d *Desk) Reveal(ctx context.Context, uid, reason string) (Revealed, error) {
	var out Revealed
	err := d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		call, err := tx.Call(ctx, uid)
		if err != nil {
			return nil, err
		}
		reason, err := cleanReason(reason)
		out = Revealed{call.Agent.Open(), call.Customer.Open()}
		return []journal.Body{journal.Revealed{Call: uid, Field: "parties", Reason: reason}}, err
	})
	if err != nil {
		return Revealed{}, err
	}
	return out, nil
}
