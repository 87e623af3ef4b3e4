package listen

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// strip tells of the session below the page's header: how this window listens,
// with whom, and what is done for all.
type strip struct {
	screen  *Screen
	content fyne.CanvasObject
	buttons *fyne.Container
	row     *fyne.Container
	step    *widget.Text
	people  *widget.Text

	only, back, next *widget.Button
}

func newStrip(s *Screen) *strip {
	t := &strip{screen: s}
	t.step = widget.NewText("", widget.Look{Bold: true, Fit: widget.Wrap, Lines: 2})
	t.people = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap, Lines: 3})
	t.only = widget.NewButton("", widget.Secondary, s.switchRoom)
	t.back = widget.NewButton(s.shell.Say("listen.together.return", nil), widget.Secondary, s.rejoin)
	t.next = widget.NewButton(s.shell.Say("listen.together.next", nil), widget.Secondary, s.nextForAll)
	for id, b := range map[string]*widget.Button{"listen.together.only": t.only, "listen.together.return": t.back, "listen.together.next": t.next} {
		b.SetKey(s.shell.Key(id))
	}
	texts := flex{vertical: true, gap: theme.GapTiny, grow: -1}.around(t.step, t.people)
	t.buttons = flex{gap: theme.GapSmall, grow: -1}.around(t.only, t.back, t.next)
	t.row = flex{gap: theme.Gap, grow: 0}.around(level(texts), level(t.buttons))
	t.content = widget.NewPane(widget.Bottom, inset{theme.GapWide, theme.GapSmall}.around(t.row))
	t.content.Hide()
	return t
}

func (t *strip) show(m *model) {
	widget.Show(t.content, m.strips())
	if !m.strips() {
		return
	}
	before := t.texts()
	t.step.SetText(m.step())
	t.people.SetText(strings.Join(m.people(fewNames), " · "))
	t.only.SetText(m.texts.Say(m.roomSwitch(), nil))
	t.only.SetOn(m.party.play.Only == m.party.me)
	widget.Show(t.only, t.screen.canSwitchRoom())
	widget.Show(t.back, t.screen.canReturn())
	widget.Show(t.next, t.screen.canGoOn())
	if before != t.texts() {
		t.buttons.Refresh()
		t.row.Refresh()
		t.content.Refresh()
	}
}

// texts are what the strip's layout depends on.
func (t *strip) texts() [6]any {
	return [6]any{t.step.Text(), t.people.Text(), t.only.Text(), t.only.Visible(), t.back.Visible(), t.next.Visible()}
}

// roomSwitch is what the switch between machines in one room says.
func (m *model) roomSwitch() text.Key {
	p := m.party
	switch {
	case p.play.Only == "" || p.play.Only == p.me:
		return "listen.together.only"
	case p.aloud:
		return "listen.together.hush"
	}
	return "listen.together.aloud"
}

// strip is what the page tells of the session, for the trace.
func (m *model) strip() []string {
	if !m.strips() {
		return nil
	}
	return append([]string{m.step()}, m.people(len(m.party.roster))...)
}
