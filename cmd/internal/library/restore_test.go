package library

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review/desk"
)

// settle opens or makes a library and settles how long it keeps what.
func settle(t *testing.T, file string, folders config.Folders, days map[desk.Part]int) {
	t.Helper()
	l, err := Open(t.Context(), file, folders)
	if err != nil {
		t.Fatal(err)
	}
	for part, n := range days {
		if err := l.SetRetention(t.Context(), part, n); err != nil {
			t.Error(err)
		}
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

// What nobody settled in the library that a backup replaces stays as it was in the
// backup; what was settled there counts, also that something is kept for ever.
func TestARestoredBackupKeepsTheRuleThatNobodySettledSince(t *testing.T) {
	dir := t.TempDir()
	folders := config.Folders{Data: dir, Config: filepath.Join(dir, "config"), Cache: filepath.Join(dir, "cache")}
	old, fresh := filepath.Join(dir, "old.earshot"), filepath.Join(dir, "fresh.earshot")
	settle(t, old, folders, map[desk.Part]int{desk.PartWords: 90, desk.PartNames: 30, desk.PartPaths: 60})
	made, _, err := sqlite.MakeBackup(t.Context(), old, sqlite.Asked, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	settle(t, fresh, folders, map[desk.Part]int{desk.PartNames: 0, desk.PartPaths: 10})
	if _, err := Restore(t.Context(), fresh, made.File, folders); err != nil {
		t.Fatal(err)
	}
	l, err := Open(t.Context(), fresh, folders)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	}()
	rule, err := l.Retention(t.Context())
	want := map[desk.Part]int{desk.PartWords: 90, desk.PartNames: 0, desk.PartPaths: 10}
	if diff := cmp.Diff(want, rule.Days); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}
