package session

import (
	"testing"

	"fyne.io/fyne/v2"
)

// Who heard what goes into a spreadsheet, below the members' names.
func TestTheTableOfACallIsCopied(t *testing.T) {
	p := asksReveal(t)
	p.Choose(0)
	p.Press(fyne.KeyRight, fyne.KeyDown)
	commands := map[string]func(){}
	for _, c := range p.screen.copying() {
		if !c.Enabled() {
			t.Fatalf("%s is not offered", c.ID)
		}
		commands[c.ID] = c.Run
	}
	for id, want := range map[string]string{
		"session.copy-row":   "Issue\tYou\tAnna\tBen\tCem\nLate bill\t●\t●\t●\t…\n",
		"session.copy-table": "Issue\tYou\tAnna\tBen\tCem\nRouter resets\t○\t●\t○\t…\nLate bill\t●\t●\t●\t…\n",
	} {
		if commands[id](); p.copied != want {
			t.Errorf("%s copies %q, want %q", id, p.copied, want)
		}
	}
}
