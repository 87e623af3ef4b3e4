package widget

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// drawLens is any lens that zooming and panning lead to, on lanes as wide as a
// small or a large window leaves them.
func drawLens(t *rapid.T) *lens {
	l := &lens{left: rapid.Float32Range(0, 120).Draw(t, "left"), width: rapid.Float32Range(200, 1600).Draw(t, "width")}
	l.open(time.Duration(rapid.Int64Range(int64(time.Second), int64(10*time.Hour)).Draw(t, "whole")))
	for range rapid.IntRange(0, 12).Draw(t, "moves") {
		at := time.Duration(rapid.Int64Range(0, int64(l.whole)).Draw(t, "at"))
		if rapid.Bool().Draw(t, "zooms") {
			l.zoom(rapid.Float64Range(0.1, 3).Draw(t, "factor"), at)
		} else {
			l.pan(at - l.whole/2)
		}
	}
	return l
}

func TestWhatIsShownIsAlwaysAPartOfTheCall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLens(t)
		if l.from < 0 || l.to > l.whole || l.span() < closest {
			t.Errorf("from %v to %v of %v", l.from, l.to, l.whole)
		}
	})
}

// Where a moment is dropped is where it is found again, to the thousandth of a
// pixel, at every zoom.
func TestAPlaceAndItsTimeAreTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLens(t)
		x := rapid.Float32Range(l.left, l.left+l.width).Draw(t, "x")
		if back := l.x(l.at(x)); back < x-0.001 || back > x+0.001 {
			t.Errorf("%v is %v, which is %v", x, l.at(x), back)
		}
		at := l.from + time.Duration(rapid.Float64Range(0, 1).Draw(t, "part")*float64(l.span()))
		if off := (l.at(l.x(at)) - at).Abs(); off > max(time.Microsecond, l.perPixel()/1000) {
			t.Errorf("%v is found %v beside it, at %v a pixel", at, off, l.perPixel())
		}
	})
}

// The wheel must not carry away what it points at.
func TestZoomingKeepsWhatItIsAbout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLens(t)
		about := l.from + time.Duration(rapid.Float64Range(0, 1).Draw(t, "part")*float64(l.span()))
		before := l.x(about)
		l.zoom(rapid.Float64Range(0.2, 5).Draw(t, "factor"), about)
		after, atEnd := l.x(about), l.from == 0 || l.to == l.whole
		if !atEnd && (after < before-0.01 || after > before+0.01) {
			t.Errorf("%v went from %v to %v", about, before, after)
		}
		if !l.holds(about) && about != l.to {
			t.Errorf("%v is no longer shown", about)
		}
	})
}

func TestZoomingInAndOutComesBack(t *testing.T) {
	l := &lens{width: 700}
	l.open(time.Hour)
	for range 17 {
		l.zoom(0.5, 30*time.Minute)
	}
	if l.span() != closest || l.at(350).Round(time.Millisecond) != 30*time.Minute {
		t.Errorf("closest it shows %v about %v, want 50 ms about half an hour", l.span(), l.at(350))
	}
	for range 17 {
		l.zoom(2, 30*time.Minute)
	}
	if l.zoomed() || l.from != 0 || l.to != time.Hour {
		t.Errorf("from %v to %v, want the whole hour", l.from, l.to)
	}
}

func TestPagesFollowOneAnother(t *testing.T) {
	l := &lens{width: 700}
	l.open(time.Hour)
	l.zoom(1.0/360, 0) // ten seconds
	turns := 0
	for at := time.Duration(0); at <= time.Hour; at += 16 * time.Millisecond {
		before := l.from
		if l.turn(at); !l.holds(at) {
			t.Fatalf("%v is not on the page from %v to %v", at, l.from, l.to)
		}
		if l.from != before {
			turns++
		}
	}
	if turns < 380 || turns > 420 { // a page takes nine of its ten seconds
		t.Errorf("the page was turned %d times in an hour, want some 400", turns)
	}
}

func TestACallThatIsShorterThanTheClosestViewIsShownWhole(t *testing.T) {
	l := &lens{width: 700}
	l.open(20 * time.Millisecond)
	l.zoom(0.5, 0)
	if l.from != 0 || l.to != 20*time.Millisecond {
		t.Errorf("from %v to %v", l.from, l.to)
	}
	none := &lens{width: 700}
	none.zoom(0.5, 0)
	none.turn(time.Second)
	if none.x(time.Second) != 0 || none.at(100) != 0 {
		t.Errorf("without a call it has places: %v, %v", none.x(time.Second), none.at(100))
	}
}
