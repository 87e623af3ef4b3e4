package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// EmptyState stands where there is nothing yet and says what to do next.
type EmptyState struct {
	widget.BaseWidget
	icon        fyne.Resource
	title, text *Text
	buttons     *fyne.Container
}

// emptyWidth keeps the sentence short enough to read at a glance.
const emptyWidth = 440

// NewEmptyState returns an empty state. The first button should be the one
// that most people need.
func NewEmptyState(icon fyne.Resource, title, text string, buttons ...*Button) *EmptyState {
	e := &EmptyState{icon: icon}
	e.title = NewText(title, Look{Size: theme.TextHeading, Bold: true, Fit: Wrap, Align: fyne.TextAlignCenter})
	e.text = NewText(text, Look{Color: theme.Muted, Fit: Wrap, Align: fyne.TextAlignCenter})
	e.buttons = container.New(layout.NewCustomPaddedHBoxLayout(8))
	for _, b := range buttons {
		e.buttons.Add(b)
	}
	e.ExtendBaseWidget(e)
	return e
}

// Set says something else.
func (e *EmptyState) Set(title, text string) {
	if e.title.Text() != title || e.text.Text() != text {
		e.title.SetText(title)
		e.text.SetText(text)
		e.Refresh()
	}
}

// Held implements [Holder].
func (e *EmptyState) Held() []fyne.CanvasObject { return []fyne.CanvasObject{e.buttons} }

// CreateRenderer is for Fyne.
func (e *EmptyState) CreateRenderer() fyne.WidgetRenderer {
	icon := canvas.NewImageFromResource(nil)
	icon.FillMode = canvas.ImageFillContain
	s := &sketch{owner: e, objects: []fyne.CanvasObject{icon, e.title, e.text, e.buttons}}
	s.least = func() fyne.Size {
		buttons := e.buttons.MinSize()
		return fyne.NewSize(max(buttons.Width, 200), e.height(icon))
	}
	s.place = func(at fyne.Size) { e.place(icon, at) }
	s.paint = func() {
		icon.Resource = fynetheme.NewColoredResource(e.icon, theme.Muted)
		icon.Refresh()
	}
	s.paint()
	return s
}

func (e *EmptyState) height(icon *canvas.Image) float32 {
	return size(e, theme.IconLarge) + e.title.MinSize().Height + e.text.MinSize().Height +
		e.buttons.MinSize().Height + 3*size(e, theme.Gap)
}

// place stacks the parts in the middle.
func (e *EmptyState) place(icon *canvas.Image, at fyne.Size) {
	width := min(emptyWidth, at.Width)
	e.title.Resize(fyne.NewSize(width, e.title.MinSize().Height)) // the width first: it decides the heights
	e.text.Resize(fyne.NewSize(width, e.text.MinSize().Height))
	y := max(0, (at.Height-e.height(icon))/2)
	put := func(o fyne.CanvasObject, width, height float32) {
		o.Move(fyne.NewPos((at.Width-width)/2, y))
		o.Resize(fyne.NewSize(width, height))
		y += height + size(e, theme.Gap)
	}
	side := size(e, theme.IconLarge)
	put(icon, side, side)
	put(e.title, width, e.title.MinSize().Height)
	put(e.text, width, e.text.MinSize().Height)
	put(e.buttons, e.buttons.MinSize().Width, e.buttons.MinSize().Height)
}
