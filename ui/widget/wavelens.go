package widget

import "time"

// closest is the least part of a call that is shown.
const closest = 50 * time.Millisecond

// A lens is the part of a call that a waveform shows, and where on the screen
// each of its times lies.
type lens struct {
	whole       time.Duration // of the call
	from, to    time.Duration // what is shown of it
	left, width float32       // of the lanes, in Fyne's pixels
}

// open shows all of a call.
func (l *lens) open(whole time.Duration) { l.whole, l.from, l.to = whole, 0, whole }

func (l *lens) span() time.Duration { return l.to - l.from }

// zoomed reports whether less than the call is shown.
func (l *lens) zoomed() bool { return l.span() < l.whole }

// holds reports whether a time is shown. The end of the call belongs to what is
// shown before it.
func (l *lens) holds(at time.Duration) bool {
	return at >= l.from && (at < l.to || at == l.whole && l.to == l.whole)
}

// x is where a time lies, also outside what is shown.
func (l *lens) x(at time.Duration) float32 {
	if l.span() <= 0 {
		return l.left
	}
	return l.left + float32(float64(at-l.from)/float64(l.span())*float64(l.width))
}

// at is the time at a place; beyond an end of what is shown it is that end.
func (l *lens) at(x float32) time.Duration {
	part := min(1, max(0, float64(x-l.left)/max(1, float64(l.width))))
	return l.from + time.Duration(part*float64(l.span()))
}

// perPixel is how much time lies in one of Fyne's pixels.
func (l *lens) perPixel() time.Duration {
	return time.Duration(float64(l.span()) / max(1, float64(l.width)))
}

// zoom shows factor times as much, and keeps a time where it lies, as far as
// the ends of the call allow; or the middle, where the time is not shown.
func (l *lens) zoom(factor float64, about time.Duration) {
	if l.span() <= 0 {
		return
	}
	if about < l.from || about > l.to {
		about = l.from + l.span()/2
	}
	part := float64(about-l.from) / float64(l.span())
	span := time.Duration(float64(l.span()) * factor)
	span = min(max(span, closest), l.whole)
	l.show(about-time.Duration(part*float64(span)), span)
}

// show shows a span from a time on, as far as the ends of the call allow.
func (l *lens) show(from, span time.Duration) {
	l.from = max(0, min(from, l.whole-span))
	l.to = l.from + span
}

// pan shows what lies later, or earlier, by some time.
func (l *lens) pan(by time.Duration) { l.show(l.from+by, l.span()) }

// turn goes to the page on which a time lies, and begins that a little before
// it. It does nothing if the time is shown already.
func (l *lens) turn(at time.Duration) {
	if !l.holds(at) {
		l.show(at-l.span()/10, l.span())
	}
}
