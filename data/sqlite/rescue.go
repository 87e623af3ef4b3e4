package sqlite

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/earshot-app/earshot/data/sqlite/pages"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// LibraryThere is answered where a library is to be made in place of a file.
// Args: file.
const LibraryThere review.Code = "library-there"

// Rescued says what [Rescue] saved, and what it could not.
type Rescued struct {
	Events, Calls, Rows int64 // rows are those of all tables that are not derived
	Lost                []Loss
}

// A Loss is something that the broken library held and the new one does not, or
// not as it was.
type Loss struct {
	Table    string
	From, To int64 // rowids, both included; To is 0 for all that follow, and both are 0 in a table that has none
	What     LossKind
	Detail   string // an event's id
}

// LossKind is what happened to rows.
type LossKind string

// The kinds.
const (
	LostRows   LossKind = "rows"   // they were where nothing can be read
	LostPart   LossKind = "part"   // only what an index says of them is there
	LostEvent  LossKind = "event"  // its signature does not hold any more
	LostParent LossKind = "parent" // what they belong to is gone
	LostName   LossKind = "name"   // what they are called is gone: they have a number in its place
	LostPage   LossKind = "page"   // From is a page with rows of nobody knows which table
	LostSecret LossKind = "secret" // draws cannot be verified any more
)

// unknownTable stands where it is not known of which table rows are.
const unknownTable = "?"

// Rescue makes a library in the file to of all that can still be read in the
// broken one in from, which it never writes. Every event of the journal is
// verified, and what the journal tells is derived from it anew. authors are keys
// that are known from elsewhere, should the library's own list of them be lost.
// It answers [LibraryThere], or what making a library answers.
func Rescue(ctx context.Context, from, to string, authors []ed25519.PublicKey) (out Rescued, err error) {
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return out, review.Fail(LibraryThere, review.Args{"file": to})
	}
	old, err := pages.Open(from)
	if err != nil {
		return out, failure(err)
	}
	defer func() { err = errors.Join(err, old.Close()) }()
	part := to + unfinished
	if err := removeAll(part, part+"-wal", part+"-shm"); err != nil {
		return out, fmt.Errorf("begin a new library: %w", err)
	}
	r := &rescue{old: old, claimed: old.Free(), keys: map[string]ed25519.PublicKey{}, seen: map[string]map[int64]bool{}}
	for _, key := range authors {
		r.keys[journal.AuthorID(key)] = key
	}
	err = r.catalogue(ctx, part)
	if err == nil {
		err = r.journal(ctx, part)
	}
	if err == nil {
		err = rename(part, to)
	}
	return r.out, failure(errors.Join(err, removeAll(part, part+"-wal", part+"-shm")))
}

// rescue is one run of [Rescue].
type rescue struct {
	old     *pages.File
	claimed map[uint32]bool // pages of which it is known what they hold
	tables  []*oldTable
	tx      *sql.Tx // of the new library
	keys    map[string]ed25519.PublicKey
	seen    map[string]map[int64]bool // rowids that were read, by table
	events  []oldEvent
	out     Rescued
}

// oldEvent is a row of the journal.
type oldEvent struct {
	seq              int64
	act              string
	bytes, signature []byte
}

func (r *rescue) lose(l Loss) { r.out.Lost = append(r.out.Lost, l) }

// derived are the tables that the journal or triggers fill.
var derived = map[string]bool{
	"event_subject": true, "event_undoes": true, "issue": true, "finding": true, "moment": true, "praise": true,
	"draw": true, "draw_call": true, "draw_stratum": true, "call_merge": true, "call_hour": true,
	"look":            true, // that of a library which has lost recordings holds no more
	"turn_words_data": true, "turn_words_idx": true, "turn_words_docsize": true, "turn_words_config": true,
}

// standingColumns are the columns of calls that the journal tells.
var standingColumns = map[string]bool{
	"state": true, "scope": true, "picked": true, "passed": true, "draw": true, "played": true, "skip": true, "reason": true, "heard_n": true,
}

// catalogue makes the new library, of the version that the old one has, puts in
// what is not derived, and then brings it up to date.
func (r *rescue) catalogue(ctx context.Context, file string) error {
	all, err := steps(migrations)
	if err != nil {
		return err
	}
	version, sound := r.old.Version()
	if !sound || version < 1 || version > len(all) {
		version = len(all)
	}
	if err := prepare(file); err != nil {
		return err
	}
	db, err := connect(file, rescueSettings, 1)
	if err != nil {
		return err
	}
	if _, err = advance(ctx, db, all[:version], 0); err == nil {
		err = r.fill(ctx, db)
	}
	if err == nil && version < len(all) {
		_, err = advance(ctx, db, all, version)
	}
	return errors.Join(err, db.Close())
}

// fill reads the old library's tables into the new one.
func (r *rescue) fill(ctx context.Context, db *sql.DB) (err error) {
	if r.tx, err = db.BeginTx(ctx, nil); err != nil {
		return err
	}
	defer func() { _ = r.tx.Rollback() }() // does nothing after the commit
	if r.tables, err = shapes(ctx, r.tx); err != nil {
		return fmt.Errorf("read the shapes of the tables: %w", err)
	}
	r.findRoots()
	for _, t := range r.tables {
		r.walk(t)
	}
	r.placeOrphans()
	for _, t := range r.tables {
		if err := r.read(ctx, t); err != nil {
			return fmt.Errorf("rescue %s: %w", t.name, err)
		}
	}
	for _, t := range r.tables {
		if err := r.complete(ctx, t); err != nil {
			return fmt.Errorf("complete %s from its indexes: %w", t.name, err)
		}
	}
	if err := r.settleReferences(ctx); err != nil {
		return fmt.Errorf("settle what rows refer to: %w", err)
	}
	if err := r.tx.QueryRowContext(ctx, `SELECT count(*) FROM call`).Scan(&r.out.Calls); err != nil {
		return err
	}
	return r.tx.Commit()
}
