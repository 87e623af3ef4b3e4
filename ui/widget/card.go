package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// A Tone is what a [Card] or [Chip] lies on.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Amber      // what the agent said, as against what was heard
)

// Card groups what belongs together on a ground of its own.
type Card struct {
	widget.BaseWidget
	content fyne.CanvasObject
	tone    Tone
	flush   bool
}

// NewCard returns a card around content, with a gap on all sides.
func NewCard(tone Tone, content fyne.CanvasObject) *Card {
	c := &Card{content: content, tone: tone}
	c.ExtendBaseWidget(c)
	return c
}

// NewFlushCard returns a plain card whose content reaches its border, as the
// rows of a table do.
func NewFlushCard(content fyne.CanvasObject) *Card {
	c := NewCard(Plain, content)
	c.flush = true
	return c
}

// SetContent shows something else on the card.
func (c *Card) SetContent(content fyne.CanvasObject) {
	if c.content != content {
		c.content = content
		c.Refresh()
	}
}

// Held implements [Holder].
func (c *Card) Held() []fyne.CanvasObject { return []fyne.CanvasObject{c.content} }

// CreateRenderer is for Fyne.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(nil)
	s := &sketch{owner: c, objects: []fyne.CanvasObject{back, c.content}}
	s.least = func() fyne.Size { return c.content.MinSize().AddWidthHeight(2*c.margin(), 2*c.margin()) }
	s.place = func(at fyne.Size) {
		back.Resize(at)
		c.content.Move(fyne.NewPos(c.margin(), c.margin()))
		c.content.Resize(at.SubtractWidthHeight(2*c.margin(), 2*c.margin()))
	}
	s.paint = func() {
		fill, line := theme.Card, theme.Border
		if c.tone == Amber {
			fill, line = theme.Amber, theme.AmberBorder
		}
		back.FillColor, back.StrokeColor, back.StrokeWidth = shade(c, fill), shade(c, line), size(c, theme.Hairline)
		back.CornerRadius = size(c, theme.Radius)
		s.objects[1] = c.content
	}
	s.paint()
	return s
}

func (c *Card) margin() float32 {
	if c.flush {
		return size(c, theme.Hairline)
	}
	return size(c, theme.Gap)
}

// Chip is a word on a small ground: an agent's category in a table, "+2".
type Chip struct {
	widget.BaseWidget
	text *Text
}

// NewChip returns a chip that says text.
func NewChip(text string) *Chip {
	c := &Chip{text: NewText(text, Look{Size: theme.TextCaption, Color: theme.Muted, Fit: Cut, Align: fyne.TextAlignCenter})}
	c.ExtendBaseWidget(c)
	return c
}

// SetText says something else.
func (c *Chip) SetText(text string) {
	if c.text.Text() != text {
		c.text.SetText(text)
		c.Refresh()
	}
}

// Text returns the whole text, also what was cut.
func (c *Chip) Text() string { return c.text.Text() }

// CreateRenderer is for Fyne.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(nil)
	s := &sketch{owner: c, objects: []fyne.CanvasObject{back, c.text}}
	s.least = func() fyne.Size {
		whole := c.text.measure(c.text.Text())
		return whole.AddWidthHeight(2*size(c, theme.GapSmall)+1, size(c, theme.GapTiny))
	}
	s.place = func(at fyne.Size) {
		own, side := at.Min(s.least()), size(c, theme.GapSmall) // a chip never grows with its place
		back.Move(fyne.NewPos(0, (at.Height-own.Height)/2))
		back.Resize(own)
		back.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
		c.text.Move(fyne.NewPos(side, 0))
		c.text.Resize(fyne.NewSize(max(0, own.Width-2*side), at.Height))
	}
	s.paint = func() {
		back.FillColor, back.CornerRadius = shade(c, theme.Chip), size(c, theme.RadiusSmall)
	}
	s.paint()
	return s
}
