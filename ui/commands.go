package ui

import (
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
)

const ctrl = fyne.KeyModifierShortcutDefault

// welcome is where the commands act while the library is empty: none of the
// screens', only those that act everywhere.
const welcome = "welcome"

// navText are the names of the screens on the rail.
var navText = map[string]text.Key{
	screen.Listen:   "shell.nav.listen",
	screen.Issues:   "shell.nav.issues",
	screen.Meeting:  "shell.nav.meeting",
	screen.Session:  "shell.nav.session",
	screen.Library:  "shell.nav.library",
	screen.Settings: "shell.nav.settings",
}

// commands are all commands of the window, in the order of their menus.
func (s *Shell) commands() []command.Command {
	all := append(s.fileCommands(), s.editCommands()...)
	for _, sc := range s.screens {
		all = append(all, sc.Commands()...)
	}
	all = append(all, s.goCommands()...)
	all = append(all, s.view.commands()...)
	return append(all, command.Command{
		ID: "app.help", Title: "shell.help", Menu: "shell.menu.help", Run: s.help,
		Keys: []command.Key{command.Named(fyne.KeyF1)},
	}, command.Command{
		ID: "app.explain", Title: "shell.explain", Menu: "shell.menu.help", Run: s.explain,
		Keys: []command.Key{command.Rune('?')},
	})
}

// explain tells what the figures mean that one looks at, and where there are
// none what the keys do.
func (s *Shell) explain() {
	if e, ok := s.front.(screen.Explainer); !ok || !e.Explain() {
		s.help()
	}
}

func (s *Shell) fileCommands() []command.Command {
	idle := func() bool { return s.importing == nil }
	demo := command.Command{
		ID: "app.demo", Title: "shell.demo", Menu: "shell.menu.file", Enabled: idle, Run: s.openDemo,
		Keys: []command.Key{command.Named(fyne.KeyD, ctrl)},
	}
	if s.inDemo() {
		demo.Title, demo.Run = "shell.demo.leave", func() { s.parts.Open(s.parts.Home) }
	}
	return []command.Command{
		{
			ID: "app.import", Title: "shell.import", Menu: "shell.menu.file", Enabled: idle, Run: s.ImportFolder,
			Keys: []command.Key{command.Named(fyne.KeyO, ctrl)},
		},
		{
			ID: "app.import-table", Title: "shell.import.table", Menu: "shell.menu.file", Enabled: idle, Run: s.ImportWithTable,
			Keys: []command.Key{command.Named(fyne.KeyO, ctrl, fyne.KeyModifierShift)},
		},
		{
			ID: "app.import-bucket", Title: "shell.import.bucket", Menu: "shell.menu.file", Enabled: idle, Run: s.ImportBucket,
			Keys: []command.Key{command.Named(fyne.KeyB, ctrl, fyne.KeyModifierShift)},
		},
		{
			ID: "app.rescan", Title: "shell.rescan", Menu: "shell.menu.file", Run: s.RescanNow,
			Enabled: func() bool { return idle() && s.rescanning == nil }, Keys: []command.Key{command.Named(fyne.KeyF5)},
		},
		demo,
		{
			ID: "app.quit", Title: "shell.quit", Menu: "shell.menu.file", Run: s.parts.Quit,
			Keys: []command.Key{command.Named(fyne.KeyQ, ctrl)}, InField: true,
		},
	}
}

func (s *Shell) editCommands() []command.Command {
	return []command.Command{
		{
			ID: "app.undo", Title: "shell.undo", Menu: "shell.menu.edit", Run: s.undo,
			Keys: []command.Key{command.Named(fyne.KeyZ, ctrl)}, Repeats: true,
		},
		{
			ID: "app.redo", Title: "shell.redo", Menu: "shell.menu.edit", Run: s.redo,
			Keys:    []command.Key{command.Named(fyne.KeyZ, ctrl, fyne.KeyModifierShift), command.Named(fyne.KeyY, ctrl)},
			Repeats: true,
		},
	}
}

// goCommands lead to the screens, by Ctrl and their place on the rail.
func (s *Shell) goCommands() []command.Command {
	titles := map[string]text.Key{
		screen.Listen: "shell.go.listen", screen.Issues: "shell.go.issues", screen.Meeting: "shell.go.meeting",
		screen.Session: "shell.go.session", screen.Library: "shell.go.library", screen.Settings: "shell.go.settings",
	}
	numbers := []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6}
	var all []command.Command
	for i, sc := range s.screens {
		all = append(all, command.Command{
			ID: "go." + sc.Name(), Title: titles[sc.Name()], Menu: "shell.menu.view", InField: true,
			Keys: []command.Key{command.Named(numbers[i], ctrl)}, Run: func() { s.Go(sc.Name()) },
		})
	}
	return all
}

// mainMenu marks our way to quit, or else Fyne would add one of its own.
func (s *Shell) mainMenu() *fyne.MainMenu {
	file := s.menus.Main.Items[0]
	file.Items[len(file.Items)-1].IsQuit = true
	return s.menus.Main
}

// title names the library that is open.
func (s *Shell) title() string {
	if s.inDemo() {
		return s.Say("shell.title.demo", nil)
	}
	name := filepath.Base(s.parts.Library)
	return s.Say("shell.title", review.Args{"library": strings.TrimSuffix(name, filepath.Ext(name))})
}

func (s *Shell) inDemo() bool { return s.parts.Library != s.parts.Home }

// Go implements screen.Shell.
func (s *Shell) Go(name string) {
	for _, sc := range s.screens {
		if sc.Name() == name {
			s.chosen = sc
		}
	}
	s.arrange()
	s.Surface()
	s.Painted()
}

// screenName is where one is, for keys and the trace.
func (s *Shell) screenName() string {
	if s.front == nil {
		return welcome
	}
	return s.front.Name()
}
