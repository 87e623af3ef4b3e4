package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// revealed is what else is in sight around a thing that was scrolled to.
const revealed = 24

// A Holder is a widget with others in it: what Tab reaches in these is scrolled
// into sight only where Held tells of them.
type Holder interface{ Held() []fyne.CanvasObject }

// reveal scrolls all that lies around o as little as brings it into sight: who
// comes to it by Tab must see where they are.
func reveal(o fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	canvas := driver.CanvasForObject(o)
	if canvas == nil {
		return
	}
	root := canvas.Content()
	if top := canvas.Overlays().Top(); top != nil {
		root = top
	}
	around, _ := scrollsTo(o, root)
	for _, s := range around {
		at := driver.AbsolutePositionForObject(o).Subtract(driver.AbsolutePositionForObject(s.Content))
		room := s.Content.Size().Subtract(s.Size())
		to := fyne.NewPos(
			least(s.Offset.X, at.X, o.Size().Width, s.Size().Width, room.Width),
			least(s.Offset.Y, at.Y, o.Size().Height, s.Size().Height, room.Height))
		if to != s.Offset {
			s.ScrollToOffset(to)
			if s.OnScrolled != nil { // Fyne 2.7.1 tells of what a hand scrolls only
				s.OnScrolled(to)
			}
		}
	}
}

// least is the offset nearest to the present one at which a length from a place
// on is in sight; its beginning, if there is no room for all.
func least(offset, at, length, sight, room float32) float32 {
	if at >= offset && at+length <= offset+sight {
		return offset
	}
	to := min(at-revealed, max(offset, at+length+revealed-sight))
	return max(0, min(room, to))
}

// scrollsTo are the scrolls between root and o, the outermost first; ok is false
// where o is not seen to lie in root.
func scrollsTo(o, root fyne.CanvasObject) (around []*container.Scroll, ok bool) {
	if root == o {
		return nil, true
	}
	var inside []fyne.CanvasObject
	switch root := root.(type) {
	case *fyne.Container:
		inside = root.Objects
	case *widget.PopUp:
		inside = []fyne.CanvasObject{root.Content}
	case *container.Scroll:
		around, ok = scrollsTo(o, root.Content)
		return append([]*container.Scroll{root}, around...), ok
	case Holder:
		inside = root.Held()
	}
	for _, child := range inside {
		if child.Visible() {
			if around, ok = scrollsTo(o, child); ok {
				return around, true
			}
		}
	}
	return nil, false
}
