package widget

import (
	"image"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/earshot-app/earshot/ui/theme"
)

// SpanKind is what a [Span] of the call is.
type SpanKind int

// The kinds.
const (
	Silent SpanKind = iota // nobody makes a sound: a ground of its own
	Both                   // both people speak: slanted strokes between the lanes
)

// Span is a part of the call that is shown as such.
type Span struct {
	From, To time.Duration
	Kind     SpanKind
	Name     string // said beside the time under the pointer
	Label    string // written on a silence that has room for it
}

const (
	leastSilence = 3   // pixels: a narrower one is not shown
	mostSilences = 100 // on one page
	bracketFoot  = 6   // the length of a bracket's feet
	bracketThick = 2
)

// silences are the grounds of the silences on the page. They lie above the
// veil, so that they are the same before and after the playhead.
type silences struct {
	view    *waveView
	grounds []*canvas.Rectangle
	labels  []*canvas.Text
}

func (s *silences) objects() []fyne.CanvasObject {
	var all []fyne.CanvasObject
	for i := range s.grounds {
		all = append(all, s.grounds[i], s.labels[i])
	}
	return all
}

// layout places the silences that are on the page and wide enough to be seen.
func (s *silences) layout() {
	w, n := s.view.wave, 0
	for _, span := range w.spans {
		from, to := w.lens.x(span.From), w.lens.x(span.To)
		if span.Kind != Silent || to-from < leastSilence || !s.view.overlaps(span.From, span.To) || n == mostSilences {
			continue
		}
		if n == len(s.grounds) {
			s.grounds = append(s.grounds, canvas.NewRectangle(nil))
			s.labels = append(s.labels, canvas.NewText("", nil))
		}
		s.place(n, span)
		n++
	}
	s.grounds, s.labels = s.grounds[:n], s.labels[:n]
}

func (s *silences) place(n int, span Span) {
	ground, label := s.grounds[n], s.labels[n]
	ground.FillColor = shade(s.view.wave, theme.Silence)
	s.view.stretch(ground, span.From, span.To)
	label.Text, label.Color, label.TextSize = span.Label, shade(s.view.wave, theme.Muted), size(s.view.wave, theme.TextCaption)
	box := s.view.caption(span.Label)
	room := ground.Size().Width - 2*size(s.view.wave, theme.GapTiny)
	label.Hidden = span.Label == "" || box.Width > room
	label.Resize(box)
	label.Move(ground.Position().AddXY((ground.Size().Width-box.Width)/2, (ground.Size().Height-box.Height)/2))
}

// talks is a strip between the lanes with slanted strokes where both people
// speak. It too lies above the veil.
type talks struct {
	view  *waveView
	image picture
	bars  *canvas.Raster
}

const talkHeight = 8 // of the strip

func newTalks(v *waveView) *talks {
	t := &talks{view: v, image: picture{wave: v.wave}}
	t.bars = canvas.NewRaster(t.draw)
	return t
}

func (t *talks) layout() {
	Show(t.bars, len(t.view.names) == 2 && slices.ContainsFunc(t.view.wave.spans, func(s Span) bool { return s.Kind == Both }))
	t.bars.Move(t.view.plot.AddXY(0, (t.view.area.Height-talkHeight)/2))
	t.bars.Resize(fyne.NewSize(t.view.area.Width, talkHeight))
}

// draw is the raster's generator.
func (t *talks) draw(w, h int) image.Image {
	p := &t.image
	if !p.start(w, h) {
		return p.buffer
	}
	l, ink := &t.view.wave.lens, rgba(shade(t.view.wave, theme.Muted))
	scale := float32(w) / l.width
	stroke := max(1, int(1.5*scale))
	for _, s := range t.view.wave.spans {
		if s.Kind != Both || !t.view.overlaps(s.From, s.To) {
			continue
		}
		from := int((l.x(max(s.From, l.from)) - l.left) * scale)
		to := max(from+2*stroke, int((l.x(min(s.To, l.to))-l.left)*scale))
		for x := from; x < to; x++ {
			for y := range h {
				if (x+y)%(3*stroke) < stroke {
					p.buffer.SetRGBA(x, y, ink)
				}
			}
		}
	}
	return p.buffer
}

// choice is the part of the call that a person marks for the next moment: a
// bracket at its beginning and, once it is known, one at its end.
type choice struct {
	view     *waveView
	ground   *canvas.Rectangle
	brackets [2][3]*canvas.Rectangle // beginning and end: upright, upper and lower foot
}

func newChoice(v *waveView) *choice {
	c := &choice{view: v, ground: canvas.NewRectangle(nil)}
	for i := range c.brackets {
		for j := range c.brackets[i] {
			c.brackets[i][j] = canvas.NewRectangle(nil)
		}
	}
	return c
}

func (c *choice) objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{c.ground}
	for _, bracket := range c.brackets {
		for _, part := range bracket {
			all = append(all, part)
		}
	}
	return all
}

func (c *choice) paint() {
	c.ground.FillColor = shade(c.view.wave, theme.Chosen)
	for _, o := range c.objects()[1:] {
		o.(*canvas.Rectangle).FillColor = shade(c.view.wave, theme.Primary)
	}
}

func (c *choice) layout() {
	from, until, begun := c.view.wave.chosenFrom, c.view.wave.chosenUntil, c.view.wave.choosing
	ended := begun && until > from
	Show(c.ground, ended && c.view.overlaps(from, until))
	if c.ground.Visible() {
		c.view.stretch(c.ground, from, until)
	}
	c.bracket(0, from, begun)
	c.bracket(1, until, ended)
}

func (c *choice) bracket(n int, at time.Duration, shown bool) {
	v, parts := c.view, c.brackets[n]
	shown = shown && at >= v.wave.lens.from && at <= v.wave.lens.to
	x := v.wave.lens.x(at)
	for i, part := range parts {
		Show(part, shown)
		part.Resize(fyne.NewSize(bracketFoot, bracketThick))
		part.Move(fyne.NewPos(x-bracketFoot*float32(n), v.plot.Y+float32(i/2)*(v.area.Height-bracketThick)))
	}
	parts[0].Resize(fyne.NewSize(bracketThick, v.area.Height))
	parts[0].Move(fyne.NewPos(x-bracketThick/2, v.plot.Y))
}

// overlaps reports whether a part of the call is on the page.
func (v *waveView) overlaps(from, to time.Duration) bool {
	return from < v.wave.lens.to && to > v.wave.lens.from
}

// stretch lays an object over what is shown of a part of the call, through all
// lanes; it hides it where nothing is.
func (v *waveView) stretch(o fyne.CanvasObject, from, to time.Duration) {
	Show(o, v.overlaps(from, to))
	l := &v.wave.lens
	left, right := l.x(max(from, l.from)), l.x(min(to, l.to))
	o.Move(fyne.NewPos(left, v.plot.Y))
	o.Resize(fyne.NewSize(max(0, right-left), v.area.Height))
}
