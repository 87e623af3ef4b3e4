package widget

import (
	"math"
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/ui/theme"
)

// Chart paints a scene of review/chart, the same that is written to files, as
// wide as its place and as high as the scene then becomes.
type Chart struct {
	widget.BaseWidget
	body  chart.Body
	laid  float32 // the width that scene was made for
	scene chart.Scene
}

// NewChart returns a chart of body; nil shows nothing.
func NewChart(body chart.Body) *Chart {
	c := &Chart{body: body}
	c.ExtendBaseWidget(c)
	return c
}

// SetBody shows another body.
func (c *Chart) SetBody(body chart.Body) {
	if !reflect.DeepEqual(c.body, body) {
		c.body = body
		c.Refresh()
	}
}

// firstWidth is what a chart is measured for before it has a place.
const firstWidth = 480

// CreateRenderer is for Fyne.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	s := &sketch{owner: c}
	s.least = func() fyne.Size { return fyne.NewSize(240, float32(math.Ceil(c.scene.Height))) }
	s.paint = func() { s.objects = c.draw(c.Size().Width) }
	s.place = func(at fyne.Size) {
		if at.Width != c.laid {
			before := c.scene.Height
			s.objects = c.draw(at.Width)
			if c.scene.Height != before { // the height asked for has changed
				canvas.Refresh(c)
			}
		}
	}
	s.paint()
	return s
}

// draw makes the scene for a width and returns it as objects.
func (c *Chart) draw(width float32) []fyne.CanvasObject {
	c.laid = width
	if c.body == nil {
		c.scene = chart.Scene{}
		return nil
	}
	if width <= 0 {
		width = firstWidth
	}
	c.scene = c.body.Scene(float64(width), measureText)
	var objects []fyne.CanvasObject
	for _, shape := range c.scene.Shapes {
		objects = append(objects, c.objects(shape)...)
	}
	return objects
}

func measureText(text string, size float64, bold bool) float64 {
	return float64(fyne.MeasureText(text, float32(size), fyne.TextStyle{Bold: bold}).Width)
}

// ChartColor is the theme's name for the colour of a role.
func ChartColor(r chart.Role) fyne.ThemeColorName {
	if n, ok := r.Issue(); ok {
		return theme.Issue(n)
	}
	return map[chart.Role]fyne.ThemeColorName{
		chart.Ground: theme.Card, chart.Ink: theme.Ink, chart.Muted: theme.Muted, chart.Grid: theme.Border,
		chart.Bar: theme.Bar, chart.Rest: theme.BarRest, chart.None: fynetheme.ColorNameInputBorder, chart.Accent: theme.Primary,
	}[r]
}

func point(x, y float64) fyne.Position { return fyne.NewPos(float32(x), float32(y)) }

func (c *Chart) objects(shape chart.Shape) []fyne.CanvasObject {
	switch v := shape.(type) {
	case chart.Rect:
		return c.rect(v)
	case chart.Line:
		return []fyne.CanvasObject{c.line(v)}
	case chart.Text:
		return []fyne.CanvasObject{c.text(v)}
	case chart.Mark:
		return []fyne.CanvasObject{c.disc(v)}
	}
	return nil
}

func (c *Chart) rect(r chart.Rect) []fyne.CanvasObject {
	if r.Pattern == chart.Solid {
		solid := canvas.NewRectangle(shade(c, ChartColor(r.Fill)))
		solid.CornerRadius = float32(r.Radius)
		solid.Move(point(r.X, r.Y))
		solid.Resize(fyne.NewSize(float32(r.Width), float32(r.Height)))
		return []fyne.CanvasObject{solid}
	}
	var lines []fyne.CanvasObject
	for _, line := range r.Lines() {
		lines = append(lines, c.line(line))
	}
	return lines
}

// line paints a straight line; an upright or level one as a rectangle, which is
// sharper.
func (c *Chart) line(l chart.Line) fyne.CanvasObject {
	color := shade(c, ChartColor(l.Color))
	if l.X1 != l.X2 && l.Y1 != l.Y2 {
		line := canvas.NewLine(color)
		line.StrokeWidth = float32(l.Width)
		line.Position1, line.Position2 = point(l.X1, l.Y1), point(l.X2, l.Y2)
		return line
	}
	r := canvas.NewRectangle(color)
	r.Move(point(min(l.X1, l.X2)-l.Width/2, min(l.Y1, l.Y2)-l.Width/2))
	r.Resize(fyne.NewSize(float32(math.Abs(l.X2-l.X1)+l.Width), float32(math.Abs(l.Y2-l.Y1)+l.Width)))
	return r
}

func (c *Chart) text(t chart.Text) fyne.CanvasObject {
	text := canvas.NewText(t.Text, shade(c, ChartColor(t.Color)))
	text.TextSize, text.TextStyle = float32(t.Size), fyne.TextStyle{Bold: t.Bold}
	own, base := fyne.CurrentApp().Driver().RenderedTextSize(t.Text, text.TextSize, text.TextStyle, nil)
	x := float32(t.X)
	switch t.Anchor {
	case chart.Middle:
		x -= own.Width / 2
	case chart.End:
		x -= own.Width
	}
	text.Move(fyne.NewPos(x, float32(t.Y)-base))
	text.Resize(own)
	return text
}

func (c *Chart) disc(m chart.Mark) fyne.CanvasObject {
	disc := canvas.NewCircle(shade(c, ChartColor(m.Color)))
	disc.Move(point(m.X-m.Radius, m.Y-m.Radius))
	disc.Resize(fyne.NewSquareSize(float32(2 * m.Radius)))
	return disc
}
