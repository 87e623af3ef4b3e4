package playback_test

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

func TestTwoPeopleAreAlignedByTheirStart(t *testing.T) {
	for name, c := range map[string]struct {
		offset      time.Duration
		left, right int // frame of each at 1 s of the call
		frames      int64
	}{
		"together":      {0, 8000, 8000, 24000},
		"right is late": {250 * time.Millisecond, 8000, 6000, 26000},
		"left is late":  {-1500 * time.Millisecond, -4000, 8000, 28000},
		"never at once": {4 * time.Second, 8000, -24000, 56000},
	} {
		t.Run(name, func(t *testing.T) {
			pair := playback.Pair(ramp(8000, 1, 2*time.Second), ramp(8000, 1, 3*time.Second), c.offset)
			if pair.Rate() != 8000 || pair.Channels() != 2 || pair.Frames() != c.frames {
				t.Fatalf("%d Hz, %d channels, %d frames, want %d", pair.Rate(), pair.Channels(), pair.Frames(), c.frames)
			}
			all := readAll(t, pair)
			if len(all) != 2*int(c.frames) {
				t.Fatalf("%d frames came of %d", len(all)/2, c.frames)
			}
			for i := range int(c.frames) {
				for channel, want := range []int{c.left + i - 8000, c.right + i - 8000} {
					if length := []int{16000, 24000}[channel]; want < 0 || want >= length {
						want = -1 // silence
					}
					if got := frameOf(float64(all[2*i+channel])); got != want {
						t.Fatalf("at frame %d channel %d sounds like its frame %d, want %d", i, channel, got, want)
					}
				}
			}
		})
	}
}

func TestSeekingInAPairLandsOnTheFrame(t *testing.T) {
	pair := func() playback.Source {
		return playback.Pair(ramp(8000, 1, 2*time.Second), ramp(8000, 2, 2*time.Second), 300*time.Millisecond)
	}
	all, again := readAll(t, pair()), pair()
	for _, frame := range []int64{18399, 0, 2399, 2400, 15999, 16000, 18400, 7} {
		if err := again.SeekFrame(frame); err != nil {
			t.Fatal(err)
		}
		rest := readAll(t, again)
		if !slices.Equal(rest, all[2*frame:]) {
			t.Errorf("after a seek to %d come %d frames, want the last %d", frame, len(rest)/2, len(all)/2-int(frame))
		}
	}
	for _, frame := range []int64{-1, 18401} {
		if err := again.SeekFrame(frame); review.CodeOf(err) != review.BadArgument {
			t.Errorf("seek to %d: %v", frame, err)
		}
	}
}

func TestAPairTakesOtherRatesAndChannels(t *testing.T) {
	both := &recording{
		rate: 8000, channels: 2, frames: 8000,
		sample: func(_ int64, channel int) float32 { return []float32{0.5, -0.25}[channel] },
	}
	all := readAll(t, playback.Pair(both, tone(44100, time.Second, 440), 0))
	for i := 100; i < 7900; i++ {
		want := 0.5 * math.Sin(2*math.Pi*440*float64(i)/8000)
		if all[2*i] != 0.125 || math.Abs(float64(all[2*i+1])-want) > 0.001 {
			t.Fatalf("frame %d is %v and %v, want 0.125 and %v", i, all[2*i], all[2*i+1], want)
		}
	}
}

func TestAPairBreaksWhereOneBreaksAndClosesBoth(t *testing.T) {
	gone := errors.New("disk gone")
	for broken := range 2 {
		parts := []*recording{ramp(8000, 1, 2*time.Second), ramp(8000, 1, 2*time.Second)}
		parts[broken].breaks, parts[broken].err = 5000, gone
		pair := playback.Pair(parts[0], parts[1], 0)
		if frames, err := drain(pair); frames != 5000 || !errors.Is(err, gone) {
			t.Errorf("after %d frames: %v", frames, err)
		}
		parts[broken].mend()
		if rest := readAll(t, pair); len(rest) != 2*11000 || frameOf(float64(rest[0])) != 5000 || rest[0] != rest[1] {
			t.Errorf("mended, %d frames come, the first of them %v", len(rest)/2, rest[:2])
		}
		if err := pair.Close(); err != nil || parts[0].closed != 1 || parts[1].closed != 1 {
			t.Errorf("closed %d and %d times: %v", parts[0].closed, parts[1].closed, err)
		}
	}
}
