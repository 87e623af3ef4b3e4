package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"sync"
)

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// queries are all that is read from a library. They implement [desk.Reader]
// over the readers' pool and over an act's transaction alike.
type queries struct {
	db     querier
	taking *sync.Mutex // held while a second connection is taken from the pool; nil in a transaction
	scans  *sql.DB     // for scans of large frames; nil in a transaction
}

// snapshot lets read see the library as it is at one moment, whoever writes
// meanwhile: numbers that are divided by one another must belong together.
func (q queries) snapshot(ctx context.Context, read func(queries) error) error {
	pool, ok := q.db.(*sql.DB)
	if !ok {
		return read(q) // in a transaction already
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return failure(err)
	}
	defer func() { _ = tx.Rollback() }() // it only read
	return read(queries{db: tx})
}

// errMoved says that somebody wrote between the beginnings of two snapshots.
var errMoved = errors.New("the library moved meanwhile")

// snapshots is [queries.snapshot] for two readers that see the same moment, so
// that they can share one piece of work. They are taken by one caller at a time:
// two that each hold one connection could wait for a second for ever.
func (q queries) snapshots(ctx context.Context, read func(a, b queries) error) error {
	for {
		taken := func() {}
		if q.taking != nil {
			q.taking.Lock()
			taken = sync.OnceFunc(q.taking.Unlock)
		}
		err := q.snapshot(ctx, func(a queries) error {
			return q.snapshot(ctx, func(b queries) error {
				taken()
				if same, err := sameMoment(ctx, a, b); err != nil || !same {
					return cmp.Or(err, errMoved)
				}
				return read(a, b)
			})
		})
		taken()
		if !errors.Is(err, errMoved) {
			return err
		}
	}
}

// sameMoment begins two snapshots and reports whether they see the same journal
// and catalogue.
func sameMoment(ctx context.Context, a, b queries) (bool, error) {
	var seen [2][2]int64
	for i, q := range []queries{a, b} {
		var err error
		if seen[i][0], err = q.Generation(ctx); err != nil {
			return false, err
		}
		err = q.db.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM event`).Scan(&seen[i][1])
		if err != nil {
			return false, failure(err)
		}
	}
	return seen[0] == seen[1], nil
}

// each streams the rows of a query. The consumer may stop at any row.
func each[T any](ctx context.Context, db querier, scan func(*sql.Rows, *T) error, query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := db.QueryContext(ctx, query, args...)
		if err != nil {
			yield(none, failure(err))
			return
		}
		defer func() { _ = rows.Close() }() // a failure to read shows in rows.Err
		var row T                           // one for all: each is yielded as a copy
		for rows.Next() {
			row = none
			if err := scan(rows, &row); err != nil {
				yield(none, failure(err))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, failure(err))
		}
	}
}

// stream scans each row of a query into the same targets and then calls row:
// for reads of so many rows that making something of each would cost most.
func (q queries) stream(ctx context.Context, targets []any, row func(), query string, args ...any) error {
	rows, err := q.db.QueryContext(ctx, query, args...)
	if err != nil {
		return failure(err)
	}
	defer func() { _ = rows.Close() }() // a failure to read shows in rows.Err
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return failure(err)
		}
		row()
	}
	return failure(rows.Err())
}

// collect reads all rows and closes them.
func collect[T any](rows *sql.Rows, scan func(*sql.Rows, *T) error) ([]T, error) {
	defer func() { _ = rows.Close() }() // a failure to read shows in rows.Err
	var all []T
	for rows.Next() {
		var row T
		if err := scan(rows, &row); err != nil {
			return nil, failure(err)
		}
		all = append(all, row)
	}
	return all, failure(rows.Err())
}

// list reads all rows of a query.
func list[T any](ctx context.Context, db querier, scan func(*sql.Rows, *T) error, query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, failure(err)
	}
	return collect(rows, scan)
}

// wrap says what was being done, unless nothing went wrong.
func wrap(err error, doing string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// one scans a single row; no row leaves the targets as they are and answers
// found = false.
func one(row *sql.Row, targets ...any) (found bool, err error) {
	err = row.Scan(targets...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, failure(err)
}
