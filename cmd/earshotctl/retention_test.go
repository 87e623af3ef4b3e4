package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review/desk"
)

// A copy that is put back from elsewhere brings nothing back that is older than
// is kept, and says so; the library that it replaces is put aside and stays.
func TestARestoredCopyKeepsToTheRule(t *testing.T) {
	c, dir, draw := spoken(t)
	copies := get[[]backupRow](c, "backup", "list")
	elsewhere := filepath.Join(t.TempDir(), "kept.earshot")
	raw, err := os.ReadFile(copies[0].File)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(elsewhere, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	get[any](c, "retention", "set", "1", "--of", "words")
	get[any](c, "retention", "set", "1", "--of", "names")
	want := retainedShown{Forgot: map[desk.Part]int{desk.PartWords: 12, desk.PartNames: 12}, Left: []string{}}
	if diff := cmp.Diff(want, get[retainedShown](c, "retention", "run", "--yes")); diff != "" {
		t.Errorf("run (-want +got):\n%s", diff)
	}
	get[any](c, "import", dir, "--metadata", filepath.Join(dir, "calls.csv"))
	c.nothingOf(t, 12)
	out := get[restoredShown](c, "backup", "restore", elsewhere)
	if out.Older != 12 {
		t.Errorf("restored: %+v", out)
	}
	c.nothingOf(t, 12)
	if _, err := os.Stat(out.Replaced); err != nil {
		t.Errorf("what was replaced: %v", err)
	}
	if ok := get[checked](c, "check"); !ok.OK {
		t.Errorf("check: %+v", ok)
	}
	if v := get[verified](c, "draw", "verify", draw.ID); !v.Holds || v.Forgotten != 0 {
		t.Errorf("verify: %+v", v)
	}
	if r := get[rankShown](c, "rank"); r.Heard != 12 || r.Issues[0].Calls != 12 {
		t.Errorf("rank: %+v", r)
	}
}

// nothingOf fails where a file of the home has words or a number of the first n
// calls of [spoken].
func (c *ctl) nothingOf(t *testing.T, n int) {
	t.Helper()
	for i := range n {
		for _, text := range []string{fmt.Sprintf("Qxspoken%02d", i), fmt.Sprintf("qxspoken%02d", i), fmt.Sprintf("Qxnoted%02d", i), fmt.Sprintf("+4917055501%02d", i)} {
			if files := holding(t, c.home, text); len(files) > 0 {
				t.Errorf("%q is in %v", text, files)
			}
		}
	}
}

// Where recordings lie is forgotten too, and neither the same look nor a whole
// import tells it again, nor that of a transcript.
func TestNoLookBringsAPathBack(t *testing.T) {
	c, dir, _ := spoken(t)
	get[any](c, "retention", "set", "1", "--of", "paths")
	get[any](c, "retention", "run", "--yes")
	for _, look := range [][]string{{"rescan"}, {"import", dir}, {"import", dir, "--metadata", filepath.Join(dir, "calls.csv")}} {
		get[any](c, look...)
		for _, text := range []string{"rec-03.wav", "rec-03.vtt", "rec-11"} {
			if files := holding(t, c.home, text); len(files) > 0 {
				t.Errorf("after %v %q is in %v", look, text, files)
			}
		}
	}
	if files := holding(t, c.home, "Qxspoken03"); len(files) == 0 {
		t.Error("what was said went with the path")
	}
	if files := holding(t, c.home, "+491705550103"); len(files) == 0 {
		t.Error("the number went with the path")
	}
}

// Rows of a table without a recording tell names and numbers too: where nothing else
// is old, that they go is asked as it is of calls, and told.
func TestRowsOfATableAreNotForgottenUnasked(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 1)
	row := "Call ID,file,start,skill,ani\nlost,nowhere.wav,2020-01-01T10:00:00Z,Billing,+491705559999\n"
	if err := os.WriteFile(table, []byte(row), 0o600); err != nil {
		t.Fatal(err)
	}
	get[any](c, "import", dir, "--metadata", table)
	get[any](c, "retention", "set", "30000")
	if run := get[retainedShown](c, "retention", "run"); run.Rows {
		t.Error("what is younger was forgotten")
	}
	get[any](c, "retention", "set", "1000")
	c.refuse(1, "rows-not-confirmed", "retention", "run", "--json")
	if files := holding(t, c.home, "+491705559999"); len(files) == 0 {
		t.Error("it was forgotten unconfirmed")
	}
	want := retainedShown{Forgot: map[desk.Part]int{}, Rows: true, Left: []string{}}
	if diff := cmp.Diff(want, get[retainedShown](c, "retention", "run", "--yes")); diff != "" {
		t.Errorf("run (-want +got):\n%s", diff)
	}
	if files := holding(t, c.home, "+491705559999"); len(files) > 0 {
		t.Errorf("the number is in %v", files)
	}
	if again := get[retainedShown](c, "retention", "run"); again.Rows {
		t.Error("it is forgotten twice")
	}
}
