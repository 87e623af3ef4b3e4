package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	lib "modernc.org/sqlite/lib"

	"github.com/earshot-app/earshot/review"
)

// BackupGone is answered for a backup that was deleted, as all are when something
// is forgotten.
const BackupGone review.Code = "backup-gone"

// Restore puts the library in the file backup into the place of library, which
// nobody may have open, and answers where the one that was there lies now, ""
// for none. One that is too broken to be opened is put aside too. After a
// failure there is the old library or the restored one; after a power cut too, but
// on a disk without links the old one may lie among the backups only. settle, if
// not nil, may open the copy before it takes the library's place, and must close
// it again. It answers [LibraryBusy] while somebody has the library open,
// [BackupGone], settle's error, and else the codes of [Open] about the backup.
func Restore(ctx context.Context, library, backup string, now time.Time, settle func(copied string) error) (replaced string, err error) {
	part := library + unfinished
	if err := copyFile(part, backup); err != nil {
		if _, gone := os.Stat(backup); errors.Is(gone, fs.ErrNotExist) {
			err = review.Fail(BackupGone, nil).Because(err)
		}
		return "", failure(errors.Join(fmt.Errorf("copy the backup: %w", err), removeAll(part)))
	}
	if err = whole(ctx, part); err == nil && settle != nil {
		// What opening it kept of the copy holds what may be forgotten in it.
		err = errors.Join(settle(part), settleFile(ctx, part), dropBackups(part))
	}
	if err == nil {
		replaced, err = putAside(ctx, library, now)
	}
	if err == nil {
		if err = rename(part, library); err != nil && replaced != "" { // where there are no links, it has lost its name
			err = errors.Join(err, rename(replaced, library))
			replaced = ""
		}
	}
	return replaced, failure(errors.Join(err, removeAll(part, part+"-wal", part+"-shm")))
}

// whole makes sure that a file is a library that can be opened.
func whole(ctx context.Context, file string) error {
	db, err := connect(file, copySettings, 1)
	if err != nil {
		return err
	}
	all, err := steps(migrations)
	if err == nil {
		var version int
		if version, err = check(ctx, db, len(all)); err == nil && version == 0 { // an empty file becomes a library, and is none
			err = review.Fail(LibraryForeign, nil)
		}
	}
	said := ""
	if err == nil {
		err = db.QueryRowContext(ctx, `SELECT group_concat(quick_check, '; ') FROM pragma_quick_check`).Scan(&said)
	}
	if err == nil && said != "ok" {
		err = review.Fail(LibraryBroken, nil).Because(errors.New(said))
	}
	return errors.Join(err, db.Close())
}

// putAside keeps the present library among its backups, under a name that it has
// before it loses its own.
func putAside(ctx context.Context, library string, now time.Time) (string, error) {
	if err := os.MkdirAll(BackupFolder(library), 0o700); err != nil {
		return "", fmt.Errorf("make the folder of backups: %w", err)
	}
	to := filepath.Join(BackupFolder(library), "replaced-"+now.UTC().Format(stamp)+".earshot")
	_, err := os.Stat(library)
	there := !errors.Is(err, fs.ErrNotExist)
	if there {
		if err := settleFile(ctx, library); err != nil {
			return "", err
		}
	}
	// What remains of a log belongs to what was there, never to what comes.
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Rename(library+suffix, to+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("put the library's log aside: %w", err)
		}
	}
	if !there {
		return "", nil
	}
	switch err := os.Link(library, to); {
	case err == nil:
		return to, syncFolder(filepath.Dir(to))
	case errors.Is(err, fs.ErrExist): // of a restoring in the same second
		return "", fmt.Errorf("put the library aside: %w", err)
	}
	return to, rename(library, to) // no links on this disk
}

// settleFile brings all of a library into its one file, which SQLite does for the
// last who has it open only. A broken file stays as it is.
func settleFile(ctx context.Context, library string) error {
	db, err := connect(library, copySettings, 1)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // nothing was written through it
	var mode string
	err = db.QueryRowContext(ctx, `PRAGMA journal_mode = DELETE`).Scan(&mode)
	switch known := code(err) & 0xff; {
	case known == lib.SQLITE_CORRUPT, known == lib.SQLITE_NOTADB, errors.Is(err, sql.ErrNoRows):
		return nil
	case err == nil && mode != "delete":
		return review.Fail(LibraryBusy, nil)
	}
	return err
}

// copyFile copies a file's bytes into a new file for its owner only, synced.
func copyFile(to, from string) (err error) {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // was only read
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// removeAll removes files that may be there.
func removeAll(files ...string) error {
	var all error
	for _, file := range files {
		if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}
