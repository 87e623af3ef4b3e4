package ui

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/ui/widget"
)

// Opening is what a window shows while its library takes long to open, because
// it is brought up to date or another program holds it.
func Opening(t *text.Catalog) fyne.CanvasObject {
	return widget.NewEmptyState(fynetheme.StorageIcon(), t.Say("shell.opening", nil), t.Say("shell.opening.text", nil))
}

// Failed is what a window shows when its library cannot be opened: what is
// wrong, what to do, and a way to try again, with more ways out where there are
// any.
func Failed(t *text.Catalog, err error, again, quit func(), more ...*widget.Button) fyne.CanvasObject {
	message, hint := t.Error(err)
	ways := append([]*widget.Button{widget.NewButton(t.Say("shell.again", nil), widget.Primary, again)}, more...)
	return widget.NewEmptyState(fynetheme.WarningIcon(), message, hint,
		append(ways, widget.NewButton(t.Say("shell.quit", nil), widget.Secondary, quit))...)
}
