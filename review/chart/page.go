package chart

// A Body is a chart that can be drawn as wide as one likes.
type Body interface {
	Scene(width float64, ruler Ruler) Scene
}

// Page is a chart on a sheet of its own, with what one who is handed the file
// has to know.
type Page struct {
	Title string
	Note  string // below the title: which calls, how many were heard
	Foot  string // below the chart: how to read it
	Body  Body
}

// PageWidth is a good width for a page in a report or on a slide.
const PageWidth = 900.0

const margin = 28.0

// Scene draws the page.
func (p Page) Scene(width float64, ruler Ruler) Scene {
	s := Scene{Width: width, Title: p.Title}
	inner := width - 2*margin
	y := margin
	paragraph := func(text string, size float64, bold bool, color Role) {
		for _, line := range wrap(text, inner, 0, func(t string) float64 { return ruler(t, size, bold) }) {
			y += size * leading
			s.add(Text{X: margin, Y: y - size*0.3, Text: line, Size: size, Bold: bold, Color: color})
		}
	}
	paragraph(p.Title, titleSize, true, Ink)
	paragraph(p.Note, captionSize, false, Muted)
	y += columnGap
	body := p.Body.Scene(inner, ruler)
	s.put(body, margin, y)
	y += body.Height + columnGap
	paragraph(p.Foot, captionSize, false, Muted)
	s.Height = y + margin
	s.Shapes = append([]Shape{Rect{Width: width, Height: s.Height, Fill: Ground}}, s.Shapes...)
	return s
}
