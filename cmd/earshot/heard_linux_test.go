package main_test

import (
	"encoding/binary"
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/speaker"
	"github.com/earshot-app/earshot/data/speaker/fifocard"
	"github.com/earshot-app/earshot/review/playback"
)

// From the file to the ear: the whole sound path plays into a card that is a
// pipe, and what comes out is held against ffmpeg's decoding of the file
// (testdata/make.sh). Times are the card's: the frames it has played.
func TestWhatIsHeardEqualsTheRecording(t *testing.T) {
	card := plugIn(t)
	events := make(chan playback.Event, 1)
	player := playback.NewPlayer(playback.System{}, func(e playback.Event) { events <- e })
	defer player.Close()
	if err := player.Use(speaker.Card); err != nil {
		t.Fatal(err)
	}
	source, err := audio.Open(t.Context(), "testdata/call.wav")
	if err != nil {
		t.Fatal(err)
	}
	player.Load(source, 0, nil)
	for begin := card.Frames(); card.Frames() < begin+fifocard.Rate/2; { // the card runs
		time.Sleep(10 * time.Millisecond)
	}

	pressed := card.Frames()
	player.Play()
	offsets := watchPlayhead(player, card, pressed)
	if event := <-events; event.Kind != playback.Ended {
		t.Fatalf("event %+v", event)
	}
	for card.Frames() < pressed+5*fifocard.Rate/2 { // what is still on its way
		time.Sleep(10 * time.Millisecond)
	}
	heard := card.Heard(pressed)
	first := firstSound(heard)
	if latency := at(first); latency > 150*time.Millisecond {
		t.Errorf("first sound %v after the key, want at most 150 ms", latency)
	}
	reference := decoding(t)
	for ear, name := range []string{"left", "right"} {
		correlation, level := compare(channel(heard[first:], ear), channel(reference, ear))
		if correlation < 0.999 || math.Abs(level) > 0.1 {
			t.Errorf("%s: correlation %.5f, level %+.3f dB; want above .999 and within 0.1 dB", name, correlation, level)
		}
		t.Logf("%s: correlation %.5f, level %+.3f dB", name, correlation, level)
	}
	off := median(offsets()) - at(first)
	if off.Abs() > 50*time.Millisecond {
		t.Errorf("the playhead is %v from what is heard", off)
	}
	t.Logf("first sound after %v, playhead off by %v", at(first), off)
}

var plugged *fifocard.Card

// plugIn is the one card of this process: a program opens its card once.
func plugIn(t testing.TB) *fifocard.Card {
	t.Helper()
	if plugged == nil {
		card, err := fifocard.New(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		t.Setenv(card.Env())
		plugged = card
	}
	return plugged
}

// watchPlayhead notes for a second by how much the playhead lags behind the
// card's clock since a frame.
func watchPlayhead(player *playback.Player, card *fifocard.Card, since int) func() []time.Duration {
	result := make(chan []time.Duration, 1)
	go func() {
		var lags []time.Duration
		for range 60 {
			time.Sleep(17 * time.Millisecond)
			if position := player.Position(); position > 300*time.Millisecond {
				lags = append(lags, at(card.Frames()-since)-position)
			}
		}
		result <- lags
	}()
	return func() []time.Duration { return <-result }
}

func median(x []time.Duration) time.Duration {
	slices.Sort(x)
	return x[len(x)/2]
}

func at(frame int) time.Duration { return time.Duration(frame) * time.Second / fifocard.Rate }

func firstSound(frames [][2]int16) int {
	return slices.IndexFunc(frames, func(f [2]int16) bool { return f != [2]int16{} })
}

// compare answers how like each other heard, at the card's rate, and the
// recording's samples at 8 kHz are, and the level between them in dB. It looks
// for the best of the places within 10 ms, and leaves out 20 ms at both ends,
// where playing fades.
func compare(heard, reference []float64) (correlation, level float64) {
	const step, margin = fifocard.Rate / 8000, 160
	reference = reference[margin : len(reference)-margin]
	for shift := -80 * step; shift <= 80*step; shift++ {
		var product, energy, own float64
		for i, want := range reference {
			x := heard[(i+margin)*step+shift]
			product, energy, own = product+x*want, energy+x*x, own+want*want
		}
		if c := product / math.Sqrt(energy*own); c > correlation {
			correlation, level = c, 10*math.Log10(energy/own)
		}
	}
	return correlation, level
}

func channel(frames [][2]int16, ear int) []float64 {
	x := make([]float64, len(frames))
	for i, f := range frames {
		x[i] = float64(f[ear])
	}
	return x
}

func decoding(t *testing.T) [][2]int16 {
	t.Helper()
	raw, err := os.ReadFile("testdata/call.s16")
	if err != nil {
		t.Fatal(err)
	}
	frames := make([][2]int16, len(raw)/4)
	for i := range frames {
		frames[i][0] = int16(binary.LittleEndian.Uint16(raw[4*i:]))
		frames[i][1] = int16(binary.LittleEndian.Uint16(raw[4*i+2:]))
	}
	return frames
}
