package session

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// peopleWidth is how wide the roster is, as in the picture.
const peopleWidth = 250

// peopleView shows who is in a session, and what can be done with all of it.
type peopleView struct {
	screen  *Screen
	content fyne.CanvasObject
	list    *widget.List
	rows    map[fyne.CanvasObject]*personRow
	note    *widget.Text

	member, adopt, save, leave, end *widget.Button
}

func newPeopleView(s *Screen) *peopleView {
	v := &peopleView{screen: s, rows: map[fyne.CanvasObject]*personRow{}, note: note("")}
	title := widget.NewText(s.shell.Say("session.in-the-room", nil), widget.Look{Size: theme.TextTitle, Bold: true})
	v.list = widget.NewList(func() int {
		if s.model.room == nil {
			return 0
		}
		return len(s.model.room.roster)
	}, v.newRow, v.setRow)
	v.member = s.button("session.member", memberCommand, widget.Secondary, s.askMember)
	v.adopt = s.button("session.adopt", adoptCommand, widget.Secondary, s.askAdopt)
	v.save = s.button("session.save", saveCommand, widget.Secondary, s.askSave)
	v.leave = s.button("session.leave", leaveCommand, widget.Secondary, s.askLeave)
	v.end = s.button("session.close", closeCommand, widget.Secondary, s.askClose)
	foot := container.New(widget.Column{Gap: theme.GapSmall}, v.member, v.adopt, v.save, v.leave, v.end, v.note)
	head := container.New(layout.NewCustomPaddedLayout(18, 6, 18, 14), title)
	body := container.NewBorder(head, container.New(layout.NewCustomPaddedLayout(10, 16, 14, 14), foot), nil, nil, v.list)
	v.content = widget.NewPane(widget.Right, container.New(narrow{peopleWidth}, body))
	return v
}

// narrow is a layout of one thing that has a width of its own.
type narrow struct{ width float32 }

// MinSize implements fyne.Layout.
func (l narrow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, objects[0].MinSize().Height)
}

// Layout implements fyne.Layout.
func (l narrow) Layout(objects []fyne.CanvasObject, at fyne.Size) { objects[0].Resize(at) }

func (v *peopleView) show(r *room) {
	widget.Show(v.member, r != nil && r.other() != "")
	widget.Show(v.adopt, r != nil && r.agreed())
	widget.Show(v.save, r != nil)
	widget.Show(v.leave, r != nil && r.running)
	widget.Show(v.end, r != nil && r.hosting())
	v.note.SetText(r.note())
	v.list.Refresh()
	if r != nil && r.zone == inPeople {
		v.list.ScrollTo(r.person)
	}
	v.content.Refresh()
}

type personRow struct {
	row               *widget.Row
	avatar            *avatar
	name, state, done *widget.Text
}

func (v *peopleView) newRow() fyne.CanvasObject {
	r := &personRow{
		avatar: newAvatar(), name: widget.NewText("", widget.Look{Fit: widget.Cut}), done: widget.NewText("", widget.Look{}),
		state: widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut}),
	}
	lines := container.New(widget.Column{Gap: ""}, r.name, r.state)
	r.row = widget.NewRow(padded(container.New(cells{widths: []float32{avatarSize, 0, 16}, gap: 10}, r.avatar, lines, r.done)), nil)
	v.rows[r.row] = r
	return r.row
}

func (v *peopleView) setRow(n int, object fyne.CanvasObject) {
	row, room := v.rows[object], v.screen.model.room
	if room == nil {
		return
	}
	p := room.personAt(n)
	color := theme.Issue(n)
	switch {
	case p.away:
		color = theme.Muted
	case n == 0:
		color = theme.Primary
	}
	row.avatar.set(p.letter, color)
	row.name.SetText(p.name)
	row.state.SetText(p.state)
	tick := ""
	if p.done {
		tick = "✓"
	}
	row.done.SetText(tick)
	row.row.SetChosen(n == room.person && room.zone == inPeople)
	row.row.OnTap = func() {
		room.zone, room.person = inPeople, n
		v.screen.refresh()
	}
}
