// Package sqlite keeps a library in one SQLite file.
//
// # File
//
// The file is in WAL mode with synchronous=FULL: an act that was answered is
// on the disk. One connection writes, four read; a read never waits for a
// write. Several processes may have the library open at once. A file on a
// network share is refused, because WAL needs memory that all users share.
//
// # Tables
//
// migration/ has the schema, one numbered file a version, each run in one
// transaction with the version it makes. The catalogue (call, recording) is
// what sources told. The journal (event) is only added to. The rest (issue,
// finding, moment, praise, draw and the standing of calls) is derived from the
// journal by apply.go and can be derived again by derive.go.
//
// A finding, "this issue occurs in this call", copies the call's start, queue,
// category and scope, so that counting an issue reads one index and nothing
// else.
//
// # Time
//
// Starts are Unix seconds, everything else Unix milliseconds, all UTC.
package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	sqlite "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// The ways in which a library cannot be opened or written.
const (
	LibraryNewer   review.Code = "library-newer"   // args: version, known
	LibraryShare   review.Code = "library-share"   // args: kind of file system
	LibraryFolder  review.Code = "library-folder"  // its folder cannot be made or written
	LibraryForeign review.Code = "library-foreign" // the file is no Earshot library
	LibraryBusy    review.Code = "library-busy"    // another program holds it
	LibraryFull    review.Code = "library-full"    // the disk is full
	LibraryBroken  review.Code = "library-broken"  // the file is damaged
	LibraryLocked  review.Code = "library-locked"  // it may only be read
)

// Store is an open library. It implements [desk.Store]; its methods may be
// called from any goroutine.
type Store struct {
	queries // over the readers
	writer  *sql.DB
	readers *sql.DB
	scans   *sql.DB // readers of large frames, which need no cache
	now     func() time.Time
	place   place
	closing context.Context // ends when the library is closed
	close   context.CancelFunc

	preparing  sync.Mutex
	statements map[string]*sql.Stmt // of the readers
}

var _ desk.Store = (*Store)(nil)

// Options are what [Open] needs from outside.
type Options struct {
	Random io.Reader        // for the seed and salt of a new library; nil for crypto/rand
	Now    func() time.Time // names the copies that a migration and forgetting make; nil for time.Now
}

// Open opens the library at path and makes or migrates it as needed. A library
// of an older version is copied aside first. It answers one of the codes
// above.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if err := prepare(path); err != nil {
		return nil, err
	}
	s := &Store{now: o.Now}
	s.closing, s.close = context.WithCancel(context.WithoutCancel(ctx))
	var err error
	if s.place, err = placeOf(path); err != nil {
		return nil, err
	}
	if s.writer, err = connectWriter(path); err != nil {
		return nil, err
	}
	if err := s.set(ctx, path, o); err != nil {
		return nil, errors.Join(failure(err), s.writer.Close())
	}
	if s.readers, err = connect(path, readerSettings, 4); err != nil {
		return nil, errors.Join(err, s.writer.Close())
	}
	if s.scans, err = connect(path, scanSettings, 2); err != nil {
		return nil, errors.Join(err, s.readers.Close(), s.writer.Close())
	}
	s.queries = queries{db: s.readers, taking: &sync.Mutex{}, scans: s.scans}
	return s, nil
}

// set brings the schema up to date and gives a new library its secrets.
func (s *Store) set(ctx context.Context, path string, o Options) error {
	all, err := steps(migrations)
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if err := migrate(ctx, s.writer, path, all, o.Now()); err != nil {
		return err
	}
	return s.tx(ctx, func(tx *sql.Tx) error {
		for _, name := range []string{"secret", "salt"} {
			value := make([]byte, 16)
			if _, err := io.ReadFull(o.Random, value); err != nil {
				return fmt.Errorf("make the library's %s: %w", name, err)
			}
			_, err := tx.ExecContext(ctx, `INSERT INTO library(name, value) VALUES(?, ?) ON CONFLICT DO NOTHING`,
				name, hex.EncodeToString(value))
			if err != nil {
				return fmt.Errorf("keep the library's %s: %w", name, err)
			}
		}
		return nil
	})
}

var (
	writerSettings = url.Values{
		"_txlock": {"immediate"}, "_synchronous": {"FULL"},
		"_foreign_keys": {"1"}, "_busy_timeout": {"5000"}, "_dqs": {"0"},
		"_pragma": {"cache_size(-8192)", "temp_store(memory)", "secure_delete(on)"},
	}
	readerSettings = url.Values{
		"_query_only": {"1"}, "_foreign_keys": {"1"}, "_busy_timeout": {"5000"}, "_dqs": {"0"},
		"_pragma": {"cache_size(-4096)", "temp_store(memory)"},
	}
	// A rescue settles by itself what rows refer to.
	rescueSettings = url.Values{"_txlock": {"immediate"}, "_foreign_keys": {"0"}, "_dqs": {"0"}, "_pragma": {"cache_size(-8192)", "temp_store(memory)"}}
	// A copy reads all of it once.
	copySettings = url.Values{"_busy_timeout": {"5000"}, "_dqs": {"0"}, "_pragma": {"cache_size(-512)", "temp_store(memory)"}}
	// A scan reads each page of an index once.
	scanSettings = url.Values{
		"_query_only": {"1"}, "_busy_timeout": {"5000"}, "_dqs": {"0"},
		"_pragma": {"cache_size(-128)", "temp_store(memory)"},
	}
)

// connect opens connections to a file that is there. None makes a new one where
// it was moved away.
func connect(path string, settings url.Values, conns int) (*sql.DB, error) {
	c, err := connectorTo(path, settings)
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(c)
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

func connectorTo(path string, settings url.Values) (driver.Connector, error) {
	if err := aggregates(); err != nil {
		return nil, fmt.Errorf("give SQLite its aggregates: %w", err)
	}
	c, err := sqlite.NewConnector((&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: settings.Encode() + "&mode=rw"}).String())
	return c, wrap(err, "open library")
}

// prepare makes the library's folder and file, both for their owner only, and
// refuses places where WAL cannot work.
func prepare(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return review.Fail(LibraryFolder, nil).Because(err)
	}
	if kind := shareKind(filepath.Dir(path)); kind != "" {
		return review.Fail(LibraryShare, review.Args{"kind": kind})
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return review.Fail(LibraryFolder, nil).Because(err)
		}
		return f.Close()
	}
	return nil
}

// Close ends all work on the library. A purge under way is broken off and goes on
// when the library is opened next.
func (s *Store) Close() error {
	s.close()
	err := s.optimize()
	return errors.Join(err, s.scans.Close(), s.readers.Close(), s.writer.Close())
}

// optimize lets SQLite look whether its statistics still fit. Whoever only read,
// as an export does, changed nothing that they tell of.
func (s *Store) optimize() error {
	var changed int64
	err := s.writer.QueryRow(`SELECT total_changes()`).Scan(&changed)
	if err != nil || changed == 0 {
		return err
	}
	if _, err = s.writer.Exec(`PRAGMA optimize`); code(err) == lib.SQLITE_READONLY {
		return nil
	}
	return err
}

// tx runs do in one immediate transaction of the writer.
func (s *Store) tx(ctx context.Context, do func(*sql.Tx) error) error {
	return s.within(ctx, s.writer, do)
}

// A beginner is a pool or one of its connections.
type beginner interface {
	BeginTx(ctx context.Context, o *sql.TxOptions) (*sql.Tx, error)
}

// within is [Store.tx] on the writer or on its connection.
func (s *Store) within(ctx context.Context, writer beginner, do func(*sql.Tx) error) error {
	if err := s.place.held(); err != nil {
		return err
	}
	tx, err := writer.BeginTx(ctx, nil)
	if err != nil {
		return failure(err)
	}
	if err := do(tx); err != nil {
		// The rollback's own error says nothing that err does not.
		_ = tx.Rollback()
		return failure(err)
	}
	if err := tx.Commit(); err != nil {
		return failure(err)
	}
	return s.place.held()
}

// Version implements [desk.Store] with PRAGMA data_version of the writer's
// connection, which moves with other processes' writes, and its own changes. It
// answers [LibraryGone].
func (s *Store) Version(ctx context.Context) (int64, error) {
	var theirs, ours int64
	if err := s.place.held(); err != nil {
		return 0, err
	}
	err := s.writer.QueryRowContext(ctx, `SELECT (SELECT data_version FROM pragma_data_version), total_changes()`).
		Scan(&theirs, &ours)
	return theirs<<32 + ours, failure(err)
}

// Integrity implements [desk.Store].
func (s *Store) Integrity(ctx context.Context) (string, error) {
	var said string
	err := s.readers.QueryRowContext(ctx, `SELECT group_concat(integrity_check, '; ') FROM pragma_integrity_check`).Scan(&said)
	return said, failure(err)
}

// failure gives the errors of SQLite that a person can mend their code. Others
// stay as they are.
func failure(err error) error {
	var known review.Code
	switch code(err) & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		known = LibraryBusy
	case lib.SQLITE_FULL:
		known = LibraryFull
	case lib.SQLITE_CORRUPT:
		known = LibraryBroken
	case lib.SQLITE_NOTADB:
		known = LibraryForeign
	case lib.SQLITE_READONLY, lib.SQLITE_PERM:
		known = LibraryLocked
	case lib.SQLITE_INTERRUPT:
		known = review.Cancelled
	case lib.SQLITE_CANTOPEN:
		known = LibraryFolder
	default:
		if known = fileFailure(err); known == "" || errors.As(err, new(*review.Error)) {
			return err
		}
	}
	return review.Fail(known, nil).Because(err)
}

// fileFailure is the code of an error of the file system, or "".
func fileFailure(err error) review.Code {
	switch {
	case errors.Is(err, syscall.ENOSPC), code(err) == lib.SQLITE_IOERR_SHMSIZE: // the log's index could not grow
		return LibraryFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrNotExist):
		return LibraryFolder
	}
	return ""
}

func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}
