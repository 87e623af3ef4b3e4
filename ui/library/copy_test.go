package library_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/library"
)

// The newest of five calls stands first; the table has all of them below the
// titles of the list.
func TestCallsAreCopiedByUIDAndWithoutNames(t *testing.T) {
	const ctrl = fyne.KeyModifierShortcutDefault
	page(t, &shelf{calls: calls(5)}, func(_ *library.Screen, sh *shell, press func(...command.Key)) {
		press(command.Named(fyne.KeyC, ctrl), key(fyne.KeyDown), command.Named(fyne.KeyC, ctrl), command.Named(fyne.KeyC, ctrl, fyne.KeyModifierShift))
		first, second := "call-004\tTue 10 Nov, 16:00\t1:30\tSales\tOther\tnot drawn\n", "call-003\tTue 10 Nov, 15:00\t1:30\tBilling\tKündigung\tnot drawn\n"
		if len(sh.copied) != 3 || sh.copied[0] != first || sh.copied[1] != second {
			t.Fatalf("copied %q", sh.copied)
		}
		if all := sh.copied[2]; strings.Count(all, "\n") != 6 || !strings.HasPrefix(all, "uid\tStart\tLength\tQueue\tCategory\tState\n"+first+second) {
			t.Errorf("the table is %q", all)
		}
		if slices.ContainsFunc(sh.copied, func(s string) bool { return strings.Contains(s, "Dana") || strings.Contains(s, "0117") }) {
			t.Error("a name or number was copied")
		}
	})
}
