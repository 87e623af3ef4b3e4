package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestImportAgainCorrectsAndNeverRenames(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 3)
	if err := os.WriteFile(filepath.Join(dir, "broken.wav"), []byte("RIFF\x04\x00\x00\x00WAVE"), 0o600); err != nil {
		t.Fatal(err)
	}
	first := get[imported](c, "import", dir)
	if first.Calls != 3 || len(first.Problems) != 1 || first.Problems[0].File != "broken.wav" || first.Problems[0].Reason == "" {
		t.Fatalf("import without metadata: %+v", first)
	}
	before := get[[]callRow](c, "calls")
	for _, call := range before {
		if len(call.UID) != 26 || strings.Trim(call.UID, "abcdefghijklmnopqrstuvwxyz234567") != "" {
			t.Errorf("uid %q is not 26 base32 letters", call.UID)
		}
	}
	again := get[imported](c, "import", dir, "--metadata", table)
	if again.Calls != 0 || again.Recordings != 0 || again.Updated != 3 || len(again.Changes) != 3 {
		t.Fatalf("import with metadata: %+v", again)
	}
	for _, f := range again.Changes[0].Fields {
		if f.Field == "agent" && f.To != "hidden" {
			t.Errorf("the list of changes shows the agent: %+v", f)
		}
	}
	for _, change := range again.Changes {
		get[any](c, "show", change.UID) // by the uid it has, not by the id that the table brings
	}
	after := map[string]string{}
	for _, call := range get[[]callRow](c, "calls") {
		after[call.UID] = call.Queue
	}
	for _, call := range before {
		if after[call.UID] != "Billing" {
			t.Errorf("call %s was renamed or not corrected: %v", call.UID, after)
		}
	}
	if third := get[imported](c, "import", dir, "--metadata", table); third.Updated != 0 {
		t.Errorf("nothing changed, and yet: %+v", third)
	}
}

func TestARecordingThatVanishesIsMissingAndComesBack(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 2)
	get[any](c, "import", dir, "--metadata", table)
	from, to := filepath.Join(dir, "rec-01.wav"), filepath.Join(t.TempDir(), "away.wav")
	for _, step := range []struct {
		from, to string
		missing  int
	}{{from, to, 1}, {to, from, 0}} {
		if err := os.Rename(step.from, step.to); err != nil {
			t.Fatal(err)
		}
		get[any](c, "import", dir)
		if calls := get[[]callRow](c, "calls", "--state", "missing"); len(calls) != step.missing {
			t.Errorf("%d missing, want %d", len(calls), step.missing)
		}
	}
	if draw := get[drawn](c, "draw", "-n", "5"); len(draw.Calls) != 2 || !draw.Fewer {
		t.Errorf("the call that came back is not drawn: %+v", draw)
	}
}

// TestACallIDThatNamesSomeoneIsNotTheUID imports ids that hold the customer's
// number or the agent's name.
func TestACallIDThatNamesSomeoneIsNotTheUID(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 3)
	rows := "file,call_id,agent,customer\n" +
		"rec-00.wav,q-+491705550100-1,Ada Quill,+49 170 555 0100\n" +
		"rec-01.wav,2026_quill_17,Ada Quill,\n" +
		"rec-02.wav,8f14e45f-ceea-467f-a0e6-4f1e4a2b8c11,Ada Quill,+49 170 555 0100\n"
	if err := os.WriteFile(table, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	get[any](c, "import", dir, "--metadata", table)
	plain := 0
	for _, call := range get[[]callRow](c, "calls") {
		if strings.Contains(call.UID, "170555") || strings.Contains(call.UID, "quill") {
			t.Errorf("uid %q names someone", call.UID)
		}
		if call.UID == "8f14e45f-ceea-467f-a0e6-4f1e4a2b8c11" {
			plain++
		}
	}
	if plain != 1 {
		t.Error("a call id that names nobody is not the uid")
	}
}

// TestTwoFilesOfOneContactAreOneCall joins recordings by their call id.
func TestTwoFilesOfOneContactAreOneCall(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 3)
	rows := "file,call_id\nrec-00.wav,one\nrec-01.wav,one\nrec-02.wav,two\n"
	if err := os.WriteFile(table, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	in := get[imported](c, "import", dir, "--metadata", table)
	if in.Calls != 2 || in.Recordings != 3 {
		t.Fatalf("import: %+v", in)
	}
	shown := get[struct {
		Duration   float64
		Recordings []struct{ Frames int64 }
	}](c, "show", "one")
	if shown.Duration != 160 || len(shown.Recordings) != 2 {
		t.Errorf("the call: %+v", shown)
	}
}

func TestASpreadsheetRunsNothing(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 1)
	get[any](c, "import", dir, "--metadata", table)
	get[any](c, "tag", "c-00", "--issue", "=HYPERLINK(1)", "--at", "1", "--words", "@SUM(A1), \"quoted\"")
	file := filepath.Join(t.TempDir(), "moments.csv")
	for preset, want := range map[string]string{
		"spreadsheet": `'=HYPERLINK(1),"'@SUM(A1), ""quoted"""`,
		"data":        `=HYPERLINK(1),"@SUM(A1), ""quoted"""`,
	} {
		get[any](c, "export", "moments", "--preset", preset, "-o", file)
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(raw), ","+want) {
			t.Errorf("%s: %s", preset, raw)
		}
	}
}

// Who names the wrong folder is told so, as often as they do, and nobody else is.
func TestAFolderWithoutRecordingsIsSaidToBeOne(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 2)
	wrong := t.TempDir()
	notes, longAgo := filepath.Join(wrong, "notes.txt"), time.Now().Add(-time.Hour) // so that a look may pass over it
	if err := errors.Join(os.WriteFile(notes, []byte("x"), 0o600), os.Chtimes(notes, longAgo, longAgo)); err != nil {
		t.Fatal(err)
	}
	words := t.TempDir()
	write(t, table, "file,call_id\nrec-00.wav,8f14e45f-ceea-467f-a0e6-4f1e4a2b8c11\n")
	write(t, filepath.Join(words, "8f14e45f-ceea-467f-a0e6-4f1e4a2b8c11.vtt"), "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Customer>My bill is late\n")
	for _, step := range []struct {
		args []string
		none bool
	}{
		{[]string{"import", wrong}, true},
		{[]string{"import", wrong}, true},
		{[]string{"import", dir, "--metadata", table}, false},
		{[]string{"import", dir, "--metadata", table}, false},
		{[]string{"rescan"}, false},
		{[]string{"import", words}, false}, // of a call that is known
		{[]string{"import", words}, false},
	} {
		out, errs, code := c.run(step.args...)
		if code != 0 || strings.Contains(out, "No recording was found") != step.none {
			t.Errorf("%v says %q %q, exit %d", step.args, out, errs, code)
		}
	}
}
