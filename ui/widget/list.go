package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// List shows rows of one height, of which only those in sight are made. What a
// key does here is for the surface to say: Fyne's own list keeps all keys once
// it has the focus.
type List struct{ widget.List }

// NewList returns a list of length rows, made by create and set by update,
// which may be asked for a row beyond the length.
func NewList(length func() int, create func() fyne.CanvasObject, update func(n int, row fyne.CanvasObject)) *List {
	l := &List{}
	l.Length, l.CreateItem, l.HideSeparators = length, create, true
	l.UpdateItem = func(n widget.ListItemID, row fyne.CanvasObject) {
		if n < length() {
			update(n, row)
		}
	}
	l.ExtendBaseWidget(l)
	return l
}

// TypedKey hands the key on to the surface; Escape leaves.
func (l *List) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyEscape {
		Release(l)
		return
	}
	handOn(l, func(to fyne.Canvas) func(*fyne.KeyEvent) { return to.OnTypedKey() }, key)
}

// TypedRune hands the rune on to the surface.
func (l *List) TypedRune(r rune) {
	handOn(l, func(to fyne.Canvas) func(rune) { return to.OnTypedRune() }, r)
}

// KeyDown hands the key on to the surface.
func (l *List) KeyDown(key *fyne.KeyEvent) { handOn(l, onDesktop(desktop.Canvas.OnKeyDown), key) }

// KeyUp hands the key on to the surface.
func (l *List) KeyUp(key *fyne.KeyEvent) { handOn(l, onDesktop(desktop.Canvas.OnKeyUp), key) }
