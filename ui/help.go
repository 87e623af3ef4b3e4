package ui

import (
	"runtime"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// The help page has two columns, each with the keys before what they do.
const (
	keyWidth  = 128
	doesWidth = 250
)

// help shows all keys: on the left those of the screen one is at, on the right
// those that act everywhere, and those of each other screen where most room is.
func (s *Shell) help() {
	everywhere := s.table.Help("", s.Say)
	left, right := container.New(layout.NewCustomPaddedVBoxLayout(5)), container.New(layout.NewCustomPaddedVBoxLayout(5))
	if s.front != nil {
		s.helpOn(left, s.front)
	}
	everywhere = append(everywhere, menuKeys(runtime.GOOS, s.Say("shell.help.menus", nil))...)
	s.helpRows(right, s.Say("shell.help.everywhere", nil), everywhere)
	for _, sc := range s.screens {
		switch {
		case sc == s.front:
		case left.MinSize().Height < right.MinSize().Height:
			s.helpOn(left, sc)
		default:
			s.helpOn(right, sc)
		}
	}
	page := container.New(layout.NewCustomPaddedHBoxLayout(24), left, right)
	s.Dialog(s.Say("shell.help", nil), page, screen.Answer{Text: s.Say("shell.close", nil)})
}

// menuKeys are Fyne's own keys of its menus. macOS shows the menus itself, and no
// key of the window opens them.
func menuKeys(system, does string) []command.HelpRow {
	if system == "darwin" {
		return nil
	}
	return []command.HelpRow{{Title: does, Keys: []string{"Alt"}}}
}

func (s *Shell) helpOn(box *fyne.Container, sc screen.Screen) {
	rows := s.table.Help(sc.Name(), s.Say)
	everywhere := s.table.Help("", s.Say)
	own := slices.DeleteFunc(rows, func(row command.HelpRow) bool {
		return slices.ContainsFunc(everywhere, func(e command.HelpRow) bool { return e.ID == row.ID })
	})
	s.helpRows(box, s.Say(navText[sc.Name()], nil), own)
}

// helpRows adds one group of keys, if there are any. Keys that do the same,
// such as those of the issues, share a row.
func (s *Shell) helpRows(box *fyne.Container, title string, rows []command.HelpRow) {
	if len(rows) == 0 {
		return
	}
	box.Add(widget.NewText(title, widget.Look{Size: theme.TextTitle, Bold: true}))
	for i := 0; i < len(rows); {
		row := rows[i]
		for i++; i < len(rows) && rows[i].Title == row.Title && rows[i].Field == row.Field; i++ {
			row.Keys = append(row.Keys, rows[i].Keys...)
		}
		does := row.Title
		if row.Field {
			does += " " + s.Say("shell.help.in-field", nil)
		}
		box.Add(container.New(&helpLine{}, keyCaps(row.Keys), widget.NewText(does, widget.Look{Fit: widget.Wrap})))
	}
	box.Add(widget.NewText(" ", widget.Look{}))
}

// keyCaps are caps beside one another, or below where they are too wide; of
// many only the first and the last, with a dash between.
func keyCaps(keys []string) fyne.CanvasObject {
	caps := container.New(layout.NewCustomPaddedHBoxLayout(4))
	if len(keys) > 3 {
		caps.Add(widget.NewKeyHint(keys[0]))
		caps.Add(widget.NewText("–", widget.Look{Color: theme.Muted}))
		keys = keys[len(keys)-1:]
	}
	for _, key := range keys {
		caps.Add(widget.NewKeyHint(key))
	}
	if caps.MinSize().Width > keyWidth {
		return stacked(caps.Objects)
	}
	return caps
}

func stacked(caps []fyne.CanvasObject) fyne.CanvasObject {
	column := container.New(layout.NewCustomPaddedVBoxLayout(4))
	for _, key := range caps {
		column.Add(container.NewHBox(key))
	}
	return column
}

// helpLine sets the caps in a column of their own. A text knows how many lines
// it needs once it has its width.
type helpLine struct{}

func (*helpLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if objects[1].Size().Width != doesWidth {
		objects[1].Resize(fyne.NewSize(doesWidth, objects[1].MinSize().Height))
	}
	keys := objects[0].MinSize()
	return fyne.NewSize(keyWidth+doesWidth, max(keys.Height, objects[1].MinSize().Height))
}

func (*helpLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	keys := objects[0].MinSize()
	objects[0].Resize(keys)
	objects[1].Move(fyne.NewPos(keyWidth, 0))
	objects[1].Resize(fyne.NewSize(size.Width-keyWidth, size.Height))
}
