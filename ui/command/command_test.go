package command_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/command"
)

const ctrl = fyne.KeyModifierShortcutDefault

var (
	onListen = command.Context{Screen: "listen"}
	inField  = command.Context{Screen: "listen", Place: command.Field}
	inDialog = command.Context{Screen: "listen", Place: command.Dialog}
)

// listening is a small table with the trickiest keys of the app; what ran is
// noted in log.
func listening(t *testing.T, log *[]string, enabled func() bool) *command.Table {
	t.Helper()
	note := func(id string) func() { return func() { *log = append(*log, id) } }
	table, err := command.New(
		command.Command{ID: "undo", Title: "t.undo", Menu: "m.edit", Keys: []command.Key{command.Named(fyne.KeyZ, ctrl)}, Run: note("undo")},
		command.Command{ID: "redo", Title: "t.redo", Menu: "m.edit", Keys: []command.Key{command.Named(fyne.KeyZ, ctrl, fyne.KeyModifierShift), command.Named(fyne.KeyY, ctrl)}, Run: note("redo")},
		command.Command{ID: "finish", Title: "t.finish", Menu: "m.call", Screen: "listen", Keys: []command.Key{command.Named(fyne.KeyReturn, ctrl)}, Run: note("finish"), Enabled: enabled},
		command.Command{ID: "name", Title: "t.name", Screen: "listen", Keys: []command.Key{command.Named(fyne.KeyReturn, ctrl)}, FieldOnly: true, Run: note("name")},
		command.Command{ID: "back", Title: "t.back", Menu: "m.call", Screen: "listen", Keys: []command.Key{command.Named(fyne.KeyLeft)}, Repeats: true, Run: note("back")},
		command.Command{ID: "tag1", Title: "t.tag", Screen: "listen", Keys: []command.Key{command.Rune('1')}, Run: note("tag1")},
		command.Command{ID: "mono", Title: "t.mono", Screen: "listen", Keys: []command.Key{command.Rune('m')}, InDialog: func() bool { return true }, Run: note("mono")},
		command.Command{ID: "none", Title: "t.none", Menu: "m.call", Screen: "listen", Keys: []command.Key{command.Rune('N')}, Run: note("none")},
		command.Command{ID: "export", Title: "t.export", Menu: "m.file", Screen: "issues", Keys: []command.Key{command.Named(fyne.KeyE, ctrl)}, Run: note("export")},
		command.Command{ID: "next", Title: "t.next", Screen: "issues", Keys: []command.Key{command.Rune('n')}, Run: note("next")},
	)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestWhatAKeyMeansDependsOnWhereItIsPressed(t *testing.T) {
	for _, c := range []struct {
		what string
		key  command.Key
		at   command.Context
		want string // "" is nothing
	}{
		{"a letter on the surface", command.Rune('n'), onListen, "none"},
		{"the same with caps lock", command.Rune('N'), onListen, "none"},
		{"a letter in a field", command.Rune('n'), inField, ""},
		{"a digit in a field", command.Rune('1'), inField, ""},
		{"a letter behind a dialog", command.Rune('n'), inDialog, ""},
		{"a letter that the dialog shows", command.Rune('m'), inDialog, "mono"},
		{"the same without it", command.Rune('m'), onListen, "mono"},
		{"Ctrl+Z behind a dialog", command.Named(fyne.KeyZ, ctrl), inDialog, ""},
		{"Ctrl+Enter on the surface", command.Named(fyne.KeyReturn, ctrl), onListen, "finish"},
		{"Ctrl+Enter in the field", command.Named(fyne.KeyReturn, ctrl), inField, "name"},
		{"the keypad's Ctrl+Enter", command.Named(fyne.KeyEnter, ctrl), onListen, "finish"},
		{"Enter without Ctrl", command.Named(fyne.KeyReturn), onListen, ""},
		{"a letter on another screen", command.Rune('n'), command.Context{Screen: "issues"}, "next"},
		{"another screen's key", command.Named(fyne.KeyE, ctrl), onListen, ""},
		{"everywhere", command.Named(fyne.KeyZ, ctrl), command.Context{Screen: "library"}, "undo"},
	} {
		var log []string
		meant := listening(t, &log, nil).Press(c.key, c.at, false)
		if got := strings.Join(log, " "); got != c.want || meant != (c.want != "") {
			t.Errorf("%s ran %q, want %q", c.what, got, c.want)
		}
	}
}

func TestAHeldKeyRepeatsOnlyWhatMayRepeat(t *testing.T) {
	var log []string
	table := listening(t, &log, nil)
	for range 3 {
		table.Press(command.Rune('1'), onListen, true)
		table.Press(command.Named(fyne.KeyLeft), onListen, true)
	}
	if want := []string{"back", "back", "back"}; !slices.Equal(log, want) {
		t.Errorf("held keys ran %v, want %v", log, want)
	}
}

func TestWhatIsSwitchedOffDoesNotRun(t *testing.T) {
	var log []string
	table := listening(t, &log, func() bool { return false })
	if !table.Press(command.Named(fyne.KeyReturn, ctrl), onListen, false) {
		t.Error("the key was let through to something else")
	}
	table.Run("finish", onListen)
	table.Run("export", onListen)
	table.Run("undo", inDialog)
	if len(log) != 0 {
		t.Errorf("it ran %v", log)
	}
}

func TestATableThatContradictsItselfIsRefused(t *testing.T) {
	run := func() {}
	entry := func(id, screen, menu string, keys ...command.Key) command.Command {
		return command.Command{ID: id, Title: "t", Screen: screen, Menu: menu, Keys: keys, Run: run}
	}
	field := entry("b", "", "", command.Rune('x'))
	field.InField = true
	for what, commands := range map[string][]command.Command{
		"one key on one screen":         {entry("a", "listen", "", command.Rune('x')), entry("b", "listen", "", command.Rune('X'))},
		"a key of all screens on one":   {entry("a", "", "", command.Rune('x')), entry("b", "listen", "", command.Rune('x'))},
		"an id twice":                   {entry("a", "listen", ""), entry("a", "issues", "")},
		"a shortcut without a menu":     {entry("a", "", "", command.Named(fyne.KeyE, ctrl))},
		"a letter that acts in a field": {field},
		"a letter by its place":         {entry("a", "", "", command.Named(fyne.KeyE))},
		"nothing to run":                {{ID: "a", Title: "t"}},
	} {
		if _, err := command.New(commands...); err == nil {
			t.Errorf("%s was accepted", what)
		}
	}
	if _, err := command.New(entry("a", "listen", "", command.Rune('x')), entry("b", "issues", "", command.Rune('x'))); err != nil {
		t.Errorf("one key on two screens was refused: %v", err)
	}
}

func plain(key string, _ review.Args) string { return key }

// window shows a field on the listen screen, with the menus of the table.
func window(t *testing.T, table *command.Table, screen *string) (fyne.Window, *widget.Entry, *command.Menus) {
	t.Helper()
	test.NewTempApp(t)
	field := widget.NewEntry()
	w := test.NewTempWindow(t, container.NewVBox(field))
	m := command.NewMenus(table, command.Window{Canvas: w.Canvas(), Screen: func() string { return *screen }, Say: plain})
	return w, field, m
}

func item(t *testing.T, m *command.Menus, label string) *fyne.MenuItem {
	t.Helper()
	for _, menu := range m.Main.Items {
		for _, item := range menu.Items {
			if strings.HasPrefix(item.Label, label) {
				return item
			}
		}
	}
	t.Fatalf("no menu item %q", label)
	return nil
}

func TestMenusFollowTheTable(t *testing.T) {
	var log []string
	screen := "listen"
	_, _, m := window(t, listening(t, &log, nil), &screen)
	var got []string
	for _, menu := range m.Main.Items {
		for _, item := range menu.Items {
			got = append(got, menu.Label+"/"+item.Label)
		}
	}
	want := []string{
		"m.edit/t.undo   ui.key.ctrl Z", "m.edit/t.redo   ui.key.ctrl ui.key.shift Z", "m.call/t.finish   ui.key.ctrl ui.key.enter",
		"m.call/t.back   ←", "m.call/t.none   N", "m.file/t.export   ui.key.ctrl E",
	}
	if !slices.Equal(got, want) {
		t.Errorf("menus are %q\nwant %q", got, want)
	}
	if !item(t, m, "t.export").Disabled || item(t, m, "t.finish").Disabled {
		t.Error("on the listen screen, export is not to be had and finish is")
	}
	screen = "issues"
	m.Update()
	if item(t, m, "t.export").Disabled || !item(t, m, "t.finish").Disabled {
		t.Error("the menus did not follow the change of screen")
	}
}

// A menu of dozens of items is one that nobody reads: what belongs together lies in a
// submenu where its first would lie, and follows the screen as all do.
func TestWhatBelongsTogetherLiesInASubmenu(t *testing.T) {
	entry := func(id string, group string, keys ...command.Key) command.Command {
		return command.Command{ID: id, Title: "t." + id, Screen: "listen", Menu: "m.call", Group: group, Keys: keys, Run: func() {}}
	}
	table, err := command.New(entry("play", ""), entry("slower", "g.sound"), entry("done", ""), entry("faster", "g.sound", command.Rune('x')))
	if err != nil {
		t.Fatal(err)
	}
	screen := "listen"
	_, _, m := window(t, table, &screen)
	var got []string
	for _, item := range m.Main.Items[0].Items {
		got = append(got, item.Label)
	}
	if want := []string{"t.play", "g.sound", "t.done"}; !slices.Equal(got, want) {
		t.Fatalf("the menu holds %q, want %q", got, want)
	}
	inside := m.Main.Items[0].Items[1].ChildMenu.Items
	if len(inside) != 2 || inside[0].Label != "t.slower" || inside[1].Label != "t.faster   X" || inside[0].Disabled {
		t.Errorf("the submenu holds %+v", inside)
	}
	screen = "issues"
	m.Update()
	if !inside[0].Disabled {
		t.Error("the submenu did not follow the change of screen")
	}
}

// Fyne compares shortcuts by name, and names Ctrl+Z "Undo".
func TestMenusUseTheShortcutsThatFyneSends(t *testing.T) {
	var log []string
	screen := "listen"
	_, _, m := window(t, listening(t, &log, nil), &screen)
	for label, sent := range map[string]fyne.Shortcut{
		"t.undo":   &fyne.ShortcutUndo{},
		"t.redo":   &desktop.CustomShortcut{KeyName: fyne.KeyZ, Modifier: ctrl | fyne.KeyModifierShift},
		"t.finish": &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: ctrl},
	} {
		if got := item(t, m, label).Shortcut; got == nil || got.ShortcutName() != sent.ShortcutName() {
			t.Errorf("%s has the shortcut %v, Fyne sends %q", label, got, sent.ShortcutName())
		}
		if _, written := item(t, m, label).Shortcut.(fyne.KeyboardShortcut); written {
			t.Errorf("Fyne writes the key of %s once more, in English and with a fifth of the ink", label)
		}
	}
}

func TestAMenusKeyMeansInAFieldWhatItMeansThere(t *testing.T) {
	var log []string
	screen := "listen"
	w, field, m := window(t, listening(t, &log, nil), &screen)
	item(t, m, "t.finish").Action()
	w.Canvas().Focus(field)
	item(t, m, "t.finish").Action()
	if want := []string{"finish", "name"}; !slices.Equal(log, want) {
		t.Errorf("Ctrl+Enter ran %v, want %v", log, want)
	}
}

func TestUndoInAFieldIsAboutItsText(t *testing.T) {
	var log []string
	screen := "listen"
	w, field, m := window(t, listening(t, &log, nil), &screen)
	w.Canvas().Focus(field)
	field.TypedRune('a')
	item(t, m, "t.undo").Action()
	if field.Text != "" || len(log) != 0 {
		t.Errorf("the field holds %q and %v ran", field.Text, log)
	}
	w.Canvas().Unfocus()
	item(t, m, "t.undo").Action()
	if !slices.Equal(log, []string{"undo"}) {
		t.Errorf("on the surface %v ran", log)
	}
}

func TestNothingFiresBehindADialog(t *testing.T) {
	var log []string
	screen := "listen"
	w, _, m := window(t, listening(t, &log, nil), &screen)
	d := dialog.NewInformation("", "", w)
	d.Show()
	item(t, m, "t.undo").Action()
	item(t, m, "t.back").Action()
	if len(log) != 0 {
		t.Errorf("%v ran behind a dialog", log)
	}
	d.Hide()
	item(t, m, "t.undo").Action()
	if len(log) != 1 {
		t.Error("undo did not come back when the dialog had gone")
	}
}

func TestACommandsSecondShortcutIsHeardToo(t *testing.T) {
	var log []string
	screen := "listen"
	w, _, _ := window(t, listening(t, &log, nil), &screen)
	w.Canvas().(interface{ TypedShortcut(fyne.Shortcut) }).TypedShortcut(&fyne.ShortcutRedo{})
	if !slices.Equal(log, []string{"redo"}) {
		t.Errorf("Ctrl+Y ran %v", log)
	}
}

func TestHelpListsTheKeysOfAScreen(t *testing.T) {
	var log []string
	var got []string
	for _, row := range listening(t, &log, nil).Help("issues", text.For("de").Say) {
		got = append(got, row.ID+": "+strings.Join(row.Keys, ", "))
	}
	want := []string{"undo: Strg Z", "redo: Strg Umschalt Z, Strg Y", "export: Strg E", "next: N"}
	if !slices.Equal(got, want) {
		t.Errorf("help says %q\nwant %q", got, want)
	}
}

// Without a transcript nobody is told of its keys.
func TestHelpLeavesOutWhatIsNotOffered(t *testing.T) {
	offered := false
	table, err := command.New(command.Command{
		ID: "read", Title: "t", Keys: []command.Key{command.Rune('r')}, Offered: func() bool { return offered }, Run: func() {},
	})
	if err != nil {
		t.Fatal(err)
	}
	if rows := table.Help("listen", text.For("en").Say); len(rows) != 0 {
		t.Errorf("it lists %v", rows)
	}
	if offered = true; len(table.Help("listen", text.For("en").Say)) != 1 {
		t.Error("it is not listed though it is offered")
	}
}

func TestEveryKeyHasANameInBothLanguages(t *testing.T) {
	all := fyne.KeyModifierControl | fyne.KeyModifierAlt | fyne.KeyModifierShift | fyne.KeyModifierSuper
	for _, lang := range []string{"en", "de"} {
		for _, name := range []fyne.KeyName{
			fyne.KeySpace, fyne.KeyReturn, fyne.KeyEscape, fyne.KeyDelete, fyne.KeyBackspace, fyne.KeyTab,
			fyne.KeyHome, fyne.KeyEnd, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyLeft, fyne.KeyF1,
		} {
			if label := command.Named(name, all).Label(text.For(lang).Say); strings.Contains(label, "[?") {
				t.Errorf("%s: %s", lang, label)
			}
		}
	}
	if got := command.Named(fyne.KeyReturn, fyne.KeyModifierControl).Label(text.For("de").Say); got != "Strg Eingabe" {
		t.Errorf("Ctrl+Enter is %q in German", got)
	}
}
