package widget

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/ui/theme"
)

// Sample shows the first lines of a text file as they stand in it: in type of
// one width, unbroken, with a sign for what is not seen. Where a line goes on
// past the edge, the wheel moves it, and so do the arrows, Home and End once
// Tab came here.
type Sample struct {
	control
	lines []string
	texts []*Text
	sheet *container.Scroll
}

// NewSample returns a sample with room for so many lines.
func NewSample(rows int) *Sample {
	s := &Sample{}
	column := container.New(Column{})
	for range rows {
		t := NewText("", Look{Mono: true}) // in a caption's size Fyne cuts off what _ draws
		s.texts = append(s.texts, t)
		column.Add(t)
	}
	s.sheet = container.NewHScroll(column)
	s.extend(s)
	return s
}

// mostShown is how much of a line is shown: what a customer said may be long,
// and to draw it all would cost more than it tells.
const mostShown = 600

// unseen are the signs for what leaves no trace on the screen.
var unseen = strings.NewReplacer("\t", "  →  ", "\n", "↵", "\r", "↵", "\ufeff", "")

// SetLines shows other lines, from their beginning.
func (s *Sample) SetLines(lines []string) {
	if slices.Equal(s.lines, lines) {
		return
	}
	s.lines = slices.Clone(lines)
	for i, t := range s.texts {
		shown := ""
		if i < len(lines) {
			shown = lines[i]
		}
		if runes := []rune(shown); len(runes) > mostShown {
			shown = string(runes[:mostShown]) + ellipsis
		}
		t.SetText(unseen.Replace(shown))
	}
	s.sheet.ScrollToOffset(fyne.Position{})
	s.Refresh()
}

// Lines are what it shows, as they stand in the file.
func (s *Sample) Lines() []string { return s.lines }

// Offset is how far its lines are moved to the left.
func (s *Sample) Offset() float32 { return s.sheet.Offset.X }

// TypedKey moves the lines, and hands on what moves none: Enter in a dialog is
// for its answer.
func (s *Sample) TypedKey(key *fyne.KeyEvent) {
	step := s.sheet.Size().Width / 2
	end := max(0, s.sheet.Content.MinSize().Width-s.sheet.Size().Width)
	to := s.sheet.Offset.X
	switch key.Name {
	case fyne.KeyLeft:
		to -= step
	case fyne.KeyRight:
		to += step
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = end
	case fyne.KeyEscape:
		s.control.TypedKey(key)
		return
	default:
		s.hand(key)
		return
	}
	s.sheet.ScrollToOffset(fyne.NewPos(min(max(0, to), end), 0))
}

// CreateRenderer is for Fyne.
func (s *Sample) CreateRenderer() fyne.WidgetRenderer {
	back, ring := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	k := &sketch{owner: s, objects: []fyne.CanvasObject{back, s.sheet, ring}}
	side := func() float32 { return size(s, theme.GapSmall) }
	k.least = func() fyne.Size {
		line := s.texts[0].measure(ellipsis).Height
		return fyne.NewSize(8*side(), line*float32(len(s.texts))+3*side()) // the last for the scroll bar
	}
	k.place = func(at fyne.Size) {
		back.Resize(at)
		ring.Resize(at)
		back.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
		s.sheet.Move(fyne.NewPos(side(), side()))
		s.sheet.Resize(at.SubtractWidthHeight(2*side(), 2*side()))
	}
	k.paint = func() {
		back.FillColor, back.CornerRadius = shade(s, theme.Chip), size(s, theme.RadiusControl)
		s.ring(ring, theme.RadiusControl)
	}
	k.paint()
	return k
}
