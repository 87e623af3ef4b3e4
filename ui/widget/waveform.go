package widget

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// Peaks is what a [Waveform] draws. It is read on Fyne's goroutine.
type Peaks interface {
	// Lanes is how many lanes there are: 1 or 2.
	Lanes() int
	// Duration is how long the call is.
	Duration() time.Duration
	// Ready is how much of it is known yet, from the start; Duration when all is.
	Ready() time.Duration
	// Bins cuts the whole duration into n equal parts and returns the lowest
	// and the highest sample of each, from −1 to 1. Parts after Ready may hold
	// anything.
	Bins(lane, n int) (low, high []float32)
}

// Lane is how one lane is shown.
type Lane struct {
	Name  string // "Customer"; "" takes no place
	Color fyne.ThemeColorName
}

// Marker is a moment on the waveform.
type Marker struct {
	ID    string
	At    time.Duration
	Until time.Duration // above At for a span, else ignored
	Color fyne.ThemeColorName
	Shape Shape
	Sign  string // one or two characters in the mark, such as the key
}

// Waveform shows the lanes of a call, what of it was played, and its moments.
// A click or drag on it seeks.
//
// While it plays nothing is drawn anew: the bars are one picture in strong
// colours, and what is not yet played lies beneath a veil in the colour of a
// card, which moves along with the playhead. A Waveform therefore belongs on a
// [Card].
type Waveform struct {
	widget.BaseWidget
	peaks    Peaks
	lanes    []Lane
	markers  []Marker
	selected string
	at       time.Duration
	grabbed  bool // the pointer went down where a drag does not seek
	follow   *fyne.Animation
	view     *waveView // nil until it is first shown

	// OnSeek is called with where a person clicked or dragged to.
	OnSeek func(to time.Duration)
	// OnMarker is called with the marker whose mark was clicked.
	OnMarker func(id string)
}

var (
	_ fyne.Draggable    = (*Waveform)(nil)
	_ desktop.Mouseable = (*Waveform)(nil)
	_ desktop.Hoverable = (*Waveform)(nil)
)

// NewWaveform returns a waveform without a call.
func NewWaveform() *Waveform {
	w := &Waveform{}
	w.ExtendBaseWidget(w)
	return w
}

// SetPeaks shows another call from its start; nil shows none.
func (w *Waveform) SetPeaks(p Peaks) {
	w.peaks, w.at = p, 0
	w.Refresh()
}

// Redraw draws the bars anew after the peaks have grown.
func (w *Waveform) Redraw() {
	if w.view != nil {
		w.view.bars.Refresh()
	}
}

// SetLanes sets how the lanes are shown; a lane without a name and colour is
// drawn as the customer's.
func (w *Waveform) SetLanes(lanes ...Lane) {
	if !slices.Equal(w.lanes, lanes) {
		w.lanes = slices.Clone(lanes)
		w.Refresh()
	}
}

// SetMarkers shows the moments of the call.
func (w *Waveform) SetMarkers(markers []Marker) {
	if !slices.Equal(w.markers, markers) {
		w.markers = slices.Clone(markers)
		w.Refresh()
	}
}

// SetSelected points out one marker; "" points out none.
func (w *Waveform) SetSelected(id string) {
	if w.selected != id {
		w.selected = id
		w.Refresh()
	}
}

// SetPlayhead moves the playhead. It is cheap enough for every frame: nothing
// happens until the playhead reaches the next pixel, and then nothing is drawn
// anew.
func (w *Waveform) SetPlayhead(at time.Duration) {
	w.at = min(max(0, at), w.duration())
	if w.view != nil {
		w.view.moveHead()
	}
}

// Playhead returns where the playhead stands.
func (w *Waveform) Playhead() time.Duration { return w.at }

// Follow keeps the playhead at what now answers, on every frame, until
// [Waveform.Unfollow]. Following costs a repaint of the window on each frame
// in which the playhead moved: follow only while sound plays.
func (w *Waveform) Follow(now func() time.Duration) {
	w.Unfollow()
	w.follow = fyne.NewAnimation(time.Hour, func(float32) { w.SetPlayhead(now()) })
	w.follow.Curve = fyne.AnimationLinear
	w.follow.RepeatCount = fyne.AnimationRepeatForever
	w.follow.Start()
}

// Unfollow leaves the playhead where it is.
func (w *Waveform) Unfollow() {
	if w.follow != nil {
		w.follow.Stop()
		w.follow = nil
	}
}

// MouseDown seeks, or chooses the marker whose mark is under the pointer.
func (w *Waveform) MouseDown(e *desktop.MouseEvent) {
	Release(w)
	if e.Button == desktop.MouseButtonSecondary || w.view == nil {
		return
	}
	id, hit := w.markerAt(e.Position)
	w.grabbed = hit
	switch {
	case !hit:
		w.grabbed = !w.view.inside(e.Position)
		if !w.grabbed {
			w.seek(e.Position)
		}
	case w.OnMarker != nil:
		w.OnMarker(id)
	}
}

// MouseUp is for Fyne.
func (w *Waveform) MouseUp(*desktop.MouseEvent) { w.grabbed = false }

// Dragged seeks along.
func (w *Waveform) Dragged(e *fyne.DragEvent) {
	if w.grabbed {
		return
	}
	w.seek(e.Position)
	w.hover(e.Position)
}

// DragEnd is for Fyne.
func (w *Waveform) DragEnd() { w.grabbed = false }

// MouseIn shows the time under the pointer.
func (w *Waveform) MouseIn(e *desktop.MouseEvent) { w.hover(e.Position) }

// MouseMoved shows the time under the pointer.
func (w *Waveform) MouseMoved(e *desktop.MouseEvent) { w.hover(e.Position) }

// MouseOut hides it.
func (w *Waveform) MouseOut() {
	if w.view != nil {
		w.view.showHover(false, 0)
	}
}

// CreateRenderer is for Fyne.
func (w *Waveform) CreateRenderer() fyne.WidgetRenderer {
	w.view = newWaveView(w)
	s := &sketch{owner: w, least: w.view.least}
	s.place = func(at fyne.Size) {
		w.view.layout(at)
		s.objects = w.view.objects()
	}
	s.paint = func() {
		w.view.paint()
		s.objects = w.view.objects()
	}
	s.paint()
	return s
}

func (w *Waveform) duration() time.Duration {
	if w.peaks == nil {
		return 0
	}
	return max(0, w.peaks.Duration())
}

func (w *Waveform) hover(at fyne.Position) {
	if w.view != nil {
		w.view.showHover(w.duration() > 0 && w.view.inside(at), w.view.timeAt(at))
	}
}

func (w *Waveform) seek(at fyne.Position) {
	if w.view == nil || w.duration() == 0 {
		return
	}
	when := w.view.timeAt(at)
	w.SetPlayhead(when)
	if w.OnSeek != nil {
		w.OnSeek(when)
	}
}

// markerAt finds the mark under the pointer; what is drawn last is found first.
func (w *Waveform) markerAt(at fyne.Position) (id string, hit bool) {
	if w.view == nil {
		return "", false
	}
	for _, f := range slices.Backward(w.view.flags) {
		if f.hit(at) {
			return f.marker.ID, true
		}
	}
	return "", false
}

// lane returns how the n-th lane is shown.
func (w *Waveform) lane(n int) Lane {
	lane := Lane{Color: theme.Customer}
	if n < len(w.lanes) {
		lane = w.lanes[n]
		lane.Color = or(lane.Color, theme.Customer)
	}
	return lane
}

func (w *Waveform) laneCount() int {
	if w.peaks == nil {
		return max(1, len(w.lanes))
	}
	return max(1, w.peaks.Lanes())
}
