package desk

import (
	"context"
	"errors"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/sampling"
	"github.com/earshot-app/earshot/review/session"
)

// KeepHostDraw keeps how a session's draw was made, as the host who made it
// signed it, so that a library with the same calls can make it too. It answers
// [session.NoSession], or [session.NoFrame] for what is not that draw.
func (d *Desk) KeepHostDraw(ctx context.Context, id string, made journal.Signed) error {
	state, err := d.sessionState(ctx, d.store, id)
	if err != nil {
		return err
	}
	body, err := journal.Decode(made.Event)
	if err != nil {
		return err
	}
	draw, ok := body.(journal.DrawMade)
	_, theirs := state.Members[made.Author] // the host then, if not now
	if !ok || !theirs || draw.Draw != state.Draw || draw.FrameDigest != state.FrameDigest {
		return review.Fail(session.NoFrame, nil)
	}
	return d.inSession(ctx, func(tx Tx) error {
		shared, err := sharedOf(ctx, tx, id)
		if err != nil {
			return err
		}
		shared.Made = made
		return tx.KeepSession(ctx, shared)
	})
}

// DrawHere answers the draw of this library that is a session's: of the same
// frame, with the same calls in the same order. Where the frame is the same and
// the draw is not made yet, it is made with the host's seed; made says so. What
// is said of its calls from then on counts here. It answers [session.NoSession],
// or [session.NoFrame] for a library of other calls.
func (d *Desk) DrawHere(ctx context.Context, id string) (draw Draw, made bool, err error) {
	state, err := d.sessionState(ctx, d.store, id)
	if err != nil {
		return Draw{}, false, err
	}
	same := sameDraw(state)
	draws, err := d.store.Draws(ctx)
	if err != nil {
		return Draw{}, false, err
	}
	for _, listed := range draws {
		if listed.Frame.Digest != state.FrameDigest {
			continue
		}
		if draw, err = d.store.Draw(ctx, listed.ID); err != nil || same(draw.Record) == nil {
			return draw, false, err
		}
	}
	draw, err = d.drawAsHost(ctx, id, same)
	return draw, err == nil, err
}

// errOther says that another draw came out.
var errOther = errors.New("not the host's draw")

// sameDraw refuses a draw that is not that of a session.
func sameDraw(state *session.State) func(sampling.Record) error {
	return func(r sampling.Record) error {
		same := r.Frame.Digest == state.FrameDigest && len(state.Calls) > 0 &&
			slices.EqualFunc(r.Calls, state.Calls, func(a sampling.Drawn, b session.Call) bool { return a.UID == b.Call })
		if !same {
			return errOther
		}
		return nil
	}
}

// drawAsHost makes a session's draw in this library.
func (d *Desk) drawAsHost(ctx context.Context, id string, fits func(sampling.Record) error) (Draw, error) {
	shared, err := sharedOf(ctx, d.store, id)
	if err != nil {
		return Draw{}, err
	}
	body, err := journal.Decode(shared.Made.Event)
	if err != nil {
		return Draw{}, err
	}
	theirs, ok := body.(journal.DrawMade)
	if !ok {
		return Draw{}, review.Fail(session.NoFrame, nil)
	}
	filter, err := sampling.ParseFilter(theirs.Filter)
	if err != nil {
		return Draw{}, review.Fail(session.NoFrame, nil).Because(err)
	}
	req := DrawRequest{
		N: theirs.Wanted, Seed: theirs.Seed, Filter: filter, Strata: sampling.Strata(theirs.Stratify), Equal: theirs.Equal,
	}
	draw, err := d.drawFrom(ctx, func() (order, error) {
		if req.Strata, err = d.knownStrata(ctx, req.Strata); err != nil {
			return order{}, err
		}
		plan, err := d.plan(ctx, req)
		return order{plan: plan, frame: Frame{Filter: req.Filter, Strata: req.Strata}, fits: fits}, err
	}, nil)
	switch review.CodeOf(err) {
	case sampling.EmptyFrame, sampling.FrameUsedUp, sampling.BadSeed, NoField, TooManyStrata, review.BadArgument:
		return Draw{}, review.Fail(session.NoFrame, nil).Because(err)
	}
	if errors.Is(err, errOther) {
		return Draw{}, review.Fail(session.NoFrame, nil).Because(err)
	}
	return draw, err
}
