package audio_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/wav"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

const recording = "wav/testdata/stereo-pcm_mulaw.wav"

func TestARecordingIsToldByItsContentNotItsName(t *testing.T) {
	for content, want := range map[string]string{
		recording:                          "wav mulaw",
		"gsm/testdata/second.wav":          "wav gsm",
		"adpcm/testdata/sox-ima.wav":       "wav adpcm-ima",
		"adpcm/testdata/mono-adpcm_ms.wav": "wav adpcm-ms",
		"flac/testdata/voice.flac":         "flac flac-s16",
		"ogg/testdata/silk.opus":           "ogg opus",
		"ogg/testdata/stereo.ogg":          "ogg vorbis",
	} {
		data, err := os.ReadFile(content)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"call.mp3", "call.raw", "call.gsm", "call"} {
			info, err := audio.Probe(t.Context(), file(t, name, string(data)))
			if got := info.Container + " " + info.Codec; err != nil || got != want {
				t.Errorf("%s as %s: %s, %v, want %s", content, name, got, err, want)
			}
		}
	}
}

func TestARecordingWithoutAHeaderIsToldByItsExtension(t *testing.T) {
	for name, want := range map[string]string{"call.ULAW": "mulaw", "call.sln": "pcm-s16", "call.txt": "", "call": ""} {
		content := "gsm/testdata/second.gsm.s16"
		if want == "mulaw" {
			content = "raw/testdata/call.ulaw"
		}
		data, err := os.ReadFile(content)
		if err != nil {
			t.Fatal(err)
		}
		info, err := audio.Probe(t.Context(), file(t, name, string(data)))
		if known := want != ""; known && (err != nil || info.Codec != want || info.Frames != 8000) {
			t.Errorf("%s: %+v, %v, want 8000 frames of %s", name, info, err, want)
		} else if !known && review.CodeOf(err) != format.NotARecording {
			t.Errorf("%s: %+v, %v, want %s", name, info, err, format.NotARecording)
		}
	}
}

func TestReadersOfOneRecordingDoNotDisturbEachOther(t *testing.T) {
	a, b := open(t, recording), open(t, recording)
	if err := a.SeekFrame(100); err != nil {
		t.Fatal(err)
	}
	first := make([]float32, 2*60)
	if n, err := b.ReadFrames(first); err != nil || n != 60 {
		t.Fatalf("%d frames, %v", n, err)
	}
	if n, err := io.ReadFull(frameReader{a}, make([]byte, 60)); err != nil {
		t.Errorf("the first reader, at frame 100 of 160, gave %d of 60 frames: %v", n, err)
	}
}

// frameReader counts a frame as a byte.
type frameReader struct {
	source interface{ ReadFrames([]float32) (int, error) }
}

func (r frameReader) Read(p []byte) (int, error) {
	return r.source.ReadFrames(make([]float32, 2*len(p)))
}

func TestWhatCannotBeOpenedNamesTheReasonAndNoPath(t *testing.T) {
	folder := t.TempDir()
	for name, c := range map[string]struct {
		path string
		want review.Code
	}{
		"no such file": {filepath.Join(folder, "secret", "no.wav"), audio.Missing},
		"a folder":     {folder, format.NotARecording},
		"no bytes":     {file(t, "secret-empty.wav", ""), format.Empty},
		"a text":       {file(t, "secret.wav", "Dear agent, "), format.NotARecording},
		"a raw text":   {file(t, "secret.raw", strings.Repeat("Dear agent, ", 99)), format.NotARecording},
		"half a head":  {file(t, "secret-half.wav", "RIFF\x00\x00\x00\x00WAVEfm"), wav.BadWAV},
	} {
		t.Run(name, func(t *testing.T) {
			_, openErr := audio.Open(t.Context(), c.path)
			_, probeErr := audio.Probe(t.Context(), c.path)
			for _, err := range []error{openErr, probeErr} {
				if review.CodeOf(err) != c.want {
					t.Errorf("got %v, want %s", err, c.want)
				}
				if err != nil && strings.Contains(err.Error(), "secret") {
					t.Errorf("the error gives the path away: %v", err)
				}
			}
		})
	}
}

func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, path string) playback.Source {
	t.Helper()
	source, err := audio.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = source.Close() })
	return source
}
