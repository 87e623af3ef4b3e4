package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
)

// Row is a line of a list that can be tapped and chosen: an issue beside its
// key, a moment, a line of the ranking.
type Row struct {
	control
	content fyne.CanvasObject
	chosen  bool
	lined   bool
}

// NewRow returns a row around content that calls tap.
func NewRow(content fyne.CanvasObject, tap func()) *Row {
	r := &Row{content: content}
	r.OnTap = tap
	r.extend(r)
	return r
}

// SetLined sets whether a hairline closes the row below.
func (r *Row) SetLined(lined bool) { r.set(&r.lined, lined) }

// SetChosen sets whether this is the row one is at.
func (r *Row) SetChosen(chosen bool) { r.set(&r.chosen, chosen) }

// Chosen reports whether this is the row one is at.
func (r *Row) Chosen() bool { return r.chosen }

// Held implements [Holder].
func (r *Row) Held() []fyne.CanvasObject { return []fyne.CanvasObject{r.content} }

// CreateRenderer is for Fyne.
func (r *Row) CreateRenderer() fyne.WidgetRenderer {
	back, line, ring := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	s := &sketch{owner: r, objects: []fyne.CanvasObject{back, line, r.content, ring}}
	s.least = func() fyne.Size {
		return r.content.MinSize().AddWidthHeight(2*size(r, theme.GapSmall), 2*size(r, theme.GapTiny))
	}
	s.place = func(at fyne.Size) {
		back.Resize(at)
		ring.Resize(at)
		line.Move(fyne.NewPos(0, at.Height-size(r, theme.Hairline)))
		line.Resize(fyne.NewSize(at.Width, size(r, theme.Hairline)))
		back.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
		line.Refresh()
		side, top := size(r, theme.GapSmall), size(r, theme.GapTiny)
		r.content.Move(fyne.NewPos(side, top))
		r.content.Resize(at.SubtractWidthHeight(2*side, 2*top))
	}
	s.paint = func() {
		back.FillColor, back.CornerRadius = r.fill(), size(r, theme.RadiusControl)
		line.FillColor, line.Hidden = shade(r, theme.Border), !r.lined
		r.ring(ring, theme.RadiusControl)
	}
	s.paint()
	return s
}

func (r *Row) fill() color.Color {
	switch {
	case r.chosen:
		return shade(r, theme.Tint)
	case r.hovered && !r.disabled:
		return shade(r, fynetheme.ColorNameHover)
	default:
		return color.Transparent
	}
}
