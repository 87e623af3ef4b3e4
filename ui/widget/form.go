package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/ui/theme"
)

// Answers lets Enter and Escape end a dialog from within one of its fields, for
// [Field.OnKey]: Enter dismisses it and acts if that is ok, Escape dismisses it.
func Answers(dismiss func(), ok func() bool, act func()) func(fyne.KeyName) bool {
	return func(name fyne.KeyName) bool {
		switch name {
		case fyne.KeyReturn, fyne.KeyEnter:
			if ok() {
				dismiss()
				act()
			}
			return true
		case fyne.KeyEscape:
			dismiss()
			return true
		}
		return false
	}
}

// Labelled puts a caption above what it names.
func Labelled(caption string, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(Column{Gap: theme.GapTiny},
		NewText(caption, Look{Size: theme.TextCaption, Color: theme.Muted}), o)
}
