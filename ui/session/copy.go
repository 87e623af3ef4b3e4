package session

import (
	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
)

// copying are the commands that put who heard what in the chosen call on the
// clipboard.
func (s *Screen) copying() []command.Command {
	listed := func() bool { return s.model.room != nil && len(s.model.room.table.Rows) > 0 }
	key := func(mod fyne.KeyModifier) []command.Key { return []command.Key{command.Named(fyne.KeyC, mod)} }
	return []command.Command{
		{
			ID: "session.copy-row", Title: "session.copy-row", Menu: "session.menu", Keys: key(fyne.KeyModifierShortcutDefault), Enabled: listed,
			Run: func() { s.copyTable(s.model.room.line, s.model.room.line+1) },
		},
		{
			ID: "session.copy-table", Title: "session.copy-table", Menu: "session.menu", Enabled: listed,
			Keys: key(fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift),
			Run:  func() { s.copyTable(0, len(s.model.room.table.Rows)) },
		},
	}
}

// copyTable copies lines of the table below their titles: a line of signs says
// nothing without the names above it.
func (s *Screen) copyTable(from, to int) {
	r := s.model.room
	rows := [][]string{{r.say("session.issue", nil)}}
	for _, member := range r.table.Members {
		rows[0] = append(rows[0], r.name(member))
	}
	for n := from; n < to; n++ {
		line := r.tableLine(n)
		row := []string{line.name}
		for _, cell := range line.cells {
			row = append(row, signs[cell])
		}
		rows = append(rows, row)
	}
	s.deps.Copy(screen.Tabbed(rows...))
	s.shell.Toast(s.shell.Say("session.copied-table", nil), "", nil)
}
