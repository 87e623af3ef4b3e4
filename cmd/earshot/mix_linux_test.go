package main_test

import (
	"io"
	"math"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/speaker"
	"github.com/earshot-app/earshot/data/speaker/fifocard"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
)

// Two people who hum, each on a channel of their own: how loud each is on each
// ear is heard on the card, for whatever a person chooses, and nothing that they
// do clicks.
const (
	customerTone, customerLevel = 200, 0.5 // Hz, full scale is 1
	agentTone, agentLevel       = 330, 0.25
)

func TestEachPersonIsHeardAsLoudAsWasChosenAndNothingClicks(t *testing.T) {
	card := plugIn(t)
	player := playback.NewPlayer(playback.System{}, func(playback.Event) {})
	defer player.Close()
	if err := player.Use(speaker.Card); err != nil {
		t.Fatal(err)
	}
	from := card.Frames()
	player.Load(&hum{}, 10*time.Second, nil)
	player.Play()
	both := math.Hypot(customerLevel, agentLevel) / 2 // their mean, of tones that are strangers
	for _, c := range []struct {
		what        string
		choose      func()
		left, right float64
	}{
		{"as recorded", func() {}, customerLevel, agentLevel},
		{"the customer at half", func() { player.SetLevel(playback.Customer, 0.5) }, customerLevel / 2, agentLevel},
		{"the agent muted too", func() { player.SetMuted(playback.Agent, true) }, customerLevel / 2, 0},
		{"both again, after a seek", func() {
			player.SetMuted(playback.Agent, false)
			player.SetLevel(playback.Customer, 1)
			player.Seek(30*time.Second + 1234*time.Microsecond)
		}, customerLevel, agentLevel},
		{"for one ear", func() { player.SetMono(true) }, both, both},
		{"for two, after a pause", func() {
			player.SetMono(false)
			player.Pause()
			listen(card, time.Second/5)
			player.Play()
		}, customerLevel, agentLevel},
		{"with the channels swapped", func() { player.SetSwapped(true) }, agentLevel, customerLevel},
		{"going round a silence", func() {
			soon := player.Position() + 700*time.Millisecond
			player.SetSilences([]sound.Span{{From: soon, To: soon + 2*time.Second + 1300*time.Microsecond}}) // no whole number of waves
			player.SetSkipping(true)
			listen(card, time.Second)
			if at := player.Position(); at < soon+time.Second {
				t.Errorf("a second later it is at %v, before the silence at %v", at, soon)
			}
		}, agentLevel, customerLevel},
	} {
		c.choose()
		listen(card, 3*time.Second/5) // what was on its way, and the change
		heard := listen(card, time.Second/5)
		for ear, want := range []float64{c.left, c.right} {
			if got := loudness(channel(heard, ear)); math.Abs(got-want) > 0.01*want+1e-4 {
				t.Errorf("%s: ear %d hears a level of %.4f, want %.4f", c.what, ear, got, want)
			}
		}
	}
	// A tone's own steps from sample to sample, and the fade's.
	most := 2*math.Pi*(customerTone*customerLevel+agentTone*agentLevel)/fifocard.Rate + (customerLevel+agentLevel)/(0.005*fifocard.Rate)
	for ear := range 2 {
		if step := steepest(channel(card.Heard(from), ear)); step > most {
			t.Errorf("a step of %.3f on ear %d, want at most %.3f: that is a click", step, ear, most)
		} else {
			t.Logf("steepest step on ear %d: %.4f, at most %.4f", ear, step, most)
		}
	}
}

// A hum is a minute of both tones.
type hum struct{ next int64 }

func (*hum) Rate() int                     { return 8000 }
func (*hum) Channels() int                 { return 2 }
func (h *hum) Frames() int64               { return 60 * int64(h.Rate()) }
func (*hum) Close() error                  { return nil }
func (h *hum) SeekFrame(frame int64) error { h.next = frame; return nil }

func (h *hum) ReadFrames(dst []float32) (int, error) {
	n := min(int64(len(dst)/2), h.Frames()-h.next)
	if n == 0 {
		return 0, io.EOF
	}
	for i := range n {
		at := 2 * math.Pi * float64(h.next+i) / float64(h.Rate())
		dst[2*i], dst[2*i+1] = float32(customerLevel*math.Sin(customerTone*at)), float32(agentLevel*math.Sin(agentTone*at))
	}
	h.next += n
	return int(n), nil
}

// listen waits while the card plays for so long, and answers that.
func listen(card *fifocard.Card, long time.Duration) [][2]int16 {
	from := card.Frames()
	until := from + int(long.Seconds()*fifocard.Rate)
	for card.Frames() < until {
		time.Sleep(5 * time.Millisecond)
	}
	return card.Heard(from)
}

// loudness is the level of tones, each of which counts by its own.
func loudness(samples []float64) float64 {
	squares := 0.0
	for _, x := range samples {
		squares += x * x
	}
	return math.Sqrt(2*squares/float64(len(samples))) / (1 << 15)
}

// steepest is the largest step from one sample to the next, full scale 1.
func steepest(samples []float64) float64 {
	step := 0.0
	for i := 1; i < len(samples); i++ {
		step = max(step, math.Abs(samples[i]-samples[i-1]))
	}
	return step / (1 << 15)
}
