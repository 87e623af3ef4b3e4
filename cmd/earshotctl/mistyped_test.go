package main

import (
	"os"
	"path/filepath"
	"testing"
)

// Who mistypes where the library is learns that, and finds nothing new there.
func TestAMistypedLibraryIsNotMade(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "folder", "libary.earshot")
	for _, args := range [][]string{{"rank"}, {"draw", "-n", "3"}, {"batch"}, {"codebook", "import", "codes.csv"}} {
		c.refuse(1, "no-library", append([]string{"--library", file}, args...)...)
	}
	if made, err := os.ReadDir(dir); err != nil || len(made) > 0 {
		t.Errorf("%v was made, %v", made, err)
	}
	get[any](c, "--library", file, "import", t.TempDir())
	get[any](c, "--library", file, "rank")
}
