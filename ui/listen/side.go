package listen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// side is where issues are found, named and tagged.
type side struct {
	screen  *Screen
	content fyne.CanvasObject
	field   *widget.Field
	when    *widget.Text // at which time Enter tags
	none    *widget.Text // in place of issues
	list    *issueList
	name    *widget.Button // names what was typed
	typing  bool
}

const sideWidth = 325

func newSide(s *Screen) *side {
	d := &side{screen: s, field: widget.NewField(s.shell.Say("listen.field", nil))}
	d.field.OnChanged = func(query string) {
		if query != s.model.chooser.query {
			s.model.chooser.find(query)
			s.refresh()
		}
	}
	d.field.OnKey = d.key
	d.field.OnFocus = d.focus
	d.field.OnLeave = func() {
		s.model.chooser.clear()
		s.refresh()
	}
	title := widget.NewText(s.shell.Say("listen.question", nil), widget.Look{Size: theme.TextTitle, Bold: true, Fit: widget.Wrap})
	d.when = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
	d.none = widget.NewText("", widget.Look{Color: theme.Muted, Fit: widget.Wrap})
	d.list = newIssueList(s.tagTapped)
	d.name = widget.NewButton("", widget.Secondary, s.tagNew)
	d.name.SetKey(s.shell.Key("listen.name"))
	nothing := widget.NewButton(s.shell.Say("listen.none", nil), widget.Secondary, s.none)
	nothing.SetKey(s.shell.Key("listen.none"))
	praise := widget.NewButton(s.shell.Say("listen.praise", nil), widget.Quiet, s.praise)
	praise.SetKey(s.shell.Key("listen.praise"))
	key := widget.NewKeyHint(s.shell.Key("listen.find"))
	column := flex{vertical: true, gap: theme.GapSmall, grow: 4}.around(
		title, flex{gap: theme.GapSmall, grow: 0}.around(d.field, key), d.when, d.none, d.list, d.name, nothing, praise)
	line := fixed{width: size(theme.Hairline)}.around(widget.NewPane(widget.Right, layout.NewSpacer()))
	d.content = flex{grow: 1}.around(line, fixed{width: sideWidth}.around(
		widget.NewPane(widget.Right, inset{theme.Gap, theme.Gap}.around(column))))
	return d
}

func (d *side) focused() bool { return d.typing }

func (d *side) focus(gained bool) {
	d.typing = gained
	c, ch := d.screen.model.call, &d.screen.model.chooser
	switch {
	case c == nil:
		return
	case gained:
		ch.enter(d.screen.at())
	default:
		ch.blur()
	}
	d.screen.refresh()
}

// key is a key in the field that writes nothing.
func (d *side) key(name fyne.KeyName) bool {
	s := d.screen
	switch name {
	case fyne.KeyUp:
		s.model.chooser.move(-1)
	case fyne.KeyDown:
		s.model.chooser.move(1)
	case fyne.KeyReturn, fyne.KeyEnter:
		s.tagChosen()
		return true
	default:
		return false
	}
	s.refresh()
	return true
}

func (d *side) show(m *model) {
	ch := &m.chooser
	if d.field.Text != ch.query {
		d.field.SetText(ch.query)
	}
	widget.Show(d.when, ch.entered)
	if ch.entered {
		d.when.SetText(m.when())
	}
	d.none.SetText(m.noIssues())
	widget.Show(d.none, m.noIssues() != "")
	d.list.show(m.issueRows())
	name := ch.newName()
	widget.Show(d.name, name != "")
	d.name.SetText(m.texts.Say("listen.name-it", review.Args{"name": name}))
}
