package ui

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
)

func TestTheTraceTellsWhatChanged(t *testing.T) {
	window(t, 5, func(b *bench) {
		first := b.traced()
		if len(first) != 1 || first[0].Screen != screen.Listen || first[0].Focus != "surface" {
			t.Fatalf("it begins with %+v", first)
		}
		b.wait(5 * time.Second)
		b.Painted()
		b.settle()
		if got := b.traced(); len(got) != 0 {
			t.Errorf("nothing changed, and it says %+v", got)
		}
		b.press(command.Rune('?'))
		b.press(escape)
		b.Toast("Saved", "", nil)
		b.settle()
		got := b.traced()
		if len(got) != 3 || got[0].Dialog != "All keys" || got[0].Focus != "dialog" || got[1].Dialog != "" || got[2].Toast != "Saved" {
			t.Errorf("a dialog that came and went, and a message: %+v", got)
		}
	})
}

func TestAClickIntoAFieldIsTraced(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.traced()
		b.Canvas().Focus(b.pages[screen.Listen].content)
		b.wait(2 * pulseEvery)
		if got := b.traced(); len(got) != 1 || got[0].Focus != "field" {
			t.Errorf("it says %+v", got)
		}
	})
}

func TestThePlayingPositionIsTracedFourTimesASecond(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.traced()
		p := b.pages[screen.Listen]
		p.shows.Playing = true
		for range 200 { // ten seconds of twenty frames each
			p.shows.Pos += 0.05
			b.Painted()
			b.wait(50 * time.Millisecond)
		}
		if n := len(b.traced()); n < 36 || n > 44 {
			t.Errorf("%d lines in ten seconds", n)
		}
	})
}

// A change that matters is never held back by a line about the position.
func TestAChangeWhilePlayingIsTracedAtOnce(t *testing.T) {
	window(t, 5, func(b *bench) {
		p := b.pages[screen.Listen]
		p.shows.Pos = 1
		b.Painted()
		b.settle()
		b.traced()
		p.shows.Pos, p.shows.Call = 1.01, "call-02"
		b.Painted()
		b.settle()
		if got := b.traced(); len(got) != 1 || got[0].Call != "call-02" {
			t.Errorf("it says %+v", got)
		}
	})
}

func TestTheTraceHoldsTheWelcome(t *testing.T) {
	window(t, 0, func(b *bench) {
		got := b.traced()
		if len(got) != 1 || got[0].Screen != "welcome" || len(got[0].Rows) != 2 || got[0].Rows[0] != "Open the demo" {
			t.Errorf("it says %+v", got)
		}
		b.press(command.Named(fyne.Key3, ctrl))
		if got := b.traced(); len(got) != 1 || got[0].Screen != screen.Settings {
			t.Errorf("in the settings it says %+v", got)
		}
	})
}
