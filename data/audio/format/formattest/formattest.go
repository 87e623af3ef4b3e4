// Package formattest tests that a decoder keeps the contract of format.Decoder,
// as testing/fstest does for file systems. The tests of every format call it:
// [Plays] and [Seeks] with recordings, [Survives] with anything at all.
package formattest

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

// Open opens the recording in a file of testdata.
func Open(t testing.TB, f format.Format, path string) format.Decoder {
	t.Helper()
	return OpenBytes(t, f, Read(t, path))
}

// OpenBytes opens the recording in file, whose head must be the format's.
func OpenBytes(t testing.TB, f format.Format, file []byte) format.Decoder {
	t.Helper()
	if head := file[:min(len(file), format.HeadSize)]; f.Match != nil && !f.Match(head) {
		t.Fatalf("the format does not know its own: % x", head)
	}
	d, err := f.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Read returns the bytes of a file.
func Read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// ReadS16 returns the samples of a file of 16-bit little-endian integers.
func ReadS16(t testing.TB, path string) []float32 {
	t.Helper()
	data := Read(t, path)
	samples := make([]float32, len(data)/2)
	for i := range samples {
		samples[i] = float32(int16(binary.LittleEndian.Uint16(data[2*i:]))) / (1 << 15)
	}
	return samples
}

// Play reads to the error that ends a recording, in pieces of odd sizes.
func Play(d format.Decoder) (samples []float32, err error) {
	channels := d.Info().Channels
	dst := make([]float32, 701*channels)
	for size := 1; ; size = size*3%701 + 1 {
		n, err := d.ReadFrames(dst[:size*channels])
		samples = append(samples, dst[:n*channels]...)
		if err != nil {
			return samples, err
		}
	}
}

// Plays reads d from where it is to its end, and holds that it is as long as
// its headers say.
func Plays(t testing.TB, d format.Decoder) []float32 {
	t.Helper()
	samples, err := Play(d)
	if !errors.Is(err, io.EOF) {
		t.Fatalf("after %d samples: %v", len(samples), err)
	}
	if info := d.Info(); int64(len(samples)) != info.Frames*int64(info.Channels) {
		t.Fatalf("%d samples came; the headers say %+v", len(samples), info)
	}
	return samples
}

// Seeks holds that after a seek to any place, back or forth, exactly the
// samples come that reading from the start gives there, and that there is no
// place outside of the recording. It returns what reading from the start gave.
func Seeks(t testing.TB, d format.Decoder) []float32 {
	t.Helper()
	all := Plays(t, d)
	frames, channels := d.Info().Frames, int64(d.Info().Channels)
	places := []int64{frames, frames - 1, 0, 1}
	random := rand.New(rand.NewPCG(1, 2)) // the same places in every run
	for range 50 {
		places = append(places, random.Int64N(frames))
	}
	for _, place := range places {
		if err := d.SeekFrame(place); err != nil {
			t.Fatalf("seek to %d of %d: %v", place, frames, err)
		}
		want := all[place*channels:]
		want = want[:min(int64(len(want)), int64(d.Info().Rate)*channels)] // a second is enough
		if got := read(t, d, len(want)); !Equal(got, want) {
			t.Fatalf("after a seek to %d of %d other samples came", place, frames)
		}
	}
	for _, place := range []int64{-1, frames + 1} {
		if err := d.SeekFrame(place); review.CodeOf(err) != review.BadArgument {
			t.Errorf("seek to %d of %d: %v", place, frames, err)
		}
	}
	return all
}

func read(t testing.TB, d format.Decoder, samples int) []float32 {
	t.Helper()
	dst, channels := make([]float32, samples), d.Info().Channels
	for done := 0; done < samples; {
		n, err := d.ReadFrames(dst[done:])
		if err != nil {
			t.Fatalf("%d of %d samples read: %v", done, samples, err)
		}
		done += n * channels
	}
	return dst
}

// playable is how many frames of a file of any bytes are played at most: its
// headers may promise days.
const playable = 1 << 20

// Survives holds, for a file of any bytes, that opening it either fails with a
// reason, or gives a recording that plays and seeks without a sample that is no
// number, to its end or to where it says that it broke.
func Survives(t testing.TB, f format.Format, file []byte) {
	t.Helper()
	d, err := f.Open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		if review.CodeOf(err) == review.Internal {
			t.Fatalf("a file that cannot be opened must name its reason: %v", err)
		}
		return
	}
	info := d.Info()
	if info.Frames < 1 || info.Channels < 1 || info.Channels > 2 || info.Rate < 1 {
		t.Fatalf("a file of %d bytes has %+v", len(file), info)
	}
	for _, place := range []int64{0, info.Frames / 2, info.Frames} {
		if err := d.SeekFrame(place); err != nil {
			t.Fatalf("seek to %d of %d: %v", place, info.Frames, err)
		}
		frames, err := drain(d)
		whole := errors.Is(err, io.EOF) && place+frames == info.Frames
		if err != nil && !whole && review.CodeOf(err) != format.Broken {
			t.Fatalf("from %d, %d of %d frames read: %v", place, frames, info.Frames, err)
		}
	}
	if s, ok := d.(format.Skimmer); ok && d.SeekFrame(0) == nil {
		if _, err := s.Skim(t.Context()); err != nil && review.CodeOf(err) != format.Broken {
			t.Fatalf("looked through: %v", err)
		}
	}
}

// drain reads until an error, or for long enough, checking every sample.
func drain(d format.Decoder) (frames int64, err error) {
	dst := make([]float32, 2*1000)
	for frames < playable {
		n, err := d.ReadFrames(dst)
		frames += int64(n)
		if err != nil {
			return frames, err
		}
		if n == 0 {
			return frames, errors.New("neither a frame nor an error came")
		}
		for _, x := range dst[:n*d.Info().Channels] {
			if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
				return frames, errors.New("a sample is no number")
			}
		}
	}
	return frames, nil
}

// Equal reports whether all samples are the same.
func Equal(a, b []float32) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// Worst is the largest difference, in steps of 16 bits, between two recordings
// of the same length.
func Worst(a, b []float32) float64 {
	worst := 0.0
	for i := range a {
		worst = max(worst, math.Abs(float64(a[i]-b[i]))*(1<<15))
	}
	return worst
}

// Ratio is the power of want over that of its difference to got, in dB.
func Ratio(got, want []float32) float64 {
	var signal, noise float64
	for i := range want {
		signal += float64(want[i]) * float64(want[i])
		noise += float64(got[i]-want[i]) * float64(got[i]-want[i])
	}
	return 10 * math.Log10(signal/noise)
}
