package audio_test

import (
	"errors"
	"testing"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/audio/ffmpeg"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
	"github.com/earshot-app/earshot/review"
)

// others are recordings that no format here knows, by what they are and what a
// person is told that they need ffmpeg for.
var others = map[string]struct{ is, told string }{
	"ffmpeg/testdata/call.m4a":  {"mp4 aac", "AAC (MP4)"},
	"ffmpeg/testdata/call.aac":  {"adts aac", "AAC"},
	"ffmpeg/testdata/call.amr":  {"amr amr-nb", "AMR"},
	"ffmpeg/testdata/call.spx":  {"ogg speex", "Speex"},
	"ffmpeg/testdata/g723.wav":  {"wav g723-1", "G.723.1"},
	"ffmpeg/testdata/call.webm": {"matroska opus", "Opus (WebM)"},
}

func TestWhatNoFormatHereKnowsIsLeftToFFmpegWhateverItsName(t *testing.T) {
	for path, want := range others {
		for _, name := range []string{"call.wav", "call.raw", "call"} {
			info, err := audio.Probe(t.Context(), file(t, name, string(formattest.Read(t, path))))
			if got := info.Container + " " + info.Codec; err != nil || got != want.is {
				t.Errorf("%s as %s: %s, %v, want %s", path, name, got, err, want.is)
			}
		}
	}
}

// A quiet line in µ-law is made of the same bytes as the header of AAC.
func TestHeaderlessSoundThatBeginsLikeAACIsNotAAC(t *testing.T) {
	sound := "\xFF\xF9\x6C\x7E\xFD\x7F" + string(formattest.Read(t, "raw/testdata/call.ulaw"))
	info, err := audio.Probe(t.Context(), file(t, "call.ulaw", sound))
	if err != nil || info.Codec != "mulaw" || info.Frames != int64(len(sound)) {
		t.Errorf("%+v, %v", info, err)
	}
}

func TestFFmpegPlaysWhatItIsLeft(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	source := open(t, "ffmpeg/testdata/alac.m4a")
	want := formattest.ReadS16(t, "ffmpeg/testdata/source.s16")
	got := make([]float32, len(want))
	for done := 0; done < len(got); {
		n, err := source.ReadFrames(got[done:])
		if err != nil {
			t.Fatal(err)
		}
		done += n * source.Channels()
	}
	if !formattest.Equal(got, want) || source.Frames() != int64(len(want)/2) {
		t.Errorf("a lossless recording of %d frames is not its source of %d", source.Frames(), len(want)/2)
	}
}

func TestWithoutFFmpegItsRecordingsNameTheirCodec(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for path, want := range others {
		_, openErr := audio.Open(t.Context(), path)
		_, probeErr := audio.Probe(t.Context(), path)
		for _, err := range []error{openErr, probeErr} {
			var failed *review.Error
			if !errors.As(err, &failed) || failed.Code != ffmpeg.Needed || failed.Args["codec"] != want.told {
				t.Errorf("%s: %v, want %s for %s", path, err, ffmpeg.Needed, want.told)
			}
		}
	}
}
