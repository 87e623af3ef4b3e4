package main

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func write(t *testing.T, file, content string) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// A transfer leaves two recordings. They are two calls until a table tells that
// they are one contact; then the call that was here first holds both, and what
// was said of either.
func TestATransferFoundLaterIsOneCall(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	for _, name := range []string{"first.wav", "second.wav", "other.wav"} {
		writeWAV(t, filepath.Join(dir, name))
	}
	get[any](c, "import", dir)
	if calls := get[[]callRow](c, "calls"); len(calls) != 3 {
		t.Fatalf("%d calls before", len(calls))
	}
	draw := get[drawn](c, "draw", "-n", "3", "--seed", "one")
	for _, call := range draw.Calls {
		get[any](c, "tag", call.UID, "--issue", "Late bill", "--at", "10")
		get[any](c, "heard", call.UID, "--played", "1")
	}
	table := write(t, filepath.Join(t.TempDir(), "cdr.csv"), "uniqueid,linkedid,recordingfile,queue\n"+
		"1795000000.1,1795000000.1,first.wav,Billing\n1795000100.2,1795000000.1,second.wav,Tech\n1795000200.3,1795000200.3,other.wav,Tech\n")
	if in := get[imported](c, "import", dir, "--metadata", table); in.Merged != 1 || in.Calls != 0 {
		t.Fatalf("import: %+v", in)
	}
	calls := get[[]callRow](c, "calls")
	if len(calls) != 2 {
		t.Fatalf("%d calls after", len(calls))
	}
	at := slices.IndexFunc(calls, func(call callRow) bool { return call.Queue == "Billing" })
	if at < 0 {
		t.Fatalf("the contact has another queue than its first call: %+v", calls)
	}
	shown := get[struct {
		Recordings, Moments []any
		Duration            float64
		Draw                string
	}](c, "show", calls[at].UID)
	if len(shown.Recordings) != 2 || len(shown.Moments) != 2 || shown.Duration != 160 || shown.Draw != draw.ID {
		t.Errorf("the contact: %+v", shown)
	}
	ranked := get[map[string]any](c, "rank")
	if told, _ := json.Marshal(ranked); !strings.Contains(string(told), `"heard":2`) {
		t.Errorf("the share counts the contact twice: %s", told)
	}
	if verified := get[map[string]any](c, "draw", "verify", draw.ID); verified["holds"] != true {
		t.Errorf("the draw: %v", verified)
	}
	get[any](c, "check")
	c.refuse(1, "no-call", "show", "no-such")
	if again := get[imported](c, "import", dir, "--metadata", table); again.Merged != 0 || again.Updated != 0 {
		t.Errorf("again: %+v", again)
	}
}

// Three recordings of one contact play as the table says, in whatever order they
// became known, and what was said of each is heard at it.
func TestWhatWasSaidOfThreeRecordingsStaysWithEach(t *testing.T) {
	for _, known := range [][]string{{"a", "c", "b"}, {"a", "b"}, {"a"}} { // the others come with the table
		c := newCtl(t)
		dir := t.TempDir()
		tagged := 0
		for _, name := range known {
			writeWAV(t, filepath.Join(dir, name+".wav"))
			get[any](c, "import", dir)
			for _, call := range get[[]callRow](c, "calls", "--state", "new") {
				get[any](c, "tag", call.UID, "--issue", name, "--at", "10")
				get[any](c, "heard", call.UID, "--played", "1")
				tagged++
			}
		}
		for _, name := range []string{"a", "b", "c"} {
			writeWAV(t, filepath.Join(dir, name+".wav"))
		}
		table := write(t, filepath.Join(t.TempDir(), "cdr.csv"), "uniqueid,linkedid,recordingfile,start\n"+
			"7.1,7.1,a.wav,2026-11-18T09:00:00Z\n7.2,7.1,b.wav,2026-11-18T09:05:00Z\n7.3,7.1,c.wav,2026-11-18T09:09:00Z\n")
		get[any](c, "import", dir, "--metadata", table)
		calls := get[[]callRow](c, "calls")
		if len(calls) != 1 || calls[0].Duration != 240 || tagged != len(known) {
			t.Fatalf("%v known: %+v", known, calls)
		}
		shown := get[struct {
			Moments []struct {
				Issue string
				At    float64
			}
		}](c, "show", calls[0].UID)
		want := map[string]float64{"a": 10, "b": 90, "c": 170}
		for _, m := range shown.Moments {
			if m.At != want[m.Issue] {
				t.Errorf("%v known: what was said of %s is at %v, want %v", known, m.Issue, m.At, want[m.Issue])
			}
		}
		if len(shown.Moments) != len(known) {
			t.Errorf("%v known: %d moments", known, len(shown.Moments))
		}
		get[any](c, "check")
	}
}

// A file that was exported twice is one recording of one call.
func TestACopyIsHeardOnce(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	writeWAV(t, filepath.Join(dir, "call.wav"))
	get[any](c, "import", dir)
	if err := os.Mkdir(filepath.Join(dir, "again"), 0o700); err != nil {
		t.Fatal(err)
	}
	writeWAV(t, filepath.Join(dir, "again", "call.wav"))
	writeWAV(t, filepath.Join(dir, "call - Copy.wav"))
	writeWAV(t, filepath.Join(dir, "another.wav")) // holds the same silence
	get[any](c, "import", dir)
	calls := get[[]callRow](c, "calls")
	if len(calls) != 2 || calls[0].Duration != 80 || calls[1].Duration != 80 {
		t.Fatalf("calls: %+v", calls)
	}
	if err := os.Remove(filepath.Join(dir, "call.wav")); err != nil {
		t.Fatal(err)
	}
	get[any](c, "import", dir)
	if left := get[[]callRow](c, "calls", "--state", "missing"); len(left) != 0 {
		t.Errorf("missing, though a copy is there: %+v", left)
	}
}

func TestWhatDoesNotJoinIsListedAndExported(t *testing.T) {
	c := newCtl(t)
	dir, _ := recordings(t, 2)
	table := write(t, filepath.Join(t.TempDir(), "calls.txt"), "Wer|Wann|Welche|Warum\n"+
		"Ada Quill|10/11/2026 09:42|rec-00.wav|Rechnung\nAda Quill|25/11/2026 09:42|nirgends.wav|Umzug\n")
	c.refuse(1, "metadata-no-column", "import", dir, "--metadata", table, "--map", "Wo=queue")
	c.refuse(2, "bad-argument", "import", dir, "--metadata", table, "--map", "Wer=who")
	in := get[imported](c, "import", dir, "--metadata", table, "--map", "Wer=agent,Warum=category")
	if in.RowsAlone != 1 || in.FilesAlone != 1 || in.Table == nil || in.Table.Days != "day" || in.Table.Separator != "bar" {
		t.Fatalf("import: %+v %+v", in, in.Table)
	}
	for _, column := range in.Table.Columns {
		if column.Means == "agent" && slices.Contains(column.Samples, "Ada Quill") {
			t.Error("the preview shows the agent")
		}
	}
	shown := get[unjoinedShown](c, "unjoined")
	if shown.Rows != 1 || shown.Recordings != 1 || len(shown.Unjoined) != 2 {
		t.Fatalf("unjoined: %+v", shown)
	}
	row := shown.Unjoined[1]
	want := map[string]string{"file": "hidden", "agent": "hidden", "category": "Umzug", "start": "2026-11-25T08:42:00Z"}
	if row.Line != 3 || row.Code != "metadata-no-recording" || len(row.Said) != len(want) {
		t.Errorf("row: %+v", row)
	}
	for name, value := range want {
		if row.Said[name] != value {
			t.Errorf("%s is %q, want %q", name, row.Said[name], value)
		}
	}
	file := filepath.Join(t.TempDir(), "unjoined.csv")
	get[any](c, "unjoined", "--side", "rows", "-o", file)
	if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), "metadata-no-recording") || strings.Contains(string(text), "Quill") {
		t.Errorf("%v: exported\n%s", err, text)
	}
	// The mapping is remembered for the folder.
	if again := get[imported](c, "import", dir, "--metadata", table); again.RowsAlone != 1 || len(again.Changes) != 0 {
		t.Errorf("again: %+v", again)
	}
}

// A customer who was put through is one call: it begins with the first
// recording, whose queue and customer are its own, whatever the files are called.
func TestAChainIsToldAsItsFirstRecording(t *testing.T) {
	for _, names := range [][2]string{{"a.wav", "b.wav"}, {"b.wav", "a.wav"}} {
		c := newCtl(t)
		dir := t.TempDir()
		for _, name := range names {
			writeWAV(t, filepath.Join(dir, name))
		}
		table := write(t, filepath.Join(t.TempDir(), "cdr.csv"), "uniqueid,linkedid,recordingfile,start,queue\n"+
			"1795000000.1,1795000000.1,"+names[0]+",2026-11-18T09:00:00Z,Billing\n1795000100.2,1795000000.1,"+names[1]+",2026-11-18T09:05:00Z,Tech\n")
		get[any](c, "import", dir, "--metadata", table)
		calls := get[[]callRow](c, "calls")
		if len(calls) != 1 || calls[0].Start != "2026-11-18T09:00:00Z" || calls[0].Queue != "Billing" {
			t.Errorf("%v: %+v", names, calls)
		}
	}
}

// A moment of the second recording of a contact is heard there, behind the first.
func TestWhatWasSaidBeforeATransferWasKnownKeepsItsPlace(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	writeWAV(t, filepath.Join(dir, "first.wav"))
	get[any](c, "import", dir)
	first := get[[]callRow](c, "calls")[0].UID
	writeWAV(t, filepath.Join(dir, "second.wav"))
	get[any](c, "import", dir)
	for _, call := range get[[]callRow](c, "calls") {
		get[any](c, "tag", call.UID, "--issue", "Late bill", "--at", "10", "--until", "20")
		if call.UID != first {
			get[any](c, "praise", call.UID, "--at", "12")
		}
	}
	table := write(t, filepath.Join(t.TempDir(), "cdr.csv"), "uniqueid,linkedid,recordingfile,start\n"+
		"1795000000.1,1795000000.1,first.wav,2026-11-18T09:00:00Z\n1795000100.2,1795000000.1,second.wav,2026-11-18T09:05:00Z\n")
	get[any](c, "import", dir, "--metadata", table)
	type at struct{ At, Until float64 }
	shown := get[struct{ Moments, Praise []at }](c, "show", first)
	slices.SortFunc(shown.Moments, func(a, b at) int { return cmp.Compare(a.At, b.At) })
	if !slices.Equal(shown.Moments, []at{{10, 20}, {90, 100}}) || !slices.Equal(shown.Praise, []at{{At: 92}}) {
		t.Errorf("of recordings of 80 s each: %+v", shown)
	}
	get[any](c, "check")
}
