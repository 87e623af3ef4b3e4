package widget

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// Share is a part of calls and how sure it is, each from 0 to 1.
type Share struct {
	Share     float64
	Low, High float64 // the 95 % interval; equal when there is none
	Max       float64 // what the whole width stands for: one for all bars of a list
}

// IntervalBar shows a share as a bar and its interval as a whisker.
type IntervalBar struct {
	widget.BaseWidget
	share Share
	color fyne.ThemeColorName
}

// NewIntervalBar returns the bar of share in color: theme.Bar, or an issue's.
func NewIntervalBar(share Share, color fyne.ThemeColorName) *IntervalBar {
	b := &IntervalBar{share: share, color: color}
	b.ExtendBaseWidget(b)
	return b
}

// Set shows another share and colour.
func (b *IntervalBar) Set(share Share, color fyne.ThemeColorName) {
	if b.share != share || b.color != color {
		b.share, b.color = share, color
		b.Refresh()
	}
}

// Spans returns where the bar ends and where the whisker begins and ends, in
// parts of the width. They never leave it, whatever the share.
func (b *IntervalBar) Spans() (bar, low, high float64) {
	part := func(x float64) float64 {
		if b.share.Max <= 0 || math.IsNaN(x) {
			return 0
		}
		return min(1, max(0, x/b.share.Max))
	}
	return part(b.share.Share), part(b.share.Low), part(b.share.High)
}

// CreateRenderer is for Fyne.
func (b *IntervalBar) CreateRenderer() fyne.WidgetRenderer {
	bar, line, left, right := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	s := &sketch{owner: b, objects: []fyne.CanvasObject{bar, line, left, right}}
	s.least = func() fyne.Size {
		height := size(b, theme.BarHeight)
		return fyne.NewSize(4*height, height)
	}
	s.place = func(at fyne.Size) {
		end, low, high := b.Spans()
		height, thick := min(at.Height, size(b, theme.BarHeight)), 1.5*size(b, theme.Hairline)
		whisker, middle := height*0.6, at.Height/2
		put := func(r *canvas.Rectangle, from, width, tall float32) {
			r.Move(fyne.NewPos(from, middle-tall/2))
			r.Resize(fyne.NewSize(width, tall))
			r.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
		}
		x := func(part float64) float32 { return float32(part) * (at.Width - thick) }
		put(bar, 0, float32(end)*at.Width, height)
		put(line, x(low), x(high)-x(low), thick)
		put(left, x(low), thick, whisker)
		put(right, x(high), thick, whisker)
	}
	s.paint = func() {
		bar.FillColor, bar.CornerRadius = shade(b, b.color), 2*size(b, theme.Hairline)
		_, low, high := b.Spans()
		for _, r := range []*canvas.Rectangle{line, left, right} {
			r.FillColor, r.Hidden = shade(b, theme.Ink), low == high
		}
	}
	s.paint()
	return s
}
