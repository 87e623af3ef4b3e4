package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
)

// NavItem leads to a screen from the rail at the window's side: an icon over
// its name.
type NavItem struct {
	control
	icon   fyne.Resource
	text   *Text
	chosen bool
}

// NewNavItem returns an item that calls tap.
func NewNavItem(icon fyne.Resource, name string, tap func()) *NavItem {
	n := &NavItem{icon: icon, text: NewText(name, Look{})}
	n.OnTap = tap
	n.extend(n)
	return n
}

// SetChosen sets whether this is the screen one is at.
func (n *NavItem) SetChosen(chosen bool) { n.set(&n.chosen, chosen) }

// Chosen reports whether this is the screen one is at.
func (n *NavItem) Chosen() bool { return n.chosen }

// CreateRenderer is for Fyne.
func (n *NavItem) CreateRenderer() fyne.WidgetRenderer {
	back, ring, icon := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewImageFromResource(nil)
	icon.FillMode = canvas.ImageFillContain
	s := &sketch{owner: n, objects: []fyne.CanvasObject{back, icon, n.text, ring}}
	s.least = func() fyne.Size {
		name := n.text.measure(n.text.Text())
		height := size(n, theme.IconNav) + name.Height + 3*size(n, theme.GapSmall)
		return fyne.NewSize(max(72, name.Width+size(n, theme.GapSmall)), height)
	}
	s.place = func(at fyne.Size) {
		back.Resize(at)
		back.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
		ring.Resize(at)
		side, gap := size(n, theme.IconNav), size(n, theme.GapSmall)
		icon.Move(fyne.NewPos((at.Width-side)/2, gap+gap/2))
		icon.Resize(fyne.NewSquareSize(side))
		n.text.Move(fyne.NewPos(0, 2*gap+side))
		n.text.Resize(fyne.NewSize(at.Width, n.text.measure(n.text.Text()).Height))
	}
	s.paint = func() { n.paint(back, ring, icon) }
	s.paint()
	return s
}

func (n *NavItem) paint(back, ring *canvas.Rectangle, icon *canvas.Image) {
	ink := theme.Muted
	fill := fyne.ThemeColorName(theme.Card)
	switch {
	case n.chosen:
		ink, fill = theme.Link, theme.Tint
	case n.hovered:
		fill = fynetheme.ColorNameHover
	}
	back.FillColor, back.CornerRadius = shade(n, fill), size(n, theme.RadiusControl)
	n.ring(ring, theme.RadiusControl)
	n.text.SetLook(Look{Size: theme.TextCaption, Color: ink, Bold: n.chosen, Fit: Cut, Align: fyne.TextAlignCenter})
	icon.Resource = fynetheme.NewColoredResource(n.icon, ink)
	icon.Refresh()
}
