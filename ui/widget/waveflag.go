package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/earshot-app/earshot/ui/theme"
)

// flag is one moment: a line through the lanes with a mark on top, and what it
// spans.
type flag struct {
	wave    *Waveform
	marker  Marker
	chosen  bool
	span    *canvas.Rectangle // nil without Until
	roof    *canvas.Rectangle // along the top of the span
	line    fyne.CanvasObject
	circle  *canvas.Circle
	diamond *canvas.Polygon
	sign    *canvas.Text
	centre  fyne.Position
	shown   bool // whether its mark is
}

const flagLine = 2 // the width of a moment's line

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
		f.span, f.roof = canvas.NewRectangle(sheer), canvas.NewRectangle(ink)
	}
	f.circle, f.diamond = canvas.NewCircle(ink), canvas.NewPolygon(4, ink)
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
	all := make([]fyne.CanvasObject, 0, 6)
	if f.span != nil {
		all = append(all, f.span, f.roof)
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
	l := &f.wave.lens
	f.shown = l.holds(f.marker.At)
	Show(f.line, f.shown)
	Show(f.sign, f.shown)
	Show(f.circle, f.shown && f.marker.Shape == Circle)
	Show(f.diamond, f.shown && f.marker.Shape == Diamond)
	x := l.x(f.marker.At)
	side := fyne.NewSquareSize(f.side())
	whole := min(max(x, side.Width/2), v.plot.X+v.area.Width-side.Width/2) // also at the ends of the call
	f.centre = fyne.NewPos(whole, v.plot.Y-v.bandHeight()/2)
	corner := f.centre.SubtractXY(side.Width/2, side.Height/2)
	for _, o := range []fyne.CanvasObject{f.circle, f.diamond, f.sign} {
		o.Move(corner)
		o.Resize(side)
	}
	f.line.Move(fyne.NewPos(x-flagLine/2, v.plot.Y))
	f.line.Resize(fyne.NewSize(flagLine, v.area.Height))
	if f.span == nil {
		return
	}
	v.stretch(f.span, f.marker.At, f.marker.Until)
	v.stretch(f.roof, f.marker.At, f.marker.Until)
	f.roof.Resize(fyne.NewSize(f.roof.Size().Width, flagLine))
}

// hit reports whether the pointer is on the mark or so near that it is meant.
func (f *flag) hit(at fyne.Position) bool {
	reach := f.side()/2 + 3
	d := at.Subtract(f.centre)
	return f.shown && d.X*d.X+d.Y*d.Y <= reach*reach
}
