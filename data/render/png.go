package render

import (
	"image"
	"image/color"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/vector"

	"github.com/earshot-app/earshot/review/chart"
)

// scale is how many pixels a point of a PNG has: enough to be sharp on a slide.
const scale = 2

// PNG writes a scene as a picture of two pixels a point.
func PNG(w io.Writer, s chart.Scene, p Palette) error {
	size := image.Rect(0, 0, int(math.Ceil(s.Width*scale)), int(math.Ceil(s.Height*scale)))
	b := &board{picture: image.NewRGBA(size), palette: p, letters: newLetters(scale)}
	for _, shape := range s.Shapes {
		b.shape(shape)
	}
	return png.Encode(w, b.picture)
}

// board is a picture that is being drawn.
type board struct {
	picture *image.RGBA
	palette Palette
	letters *letters
}

func (b *board) shape(shape chart.Shape) {
	switch v := shape.(type) {
	case chart.Rect:
		if v.Pattern == chart.Solid {
			b.rect(v)
		}
		for _, line := range v.Lines() {
			b.line(line)
		}
	case chart.Line:
		b.line(v)
	case chart.Text:
		b.letters.draw(b.picture, v, b.palette.of(v.Color))
	case chart.Mark:
		b.disc(v.X, v.Y, v.Radius, b.palette.of(v.Color))
	}
}

// A point is a place in points.
type point struct{ x, y float64 }

// fill fills a polygon, or with curves a shape whose every second point bends
// the line to the next.
func (b *board) fill(points []point, curved bool, c color.NRGBA) {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range points {
		left, top, right, bottom = min(left, p.x), min(top, p.y), max(right, p.x), max(bottom, p.y)
	}
	pixels := func(x float64, round func(float64) float64) int { return int(round(x * scale)) }
	box := image.Rect(pixels(left, math.Floor), pixels(top, math.Floor), pixels(right, math.Ceil), pixels(bottom, math.Ceil))
	if box.Empty() {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	at := func(p point) (x, y float32) {
		return float32(p.x*scale - float64(box.Min.X)), float32(p.y*scale - float64(box.Min.Y))
	}
	r.MoveTo(at(points[0]))
	for i := 1; i < len(points); i++ {
		if curved && i+1 < len(points) {
			bx, by := at(points[i])
			cx, cy := at(points[i+1])
			r.QuadTo(bx, by, cx, cy)
			i++
			continue
		}
		r.LineTo(at(points[i]))
	}
	r.ClosePath()
	r.Draw(b.picture, box.Intersect(b.picture.Bounds()), image.NewUniform(c), image.Point{})
}

func (b *board) rect(r chart.Rect) {
	x, y, w, h := r.X, r.Y, r.Width, r.Height
	if w <= 0 || h <= 0 {
		return
	}
	if r.Radius == 0 {
		b.fill([]point{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}, false, b.palette.of(r.Fill))
		return
	}
	// Eight ends of edges, of which a corner bends every second pair; edges are
	// curves that bend nowhere.
	a := min(r.Radius, w/2, h/2)
	middle := func(p, q point) point { return point{(p.x + q.x) / 2, (p.y + q.y) / 2} }
	ends := []point{{x + a, y}, {x + w - a, y}, {x + w, y + a}, {x + w, y + h - a}, {x + w - a, y + h}, {x + a, y + h}, {x, y + h - a}, {x, y + a}}
	corners := []point{{x + w, y}, {x + w, y + h}, {x, y + h}, {x, y}}
	var path []point
	for i, end := range ends {
		next := ends[(i+1)%len(ends)]
		if i%2 == 0 {
			path = append(path, end, middle(end, next))
		} else {
			path = append(path, end, corners[i/2])
		}
	}
	b.fill(append(path, ends[0]), true, b.palette.of(r.Fill))
}

func (b *board) line(l chart.Line) {
	dx, dy := l.X2-l.X1, l.Y2-l.Y1
	long := math.Hypot(dx, dy)
	if long == 0 {
		return
	}
	// Half the width to either side.
	nx, ny := -dy/long*l.Width/2, dx/long*l.Width/2
	b.fill([]point{{l.X1 + nx, l.Y1 + ny}, {l.X2 + nx, l.Y2 + ny}, {l.X2 - nx, l.Y2 - ny}, {l.X1 - nx, l.Y1 - ny}}, false, b.palette.of(l.Color))
}

// disc is a circle of sixteen arcs, which at its size nobody tells from a round
// one.
func (b *board) disc(x, y, radius float64, c color.NRGBA) {
	const arcs = 16
	var path []point
	on := func(turn, radius float64) point {
		sin, cos := math.Sincos(2 * math.Pi * turn)
		return point{x + radius*cos, y + radius*sin}
	}
	for i := range arcs {
		turn := float64(i) / arcs
		path = append(path, on(turn, radius), on(turn+.5/arcs, radius/math.Cos(math.Pi/arcs)))
	}
	b.fill(append(path, on(0, radius)), true, c)
}
