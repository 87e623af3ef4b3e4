package desk

import (
	"context"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// SessionBox is this library's side of a session, for a [session.Client].
func (d *Desk) SessionBox(id string) session.Box { return sessionBox{d, id} }

type sessionBox struct {
	desk *Desk
	id   string
}

// Cursor implements [session.Box].
func (b sessionBox) Cursor(ctx context.Context, s session.Stream) (session.Cursor, error) {
	return b.desk.store.SessionCursor(ctx, b.id, s)
}

// Outbox implements [session.Box].
func (b sessionBox) Outbox(ctx context.Context, most int) ([]session.Pending, error) {
	return b.desk.store.SessionOutbox(ctx, b.id, b.desk.author.ID, most)
}

// At implements [session.Box].
func (b sessionBox) At(ctx context.Context, seq uint64) (session.Parcel, bool, error) {
	p, ok, err := b.desk.store.SessionAt(ctx, b.id, seq)
	if err != nil || !ok || p.Author == b.desk.author.ID {
		return p, ok, err
	}
	shared, err := sharedOf(ctx, b.desk.store, b.id)
	if err != nil || !shared.Hosting {
		return session.Parcel{}, false, err
	}
	return p, true, nil
}

// Sent implements [session.Box].
func (b sessionBox) Sent(ctx context.Context, id string, seq uint64, try int) error {
	return b.desk.store.Write(ctx, func(tx Tx) error { return tx.SessionSent(ctx, b.id, id, seq, try) })
}

// Rewind implements [session.Box].
func (b sessionBox) Rewind(ctx context.Context, s session.Stream) error {
	return b.desk.store.Write(ctx, func(tx Tx) error { return tx.RewindSession(ctx, b.id, s) })
}

// Take implements [session.Box]. Only a host takes from the blind stream; it
// answers [session.NotHost] to anybody else.
func (b sessionBox) Take(ctx context.Context, s session.Stream, batch []session.Delivery, at session.Cursor) error {
	verdicts := session.AcceptAll(b.id, batch)
	return b.desk.inSession(ctx, func(tx Tx) error {
		shared, err := sharedOf(ctx, tx, b.id)
		if err != nil {
			return err
		}
		if s == session.Blind && !shared.Hosting {
			return review.Fail(session.NotHost, nil)
		}
		in := intake{tx: tx, shared: shared}
		for i, v := range verdicts {
			if err := in.take(ctx, v, s == session.Log, batch[i].Seq); err != nil {
				return err
			}
		}
		if in.tells {
			if err := b.desk.settle(ctx, tx, b.id); err != nil {
				return err
			}
		}
		return tx.MoveSessionCursor(ctx, b.id, s, at)
	})
}

// An intake takes events that came into the library, in one transaction.
type intake struct {
	tx     Tx
	shared Shared
	places []SessionPlace
	buried *bool // whether this library was to forget any call; nil before that is known
	tells  bool  // what came may change how the session stands
	added  int
}

// take keeps what was accepted. What came through the log is done.
func (in *intake) take(ctx context.Context, v session.Verdict, log bool, seq uint64) error {
	if v.Reason != "" {
		return in.tx.RefuseSessionEvent(ctx, in.shared.ID, v.Reason)
	}
	hidden := 0
	if !log {
		var err error
		if hidden, err = in.hidden(ctx, v); err != nil {
			return err
		}
	}
	kept := SessionEvent{Parcel: parcelOf(v.Event, hidden), N: v.Event.N}
	if log {
		kept.Seq = seq
	}
	added, err := in.keep(ctx, v, kept)
	if err == nil && log && !added {
		err = in.tx.SessionEchoed(ctx, in.shared.ID, kept.Parcel, seq)
	}
	return err
}

// keep stores an event, unless it is here, or is about a forgotten call.
func (in *intake) keep(ctx context.Context, v session.Verdict, kept SessionEvent) (added bool, err error) {
	if gone, err := in.forgot(ctx, v.Body); err != nil || gone {
		return false, err
	}
	if named, ok := v.Body.(journal.IssueNamed); ok {
		kept.About = named.Issue
	}
	added, err = in.tx.AddSessionEvent(ctx, in.shared.ID, kept)
	if added {
		in.added++
		in.tells = in.tells || journal.OfSession(v.Event.Type) || kept.About != "" && (v.Event.Round == 0 || !in.shared.Blind)
	}
	return added, err
}

// hidden is the round that hides an event still, or 0.
func (in *intake) hidden(ctx context.Context, v session.Verdict) (round int, err error) {
	if !in.shared.Blind || journal.OfSession(v.Event.Type) {
		return 0, nil
	}
	if in.places == nil {
		if in.places, err = in.tx.SessionPlaces(ctx, in.shared.ID); err != nil {
			return 0, err
		}
	}
	uid := journal.CallOf(v.Body)
	for _, at := range in.places {
		if at.Call == uid || uid == "" && at.Round == v.Event.Round {
			return at.Hidden(), nil
		}
	}
	return v.Event.Round, nil
}
