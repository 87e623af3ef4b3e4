package sqlite_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// raw opens a library's file behind Earshot's back.
func raw(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	return db
}

func TestALibraryOfALaterVersionIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "library.earshot")
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	must(t, err)
	must(t, store.Close())
	_, err = raw(t, path).Exec(`PRAGMA user_version = 99`)
	must(t, err)
	_, err = sqlite.Open(context.Background(), path, sqlite.Options{})
	if review.CodeOf(err) != sqlite.LibraryNewer {
		t.Fatalf("opened: %v", err)
	}
}

func TestAForeignFileIsRefusedAndLeftAsItIs(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.db")
	db := raw(t, path)
	_, err := db.Exec(`CREATE TABLE account(id); INSERT INTO account VALUES(7)`)
	must(t, err)
	text := filepath.Join(t.TempDir(), "notes.txt")
	must(t, os.WriteFile(text, []byte(strings.Repeat("not a library\n", 100)), 0o600))
	for _, file := range []string{path, text} {
		before, err := os.ReadFile(file)
		must(t, err)
		_, err = sqlite.Open(context.Background(), file, sqlite.Options{})
		if review.CodeOf(err) != sqlite.LibraryForeign {
			t.Errorf("%s: %v", filepath.Base(file), err)
		}
		if after, err := os.ReadFile(file); err != nil || !bytes.Equal(after, before) {
			t.Errorf("%s was changed", filepath.Base(file))
		}
	}
}

func TestOnlyTheOwnerReadsALibrary(t *testing.T) {
	path := filepath.Join(t.TempDir(), "deep", "er", "library.earshot")
	f := openLibrary(t, path)
	_, err := f.AddFound(context.Background(), entries(0, 1))
	must(t, err)
	files, err := filepath.Glob(path + "*")
	must(t, err)
	for _, file := range files {
		info, err := os.Stat(file)
		must(t, err)
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", filepath.Base(file), info.Mode())
		}
	}
}

// TestALibraryIsMadeByManyAtOnce opens a new library as the window and scripts
// do that start together. None may take a half-made one for one of an older
// version.
func TestALibraryIsMadeByManyAtOnce(t *testing.T) {
	for range 10 {
		folder := t.TempDir()
		var opened errgroup.Group
		for range 8 {
			opened.Go(func() error {
				store, err := sqlite.Open(context.Background(), filepath.Join(folder, "library.earshot"), sqlite.Options{})
				if err != nil {
					return err
				}
				return store.Close()
			})
		}
		must(t, opened.Wait())
		files, err := os.ReadDir(folder)
		must(t, err)
		if len(files) != 1 {
			t.Fatalf("beside the library lie %v", files)
		}
	}
}

// TestTwoProgramsAtOnce tags through two stores of one file, as the window and
// the terminal do.
func TestTwoProgramsAtOnce(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 2)
	other := openLibrary(t, f.path)
	second := desk.New(desk.Parts{Store: other, Author: newAuthor(t, 2), Clock: &clock{time.Now()}, IDs: &ids{n: 5000}})
	before, err := f.Version(ctx)
	must(t, err)
	var both sync.WaitGroup
	const each = 50
	for d, uid := range map[*desk.Desk]string{f.Desk: "call-000", second: "call-001"} {
		both.Go(func() {
			for i := range each {
				req := desk.TagRequest{Call: uid, Issue: fmt.Sprint("Issue ", i%3), At: time.Duration(i) * time.Second}
				if _, err := d.Tag(ctx, req); err != nil {
					t.Error(err)
				}
			}
		})
	}
	both.Wait()
	for _, uid := range []string{"call-000", "call-001"} {
		if v, err := f.View(ctx, uid); err != nil || len(v.Moments) != each {
			t.Errorf("%s has %d moments, want %d (%v)", uid, len(v.Moments), each, err)
		}
	}
	if after, err := f.Version(ctx); err != nil || after == before {
		t.Errorf("the version did not move: %v", err)
	}
	f.checkClean(t)
}

func TestAForgedLibraryIsFoundOut(t *testing.T) {
	for name, forge := range map[string]string{
		"a moment nobody tagged":    `UPDATE moment SET at_ms = at_ms + 1`,
		"another seed":              `UPDATE draw SET seed = 'nicer'`,
		"a call slipped in":         `UPDATE draw_call SET uid = 'call-999' WHERE rank = 1`,
		"an event rewritten":        `UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), '"played":1', '"played":0') AS BLOB)`,
		"a call that was not heard": `UPDATE call SET state = 'heard' WHERE state = 'drawn'`,
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, 5)
			d := draw(t, f, desk.DrawRequest{N: 3})
			f.tag(t, d.Calls[0].UID, "Late bill", time.Second)
			must(t, f.Hear(context.Background(), d.Calls[0].UID, 1))
			f.checkClean(t)
			_, err := raw(t, f.path).Exec(forge)
			must(t, err)
			checked, err := f.Check(context.Background())
			must(t, err)
			if checked.OK() {
				t.Error("check finds nothing")
			}
		})
	}
}

// TestScansReadIndexesAlone holds the queries that must stay fast at millions
// of calls to the indexes that were made for them.
func TestScansReadIndexesAlone(t *testing.T) {
	f := newFixture(t, 3)
	db := raw(t, f.path)
	for query, want := range map[string]string{
		`SELECT uid, rank = 0 FROM call c WHERE missing = 0 AND c.started_at >= 1 AND c.started_at < 9`: "COVERING INDEX call_frame",
		`SELECT count(*) FROM finding f WHERE f.issue_id = 1 AND f.scope = 1 AND f.started_at >= 1`:     "COVERING INDEX finding_rank",
		`SELECT count(*) FROM call c WHERE c.state = 'heard' AND c.scope = 1 AND c.started_at >= 1`:     "COVERING INDEX call_state",
	} {
		var id, parent, unused int
		var plan string
		must(t, db.QueryRow(`EXPLAIN QUERY PLAN `+query).Scan(&id, &parent, &unused, &plan))
		if !strings.Contains(plan, want) {
			t.Errorf("%s: %s, want %s", query, plan, want)
		}
	}
}
