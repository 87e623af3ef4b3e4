package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// Surface hears the keys of one window while no field has the focus: it is
// where Space plays and 1 tags.
//
// It is the canvas itself rather than a focusable widget behind the page. In
// Fyne 2.7.1 a focusable object beneath the pointer keeps the driver from
// taking the focus from a field when something else is clicked, so that a
// widget as large as the page would make letters go on into the field. The
// canvas hears keys exactly when nothing is focused, and the widgets of this
// package hand on what they do not use.
type Surface struct {
	canvas fyne.Canvas
	held   fyne.KeyName
	typed  int // how often held was typed since it went down

	// OnKey is called for keys that write nothing: arrows, Enter, Space,
	// Delete, F1 …; repeat tells that the key is being held down.
	OnKey func(name fyne.KeyName, mod fyne.KeyModifier, repeat bool)
	// OnRune is called for keys that write: letters, digits, brackets.
	OnRune func(r rune, repeat bool)
	// Modifiers tells which of Shift, Ctrl, Alt and Super are down, for OnKey;
	// at first it asks Fyne's driver.
	Modifiers func() fyne.KeyModifier
}

// NewSurface returns the surface of the window with that canvas, listening.
func NewSurface(c fyne.Canvas) *Surface {
	s := &Surface{canvas: c, Modifiers: driverModifiers}
	c.SetOnTypedKey(s.TypedKey)
	c.SetOnTypedRune(s.TypedRune)
	if d, ok := c.(desktop.Canvas); ok {
		d.SetOnKeyDown(s.KeyDown)
		d.SetOnKeyUp(s.KeyUp)
	}
	return s
}

// Take brings the focus back from a field, after a dialog or Escape.
func (s *Surface) Take() { s.canvas.Unfocus() }

// KeyDown notes that a key went down; it is not called again while the key is
// held, which is how a repeat is told from a press.
func (s *Surface) KeyDown(key *fyne.KeyEvent) { s.held, s.typed = key.Name, 0 }

// KeyUp notes that a key was let go.
func (s *Surface) KeyUp(key *fyne.KeyEvent) {
	if key.Name == s.held {
		s.held = ""
	}
}

// TypedKey is for Fyne and for tests.
func (s *Surface) TypedKey(key *fyne.KeyEvent) {
	if key.Name == s.held {
		s.typed++
	}
	if s.OnKey != nil {
		s.OnKey(key.Name, s.Modifiers(), s.repeats())
	}
}

// TypedRune is for Fyne and for tests. The rune follows its key's TypedKey.
func (s *Surface) TypedRune(r rune) {
	if s.OnRune != nil {
		s.OnRune(r, s.repeats())
	}
}

func (s *Surface) repeats() bool { return s.held != "" && s.typed > 1 }

func driverModifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}
