package prove

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/earshot-app/earshot/data/sqlite/grown"
)

// oldVersion is the version of the library that is migrated.
const oldVersion = 9

// makeOld makes a library of an old version from the migrations in the source.
func makeOld(ctx context.Context, file string, calls int) (err error) {
	steps, err := filepath.Glob("data/sqlite/migration/*.sql")
	if err != nil || len(steps) < oldVersion {
		return errors.Join(err, errors.New("there are no migrations: start dev inside the project"))
	}
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		return err
	}
	for _, step := range steps[:oldVersion] {
		raw, err := os.ReadFile(step)
		if err == nil {
			_, err = db.ExecContext(ctx, string(raw))
		}
		if err != nil {
			return errors.Join(fmt.Errorf("run %s: %w", step, err), db.Close())
		}
	}
	_, err = db.ExecContext(ctx, fmt.Sprintf(`PRAGMA application_id = 0x45617273; PRAGMA user_version = %d`, oldVersion))
	return errors.Join(err, db.Close(), grown.Calls(ctx, file, calls))
}

// countCalls counts the calls of a library that nobody has open.
func countCalls(file string) (n int, err error) {
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		return 0, err
	}
	err = db.QueryRow(`SELECT count(*) FROM call`).Scan(&n)
	return n, errors.Join(err, db.Close())
}

// copyFile copies a library of a few megabytes, onto the disk.
func copyFile(to, from string) error {
	library, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	out, err := os.Create(to)
	if err == nil {
		_, err = out.Write(library)
		err = errors.Join(err, out.Sync(), out.Close())
	}
	return err
}

// removeLibraryFiles removes a library with all that lies beside it.
func removeLibraryFiles(library string) error {
	files, err := filepath.Glob(library + "*")
	if err != nil {
		return err
	}
	beside, err := filepath.Glob(filepath.Join(filepath.Dir(library), "library.v*"))
	for _, file := range append(files, beside...) {
		err = errors.Join(err, os.RemoveAll(file))
	}
	return err
}
