package widget

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Field is a line of text to type. While it has the focus, letters are text
// and nothing else; Escape gives the focus back to the surface.
type Field struct {
	widget.Entry

	// OnKey is asked first for every key that writes nothing, such as Up or
	// Enter, and answers whether it used it.
	OnKey func(name fyne.KeyName) (used bool)
	// OnShortcut is asked first for keys with Ctrl, Alt or Super that no menu
	// holds, and answers whether it used them.
	OnShortcut func(name fyne.KeyName, mod fyne.KeyModifier) (used bool)
	// OnLeave is called after Escape, when the focus is gone.
	OnLeave func()
	// OnFocus is called when the field gains or loses the focus.
	OnFocus func(gained bool)
}

// NewField returns an empty field that shows hint until something is typed.
func NewField(hint string) *Field {
	f := &Field{}
	f.ExtendBaseWidget(f)
	f.PlaceHolder = hint
	return f
}

// SetText shows another text, with the cursor behind it: who comes to a name
// goes on writing it.
func (f *Field) SetText(text string) {
	if f.Text == text {
		return
	}
	f.Entry.SetText(text)
	f.CursorRow, f.CursorColumn = 0, utf8.RuneCountInString(text)
	f.Refresh()
}

// TypedKey is for Fyne and for tests.
func (f *Field) TypedKey(key *fyne.KeyEvent) {
	if f.OnKey != nil && f.OnKey(key.Name) {
		return
	}
	if key.Name != fyne.KeyEscape {
		f.Entry.TypedKey(key)
		return
	}
	Release(f)
	if f.OnLeave != nil {
		f.OnLeave()
	}
}

// TypedShortcut is for Fyne and for tests.
func (f *Field) TypedShortcut(shortcut fyne.Shortcut) {
	if s, ok := shortcut.(*desktop.CustomShortcut); ok && f.OnShortcut != nil && f.OnShortcut(s.KeyName, s.Modifier) {
		return
	}
	f.Entry.TypedShortcut(shortcut)
}

// FocusGained is for Fyne.
func (f *Field) FocusGained() {
	f.Entry.FocusGained()
	reveal(f)
	if f.OnFocus != nil {
		f.OnFocus(true)
	}
}

// FocusLost is for Fyne.
func (f *Field) FocusLost() {
	f.Entry.FocusLost()
	if f.OnFocus != nil {
		f.OnFocus(false)
	}
}
