package session

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// cells is a layout of one row: objects of fixed widths, and of what is left
// where a width is 0.
type cells struct {
	widths []float32
	least  float32 // of what takes what is left
	gap    float32
	height float32 // at least
}

// MinSize implements fyne.Layout.
func (c cells) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(c.gap*float32(max(0, len(objects)-1)), c.height)
	for i, o := range objects {
		width := c.widths[i]
		if width == 0 {
			width = c.least
		}
		size = fyne.NewSize(size.Width+width, max(size.Height, o.MinSize().Height))
	}
	return size
}

// Layout implements fyne.Layout. Objects stand in the middle of the row.
func (c cells) Layout(objects []fyne.CanvasObject, at fyne.Size) {
	rest := at.Width - c.gap*float32(max(0, len(objects)-1))
	for _, width := range c.widths[:len(objects)] {
		rest -= width
	}
	x := float32(0)
	for i, o := range objects {
		width := c.widths[i]
		if width == 0 {
			width = max(0, rest)
		}
		o.Resize(fyne.NewSize(width, o.Size().Height)) // a text that wraps knows its height once it has its width
		height := o.MinSize().Height
		o.Move(fyne.NewPos(x, (at.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
		x += width + c.gap
	}
}

// padded keeps the content of a row below the title of its card.
func padded(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(4, 4, 10, 10), o)
}

// shares is a layout of two things below one another, of which the first has a
// part of the height.
type shares struct{ part, gap float32 }

// MinSize implements fyne.Layout.
func (l shares) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+b.Height+l.gap)
}

// Layout implements fyne.Layout.
func (l shares) Layout(objects []fyne.CanvasObject, at fyne.Size) {
	first := max(objects[0].MinSize().Height, (at.Height-l.gap)*l.part)
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(at.Width, first))
	objects[1].Move(fyne.NewPos(0, first+l.gap))
	objects[1].Resize(fyne.NewSize(at.Width, max(0, at.Height-first-l.gap)))
}

// broad is a layout that gives a dialog's column a width of its own.
type broad struct{ width float32 }

// below is what lies under the last line, whose descenders a scroll would cut.
const below = 4

// MinSize implements fyne.Layout.
func (l broad) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, objects[0].MinSize().Height+below)
}

// Layout implements fyne.Layout.
func (l broad) Layout(objects []fyne.CanvasObject, at fyne.Size) { objects[0].Resize(at) }

// formWidth lets most file names and links be read.
const formWidth = 600

// form is a dialog's content: its parts below one another.
func form(parts ...fyne.CanvasObject) *fyne.Container {
	return container.New(broad{formWidth}, container.New(widget.Column{Gap: theme.GapSmall}, parts...))
}

func note(said string) *widget.Text {
	return widget.NewText(said, widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
}

func wrapped(said string) *widget.Text { return widget.NewText(said, widget.Look{Fit: widget.Wrap}) }

// avatar is a person's initial on a ground of their colour.
type avatar struct {
	fynewidget.BaseWidget
	letter *widget.Text
	color  fyne.ThemeColorName
}

const avatarSize = 30

func newAvatar() *avatar {
	a := &avatar{letter: widget.NewText("", widget.Look{Size: theme.TextCaption, Bold: true, Color: theme.OnPrimary, Align: fyne.TextAlignCenter}), color: theme.Primary}
	a.ExtendBaseWidget(a)
	return a
}

func (a *avatar) set(letter string, color fyne.ThemeColorName) {
	a.letter.SetText(letter)
	if a.color != color {
		a.color = color
		a.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (a *avatar) CreateRenderer() fyne.WidgetRenderer {
	r := &avatarRenderer{avatar: a, ground: canvas.NewCircle(nil)}
	r.Refresh()
	return r
}

type avatarRenderer struct {
	avatar *avatar
	ground *canvas.Circle
}

func (r *avatarRenderer) Destroy()           {}
func (r *avatarRenderer) MinSize() fyne.Size { return fyne.NewSquareSize(avatarSize) }
func (r *avatarRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.avatar.letter}
}

func (r *avatarRenderer) Layout(at fyne.Size) {
	r.ground.Move(fyne.NewPos((at.Width-avatarSize)/2, (at.Height-avatarSize)/2))
	r.ground.Resize(fyne.NewSquareSize(avatarSize))
	height := r.avatar.letter.MinSize().Height
	r.avatar.letter.Move(fyne.NewPos(0, (at.Height-height)/2))
	r.avatar.letter.Resize(fyne.NewSize(at.Width, height))
}

func (r *avatarRenderer) Refresh() {
	r.ground.FillColor = r.avatar.Theme().Color(r.avatar.color, fyne.CurrentApp().Settings().ThemeVariant())
	r.ground.Refresh()
}
