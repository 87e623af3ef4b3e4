package labels

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
)

var moments = []review.Moment{
	{Issue: "Charged twice & more", At: 3725042 * time.Millisecond, Until: 3730 * time.Second, Words: "Why --> twice?\r\n\n<b>Again</b>\tand again"},
	{Issue: "Old address", At: 12500 * time.Millisecond},
}

// What ffmpeg reads of the file are the moments, by time, as they were noted.
func TestFFmpegReadsTheWebVTT(t *testing.T) {
	raw, err := File("call.VTT", moments)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "call.vtt")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := exec.Command("ffmpeg", "-v", "error", "-i", file, "-f", "srt", "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.ReplaceAll(string(got), "\r\n", "\n") // as it parts those of a cue
	want := "1\n00:00:12,500 --> 00:00:15,500\nOld address\n\n" +
		"2\n01:02:05,042 --> 01:02:10,000\nCharged twice & more\nWhy --> twice? <b>Again</b> and again\n\n"
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
}

func TestAudacityGetsALineALabel(t *testing.T) {
	raw, err := File("call.txt", moments)
	if err != nil {
		t.Fatal(err)
	}
	want := "12.500000\t12.500000\tOld address\n" +
		"3725.042000\t3730.000000\tCharged twice & more: Why --> twice? <b>Again</b> and again\n"
	if diff := cmp.Diff(want, string(raw)); diff != "" {
		t.Error(diff)
	}
}

func TestACallWithoutMomentsHasAFileToo(t *testing.T) {
	var b bytes.Buffer
	if err := VTT(&b, nil); err != nil || b.String() != "WEBVTT\n" {
		t.Errorf("wrote %q, %v", b.String(), err)
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	if _, err := File("/home/ada/call.srt", moments); review.CodeOf(err) != NotLabels {
		t.Errorf("answered %v", err)
	}
}
