package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The legs are the two channels of call.wav, each recorded by itself. What is cut
// of them is what sox cuts out of call.wav.
func TestAClipOfTwoLegsIsWhatSoxCuts(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	for _, name := range []string{"call-in.wav", "call-out.wav"} {
		raw, err := os.ReadFile(filepath.Join("..", "earshot", "testdata", "legs", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	get[any](c, "import", dir)
	call := get[[]callRow](c, "calls")[0]
	for name, how := range map[string]struct{ flags, sox []string }{
		"both":     {nil, nil},
		"customer": {[]string{"--customer"}, []string{"remix", "1"}},
	} {
		got, want := filepath.Join(dir, "got.wav"), filepath.Join(dir, "want.wav")
		out := get[clipped](c, append([]string{"clip", call.UID, "--from", "0.5", "--to", "1.25", "--lead-in", "0.25", "-o", got}, how.flags...)...)
		if out.From != .25 || out.To != 1.25 || out.Duration != 1 {
			t.Errorf("%s: the clip is %+v", name, out)
		}
		args := append([]string{"-D", "../earshot/testdata/call.wav", "-e", "signed", "-b", "16", want, "trim", "0.25", "=1.25"}, how.sox...)
		if said, err := exec.Command("sox", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		if a, b := contents(t, got), contents(t, want); !bytes.Equal(a[44:], b[44:]) {
			t.Errorf("%s: %d bytes are not the %d that sox cuts", name, len(a), len(b))
		}
	}
}

func TestAClipNeverReplacesItsRecording(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 1)
	get[any](c, "import", dir, "--metadata", table)
	files, err := filepath.Glob(filepath.Join(dir, "*.wav"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	recorded := contents(t, files[0])
	c.refuse(1, "own-recording", "clip", get[[]callRow](c, "calls")[0].UID, "-o", files[0])
	if !bytes.Equal(contents(t, files[0]), recorded) {
		t.Error("the recording is changed")
	}
}

func contents(t *testing.T, file string) []byte {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// ffprobe tells how long what was encoded is, and which tags it has.
func TestAMomentIsCutWithItsLeadIn(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 1)
	get[any](c, "import", dir, "--metadata", table)
	moment := get[struct{ Moment string }](c, "tag", "c-00", "--issue", "Ünpaid: “bill/fee”", "--at", "30.5").Moment

	for _, file := range []string{"m.wav", "m.mp3", "m.opus"} {
		file = filepath.Join(dir, file)
		get[any](c, "clip", moment, "-o", file, "--beep", "31-32,40.5-41")
		out, err := exec.Command("ffprobe", "-v", "error", "-show_entries", "format=duration:format_tags:stream_tags", "-of", "csv=p=0", file).Output()
		if err != nil {
			t.Fatal(err)
		}
		// 5 s before the moment, 20 s from it on; MP3 comes in frames of 72 ms.
		if said := string(out); !strings.Contains(said, "25.") || strings.Contains(said, "Ada") || strings.Contains(said, "rec-") {
			t.Errorf("%s is %q", filepath.Base(file), said)
		}
	}
	cmd := c.command("clip", moment)
	cmd.Dir = dir
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	if _, err := os.Stat(filepath.Join(dir, "c-00_Ünpaid-bill-fee_0-00-30.wav")); err != nil {
		t.Error(err)
	}
}

// What would let the wrong thing be heard is refused and leaves no file.
func TestAClipThatWouldTellTooMuchIsRefused(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 1)
	get[any](c, "import", dir, "--metadata", table)
	file := filepath.Join(dir, "clip.wav")
	c.refuse(1, "one-lane", "clip", "c-00", "--customer", "-o", file)
	c.refuse(1, "beep-outside", "clip", "c-00", "--from", "30", "--to", "40", "--beep", "2-4", "-o", file)
	c.refuse(2, "bad-argument", "clip", "c-00", "--beep", "4", "-o", file)
	c.refuse(1, "not-a-clip", "clip", "c-00", "-o", filepath.Join(dir, "clip.flac"))
	c.refuse(1, "no-call", "clip", "c-99", "-o", file)
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		t.Errorf("there is a file: %v", err)
	}
}

func TestLabelsAreWrittenByTheFilesName(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 1)
	get[any](c, "import", dir, "--metadata", table)
	get[any](c, "tag", "c-00", "--issue", "Late bill", "--at", "30.5", "--until", "33", "--words", "it never came")
	for name, want := range map[string]string{
		"c.vtt": "WEBVTT\n\n00:00:30.500 --> 00:00:33.000\nLate bill\nit never came\n",
		"c.txt": "30.500000\t33.000000\tLate bill: it never came\n",
	} {
		file := filepath.Join(dir, name)
		get[any](c, "labels", "c-00", "-o", file)
		if got := string(contents(t, file)); got != want {
			t.Errorf("%s is %q", name, got)
		}
	}
	c.refuse(1, "not-labels", "labels", "c-00", "-o", filepath.Join(dir, "c.srt"))
}
