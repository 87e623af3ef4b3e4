package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// A modal is an open dialog: ours, or one of Fyne's for files.
type modal struct {
	title         string
	overlay       fyne.CanvasObject
	enter, escape func()
	update        func()            // switches its buttons on and off
	scroll        *container.Scroll // what may be higher than the window; nil for none
}

// How far the keys scroll a dialog; end is further than any is long.
const (
	lineStep = 40
	pageStep = 320
	end      = 1e6
)

// press gives a key its meaning in the dialog, and reports whether it has one.
func (m *modal) press(k command.Key) bool {
	switch k {
	case command.Named(fyne.KeyReturn):
		m.enter()
	case command.Named(fyne.KeyEscape):
		m.escape()
	case command.Named(fyne.KeyDown):
		m.move(lineStep)
	case command.Named(fyne.KeyUp):
		m.move(-lineStep)
	case command.Named(fyne.KeyPageDown):
		m.move(pageStep)
	case command.Named(fyne.KeyPageUp):
		m.move(-pageStep)
	case command.Named(fyne.KeyHome):
		m.move(-end)
	case command.Named(fyne.KeyEnd):
		m.move(end)
	default:
		return false
	}
	return true
}

func (m *modal) move(by float32) {
	if m.scroll == nil {
		return
	}
	lowest := max(0, m.scroll.Content.Size().Height-m.scroll.Size().Height)
	m.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(lowest, m.scroll.Offset.Y+by))))
}

// modal is the dialog that is on top, nil if there is none or something else,
// such as a list of choices, lies above it.
func (s *Shell) modal() *modal {
	if len(s.modals) == 0 {
		return nil
	}
	m := s.modals[len(s.modals)-1]
	if s.Canvas().Overlays().Top() != m.overlay {
		return nil
	}
	return m
}

// push notes an open dialog, and drop that it is closed.
func (s *Shell) push(m *modal) {
	s.modals = append(s.modals, m)
	s.Painted()
}

func (s *Shell) drop(m *modal) {
	for i, open := range s.modals {
		if open == m {
			s.modals = append(s.modals[:i], s.modals[i+1:]...)
		}
	}
	s.Surface()
	s.Painted()
}

// Dialog implements screen.Shell.
func (s *Shell) Dialog(title string, content fyne.CanvasObject, answers ...screen.Answer) (dismiss func()) {
	s.Surface()
	d := &dialog{shell: s, answers: answers}
	d.popup = fynewidget.NewModalPopUp(d.layOut(title, content), s.Canvas())
	d.modal = &modal{title: title, overlay: d.popup, enter: d.enter, escape: d.escape, update: d.update, scroll: d.scroll}
	d.update()
	d.popup.Show()
	s.push(d.modal)
	return d.dismiss
}

// dialog is one of ours.
type dialog struct {
	shell   *Shell
	answers []screen.Answer
	buttons []*widget.Button
	scroll  *container.Scroll
	popup   *fynewidget.PopUp
	modal   *modal
	closed  bool
}

// dialogWidth is how wide a dialog is that asks for no more, and part is how
// much of the window's width it may fill; of its height, tall, with title and
// answers.
const (
	dialogWidth    = 460
	part           = 0.8
	tall           = 0.92
	titleToAnswers = 140
)

func (d *dialog) layOut(title string, content fyne.CanvasObject) fyne.CanvasObject {
	heading := widget.NewText(title, widget.Look{Size: theme.TextHeading, Bold: true, Fit: widget.Wrap, Lines: 3})
	row := container.New(layout.NewCustomPaddedHBoxLayout(8), layout.NewSpacer())
	for i, a := range d.answers {
		weight := widget.Secondary
		if a.Primary {
			weight = widget.Primary
		}
		b := widget.NewButton(a.Text, weight, func() { d.choose(i) })
		switch {
		case a.Primary:
			b.SetKey(command.Named(fyne.KeyReturn).Label(d.shell.Say))
		case i == len(d.answers)-1:
			b.SetKey(command.Named(fyne.KeyEscape).Label(d.shell.Say))
		}
		d.buttons = append(d.buttons, b)
		row.Add(b)
	}
	room := d.shell.Canvas().Size()
	d.scroll = container.NewVScroll(content)
	body := container.New(&fitted{content: content, most: fyne.NewSize(room.Width*part, room.Height*tall-titleToAnswers)}, d.scroll)
	return container.New(layout.NewCustomPaddedLayout(14, 14, 18, 18),
		container.New(layout.NewCustomPaddedVBoxLayout(14), heading, body, row))
}

// fitted is as large as what it scrolls over, up to most. Texts know how many
// lines they need only once they have their width, so it is set in MinSize.
type fitted struct {
	content fyne.CanvasObject
	most    fyne.Size
	width   float32
}

func (f *fitted) MinSize([]fyne.CanvasObject) fyne.Size {
	f.width = min(max(dialogWidth, f.content.MinSize().Width), f.most.Width)
	if f.content.Size().Width != f.width {
		f.content.Resize(fyne.NewSize(f.width, f.content.MinSize().Height))
	}
	return fyne.NewSize(f.width, min(f.content.MinSize().Height, f.most.Height))
}

func (f *fitted) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
}

// update shows which answers can be given.
func (d *dialog) update() {
	for i, a := range d.answers {
		if a.Enabled == nil {
			continue
		}
		d.buttons[i].SetEnabled(a.Enabled())
	}
}

func (d *dialog) choose(i int) {
	a := d.answers[i]
	if d.closed || (a.Enabled != nil && !a.Enabled()) {
		return
	}
	d.dismiss()
	if a.Choose != nil {
		a.Choose()
	}
}

// enter gives the primary answer; a dialog with one answer has no other.
func (d *dialog) enter() {
	for i, a := range d.answers {
		if a.Primary || len(d.answers) == 1 {
			d.choose(i)
			return
		}
	}
}

// escape gives the last answer.
func (d *dialog) escape() {
	if len(d.answers) == 0 {
		d.dismiss()
		return
	}
	d.choose(len(d.answers) - 1)
}

func (d *dialog) dismiss() {
	if d.closed {
		return
	}
	d.closed = true
	d.popup.Hide()
	d.shell.drop(d.modal)
}

// Fail implements screen.Shell. What went wrong inside is for the log, where
// its technical form stands; that a person stopped something is no failure.
func (s *Shell) Fail(err error) {
	code := review.CodeOf(err)
	if err == nil || code == review.Cancelled {
		return
	}
	s.parts.Log.Error("told", "code", string(code), "error", err)
	message, hint := s.Text().Error(err)
	if m := s.modal(); m != nil && m.title == message {
		return
	}
	text := widget.NewText(hint, widget.Look{Fit: widget.Wrap})
	s.Dialog(message, text, screen.Answer{Text: s.Say("shell.ok", nil), Primary: true})
}
