package audio_test

import (
	"context"
	"testing"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
	"github.com/earshot-app/earshot/data/audio/mp3"
	"github.com/earshot-app/earshot/review"
)

// The header of a damaged recording is whole: FLAC tells by the checksum of a
// frame, MP3 by a frame that does not follow its like.
func TestCheckFindsWhatProbeCannotSee(t *testing.T) {
	spoilt := func(content []byte) []byte {
		for i := len(content) / 2; i < len(content)/2+300; i++ {
			content[i] ^= 0x5a
		}
		return content
	}
	cut := func(content []byte) []byte { return content[:len(content)/2] }
	same := func(content []byte) []byte { return content }
	for _, test := range []struct {
		path    string
		after   func([]byte) []byte
		problem review.Code
	}{
		{"flac/testdata/voice.flac", same, ""},
		{"flac/testdata/voice.flac", spoilt, format.Broken},
		{"mp3/testdata/8000-joint-cbr.mp3", same, ""},
		{"mp3/testdata/8000-joint-cbr.mp3", spoilt, mp3.Damaged},
		{recording, same, ""},
		{recording, cut, format.Truncated},
	} {
		name := file(t, "call", string(test.after(formattest.Read(t, test.path))))
		info, err := audio.Check(t.Context(), name)
		if err != nil || info.Frames == 0 {
			t.Errorf("%s: %+v, %v", test.path, info, err)
		}
		var found review.Code
		for _, p := range info.Problems {
			found += p.Code
		}
		if found != test.problem {
			t.Errorf("%s: found %q, want %q", test.path, found, test.problem)
		}
	}
}

func TestCheckOfNothing(t *testing.T) {
	if _, err := audio.Check(t.Context(), "none.wav"); review.CodeOf(err) != audio.Missing {
		t.Errorf("a file that is not there: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := audio.Check(ctx, recording); review.CodeOf(err) != review.Cancelled {
		t.Errorf("stopped: %v", err)
	}
}
