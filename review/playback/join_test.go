package playback_test

import (
	"errors"
	"fmt"
	"io"
	"math"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

func TestRecordingsOfOneContactFollowEachOther(t *testing.T) {
	joined := playback.Join(ramp(8000, 1, time.Second), ramp(8000, 2, 2*time.Second), ramp(8000, 1, time.Second))
	if joined.Rate() != 8000 || joined.Channels() != 2 || joined.Frames() != 4*8000 {
		t.Fatalf("%d Hz, %d channels, %d frames", joined.Rate(), joined.Channels(), joined.Frames())
	}
	samples := readAll(t, joined)
	for _, c := range []struct {
		at, frame int     // in the whole, in its part
		right     float32 // right over left: 1 for one channel, -1 for the two of ramp
	}{{0, 0, 1}, {7999, 7999, 1}, {8000, 0, -1}, {23999, 15999, -1}, {24000, 0, 1}, {31999, 7999, 1}} {
		left, right := samples[2*c.at], samples[2*c.at+1]
		if frameOf(float64(left)) != c.frame || right != c.right*left {
			t.Errorf("frame %d sounds like frame %d (%v, %v), want %d", c.at, frameOf(float64(left)), left, right, c.frame)
		}
	}
}

// The second part is at another rate: a tone must go on as the same tone, at
// the same level.
func TestPartsOfOtherRatesAreResampled(t *testing.T) {
	for _, other := range []int{16000, 11025, 44100, 6000} {
		joined := playback.Join(tone(8000, time.Second, 440), tone(other, time.Second, 440))
		if joined.Rate() != 8000 || joined.Frames() != 16000 {
			t.Fatalf("%d Hz, %d frames", joined.Rate(), joined.Frames())
		}
		samples := readAll(t, joined)
		for i := 8100; i < 15900; i++ {
			want := 0.5 * math.Sin(2*math.Pi*440*float64(i-8000)/8000)
			if math.Abs(float64(samples[i])-want) > 0.001 {
				t.Fatalf("from %d Hz: sample %d is %v, want %v", other, i, samples[i], want)
			}
		}
	}
}

func TestSeekingInJoinedRecordingsLandsOnTheFrame(t *testing.T) {
	joined := func() playback.Source {
		return playback.Join(ramp(8000, 1, time.Second), tone(11025, 3*time.Second, 440), ramp(8000, 1, time.Second))
	}
	all := readAll(t, joined())
	for _, frame := range []int64{0, 7999, 8000, 8001, 19999, 31999, 32000, 39999, 40000} {
		source := joined()
		if err := source.SeekFrame(frame); err != nil {
			t.Fatal(err)
		}
		rest := readAll(t, source)
		if len(rest) != len(all)-int(frame) {
			t.Errorf("after a seek to %d of %d come %d frames", frame, len(all), len(rest))
			continue
		}
		for i, x := range rest {
			if math.Abs(float64(x-all[int(frame)+i])) > 1e-5 {
				t.Errorf("after a seek to %d frame %d is %v, want %v", frame, i, x, all[int(frame)+i])
				break
			}
		}
	}
	for _, frame := range []int64{-1, 40001} {
		if err := joined().SeekFrame(frame); review.CodeOf(err) != review.BadArgument {
			t.Errorf("seek to %d: %v", frame, err)
		}
	}
}

func TestABrokenPartBreaksTheWholeThereAndAllAreClosed(t *testing.T) {
	parts := []*recording{ramp(8000, 1, time.Second), ramp(16000, 1, time.Second), ramp(8000, 1, time.Second)}
	broken := errors.New("disk gone")
	parts[1].breaks, parts[1].err = 8000, broken
	joined := playback.Join(parts[0], parts[1], parts[2])
	frames, err := drain(joined)
	if !errors.Is(err, broken) || frames != 12000 {
		t.Errorf("after %d frames: %v", frames, err)
	}
	if err := joined.Close(); err != nil {
		t.Error(err)
	}
	for i, part := range parts {
		if part.closed != 1 {
			t.Errorf("part %d was closed %d times", i, part.closed)
		}
	}
}

func readAll(t *testing.T, s playback.Source) []float32 {
	t.Helper()
	var all []float32
	dst := make([]float32, 500*s.Channels())
	for {
		n, err := s.ReadFrames(dst)
		all = append(all, dst[:n*s.Channels()]...)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func drain(s playback.Source) (frames int, err error) {
	dst := make([]float32, 500*s.Channels())
	for {
		n, err := s.ReadFrames(dst)
		frames += n
		if err != nil {
			return frames, fmt.Errorf("drain: %w", err)
		}
	}
}
