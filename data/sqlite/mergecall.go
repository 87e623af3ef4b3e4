package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// A contact that was found as several calls is told as one: the journal merges
// them ([journal.CallMerged]), call_merge says who stayed, and the recordings
// of all lie with that call. The others keep their rows, so that the frames of
// old draws can still be read, as missing from now on.

// wholeOf is the call that stayed of uid's contact: itself, unless it was
// merged.
func wholeOf(ctx context.Context, tx *sql.Tx, uid string) (string, error) {
	whole := uid
	_, err := one(tx.QueryRowContext(ctx, `SELECT whole FROM call_merge WHERE uid = ?`, uid), &whole)
	return whole, wrap(err, "find the whole of a call")
}

// aboutWhole answers a change as one of the call that stayed.
func aboutWhole(ctx context.Context, tx *sql.Tx, change journal.Change) (journal.Change, error) {
	whole, err := wholeOf(ctx, tx, change.Subject())
	if err != nil || whole == change.Subject() {
		return change, err
	}
	parts, err := partsOf(ctx, tx, whole)
	if err != nil {
		return change, err
	}
	contacts, err := mergesOf(ctx, tx, parts)
	if err != nil || contacts.Of(change.Subject()) != whole { // its merge was forgotten
		return journal.About(change, whole), err
	}
	return contacts.About(change), nil
}

// partsOf are the uids of a contact, the one that stayed first.
func partsOf(ctx context.Context, tx *sql.Tx, uid string) ([]string, error) {
	whole, err := wholeOf(ctx, tx, uid)
	if err != nil {
		return nil, err
	}
	parts, err := list(ctx, tx, func(r *sql.Rows, part *string) error { return r.Scan(part) },
		`SELECT uid FROM call_merge WHERE whole = ? ORDER BY uid`, whole)
	return append([]string{whole}, parts...), wrap(err, "read the parts of a call")
}

// unite settles what the merges of the contacts of uids make of them, and
// derives again what changed.
func unite(ctx context.Context, tx *sql.Tx, uids []string) error {
	var parts []string
	for _, uid := range uids {
		more, err := partsOf(ctx, tx, uid)
		if err != nil {
			return err
		}
		parts = append(parts, more...)
	}
	slices.Sort(parts)
	parts = slices.Compact(parts)
	contacts, err := mergesOf(ctx, tx, parts)
	if err != nil {
		return err
	}
	for _, uid := range parts {
		if err := keepWhole(ctx, tx, uid, contacts.Of(uid)); err != nil {
			return fmt.Errorf("keep who stayed of a contact: %w", err)
		}
	}
	for _, uid := range parts {
		if err := move(ctx, tx, uid, contacts.Of(uid)); err != nil {
			return fmt.Errorf("move the recordings of a call: %w", err)
		}
	}
	for _, uid := range parts {
		if err := deriveIfTold(ctx, tx, uid); err != nil {
			return err
		}
	}
	return bump(ctx, tx)
}

// mergesOf reads the merges of some calls in the order of the story.
func mergesOf(ctx context.Context, tx *sql.Tx, uids []string) (journal.Contacts, error) {
	events, err := storyOf(ctx, tx, uids)
	if err != nil {
		return nil, err
	}
	var merges []journal.CallMerged
	for _, e := range events {
		body, err := journal.Decode(e)
		if err != nil {
			return nil, err
		}
		if m, ok := body.(journal.CallMerged); ok {
			merges = append(merges, m)
		}
	}
	return journal.MergeCalls(merges), nil
}

func keepWhole(ctx context.Context, tx *sql.Tx, uid, whole string) error {
	if uid == whole {
		return exec(ctx, tx, `DELETE FROM call_merge WHERE uid = ?`, uid)
	}
	return exec(ctx, tx, `INSERT INTO call_merge(uid, whole) VALUES(?, ?) ON CONFLICT(uid) DO UPDATE SET whole = excluded.whole`, uid, whole)
}

// move gives what the catalogue has of a part to the call that stayed, and
// marks it as a part. Nothing moves while one of them is not here.
func move(ctx context.Context, tx *sql.Tx, uid, whole string) error {
	var part, to, merged int64
	found, err := one(tx.QueryRowContext(ctx, `SELECT p.id, w.id, p.merged FROM call p, call w WHERE p.uid = ? AND w.uid = ?`, uid, whole),
		&part, &to, &merged)
	if err != nil || !found {
		return err
	}
	if part == to {
		// It may have been a part, until an earlier merge arrived.
		return exec(ctx, tx, `UPDATE call SET merged = 0 WHERE id = ? AND merged <> 0`, to)
	}
	if merged == to {
		return nil
	}
	if err := remember(ctx, tx, "id IN (?, ?)", part, to); err != nil {
		return err
	}
	for _, statement := range []string{
		`UPDATE recording  SET call_id = ?2 WHERE call_id = ?1`,
		`UPDATE transcript SET call_id = ?2 WHERE call_id = ?1`,
		`INSERT INTO call_field(call_id, field_id, value_id) SELECT ?2, field_id, value_id FROM call_field WHERE call_id = ?1 ON CONFLICT DO NOTHING`,
		fillFrom,
		`UPDATE call SET merged = ?2, missing = 1 WHERE id = ?1`,
		measure,
	} {
		if err := exec(ctx, tx, statement, part, to); err != nil {
			return err
		}
	}
	return nil
}

// fillFrom gives call ?2 what only call ?1 says. A contact begins with the
// earliest of its calls of which a source told the start.
const fillFrom = `UPDATE call SET
	started_at    = iif(call.start_guessed = p.start_guessed, min(call.started_at, p.started_at), iif(call.start_guessed, p.started_at, call.started_at)),
	start_guessed = min(call.start_guessed, p.start_guessed),
	told_ms       = iif(call.told_ms > 0 AND p.told_ms > 0, 0, call.told_ms + p.told_ms),
	queue_id      = iif((SELECT name FROM queue    WHERE id = call.queue_id)    = '', p.queue_id,    call.queue_id),
	category_id   = iif((SELECT name FROM category WHERE id = call.category_id) = '', p.category_id, call.category_id),
	agent_id      = iif((SELECT name FROM agent    WHERE id = call.agent_id)    = '', p.agent_id,    call.agent_id),
	customer      = iif(call.customer  = '', p.customer,  call.customer),
	direction     = iif(call.direction = '', p.direction, call.direction),
	missing       = min(call.missing, p.missing)
	FROM call p WHERE p.id = ?1 AND call.id = ?2`

// measure sets the length of call ?2 by its recordings, where nothing told it.
const measure = `UPDATE call SET duration_ms = iif(told_ms > 0, told_ms, CAST(round(1000 * (` + lengthQuery + `?2` + lengthGroups + `)) AS INTEGER))
	WHERE id = ?2 AND ?1 > 0`

// deriveIfTold derives a call of which events tell. Of most calls that an
// import merges nothing was ever said.
func deriveIfTold(ctx context.Context, tx *sql.Tx, uid string) error {
	var told bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM event_subject s JOIN event e ON e.seq = s.seq
		WHERE s.subject = ? AND e.type <> 'call.merged')`, uid).Scan(&told)
	if err != nil || !told {
		return wrap(err, "ask whether a call was spoken of")
	}
	return derive(ctx, tx, uid)
}

// leaveParts keeps what is part of another call out of a list of all calls, or
// of those that are missing. Most libraries have no parts and do not pay for it.
func (q queries) leaveParts(ctx context.Context, l *listing) error {
	if l.state != "" && l.state != review.Missing {
		return nil
	}
	var any bool
	err := q.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM call_merge)`).Scan(&any)
	if err == nil && any {
		l.plain = false
		l.where += ` AND NOT EXISTS (SELECT 1 FROM call_merge m JOIN call w ON w.uid = m.whole WHERE m.uid = c.uid)`
	}
	return wrap(failure(err), "ask for parts of calls")
}
