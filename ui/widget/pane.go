package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// A Side is where a [Pane] has its line.
type Side int

// The sides.
const (
	Right Side = iota
	Bottom
)

// Pane is a part of the window along its border, such as the rail or a page's
// header: on the ground of cards, with a line against what is beside it.
type Pane struct {
	widget.BaseWidget
	side    Side
	content fyne.CanvasObject
}

// NewPane returns a pane around content, which lays out its own margins.
func NewPane(side Side, content fyne.CanvasObject) *Pane {
	p := &Pane{side: side, content: content}
	p.ExtendBaseWidget(p)
	return p
}

// Held implements [Holder].
func (p *Pane) Held() []fyne.CanvasObject { return []fyne.CanvasObject{p.content} }

// CreateRenderer is for Fyne.
func (p *Pane) CreateRenderer() fyne.WidgetRenderer {
	back, line := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	s := &sketch{owner: p, objects: []fyne.CanvasObject{back, p.content, line}}
	s.least = p.content.MinSize
	s.place = func(at fyne.Size) {
		hair := size(p, theme.Hairline)
		back.Resize(at)
		p.content.Resize(at)
		line.Move(fyne.NewPos(at.Width-hair, 0))
		line.Resize(fyne.NewSize(hair, at.Height))
		if p.side == Bottom {
			line.Move(fyne.NewPos(0, at.Height-hair))
			line.Resize(fyne.NewSize(at.Width, hair))
		}
		back.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
		line.Refresh()
	}
	s.paint = func() { back.FillColor, line.FillColor = shade(p, theme.Card), shade(p, theme.Border) }
	s.paint()
	return s
}
