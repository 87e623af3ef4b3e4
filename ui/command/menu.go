package command

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/earshot-app/earshot/assets/text"
)

// Window is what the table needs to know of the window it serves.
type Window struct {
	Canvas fyne.Canvas
	Screen func() string // the screen that is shown
	Say    Say
}

// Context returns where a key is pressed now.
func (w Window) Context() Context { return Context{Screen: w.Screen(), Place: PlaceOn(w.Canvas)} }

// Menus is the menu bar of a table.
type Menus struct {
	Main  *fyne.MainMenu
	table *Table
	win   Window
	items map[*fyne.MenuItem]*Command
}

// NewMenus builds the menu bar: menus and items in the order of the table, and a
// submenu where its first item would lie. Set Main as the window's main menu, and
// call [Menus.Update] after each change of screen or state.
func NewMenus(t *Table, win Window) *Menus {
	m := &Menus{Main: fyne.NewMainMenu(), table: t, win: win, items: map[*fyne.MenuItem]*Command{}}
	menus := map[drawer]*fyne.Menu{}
	for _, c := range t.commands {
		if c.Menu != "" {
			menu := m.menu(menus, drawer{c.Menu, c.Group})
			menu.Items = append(menu.Items, m.item(c))
		}
	}
	m.mark()
	return m
}

// drawer is where commands lie: in a menu, or in a submenu of it.
type drawer struct{ menu, group text.Key }

// menu answers a menu of those that there are already, and makes it if it is none of
// them.
func (m *Menus) menu(menus map[drawer]*fyne.Menu, at drawer) *fyne.Menu {
	if menus[at] != nil {
		return menus[at]
	}
	menu := fyne.NewMenu(m.win.Say(at.menu, nil))
	if at.group == "" {
		m.Main.Items = append(m.Main.Items, menu)
	} else {
		item := fyne.NewMenuItem(m.win.Say(at.group, nil), nil)
		menu.Label, item.ChildMenu = item.Label, menu
		around := m.menu(menus, drawer{menu: at.menu})
		around.Items = append(around.Items, item)
	}
	menus[at] = menu
	return menu
}

// Update shows which commands can be done now.
func (m *Menus) Update() {
	if m.mark() {
		m.Main.Refresh()
	}
}

// mark notes what is switched off and reports whether that differs.
func (m *Menus) mark() (changed bool) {
	screen := m.win.Screen()
	for item, c := range m.items {
		off := !c.on(screen) || !c.enabled()
		changed = changed || item.Disabled != off
		item.Disabled = off
	}
	return changed
}

// item makes a command's menu item, with its key behind the title. Only a key with
// Ctrl is the item's shortcut too, which makes Fyne hear it at all: on macOS an
// item's key acts even while a field has the focus.
func (m *Menus) item(c *Command) *fyne.MenuItem {
	item := fyne.NewMenuItem(m.win.Say(c.Title, nil), func() { m.table.Run(c.ID, m.win.Context()) })
	m.items[item] = c
	m.further(c)
	if len(c.Keys) == 0 {
		return item
	}
	k := c.Keys[0]
	if k.shortcut() {
		item.Action = func() { m.chosen(k) }
		if runtime.GOOS == "darwin" { // the system's own menus write it
			item.Shortcut = Shortcut(k)
			return item
		}
		item.Shortcut = unwritten{Shortcut(k)}
	}
	item.Label += "   " + k.Label(m.win.Say)
	return item
}

// unwritten is a shortcut that Fyne hears and does not write behind the item, where
// it would be in English and, by a slip of Fyne 2.7.1, nearly transparent.
type unwritten struct{ fyne.Shortcut }

// further makes the canvas hear a command's other keys, while no field has the
// focus: a menu item has one shortcut only.
func (m *Menus) further(c *Command) {
	for i, k := range c.Keys {
		if i > 0 && k.shortcut() {
			m.win.Canvas.AddShortcut(Shortcut(k), func(fyne.Shortcut) { m.table.Press(k, m.win.Context(), false) })
		}
	}
}

// chosen runs what the item's key means here. Fyne does not tell whether the
// item was tapped or its key pressed; a tap on the menu has taken the focus
// from any field, so both mean the same. A key that means nothing in a field
// goes on to the field: Ctrl+Z there is about its text.
func (m *Menus) chosen(k Key) {
	at := m.win.Context()
	if m.table.Press(k, at, false) || at.Place != Field {
		return
	}
	if field, ok := m.win.Canvas.Focused().(fyne.Shortcutable); ok {
		field.TypedShortcut(Shortcut(k))
	}
}

// Shortcut returns what Fyne calls the key. Ctrl+Z and its like never arrive
// as custom shortcuts.
func Shortcut(k Key) fyne.Shortcut {
	if k.Mod == fyne.KeyModifierShortcutDefault {
		switch k.Name {
		case fyne.KeyZ:
			return &fyne.ShortcutUndo{}
		case fyne.KeyY:
			return &fyne.ShortcutRedo{}
		case fyne.KeyA:
			return &fyne.ShortcutSelectAll{}
		case fyne.KeyC:
			return &fyne.ShortcutCopy{Clipboard: fyne.CurrentApp().Clipboard()}
		case fyne.KeyX:
			return &fyne.ShortcutCut{Clipboard: fyne.CurrentApp().Clipboard()}
		case fyne.KeyV:
			return &fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()}
		}
	}
	return &desktop.CustomShortcut{KeyName: k.Name, Modifier: k.Mod}
}
