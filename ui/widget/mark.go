package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// A Shape is the form of a mark, so that its colour is not the only sign.
type Shape int

// The shapes.
const (
	Circle  Shape = iota // an issue
	Diamond              // praise
)

// Mark is the small coloured sign of an issue or of praise.
type Mark struct {
	widget.BaseWidget
	color fyne.ThemeColorName
	shape Shape
}

// NewMark returns a mark; for an issue, color is a theme.Issue.
func NewMark(color fyne.ThemeColorName, shape Shape) *Mark {
	m := &Mark{color: color, shape: shape}
	m.ExtendBaseWidget(m)
	return m
}

// Set shows another colour and shape.
func (m *Mark) Set(color fyne.ThemeColorName, shape Shape) {
	if m.color != color || m.shape != shape {
		m.color, m.shape = color, shape
		m.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (m *Mark) CreateRenderer() fyne.WidgetRenderer {
	circle, diamond := canvas.NewCircle(nil), canvas.NewPolygon(4, nil)
	s := &sketch{owner: m, objects: []fyne.CanvasObject{circle, diamond}}
	s.least = func() fyne.Size { return fyne.NewSquareSize(size(m, theme.Dot)) }
	s.place = func(at fyne.Size) {
		side := s.least()
		corner := fyne.NewPos((at.Width-side.Width)/2, (at.Height-side.Height)/2)
		for _, o := range s.objects {
			o.Move(corner)
			o.Resize(side)
		}
	}
	s.paint = func() {
		circle.FillColor, diamond.FillColor = shade(m, m.color), shade(m, m.color)
		circle.Hidden, diamond.Hidden = m.shape != Circle, m.shape != Diamond
	}
	s.paint()
	return s
}
