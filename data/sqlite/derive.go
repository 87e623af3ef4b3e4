package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/review/journal"
)

// derive makes what the tables say of a call, issue or draw anew from its
// active events. It is how an undo, and an event that arrives late, are told.
// Of a call that is part of another all that is said is said of that.
func derive(ctx context.Context, tx *sql.Tx, subject string) error {
	parts, err := partsOf(ctx, tx, subject)
	if err != nil {
		return err
	}
	for _, part := range parts {
		if err := reset(ctx, tx, part); err != nil {
			return fmt.Errorf("reset before deriving: %w", err)
		}
	}
	events, err := storyOf(ctx, tx, parts)
	if err != nil {
		return err
	}
	for _, e := range events {
		changes, err := journal.Changes(e)
		if err != nil {
			return err
		}
		for _, c := range changes {
			if !slices.Contains(parts, c.Subject()) {
				continue
			}
			if err := apply(ctx, tx, c); err != nil {
				return err
			}
		}
	}
	return traceAbout(ctx, tx, subject)
}

// traceAbout traces the lineage anew when the subject is an issue: one of its
// merges or splits may be what was undone.
func traceAbout(ctx context.Context, tx *sql.Tx, subject string) error {
	var issue bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM issue WHERE uid = ?)`, subject).Scan(&issue)
	if err != nil || !issue {
		return wrap(err, "find an issue")
	}
	return trace(ctx, tx)
}

// reset takes away all that the journal said of a subject. Draws stay: they
// cannot be undone, and the rows of the journal that made them are the same.
func reset(ctx context.Context, tx *sql.Tx, subject string) error {
	for _, statement := range []string{
		`DELETE FROM finding WHERE call_id = (SELECT id FROM call WHERE uid = ?)`,
		`DELETE FROM praise WHERE call_id = (SELECT id FROM call WHERE uid = ?)`,
		`UPDATE call SET state = 'new', scope = 0, picked = 0, passed = 0, draw = '', rank = min(rank, 0), played = 0, heard_n = 0, skip = '', reason = ''
			WHERE uid = ?`,
		`UPDATE issue SET live = 0, name = '', key = 0, named_n = 0, named_by = '', retired = 0, definition = '', includes = '',
			excludes = '', example = '', prevented = '', fixer = '' WHERE uid = ?`,
		resetFollow,
	} {
		if err := exec(ctx, tx, statement, subject); err != nil {
			return err
		}
	}
	return nil
}

// storyOf reads the active events of subjects, each once, in the order of the
// story. They are read whole before any is applied: both use the one
// connection.
func storyOf(ctx context.Context, tx *sql.Tx, subjects []string) ([]journal.Event, error) {
	asked := make([]any, len(subjects))
	for i, subject := range subjects {
		asked[i] = subject
	}
	return readEvents(ctx, tx, `SELECT bytes FROM event WHERE active = 1 AND seq IN (SELECT seq FROM event_subject
		WHERE subject IN (?`+strings.Repeat(", ?", len(asked)-1)+`)) ORDER BY n, author, id`, asked...)
}

// restate settles whether the event of an id is active, after an undo of it
// came or went, and everything that follows from it.
func restate(ctx context.Context, tx *sql.Tx, id string) error {
	var seq int64
	var was bool
	err := tx.QueryRowContext(ctx, `SELECT seq, active FROM event WHERE id = ?`, id).Scan(&seq, &was)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // the undo came first; Append asks again when the event is here
	}
	if err != nil {
		return fmt.Errorf("find an undone event: %w", err)
	}
	e, err := readEvent(ctx, tx, id)
	if err != nil {
		return err
	}
	is, err := standing(ctx, tx, e)
	if err != nil || is == was {
		return err
	}
	if err := exec(ctx, tx, `UPDATE event SET active = ? WHERE seq = ?`, is, seq); err != nil {
		return fmt.Errorf("mark an event undone: %w", err)
	}
	return follow(ctx, tx, e)
}

// standing reports whether no active undo takes e out of the story.
func standing(ctx context.Context, tx *sql.Tx, e journal.Event) (bool, error) {
	undos, err := readEvents(ctx, tx, `SELECT e.bytes FROM event_undoes u JOIN event e ON e.seq = u.seq
		WHERE u.target = ? AND e.active = 1`, e.ID)
	if err != nil {
		return false, err
	}
	for _, u := range undos {
		if journal.CanUndo(u, e) {
			return false, nil
		}
	}
	return true, nil
}

// follow derives again what e, whose standing has changed, touches.
func follow(ctx context.Context, tx *sql.Tx, e journal.Event) error {
	body, err := journal.Decode(e)
	if err != nil {
		return err
	}
	if undone, ok := body.(journal.Undone); ok {
		for _, id := range undone.Of {
			if err := restate(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	}
	if merged, ok := body.(journal.CallMerged); ok {
		return unite(ctx, tx, []string{merged.From, merged.Into})
	}
	for _, subject := range journal.Subjects(body) {
		if err := derive(ctx, tx, subject); err != nil {
			return err
		}
	}
	return nil
}
