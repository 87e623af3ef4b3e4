package sound_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/sound"
)

// recording can be read from any place, in reads of odd sizes.
type recording struct {
	samples  []float32
	channels int
	at       int
}

func (r *recording) Rate() int     { return rate }
func (r *recording) Channels() int { return r.channels }
func (r *recording) Frames() int64 { return int64(len(r.samples) / r.channels) }

func (r *recording) SeekFrame(frame int64) error {
	r.at = int(frame) * r.channels
	return nil
}

func (r *recording) ReadFrames(dst []float32) (int, error) {
	if r.at == len(r.samples) {
		return 0, io.EOF
	}
	n := copy(dst, r.samples[r.at:min(len(r.samples), r.at+77*r.channels)])
	r.at += n
	return n / r.channels, nil
}

func closeup(t *testing.T, r *recording, from, to time.Duration) *sound.Closeup {
	t.Helper()
	c, err := sound.NewCloseup(t.Context(), r, sound.Span{From: from, To: to})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// In 50 ms there are 400 frames at 8 kHz: each is seen where it is.
func TestACloseupShowsEverySample(t *testing.T) {
	const ms = time.Millisecond
	r := &recording{samples: make([]float32, 2*10*rate), channels: 2}
	r.samples[2*(3*rate+161)+1] = 0.5 // right, 20.125 ms after 3 s
	c := closeup(t, r, 2*time.Second, 4*time.Second)
	bins := make([]sound.Bin, 400)
	c.Bins(bins, 1, 3*time.Second, 3*time.Second+50*ms)
	for i, b := range bins {
		if want := float32(0); (b.Max != want) != (i == 161) {
			t.Errorf("bin %d of 400 is %+v", i, b)
		}
	}
	c.Bins(bins, 0, 3*time.Second, 3*time.Second+50*ms)
	if bins[161].Max != 0 {
		t.Error("it is on the left too")
	}
	many := make([]sound.Bin, 1600) // four to a sample
	c.Bins(many, 1, 3*time.Second, 3*time.Second+50*ms)
	for i, b := range many {
		if (b.Max != 0) != (i/4 == 161) {
			t.Errorf("bin %d of 1600 is %+v", i, b)
		}
	}
}

func TestACloseupKnowsWhatItCovers(t *testing.T) {
	r := &recording{samples: tone(rate, 10*rate, 300), channels: 1}
	span := func(from, to float64) sound.Span {
		return sound.Span{From: time.Duration(from * 1e9), To: time.Duration(to * 1e9)}
	}
	for _, c := range []struct {
		of, asked sound.Span
		want      bool
	}{
		{span(2, 4), span(2, 4), true},
		{span(2, 4), span(3, 3.05), true},
		{span(2, 4), span(1.9, 3), false},
		{span(2, 4), span(3, 4.1), false},
		{span(8, 12), span(9, 10), true},
		{span(8, 12), span(9, 11), true}, // there is nothing after the end
		{span(-1, 1), span(0, 1), true},
	} {
		if got := closeup(t, r, c.of.From, c.of.To).Covers(c.asked); got != c.want {
			t.Errorf("%v covers %v: %v", c.of, c.asked, got)
		}
	}
}

func TestACloseupCanBeCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := &recording{samples: tone(rate, rate, 300), channels: 1}
	if _, err := sound.NewCloseup(ctx, r, sound.Span{To: time.Second}); !errors.Is(err, context.Canceled) {
		t.Errorf("it answered %v", err)
	}
}
