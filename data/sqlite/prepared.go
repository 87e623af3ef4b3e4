package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"strings"
)

// To prepare one of our statements takes SQLite several times as long as to run
// it, and an act runs some twenty, the same for each event. So the writer keeps
// those that it has prepared.
const (
	mostKept    = 120  // statements
	longestKept = 4096 // bytes; longer ones are lists of values, and not run again
)

// connectWriter opens the connection that writes.
func connectWriter(path string) (*sql.DB, error) {
	plain, err := connectorTo(path, writerSettings)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(preparing{plain})
	db.SetMaxOpenConns(1)
	return db, nil
}

// preparing is a connector whose connections keep what they have prepared.
type preparing struct{ driver.Connector }

// Connect implements [driver.Connector].
func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	conn, ok := opened.(connection)
	if !ok {
		return nil, fmt.Errorf("keep statements of %T: it lacks a method", opened)
	}
	return &keeper{conn, map[string]*kept{}}, nil
}

// connection is all that database/sql may ask of SQLite's connections.
type connection interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.Pinger
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}

// keeper is a connection that keeps statements. database/sql calls one of its
// methods, or of its rows, at a time.
type keeper struct {
	connection
	statements map[string]*kept
}

// kept is a prepared statement.
type kept struct {
	statement
	busy bool // some rows of it are still being read
}

type statement interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

// keeps reports whether a statement may be kept. Others than these may do their
// work when they are prepared, as some pragmas do, and then only once
// (https://www.sqlite.org/pragma.html).
func keeps(query string) bool {
	verb, _, _ := strings.Cut(strings.TrimLeft(query, " \t\n"), " ")
	switch verb {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH":
		return len(query) <= longestKept
	}
	return false
}

// prepared answers a kept statement that is free, or nil where there is none to
// keep.
func (k *keeper) prepared(ctx context.Context, query string) (*kept, error) {
	if known := k.statements[query]; known != nil || !keeps(query) {
		if known != nil && known.busy {
			return nil, nil
		}
		return known, nil
	}
	stmt, err := k.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if len(k.statements) >= mostKept {
		k.drop()
	}
	one := &kept{statement: stmt.(statement)}
	k.statements[query] = one
	return one, nil
}

// drop closes the statements that are free. What closing them answers was
// answered when they ran.
func (k *keeper) drop() {
	for query, s := range k.statements {
		if !s.busy {
			_ = s.Close()
			delete(k.statements, query)
		}
	}
}

// ExecContext implements [driver.ExecerContext].
func (k *keeper) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := k.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return k.connection.ExecContext(ctx, query, args)
	}
	return s.ExecContext(ctx, args)
}

// QueryContext implements [driver.QueryerContext].
func (k *keeper) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := k.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return k.connection.QueryContext(ctx, query, args)
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return keptRows{rows, s}, nil
}

// Close implements [driver.Conn].
func (k *keeper) Close() error {
	k.drop()
	return k.connection.Close()
}

// keptRows free their statement when they are closed.
type keptRows struct {
	driver.Rows
	of *kept
}

// Close implements [driver.Rows].
func (r keptRows) Close() error {
	r.of.busy = false
	return r.Rows.Close()
}
