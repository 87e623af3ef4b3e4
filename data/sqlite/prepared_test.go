package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
)

// inWriter runs do in a transaction of a new library's writer.
func inWriter(t *testing.T, do func(*sql.Tx) error) {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "kept.earshot"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.tx(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

// A question that is asked again while its first answer is still being read gets
// an answer of its own, and the first goes on where it was.
func TestAKeptStatementIsReadTwiceAtOnce(t *testing.T) {
	inWriter(t, func(tx *sql.Tx) error {
		const numbers = `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?) SELECT x FROM n`
		for range 2 { // the second time the statement is kept
			outer, err := read(t.Context(), tx, numbers, 3, func() error {
				inner, err := read(t.Context(), tx, numbers, 4, func() error { return nil })
				if got := fmt.Sprint(inner); got != "[1 2 3 4]" {
					t.Errorf("the inner rows are %s", got)
				}
				return err
			})
			if got := fmt.Sprint(outer); err != nil || got != "[1 2 3]" {
				t.Errorf("the outer rows are %s: %v", got, err)
			}
		}
		return nil
	})
}

func read(ctx context.Context, tx *sql.Tx, query string, most int, each func() error) (found []int, err error) {
	rows, err := tx.QueryContext(ctx, query, most)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var x int
		if err := rows.Scan(&x); err != nil {
			return nil, err
		}
		if err := each(); err != nil {
			return nil, err
		}
		found = append(found, x)
	}
	return found, rows.Err()
}

// More different statements than are kept answer each its own, and so do those
// that were let go of.
func TestMoreStatementsThanAreKept(t *testing.T) {
	inWriter(t, func(tx *sql.Tx) error {
		for range 2 {
			for want := range 2*mostKept + 1 {
				var got int
				if err := tx.QueryRowContext(t.Context(), fmt.Sprintf(`SELECT %d + ?`, want), 1).Scan(&got); err != nil || got != want+1 {
					return fmt.Errorf("%d and 1 are %d: %w", want, got, err)
				}
			}
		}
		return nil
	})
}

// A statement that failed, and one whose table has got a column since, can be run
// again.
func TestAKeptStatementOutlivesFailureAndChange(t *testing.T) {
	inWriter(t, func(tx *sql.Tx) error {
		insert := func(x int) error { return exec(t.Context(), tx, `INSERT INTO kept(x) VALUES(?)`, x) }
		if err := exec(t.Context(), tx, `CREATE TABLE kept(x UNIQUE)`); err != nil {
			return err
		}
		if err := insert(1); err != nil {
			return err
		}
		if err := insert(1); err == nil {
			t.Error("one number was inserted twice")
		}
		if err := exec(t.Context(), tx, `ALTER TABLE kept ADD COLUMN y DEFAULT 7`); err != nil {
			return err
		}
		if err := insert(2); err != nil {
			return err
		}
		var sum int
		if err := tx.QueryRowContext(t.Context(), `SELECT sum(x + y) FROM kept`).Scan(&sum); err != nil || sum != 17 {
			t.Errorf("the sum is %d: %v", sum, err)
		}
		return nil
	})
}

// What does its work when it is prepared, as this pragma does, is prepared each
// time: else the second would do nothing.
func TestPragmasAreNotKept(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "kept.earshot"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	for _, want := range []int{0, 1, 0, 1} {
		var got int
		if _, err := s.writer.ExecContext(t.Context(), fmt.Sprintf(`PRAGMA foreign_keys = %d`, want)); err != nil {
			t.Fatal(err)
		}
		if err := s.writer.QueryRowContext(t.Context(), `PRAGMA foreign_keys`).Scan(&got); err != nil || got != want {
			t.Errorf("foreign keys are %d and not %d: %v", got, want, err)
		}
	}
}
