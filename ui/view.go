package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/ui/command"
)

// view is where a page is seen. One that needs more room than the window has, as
// with large text, is scrolled, by the wheel or these keys.
type view struct {
	*container.Scroll
	page *fyne.Container // holds the page, or the welcome
	room *room
}

func newView() view {
	room := &room{}
	page := container.New(room)
	return view{container.NewScroll(page), page, room}
}

// show puts a page into the view. One that fits itself into little room is given no
// more than it asks for.
func (v view) show(page fyne.CanvasObject, fits bool) {
	v.room.fits = fits
	v.page.Objects = []fyne.CanvasObject{page}
	v.page.Refresh()
	v.ScrollToOffset(fyne.Position{})
}

// room gives the page the whole view, and at least what a window of 1024 × 700
// has for it, which pages are laid out for, unless it fits itself into less.
type room struct{ fits bool }

func (r *room) MinSize(page []fyne.CanvasObject) fyne.Size {
	least := fyne.NewSize(880, 620)
	if r.fits {
		least = fyne.Size{}
	}
	for _, p := range page {
		least = least.Max(p.MinSize())
	}
	return least
}

func (*room) Layout(page []fyne.CanvasObject, size fyne.Size) {
	for _, p := range page {
		p.Move(fyne.Position{})
		p.Resize(size)
	}
}

// viewStep is how far a key scrolls: about two lines of a list.
const viewStep = 80

// cut reports whether the page has more than is seen.
func (v view) cut() bool {
	page, seen := v.page.MinSize(), v.Size()
	return page.Width > seen.Width || page.Height > seen.Height
}

func (v view) by(dx, dy float32) {
	room := v.page.Size().Subtract(v.Size())
	v.ScrollToOffset(fyne.NewPos(
		max(0, min(room.Width, v.Offset.X+dx)),
		max(0, min(room.Height, v.Offset.Y+dy)),
	))
}

// commands scroll the page that is seen.
func (v view) commands() []command.Command {
	scroll := func(id string, title text.Key, key fyne.KeyName, dx, dy float32) command.Command {
		return command.Command{
			ID: id, Title: title, Menu: "shell.menu.view", InField: true, Repeats: true, Enabled: v.cut,
			Keys: []command.Key{command.Named(key, fyne.KeyModifierAlt)}, Run: func() { v.by(dx, dy) },
		}
	}
	return []command.Command{
		scroll("view.down", "shell.view.down", fyne.KeyDown, 0, viewStep),
		scroll("view.up", "shell.view.up", fyne.KeyUp, 0, -viewStep),
		scroll("view.right", "shell.view.right", fyne.KeyRight, viewStep, 0),
		scroll("view.left", "shell.view.left", fyne.KeyLeft, -viewStep, 0),
	}
}
