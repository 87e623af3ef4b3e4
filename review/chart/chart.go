// Package chart draws figures as scenes of shapes: the window paints a scene,
// data/render writes the same one as SVG or PNG.
//
// A [Scene] is a list of rectangles, lines, texts and marks, back to front, in
// points from its upper left corner. Colours are roles ([Role]); whoever paints
// gives them a shade of its theme, so that a chart is right in light and dark.
// Nothing in a chart is told by colour alone: every bar stands beside its name
// and number, what is no issue of its own is hatched or hollow, an estimate is
// a filled mark and what is missing is a hatched gap.
//
// The builders know no language: whoever calls them hands in words and written
// numbers. They do not know letters either and ask a [Ruler] how wide a text
// becomes. [Bars] is a ranking or what is inside a category, [Trend] a share
// over time, and [Page] puts either on a sheet with a title and a note, as a
// file that is passed on needs.
package chart

// A Role says what a shape is for, and so how it is coloured.
type Role int

// The roles. Roles of issues follow them, see [Issue].
const (
	Ground Role = iota // what the chart lies on
	Ink                // texts and intervals
	Muted              // texts of less weight
	Grid               // lines to read a value from
	Bar                // a share where an issue's colour says nothing
	Rest               // rarer issues together
	None               // no problem heard
	Accent             // what one should see first
	firstIssue
)

// Issues is how many colours issues have; after them they begin again.
const Issues = 12

// Issue is the role of the n-th issue of the codebook, counted from 0.
func Issue(n int) Role { return firstIssue + Role(((n%Issues)+Issues)%Issues) }

// Issue tells which issue's role r is; ok is false when it is none.
func (r Role) Issue() (n int, ok bool) { return int(r - firstIssue), r >= firstIssue }

// A Scene is a chart, ready to be painted.
type Scene struct {
	Width, Height float64
	Title         string // for those who cannot see it
	Shapes        []Shape
}

// A Shape is a [Rect], [Line], [Text] or [Mark].
type Shape interface{ moved(x, y float64) Shape }

// A Pattern fills a rectangle, so that it is told apart without colour.
type Pattern int

// The patterns.
const (
	Solid   Pattern = iota
	Hatched         // lines at 45° between hairlines
	Hollow          // hairlines alone
)

// A Rect is a rectangle.
type Rect struct {
	X, Y, Width, Height float64
	Radius              float64 // of its corners; solid ones only
	Fill                Role
	Pattern             Pattern
}

// A Line is straight.
type Line struct {
	X1, Y1, X2, Y2 float64
	Width          float64
	Color          Role
}

// An Anchor says which part of a text lies at its place.
type Anchor int

// The anchors.
const (
	Start Anchor = iota
	Middle
	End
)

// A Text is one line of letters. Y is its base line.
type Text struct {
	X, Y   float64
	Text   string
	Size   float64
	Bold   bool
	Anchor Anchor
	Color  Role
}

// A Mark is a disc, around its middle.
type Mark struct {
	X, Y, Radius float64
	Color        Role
}

func (r Rect) moved(x, y float64) Shape { r.X, r.Y = r.X+x, r.Y+y; return r }

func (l Line) moved(x, y float64) Shape {
	l.X1, l.Y1, l.X2, l.Y2 = l.X1+x, l.Y1+y, l.X2+x, l.Y2+y
	return l
}

func (t Text) moved(x, y float64) Shape { t.X, t.Y = t.X+x, t.Y+y; return t }
func (m Mark) moved(x, y float64) Shape { m.X, m.Y = m.X+x, m.Y+y; return m }

// A Ruler tells how wide a text becomes, in points.
type Ruler func(text string, size float64, bold bool) float64

// Sizes of letters, in points.
const (
	textSize    = 14.0
	captionSize = 12.0
	titleSize   = 18.0
	leading     = 1.35 // from one base line to the next, of a text's size
	rise        = 0.36 // from the middle of a line to its base line
)

const (
	hairline   = 1.0
	stroke     = 1.5 // of an interval
	hatchApart = 6.0
)

// Lines are those that draw a rectangle that is hatched or hollow; a solid one
// has none.
func (r Rect) Lines() []Line {
	if r.Pattern == Solid {
		return nil
	}
	right, bottom := r.X+r.Width, r.Y+r.Height
	line := func(x1, y1, x2, y2 float64) Line { return Line{x1, y1, x2, y2, hairline, r.Fill} }
	lines := []Line{
		line(r.X, r.Y, right, r.Y), line(right, r.Y, right, bottom),
		line(r.X, bottom, right, bottom), line(r.X, r.Y, r.X, bottom),
	}
	if r.Pattern == Hollow {
		return lines
	}
	for at := hatchApart; at < r.Width+r.Height; at += hatchApart {
		// From the upper or right edge down to the left or lower one.
		x1, y1 := min(at, r.Width), max(0, at-r.Width)
		x2, y2 := max(0, at-r.Height), min(at, r.Height)
		lines = append(lines, line(r.X+x1, r.Y+y1, r.X+x2, r.Y+y2))
	}
	return lines
}

// put adds the shapes of another scene with its corner at x, y.
func (s *Scene) put(other Scene, x, y float64) {
	for _, shape := range other.Shapes {
		s.Shapes = append(s.Shapes, shape.moved(x, y))
	}
}

func (s *Scene) add(shapes ...Shape) { s.Shapes = append(s.Shapes, shapes...) }
