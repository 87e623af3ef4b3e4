package transcript

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
)

// desktop is the hearing of a call with Dana Whitfield and +1 202 555 0117.
func desktop(left *[]string) desk.Hearing {
	return desk.Hearing{
		Who: func(label string) dialogue.Role {
			switch label = strings.ToLower(label); {
			case label == "dana" || label == "dana whitfield":
				return dialogue.Agent
			case label == "+1 202 555 0117":
				return dialogue.Customer
			}
			return dialogue.Unknown
		},
		Left: func(line int, reason *review.Error) { *left = append(*left, reasons(line, reason)) },
	}
}

func TestAFileThatCannotBeReadIsAProblemOfItsOwn(t *testing.T) {
	var left []string
	f := New(nil)
	for _, s := range []desk.Sidecar{{Root: t.TempDir(), Name: "gone.vtt", Size: 1}, {Root: "/", Name: "huge.json", Size: mostBytes + 1}} {
		got, err := f.Read(context.Background(), s, desktop(&left))
		if err != nil || !got.Empty() {
			t.Errorf("%s: %v, %v", s.Name, got, err)
		}
	}
	if want := []string{"0 transcript-unreadable", "0 transcript-too-big"}; strings.Join(left, ", ") != strings.Join(want, ", ") {
		t.Errorf("told %v, want %v", left, want)
	}
}

func TestReadingEndsWithItsContext(t *testing.T) {
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "a.vtt"), []byte("WEBVTT\n\n00:01.000 --> 00:02.000\na\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var left []string
	_, err := New(nil).Read(ctx, desk.Sidecar{Root: root, Name: "a.vtt"}, desktop(&left))
	if !errors.Is(err, context.Canceled) || len(left) > 0 {
		t.Errorf("answered %v and told %v", err, left)
	}
}

// info is a file of a size.
type info struct {
	fs.FileInfo
	size int64
}

func (i info) Size() int64        { return i.size }
func (i info) ModTime() time.Time { return time.Unix(1, 0) }

func TestWalkYieldsWhatMayBeASidecar(t *testing.T) {
	files := func(_ context.Context, _ []string, yield func(root, name string, info fs.FileInfo, err error) error) error {
		for name, size := range map[string]int64{"a.wav": 9, "a.vtt": 7, "empty.vtt": 0, "b.csv": 3} {
			if err := yield("/calls", name, info{size: size}, nil); err != nil {
				return err
			}
		}
		return yield("/calls", "locked.vtt", nil, review.Fail("unreadable-file", nil))
	}
	var got []string
	err := New(files).Walk(context.Background(), nil, func(s desk.Sidecar) error {
		got = append(got, s.Root+"/"+s.Name)
		return nil
	})
	if err != nil || strings.Join(got, " ") != "/calls/a.vtt" {
		t.Errorf("%v, %v", got, err)
	}
}

// Who names one recording means its transcript too.
func TestARecordingThatIsNamedBringsItsSidecar(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"a.wav", "a.vtt", "a.wav.srt", "b.vtt"} {
		if err := os.WriteFile(filepath.Join(root, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := withSiblings([]string{filepath.Join(root, "a.wav"), root})
	var names []string
	for _, path := range got[2:] {
		names = append(names, filepath.Base(path))
	}
	slices.Sort(names)
	if strings.Join(names, " ") != "a.vtt a.wav.srt" {
		t.Errorf("it brings %v", names)
	}
}
