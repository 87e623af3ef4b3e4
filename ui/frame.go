package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/assets"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// navIcons are the signs of the screens on the rail.
var navIcons = map[string]func() fyne.Resource{
	screen.Listen:   fynetheme.MediaPlayIcon,
	screen.Issues:   fynetheme.ListIcon,
	screen.Meeting:  fynetheme.AccountIcon,
	screen.Session:  fynetheme.RadioButtonCheckedIcon,
	screen.Library:  fynetheme.StorageIcon,
	screen.Settings: fynetheme.SettingsIcon,
}

// frame is what the window shows around a page.
type frame struct {
	content fyne.CanvasObject
	side    fyne.CanvasObject // the rail
	items   map[string]*widget.NavItem
	welcome *widget.EmptyState
	buttons []*widget.Button // of the welcome
	status  *status
}

func newFrame(s *Shell) *frame {
	f := &frame{items: map[string]*widget.NavItem{}}
	f.status = newStatus(s)
	f.buttons = []*widget.Button{
		widget.NewButton(s.Say("shell.demo", nil), widget.Primary, s.openDemo),
		widget.NewButton(s.Say("shell.import", nil), widget.Secondary, s.ImportFolder),
	}
	f.buttons[0].SetKey(s.Key("app.demo"))
	f.buttons[1].SetKey(s.Key("app.import"))
	f.welcome = widget.NewEmptyState(fynetheme.MediaMusicIcon(), s.Say("shell.welcome", nil), s.Say("shell.welcome.text", nil), f.buttons...)
	beside := container.NewBorder(nil, f.status.content, nil, nil, container.NewStack(s.view.Scroll, s.toast))
	f.status.around = beside
	f.side = f.rail(s)
	f.content = container.NewBorder(nil, nil, f.side, nil, beside)
	return f
}

// rail leads to the screens; the last of them lies at its foot.
func (f *frame) rail(s *Shell) fyne.CanvasObject {
	logo := canvas.NewImageFromResource(fyne.NewStaticResource("icon.svg", assets.Icon))
	logo.FillMode = canvas.ImageFillContain
	logo.SetMinSize(fyne.NewSquareSize(40))
	which := widget.NewText(" ", widget.Look{Bold: true, Align: fyne.TextAlignCenter, Color: theme.Muted})
	if s.inDemo() {
		which.SetText(s.Say("shell.demo.sign", nil))
	}
	column := container.New(layout.NewCustomPaddedVBoxLayout(6), logo, which)
	for i, sc := range s.screens {
		name := sc.Name()
		item := widget.NewNavItem(navIcons[name](), s.Say(navText[name], nil), func() { s.Go(name) })
		f.items[name] = item
		if i == len(s.screens)-1 {
			column.Add(layout.NewSpacer())
		}
		column.Add(item)
	}
	return widget.NewPane(widget.Right, container.NewVScroll(container.New(layout.NewCustomPaddedLayout(14, 14, 8, 9), column)))
}

func (f *frame) welcomeRows() []string {
	var rows []string
	for _, b := range f.buttons {
		rows = append(rows, b.Text())
	}
	return rows
}

// arrange shows the chosen screen, or the welcome where a screen would have
// nothing to show.
func (s *Shell) arrange() {
	front := s.chosen
	if s.empty && !useful(front) {
		front = nil
	}
	for name, item := range s.frame.items {
		item.SetChosen(name == s.chosen.Name())
	}
	if front == s.front && len(s.view.page.Objects) > 0 {
		return
	}
	if s.front != nil {
		s.front.Hide()
	}
	s.front = front
	if front == nil {
		s.view.show(s.frame.welcome, true)
		return
	}
	s.view.show(front.Content(), front.Name() == screen.Settings)
	front.Show()
}

// A visited screen may have something to show although the library is empty: the
// calls of a session.
type visited interface{ Visited() bool }

// useful reports whether a screen is of use while the library is empty: one
// joins a session with an empty library too.
func useful(s screen.Screen) bool {
	v, ok := s.(visited)
	return s.Name() == screen.Settings || s.Name() == screen.Session || ok && v.Visited()
}

// Full implements screen.Shell.
func (s *Shell) Full(full bool) {
	if full {
		s.frame.side.Hide()
	} else {
		s.frame.side.Show()
	}
	s.frame.content.Refresh()
	s.Painted()
}

// An opener brings a call to the front; the listening screen is one.
type opener interface {
	Open(uid string, at time.Duration)
}

// Open implements screen.Shell. Of a call that was forgotten there is nothing to
// open.
func (s *Shell) Open(uid string, at time.Duration) {
	if review.Forgotten(uid) {
		s.Toast(s.Say("shell.forgotten", nil), "", nil)
		return
	}
	for _, sc := range s.screens {
		if listen, ok := sc.(opener); ok {
			s.Go(sc.Name())
			listen.Open(uid, at)
			s.arrange() // a guest's call may be the only one there is
		}
	}
}
