package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	lib "modernc.org/sqlite/lib"

	"github.com/earshot-app/earshot/review"
)

//go:embed migration/*.sql
var migrations embed.FS

// migration is one step of the schema.
type migration struct{ name, statements string }

// steps reads the migrations of a file system in their order.
func steps(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migration/*.sql")
	if err != nil {
		return nil, err
	}
	all := make([]migration, len(names))
	for i, name := range names {
		statements, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		all[i] = migration{name, string(statements)}
	}
	return all, nil
}

// applicationID marks a SQLite file as an Earshot library ("Ears").
const applicationID = 0x45617273

// migrate brings the schema to the newest of steps, one transaction a version.
// A new library gets all of them in one, so that another process never takes it
// for an older one. One that is older is copied aside first, named after now. It
// answers [LibraryNewer] and [LibraryForeign], and has then written nothing: the
// file keeps its journal mode too.
func migrate(ctx context.Context, db *sql.DB, path string, steps []migration, now time.Time) error {
	version, err := check(ctx, db, len(steps))
	if err != nil {
		return err
	}
	if err := useWAL(ctx, db); err != nil {
		return err
	}
	if version > 0 && version < len(steps) {
		if err := copyAside(ctx, db, path, version, now); err != nil {
			return err
		}
	}
	for version < len(steps) {
		upTo := version + 1
		if version == 0 {
			upTo = len(steps)
		}
		if version, err = advance(ctx, db, steps[:upTo], version); err != nil {
			return err
		}
	}
	return nil
}

// useWAL puts the file into WAL mode, in which it stays. SQLite does not wait
// where two processes do this at the same time, so this tries again.
func useWAL(ctx context.Context, db *sql.DB) error {
	for wait := time.Millisecond; ; wait *= 2 {
		_, err := db.ExecContext(ctx, `PRAGMA journal_mode = WAL`)
		if code(err)&0xff != lib.SQLITE_BUSY || wait > 2*time.Second {
			return wrap(err, "set the journal mode")
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// check answers the version of the library, 0 for an empty file.
func check(ctx context.Context, db *sql.DB, known int) (int, error) {
	var version, app, tables int
	err := db.QueryRowContext(ctx, `SELECT (SELECT user_version FROM pragma_user_version),
		(SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema)`).
		Scan(&version, &app, &tables)
	switch {
	case err != nil:
		return 0, err
	case app != applicationID && tables > 0:
		return 0, review.Fail(LibraryForeign, nil)
	case version > known:
		return 0, review.Fail(LibraryNewer, review.Args{"version": version, "known": known})
	}
	return version, nil
}

// copyAside keeps the library as it was before a migration, beside itself, in a
// file that has its name only when it is whole. Another process may copy and
// migrate at the same time: what was copied after that is no copy of version.
func copyAside(ctx context.Context, db *sql.DB, path string, version int, now time.Time) error {
	aside := fmt.Sprintf("%s.v%d-%s", strings.TrimSuffix(path, ".earshot"), version, now.UTC().Format(stamp))
	part, err := vacuumInto(ctx, db, aside)
	if err != nil {
		return err
	}
	is := version
	if err = db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&is); err == nil && is == version {
		return wrap(rename(part, aside), "name the copy of the library")
	}
	return errors.Join(err, os.Remove(part))
}

// advance runs the steps after version in one transaction and answers the version
// that the library has then. Another process may have run them meanwhile: then
// the version has moved and nothing is done.
func advance(ctx context.Context, db *sql.DB, steps []migration, version int) (int, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return version, err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after the commit
	var now int
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&now); err != nil || now > version {
		return now, err
	}
	for _, step := range steps[version:] {
		if _, err := tx.ExecContext(ctx, step.statements); err != nil {
			return version, fmt.Errorf("migrate the library by %s: %w", step.name, err)
		}
	}
	mark := fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d`, applicationID, len(steps))
	if _, err := tx.ExecContext(ctx, mark); err != nil {
		return version, fmt.Errorf("mark the library's version: %w", err)
	}
	return len(steps), tx.Commit()
}
