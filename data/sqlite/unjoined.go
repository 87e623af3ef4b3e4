package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// Arranged implements [desk.KeepTables].
func (s *Store) Arranged(ctx context.Context, root string) (desk.Arrangement, error) {
	var a desk.Arrangement
	var text string
	found, err := one(s.db.QueryRowContext(ctx, `SELECT t.arranged FROM source_table t JOIN source s ON s.id = t.source_id
		WHERE s.root = ?`, root), &text)
	if err == nil && found {
		err = json.Unmarshal([]byte(text), &a)
	}
	return a, wrap(failure(err), "read how a table is read")
}

// SaveArranged implements [desk.KeepTables].
func (s *Store) SaveArranged(ctx context.Context, root string, a desk.Arrangement) error {
	text, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("write how a table is read: %w", err)
	}
	return s.tx(ctx, func(tx *sql.Tx) error {
		return errors.Join(
			exec(ctx, tx, `INSERT INTO source(root) VALUES(?) ON CONFLICT DO NOTHING`, root),
			exec(ctx, tx, `INSERT INTO source_table(source_id, arranged) SELECT id, ? FROM source WHERE root = ?
				ON CONFLICT(source_id) DO UPDATE SET arranged = excluded.arranged`, string(text), root))
	})
}

// What a row says is kept as one text, with the separators of ASCII, which no
// cleaned cell holds: a table may have a million rows that did not join.
const (
	unitSeparator   = "\x1f"
	recordSeparator = "\x1e"
)

// unjoinedAtOnce is how many rows one statement keeps.
const unjoinedAtOnce = 50

// AddUnjoined implements [desk.KeepTables].
func (s *Store) AddUnjoined(ctx context.Context, look int64, batch []desk.Unjoined) error {
	return s.tx(ctx, func(tx *sql.Tx) error {
		in := importer{ctx: ctx, tx: tx, ids: map[[2]string]int64{}, prepared: map[string]*sql.Stmt{}}
		for len(batch) > 0 {
			some := batch[:min(len(batch), unjoinedAtOnce)]
			batch = batch[len(some):]
			args := make([]any, 0, 6*len(some))
			for _, u := range some {
				source, err := in.source(u.Root)
				if err != nil {
					return fmt.Errorf("find a source: %w", err)
				}
				args = append(args, source, look, u.Line, u.Name, reasonOfAlone(u), packSaid(u))
			}
			const row = `, (?, ?, ?, ?, ?, ?)`
			err := in.exec(`INSERT INTO unjoined(source_id, look, line, name, reason, said) VALUES `+strings.Repeat(row, len(some))[2:], args...)
			if err != nil {
				return fmt.Errorf("keep what did not join: %w", err)
			}
		}
		return nil
	})
}

// reasonOfAlone is a reason with its number, if it has one.
func reasonOfAlone(u desk.Unjoined) string {
	if u.N == 0 {
		return string(u.Reason)
	}
	return string(u.Reason) + " " + strconv.Itoa(u.N)
}

// until is what a run of lines says in place of what a row does: its last.
const until = "until"

func packSaid(u desk.Unjoined) string {
	if u.Until > 0 {
		return until + unitSeparator + strconv.Itoa(u.Until)
	}
	var said strings.Builder
	for i, f := range u.Said {
		if i > 0 {
			said.WriteString(recordSeparator)
		}
		said.WriteString(f.Name)
		said.WriteString(unitSeparator)
		said.WriteString(f.Value.Open())
	}
	return said.String()
}

// EndUnjoined implements [desk.KeepTables]. It deletes in parts, so that a tag
// never waits long.
func (s *Store) EndUnjoined(ctx context.Context, root string, look int64) error {
	const most = 20_000
	for {
		var deleted int64
		err := s.tx(ctx, func(tx *sql.Tx) error {
			done, err := tx.ExecContext(ctx, `DELETE FROM unjoined WHERE id IN (SELECT u.id FROM unjoined u
				WHERE u.source_id = (SELECT id FROM source WHERE root = ?) AND u.look <> ? LIMIT ?)`, root, look, most)
			if err == nil {
				deleted, err = done.RowsAffected()
			}
			return err
		})
		if err != nil || deleted < most {
			return wrap(err, "forget what did not join before")
		}
	}
}

// tellsOld is true of a row that tells something and began before ?1, or does not
// tell when. A start is a text of one form, of which an earlier one is less, and
// none less than any.
const tellsOld = `line > 0 AND said <> '' AND said NOT LIKE 'until' || char(31) || '%'
	AND iif(instr(char(30) || said, ` + startsWith + `) = 0, '',
		substr(char(30) || said, instr(char(30) || said, ` + startsWith + `) + length(` + startsWith + `))) < ?1`

const startsWith = `char(30) || 'start' || char(31)`

// OldUnjoined implements [desk.KeepPrivacy].
func (q queries) OldUnjoined(ctx context.Context, since time.Time, from int64) (at int64, err error) {
	_, err = one(q.db.QueryRowContext(ctx, `SELECT id FROM unjoined WHERE `+tellsOld+` AND id >= ?2 ORDER BY id LIMIT 1`,
		since.UTC().Format(time.RFC3339), from), &at)
	return at, wrap(err, "find what did not join")
}

// TrimUnjoined implements [desk.Forget].
func (a act) TrimUnjoined(ctx context.Context, since time.Time, from, to int64) (int, error) {
	done, err := a.tx.ExecContext(ctx, `UPDATE unjoined SET said = '' WHERE `+tellsOld+` AND id >= ?2 AND id < ?3`,
		since.UTC().Format(time.RFC3339), from, to)
	if err != nil {
		return 0, wrap(failure(err), "forget what did not join")
	}
	rows, err := done.RowsAffected()
	if err == nil && rows > 0 {
		err = errors.Join(a.notePurge(ctx, nil), bump(ctx, a.tx))
	}
	return int(rows), wrap(err, "forget what did not join")
}

// Unjoined implements [desk.ReadUnjoined].
func (q queries) Unjoined(ctx context.Context, root string, side desk.UnjoinedSide) iter.Seq2[desk.Unjoined, error] {
	where, args := ``, []any(nil)
	if root != "" {
		where, args = ` AND s.root = ?`, []any{root}
	}
	switch side {
	case desk.RowsAlone:
		where += ` AND u.line > 0`
	case desk.RecordingsAlone:
		where += ` AND u.line = 0`
	}
	runs := each(ctx, q.db, func(r *sql.Rows, u *desk.Unjoined) error {
		var reason, said string
		err := r.Scan(&u.Root, &u.Line, &u.Name, &reason, &said)
		code, n, _ := strings.Cut(reason, " ")
		u.Reason, u.Said, u.Until = review.Code(code), fieldsOf(said), u.Line
		u.N, _ = strconv.Atoi(n) // most have none
		if last, run := strings.CutPrefix(said, until+unitSeparator); run {
			u.Said = nil
			u.Until, _ = strconv.Atoi(last) // packSaid wrote it
		}
		return err
	}, `SELECT s.root, u.line, u.name, u.reason, u.said FROM source s JOIN unjoined u ON u.source_id = s.id
		WHERE 1`+where+` ORDER BY s.root, u.line > 0, u.id`, args...)
	return func(yield func(desk.Unjoined, error) bool) {
		for u, err := range runs {
			last := u.Until
			for u.Until = 0; u.Line < last; u.Line++ {
				if !yield(u, err) {
					return
				}
			}
			if !yield(u, err) {
				return
			}
		}
	}
}

// UnjoinedCounts implements [desk.ReadUnjoined].
func (q queries) UnjoinedCounts(ctx context.Context) ([]desk.UnjoinedCount, error) {
	counts, err := list(ctx, q.db, func(r *sql.Rows, c *desk.UnjoinedCount) error { return r.Scan(&c.Root, &c.Rows, &c.Recordings) },
		`SELECT s.root, sum(iif(u.line = 0, 0, iif(u.said LIKE 'until' || char(31) || '%', substr(u.said, 7) - u.line + 1, 1))),
		sum(u.line = 0) FROM source s JOIN unjoined u ON u.source_id = s.id GROUP BY s.id ORDER BY s.root`)
	return counts, wrap(err, "count what did not join")
}
