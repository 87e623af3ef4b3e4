package session

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// roomView shows one session.
type roomView struct {
	screen          *Screen
	content         *fyne.Container
	title, subtitle *widget.Text
	invite, next    *widget.Button
	connect         *widget.Button

	people *peopleView
	calls  *callsView
	table  *tableView
}

func newRoomView(s *Screen) *roomView {
	v := &roomView{screen: s, people: newPeopleView(s), calls: newCallsView(s), table: newTableView(s)}
	v.title = widget.NewText("", widget.Look{Size: theme.TextHeading, Bold: true, Fit: widget.Cut})
	v.subtitle = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut})
	back := s.button("session.all", backCommand, widget.Secondary, s.back)
	v.invite = s.button("session.invite", inviteCommand, widget.Secondary, s.invite)
	v.next = s.button("session.next", nextCommand, widget.Primary, s.next)
	v.connect = s.button("session.connect", connectCommand, widget.Primary, s.connect)
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(10), back, v.invite, v.next, v.connect)
	heading := container.New(widget.Column{Gap: theme.GapTiny}, v.title, v.subtitle)
	header := widget.NewPane(widget.Bottom, container.New(layout.NewCustomPaddedLayout(9, 9, 20, 20),
		container.NewBorder(nil, nil, nil, container.NewCenter(buttons), heading)))
	right := container.New(layout.NewCustomPaddedLayout(18, 18, 20, 20), container.New(shares{part: .34, gap: 14}, v.calls.content, v.table.content))
	v.content = container.NewBorder(header, nil, v.people.content, nil, right)
	return v
}

// show sets the page anew; r is nil while it is read.
func (v *roomView) show(r *room) {
	if r == nil {
		v.title.SetText("")
		v.subtitle.SetText(v.screen.shell.Say("session.waiting", nil))
		for _, b := range []*widget.Button{v.invite, v.next, v.connect} {
			b.Hide()
		}
	} else {
		v.title.SetText(r.title())
		v.subtitle.SetText(r.subtitle())
		widget.Show(v.invite, r.hosting() && r.running)
		widget.Show(v.next, r.hosting() && r.running)
		v.next.SetEnabled(r.next() > 0)
		widget.Show(v.connect, v.screen.canConnect())
	}
	v.people.show(r)
	v.calls.show(r)
	v.table.show(r)
}

// callsView lists the calls of a session.
type callsView struct {
	screen  *Screen
	content fyne.CanvasObject
	list    *widget.List
	reveal  *widget.Button
	rows    map[fyne.CanvasObject]*callRow
}

// The widths of the columns of calls.
var callWidths = []float32{34, 0, 52, 74, 120}

type callRow struct {
	row   *widget.Row
	texts []*widget.Text
}

func newCallsView(s *Screen) *callsView {
	v := &callsView{screen: s, rows: map[fyne.CanvasObject]*callRow{}}
	title := widget.NewText(s.shell.Say("session.the-calls", nil), widget.Look{Size: theme.TextTitle, Bold: true})
	v.reveal = s.button("session.reveal-all", revealAllCommand, widget.Secondary, func() { s.askReveal(true) })
	head := container.New(layout.NewCustomPaddedLayout(8, 8, 18, 14), container.NewBorder(nil, nil, container.NewCenter(title), v.reveal))
	v.list = widget.NewList(func() int {
		if s.model.room == nil {
			return 0
		}
		return len(s.model.room.state.Calls)
	}, v.newRow, v.setRow)
	v.content = widget.NewFlushCard(container.NewBorder(head, nil, nil, nil, v.list))
	return v
}

func (v *callsView) show(r *room) {
	widget.Show(v.reveal, r != nil && r.canReveal(true))
	v.list.Refresh()
	if r != nil {
		v.list.ScrollTo(r.round)
	}
}

func (v *callsView) newRow() fyne.CanvasObject {
	r := &callRow{}
	var objects []fyne.CanvasObject
	for i := range callWidths {
		look := widget.Look{Fit: widget.Cut}
		if i > 2 {
			look.Size, look.Color = theme.TextCaption, theme.Muted
		}
		t := widget.NewText("", look)
		r.texts, objects = append(r.texts, t), append(objects, t)
	}
	r.row = widget.NewRow(padded(container.New(cells{widths: callWidths, least: 120, gap: 10}, objects...)), nil)
	r.row.SetLined(true)
	v.rows[r.row] = r
	return r.row
}

func (v *callsView) setRow(n int, object fyne.CanvasObject) {
	row, room := v.rows[object], v.screen.model.room
	if room == nil {
		return
	}
	l := room.callLine(n)
	for i, said := range []string{l.number, l.start, l.length, l.mine, l.state} {
		row.texts[i].SetText(said)
	}
	row.row.SetChosen(n == room.round)
	row.row.OnTap = func() {
		again := room.zone == inCalls && room.round == n
		room.zone = inCalls
		room.goTo(n)
		if again {
			v.screen.enter()
			return
		}
		v.screen.refresh()
		v.screen.look()
	}
}
