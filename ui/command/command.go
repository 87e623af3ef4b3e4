// Package command holds what a person can do in the window as one table.
//
// A [Command] has an id, a title, its keys, the menu it lies in and what it
// runs. The menu bar, the meaning of every key and the help page all come from
// the table, so they cannot tell different stories; [New] refuses a table in
// which one key means two things at once.
//
// Where a key acts is decided by [Context]: on the surface, that is while no
// field has the focus, every key of the screen acts; while a field has it,
// only the commands that say so ([Command.InField]); behind an open dialog,
// menu or list of choices none but those that the dialog shows
// ([Command.InDialog]).
//
// Keys that write something are told by what they write, not by where they
// lie: [ is AltGr+8 on a German keyboard and ? is Shift+ß. Keys with Ctrl, Alt
// or Super reach Fyne's menu before the focused widget, so each of them has a
// menu item, and the item asks the table again what the key means here.
package command

import (
	"fmt"
	"slices"
	"unicode"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
)

// A Key is one way to press a command: a rune that is written, or a named key
// with modifiers.
type Key struct {
	Rune rune // lower case; 0 for a named key
	Name fyne.KeyName
	Mod  fyne.KeyModifier
}

// Rune returns the key that writes r; upper and lower case are one.
func Rune(r rune) Key { return Key{Rune: unicode.ToLower(r)} }

// Named returns a key that writes nothing, such as fyne.KeySpace, with the
// modifiers held. A letter or digit may be named only with Ctrl, Alt or Super.
func Named(name fyne.KeyName, mod ...fyne.KeyModifier) Key {
	k := Key{Name: name}
	if name == fyne.KeyEnter { // the keypad's
		k.Name = fyne.KeyReturn
	}
	for _, m := range mod {
		k.Mod |= m
	}
	return k
}

// shortcut reports whether Fyne sends the key to the menus first.
func (k Key) shortcut() bool { return k.Rune == 0 && k.Mod&^fyne.KeyModifierShift != 0 }

// Command is one thing a person can do.
type Command struct {
	ID     string
	Title  text.Key // also for the help page
	Keys   []Key    // the first is shown; all act
	Menu   text.Key // of its menu's title; "" lies in none
	Group  text.Key // of the title of the submenu it lies in there; "" lies in none
	Screen string   // where it is to be had; "" is everywhere

	// InField lets the keys act while a field has the focus; such keys must
	// not write anything.
	InField bool
	// FieldOnly lets them act only then.
	FieldOnly bool
	// InDialog tells whether the keys act now although a dialog is open, as it is
	// one that shows them; nil is never.
	InDialog func() bool
	// Repeats lets a key that is held down act again and again.
	Repeats bool
	// Enabled tells whether it can be done now; nil is always.
	Enabled func() bool
	// Offered tells whether the help page names it now; nil is always. It is
	// for what nobody could tell the use of, such as the keys of transcripts
	// where there is none.
	Offered func() bool
	Run     func()
}

func (c *Command) enabled() bool { return c.Enabled == nil || c.Enabled() }

func (c *Command) on(screen string) bool { return c.Screen == "" || c.Screen == screen }

func (c *Command) in(place Place) bool {
	switch place {
	case Surface:
		return !c.FieldOnly
	case Field:
		return c.InField || c.FieldOnly
	default:
		return c.InDialog != nil && c.InDialog()
	}
}

// Place is what hears the keys.
type Place int

// The places.
const (
	Surface Place = iota // nothing, or something that writes no text
	Field                // a field has the focus
	Dialog               // a dialog, menu or list of choices is open
)

// Context is where a key was pressed.
type Context struct {
	Screen string
	Place  Place
}

// PlaceOn tells what hears the keys on c now. A field is whatever takes
// shortcuts of its own, such as Ctrl+Z in a text.
func PlaceOn(c fyne.Canvas) Place {
	if len(c.Overlays().List()) > 0 {
		return Dialog
	}
	if _, ok := c.Focused().(fyne.Shortcutable); ok {
		return Field
	}
	return Surface
}

// Table holds all commands of the window in the order of their menus.
type Table struct{ commands []*Command }

// New returns the table of commands. It fails when an id comes twice, when a
// command lacks an id, a title or Run, or when a key means two things at once:
// on screens that can be the same and in the same place.
func New(commands ...Command) (*Table, error) {
	t := &Table{}
	for _, c := range commands {
		if c.ID == "" || c.Title == "" || c.Run == nil {
			return nil, fmt.Errorf("command %q: without id, title or run", c.ID)
		}
		if err := t.clash(&c); err != nil {
			return nil, err
		}
		t.commands = append(t.commands, &c)
	}
	return t, nil
}

// clash returns why c cannot join the table.
func (t *Table) clash(c *Command) error {
	for _, k := range c.Keys {
		if len(k.Name) == 1 && !k.shortcut() {
			return fmt.Errorf("command %s: %s writes something, so it is a Rune", c.ID, k.Name)
		}
		if k.shortcut() && c.Menu == "" && !c.FieldOnly {
			return fmt.Errorf("command %s: %+v needs a menu to be heard", c.ID, k)
		}
		if (c.InField || c.FieldOnly) && k.Rune != 0 {
			return fmt.Errorf("command %s: %q would be written into the field too", c.ID, k.Rune)
		}
	}
	for _, other := range t.commands {
		if other.ID == c.ID {
			return fmt.Errorf("command %s: twice", c.ID)
		}
		if k, both := shared(c, other); both {
			return fmt.Errorf("commands %s and %s: both on %+v", other.ID, c.ID, k)
		}
	}
	return nil
}

// shared returns a key that means both commands somewhere.
func shared(a, b *Command) (Key, bool) {
	apart := a.Screen != b.Screen && a.Screen != "" && b.Screen != ""
	if apart || !(a.in(Surface) && b.in(Surface) || a.in(Field) && b.in(Field)) {
		return Key{}, false
	}
	for _, k := range a.Keys {
		if slices.Contains(b.Keys, k) {
			return k, true
		}
	}
	return Key{}, false
}

// Find returns the command of that id, nil if there is none.
func (t *Table) Find(id string) *Command {
	for _, c := range t.commands {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// At returns what a key means in a context, nil for nothing. It may be
// switched off at the moment.
func (t *Table) At(k Key, at Context) *Command {
	for _, c := range t.commands {
		if c.on(at.Screen) && c.in(at.Place) && slices.Contains(c.Keys, k) {
			return c
		}
	}
	return nil
}

// Press runs what a key means in a context and reports whether it means
// anything there. A command that is switched off, or that does not repeat
// while its key is held, swallows the key.
func (t *Table) Press(k Key, at Context, repeat bool) bool {
	c := t.At(k, at)
	if c == nil {
		return false
	}
	if c.enabled() && (c.Repeats || !repeat) {
		c.Run()
	}
	return true
}

// Run runs the command of that id as a tap on its button does, if it is to be
// had in the context and switched on.
func (t *Table) Run(id string, at Context) {
	if c := t.Find(id); c != nil && c.on(at.Screen) && at.Place != Dialog && c.enabled() {
		c.Run()
	}
}
