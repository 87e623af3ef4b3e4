//go:build unix

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// A folder in which everything is odd that a folder may hold: nothing makes the
// import hang or end, and what cannot be read is told of.
func TestAFolderOfOddFilesIsImported(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	good := []string{"plain.wav", "line\nbreak.wav", "\xff\xfe no letters.wav", "Gespra\u0308ch 録音 🎧.wav", "-in front.wav", strings.Repeat("n", 251) + ".wav"}
	for _, name := range good {
		writeWAV(t, filepath.Join(dir, name))
	}
	sub := filepath.Join(dir, "sub")
	for _, err := range []error{
		os.Mkdir(sub, 0o700),
		os.Symlink(dir, filepath.Join(sub, "loop")),
		os.Symlink("self.wav", filepath.Join(dir, "self.wav")),
		syscall.Mkfifo(filepath.Join(dir, "pipe.wav"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	deep(t, filepath.Join(dir, "deep"))
	in := get[imported](c, "import", dir)
	if in.Calls != len(good) {
		t.Errorf("%d calls of %d good files: %+v", in.Calls, len(good), in.Problems)
	}
	told := func(part string) bool {
		return slices.ContainsFunc(in.Problems, func(p problem) bool { return strings.Contains(p.File, part) && p.Reason != "" })
	}
	for _, name := range []string{"pipe.wav", "self.wav", "deep"} {
		if !told(name) {
			t.Errorf("nothing is told of %s: %+v", name, in.Problems)
		}
	}
}

// deep makes a recording whose path is longer than the system takes one to be.
func deep(t *testing.T, dir string) {
	t.Helper()
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := os.Chdir(home); err != nil {
			t.Fatal(err)
		}
	}()
	steps := []string{dir}
	for range 20 {
		steps = append(steps, strings.Repeat("d", 250))
	}
	for _, step := range steps {
		if err := os.Mkdir(step, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chdir(step); err != nil {
			t.Fatal(err)
		}
	}
	writeWAV(t, "call.wav")
}

// A table that is a pipe, a folder or a device is refused at once.
func TestAMetadataTableThatIsNoFileIsRefused(t *testing.T) {
	c := newCtl(t)
	dir, _ := recordings(t, 1)
	pipe := filepath.Join(t.TempDir(), "calls.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{pipe, dir, os.DevNull} {
		c.refuse(1, "metadata-unreadable", "import", dir, "--metadata", table)
	}
}
