package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/earshot-app/earshot/review/journal"
)

// journal puts the events that hold into the new library, in their old order.
func (r *rescue) journal(ctx context.Context, file string) error {
	store, err := Open(ctx, file, Options{})
	if err != nil {
		return err
	}
	err = store.tx(ctx, func(tx *sql.Tx) error {
		for _, e := range r.events {
			if err := r.append(ctx, tx, e); err != nil {
				return fmt.Errorf("put event %d back: %w", e.seq, err)
			}
		}
		return exec(ctx, tx, `INSERT INTO turn_words(turn_words) VALUES('rebuild')`)
	})
	return errors.Join(err, store.Close())
}

// append puts one event back if it is what its author signed. One that cannot be
// told is left out and listed.
func (r *rescue) append(ctx context.Context, tx *sql.Tx, old oldEvent) error {
	e, err := r.open(old)
	if err != nil {
		r.lose(Loss{Table: "event", From: old.seq, To: old.seq, What: LostEvent, Detail: e.ID})
		return nil
	}
	if err := exec(ctx, tx, `SAVEPOINT event`); err != nil {
		return err
	}
	if err := (act{queries{db: tx}, tx}).Append(ctx, e, old.act); err != nil {
		if ctx.Err() != nil {
			return err
		}
		r.lose(Loss{Table: "event", From: old.seq, To: old.seq, What: LostEvent, Detail: e.ID})
		return exec(ctx, tx, `ROLLBACK TO event`)
	}
	r.out.Events++
	return exec(ctx, tx, `RELEASE event`)
}

// open checks an event by the key of the author that it names.
func (r *rescue) open(old oldEvent) (journal.Signed, error) {
	var e journal.Event
	if err := journal.Read(old.bytes, &e); err != nil {
		return journal.Signed{}, err
	}
	signed, err := openEvent(old.bytes, old.signature, r.keys[e.Author])
	signed.ID, signed.Signature = e.ID, old.signature // a tombstone's is empty
	return signed, err
}
