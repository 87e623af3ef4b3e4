package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

// A large batch of calls touches nearly all pages of some indexes, and those
// that the writer's cache does not hold are written and read again. So it gets a
// larger one, until the look ends.
const (
	largeBatch = 4000 // recordings
	largeCache = `PRAGMA cache_size = -32768`
	usualCache = `PRAGMA cache_size = -8192`
)

// bulk is [Store.tx] for a batch of n recordings. For a large one SQLite does not
// check foreign keys: these are ids that the same transaction has just read or
// made, and with no check that may fail SQLite need not copy each page that a
// statement of many rows changes.
func (s *Store) bulk(ctx context.Context, n int, do func(*sql.Tx) error) (err error) {
	if n < largeBatch {
		return s.tx(ctx, do)
	}
	conn, err := s.writer.Conn(ctx) // the only one: nobody writes unchecked meanwhile
	if err != nil {
		return failure(err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	whole := context.WithoutCancel(ctx)
	defer func() { // also after a stop within the statement that turns them off
		_, failed := conn.ExecContext(whole, `PRAGMA foreign_keys = 1`)
		err = errors.Join(err, failure(failed))
	}()
	if _, err := conn.ExecContext(ctx, largeCache+`; PRAGMA foreign_keys = 0`); err != nil {
		return failure(err)
	}
	// What do does ends with ctx. The transaction itself does not: database/sql
	// would roll it back at a time of its own, and SQLite does not turn foreign
	// keys on within one.
	return s.within(whole, conn, do)
}
