package desk

import (
	"context"
	"errors"
	"fmt"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// Step is one act that was undone or done again.
type Step struct {
	Type journal.Type // of the act's last event: what a person calls it by
	Call string       // the call it was about, or ""
}

// Undo takes this author's last act out of the story, across restarts. It
// answers [review.NothingUndo].
func (d *Desk) Undo(ctx context.Context) (Step, error) {
	return d.revert(ctx, Tx.LastAct, review.NothingUndo)
}

// Redo brings back what the last undo took, unless something was done since.
// It answers [review.NothingRedo].
func (d *Desk) Redo(ctx context.Context) (Step, error) {
	return d.revert(ctx, Tx.LastUndo, review.NothingRedo)
}

func (d *Desk) revert(ctx context.Context, find func(Tx, context.Context, string) ([]journal.Event, error), none review.Code) (Step, error) {
	var step Step
	err := d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		events, err := find(tx, ctx, d.author.ID)
		if err != nil {
			return nil, err
		}
		if len(events) == 0 {
			return nil, review.Fail(none, nil)
		}
		undone := journal.Undone{}
		for _, e := range events {
			undone.Of = append(undone.Of, e.ID)
		}
		step, err = stepOf(ctx, tx, events[len(events)-1])
		return []journal.Body{undone}, err
	})
	return step, err
}

// stepOf names an act; for an undo, the act that it had undone.
func stepOf(ctx context.Context, tx Tx, e journal.Event) (Step, error) {
	for {
		body, err := journal.Decode(e)
		if err != nil {
			return Step{}, err
		}
		undone, ok := body.(journal.Undone)
		if !ok {
			return Step{Type: e.Type, Call: journal.CallOf(body)}, nil
		}
		if len(undone.Of) == 0 {
			return Step{}, errors.New("an undo that undoes nothing")
		}
		if e, err = tx.Event(ctx, undone.Of[len(undone.Of)-1]); err != nil {
			return Step{}, fmt.Errorf("find what was undone: %w", err)
		}
	}
}
