package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// rename moves a file and fails the test if it cannot.
func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

// differ makes a recording unlike the others.
func differ(t *testing.T, file string, by byte) {
	t.Helper()
	sound, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sound[len(sound)-1] = by
	if err := os.WriteFile(file, sound, 0o600); err != nil {
		t.Fatal(err)
	}
}

// quiet looks through everything again and fails unless nothing is new.
func (c *ctl) quiet() {
	c.t.Helper()
	if r := get[rescanned](c, "rescan"); r.Recordings+r.Updated+r.Moved+r.Gone+r.Back != 0 || r.Sources != 1 {
		c.t.Errorf("nothing changed, and yet: %+v", r)
	}
}

func TestARescanFindsWhatIsNewGoneAndBack(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 4)
	away := filepath.Join(t.TempDir(), "away.wav")
	rename(t, filepath.Join(dir, "rec-03.wav"), away)
	get[any](c, "import", dir, "--metadata", table)
	c.quiet()
	rename(t, away, filepath.Join(dir, "rec-03.wav")) // the table knows it
	if r := get[rescanned](c, "rescan", dir); r.Recordings != 1 || r.Calls != 1 {
		t.Errorf("a new file: %+v", r)
	}
	if call := get[struct{ Queue string }](c, "show", "c-03"); call.Queue != "Billing" {
		t.Errorf("the new call was not told of by the table: %+v", call)
	}
	c.quiet()
	rename(t, filepath.Join(dir, "rec-01.wav"), away)
	if r := get[rescanned](c, "rescan"); r.Gone != 1 || r.Moved != 0 {
		t.Errorf("a file that is gone: %+v", r)
	}
	if calls := get[[]callRow](c, "calls", "--state", "missing"); len(calls) != 1 || calls[0].UID != "c-01" {
		t.Errorf("missing: %+v", calls)
	}
	c.quiet()
	rename(t, away, filepath.Join(dir, "rec-01.wav"))
	if r := get[rescanned](c, "rescan"); r.Back != 1 || r.Recordings != 0 {
		t.Errorf("a file that is back: %+v", r)
	}
	if calls := get[[]callRow](c, "calls", "--state", "missing"); len(calls) != 0 {
		t.Errorf("still missing: %+v", calls)
	}
	c.quiet()
}

// What was said of a call stays with it wherever its recording goes.
func TestARecordingThatMovedIsKnownByItsContent(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 3)
	for i := range 3 {
		differ(t, filepath.Join(dir, fmt.Sprintf("rec-%02d.wav", i)), byte(i))
	}
	get[any](c, "import", dir, "--metadata", table)
	before := get[[]callRow](c, "calls")
	rename(t, filepath.Join(dir, "rec-00.wav"), filepath.Join(dir, "2026", "11", "rec-00.wav"))
	rename(t, filepath.Join(dir, "rec-02.wav"), filepath.Join(dir, "renamed.wav"))
	if r := get[rescanned](c, "rescan"); r.Moved != 2 || r.Recordings != 0 || r.Calls != 0 || r.Gone != 0 {
		t.Errorf("two files that moved: %+v", r)
	}
	after := get[[]callRow](c, "calls")
	for i := range before {
		if before[i].UID != after[i].UID || after[i].State != "new" {
			t.Errorf("%+v became %+v", before[i], after[i])
		}
	}
	// A whole disk that is now mounted elsewhere.
	other := filepath.Join(t.TempDir(), "other")
	rename(t, dir, other)
	if in := get[imported](c, "import", other); in.Calls != 0 || in.Recordings != 0 {
		t.Errorf("a folder that moved: %+v", in)
	}
	if ok := get[checked](c, "check"); !ok.OK {
		t.Errorf("check: %+v", ok)
	}
}

// Silence is like silence: of two that are gone, none is taken for the new one.
func TestAMoveThatMayBeOfTwoIsNone(t *testing.T) {
	c := newCtl(t)
	dir, _ := recordings(t, 2)
	same := time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)
	for _, name := range []string{"rec-00.wav", "rec-01.wav"} {
		if err := os.Chtimes(filepath.Join(dir, name), same, same); err != nil {
			t.Fatal(err)
		}
	}
	get[any](c, "import", dir)
	rename(t, filepath.Join(dir, "rec-00.wav"), filepath.Join(dir, "either.wav"))
	if err := os.Remove(filepath.Join(dir, "rec-01.wav")); err != nil {
		t.Fatal(err)
	}
	if r := get[rescanned](c, "rescan"); r.Moved != 0 || r.Recordings != 1 || r.Gone != 2 {
		t.Errorf("a file that was one of two: %+v", r)
	}
}

// A copy is no move: both are there.
func TestACopyIsARecordingOfItsOwn(t *testing.T) {
	c := newCtl(t)
	dir, _ := recordings(t, 1)
	get[any](c, "import", dir)
	sound, err := os.ReadFile(filepath.Join(dir, "rec-00.wav"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "copy"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "copy", "rec-00.wav"), sound, 0o600); err != nil {
		t.Fatal(err)
	}
	if r := get[rescanned](c, "rescan"); r.Recordings != 1 || r.Moved != 0 {
		t.Errorf("a copy: %+v", r)
	}
}

// A disk that is not plugged in takes no call away.
func TestASourceThatIsGoneKeepsItsCalls(t *testing.T) {
	c := newCtl(t)
	dir, _ := recordings(t, 2)
	get[any](c, "import", dir)
	rename(t, dir, dir+".away")
	r := get[rescanned](c, "rescan")
	if r.Sources != 0 || r.Gone != 0 || len(r.Failed) != 1 || r.Failed[0].Code != "no-path" || r.Failed[0].Reason == "" {
		t.Errorf("a source that is gone: %+v", r)
	}
	if calls := get[[]callRow](c, "calls", "--state", "missing"); len(calls) != 0 {
		t.Errorf("missing: %+v", calls)
	}
	if s := get[[]sourceRow](c, "sources"); len(s) != 1 || s[0].Code != "no-path" || s[0].Recordings != 2 {
		t.Errorf("sources: %+v", s)
	}
	rename(t, dir+".away", dir)
	c.quiet()
	if s := get[[]sourceRow](c, "sources"); s[0].Code != "" {
		t.Errorf("the source is back: %+v", s)
	}
}

func TestSourcesSayWhatTheLastLookFound(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 3)
	if err := os.WriteFile(filepath.Join(dir, "broken.wav"), []byte("RIFF\x04\x00\x00\x00WAVE"), 0o600); err != nil {
		t.Fatal(err)
	}
	single, _ := recordings(t, 2)
	get[any](c, "import", dir, "--metadata", table)
	get[any](c, "import", filepath.Join(single, "rec-00.wav"))
	sources := get[[]sourceRow](c, "sources")
	if len(sources) != 2 {
		t.Fatalf("sources: %+v", sources)
	}
	for _, s := range sources {
		if s.Source == single && (s.Looked != "" || s.Recordings != 1) {
			t.Errorf("a folder of which one file was imported: %+v", s)
		}
		if s.Source == dir && (s.Looked == "" || s.Recordings != 3 || s.Problems != 1 || s.Metadata != table || s.From == "") {
			t.Errorf("a folder: %+v", s)
		}
	}
	if p := get[[]problem](c, "sources", "--problems", dir); len(p) != 1 || p[0].File != "broken.wav" || p[0].Code != "bad-wav" {
		t.Errorf("problems: %+v", p)
	}
	t.Chdir(filepath.Dir(dir)) // a person writes it from where they are
	if p := get[[]problem](c, "sources", "--problems", filepath.Base(dir)); len(p) != 1 {
		t.Errorf("problems of the folder by its name: %+v", p)
	}
	c.refuse(1, "no-source", "sources", "--problems", "elsewhere", "--json")
	c.refuse(1, "no-source", "unjoined", "--source", "elsewhere", "--json")
	if r := get[rescanned](c, "rescan"); r.Sources != 1 || r.Recordings != 0 {
		t.Errorf("a rescan looks through a folder of which one file was imported: %+v", r)
	}
	c.refuse(1, "no-source", "rescan", single, "--json")
}

// A table that was named from one folder is read again from any other, as the window
// does at its start.
func TestATableIsFoundAgainFromElsewhere(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 3)
	t.Chdir(filepath.Dir(table))
	get[any](c, "import", dir, "--metadata", filepath.Base(table))
	t.Chdir(t.TempDir())
	if r := get[rescanned](c, "rescan"); r.Sources != 1 || len(r.Failed) > 0 {
		t.Errorf("looked again: %+v", r)
	}
}

// A preview says on which line of the table something is wrong, as the import does.
func TestAPreviewNamesTheLinesThatItLeavesOut(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 2)
	rows, err := os.ReadFile(table)
	if err == nil {
		err = os.WriteFile(table, append(rows, "gone.wav\n"...), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	shown := get[previewed](c, "import", dir, "--metadata", table, "--preview").Rows
	done := get[imported](c, "import", dir, "--metadata", table).Problems
	if last := shown[len(shown)-1]; len(done) != 1 || last.Line != done[0].Line || last.Line == 0 || last.Problem != done[0].Reason {
		t.Errorf("previewed %+v, imported %+v", last, done)
	}
}
