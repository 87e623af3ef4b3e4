package ffmpeg_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/data/audio/ffmpeg"
	"github.com/earshot-app/earshot/review"
)

// What ffprobe tells of the file: its codec, and how long it is. Titles of the
// WAV are not in it.
func TestWhatIsEncodedPlaysAndHasNoTags(t *testing.T) {
	wav := filepath.Join(t.TempDir(), "call.wav")
	err := exec.Command("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=440:r=8000:d=2", "-metadata", "title=Ada Quill", wav).Run()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(wav)
	if err != nil || !bytes.Contains(raw, []byte("Ada Quill")) {
		t.Fatal("the WAV has no title", err)
	}
	for codec, want := range map[ffmpeg.Codec]string{ffmpeg.MP3: "mp3,2.", ffmpeg.Opus: "opus,2."} {
		var out bytes.Buffer
		err := ffmpeg.Encode(t.Context(), &out, codec, func(w io.Writer) error {
			_, err := w.Write(raw)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		probe := exec.Command("ffprobe", "-v", "error", "-show_entries", "stream=codec_name:format=duration", "-of", "csv=p=0", kept(t, out.Bytes()))
		told, err := probe.Output()
		if got := strings.ReplaceAll(string(told), "\n", ","); err != nil || !strings.HasPrefix(got, want) {
			t.Errorf("%s is %q, %v; want %s", codec, got, err, want)
		}
		if bytes.Contains(out.Bytes(), []byte("Quill")) {
			t.Errorf("%s holds the title", codec)
		}
	}
}

func kept(t *testing.T, raw []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "encoded")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestWhyNothingIsEncodedIsTold(t *testing.T) {
	broken := errors.New("the recording broke")
	nothing := func(io.Writer) error { return nil }
	if err := ffmpeg.Encode(t.Context(), io.Discard, ffmpeg.MP3, func(io.Writer) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("of a recording that breaks: %v", err)
	}
	if err := ffmpeg.Encode(t.Context(), io.Discard, ffmpeg.MP3, nothing); review.CodeOf(err) != ffmpeg.NotEncoded {
		t.Errorf("of nothing: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ffmpeg.Encode(ctx, io.Discard, ffmpeg.MP3, nothing); review.CodeOf(err) != review.Cancelled {
		t.Errorf("cancelled: %v", err)
	}
	t.Setenv("PATH", t.TempDir())
	if err := ffmpeg.Encode(t.Context(), io.Discard, ffmpeg.Opus, nothing); review.CodeOf(err) != ffmpeg.EncoderNeeded {
		t.Errorf("without ffmpeg: %v", err)
	}
}
