package widget

import (
	"image/color"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/earshot-app/earshot/ui/theme"
)

const (
	headWidth = 2  // of the playhead
	laneLeast = 44 // the least height of a lane
	tickApart = 72 // the least distance of two times on the ruler
)

// waveView is what a [Waveform] puts on the canvas, and where.
type waveView struct {
	wave  *Waveform
	plot  fyne.Position // the corner of the bars
	area  fyne.Size     // of the bars
	image picture

	bars        *canvas.Raster
	veil        *canvas.Rectangle // over what is not yet played
	head        *canvas.Rectangle
	names       []*canvas.Text
	ticks       []*canvas.Text
	flags       []*flag
	hoverLine   *canvas.Rectangle
	hoverBack   *canvas.Rectangle
	hoverText   *canvas.Text
	hoverHidden bool
	hoverAt     time.Duration
}

func newWaveView(w *Waveform) *waveView {
	v := &waveView{wave: w, hoverHidden: true}
	v.image.wave = w
	v.bars = canvas.NewRaster(v.image.draw)
	v.veil, v.head = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	v.hoverLine, v.hoverBack = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	v.hoverText = canvas.NewText("", nil)
	v.hoverText.Alignment = fyne.TextAlignCenter
	return v
}

// objects are all parts from the back to the front.
func (v *waveView) objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{v.bars, v.veil}
	for _, t := range slices.Concat(v.names, v.ticks) {
		all = append(all, t)
	}
	for _, f := range v.flags {
		all = append(all, f.objects()...)
	}
	return append(all, v.hoverLine, v.hoverBack, v.hoverText, v.head)
}

func (v *waveView) least() fyne.Size {
	w := v.wave
	return fyne.NewSize(240, float32(w.laneCount())*laneLeast+v.bandHeight()+v.rulerHeight())
}

// bandHeight is the room for the marks above the lanes.
func (v *waveView) bandHeight() float32 { return 2 * size(v.wave, theme.Dot) }

// rulerHeight is the room for the times below the lanes.
func (v *waveView) rulerHeight() float32 {
	return v.caption("0:00").Height + size(v.wave, theme.GapTiny)
}

func (v *waveView) caption(s string) fyne.Size {
	return fyne.MeasureText(s, size(v.wave, theme.TextCaption), fyne.TextStyle{})
}

// paint reads the theme and the state into the objects.
func (v *waveView) paint() {
	w := v.wave
	v.veil.FillColor = shade(w, theme.Veil)
	v.head.FillColor = shade(w, theme.Playhead)
	v.hoverLine.FillColor = shade(w, theme.Muted)
	v.hoverBack.FillColor, v.hoverBack.CornerRadius = shade(w, theme.Chip), size(w, theme.RadiusSmall)
	v.hoverText.Color, v.hoverText.TextSize = shade(w, theme.Ink), size(w, theme.TextCaption)
	none := w.duration() == 0
	v.bars.Hidden, v.veil.Hidden, v.head.Hidden = none, none, none
	if none {
		v.showHover(false, 0)
	}
	v.names = v.names[:0]
	for n := range w.laneCount() {
		name := canvas.NewText(w.lane(n).Name, shade(w, w.lane(n).Color))
		name.TextSize, name.TextStyle = size(w, theme.TextCaption), fyne.TextStyle{Bold: true}
		v.names = append(v.names, name)
	}
	v.paintFlags()
}

// paintFlags makes the moments' flags, the selected one last and so in front.
func (v *waveView) paintFlags() {
	v.flags = v.flags[:0]
	if v.wave.duration() == 0 {
		return
	}
	var chosen *flag
	for _, m := range v.wave.markers {
		f := newFlag(v.wave, m, m.ID == v.wave.selected)
		if f.chosen {
			chosen = f
			continue
		}
		v.flags = append(v.flags, f)
	}
	if chosen != nil {
		v.flags = append(v.flags, chosen)
	}
}

// layout places everything in at.
func (v *waveView) layout(at fyne.Size) {
	v.plot = fyne.NewPos(v.nameWidth(), v.bandHeight())
	v.area = fyne.NewSize(max(1, at.Width-v.plot.X), max(1, at.Height-v.plot.Y-v.rulerHeight()))
	v.bars.Move(v.plot)
	v.bars.Resize(v.area)
	lane := v.area.Height / float32(len(v.names))
	for n, name := range v.names {
		height := name.MinSize().Height
		name.Move(fyne.NewPos(0, v.plot.Y+(float32(n)+0.5)*lane-height/2))
		name.Resize(fyne.NewSize(v.plot.X, height))
	}
	v.layoutTicks()
	if !v.hoverHidden {
		v.placeHover(v.hoverAt)
	}
	for _, f := range v.flags {
		f.place(v)
	}
	v.moveHead()
	v.veil.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
}

func (v *waveView) nameWidth() float32 {
	var widest float32
	for _, name := range v.names {
		if name.Text != "" {
			widest = max(widest, name.MinSize().Width+size(v.wave, theme.Gap))
		}
	}
	return widest
}

// layoutTicks writes the ruler. It keeps the texts it has: Fyne lays a widget
// out again when an object appears in it, so new ones each time would never
// come to rest.
func (v *waveView) layoutTicks() {
	n := 0
	whole, right := v.wave.duration(), v.plot.X+v.area.Width
	for at := time.Duration(0); whole > 0 && at <= whole; at += tickStep(whole, v.area.Width) {
		box := v.caption(Clock(at))
		x := max(v.plot.X, v.xAt(at)-box.Width/2)
		if x+box.Width > right {
			break
		}
		if n == len(v.ticks) {
			v.ticks = append(v.ticks, canvas.NewText("", nil))
		}
		t := v.ticks[n]
		t.Text, t.Color, t.TextSize, t.Hidden = Clock(at), shade(v.wave, theme.Muted), size(v.wave, theme.TextCaption), false
		t.Move(fyne.NewPos(x, v.plot.Y+v.area.Height+size(v.wave, theme.GapTiny)))
		t.Resize(box)
		n++
	}
	v.ticks = v.ticks[:n]
}

// tickStep returns the distance of the ruler's times: a round one that leaves
// them room to be read.
func tickStep(whole time.Duration, width float32) time.Duration {
	round := []time.Duration{1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600}
	for _, seconds := range round {
		step := seconds * time.Second
		if float32(step.Seconds()/whole.Seconds())*width >= tickApart {
			return step
		}
	}
	hours := time.Duration(float32(whole.Hours())*tickApart/width) + 1
	return hours * time.Hour
}

// xAt returns where a time lies.
func (v *waveView) xAt(at time.Duration) float32 {
	whole := v.wave.duration()
	if whole == 0 {
		return v.plot.X
	}
	return v.plot.X + float32(at.Seconds()/whole.Seconds())*v.area.Width
}

// timeAt returns the time at a place; beyond an end it is that end.
func (v *waveView) timeAt(at fyne.Position) time.Duration {
	part := min(1, max(0, (at.X-v.plot.X)/max(1, v.area.Width)))
	return time.Duration(float64(part) * float64(v.wave.duration()))
}

// inside reports whether a place lies on the lanes or near their ends, and not
// on their names.
func (v *waveView) inside(at fyne.Position) bool {
	return at.X >= v.plot.X-size(v.wave, theme.GapTiny)
}

// moveHead brings the playhead and the veil to the position, on whole pixels
// and only when the pixel has changed.
func (v *waveView) moveHead() {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(v.wave); c != nil {
		scale = c.Scale()
	}
	x := float32(int(v.xAt(v.wave.at)*scale+0.5)) / scale
	to := fyne.NewPos(x-headWidth/2, v.plot.Y)
	rest := fyne.NewSize(max(0, v.plot.X+v.area.Width-x), v.area.Height)
	if v.head.Position() == to && v.veil.Size() == rest {
		return
	}
	v.head.Resize(fyne.NewSize(headWidth, v.area.Height))
	v.veil.Resize(rest)
	v.veil.Move(fyne.NewPos(x, v.plot.Y))
	v.head.Move(to) // a move repaints, which the resizes do not
}

// showHover shows or hides the time under the pointer.
func (v *waveView) showHover(show bool, at time.Duration) {
	v.hoverHidden, v.hoverAt = !show, at
	for _, o := range []fyne.CanvasObject{v.hoverLine, v.hoverBack, v.hoverText} {
		if o.Visible() == show {
			continue
		}
		if show {
			o.Show()
		} else {
			o.Hide()
		}
	}
	if show {
		v.placeHover(at)
	} else {
		v.clearTicks(0, 0)
	}
}

// placeHover brings the pointer's line and time to at.
func (v *waveView) placeHover(at time.Duration) {
	v.hoverText.Text = Clock(at)
	box := v.caption(v.hoverText.Text).AddWidthHeight(2*size(v.wave, theme.GapTiny), 0)
	x := v.xAt(at)
	left := min(max(v.plot.X, x-box.Width/2), v.plot.X+v.area.Width-box.Width)
	top := fyne.NewPos(left, v.plot.Y+v.area.Height+size(v.wave, theme.GapTiny))
	v.hoverLine.Move(fyne.NewPos(x, v.plot.Y))
	v.hoverLine.Resize(fyne.NewSize(1, v.area.Height))
	for _, o := range []fyne.CanvasObject{v.hoverBack, v.hoverText} {
		o.Move(top)
		o.Resize(box)
	}
	v.clearTicks(left, left+box.Width)
	canvas.Refresh(v.hoverText)
	canvas.Refresh(v.hoverBack)
}

// clearTicks hides the ruler's times that would show from beneath another
// between two places, and shows the rest.
func (v *waveView) clearTicks(from, to float32) {
	for _, t := range v.ticks {
		covered := t.Position().X < to && t.Position().X+t.Size().Width > from
		switch {
		case covered && t.Visible():
			t.Hide()
		case !covered && !t.Visible():
			t.Show()
		}
	}
}

// flag is one moment: a line through the lanes with a mark on top.
type flag struct {
	wave    *Waveform
	marker  Marker
	chosen  bool
	span    *canvas.Rectangle // nil without Until
	line    fyne.CanvasObject
	circle  *canvas.Circle
	diamond *canvas.Polygon
	sign    *canvas.Text
	centre  fyne.Position
}

func newFlag(w *Waveform, m Marker, chosen bool) *flag {
	ink := shade(w, m.Color)
	f := &flag{wave: w, marker: m, chosen: chosen}
	f.line = canvas.NewRaster(dots(rgba(ink)))
	if chosen {
		f.line = canvas.NewRectangle(ink)
	}
	if m.Until > m.At {
		sheer := color.NRGBAModel.Convert(ink).(color.NRGBA)
		sheer.A = 0x30
		f.span = canvas.NewRectangle(sheer)
	}
	f.circle, f.diamond = canvas.NewCircle(ink), canvas.NewPolygon(4, ink)
	f.circle.Hidden, f.diamond.Hidden = m.Shape != Circle, m.Shape != Diamond
	if chosen {
		f.circle.StrokeColor, f.circle.StrokeWidth = shade(w, theme.Ink), size(w, theme.FocusLine)
		f.diamond.StrokeColor, f.diamond.StrokeWidth = shade(w, theme.Ink), size(w, theme.FocusLine)
	}
	f.sign = canvas.NewText(m.Sign, theme.On(ink))
	f.sign.TextSize, f.sign.TextStyle = size(w, theme.TextKey), fyne.TextStyle{Bold: true}
	f.sign.Alignment = fyne.TextAlignCenter
	return f
}

func (f *flag) objects() []fyne.CanvasObject {
	all := make([]fyne.CanvasObject, 0, 5)
	if f.span != nil {
		all = append(all, f.span)
	}
	return append(all, f.line, f.circle, f.diamond, f.sign)
}

// side is how wide and high the mark is: room for its sign, or a dot.
func (f *flag) side() float32 {
	dot := size(f.wave, theme.Dot)
	switch {
	case f.marker.Sign != "" && f.marker.Shape == Diamond:
		return 2 * dot
	case f.marker.Sign != "":
		return 1.6 * dot
	default:
		return dot
	}
}

func (f *flag) place(v *waveView) {
	x := v.xAt(f.marker.At)
	f.centre = fyne.NewPos(x, v.plot.Y-v.bandHeight()/2)
	side := fyne.NewSquareSize(f.side())
	corner := f.centre.SubtractXY(side.Width/2, side.Height/2)
	for _, o := range []fyne.CanvasObject{f.circle, f.diamond, f.sign} {
		o.Move(corner)
		o.Resize(side)
	}
	thick := float32(2)
	f.line.Move(fyne.NewPos(x-thick/2, v.plot.Y))
	f.line.Resize(fyne.NewSize(thick, v.area.Height))
	if f.span != nil {
		f.span.Move(fyne.NewPos(x, v.plot.Y))
		f.span.Resize(fyne.NewSize(v.xAt(min(f.marker.Until, v.wave.duration()))-x, v.area.Height))
	}
}

// hit reports whether the pointer is on the mark or so near that it is meant.
func (f *flag) hit(at fyne.Position) bool {
	reach := f.side()/2 + 3
	d := at.Subtract(f.centre)
	return d.X*d.X+d.Y*d.Y <= reach*reach
}
