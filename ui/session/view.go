package session

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// view is the page: all sessions, or one of them.
type view struct {
	screen  *Screen
	content *fyne.Container
	lobby   *lobby
	room    *roomView
}

func newView(s *Screen) *view {
	v := &view{screen: s, lobby: newLobby(s), room: newRoomView(s)}
	v.content = container.NewStack(v.lobby.content, v.room.content)
	return v
}

// show sets the page anew.
func (v *view) show() {
	m := v.screen.model
	widget.Show(v.lobby.content, m.shown == "")
	widget.Show(v.room.content, m.shown != "")
	if m.shown == "" {
		v.lobby.show(m)
	} else {
		v.room.show(m.room)
	}
	v.content.Refresh()
}

// button is a button for a command, with its key.
func (s *Screen) button(key text.Key, command string, weight widget.Weight, act func()) *widget.Button {
	b := widget.NewButton(s.shell.Say(key, nil), weight, act)
	b.SetKey(s.shell.Key(command))
	return b
}

// lobby lists the sessions and offers new ones.
type lobby struct {
	screen  *Screen
	content *fyne.Container
	list    *widget.List
	table   fyne.CanvasObject
	empty   *widget.EmptyState
	host    *widget.Button
	rows    map[fyne.CanvasObject]*lobbyRow
}

func newLobby(s *Screen) *lobby {
	v := &lobby{screen: s, rows: map[fyne.CanvasObject]*lobbyRow{}}
	title := widget.NewText(s.shell.Say("session.title", nil), widget.Look{Size: theme.TextHeading, Bold: true})
	v.host = s.button("session.host", hostCommand, widget.Primary, s.askHost)
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(10),
		s.button("session.open-file", fileCommand, widget.Secondary, s.askFile),
		s.button("session.join", joinCommand, widget.Secondary, func() { s.AskJoin("") }), v.host)
	header := widget.NewPane(widget.Bottom, container.New(layout.NewCustomPaddedLayout(11, 12, 20, 20),
		container.NewBorder(nil, nil, container.NewCenter(title), buttons)))
	about := widget.NewText(s.shell.Say("session.about", nil), widget.Look{Color: theme.Muted, Fit: widget.Wrap})
	v.list = widget.NewList(func() int { return len(s.model.all) }, v.newRow, v.setRow)
	v.table = widget.NewFlushCard(v.list)
	v.empty = widget.NewEmptyState(fynetheme.AccountIcon(), s.shell.Say("session.none", nil), s.shell.Say("session.none-text", nil))
	body := container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 12, 0, 0), about), nil, nil, nil, container.NewStack(v.table, v.empty))
	v.content = container.NewBorder(header, nil, nil, nil, container.New(layout.NewCustomPaddedLayout(18, 18, 20, 20), body))
	return v
}

func (v *lobby) show(m *model) {
	v.host.SetEnabled(len(m.draws) > 0)
	widget.Show(v.table, len(m.all) > 0)
	widget.Show(v.empty, m.known && len(m.all) == 0)
	v.list.Refresh()
	v.list.ScrollTo(m.chosen)
}

// lobbyRow is a session in the list.
type lobbyRow struct {
	row                 *widget.Row
	title, about, state *widget.Text
}

func (v *lobby) newRow() fyne.CanvasObject {
	caption := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut}
	r := &lobbyRow{title: widget.NewText("", widget.Look{Bold: true, Fit: widget.Cut}), about: widget.NewText("", caption), state: widget.NewText("", caption)}
	r.row = widget.NewRow(padded(container.New(widget.Column{Gap: theme.GapTiny}, r.title, r.about, r.state)), nil)
	r.row.SetLined(true)
	v.rows[r.row] = r
	return r.row
}

func (v *lobby) setRow(n int, object fyne.CanvasObject) {
	r, m := v.rows[object], v.screen.model
	l := m.line(n)
	r.title.SetText(l.title)
	r.about.SetText(l.about)
	r.state.SetText(l.state)
	r.row.SetChosen(n == m.chosen)
	r.row.OnTap = func() {
		m.chosen = n
		v.screen.enter()
	}
}
