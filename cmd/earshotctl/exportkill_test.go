package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/data/sqlite/grown"
)

// A library so large that most of the time of an export is its writing, and how
// often that is killed.
const (
	killedCalls   = 20_000
	exportsKilled = 60
)

// TestAKilledExportLeavesTheOldFileOrTheNew kills an export with SIGKILL at
// random points, before, within and after the writing. Under the file's name lies
// what was there before or all of the new; never a part. What was written lies
// nowhere else, or is gone after the next export.
func TestAKilledExportLeavesTheOldFileOrTheNew(t *testing.T) {
	c := newCtl(t)
	library := filepath.Join(t.TempDir(), "library.earshot")
	store, err := sqlite.Open(t.Context(), library, sqlite.Options{})
	if err == nil {
		err = errors.Join(store.Close(), grown.Calls(t.Context(), library, killedCalls))
	}
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "calls.csv")
	begun := time.Now()
	get[any](c, "--library", library, "export", "calls", "-o", file)
	took := time.Since(begun)
	whole, err := os.ReadFile(file)
	if err != nil || len(whole) < 1e6 {
		t.Fatalf("the whole file has %d bytes, %v", len(whole), err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	const old = "what was there before"
	within := 0
	for round := range exportsKilled {
		if err := os.WriteFile(file, []byte(old), 0o600); err != nil {
			t.Fatal(err)
		}
		if c.killedExport(library, file, time.Duration(random.Int64N(int64(took)))) {
			within++
		}
		got, err := os.ReadFile(file)
		if err != nil || string(got) != old && string(got) != string(whole) {
			t.Fatalf("round %d: %d bytes of %d, beginning %.40q, %v", round, len(got), len(whole), got, err)
		}
	}
	if err := os.WriteFile(file, []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	get[any](c, "--library", library, "export", "calls", "-o", file)
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("after %d killed exports and a whole one there are %v, %v", exportsKilled, left, err)
	}
	if within == 0 {
		t.Errorf("none of %d exports was killed while it wrote", exportsKilled)
	}
}

// killedExport begins to export calls and kills that after a time. It reports
// whether the file was being written then, as far as the system tells.
func (c *ctl) killedExport(library, file string, after time.Duration) (writing bool) {
	c.t.Helper()
	cmd := c.command("--library", library, "export", "calls", "-o", file)
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	looked := make(chan bool, 1)
	kill := time.AfterFunc(after, func() {
		looked <- writes(cmd.Process.Pid, filepath.Dir(file))
		_ = cmd.Process.Kill() // it may have ended before
	})
	_ = cmd.Wait() // it was killed
	return !kill.Stop() && <-looked
}

// writes reports whether a program has a file in the folder open, perhaps one
// without a name.
func writes(pid int, folder string) bool {
	if runtime.GOOS != "linux" {
		aside, err := filepath.Glob(filepath.Join(folder, ".*.earshot-part"))
		return err == nil && len(aside) > 0
	}
	open := fmt.Sprintf("/proc/%d/fd", pid)
	entries, err := os.ReadDir(open)
	if err != nil {
		return false // it has ended
	}
	return slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		target, err := os.Readlink(filepath.Join(open, e.Name()))
		return err == nil && filepath.Dir(target) == folder
	})
}

// A program that asks for JSON gets JSON, with the table as one text.
func TestATableIsAskedForAsJSON(t *testing.T) {
	c, _ := exported(t)
	out, _, _ := c.run("export", "ranking", "--preset", "data")
	got := get[struct {
		CSV  string `json:"csv"`
		Last string `json:"last_event"`
	}](c, "export", "ranking", "--preset", "data")
	if got.CSV != out || got.Last == "" {
		t.Errorf("%+v, want %q and an event", got, out)
	}
}
