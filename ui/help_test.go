package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// The keys of the issues would fill the page with nine rows that say the same.
func TestManyKeysOfOneActAreShownByTheFirstAndTheLast(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New())
	caps := keyCaps([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}).(*fyne.Container).Objects
	first, last := caps[0].(*widget.KeyHint).Key(), caps[len(caps)-1].(*widget.KeyHint).Key()
	if len(caps) != 3 || first != "1" || last != "9" {
		t.Errorf("%d parts, from %s to %s, want 1 – 9", len(caps), first, last)
	}
}

func TestWideKeysKeepToTheirColumn(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New())
	if wide := keyCaps([]string{"Strg Umschalt Z", "Strg Y"}).MinSize().Width; wide > keyWidth {
		t.Errorf("the caps are %v wide, their column %v", wide, keyWidth)
	}
}

// On macOS the menus are the system's, and Alt opens none.
func TestAltIsTaughtWhereItOpensTheMenus(t *testing.T) {
	for system, want := range map[string]int{"linux": 1, "windows": 1, "darwin": 0} {
		if got := menuKeys(system, "Open the menus"); len(got) != want {
			t.Errorf("on %s the help has %d rows of it, want %d", system, len(got), want)
		}
	}
}
