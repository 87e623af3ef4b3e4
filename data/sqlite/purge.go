package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

var _ desk.KeepPrivacy = (*Store)(nil)

// purgeSetting is there after something was forgotten, and lists the ids of the
// sessions that had it.
const purgeSetting = "purge"

func (a act) set(ctx context.Context, name, value string) error {
	return exec(ctx, a.tx, `INSERT INTO library(name, value) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value`, name, value)
}

func (q queries) setting(ctx context.Context, name string) (value string, err error) {
	_, err = one(q.db.QueryRowContext(ctx, `SELECT value FROM library WHERE name = ?`, name), &value)
	return value, wrap(err, "read a setting of the library")
}

// Customers implements [desk.KeepPrivacy].
func (q queries) Customers(ctx context.Context) iter.Seq2[desk.Named, error] {
	return each(ctx, q.db, func(r *sql.Rows, n *desk.Named) error {
		var value string
		err := r.Scan(&n.UID, &value)
		n.Value = review.Hide(value)
		return err
	}, `SELECT uid, customer FROM call WHERE customer <> ''
		UNION ALL SELECT c.uid, v.value FROM call_field x JOIN call c ON c.id = x.call_id JOIN field_value v ON v.id = x.value_id`)
}

// Purge implements [desk.KeepPrivacy]. Deleted rows are overwritten when they
// are deleted (secure_delete), but copies of them may lie in pages that were
// split before: so the whole file is written anew, and the log emptied. Backups
// hold what was forgotten: they go. A purge that Close breaks off is not done.
func (s *Store) Purge(ctx context.Context) (done bool, err error) {
	ctx, end := s.whileOpen(ctx)
	defer end()
	if err = s.unname(ctx); err == nil {
		done, err = s.vacuum(ctx)
	}
	if s.closing.Err() != nil {
		return false, nil
	}
	if err != nil || !done {
		return false, err
	}
	err = dropBackups(s.place.path)
	return err == nil, err
}

// whileOpen is ctx until the library is closed.
func (s *Store) whileOpen(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(s.closing, cancel)
	return ctx, func() {
		stop()
		cancel()
	}
}

// vacuum writes the file anew and empties the log.
func (s *Store) vacuum(ctx context.Context) (done bool, err error) {
	conn, err := s.writer.Conn(ctx)
	if err != nil {
		return false, failure(err)
	}
	defer func() { _ = conn.Close() }() // gives it back
	// In memory the copy that VACUUM makes would be as large as the library.
	if _, err := conn.ExecContext(ctx, `PRAGMA temp_store = file`); err != nil {
		return false, failure(err)
	}
	_, err = conn.ExecContext(ctx, `VACUUM`)
	_, back := conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA temp_store = memory`)
	if err = errors.Join(err, back); err != nil {
		return false, wrap(failure(err), "write the library anew")
	}
	var busy, log, moved int
	err = conn.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &log, &moved)
	return busy == 0, wrap(failure(err), "empty the library's log")
}

// dropBackups deletes all backups of a library, whatever their kind, and what
// is left of copies under way: these first, since one may become a backup meanwhile.
func dropBackups(library string) error {
	files, err := Leftovers(library)
	all, unlisted := Backups(library)
	err = errors.Join(err, unlisted)
	for _, b := range all {
		files = append(files, b.File)
	}
	for _, file := range files {
		for _, beside := range []string{file, file + "-wal", file + "-shm"} {
			if gone := os.Remove(beside); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
				err = errors.Join(err, review.WithoutPath(gone))
			}
		}
	}
	return wrap(err, "delete the backups")
}

// unname deletes names that nothing refers to any more.
func (s *Store) unname(ctx context.Context) error {
	return s.tx(ctx, func(tx *sql.Tx) error {
		for _, statement := range []string{
			`DELETE FROM agent WHERE name <> '' AND id NOT IN (SELECT agent_id FROM call)`,
			`DELETE FROM field_value WHERE id NOT IN (SELECT value_id FROM call_field UNION SELECT value_id FROM call_field_was)`,
		} {
			if err := exec(ctx, tx, statement); err != nil {
				return fmt.Errorf("forget names: %w", err)
			}
		}
		return nil
	})
}

// Purging implements [desk.KeepPrivacy].
func (s *Store) Purging(ctx context.Context) (left bool, sessions []string, err error) {
	return queries{db: s.writer}.purging(ctx)
}

func (q queries) purging(ctx context.Context) (left bool, sessions []string, err error) {
	text, err := q.setting(ctx, purgeSetting)
	if err == nil && text != "" {
		left, err = true, json.Unmarshal([]byte(text), &sessions)
	}
	return left, sessions, wrap(err, "read what is to be purged")
}

// Purged implements [desk.KeepPrivacy]. A library that has backups gets one as it
// is now, which needs no more purging.
func (s *Store) Purged(ctx context.Context) error {
	err := s.tx(ctx, func(tx *sql.Tx) error { return exec(ctx, tx, `DELETE FROM library WHERE name = ?`, purgeSetting) })
	if err != nil {
		return err
	}
	if _, none := os.Stat(BackupFolder(s.place.path)); none != nil {
		return nil
	}
	ctx, end := s.whileOpen(ctx)
	defer end()
	if _, _, err = MakeBackup(ctx, s.place.path, Asked, s.now()); s.closing.Err() != nil {
		return nil // one is made of a library that is closed
	}
	return err
}
