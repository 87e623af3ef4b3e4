package bundle

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// answers are what a program with one command says, printed by kong 1.12.
var answers = map[string]string{
	"": `Usage: earshotctl <command> [flags]

Hear calls drawn at random,
from a terminal.

Flags:
  -h, --help            Show this help.
      --library=FILE    The library's file; EARSHOT_LIBRARY
                        names it too.

Commands:
  tag                   Tag an issue at a
                        moment of a call.
`,
	"tag": `Usage: earshotctl tag --at=SECONDS <uid> [flags]

Tag an issue at a moment of a call.

Arguments:
  <uid>    The call's uid.

Flags:
  -h, --help             Show this help.
      --library=FILE     The library's file; EARSHOT_LIBRARY
                         names it too.

      --at=SECONDS       Seconds from the start
                         of the call.
`,
}

func unpacked(t *testing.T, page []byte) string {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// groff shows each command with its own arguments and flags, those of all
// commands once, and finds nothing wrong with the page.
func TestTheManualTellsWhatHelpTells(t *testing.T) {
	for _, frame := range []string{"man/earshotctl.1", "man/de/earshotctl.1"} {
		r := Release{Version: "1.2.3", Time: commit}
		page, err := r.manual(frame, "earshotctl", func(_ string, args ...string) (string, error) {
			said, ok := answers[strings.Join(args, " ")]
			if !ok {
				return "", errors.New("no such command")
			}
			return said, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(t.TempDir(), "earshotctl.1")
		if err := os.WriteFile(name, []byte(unpacked(t, page)), 0o600); err != nil {
			t.Fatal(err)
		}
		command := exec.Command("groff", "-Kutf8", "-man", "-Tutf8", "-ww", "-rLL=120n", "-P-cbou", name)
		var errs strings.Builder
		command.Stderr = &errs
		out, err := command.Output()
		if err != nil || errs.Len() > 0 {
			t.Fatalf("%s: groff says %v %s", frame, err, errs.String())
		}
		shown := strings.Join(strings.Fields(string(out)), " ")
		for text, times := range map[string]int{
			"Hear calls drawn at random, from a terminal.":                                  1,
			"--library=FILE The library's file; EARSHOT_LIBRARY names it too.":              1,
			"tag Tag an issue at a moment of a call.":                                       1,
			"earshotctl tag --at=SECONDS <uid> [flags]":                                     1,
			"<uid> The call's uid. Flags: --at=SECONDS Seconds from the start of the call.": 1,
		} {
			if got := strings.Count(shown, text); got != times {
				t.Errorf("%s says %q %d times, want %d:\n%s", frame, text, got, times, out)
			}
		}
	}
}

func TestTheChangelogIsThatOfTheVersion(t *testing.T) {
	readme := "## Changes\n\n### 1.3.0\n\n- Not yet.\n\n### 1.2.3\n\nThe second version, with more to say than fits on one line of a changelog in Debian.\n\n- Draws by strata.\n\n### 1.2.2\n\n- Old.\n\n## Licence\n"
	got, err := Release{Version: "1.2.3", Time: commit}.changelog(readme)
	want := `earshot (1.2.3) unstable; urgency=medium

  * The second version, with more to say than fits on one line of a changelog in
    Debian.
  * Draws by strata.

 -- The Earshot authors <earshot-app@users.noreply.github.com>  Sun, 22 Nov 2026 08:30:00 +0000
`
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s", err, got)
	}
	if _, err := (Release{Version: "2.0.0"}).changelog(readme); err == nil {
		t.Error("a version without changes has a changelog")
	}
}
