package sqlite_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// backup makes a copy at a time and reports whether one was made.
func (f *fixture) backup(t *testing.T, when sqlite.When, at time.Time) bool {
	t.Helper()
	_, made, err := sqlite.MakeBackup(context.Background(), f.path, when, at)
	must(t, err)
	return made
}

// backups are the file names of the backups of one kind.
func (f *fixture) backups(t *testing.T, kind sqlite.BackupKind) (names []string) {
	t.Helper()
	all, err := sqlite.Backups(f.path)
	must(t, err)
	for _, b := range all {
		if b.Kind == kind {
			names = append(names, filepath.Base(b.File))
		}
	}
	return names
}

// A year of daily work leaves the last seven days, and the last days of the four
// last weeks, of which two are among those.
func TestCopiesOfSevenDaysAndFourWeeksAreKept(t *testing.T) {
	f := newFixture(t, 1)
	day := time.Date(2026, 10, 1, 18, 0, 0, 0, time.UTC) // a Thursday
	for i := range 53 {
		f.tag(t, "call-000", "Late bill", time.Duration(i)*time.Second)
		if !f.backup(t, sqlite.Ended, day.AddDate(0, 0, i)) {
			t.Errorf("day %d was not copied", i)
		}
	}
	want := []string{
		"20261122", "20261121", "20261120", "20261119", "20261118", "20261117", "20261116", // Sunday back to Monday
		"20261115", "20261108", "20261101", // Sundays
	}
	got := f.backups(t, sqlite.Copied)
	if len(got) != len(want) {
		t.Fatalf("kept are %v", got)
	}
	for i := range want {
		if got[i] != want[i]+"T180000Z.earshot" {
			t.Errorf("copy %d is %s, want %s", i, got[i], want[i])
		}
	}
}

func TestACopyIsMadeOnceADayAndOnlyOfNews(t *testing.T) {
	f := newFixture(t, 1)
	monday := time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)
	for _, step := range []struct {
		what string
		tag  bool
		when sqlite.When
		at   time.Time
		made bool
	}{
		{"the first", false, sqlite.Daily, monday, true},
		{"later that day", true, sqlite.Daily, monday.Add(time.Hour), false},
		{"at its end", false, sqlite.Ended, monday.Add(8 * time.Hour), true},
		{"the next day without news", false, sqlite.Daily, monday.Add(24 * time.Hour), false},
		{"at the end of that", false, sqlite.Ended, monday.Add(30 * time.Hour), false},
		{"with news", true, sqlite.Daily, monday.Add(31 * time.Hour), true},
		{"by hand", false, sqlite.Asked, monday.Add(32 * time.Hour), true},
		{"after the clock was set back a year", true, sqlite.Daily, monday.AddDate(-1, 0, 0), true},
	} {
		if step.tag {
			f.tag(t, "call-000", "Late bill", time.Second)
		}
		if made := f.backup(t, step.when, step.at); made != step.made {
			t.Errorf("%s: made %t, want %t", step.what, made, step.made)
		}
	}
}

// What changes nothing but the file's time, as closing a library may, is no
// news.
func TestTheSameIsNotCopiedTwice(t *testing.T) {
	f := newFixture(t, 3)
	monday := time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)
	f.backup(t, sqlite.Daily, monday)
	must(t, os.Chtimes(f.path, time.Time{}, monday.AddDate(0, 0, 1)))
	must(t, os.Chtimes(f.path+"-wal", time.Time{}, monday.AddDate(0, 0, 1)))
	if f.backup(t, sqlite.Daily, monday.AddDate(0, 0, 1)) || len(f.backups(t, sqlite.Copied)) != 1 {
		t.Error("what was copied is copied again")
	}
}

func TestARestoredLibraryIsWhatItWas(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "library.earshot")
	monday := time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)
	var copied sqlite.Backup
	looked(t, path, func(f *fixture) {
		f.add(t, entries(0, 2)...)
		f.tag(t, "call-000", "Late bill", time.Second)
		var err error
		copied, _, err = sqlite.MakeBackup(ctx, path, sqlite.Asked, monday)
		must(t, err)
		f.tag(t, "call-000", "No signal", 2*time.Second)
		if _, err := sqlite.Restore(ctx, path, copied.File, monday, nil); review.CodeOf(err) != sqlite.LibraryBusy {
			t.Errorf("while it is open: %v", err)
		}
	})
	replaced, err := sqlite.Restore(ctx, path, copied.File, monday.Add(time.Hour), nil)
	must(t, err)
	for file, moments := range map[string]int{path: 1, replaced: 2} {
		looked(t, file, func(f *fixture) {
			f.checkClean(t)
			view, err := f.View(ctx, "call-000")
			must(t, err)
			if len(view.Moments) != moments || view.Moments[0].At != time.Second {
				t.Errorf("%s holds %+v", filepath.Base(file), view.Moments)
			}
		})
	}
	if _, err := sqlite.Restore(ctx, path, copied.File, monday.Add(time.Hour), nil); err == nil {
		t.Error("in the same second the library that is put aside takes the place of the first")
	}
	f := &fixture{path: path}
	if got := f.backups(t, sqlite.Replaced); len(got) != 1 || got[0] != "replaced-20261116T100000Z.earshot" {
		t.Errorf("put aside are %v", got)
	}
}

// A library that is broken, or gone with a log left behind, gives way to a
// backup; a backup that is broken does not take its place.
func TestABrokenLibraryIsRestored(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "library.earshot")
	now := time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)
	looked(t, path, func(f *fixture) { f.add(t, entries(0, 2)...) })
	b, _, err := sqlite.MakeBackup(ctx, path, sqlite.Asked, now)
	must(t, err)
	clean := func() { looked(t, path, func(f *fixture) { f.checkClean(t) }) }
	broken := filepath.Join(t.TempDir(), "broken.earshot")
	must(t, os.WriteFile(broken, []byte("SQLite format 3\x00 and nothing more"), 0o600))
	empty := filepath.Join(t.TempDir(), "empty.earshot")
	must(t, os.WriteFile(empty, nil, 0o600))
	for _, file := range []string{broken, empty} {
		if _, err := sqlite.Restore(ctx, path, file, now, nil); review.CodeOf(err) == "" {
			t.Errorf("%s was restored", filepath.Base(file))
		}
	}
	clean()
	must(t, os.WriteFile(path, []byte("SQLite format 3\x00 and nothing more"), 0o600))
	must(t, os.WriteFile(path+"-wal", []byte("what is left of a log"), 0o600))
	replaced, err := sqlite.Restore(ctx, path, b.File, now.Add(time.Hour), nil)
	must(t, err)
	clean()
	must(t, os.Remove(path))
	must(t, os.WriteFile(path+"-wal", []byte("what is left of a log"), 0o600))
	again, err := sqlite.Restore(ctx, path, b.File, now.Add(2*time.Hour), nil)
	must(t, err)
	clean()
	if replaced == "" || again != "" {
		t.Errorf("put aside as %q and, with nothing there, %q", replaced, again)
	}
}

func TestOnlyTheOwnerReadsBackups(t *testing.T) {
	f := newFixture(t, 1)
	f.backup(t, sqlite.Asked, time.Now())
	folder, err := os.Stat(sqlite.BackupFolder(f.path))
	must(t, err)
	copied, err := os.Stat(filepath.Join(sqlite.BackupFolder(f.path), f.backups(t, sqlite.Copied)[0]))
	must(t, err)
	if runtime.GOOS != "windows" && (folder.Mode().Perm() != 0o700 || copied.Mode().Perm() != 0o600) {
		t.Errorf("the folder is %v, a copy %v", folder.Mode(), copied.Mode())
	}
	if left, err := sqlite.Leftovers(f.path); err != nil || len(left) != 0 {
		t.Errorf("left over are %v, %v", left, err)
	}
}

// looked opens a library for as long as do looks at it.
func looked(t *testing.T, path string, do func(f *fixture)) {
	t.Helper()
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{Random: rand.NewChaCha8([32]byte{2})})
	must(t, err)
	do(&fixture{store: store, path: path, Desk: desk.New(desk.Parts{
		Store: store, Author: newAuthor(t, 1), Clock: &clock{time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)}, IDs: &ids{},
	})})
	must(t, store.Close())
}

// As all are when something is forgotten, while a list of them is still shown.
func TestABackupThatIsGoneIsSaidToBe(t *testing.T) {
	f := newFixture(t, 1)
	_, err := sqlite.Restore(t.Context(), filepath.Join(t.TempDir(), "library.earshot"), f.path+".gone", time.Now(), nil)
	if review.CodeOf(err) != sqlite.BackupGone {
		t.Errorf("%v", err)
	}
}
