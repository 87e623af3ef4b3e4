package main

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
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
// what was there before or all of the new; never a part.
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
		c.killedExport(library, file, time.Duration(random.Int64N(int64(took))))
		got, err := os.ReadFile(file)
		if err != nil || string(got) != old && string(got) != string(whole) {
			t.Fatalf("round %d: %d bytes of %d, beginning %.40q, %v", round, len(got), len(whole), got, err)
		}
		aside, err := filepath.Glob(filepath.Join(folder, ".calls.csv.*"))
		if err != nil {
			t.Fatal(err)
		}
		within += len(aside)
		for _, name := range aside {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	if within == 0 {
		t.Errorf("none of %d exports was killed while it wrote", exportsKilled)
	}
}

// killedExport begins to export calls and kills that after a time.
func (c *ctl) killedExport(library, file string, after time.Duration) {
	c.t.Helper()
	cmd := c.command("--library", library, "export", "calls", "-o", file)
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	kill := time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it may have ended before
	_ = cmd.Wait()                                                   // it was killed
	kill.Stop()
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
