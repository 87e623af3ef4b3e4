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
	// Bins cuts a part of the call into len(dst) equal parts and fills dst with
	// what is in each. Parts after Ready may hold anything.
	Bins(dst []Bin, lane int, from, to time.Duration)
}

// Bin is a part of a lane: the lowest and the highest sample, from −1 to 1, and
// the level, the root of the mean square.
type Bin struct{ Low, High, Level float32 }

// reach is how far the bin reaches from silence.
func (b Bin) reach() float32 { return min(1, max(-b.Low, b.High, 0)) }

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
	Fixed bool   // it cannot be dragged
}

// Waveform shows the lanes of a call, what of it was played, and its moments.
// A click or drag on it seeks, a drag of a mark moves its moment.
//
// The wheel zooms about the pointer, from the whole call to 50 ms. A strip below
// the lanes then shows the whole call with a window that can be dragged. What
// is shown follows the playhead by pages; whoever looks elsewhere is left there.
//
// While it plays nothing is drawn anew before a page is turned: the bars are one
// picture in strong colours, and what is not yet played lies beneath a veil in
// the colour of a card, which moves along with the playhead. A Waveform
// therefore belongs on a [Card].
type Waveform struct {
	widget.BaseWidget
	peaks    Peaks
	lanes    []Lane
	spans    []Span
	markers  []Marker
	selected string
	at       time.Duration
	lens     lens
	grip     grip
	follow   *fyne.Animation
	view     *waveView // nil until it is first shown
	sketch   *sketch

	choosing                bool // a part of the call is being marked
	chosenFrom, chosenUntil time.Duration

	// Decimal parts seconds from their decimals; "" is a point.
	Decimal string
	// OnSeek is called with where a person clicked or dragged to.
	OnSeek func(to time.Duration)
	// OnMarker is called with the marker whose mark was clicked.
	OnMarker func(id string)
	// OnMove is called when a marker was dragged to another time.
	OnMove func(id string, to time.Duration)
	// OnLook is called when another part of the call is shown.
	OnLook func(from, to time.Duration)
}

var (
	_ fyne.Draggable    = (*Waveform)(nil)
	_ desktop.Mouseable = (*Waveform)(nil)
	_ desktop.Hoverable = (*Waveform)(nil)
	_ fyne.Scrollable   = (*Waveform)(nil)
)

// NewWaveform returns a waveform without a call.
func NewWaveform() *Waveform {
	w := &Waveform{}
	w.ExtendBaseWidget(w)
	return w
}

// SetPeaks shows another call, all of it, from its start; nil shows none.
func (w *Waveform) SetPeaks(p Peaks) {
	w.peaks, w.at, w.spans, w.choosing, w.grip = p, 0, nil, false, grip{}
	w.lens.open(w.duration())
	w.Refresh()
}

// Redraw draws the bars anew after the peaks have grown.
func (w *Waveform) Redraw() {
	if w.view != nil {
		w.view.bars.Refresh()
		w.view.over.bars.Refresh()
		w.view.talks.bars.Refresh()
	}
}

// SetSpans shows where nobody speaks and where both do.
func (w *Waveform) SetSpans(spans []Span) {
	if !slices.Equal(w.spans, spans) {
		w.spans = slices.Clone(spans)
		w.Refresh()
		w.Redraw()
	}
}

// SetChoice shows the part of the call that is being marked: its beginning, and
// its end if that lies behind it.
func (w *Waveform) SetChoice(begun bool, from, until time.Duration) {
	if w.choosing != begun || w.chosenFrom != from || w.chosenUntil != until {
		w.choosing, w.chosenFrom, w.chosenUntil = begun, from, until
		w.Refresh()
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
	if !slices.Equal(w.markers, markers) && !w.grip.moved {
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
// anew, unless the playhead leaves the page that is shown.
func (w *Waveform) SetPlayhead(at time.Duration) {
	shown := w.lens.holds(w.at)
	w.at = min(max(0, at), w.duration())
	if shown && !w.lens.holds(w.at) {
		w.lens.turn(w.at)
		w.looked()
	}
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

// MouseIn shows the time under the pointer.
func (w *Waveform) MouseIn(e *desktop.MouseEvent) { w.hover(e.Position) }

// MouseMoved shows the time under the pointer.
func (w *Waveform) MouseMoved(e *desktop.MouseEvent) { w.hover(e.Position) }

// MouseOut hides it.
func (w *Waveform) MouseOut() {
	if w.view != nil {
		w.view.ruler.show(false, 0)
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
	w.sketch = s
	s.paint()
	return s
}

func (w *Waveform) duration() time.Duration {
	if w.peaks == nil {
		return 0
	}
	return max(0, w.peaks.Duration())
}

func (w *Waveform) clock(at, step time.Duration) string {
	return ClockTo(at, step, or(w.Decimal, "."))
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
