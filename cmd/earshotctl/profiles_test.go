package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/assets/text"
)

// callRecordings is a folder as FreePBX leaves it, in a zone that is not this
// machine's.
func callRecordings(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	day := filepath.Join(dir, "2026", "11", "10")
	if err := os.MkdirAll(day, 0o700); err != nil {
		t.Fatal(err)
	}
	writeWAV(t, filepath.Join(day, "q-600-03012345678-20261110-141203-1794300120.17.wav"))
	return dir
}

func TestAProbeOfAFolderNamesTheVendor(t *testing.T) {
	c := newCtl(t)
	got := get[previewed](c, "probe", callRecordings(t))
	if got.Profile != "freepbx" || got.Fit != 1 || got.Why == "" || got.Category == "" || len(got.Rows) != 1 {
		t.Fatalf("probed: %+v", got)
	}
	row := got.Rows[0]
	if row.Start != "2026-11-10T08:42:03Z" || row.StartSaid != "20261110-141203" || row.Zone != "+05:30" || row.ZoneGuessed {
		t.Errorf("its start: %+v", row)
	}
	if row.Customer != "hidden" || row.Queue != "600" {
		t.Errorf("its parties: %+v", row)
	}
}

// What is shown of a recording stands under a heading.
func TestEachCellOfAPreviewHasAHeading(t *testing.T) {
	var out bytes.Buffer
	s := &session{program: program{texts: text.For("de")}}
	s.printPreview(&out, previewed{Rows: []previewRow{{File: "a.wav", AgentFirst: true}}})
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	row, head := strings.Split(lines[len(lines)-1], "\t"), strings.Split(lines[len(lines)-2], "\t")
	if len(row) != len(head) || head[len(head)-1] != "Kanäle" || row[len(row)-1] != "Agent auf dem linken Kanal" {
		t.Errorf("%q is under %q", row, head)
	}
}

// A preview stores nothing; the import that follows reads the same.
func TestAnImportReadsWhatItsPreviewShowed(t *testing.T) {
	c := newCtl(t)
	dir := callRecordings(t)
	shown := get[previewed](c, "import", dir, "--preview").Rows[0]
	if calls := get[[]callRow](c, "calls"); len(calls) != 0 {
		t.Fatalf("a preview stored %+v", calls)
	}
	if done := get[imported](c, "import", dir); done.Profile != "freepbx" {
		t.Errorf("imported as %q", done.Profile)
	}
	got := get[struct {
		Start, Zone, Queue string
		StartSaid          string `json:"start_said"`
	}](c, "show", shown.Call)
	if got.Start != shown.Start || got.StartSaid != shown.StartSaid || got.Zone != shown.Zone || got.Queue != shown.Queue {
		t.Errorf("previewed %+v, imported %+v", shown, got)
	}
}

func TestALeaderCanDeclineAProfileOrPointAtParts(t *testing.T) {
	c := newCtl(t)
	dir := callRecordings(t)
	plain := get[previewed](c, "import", dir, "--preview", "--profile", "plain")
	if plain.Profile != "plain" || plain.Found != "freepbx" || plain.Rows[0].Queue != "" {
		t.Errorf("as plain: %+v", plain)
	}
	own := get[previewed](c, "import", dir, "--preview", "--name-like", "q-600-03012345678-20261110-141203-1794300120.17.wav",
		"--part", "queue=0:1", "--part", "start=18:33")
	if own.Profile != "own" || own.Rows[0].Queue != "q" || own.Rows[0].StartSaid != "20261110-141203" {
		t.Errorf("as pointed at: %+v", own)
	}
	c.refuse(exitFailed, "bad-profile", "import", dir, "--profile", "nobody")
	c.refuse(exitFailed, "bad-part", "import", dir, "--name-like", "a.wav", "--part", "start=0:1")
	c.refuse(exitFailed, "bad-part", "import", dir, "--name-like", "a.wav", "--part", "x")
	c.refuse(exitMisuse, "usage", "import", dir, "--part", "queue=0:1")
}

func TestProfilesAreListed(t *testing.T) {
	c := newCtl(t)
	var ids []string
	for _, p := range get[[]profileRow](c, "profiles") {
		ids = append(ids, p.ID)
		if p.Name == "" || p.Category == "" || len(p.Examples) == 0 {
			t.Errorf("%+v", p)
		}
	}
	for _, id := range []string{"amazon-connect", "genesys-cloud", "asterisk", "freepbx", "vicidial", "3cx"} {
		if !slices.Contains(ids, id) {
			t.Errorf("%s is not among %v", id, ids)
		}
	}
}
