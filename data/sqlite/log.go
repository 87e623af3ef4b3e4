package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

const hearingColumns = `SELECT l.n, l.at, l.author, l.heard_ms, l.call, l.prev, l.digest, coalesce(c.uid, ''), coalesce(c.nonce, '')
	FROM listening l LEFT JOIN listening_call c ON c.call = l.call `

func scanHearing(row interface{ Scan(...any) error }, h *desk.LogRow) error {
	var at, heard int64
	err := row.Scan(&h.N, &at, &h.Author, &heard, &h.Call, &h.Prev, &h.Digest, &h.UID, &h.Nonce)
	h.At, h.Heard = time.UnixMilli(at).UTC(), time.Duration(heard)*time.Millisecond
	return err
}

// Hearings implements [desk.ReadLog].
func (q queries) Hearings(ctx context.Context) iter.Seq2[desk.LogRow, error] {
	return each(ctx, q.db, func(r *sql.Rows, h *desk.LogRow) error { return scanHearing(r, h) }, hearingColumns+`ORDER BY l.n`)
}

// Reveals implements [desk.ReadLog].
func (q queries) Reveals(ctx context.Context) iter.Seq2[journal.Event, error] {
	return each(ctx, q.db, func(r *sql.Rows, e *journal.Event) error {
		var raw []byte
		if err := r.Scan(&raw); err != nil {
			return err
		}
		return journal.Read(raw, e)
	}, `SELECT bytes FROM event WHERE type = 'private.revealed' ORDER BY seq`)
}

// LastHearing implements [desk.KeepLog].
func (a act) LastHearing(ctx context.Context) (desk.LogRow, error) {
	last, err := list(ctx, a.tx, func(r *sql.Rows, h *desk.LogRow) error { return scanHearing(r, h) }, hearingColumns+`ORDER BY l.n DESC LIMIT 1`)
	if err != nil || len(last) == 0 {
		return desk.LogRow{}, wrap(err, "read the end of the listening log")
	}
	return last[0], nil
}

// HearingOf implements [desk.KeepLog].
func (a act) HearingOf(ctx context.Context, uid string) (call, nonce string, err error) {
	_, err = one(a.tx.QueryRowContext(ctx, `SELECT call, nonce FROM listening_call WHERE uid = ? AND nonce <> ''`, uid), &call, &nonce)
	return call, nonce, wrap(err, "find a call in the listening log")
}

// AddHearing implements [desk.KeepLog].
func (a act) AddHearing(ctx context.Context, h desk.LogRow) error {
	err := exec(ctx, a.tx, `INSERT INTO listening_call(call, uid, nonce) VALUES(?, ?, ?) ON CONFLICT DO NOTHING`, h.Call, h.UID, h.Nonce)
	if err == nil {
		err = exec(ctx, a.tx, `INSERT INTO listening(n, at, author, heard_ms, call, prev, digest) VALUES(?, ?, ?, ?, ?, ?, ?)`,
			h.N, h.At.UnixMilli(), h.Author, h.Heard.Milliseconds(), h.Call, h.Prev, h.Digest)
	}
	return wrap(err, "add to the listening log")
}
