package render

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"image/color"
	"io"
	"math"
	"strconv"

	"github.com/earshot-app/earshot/review/chart"
)

// svgSpace is the name space of SVG.
const svgSpace = "http://www.w3.org/2000/svg"

// SVG writes a scene as SVG 1.1.
func SVG(w io.Writer, s chart.Scene, p Palette) error {
	d := &drawing{palette: p, ruler: Ruler()}
	d.writef(`<svg xmlns="`+svgSpace+`" width="%s" height="%s" viewBox="0 0 %[1]s %[2]s" role="img" `+
		`font-family="Go, Inter, Helvetica, Arial, sans-serif">`+"\n", number(math.Ceil(s.Width)), number(math.Ceil(s.Height)))
	if s.Title != "" {
		d.writef("<title>%s</title>\n", escaped(s.Title))
	}
	for _, shape := range s.Shapes {
		d.shape(shape)
	}
	d.writef("</svg>\n")
	_, err := w.Write(d.out.Bytes())
	return err
}

type drawing struct {
	out     bytes.Buffer
	palette Palette
	ruler   chart.Ruler
}

func (d *drawing) writef(format string, args ...any) { fmt.Fprintf(&d.out, format, args...) }

func (d *drawing) shape(shape chart.Shape) {
	switch v := shape.(type) {
	case chart.Rect:
		if v.Pattern == chart.Solid {
			d.writef(`<rect x="%s" y="%s" width="%s" height="%s" rx="%s" fill="%s"/>`+"\n",
				number(v.X), number(v.Y), number(v.Width), number(v.Height), number(v.Radius), d.hex(v.Fill))
		}
		for _, line := range v.Lines() {
			d.shape(line)
		}
	case chart.Line:
		d.writef(`<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s" stroke-width="%s"/>`+"\n",
			number(v.X1), number(v.Y1), number(v.X2), number(v.Y2), d.hex(v.Color), number(v.Width))
	case chart.Text:
		d.text(v)
	case chart.Mark:
		d.writef(`<circle cx="%s" cy="%s" r="%s" fill="%s"/>`+"\n", number(v.X), number(v.Y), number(v.Radius), d.hex(v.Color))
	}
}

func (d *drawing) text(t chart.Text) {
	anchor := map[chart.Anchor]string{chart.Start: "start", chart.Middle: "middle", chart.End: "end"}[t.Anchor]
	weight := "normal"
	if t.Bold {
		weight = "bold"
	}
	// Whoever shows it with other letters still keeps them in their room.
	d.writef(`<text x="%s" y="%s" font-size="%s" font-weight="%s" text-anchor="%s" fill="%s"`,
		number(t.X), number(t.Y), number(t.Size), weight, anchor, d.hex(t.Color))
	d.writef(` textLength="%s" lengthAdjust="spacingAndGlyphs">%s</text>`+"\n", number(d.ruler(t.Text, t.Size, t.Bold)), escaped(t.Text))
}

func (d *drawing) hex(r chart.Role) string { return hex(d.palette.of(r)) }

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }

// number writes a length with two decimals at most.
func number(x float64) string {
	return strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64)
}

// escaped is a text as XML holds it; what XML cannot hold becomes U+FFFD.
func escaped(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // a buffer takes everything
	return b.String()
}
