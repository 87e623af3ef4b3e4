package issues

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

func size(name fyne.ThemeSizeName) float32 {
	return fyne.CurrentApp().Settings().Theme().Size(name)
}

// arrange is a layout made of two functions.
type arrange struct {
	least func() fyne.Size
	place func(at fyne.Size)
}

func (a arrange) MinSize([]fyne.CanvasObject) fyne.Size      { return a.least() }
func (a arrange) Layout(_ []fyne.CanvasObject, at fyne.Size) { a.place(at) }

// within is the renderer of a widget that one container draws.
type within struct{ content *fyne.Container }

func (w within) Destroy()                     {}
func (w within) Layout(at fyne.Size)          { w.content.Resize(at) }
func (w within) MinSize() fyne.Size           { return w.content.MinSize() }
func (w within) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{w.content} }
func (w within) Refresh()                     { w.content.Refresh() }

// plane is a rectangle of a colour of the theme.
type plane struct {
	fynewidget.BaseWidget
	color fyne.ThemeColorName // "" shows nothing
}

func newPlane(color fyne.ThemeColorName) *plane {
	p := &plane{color: color}
	p.ExtendBaseWidget(p)
	return p
}

func (p *plane) set(color fyne.ThemeColorName) {
	if p.color != color {
		p.color = color
		p.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (p *plane) CreateRenderer() fyne.WidgetRenderer {
	r := &planeRenderer{plane: p, rectangle: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

type planeRenderer struct {
	plane     *plane
	rectangle *canvas.Rectangle
}

func (r *planeRenderer) Destroy()                     {}
func (r *planeRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *planeRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rectangle} }

func (r *planeRenderer) Layout(at fyne.Size) {
	r.rectangle.Resize(at)
	r.rectangle.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
}

func (r *planeRenderer) Refresh() {
	r.rectangle.Hidden = r.plane.color == ""
	if r.plane.color != "" {
		r.rectangle.FillColor = r.plane.Theme().Color(r.plane.color, fyne.CurrentApp().Settings().ThemeVariant())
	}
	r.rectangle.Refresh()
}

// edged puts content on a ground with a hairline below it, or at its left.
func edged(content fyne.CanvasObject, left bool) *fyne.Container {
	ground, line := newPlane(theme.Card), newPlane(theme.Border)
	place := func(at fyne.Size) {
		hair := size(theme.Hairline)
		ground.Resize(at)
		content.Resize(at)
		line.Resize(fyne.NewSize(hair, at.Height))
		if !left {
			line.Move(fyne.NewPos(0, at.Height-hair))
			line.Resize(fyne.NewSize(at.Width, hair))
		}
	}
	return container.New(arrange{content.MinSize, place}, ground, content, line)
}

// sensor tells when one looks at what it holds, by pointing or tapping.
type sensor struct {
	fynewidget.BaseWidget
	content fyne.CanvasObject
	look    func()
}

var (
	_ desktop.Hoverable = (*sensor)(nil)
	_ fyne.Tappable     = (*sensor)(nil)
)

func newSensor(content fyne.CanvasObject, look func()) *sensor {
	s := &sensor{content: content, look: look}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is for Fyne.
func (s *sensor) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(s.content)
}

// MouseIn is for Fyne, like the next three.
func (s *sensor) MouseIn(*desktop.MouseEvent) { s.look() }

// MouseMoved does nothing.
func (s *sensor) MouseMoved(*desktop.MouseEvent) {}

// MouseOut does nothing: what was looked at last stays explained.
func (s *sensor) MouseOut() {}

// Tapped is for screens without a pointer that hovers.
func (s *sensor) Tapped(*fyne.PointEvent) { s.look() }

func setVisible(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}
