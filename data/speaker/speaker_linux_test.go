package speaker

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/speaker/fifocard"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

func TestACardThatComesLaterPlaysWhatItIsGiven(t *testing.T) {
	card := plugIn(t)
	if err := Card.Start(constant(0.5)); err != nil {
		t.Fatalf("after a card was plugged in: %v", err)
	}
	await(t, card, 0.5)
	Card.Stop()
	for !Card.resting() {
		time.Sleep(time.Millisecond)
	}
	drained(card)
	rested := card.Frames()
	if err := Card.Start(constant(-0.25)); err != nil {
		t.Fatalf("after a stop: %v", err)
	}
	await(t, card, -0.25)
	for i, frame := range card.Heard(rested) {
		if frame != [2]int16{} {
			if silence := at(i); silence < Card.Delay() {
				t.Errorf("after a rest sound comes %v after what is played, want the delay of %v", silence, Card.Delay())
			}
			break
		}
	}
	const quietest = 1.0 / (1 << 15)
	for _, level := range []float64{quietest, -quietest, 1 - quietest, -1 + quietest} {
		if err := Card.Start(constant(level)); err != nil {
			t.Fatal(err)
		}
		await(t, card, level)
	}
}

var plugged *fifocard.Card

// plugIn is the one card of this process, since a program opens its card once.
// Before it there is none, then one that takes no sound of our kind, and then
// another program plays on it.
func plugIn(t *testing.T) *fifocard.Card {
	t.Helper()
	if plugged != nil {
		return plugged
	}
	card, err := fifocard.New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	name, own := card.Env()
	e := newExclusive(t)
	refuse := func(what, config string) {
		t.Setenv(name, config)
		if err := Card.Start(func([][2]float64) {}); review.CodeOf(err) != playback.NoDevice {
			t.Fatalf("with %s: %v, want %s", what, err, playback.NoDevice)
		}
	}
	refuse("no card", filepath.Join(t.TempDir(), "no.conf"))
	refuse("a card of another kind", e.config(t, ""))
	letGo := e.hold(t)
	refuse("a card that is taken", e.config(t, own))
	letGo()
	plugged = card
	return card
}

// await waits until the card has played level for a fifth of a second.
func await(t *testing.T, card *fifocard.Card, level float64) {
	t.Helper()
	from := card.Frames()
	want := int16(level * (1 << 15))
	for run := 0; run < fifocard.Rate/5; {
		heard := card.Heard(from)
		from += len(heard)
		for _, frame := range heard {
			run++
			if frame != [2]int16{want, want} {
				run = 0
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// drained waits until the card has nothing to play.
func drained(card *fifocard.Card) {
	for before := -1; before != card.Frames(); time.Sleep(100 * time.Millisecond) {
		before = card.Frames()
	}
}

func at(frame int) time.Duration { return time.Duration(frame) * time.Second / fifocard.Rate }

func constant(level float64) playback.Fill {
	return func(frames [][2]float64) {
		for i := range frames {
			frames[i] = [2]float64{level, level}
		}
	}
}
