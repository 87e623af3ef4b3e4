package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A library that was lost comes back as it was copied, and the one that a copy
// takes the place of stays among the copies.
func TestALostLibraryIsRestoredFromItsCopy(t *testing.T) {
	c := newCtl(t)
	library := filepath.Join(t.TempDir(), "calls.earshot")
	dir, table := recordings(t, 3)
	of := func(args ...string) []string { return append([]string{"--library", library}, args...) }
	get[any](c, of("import", dir, "--metadata", table)...)
	get[any](c, of("tag", "c-01", "--issue", "Late bill", "--at", "1")...)
	made := get[backupRow](c, of("backup", "make")...)
	if made.Kind != "copy" || filepath.Dir(made.File) != filepath.Join(filepath.Dir(library), "calls-backups") {
		t.Errorf("made %+v", made)
	}
	get[any](c, of("tag", "c-01", "--issue", "No signal", "--at", "2")...)
	first := get[restoredShown](c, of("backup", "restore", made.File)...)
	if shown := get[struct{ Moments []moment }](c, of("show", "c-01")...); len(shown.Moments) != 1 {
		t.Errorf("restored, it holds %+v", shown.Moments)
	}
	if listed := get[[]backupRow](c, of("backup", "list")...); len(listed) != 2 || listed[0].File != first.Replaced && listed[1].File != first.Replaced {
		t.Errorf("listed are %+v", listed)
	}
	if err := os.Remove(library); err != nil {
		t.Fatal(err)
	}
	c.refuse(1, "no-library", of("backup", "make")...)
	get[restoredShown](c, of("backup", "restore", first.Replaced)...)
	if shown := get[struct{ Moments []moment }](c, of("show", "c-01")...); len(shown.Moments) != 2 {
		t.Errorf("what was put aside holds %+v", shown.Moments)
	}
	if ok := get[checked](c, of("check")...); !ok.OK {
		t.Errorf("check: %+v", ok)
	}
	c.refuse(1, "no-library", of("backup", "restore", library+".gone")...)
}
