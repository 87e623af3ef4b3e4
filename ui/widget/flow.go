package widget

import (
	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/ui/theme"
)

// Flow is a layout that sets objects beside one another, each as wide as it is,
// and goes on in another line where they do not fit. Its height is that at the
// width which it was given last: within a [Column] it is right.
type Flow struct {
	Least float32 // the width that it asks for, unless an object is wider
	width float32
}

// MinSize implements fyne.Layout.
func (f *Flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := f.Least
	for _, o := range objects {
		width = max(width, o.MinSize().Width)
	}
	return fyne.NewSize(width, f.lay(objects, max(width, f.width), func(fyne.CanvasObject, fyne.Position, fyne.Size) {}))
}

// Layout implements fyne.Layout.
func (f *Flow) Layout(objects []fyne.CanvasObject, at fyne.Size) {
	f.width = at.Width
	f.lay(objects, at.Width, func(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
		o.Move(at)
		o.Resize(size)
	})
}

// lay places objects in lines, and answers how high they are.
func (f *Flow) lay(objects []fyne.CanvasObject, width float32, place func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	x, y, high := float32(0), float32(0), float32(0)
	gap := themeSize(theme.GapTiny)
	for _, o := range objects {
		size := o.MinSize()
		if x > 0 && x+size.Width > width {
			x, y, high = 0, y+high+gap, 0
		}
		place(o, fyne.NewPos(x, y), size)
		x, high = x+size.Width+gap, max(high, size.Height)
	}
	return y + high
}
