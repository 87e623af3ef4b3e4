package library

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
)

// copying are the commands that put calls on the clipboard, by their uid and
// without any name.
func (s *Screen) copying() []command.Command {
	if s.Copy == nil {
		return nil
	}
	listed := func() bool { return s.model.tab == calls && s.model.size() > 0 && !s.searching() }
	key := func(mod ...fyne.KeyModifier) []command.Key { return []command.Key{command.Named(fyne.KeyC, mod...)} }
	return []command.Command{
		{
			ID: "library.copy", Title: "library.copy", Menu: "library.menu", Screen: screen.Library, Enabled: listed,
			Keys: key(fyne.KeyModifierShortcutDefault), Run: s.copyChosen,
		},
		{
			ID: "library.copy-table", Title: "library.copy-table", Menu: "library.menu", Screen: screen.Library, Enabled: listed,
			Keys: key(fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift), Run: s.copyAll,
		},
	}
}

func (s *Screen) copyChosen() {
	if call, ok := s.model.chosenCall(); ok {
		s.copied(screen.Tabbed(s.model.copyCells(call)))
	}
}

func (s *Screen) copied(table string) {
	s.Copy(table)
	s.Shell.Toast(s.Shell.Say("library.copied", nil), "", nil)
}

// copyAll copies the list of calls with its titles. There may be a million, which
// take a while to write.
func (s *Screen) copyAll() {
	m := *s.model // what is read later does not touch it
	work := func(ctx context.Context, _ func(job.Progress)) (string, error) {
		rows := [][]string{{m.text.Say("library.uid", nil)}}
		for _, column := range columnText {
			rows[0] = append(rows[0], m.text.Say(column, nil))
		}
		for call, err := range s.Desk.CallList(ctx, m.filter) {
			if err != nil {
				return "", err
			}
			rows = append(rows, m.copyCells(rowsOf([]review.Call{call})[0]))
		}
		return screen.Tabbed(rows...), nil
	}
	job.Run(s.jobs, "", work, nil, func(table string, err error) {
		if err != nil {
			s.Shell.Fail(err)
			return
		}
		s.copied(table)
	})
}

// copyCells are what is copied of a call.
func (m *model) copyCells(c callRow) []string {
	cells := m.cellsOf(c)
	return append([]string{c.uid}, cells[:]...)
}
