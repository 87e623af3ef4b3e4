// Package widget holds Earshot's own widgets: the waveform, the share bar with
// its interval, key caps, buttons, cards and the small parts of a page.
//
// They know no service and no sentence. Texts come in as strings already in
// the person's language, what a person does goes out through callbacks (OnTap,
// OnSeek, …), and all else is set by methods. A setter compares first and
// repaints only when something differs, so screens may set everything anew
// after each change. All methods belong to Fyne's goroutine.
//
// Keys: a [Surface] hears them while no field has the focus. Buttons, tabs and
// rows that were reached by Tab take Space and Enter, and hand every other key
// on to the surface; tapping any of them takes the focus away from a field.
//
// Colours and sizes are those of package theme; nothing here holds its own.
package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

var (
	_ fyne.Widget       = (*Button)(nil)
	_ fyne.Widget       = (*Card)(nil)
	_ fyne.Widget       = (*Chart)(nil)
	_ fyne.Widget       = (*Chip)(nil)
	_ fyne.Widget       = (*EmptyState)(nil)
	_ fyne.Widget       = (*Field)(nil)
	_ fyne.Widget       = (*IntervalBar)(nil)
	_ fyne.Widget       = (*KeyHint)(nil)
	_ fyne.Widget       = (*Mark)(nil)
	_ fyne.Widget       = (*NavItem)(nil)
	_ fyne.Widget       = (*Passage)(nil)
	_ fyne.Widget       = (*Row)(nil)
	_ fyne.Widget       = (*Segmented)(nil)
	_ fyne.Widget       = (*StepDots)(nil)
	_ fyne.Widget       = (*Text)(nil)
	_ fyne.Widget       = (*Toast)(nil)
	_ fyne.Widget       = (*Waveform)(nil)
	_ fyne.Focusable    = (*Field)(nil)
	_ fyne.Shortcutable = (*Field)(nil)
)

// themed is what a widget knows of its looks.
type themed interface{ Theme() fyne.Theme }

func shade(w themed, name fyne.ThemeColorName) color.Color {
	return w.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

func size(w themed, name fyne.ThemeSizeName) float32 { return w.Theme().Size(name) }

// sketch is the renderer of all widgets here: the objects, and how they are
// measured, placed and painted.
type sketch struct {
	owner   fyne.Widget
	objects []fyne.CanvasObject
	least   func() fyne.Size // cheap: asked for on every frame
	place   func(fyne.Size)
	paint   func() // reads the owner's state and the theme's colours
}

var _ fyne.WidgetRenderer = (*sketch)(nil)

func (s *sketch) Destroy()                     {}
func (s *sketch) Layout(at fyne.Size)          { s.place(at) }
func (s *sketch) MinSize() fyne.Size           { return s.least() }
func (s *sketch) Objects() []fyne.CanvasObject { return s.objects }

// Refresh paints, and tells the widgets within: Fyne stops at a widget when the
// theme changes.
func (s *sketch) Refresh() {
	s.paint()
	for _, o := range s.objects {
		switch o.(type) {
		case fyne.Widget, *fyne.Container:
			o.Refresh()
		}
	}
	s.place(s.owner.Size())
	canvas.Refresh(s.owner)
}

// control is what buttons, tabs and rows have in common: they can be tapped,
// reached by Tab and switched off, and they show where the pointer is.
type control struct {
	widget.BaseWidget
	self     fyne.Widget
	hovered  bool
	focused  bool
	disabled bool
	keyed    bool // by the tap that is under way

	// OnTap is called when the control was tapped, or chosen by Space or Enter.
	OnTap func()
}

var (
	_ fyne.Tappable      = (*control)(nil)
	_ fyne.Focusable     = (*control)(nil)
	_ fyne.Disableable   = (*control)(nil)
	_ desktop.Hoverable  = (*control)(nil)
	_ desktop.Keyable    = (*control)(nil)
	_ desktop.Cursorable = (*control)(nil)
)

func (c *control) extend(self fyne.Widget) {
	c.self = self
	c.ExtendBaseWidget(self)
}

// Tapped takes the focus from a field, which Fyne 2.7.1 does not do by itself
// (fyne#5107), and then acts: otherwise the next letter would still go into
// the field.
func (c *control) Tapped(*fyne.PointEvent) {
	if c.disabled {
		return
	}
	Release(c.self)
	if c.OnTap != nil {
		c.OnTap()
	}
}

// Keyed reports, while OnTap runs, whether it was a key that chose the control:
// who came by keys goes on from there.
func (c *control) Keyed() bool { return c.keyed }

// TypedKey acts on Space and Enter, leaves on Escape and hands on the rest;
// Escape too in a dialog, which it closes.
func (c *control) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.keyed = true
		c.Tapped(nil)
		c.keyed = false
		return
	case fyne.KeyEscape:
		Release(c.self)
		if !inDialog(c.self) {
			return
		}
	}
	c.hand(key)
}

// hand gives a key to the surface.
func (c *control) hand(key *fyne.KeyEvent) {
	handOn(c.self, func(to fyne.Canvas) func(*fyne.KeyEvent) { return to.OnTypedKey() }, key)
}

// TypedRune hands the rune on to the surface.
func (c *control) TypedRune(r rune) {
	handOn(c.self, func(to fyne.Canvas) func(rune) { return to.OnTypedRune() }, r)
}

// KeyDown hands the key on to the surface.
func (c *control) KeyDown(key *fyne.KeyEvent) {
	handOn(c.self, onDesktop(desktop.Canvas.OnKeyDown), key)
}

// KeyUp hands the key on to the surface.
func (c *control) KeyUp(key *fyne.KeyEvent) {
	handOn(c.self, onDesktop(desktop.Canvas.OnKeyUp), key)
}

// FocusGained shows that Space and Enter act here.
func (c *control) FocusGained() {
	c.set(&c.focused, true)
	reveal(c.self)
}

// FocusLost is the opposite of FocusGained.
func (c *control) FocusLost() { c.set(&c.focused, false) }

// MouseIn shows that a tap acts here.
func (c *control) MouseIn(*desktop.MouseEvent) { c.set(&c.hovered, true) }

// MouseMoved does nothing.
func (c *control) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is the opposite of MouseIn.
func (c *control) MouseOut() { c.set(&c.hovered, false) }

// Cursor is a hand where a tap acts.
func (c *control) Cursor() desktop.Cursor {
	if c.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// SetEnabled lets the control be used, or greys it and keeps it from acting.
func (c *control) SetEnabled(on bool) { c.set(&c.disabled, !on) }

// Enable implements fyne.Disableable.
func (c *control) Enable() { c.SetEnabled(true) }

// Disable implements fyne.Disableable.
func (c *control) Disable() { c.SetEnabled(false) }

// Disabled reports whether the control is switched off.
func (c *control) Disabled() bool { return c.disabled }

func (c *control) set(field *bool, to bool) {
	if *field == to {
		return
	}
	*field = to
	c.self.Refresh()
}

// ring paints the line around what has the keyboard's focus.
func (c *control) ring(r *canvas.Rectangle, radius fyne.ThemeSizeName) {
	r.FillColor = color.Transparent
	r.StrokeColor = shade(c, theme.FocusRing)
	r.StrokeWidth = size(c, theme.FocusLine)
	r.CornerRadius = size(c, radius)
	r.Hidden = !c.focused
}

// Release takes the keyboard's focus from whatever has it on the canvas that
// shows o, so that the surface hears the keys again.
func Release(o fyne.CanvasObject) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		c.Unfocus()
	}
}

// inDialog reports whether something lies over the page that shows o.
func inDialog(o fyne.CanvasObject) bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	return c != nil && len(c.Overlays().List()) > 0
}

// handOn gives an event to what the canvas of w does with it when nothing has
// the focus, which is where a [Surface] listens.
func handOn[E any](w fyne.CanvasObject, handler func(fyne.Canvas) func(E), event E) {
	c := fyne.CurrentApp().Driver().CanvasForObject(w)
	if c == nil {
		return
	}
	if handle := handler(c); handle != nil {
		handle(event)
	}
}

// onDesktop looks a handler up where the canvas is a desktop's.
func onDesktop(handler func(desktop.Canvas) func(*fyne.KeyEvent)) func(fyne.Canvas) func(*fyne.KeyEvent) {
	return func(c fyne.Canvas) func(*fyne.KeyEvent) {
		if d, ok := c.(desktop.Canvas); ok {
			return handler(d)
		}
		return nil
	}
}

// Show shows or hides an object, if it is not so already.
func Show(o fyne.CanvasObject, shown bool) {
	switch {
	case o.Visible() == shown:
	case shown:
		o.Show()
	default:
		o.Hide()
	}
}
