package playback_test

import (
	"errors"
	"io"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
)

func TestARenderingWithoutWishesIsTheRecording(t *testing.T) {
	for _, channels := range []int{1, 2} {
		got, r := render(t, ramp(8000, channels, 3*time.Second), playback.Take{From: 4001, To: 20003, Speed: 1})
		if len(got) != 16002*channels || r.Frames() != 16002 {
			t.Fatalf("%d samples of %d frames", len(got), r.Frames())
		}
		for i := range 16002 {
			if frameOf(float64(got[i*channels])) != 4001+i {
				t.Fatalf("frame %d sounds like %d", i, frameOf(float64(got[i*channels])))
			}
		}
	}
}

// What is kept is 0.3 s before the sound; where the places meet, one goes as
// the other comes, for 10 ms.
func TestASkipKeepsATimeBeforeTheSound(t *testing.T) {
	silence := []sound.Span{{From: time.Second, To: 3 * time.Second}}
	got, r := render(t, ramp(8000, 1, 5*time.Second), playback.Take{To: 40000, Speed: 1, Skip: silence})
	const left, found, fade = 8000, 24000 - 2400, 80
	if len(got) != 40000-(found-left) || r.Frames() != int64(len(got)) {
		t.Fatalf("%d frames, %d foretold", len(got), r.Frames())
	}
	for i := range got {
		want := i
		if i >= left {
			want += found - left
		}
		mixed := i >= left && i < left+fade
		if got := frameOf(float64(got[i])); !mixed && got != want || mixed && (got < i || got >= want) {
			t.Fatalf("frame %d sounds like %d, want %d", i, got, want)
		}
	}
	want := []playback.Anchor{{0, 0}, {8000, 8000}, {8080, 21680}}
	if anchors := r.Anchors(); !slices.Equal(anchors[:3], want) {
		t.Errorf("anchors %v, want %v first", anchors, want)
	}
}

// Every anchor is the very sample of the recording, at any speed and with any
// silences left out; and as many frames come as were foretold.
func TestAnchorsAreTheVerySamples(t *testing.T) {
	const rate, frames = 8000, 6 * 8000
	all := samples(hiss(rate, frames))
	rapid.Check(t, func(t *rapid.T) {
		take := playback.Take{
			From:  rapid.Int64Range(0, frames/2).Draw(t, "from"),
			To:    rapid.Int64Range(frames/2+1, frames).Draw(t, "to"),
			Speed: rapid.SampledFrom([]float64{0.5, 0.9, 1, 1.5, 3}).Draw(t, "speed"),
		}
		for range rapid.IntRange(0, 4).Draw(t, "silences") {
			from := time.Duration(rapid.Int64Range(0, 5500).Draw(t, "begin")) * time.Millisecond
			length := time.Duration(rapid.Int64Range(1, 2000).Draw(t, "length")) * time.Millisecond
			take.Skip = append(take.Skip, sound.Span{From: from, To: from + length})
		}
		r, err := playback.Render(hiss(rate, frames), take)
		if err != nil {
			t.Fatal(err)
		}
		got, anchors, err := play(r)
		if !errors.Is(err, io.EOF) || int64(len(got)) != r.Frames() {
			t.Fatalf("%d frames of %d: %v", len(got), r.Frames(), err)
		}
		before := playback.Anchor{-1, -1}
		for _, a := range anchors {
			if a[0] <= before[0] || a[1] <= before[1] || a[1] < take.From || a[1] >= take.To || got[a[0]] != all[a[1]] {
				t.Fatalf("anchor %v after %v of %v", a, before, anchors)
			}
			before = a
		}
		if int64(len(got))-before[0] > rate/4 && len(got) > rate {
			t.Fatalf("the last of %d frames have no anchor: %v", len(got), anchors)
		}
	})
}

func TestARenderingTellsWhereTheRecordingBreaks(t *testing.T) {
	gone := errors.New("disk gone")
	for name, c := range map[string]struct {
		err, want error
	}{"breaks": {gone, gone}, "ends early": {io.EOF, io.ErrUnexpectedEOF}} {
		source := ramp(8000, 1, 3*time.Second)
		source.breaks, source.err = 9000, c.err
		r, err := playback.Render(source, playback.Take{To: 24000, Speed: 1})
		if err != nil {
			t.Fatal(err)
		}
		got, _, _ := play(r)
		if len(got) != 9000 || r.Reached() != 9000 || !errors.Is(r.Broken(), c.want) {
			t.Errorf("%s: %d frames, at %d: %v", name, len(got), r.Reached(), r.Broken())
		}
	}
}

func TestWhatCannotBeRendered(t *testing.T) {
	for name, c := range map[string]struct {
		take playback.Take
		arg  string
	}{
		"before the start":  {playback.Take{From: -1, To: 10, Speed: 1}, "from"},
		"nothing":           {playback.Take{From: 10, To: 10, Speed: 1}, "from"},
		"behind the end":    {playback.Take{To: 8001, Speed: 1}, "to"},
		"standing still":    {playback.Take{To: 8000}, "speed"},
		"at no such speed":  {playback.Take{To: 8000, Speed: math.NaN()}, "speed"},
		"faster than voice": {playback.Take{To: 8000, Speed: 3.1}, "speed"},
	} {
		_, err := playback.Render(ramp(8000, 1, time.Second), c.take)
		var failure *review.Error
		if !errors.As(err, &failure) || failure.Code != review.BadArgument || failure.Args["name"] != c.arg {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// hiss is a recording of which no two places are alike.
func hiss(rate int, frames int64) *recording {
	return &recording{
		rate: rate, channels: 1, frames: frames,
		sample: func(frame int64, _ int) float32 {
			return float32(int32(uint32(frame)*2654435761)) / (1 << 31)
		},
	}
}

func samples(r *recording) []float32 {
	all := make([]float32, r.frames)
	for i := range all {
		all[i] = r.sample(int64(i), 0)
	}
	return all
}

func render(t *testing.T, source playback.Source, take playback.Take) ([]float32, *playback.Rendering) {
	t.Helper()
	r, err := playback.Render(source, take)
	if err != nil {
		t.Fatal(err)
	}
	var all []float32
	buffer := make([]float32, 300*source.Channels())
	for {
		n, err := r.ReadFrames(buffer)
		all = append(all, buffer[:n*source.Channels()]...)
		if errors.Is(err, io.EOF) {
			return all, r
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// play reads a rendering of one channel to its end.
func play(r *playback.Rendering) (all []float32, anchors []playback.Anchor, err error) {
	buffer := make([]float32, 300)
	for {
		n, err := r.ReadFrames(buffer)
		all, anchors = append(all, buffer[:n]...), append(anchors, r.Anchors()...)
		if err != nil {
			return all, anchors, err
		}
	}
}
