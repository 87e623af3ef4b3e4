package issues

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// panel shows the chosen issue at the side of the ranking: what it is, its key,
// its follow-through, and its moments with the customers' words.
type panel struct {
	screen *Screen
	box    *fyne.Container
	scroll *container.Scroll
	all    *fyne.Container

	mark                   *widget.Mark
	name, calls, filed     *widget.Text
	definition             *widget.Text
	owner, state, next     *widget.Text
	follow                 *widget.Button
	key                    *widget.Button
	keyNote, heading, note *widget.Text
	moments                *fyne.Container
	rows                   []*momentView
	more                   *widget.Button
	book                   *book
}

// signed is a layout of a sign before the first line of a text that wraps.
type signed struct{}

func (signed) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[1].MinSize().AddWidthHeight(o[0].MinSize().Width+size(theme.GapSmall), 0)
}

func (signed) Layout(o []fyne.CanvasObject, at fyne.Size) {
	sign := o[0].MinSize()
	line := fyne.MeasureText("X", size(theme.TextTitle), fyne.TextStyle{Bold: true}).Height
	o[0].Resize(sign)
	o[0].Move(fyne.NewPos(0, (line-sign.Height)/2))
	x := sign.Width + size(theme.GapSmall)
	o[1].Move(fyne.NewPos(x, 0))
	o[1].Resize(fyne.NewSize(at.Width-x, at.Height))
}

// momentView is a moment that can be played. It stays the same widget when
// another moment is shown in its place, so that the focus is kept.
type momentView struct {
	row          *widget.Row
	card         *widget.Card
	icon         *fynewidget.Icon
	words, place *widget.Text
	aside        *widget.Text
}

func newPanel(s *Screen) *panel {
	caption := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap}
	p := &panel{
		screen: s, mark: widget.NewMark(theme.Issue(0), widget.Circle),
		name:  widget.NewText("", widget.Look{Size: theme.TextTitle, Bold: true, Fit: widget.Wrap}),
		calls: widget.NewText("", caption), filed: widget.NewText("", caption),
		definition: widget.NewText("", widget.Look{Fit: widget.Wrap}),
		owner:      widget.NewText("", caption), state: widget.NewText("", caption), next: widget.NewText("", caption),
		keyNote: widget.NewText("", caption), note: widget.NewText("", caption),
		heading: widget.NewText(s.shell.Say("issues.in-words", nil), widget.Look{Bold: true}),
		moments: container.New(widget.Column{Gap: theme.GapSmall}),
	}
	p.key = widget.NewButton("", widget.Secondary, s.chooseKey)
	p.key.SetKey(s.shell.Key("issues.key"))
	p.more = widget.NewButton("", widget.Quiet, p.showMore)
	key := container.NewHBox(widget.NewText(s.shell.Say("issues.key", nil), widget.Look{Bold: true}), p.key)
	p.follow = widget.NewButton(s.shell.Say("issues.follow-change", nil), widget.Secondary, s.askFollow)
	p.follow.SetKey(s.shell.Key(followCommand))
	through := widget.NewText(s.shell.Say("issues.follow", nil), widget.Look{Bold: true})
	p.all = container.New(widget.Column{Gap: theme.GapSmall, Margin: theme.Gap},
		container.New(signed{}, p.mark, p.name), p.definition, p.calls, p.filed, key, p.keyNote,
		through, container.New(widget.Column{Gap: theme.GapTiny}, p.state, p.owner, p.next), container.NewHBox(p.follow),
		p.heading, p.moments, p.note, p.more)
	p.scroll = container.NewVScroll(p.all)
	p.book = newBook(s)
	p.box = edged(container.NewBorder(nil, p.book.box, nil, nil, p.scroll), true)
	return p
}

func (p *panel) showMore() {
	p.screen.model.most += momentsAtOnce
	p.screen.painted()
}

// show sets the panel to the chosen issue.
func (p *panel) show() {
	s, ok := p.screen.model.side()
	p.all.Hidden = !ok
	if p.name.Text() != s.name {
		p.scroll.ScrollToTop()
	}
	p.mark.Set(theme.Issue(s.code), widget.Circle)
	p.name.SetText(s.name)
	p.calls.SetText(s.calls)
	p.definition.SetText(s.definition)
	p.definition.Hidden = s.definition == ""
	p.state.SetText(s.state)
	p.owner.SetText(s.owner)
	p.next.SetText(s.next)
	p.filed.SetText(s.filed)
	p.filed.Hidden = s.filed == ""
	p.key.SetText(s.key + arrow)
	p.keyNote.SetText(s.keyNote)
	p.note.SetText(s.note)
	p.note.Hidden = s.note == ""
	p.more.SetText(s.more)
	p.more.Hidden = s.more == ""
	p.moments.Hidden = len(s.moments) == 0
	p.showMoments(s.moments)
	p.book.show()
	p.all.Refresh()
	p.scroll.Refresh()
}

func (p *panel) showMoments(moments []momentRow) {
	if p.focused() >= len(moments) {
		p.screen.shell.Surface()
	}
	for len(p.rows) < len(moments) {
		v := p.newMoment(len(p.rows))
		p.rows = append(p.rows, v)
		p.moments.Objects = append(p.moments.Objects, v.card)
	}
	for i, v := range p.rows {
		v.card.Hidden = i >= len(moments)
		if i < len(moments) {
			v.set(moments[i], p.screen.shell.Say("issues.no-words", nil))
		}
	}
}

func (p *panel) newMoment(n int) *momentView {
	caption := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap}
	v := &momentView{
		icon:  fynewidget.NewIcon(fynetheme.MediaPlayIcon()),
		words: widget.NewText("", widget.Look{Fit: widget.Wrap}), place: widget.NewText("", caption),
		aside: widget.NewText("", caption),
	}
	place := container.NewBorder(nil, nil, container.NewGridWrap(fyne.NewSquareSize(16), v.icon), nil, v.place)
	v.row = widget.NewRow(container.New(widget.Column{Gap: theme.GapTiny}, v.words, place, v.aside), func() { p.screen.play(n) })
	v.card = widget.NewFlushCard(v.row)
	return v
}

func (v *momentView) set(m momentRow, silent string) {
	look := widget.Look{Fit: widget.Wrap}
	if m.words == "" {
		m.words, look.Color = silent, theme.Muted
	}
	v.words.SetLook(look)
	v.words.SetText(m.words)
	v.place.SetText(m.place)
	v.aside.SetText(m.aside)
	v.aside.Hidden = m.aside == ""
}

// focused is the place of the moment that has the focus, -1 for none.
func (p *panel) focused() int {
	focus := p.screen.shell.Canvas().Focused()
	for i, v := range p.rows {
		if focus == fyne.Focusable(v.row) {
			return i
		}
	}
	return -1
}

// focus goes to the moment at a place, if there is one.
func (p *panel) focus(n int) {
	if n < 0 || n >= len(p.rows) || p.rows[n].card.Hidden {
		return
	}
	p.screen.shell.Canvas().Focus(p.rows[n].row)
	card := p.rows[n].card
	top := p.moments.Position().Y + card.Position().Y
	y := min(top, max(p.scroll.Offset.Y, top+card.Size().Height-p.scroll.Size().Height))
	p.scroll.ScrollToOffset(fyne.NewPos(0, y))
}
