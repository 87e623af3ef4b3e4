package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// keyWidth is the column of the keys on the help page.
const keyWidth = 190

// help shows all keys: those of the screen one is at first, then those of the
// others, then those that act everywhere.
func (s *Shell) help() {
	everywhere := s.table.Help("", s.Say)
	box := container.New(layout.NewCustomPaddedVBoxLayout(6))
	for _, sc := range s.nearest() {
		s.helpOn(box, s.Say(navText[sc.Name()], nil), without(s.table.Help(sc.Name(), s.Say), everywhere))
	}
	s.helpOn(box, s.Say("shell.help.everywhere", nil), everywhere)
	s.Dialog(s.Say("shell.help", nil), box, screen.Answer{Text: s.Say("shell.close", nil)})
}

// nearest are the screens, that which is shown first.
func (s *Shell) nearest() []screen.Screen {
	var first, rest []screen.Screen
	for _, sc := range s.screens {
		if sc == s.front {
			first = append(first, sc)
		} else {
			rest = append(rest, sc)
		}
	}
	return append(first, rest...)
}

func without(rows, others []command.HelpRow) []command.HelpRow {
	known := map[string]bool{}
	for _, row := range others {
		known[row.ID] = true
	}
	var left []command.HelpRow
	for _, row := range rows {
		if !known[row.ID] {
			left = append(left, row)
		}
	}
	return left
}

// helpOn adds one group of keys, if there are any.
func (s *Shell) helpOn(box *fyne.Container, title string, rows []command.HelpRow) {
	if len(rows) == 0 {
		return
	}
	box.Add(widget.NewText(title, widget.Look{Size: theme.TextTitle, Bold: true}))
	for _, row := range rows {
		keys := container.New(layout.NewCustomPaddedHBoxLayout(4))
		for _, key := range row.Keys {
			keys.Add(widget.NewKeyHint(key))
		}
		does := row.Title
		if row.Field {
			does += " " + s.Say("shell.help.in-field", nil)
		}
		box.Add(container.New(&columns{left: keyWidth}, keys, widget.NewText(does, widget.Look{Fit: widget.Wrap})))
	}
	box.Add(layout.NewSpacer())
}

// columns sets its first object left in a column of that width and its second
// beside it.
type columns struct{ left float32 }

func (c *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(c.left+b.Width, max(a.Height, b.Height))
}

func (c *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(c.left, objects[0].MinSize().Height))
	objects[1].Move(fyne.NewPos(c.left, 0))
	objects[1].Resize(fyne.NewSize(size.Width-c.left, size.Height))
}
