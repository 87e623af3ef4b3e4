package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/sync/errgroup"
)

func TestAnOlderLibraryIsCopiedAsideBeforeItIsMigrated(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "library.earshot")
	db := connected(t, path)
	first := fstest.MapFS{"migration/0001_a.sql": {Data: []byte("CREATE TABLE a(x); INSERT INTO a VALUES(1)")}}
	now := time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)
	if err := bring(ctx, t, path, first, now); err != nil {
		t.Fatal(err)
	}
	both := fstest.MapFS{
		"migration/0001_a.sql": first["migration/0001_a.sql"],
		"migration/0002_b.sql": {Data: []byte("ALTER TABLE a ADD COLUMN y; INSERT INTO a VALUES(2, 3); SELECT no_such_thing()")},
	}
	if bring(ctx, t, path, both, now) == nil {
		t.Fatal("a migration that fails was taken for done")
	}
	var rows, version int
	const count = `SELECT (SELECT count(*) FROM a), (SELECT user_version FROM pragma_user_version)`
	if err := db.QueryRow(count).Scan(&rows, &version); err != nil || rows != 1 || version != 1 {
		t.Fatalf("half a migration stayed: %d rows, version %d, %v", rows, version, err)
	}
	both["migration/0002_b.sql"].Data = []byte("ALTER TABLE a ADD COLUMN y; INSERT INTO a VALUES(2, 3)")
	if err := bring(ctx, t, path, both, now); err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRow(count).Scan(&rows, &version); err != nil || rows != 2 || version != 2 {
		t.Fatalf("after migrating: %d rows, version %d, %v", rows, version, err)
	}
	aside, err := connect(filepath.Join(filepath.Dir(path), "library.v1-20261121T093000Z"), readerSettings, 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := aside.QueryRow(count).Scan(&rows, &version); err != nil || rows != 1 || version != 1 {
		t.Fatalf("the copy holds %d rows, version %d, %v", rows, version, err)
	}
	if err := errors.Join(db.Close(), aside.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestManyMigrateAtOnce opens a library after an update, as window and scripts
// do that start together: it is migrated once and copied once.
func TestManyMigrateAtOnce(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "library.earshot")
	now := time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)
	files := fstest.MapFS{"migration/0001_a.sql": {Data: []byte("CREATE TABLE a(x); INSERT INTO a VALUES(1)")}}
	if err := bring(t.Context(), t, path, files, now); err != nil {
		t.Fatal(err)
	}
	files["migration/0002_b.sql"] = &fstest.MapFile{Data: []byte("INSERT INTO a VALUES(2)")}
	files["migration/0003_c.sql"] = &fstest.MapFile{Data: []byte("INSERT INTO a VALUES(3)")}
	var opened errgroup.Group
	for range 8 {
		opened.Go(func() error { return bring(t.Context(), t, path, files, now) })
	}
	if err := opened.Wait(); err != nil {
		t.Fatal(err)
	}
	const count = `SELECT count(*) FROM a`
	for name, want := range map[string]int{"library.earshot": 3, "library.v1-20261121T093000Z": 1} {
		db, err := connect(filepath.Join(folder, name), readerSettings, 1)
		if err != nil {
			t.Fatal(err)
		}
		var rows int
		if err := errors.Join(db.QueryRow(count).Scan(&rows), db.Close()); err != nil || rows != want {
			t.Errorf("%s holds %d rows, want %d; %v", name, rows, want, err)
		}
	}
	// One that saw the second version, made by another, may have copied that.
	if files, err := filepath.Glob(filepath.Join(folder, "library.v*")); err != nil || len(files) > 2 {
		t.Errorf("copies: %v, %v", files, err)
	}
}

// connected connects to a file, which is made if it is not there.
func connected(t *testing.T, path string) *sql.DB {
	t.Helper()
	if err := prepare(path); err != nil {
		t.Fatal(err)
	}
	db, err := connect(path, writerSettings, 1)
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func bring(ctx context.Context, t *testing.T, path string, files fstest.MapFS, now time.Time) error {
	t.Helper()
	all, err := steps(files)
	if err != nil {
		t.Fatal(err)
	}
	db := connected(t, path)
	return errors.Join(migrate(ctx, db, path, all, now), db.Close())
}
