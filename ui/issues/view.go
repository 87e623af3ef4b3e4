package issues

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// arrow stands on a button that opens a list of choices.
const arrow = " ▾"

const headHeight = 60

// view is the page as widgets.
type view struct {
	screen *Screen
	page   *fyne.Container

	tabs          *widget.Segmented
	period, queue *widget.Button
	wait          *widget.Text

	tallies [3]*tallyView
	table   *table
	trend   *trend
	panel   *panel
	cards   *cards
	inside  *insideView // with the cards
	empty   *emptyView
	ranking *fyne.Container // or the trend, with the issue beside it
	tops    *fyne.Container
}

func newView(s *Screen) *view {
	v := &view{screen: s}
	v.table, v.trend, v.panel, v.cards, v.empty = newTable(s), newTrend(s), newPanel(s), newCards(s), newEmpty(s)
	v.inside = newInside(s, v.cards)
	v.wait = widget.NewText("", widget.Look{Color: theme.Muted, Fit: widget.Cut, Align: fyne.TextAlignCenter})
	v.ranking = v.issuePage()
	body := container.NewStack(v.ranking, v.inside.box, v.empty.box, v.wait)
	head := v.header()
	v.page = container.New(arrange{
		func() fyne.Size { return head.MinSize().Max(body.MinSize()).AddWidthHeight(0, headHeight) },
		func(at fyne.Size) {
			head.Resize(fyne.NewSize(at.Width, headHeight))
			body.Move(fyne.NewPos(0, headHeight))
			body.Resize(at.SubtractWidthHeight(0, headHeight))
		},
	}, head, body)
	return v
}

// header is the page's title, its tabs, its filters and the export.
func (v *view) header() fyne.CanvasObject {
	s := v.screen
	name := widget.NewText(s.shell.Say("issues.title", nil), widget.Look{Size: theme.TextHeading, Bold: true})
	v.tabs = widget.NewSegmented([]string{s.shell.Say("issues.ranking", nil), s.shell.Say("issues.unlump", nil), s.shell.Say("issues.trend", nil)},
		func(n int) { s.turn(tab(n)) })
	v.period = widget.NewButton("", widget.Secondary, s.choosePeriod)
	v.queue = widget.NewButton("", widget.Secondary, s.chooseQueue)
	export := widget.NewButton(s.shell.Say("issues.export", nil), widget.Primary, s.askExport)
	right := []*widget.Button{export, v.queue, v.period}
	bar := container.New(arrange{
		func() fyne.Size { return fyne.NewSize(640, 0) },
		func(at fyne.Size) { placeHeader(name, v.tabs, right, s.shell.Key(exportCommand), at) },
	}, name, v.tabs, v.period, v.queue, export)
	return edged(bar, false)
}

// widest is how wide a filter's button becomes, however long the queue's name.
const widest = 230

// placeHeader sets the title and the tabs from the left and the buttons from
// the right, first the export. Where that is too much, the key on the export
// gives way, which the menu shows too, and then the queue's name.
func placeHeader(name *widget.Text, tabs *widget.Segmented, right []*widget.Button, key string, at fyne.Size) {
	gap, x := size(theme.Gap), size(theme.GapWide)
	for _, o := range []fyne.CanvasObject{name, tabs} {
		middle(o, stretch{x, o.MinSize().Width}, at.Height)
		x += o.MinSize().Width + gap
	}
	export, queue, period := right[0], right[1], right[2]
	room := func() float32 {
		return at.Width - x - size(theme.GapWide) - export.MinSize().Width - 2*gap - min(period.MinSize().Width, widest)
	}
	export.SetKey(key)
	if room() < min(queue.MinSize().Width, widest) {
		export.SetKey("")
	}
	widths := []float32{export.MinSize().Width, min(queue.MinSize().Width, widest, max(0, room())), min(period.MinSize().Width, widest)}
	end := at.Width - size(theme.GapWide)
	for i, button := range right {
		width := widths[i]
		end -= width
		middle(button, stretch{end, width}, at.Height)
		end -= gap
	}
}

// panelWidth leaves the table what it needs.
func panelWidth(page float32) float32 { return min(340, max(250, page*0.25)) }

// issuePage is the ranking, or the trend in its place, and the chosen issue
// beside it.
func (v *view) issuePage() *fyne.Container {
	var tallies []fyne.CanvasObject
	for i := range v.tallies {
		v.tallies[i] = newTally(v.screen, figure(i))
		tallies = append(tallies, v.tallies[i].sensor)
	}
	v.tops = container.New(tallyRow{}, tallies...)
	least := func() fyne.Size { return fyne.NewSize(740, 380) }
	return container.New(arrange{least, func(at fyne.Size) {
		gap, side := size(theme.Gap), panelWidth(at.Width)
		width := at.Width - side - 2*gap
		v.tops.Move(fyne.NewPos(gap, gap))
		v.tops.Resize(fyne.NewSize(width, tallyHeight))
		v.trend.scroll.Resize(fyne.NewSize(at.Width-side, at.Height))
		v.table.card.Move(fyne.NewPos(gap, tallyHeight+2*gap))
		v.table.card.Resize(fyne.NewSize(width, at.Height-tallyHeight-3*gap))
		v.panel.box.Move(fyne.NewPos(at.Width-side, 0))
		v.panel.box.Resize(fyne.NewSize(side, at.Height))
	}}, v.tops, v.table.card, v.trend.scroll, v.panel.box)
}

const tallyHeight = 88

// tallyRow is a layout of the three numbers above the table; the third, which
// says several things, is wider.
type tallyRow struct{}

func (tallyRow) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(420, tallyHeight) }

func (tallyRow) Layout(objects []fyne.CanvasObject, at fyne.Size) {
	gap, x := size(theme.Gap), float32(0)
	room := at.Width - gap*float32(len(objects)-1)
	for i, part := range []float32{0.27, 0.27, 0.46} {
		objects[i].Move(fyne.NewPos(x, 0))
		objects[i].Resize(fyne.NewSize(room*part, at.Height))
		x += room*part + gap
	}
}

// tallyView is a number above the table.
type tallyView struct {
	sensor              *sensor
	title, number, rest *widget.Text
}

func newTally(s *Screen, f figure) *tallyView {
	v := &tallyView{
		title:  widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut}),
		number: widget.NewText("", widget.Look{Bold: true}),
		rest:   widget.NewText("", widget.Look{Color: theme.Muted, Size: theme.TextCaption, Fit: widget.Wrap, Lines: 2}),
	}
	least := func() fyne.Size { return fyne.NewSize(100, 40) }
	body := container.New(arrange{least, func(at fyne.Size) {
		title, number := v.title.MinSize().Height, v.number.MinSize()
		v.title.Resize(fyne.NewSize(at.Width, title))
		v.number.Move(fyne.NewPos(0, title+2))
		v.number.Resize(number)
		x, y, gap := float32(0), title+2, size(theme.GapTiny)
		if v.number.Text() != "" {
			x, y = number.Width+gap, title+3
			if letters := fyne.MeasureText(v.rest.Text(), size(theme.TextCaption), fyne.TextStyle{}); x+letters.Width > at.Width {
				x, y = 0, title+number.Height
			}
		}
		v.rest.Move(fyne.NewPos(x, y))
		v.rest.Resize(fyne.NewSize(at.Width-x, at.Height-y))
	}}, v.title, v.number, v.rest)
	v.sensor = newSensor(widget.NewCard(widget.Plain, body), func() { s.explain(f) })
	return v
}

func (v *tallyView) set(t tally) {
	v.title.SetText(t.title)
	v.number.SetText(t.number)
	v.rest.SetText(t.rest)
}

// emptyView says what to do when there is nothing to show.
type emptyView struct {
	box            *fyne.Container
	state          *widget.EmptyState
	listen, unveil *widget.Button
}

func newEmpty(s *Screen) *emptyView {
	e := &emptyView{}
	e.listen = widget.NewButton(s.shell.Say("issues.go-listen", nil), widget.Primary, func() { s.shell.Go(screen.Listen) })
	e.unveil = widget.NewButton(s.shell.Say("issues.show-all", nil), widget.Secondary, func() { s.narrow(period{}, "") })
	e.state = widget.NewEmptyState(fynetheme.ListIcon(), "", "", e.listen, e.unveil)
	e.box = container.NewPadded(e.state)
	return e
}

// show sets the page to the model.
func (v *view) show() {
	m := v.screen.model
	empty := m.empty()
	v.tabs.SetChosen(int(m.tab))
	v.period.SetText(m.period.name(m.texts) + arrow)
	v.queue.SetText(v.queueName() + arrow)
	v.wait.SetText("")
	if m.busy && !m.known {
		v.wait.SetText(m.say("issues.reading", nil))
	}
	v.wait.Hidden = m.known
	v.empty.box.Hidden = empty.title == ""
	v.ranking.Hidden = !m.known || empty.title != "" || m.tab == unlumpTab
	v.inside.box.Hidden = empty.title != "" || m.tab != unlumpTab
	switch {
	case empty.title != "":
		v.empty.unveil.Hidden = !empty.widen
		v.empty.state.Set(empty.title, empty.text)
	case m.tab == unlumpTab:
		v.inside.show(v.cards)
	default:
		v.showIssue()
	}
	v.page.Refresh()
}

// showIssue sets the ranking or the trend, and the issue beside it.
func (v *view) showIssue() {
	m := v.screen.model
	ranking := m.tab == rankingTab
	setVisible(v.tops, ranking)
	setVisible(v.table.card, ranking)
	setVisible(v.trend.scroll, !ranking)
	if ranking {
		for i, t := range m.tallies() {
			v.tallies[i].set(t)
		}
		v.table.set(m.rows())
	} else {
		v.trend.show()
	}
	v.panel.show()
}

func (v *view) queueName() string {
	if q := v.screen.model.queue; q != "" {
		return q
	}
	return v.screen.shell.Say("issues.all-queues", nil)
}
