package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

// act is the transaction of one act. It implements [desk.Tx].
type act struct {
	queries
	tx *sql.Tx
}

var _ desk.Tx = act{}

// Write implements [desk.Store].
func (s *Store) Write(ctx context.Context, do func(desk.Tx) error) error {
	return s.tx(ctx, func(tx *sql.Tx) error { return do(act{queries{db: tx}, tx}) })
}

// Append implements [desk.Tx].
func (a act) Append(ctx context.Context, e journal.Signed, id string) error {
	body, err := journal.Decode(e.Event)
	if err != nil {
		return err
	}
	late, err := a.after(ctx, e.Event)
	if err != nil {
		return err
	}
	seq, err := a.insert(ctx, e, id, body)
	if err != nil || seq == 0 {
		return err
	}
	active, err := standing(ctx, a.tx, e.Event)
	if err != nil {
		return err
	}
	if !active {
		return wrap(exec(ctx, a.tx, `UPDATE event SET active = 0 WHERE seq = ?`, seq), "mark an event undone")
	}
	_, undo := body.(journal.Undone)
	if _, merge := body.(journal.CallMerged); undo || merge || late {
		return follow(ctx, a.tx, e.Event)
	}
	for _, c := range journal.ChangesOf(e.Event, body) {
		if err := apply(ctx, a.tx, c); err != nil {
			return err
		}
	}
	return nil
}

// after reports whether the story already goes beyond e.
func (a act) after(ctx context.Context, e journal.Event) (bool, error) {
	var late bool
	err := a.tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM event WHERE (n, author, id) > (?, ?, ?))`,
		e.N, e.Author, e.ID).Scan(&late)
	return late, wrap(err, "place an event in the story")
}

// insert stores the event and what it refers to. It answers 0 for an event
// that is here already.
func (a act) insert(ctx context.Context, e journal.Signed, id string, body journal.Body) (int64, error) {
	err := exec(ctx, a.tx, `INSERT INTO author(id, public) VALUES(?, ?) ON CONFLICT DO NOTHING`, e.Author, []byte(e.Public))
	if err != nil {
		return 0, wrap(err, "store an author")
	}
	var seq int64
	err = a.tx.QueryRowContext(ctx, `INSERT INTO event(id, type, author, n, act, undoable, bytes, signature)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING seq`,
		e.ID, e.Type, e.Author, e.N, id, journal.Undoable(e.Type), e.Bytes, e.Signature).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, wrap(err, "store an event")
	}
	for _, subject := range journal.Subjects(body) {
		if err := exec(ctx, a.tx, `INSERT INTO event_subject VALUES(?, ?) ON CONFLICT DO NOTHING`, subject, seq); err != nil {
			return 0, wrap(err, "store what an event is about")
		}
	}
	undone, _ := body.(journal.Undone)
	for _, target := range undone.Of {
		if err := exec(ctx, a.tx, `INSERT INTO event_undoes VALUES(?, ?) ON CONFLICT DO NOTHING`, target, seq); err != nil {
			return 0, wrap(err, "store what an event undoes")
		}
	}
	return seq, nil
}

// LastAct implements [desk.Tx].
func (a act) LastAct(ctx context.Context, author string) ([]journal.Event, error) {
	return readEvents(ctx, a.tx, `SELECT bytes FROM event WHERE active = 1 AND act = (
		SELECT act FROM event WHERE author = ? AND undoable = 1 AND active = 1 ORDER BY seq DESC LIMIT 1) ORDER BY seq`, author)
}

// LastUndo implements [desk.Tx]. A redo undoes an undo; it is none itself, and
// it does not hide the undo before it.
func (a act) LastUndo(ctx context.Context, author string) ([]journal.Event, error) {
	return readEvents(ctx, a.tx, `SELECT u.bytes FROM event u
		WHERE u.author = ?1 AND u.type = 'undone' AND u.active = 1
		AND EXISTS (SELECT 1 FROM event_undoes x JOIN event t ON t.id = x.target WHERE x.seq = u.seq AND t.type <> 'undone')
		AND u.seq > coalesce((SELECT max(seq) FROM event WHERE author = ?1 AND undoable = 1), 0)
		ORDER BY u.seq DESC LIMIT 1`, author)
}

// Event implements [desk.ReadJournal].
func (q queries) Event(ctx context.Context, id string) (journal.Event, error) {
	return readEvent(ctx, q.db, id)
}

// Events implements [desk.ReadJournal]. Signatures are checked as they are
// read; tombstones have none.
func (q queries) Events(ctx context.Context, since string) iter.Seq2[journal.Signed, error] {
	return func(yield func(journal.Signed, error) bool) {
		var place int64
		if since != "" {
			found, err := one(q.db.QueryRowContext(ctx, `SELECT seq FROM event WHERE id = ?`, since), &place)
			if err == nil && !found {
				err = review.Fail(NoEvent, review.Args{"id": since})
			}
			if err != nil {
				yield(journal.Signed{}, err)
				return
			}
		}
		q.eventsAfter(ctx, place)(yield)
	}
}

func (q queries) eventsAfter(ctx context.Context, place int64) iter.Seq2[journal.Signed, error] {
	return each(ctx, q.db, func(r *sql.Rows, e *journal.Signed) error {
		var raw, signature, public []byte
		if err := r.Scan(&raw, &signature, &public); err != nil {
			return err
		}
		var err error
		*e, err = openEvent(raw, signature, public)
		return err
	}, `SELECT e.bytes, e.signature, a.public FROM event e JOIN author a ON a.id = e.author
		WHERE e.seq > ? ORDER BY e.seq`, place)
}

// openEvent checks an event, or what was left of one, as it is stored.
func openEvent(raw, signature, public []byte) (journal.Signed, error) {
	if len(signature) == 0 {
		return journal.OpenTombstone(raw, public)
	}
	return journal.Open(raw, signature, public)
}

func readEvent(ctx context.Context, db querier, id string) (journal.Event, error) {
	events, err := readEvents(ctx, db, `SELECT bytes FROM event WHERE id = ?`, id)
	if err == nil && len(events) == 0 {
		err = review.Fail(NoEvent, review.Args{"id": id})
	}
	if err != nil {
		return journal.Event{}, err
	}
	return events[0], nil
}

// NoEvent is answered for an event id that the journal does not hold. Args: id.
const NoEvent review.Code = "no-event"

func readEvents(ctx context.Context, db querier, query string, args ...any) ([]journal.Event, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read events: %w", err)
	}
	return collect(rows, func(r *sql.Rows, e *journal.Event) error {
		var raw []byte
		if err := r.Scan(&raw); err != nil {
			return err
		}
		return journal.Read(raw, e)
	})
}
