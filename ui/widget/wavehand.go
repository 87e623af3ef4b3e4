package widget

import (
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

const (
	wheelStep  = 25  // what Fyne tells for a notch of the wheel
	wheelTimes = 1.4 // how much a notch zooms
	keyTimes   = 2   // how much a key zooms
	dragLeast  = 3   // pixels that a mark is dragged before it leaves its place
)

// A grip is what the pointer took hold of when it went down.
type grip struct {
	held   bool          // something that does not seek
	strip  bool          // the strip below the lanes
	marker string        // a mark
	at     time.Duration // where the mark's moment is
	off    float32       // how far from it the mark was taken
	x      float32       // where it was taken
	moved  bool          // the mark has left its place
}

// MouseDown seeks, or takes hold of what is under the pointer.
func (w *Waveform) MouseDown(e *desktop.MouseEvent) {
	Release(w)
	w.grip = grip{}
	if e.Button == desktop.MouseButtonSecondary || w.view == nil {
		return
	}
	m, hit := w.markerAt(e.Position)
	switch {
	case hit:
		w.grip = grip{held: true, at: m.At, off: e.Position.X - w.lens.x(m.At), x: e.Position.X}
		if !m.Fixed {
			w.grip.marker = m.ID
		}
		if w.OnMarker != nil {
			w.OnMarker(m.ID)
		}
	case w.view.over.hit(e.Position):
		w.grip = grip{held: true, strip: true}
		w.view.over.take(e.Position.X)
	case w.view.inside(e.Position):
		w.seek(e.Position)
	default:
		w.grip.held = true
	}
}

// MouseUp is for Fyne.
func (w *Waveform) MouseUp(*desktop.MouseEvent) {
	if !w.grip.moved { // else DragEnd follows
		w.grip = grip{}
	}
}

// Dragged carries along what the pointer has taken hold of, else it seeks.
func (w *Waveform) Dragged(e *fyne.DragEvent) {
	switch {
	case w.view == nil:
	case w.grip.strip:
		w.view.over.drag(e.Dragged.DX)
	case w.grip.marker != "":
		w.carry(e.Position.X)
	case !w.grip.held:
		w.seek(e.Position)
		w.hover(e.Position)
	}
}

// carry brings the mark that is held to a place, with its span.
func (w *Waveform) carry(x float32) {
	g := &w.grip
	if d := x - g.x; !g.moved && d > -dragLeast && d < dragLeast {
		return
	}
	i := slices.IndexFunc(w.markers, func(m Marker) bool { return m.ID == g.marker })
	if i < 0 {
		return
	}
	g.moved, g.at = true, w.lens.at(x-g.off)
	m := &w.markers[i]
	if m.Until > m.At {
		g.at = min(g.at, w.duration()-(m.Until-m.At))
		m.Until += g.at - m.At
	}
	m.At = g.at
	w.Refresh()
	w.view.ruler.show(true, g.at)
}

// DragEnd drops the mark that was dragged.
func (w *Waveform) DragEnd() {
	g := w.grip
	w.grip = grip{}
	if g.moved && w.OnMove != nil {
		w.OnMove(g.marker, g.at)
	}
}

// Scrolled zooms about the pointer; to the side it goes through the call.
func (w *Waveform) Scrolled(e *fyne.ScrollEvent) {
	dx, dy := float64(e.Scrolled.DX), float64(e.Scrolled.DY)
	if math.Abs(dx) > math.Abs(dy) {
		w.lens.pan(time.Duration(-dx / float64(max(1, w.lens.width)) * float64(w.lens.span())))
		w.looked()
		return
	}
	w.lens.zoom(math.Pow(wheelTimes, -dy/wheelStep), w.lens.at(e.Position.X))
	w.looked()
	w.hover(e.Position)
}

// ZoomIn shows half as much, about the playhead, with some room on both of its
// sides; where it is not shown, about the middle.
func (w *Waveform) ZoomIn() { w.zoomKey(1.0 / keyTimes) }

// ZoomOut shows twice as much, in the same way.
func (w *Waveform) ZoomOut() { w.zoomKey(keyTimes) }

func (w *Waveform) zoomKey(factor float64) {
	l := &w.lens
	shown := l.holds(w.at)
	l.zoom(factor, w.at)
	if room := l.span() / 10; shown {
		l.show(max(w.at+room-l.span(), min(l.from, w.at-room)), l.span())
	}
	w.looked()
}

// ShowAll shows the whole call.
func (w *Waveform) ShowAll() {
	w.lens.open(w.duration())
	w.looked()
}

// Reveal brings a time to where it is seen.
func (w *Waveform) Reveal(at time.Duration) {
	before := w.lens
	if w.lens.turn(at); w.lens != before {
		w.looked()
	}
}

// Shown is the part of the call that is shown.
func (w *Waveform) Shown() (from, to time.Duration) { return w.lens.from, w.lens.to }

// looked shows the part of the call that the lens holds now.
func (w *Waveform) looked() {
	if w.view == nil {
		return
	}
	w.view.over.paint()
	w.sketch.place(w.Size())
	w.Redraw()
	if w.OnLook != nil {
		w.OnLook(w.lens.from, w.lens.to)
	}
}

func (w *Waveform) hover(at fyne.Position) {
	if w.view != nil {
		w.view.ruler.show(w.duration() > 0 && w.view.inside(at), w.lens.at(at.X))
	}
}

func (w *Waveform) seek(at fyne.Position) {
	if w.view == nil || w.duration() == 0 {
		return
	}
	when := w.lens.at(at.X)
	w.SetPlayhead(when)
	if w.OnSeek != nil {
		w.OnSeek(when)
	}
}

// markerAt finds the mark under the pointer; what is drawn last is found first.
func (w *Waveform) markerAt(at fyne.Position) (m Marker, hit bool) {
	for _, f := range slices.Backward(w.view.flags) {
		if f.hit(at) {
			return f.marker, true
		}
	}
	return Marker{}, false
}
