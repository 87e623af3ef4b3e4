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
// A library of an older version is copied aside first, named after now. It
// answers [LibraryNewer] and [LibraryForeign], and has then written nothing: the
// file keeps its journal mode too.
func migrate(ctx context.Context, db *sql.DB, path string, steps []migration, now time.Time) error {
	version, err := check(ctx, db, len(steps))
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, `PRAGMA journal_mode = WAL`); err != nil || version == len(steps) {
		return wrap(err, "set the journal mode")
	}
	if version > 0 {
		if err := copyAside(ctx, db, path, version, now); err != nil {
			return err
		}
	}
	for ; version < len(steps); version++ {
		if err := step(ctx, db, steps[version].statements, version); err != nil {
			return fmt.Errorf("migrate the library by %s: %w", steps[version].name, err)
		}
	}
	return nil
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

// copyAside keeps the library as it was before a migration, beside itself.
func copyAside(ctx context.Context, db *sql.DB, path string, version int, now time.Time) error {
	aside := fmt.Sprintf("%s.v%d-%s", strings.TrimSuffix(path, ".earshot"), version, now.UTC().Format("20060102T150405Z"))
	err := os.Remove(aside)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("make room for a copy of the library: %w", err)
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, aside); err != nil {
		return fmt.Errorf("copy the library aside: %w", err)
	}
	return os.Chmod(aside, 0o600)
}

// step runs one migration. Another process may have run it meanwhile: then the
// version has moved and there is nothing to do.
func step(ctx context.Context, db *sql.DB, statements string, version int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after the commit
	var now int
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&now); err != nil {
		return err
	}
	if now > version {
		return nil
	}
	mark := fmt.Sprintf(`; PRAGMA application_id = %d; PRAGMA user_version = %d`, applicationID, version+1)
	if _, err := tx.ExecContext(ctx, statements+mark); err != nil {
		return err
	}
	return tx.Commit()
}
