package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// RailGround is the ground of the rail at the window's side, with a line
// against the page.
type RailGround struct{ widget.BaseWidget }

// NewRailGround returns the ground to lay behind the rail.
func NewRailGround() *RailGround {
	r := &RailGround{}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer is for Fyne.
func (r *RailGround) CreateRenderer() fyne.WidgetRenderer {
	back, line := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	s := &sketch{owner: r, objects: []fyne.CanvasObject{back, line}}
	s.least = func() fyne.Size { return fyne.Size{} }
	s.place = func(at fyne.Size) {
		hair := size(r, theme.Hairline)
		back.Resize(at)
		line.Move(fyne.NewPos(at.Width-hair, 0))
		line.Resize(fyne.NewSize(hair, at.Height))
		back.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
		line.Refresh()
	}
	s.paint = func() { back.FillColor, line.FillColor = shade(r, theme.Card), shade(r, theme.Border) }
	s.paint()
	return s
}
