package clip_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"testing"

	"github.com/earshot-app/earshot/data/clip"
)

func TestAClipIsWhatFFmpegWrites(t *testing.T) {
	want, err := os.ReadFile("testdata/clip.wav")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("testdata/clip.f32")
	if err != nil {
		t.Fatal(err)
	}
	samples := make([]float32, len(raw)/4)
	for i := range samples {
		samples[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	var got bytes.Buffer
	if err := clip.Write(&got, &reader{samples, 2, io.EOF}, clip.Shape{Rate: 8000, Channels: 2, Frames: 400}); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the clip is not ffmpeg's: %d bytes, want %d", got.Len(), len(want))
	}
}

func TestAClipThatEndsEarlyIsNone(t *testing.T) {
	gone := errors.New("disk gone")
	for name, c := range map[string]struct{ ends, want error }{
		"the end":   {io.EOF, io.ErrUnexpectedEOF},
		"a failure": {gone, gone},
	} {
		r := &reader{make([]float32, 99), 1, c.ends}
		if err := clip.Write(io.Discard, r, clip.Shape{Rate: 8000, Channels: 1, Frames: 100}); !errors.Is(err, c.want) {
			t.Errorf("%s after 99 frames of 100: %v", name, err)
		}
	}
	full := errors.New("disk full")
	if err := clip.Write(failing{full}, &reader{make([]float32, 9), 1, io.EOF}, clip.Shape{Rate: 8000, Channels: 1, Frames: 9}); !errors.Is(err, full) {
		t.Errorf("no room: %v", err)
	}
}

// reader gives samples in small reads, then fails with ends.
type reader struct {
	samples  []float32
	channels int
	ends     error
}

func (r *reader) ReadFrames(dst []float32) (int, error) {
	if len(r.samples) == 0 {
		return 0, r.ends
	}
	n := copy(dst, r.samples[:min(len(r.samples), 7*r.channels)])
	r.samples = r.samples[n:]
	return n / r.channels, nil
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
