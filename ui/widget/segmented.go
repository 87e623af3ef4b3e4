package widget

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// Segmented chooses one of a few views of the same thing. When it was reached
// by Tab, the arrows choose too, and the focus stays: there is more to fill in.
type Segmented struct {
	widget.BaseWidget
	names  []string
	parts  []*segment
	chosen int

	// OnChange is called with the number of the view that a person chose.
	OnChange func(n int)
}

// NewSegmented returns a choice between names, of which the first is chosen.
func NewSegmented(names []string, change func(n int)) *Segmented {
	s := &Segmented{names: slices.Clone(names), OnChange: change}
	for i, name := range names {
		part := newSegment(name, func() { s.choose(i) })
		part.step = func(by int) { s.step(i + by) }
		s.parts = append(s.parts, part)
	}
	s.mark()
	s.ExtendBaseWidget(s)
	return s
}

// SetChosen chooses the n-th view without calling OnChange.
func (s *Segmented) SetChosen(n int) {
	if n != s.chosen && n >= 0 && n < len(s.parts) {
		s.chosen = n
		s.mark()
	}
}

// Chosen returns the number of the chosen view.
func (s *Segmented) Chosen() int { return s.chosen }

func (s *Segmented) choose(n int) {
	if n == s.chosen {
		return
	}
	s.SetChosen(n)
	if s.OnChange != nil {
		s.OnChange(n)
	}
}

// step chooses the n-th view, if there is one, and goes there.
func (s *Segmented) step(n int) {
	if n < 0 || n >= len(s.parts) {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s.parts[n])
	}
	s.choose(n)
}

func (s *Segmented) mark() {
	for i, part := range s.parts {
		part.set(&part.chosen, i == s.chosen)
	}
}

// Held implements [Holder].
func (s *Segmented) Held() (parts []fyne.CanvasObject) {
	for _, p := range s.parts {
		parts = append(parts, p)
	}
	return parts
}

// CreateRenderer is for Fyne.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	trough := canvas.NewRectangle(nil)
	objects := []fyne.CanvasObject{trough}
	for _, part := range s.parts {
		objects = append(objects, part)
	}
	k := &sketch{owner: s, objects: objects}
	k.least = func() fyne.Size {
		least := fyne.NewSize(size(s, theme.GapTiny), size(s, theme.ControlHeight))
		for _, part := range s.parts {
			least.Width += part.MinSize().Width
		}
		return least
	}
	k.place = func(at fyne.Size) {
		trough.Resize(at)
		trough.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
		inset := size(s, theme.GapTiny) / 2
		x, more := inset, max(0, at.Width-k.least().Width)/float32(max(1, len(s.parts)))
		for _, part := range s.parts {
			width := part.MinSize().Width + more
			part.Move(fyne.NewPos(x, inset))
			part.Resize(fyne.NewSize(width, at.Height-2*inset))
			x += width
		}
	}
	k.paint = func() {
		trough.FillColor, trough.CornerRadius = shade(s, theme.Chip), size(s, theme.RadiusControl)
	}
	k.paint()
	return k
}

// segment is one of the names of a [Segmented].
type segment struct {
	control
	text   *Text
	chosen bool
	step   func(by int)
}

func newSegment(name string, tap func()) *segment {
	s := &segment{text: NewText(name, Look{})}
	s.OnTap = tap
	s.extend(s)
	return s
}

// TypedKey chooses. What is chosen already leaves Enter to the surface, where a
// dialog takes it for its answer.
func (s *segment) TypedKey(key *fyne.KeyEvent) {
	enter := key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter
	switch {
	case key.Name == fyne.KeyLeft:
		s.step(-1)
	case key.Name == fyne.KeyRight:
		s.step(1)
	case key.Name == fyne.KeySpace || enter && !s.chosen:
		s.OnTap()
	case enter:
		s.hand(key)
	default:
		s.control.TypedKey(key)
	}
}

func (s *segment) CreateRenderer() fyne.WidgetRenderer {
	back, ring := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	k := &sketch{owner: s, objects: []fyne.CanvasObject{back, s.text, ring}}
	k.least = func() fyne.Size {
		return s.text.measure(s.text.Text()).AddWidthHeight(2*size(s, theme.Gap), size(s, theme.GapSmall))
	}
	k.place = func(at fyne.Size) {
		for _, o := range k.objects {
			o.Resize(at)
		}
		back.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
	}
	k.paint = func() {
		ink := theme.Muted
		back.FillColor, back.StrokeWidth = color.Transparent, 0
		if s.chosen || s.hovered {
			ink = theme.Ink
		}
		if s.chosen {
			back.FillColor, back.StrokeColor, back.StrokeWidth = shade(s, theme.Card), shade(s, theme.Control), size(s, theme.Hairline)
		}
		back.CornerRadius = size(s, theme.RadiusControl)
		s.ring(ring, theme.RadiusControl)
		s.text.SetLook(Look{Color: ink, Fit: Cut, Align: fyne.TextAlignCenter})
	}
	k.paint()
	return k
}
