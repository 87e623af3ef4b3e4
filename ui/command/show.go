package command

import (
	"runtime"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
)

// Say answers the text of a key in the person's language, filled with args.
type Say func(key string, args review.Args) string

// keyNames are the keys whose caps carry a word that differs between languages.
var keyNames = map[fyne.KeyName]string{
	fyne.KeySpace: "ui.key.space", fyne.KeyReturn: "ui.key.enter", fyne.KeyEscape: "ui.key.escape",
	fyne.KeyDelete: "ui.key.delete", fyne.KeyBackspace: "ui.key.backspace", fyne.KeyTab: "ui.key.tab",
	fyne.KeyHome: "ui.key.home", fyne.KeyEnd: "ui.key.end",
	fyne.KeyPageUp: "ui.key.page-up", fyne.KeyPageDown: "ui.key.page-down",
}

var arrows = map[fyne.KeyName]string{
	fyne.KeyLeft: "←", fyne.KeyRight: "→", fyne.KeyUp: "↑", fyne.KeyDown: "↓",
}

// Label returns what stands on a key cap: "Space", "Ctrl Shift Z", "→".
func (k Key) Label(say Say) string {
	if k.Rune != 0 {
		return string(unicode.ToUpper(k.Rune))
	}
	var parts []string
	for _, m := range []struct {
		mod  fyne.KeyModifier
		text string
	}{
		{fyne.KeyModifierControl, "ui.key.ctrl"},
		{fyne.KeyModifierAlt, "ui.key.alt"},
		{fyne.KeyModifierShift, "ui.key.shift"},
		{fyne.KeyModifierSuper, "ui.key." + superName()},
	} {
		if k.Mod&m.mod != 0 {
			parts = append(parts, say(m.text, nil))
		}
	}
	return strings.Join(append(parts, k.cap(say)), " ")
}

func (k Key) cap(say Say) string {
	if text, ok := keyNames[k.Name]; ok {
		return say(text, nil)
	}
	if arrow, ok := arrows[k.Name]; ok {
		return arrow
	}
	return string(k.Name)
}

func superName() string {
	if runtime.GOOS == "darwin" {
		return "command"
	}
	return "super"
}

// Label returns the first key of a command as it stands on its cap, "" for a
// command without a key.
func (t *Table) Label(id string, say Say) string {
	c := t.Find(id)
	if c == nil || len(c.Keys) == 0 {
		return ""
	}
	return c.Keys[0].Label(say)
}

// HelpRow is a line of the help page.
type HelpRow struct {
	ID    string
	Title string   // in the person's language
	Keys  []string // as they stand on their caps
	Field bool     // acts only while a field has the focus
}

// Help returns the commands with keys that can be pressed on a screen and are
// offered, in the order of the table.
func (t *Table) Help(screen string, say Say) []HelpRow {
	var rows []HelpRow
	for _, c := range t.commands {
		if len(c.Keys) == 0 || !c.on(screen) || c.Offered != nil && !c.Offered() {
			continue
		}
		row := HelpRow{ID: c.ID, Title: say(c.Title, nil), Field: c.FieldOnly}
		for _, k := range c.Keys {
			row.Keys = append(row.Keys, k.Label(say))
		}
		rows = append(rows, row)
	}
	return rows
}
