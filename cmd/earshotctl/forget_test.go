package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
)

// holding are the files below a folder that hold a text, as UTF-8 or UTF-16.
func holding(t *testing.T, folder, text string) []string {
	t.Helper()
	var wide []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		wide = append(wide, byte(unit), byte(unit>>8))
	}
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(text)) || bytes.Contains(content, wide) {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// spoken is a library of twelve calls, each with words of its own in a
// transcript and in a note, a copy of it, and something in the cache.
func spoken(t *testing.T) (c *ctl, dir string, draw drawn) {
	t.Helper()
	c = newCtl(t)
	dir, table := recordings(t, 12)
	for i := range 12 {
		words := fmt.Sprintf("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Customer>My name is Qxspoken%02d\n", i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("rec-%02d.vtt", i)), []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	get[any](c, "import", dir, "--metadata", table)
	draw = get[drawn](c, "draw", "-n", "12")
	var lines strings.Builder
	for i := range 12 {
		fmt.Fprintf(&lines, `["tag","c-%02d","--issue","Late bill","--at","5","--words","Qxnoted%02d owes me"]`+"\n", i, i)
		fmt.Fprintf(&lines, `["heard","c-%02d"]`+"\n", i)
	}
	batch := c.command("batch")
	batch.Stdin = strings.NewReader(lines.String())
	if out, err := batch.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	get[any](c, "backup", "make")
	cached := filepath.Join(c.home, ".cache", "earshot", "recordings", "peaks")
	if err := os.MkdirAll(filepath.Dir(cached), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(cached, []byte("Qxnoted00 Qxnoted01 Qxnoted02 Qxnoted03 Qxnoted04 Qxnoted05"), 0o600); err != nil {
		t.Fatal(err)
	}
	return c, dir, draw
}

// Whenever the terminal is killed while it forgets, the next command that
// opens the library leaves nothing of what is forgotten in any file: library,
// log, copies, cache and settings alike.
func TestAKillLeavesNoTraceOfWhatIsForgotten(t *testing.T) {
	c, _, draw := spoken(t)
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 6 {
		uid := fmt.Sprintf("c-%02d", i)
		cmd := c.command("forget", "call", uid, "--yes")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.IntN(120)) * time.Millisecond) // anywhere in it
		_ = cmd.Process.Kill()                                         // it may have ended
		_ = cmd.Wait()                                                 // killed or not
		c.run("forget", "call", uid, "--yes")                          // may be forgotten
		for _, text := range []string{
			fmt.Sprintf("Qxspoken%02d", i), fmt.Sprintf("qxspoken%02d", i), fmt.Sprintf("Qxnoted%02d", i),
			fmt.Sprintf("+4917055501%02d", i), fmt.Sprintf("rec-%02d", i), `"` + uid + `"`,
		} {
			if files := holding(t, c.home, text); len(files) > 0 {
				t.Errorf("%q is still in %v", text, files)
			}
		}
	}
	if files := holding(t, c.home, "Qxspoken06"); len(files) == 0 {
		t.Error("a call that nobody wanted forgotten has no words any more")
	}
	if ok := get[checked](c, "check"); !ok.OK {
		t.Errorf("check: %+v", ok)
	}
	if r := get[rankShown](c, "rank"); r.Heard != 12 || r.Issues[0].Calls != 12 {
		t.Errorf("rank: %+v", r)
	}
	if v := get[verified](c, "draw", "verify", draw.ID); !v.Holds || v.Forgotten != 6 {
		t.Errorf("verify: %+v", v)
	}
	file := filepath.Join(t.TempDir(), "draw.txt")
	get[any](c, "draw", "export", draw.ID, "-o", file)
	if v := get[verified](c, "draw", "verify", "--file", file); !v.Holds || v.Forgotten != 6 {
		t.Errorf("verify the file: %+v", v)
	}
}

// What was forgotten stays so: with the same look, with the whole import again,
// and where the recording was renamed.
func TestNoLookBringsAForgottenCallBack(t *testing.T) {
	c, dir, _ := spoken(t)
	out, errs, code := c.run("forget", "customer", "--number", "0170 555 01 03", "--json")
	if code != 1 || out != "" || !strings.Contains(errs, "not-confirmed") {
		t.Fatalf("unconfirmed: %d %s %s", code, out, errs)
	}
	if done := get[forgottenShown](c, "forget", "customer", "--number", "0170 555 01 03", "--yes"); done != (forgottenShown{1, false}) {
		t.Fatalf("forgotten: %+v", done)
	}
	for _, look := range [][]string{{"rescan"}, {"import", dir}, {"import", dir, "--metadata", filepath.Join(dir, "calls.csv")}} {
		if in := get[imported](c, look...); in.Calls != 0 || in.Forgotten != 1 {
			t.Errorf("%v: %+v", look, in)
		}
	}
	if err := os.Rename(filepath.Join(dir, "rec-03.wav"), filepath.Join(dir, "renamed.wav")); err != nil {
		t.Fatal(err)
	}
	if in := get[imported](c, "import", dir, "--metadata", filepath.Join(dir, "calls.csv")); in.Forgotten != 1 || in.Calls != 0 {
		t.Errorf("renamed: %+v", in)
	}
	c.refuse(1, "no-call", "show", "c-03")
	for _, text := range []string{"Qxnoted03", "Qxspoken03", "+491705550103"} {
		if files := holding(t, c.home, text); len(files) > 0 {
			t.Errorf("%q came back into %v", text, files)
		}
	}
	var calls []map[string]any
	out, _, _ = c.run("calls", "--json")
	if err := json.Unmarshal([]byte(out), &calls); err != nil || len(calls) != 12 {
		t.Errorf("%d calls, %v; want 12, one of them without a name", len(calls), err)
	}
}
