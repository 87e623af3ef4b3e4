package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// ToastLasts is how long a passing message stays: long enough to read two
// lines and to reach its button.
const ToastLasts = 7 * time.Second

// Toast shows one passing message above the page: lay it over the page with
// container.NewStack. It lies at the foot on the left and is no wider than the
// widest column there, since the buttons at the foot of a page lie on its right. It
// is not one of the canvas's overlays, under which keys would stop.
type Toast struct {
	widget.BaseWidget
	text   *Text
	button *Button
	after  func(time.Duration, func()) (cancel func())
	cancel func()
	act    func()
	shown  bool
}

// NewToast returns a toast that shows nothing yet. after calls a function on
// Fyne's goroutine when the time is over, unless it is cancelled.
func NewToast(after func(time.Duration, func()) (cancel func())) *Toast {
	t := &Toast{after: after, cancel: func() {}}
	t.text = NewText("", Look{Color: theme.OnToast, Fit: Wrap, Lines: 3})
	t.button = NewButton("", Quiet, t.tapped)
	t.button.toast = true
	t.ExtendBaseWidget(t)
	return t
}

// Say shows text, in place of what is shown, for [ToastLasts]. With an action
// there is a button of that name, which calls act and hides the message.
func (t *Toast) Say(text, action string, act func()) {
	t.cancel()
	t.text.SetText(text)
	t.button.SetText(action)
	t.act, t.shown = act, true
	t.cancel = t.after(ToastLasts, t.Dismiss)
	t.Refresh()
}

// Dismiss hides the message.
func (t *Toast) Dismiss() {
	t.cancel()
	if t.shown {
		t.shown, t.act = false, nil
		t.Refresh()
	}
}

// Shown returns the message that is shown, "" for none.
func (t *Toast) Shown() string {
	if !t.shown {
		return ""
	}
	return t.text.Text()
}

func (t *Toast) tapped() {
	act := t.act
	t.Dismiss()
	if act != nil {
		act()
	}
}

// CreateRenderer is for Fyne.
func (t *Toast) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(nil)
	s := &sketch{owner: t, objects: []fyne.CanvasObject{back, t.text, t.button}}
	s.least = func() fyne.Size { return fyne.Size{} }
	s.place = func(at fyne.Size) { t.place(back, at) }
	s.paint = func() {
		back.FillColor, back.CornerRadius = shade(t, theme.ToastBack), size(t, theme.Radius)
		back.Hidden, t.text.Hidden = !t.shown, !t.shown
		t.button.Hidden = !t.shown || t.button.Text() == ""
	}
	s.paint()
	return s
}

// toastMost is how wide a toast is at most: not as wide as the first column of a page
// in a window of 1024.
const toastMost = 560

// place puts the message at the foot, on the left.
func (t *Toast) place(back *canvas.Rectangle, at fyne.Size) {
	gap := size(t, theme.Gap)
	var button fyne.Size
	if t.button.Visible() {
		button = t.button.MinSize().AddWidthHeight(gap, 0)
	}
	room := at.Width - 4*gap - button.Width
	width := min(t.text.measure(t.text.Text()).Width+1, room, toastMost-2*gap-button.Width)
	t.text.Resize(fyne.NewSize(width, t.text.MinSize().Height))
	height := max(t.text.MinSize().Height, button.Height)
	box := fyne.NewSize(width+button.Width+2*gap, height+gap)
	corner := fyne.NewPos(gap, at.Height-box.Height-gap)
	back.Move(corner)
	back.Resize(box)
	back.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
	t.text.Move(corner.AddXY(gap, (box.Height-t.text.MinSize().Height)/2))
	t.button.Move(corner.AddXY(box.Width-button.Width, (box.Height-button.Height)/2))
	t.button.Resize(t.button.MinSize())
}
