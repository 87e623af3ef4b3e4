package sqlite

import (
	"context"
	"database/sql"
	"strings"

	"github.com/earshot-app/earshot/review/desk"
)

// Settled implements [desk.KeepDigests].
func (q queries) Settled(ctx context.Context, root string) (d desk.Digest, ok bool, err error) {
	ok, err = one(q.db.QueryRowContext(ctx, `SELECT files, sum FROM look WHERE root = ? AND under = 0`, root), &d.Files, &d.Sum)
	return d, ok, wrap(err, "read what a look left")
}

// Unsettle implements [desk.KeepDigests].
func (s *Store) Unsettle(ctx context.Context, root string, look int64) (alone bool, err error) {
	alone = true
	err = s.tx(ctx, func(tx *sql.Tx) error {
		type left struct {
			root  string
			under int64
		}
		scan := func(r *sql.Rows, l *left) error { return r.Scan(&l.root, &l.under) }
		others, err := list(ctx, tx, scan, `SELECT root, under FROM look WHERE under <> ?`, look)
		for _, l := range others {
			if err != nil || !beneath(l.root, root) && !beneath(root, l.root) {
				continue
			}
			alone = alone && l.under == 0
			err = exec(ctx, tx, `DELETE FROM look WHERE root = ?`, l.root)
		}
		if err == nil {
			err = exec(ctx, tx, `INSERT INTO look VALUES(?, ?, 0, 0) ON CONFLICT DO NOTHING`, root, look)
		}
		return wrap(err, "note that a source is looked through")
	})
	return alone, err
}

// beneath reports whether a path is a folder or lies in it.
func beneath(path, folder string) bool {
	rest, ok := strings.CutPrefix(path, strings.TrimRight(folder, `/\`))
	return ok && (rest == "" || strings.ContainsAny(rest[:1], `/\`))
}

// Settle implements [desk.KeepDigests].
func (s *Store) Settle(ctx context.Context, root string, look int64, d *desk.Digest) error {
	return s.tx(ctx, func(tx *sql.Tx) error {
		if d == nil {
			return wrap(exec(ctx, tx, `DELETE FROM look WHERE root = ? AND under = ?`, root, look), "leave nothing of a look")
		}
		err := exec(ctx, tx, `UPDATE look SET under = 0, files = ?, sum = ? WHERE root = ? AND under = ?`, d.Files, d.Sum, root, look)
		return wrap(err, "keep what a look leaves")
	})
}

// unsettleOthers ends what looks have left, as the library now has another state
// of files that they met. It leaves the one that is at work.
func unsettleOthers(ctx context.Context, tx *sql.Tx, look int64) error {
	return wrap(exec(ctx, tx, `DELETE FROM look WHERE under <> ?`, look), "end what looks left")
}

// lookAtAll ends what looks have left, so that the next of each source tells all
// of it anew.
func (a act) lookAtAll(ctx context.Context) error {
	return wrap(exec(ctx, a.tx, `DELETE FROM look`), "end what looks left")
}
