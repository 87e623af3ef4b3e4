package main_test

import (
	"flag"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/speaker"
	"github.com/earshot-app/earshot/data/speaker/fifocard"
	"github.com/earshot-app/earshot/review/playback"
)

// hours are recordings of an hour or so; "go run ./cmd/dev bench playback" makes
// some.
var hours = flag.String("hours", "", "recordings for the way from their middle to the ear, with commas between")

// BenchmarkTheMiddleToTheEar tells how long it takes from the key until a place
// amid a recording is heard on the card: when the call is opened there, and when
// it is open and sought there. It reports the median and the longest of each.
func BenchmarkTheMiddleToTheEar(b *testing.B) {
	e := &ear{B: b, card: plugIn(b), player: playback.NewPlayer(playback.System{}, func(playback.Event) {})}
	defer e.player.Close()
	if err := e.player.Use(speaker.Card); err != nil {
		b.Fatal(err)
	}
	for file := range strings.FieldsFuncSeq(*hours, func(r rune) bool { return r == ',' }) {
		b.Run(filepath.Base(file), func(b *testing.B) {
			var opened, sought []time.Duration
			places := voices(b, file, 2*b.N)
			for i := range b.N {
				opened = append(opened, e.until(func() { e.player.Load(open(b, file), places[2*i], nil) }))
				sought = append(sought, e.until(func() { e.player.Seek(places[2*i+1]) }))
			}
			for name, all := range map[string][]time.Duration{"opened": opened, "sought": sought} {
				b.ReportMetric(milliseconds(median(all)), "ms/"+name)
				b.ReportMetric(milliseconds(slices.Max(all)), "most-ms/"+name)
			}
			b.ReportMetric(0, "ns/op") // the rounds are mostly pauses
		})
	}
}

// An ear listens to a card that a player plays to.
type ear struct {
	*testing.B
	card   *fifocard.Card
	player *playback.Player
}

// until is how long it takes from a key that goes somewhere, and plays, to the
// first sound. Afterwards all is silent again.
func (e *ear) until(somewhere func()) time.Duration {
	e.player.Ready() // the card plays silence
	e.wait(func(heard [][2]int16) bool { return len(heard) > fifocard.Rate/4 && firstSound(heard) < 0 })
	from, pressed := e.card.Frames(), time.Now()
	somewhere()
	e.player.Play()
	var first int
	e.wait(func([][2]int16) bool {
		first = firstSound(e.card.Heard(from))
		return first >= 0
	})
	e.player.Pause()
	first += from
	within := at(first % (fifocard.Rate / 100)) // At is of a hundredth
	return e.card.At(first).Add(within).Sub(pressed)
}

// wait waits until what the card has just played, of the last quarter of a
// second and more, is as wanted.
func (e *ear) wait(wanted func(heard [][2]int16) bool) {
	for from := max(0, e.card.Frames()-fifocard.Rate/4); !wanted(e.card.Heard(from)); from = max(from, e.card.Frames()-fifocard.Rate/2) {
		time.Sleep(2 * time.Millisecond)
	}
}

// voices are places about the middle of a recording where someone speaks.
func voices(b *testing.B, file string, n int) []time.Duration {
	source := open(b, file)
	defer func() { _ = source.Close() }() // only read from
	rate := int64(source.Rate())
	var places []time.Duration
	for i := range n {
		frame := source.Frames()/2 + int64(i-n/2)*17*rate
		for !loud(b, source, frame) {
			frame += rate / 100
		}
		places = append(places, time.Duration(frame)*time.Second/time.Duration(rate))
	}
	return places
}

// loud reports whether a hundredth of a second is no pause.
func loud(b *testing.B, source playback.Source, frame int64) bool {
	block := make([]float32, source.Rate()/100*source.Channels())
	if err := source.SeekFrame(frame); err != nil {
		b.Fatal(err)
	}
	if _, err := source.ReadFrames(block); err != nil {
		b.Fatal(err)
	}
	return slices.Max(block) > 0.05
}

func open(b *testing.B, file string) playback.Source {
	source, err := audio.Open(b.Context(), file)
	if err != nil {
		b.Fatal(err)
	}
	return source
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
