package meeting

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// view is the page: what a meeting is made of, or its slides.
type view struct {
	screen  *Screen
	content *fyne.Container
	lists   fyne.CanvasObject
	slides  *slides

	tabs   *widget.Segmented
	start  *widget.Button
	bring  *widget.Button
	about  *widget.Text
	list   *widget.List
	empty  *widget.EmptyState
	body   *fyne.Container
	rows   map[fyne.CanvasObject]*listRow
	detail *widget.Text // the chosen row in full
}

func newView(s *Screen) *view {
	v := &view{screen: s, slides: newSlides(s), rows: map[fyne.CanvasObject]*listRow{}}
	v.lists = v.newLists()
	v.content = container.NewStack(v.lists, v.slides.content)
	return v
}

func (v *view) newLists() fyne.CanvasObject {
	s := v.screen
	say := func(key text.Key) string { return s.shell.Say(key, nil) }
	title := widget.NewText(say("meeting.title"), widget.Look{Size: theme.TextHeading, Bold: true})
	v.tabs = widget.NewSegmented([]string{say("meeting.agenda"), say("meeting.words"), say("meeting.praises")}, func(n int) {
		s.model.tab = tab(n)
		s.refresh()
	})
	v.start = widget.NewButton(say("meeting.start"), widget.Primary, func() { s.start(0) })
	v.start.SetKey(s.shell.Key(startCommand))
	v.bring = widget.NewButton(say("meeting.bring"), widget.Secondary, s.bring)
	v.bring.SetKey(s.shell.Key(bringCommand))
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(10), v.bring, v.start)
	left := container.New(layout.NewCustomPaddedHBoxLayout(18), container.NewCenter(title), v.tabs)
	header := widget.NewPane(widget.Bottom, container.New(layout.NewCustomPaddedLayout(11, 12, 20, 20),
		container.NewBorder(nil, nil, left, buttons)))
	v.about = widget.NewText("", widget.Look{Color: theme.Muted, Fit: widget.Wrap})
	v.detail = widget.NewText("", widget.Look{Fit: widget.Wrap, Lines: 6})
	v.list = widget.NewList(s.model.size, v.newRow, v.setRow)
	v.empty = widget.NewEmptyState(fynetheme.MailComposeIcon(), "", "")
	foot := container.New(layout.NewCustomPaddedLayout(8, 10, 14, 14), v.detail)
	table := widget.NewFlushCard(container.NewBorder(nil, foot, nil, nil, v.list))
	v.body = container.NewStack(table, v.empty)
	inside := container.New(layout.NewCustomPaddedLayout(18, 18, 20, 20),
		container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 12, 0, 0), v.about), nil, nil, nil, v.body))
	return container.NewBorder(header, nil, nil, nil, inside)
}

// listRow is a row of a list, with its texts at hand.
type listRow struct {
	row                *widget.Row
	title, text, aside *widget.Text
}

func (v *view) newRow() fyne.CanvasObject {
	caption := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut}
	r := &listRow{
		title: widget.NewText("", caption), aside: widget.NewText("", caption),
		text: widget.NewText("", widget.Look{Bold: true, Fit: widget.Cut}),
	}
	column := widget.Column{Gap: theme.GapTiny}
	r.row = widget.NewRow(container.New(column, r.title, r.text, r.aside), nil)
	r.row.SetLined(true)
	v.rows[r.row] = r
	return r.row
}

func (v *view) setRow(n int, object fyne.CanvasObject) {
	r, m := v.rows[object], v.screen.model
	l := m.line(n)
	if l.brought {
		l.title = m.say("meeting.in-it", nil) + " · " + l.title
	}
	r.title.SetText(l.title)
	r.text.SetText(l.text)
	r.aside.SetText(l.aside)
	r.row.SetChosen(n == m.chosen[m.tab])
	r.row.OnTap = func() {
		if m.chosen[m.tab] == n {
			v.screen.enter()
			return
		}
		m.chosen[m.tab] = n
		v.screen.refresh()
	}
}

// abouts say what each tab is for, and nothings what to do where it is empty.
var (
	abouts   = [tabs]text.Key{"meeting.agenda-about", "meeting.words-about", "meeting.praise-about"}
	nothings = [tabs]text.Key{"meeting.agenda-none", "meeting.words-none", "meeting.praise-none"}
)

// show sets the page anew.
func (v *view) show() {
	m := v.screen.model
	widget.Show(v.lists, !m.held)
	widget.Show(v.slides.content, m.held)
	if m.held {
		v.slides.show()
		return
	}
	v.tabs.SetChosen(int(m.tab))
	v.about.SetText(m.about())
	v.empty.Set(m.say("meeting.none", nil), m.say(nothings[m.tab], nil))
	widget.Show(v.empty, m.known && m.size() == 0)
	widget.Show(v.body.Objects[0], m.size() > 0)
	v.start.SetEnabled(len(m.slides()) > 0)
	v.bring.SetEnabled(m.tab != agenda && m.size() > 0)
	v.detail.SetText(m.line(m.chosen[m.tab]).text)
	v.list.Refresh()
	v.list.ScrollTo(m.chosen[m.tab])
	v.content.Refresh()
}

// about says what the tab in front is for.
func (m *model) about() string {
	if m.tab == agenda && m.older {
		return m.say("meeting.agenda-older", nil)
	}
	return m.say(abouts[m.tab], nil)
}

// decide takes the focus to what is to be typed of a decision.
func (v *view) decide() { v.screen.shell.Canvas().Focus(v.slides.owner) }

// decision is what was typed.
func (v *view) decision() (owner, next string) { return v.slides.owner.Text, v.slides.next.Text }
