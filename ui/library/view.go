package library

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// columns of the list of calls: start, duration, queue, category, state.
const columns = 5

var columnText = [columns]text.Key{"library.start", "library.duration", "library.queue", "library.category", "library.state"}

// The widths of the columns: fixed ones, and the parts of what is left. A state can
// be two: "not drawn, opened by hand".
var (
	fixedWidths = [columns]float32{140, 52, 0, 0, 120}
	partWidths  = [columns]float32{0, 0, 1, 1.3, 0.5}
)

// view is the page. show sets it anew from the model.
type view struct {
	screen   *Screen
	page     fyne.CanvasObject
	subtitle *widget.Text
	sides    [3]*fyne.Container // counts by state, queue and category
	side     *fyne.Container    // the cards that hold them
	sideHigh float32            // they were laid out for
	tabs     *widget.Segmented
	body     *fyne.Container
	calls    fyne.CanvasObject // the tab: filters above what they list
	listed   *fyne.Container   // the table, or what a search found
	table    fyne.CanvasObject
	list     *widget.List
	detail   *widget.Text // the chosen call in full
	rows     map[fyne.CanvasObject]*callLine
	filters  *filters
	trend    *trend
	field    *widget.Field // searches transcripts
	finder   fyne.CanvasObject
	hits     *hits
	shown    tab
	at       int // the row that was scrolled to last
}

func newView(s *Screen) *view {
	v := &view{screen: s, shown: -1, at: -1, body: container.NewStack(), rows: map[fyne.CanvasObject]*callLine{}}
	v.subtitle = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut})
	say := func(key text.Key) string { return s.Shell.Say(key, nil) }
	v.tabs = widget.NewSegmented([]string{say("library.calls"), say("library.over-time"), say("library.sources"), say("library.draws"), say("library.import")}, func(n int) {
		s.model.tab = tab(n)
		s.refresh()
	})
	v.newFinder()
	v.filters, v.trend = newFilters(s, v.finder), newTrend()
	v.table, v.listed = v.newCalls(), container.NewStack()
	v.calls = container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), v.filters.bar), nil, nil, nil, v.listed)
	v.side = container.New(layout.NewCustomPaddedVBoxLayout(14))
	for i, title := range []text.Key{"library.by-state", "library.by-queue", "library.by-category"} {
		v.sides[i] = container.New(layout.NewCustomPaddedVBoxLayout(6))
		heading := widget.NewText(say(title), widget.Look{Size: theme.TextTitle, Bold: true})
		v.side.Add(widget.NewCard(widget.Plain, container.New(layout.NewCustomPaddedVBoxLayout(10), heading, v.sides[i])))
	}
	tabs := container.NewHBox(v.tabs)
	right := container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 14, 0, 0), tabs), nil, nil, nil, v.body)
	sideScroll := container.New(&sideWidth{}, container.NewVScroll(v.side))
	inside := container.New(layout.NewCustomPaddedLayout(18, 18, 20, 20),
		container.NewBorder(nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 0, 18), sideScroll), nil, right))
	header := widget.NewPane(widget.Bottom, container.New(layout.NewCustomPaddedLayout(11, 12, 20, 20), v.header()))
	v.page = container.NewBorder(header, nil, nil, nil, inside)
	return v
}

// header names the page and holds what brings calls in.
func (v *view) header() fyne.CanvasObject {
	s := v.screen
	title := widget.NewText(s.Shell.Say("library.title", nil), widget.Look{Size: theme.TextHeading, Bold: true})
	add := widget.NewButton(s.Shell.Say("library.add", nil), widget.Primary, s.Import)
	add.SetKey(s.Shell.Key("app.import"))
	table := widget.NewButton(s.Shell.Say("library.add-table", nil), widget.Secondary, s.ImportWithTable)
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(10), table, add)
	words := container.New(layout.NewCustomPaddedVBoxLayout(3), title, v.subtitle)
	return container.NewBorder(nil, nil, nil, buttons, words)
}

// newCalls is the list of calls below the names of its columns.
func (v *view) newCalls() fyne.CanvasObject {
	var names []fyne.CanvasObject
	for _, key := range columnText {
		names = append(names, widget.NewText(v.screen.Shell.Say(key, nil), widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut}))
	}
	v.list = widget.NewList(v.screen.model.size, v.newRow, v.setRow)
	head := container.New(layout.NewCustomPaddedLayout(10, 6, 8, 8), container.New(&cells{}, names...))
	v.detail = widget.NewText("", widget.Look{Color: theme.Muted, Size: theme.TextCaption, Fit: widget.Wrap, Lines: 3})
	foot := container.New(layout.NewCustomPaddedLayout(8, 8, 8, 8), v.detail)
	return widget.NewFlushCard(container.NewBorder(head, foot, nil, nil, v.list))
}

// callLine is a row of the list, with its texts at hand.
type callLine struct {
	row   *widget.Row
	texts [columns]*widget.Text
}

func (v *view) newRow() fyne.CanvasObject {
	line := &callLine{}
	var texts []fyne.CanvasObject
	for i := range columns {
		line.texts[i] = widget.NewText("", widget.Look{Fit: widget.Cut})
		texts = append(texts, line.texts[i])
	}
	line.row = widget.NewRow(container.New(&cells{}, texts...), nil)
	line.row.SetLined(true)
	v.rows[line.row] = line
	return line.row
}

func (v *view) setRow(n int, object fyne.CanvasObject) {
	line, m := v.rows[object], v.screen.model
	v.screen.want(n)
	for i, cell := range m.cells(n) {
		line.texts[i].SetText(cell)
	}
	line.row.SetChosen(n == m.chosen)
	line.row.OnTap = func() {
		if m.chosen == n {
			v.screen.open()
			return
		}
		m.chosen = n
		v.screen.refresh()
	}
}

// show sets the page anew.
func (v *view) show() {
	m := v.screen.model
	if m.contents == nil {
		return
	}
	v.subtitle.SetText(m.subtitle())
	fill(v.sides[0], v.screen.model.text, m.states())
	if m.all != nil {
		fill(v.sides[1], v.screen.model.text, m.named(m.all.queues, "library.no-queue"))
		fill(v.sides[2], v.screen.model.text, m.named(m.all.categories, "library.no-category"))
	}
	if high := v.side.MinSize().Height; high != v.sideHigh { // a card below one that grew moves down
		v.sideHigh = high
		v.side.Refresh()
	}
	v.tabs.SetChosen(int(m.tab))
	v.showFinder()
	v.showTab()
}

func (v *view) showTab() {
	m := v.screen.model
	switch m.tab {
	case calls:
		v.body.Objects = []fyne.CanvasObject{v.calls}
		v.showCalls()
	case overTime:
		v.body.Objects = []fyne.CanvasObject{v.trend.page}
		v.trend.show(m)
	case sources:
		v.body.Objects = []fyne.CanvasObject{v.sourceCards()}
	case draws:
		v.body.Objects = []fyne.CanvasObject{container.NewVScroll(drawCards(m))}
	case imports:
		v.body.Objects = []fyne.CanvasObject{container.NewVScroll(widget.NewCard(widget.Plain, widget.NewLines(m.importLines())))}
	}
	v.shown = m.tab
	v.body.Refresh()
}

// showCalls shows what is listed, or what a search found. The list is scrolled
// once it has its size.
func (v *view) showCalls() {
	m := v.screen.model
	searching := v.screen.searching()
	v.filters.show(m, searching)
	shown := v.table
	if searching {
		shown = v.hits.card
	}
	v.listed.Objects = []fyne.CanvasObject{shown}
	v.body.Refresh()
	v.listed.Refresh()
	if searching {
		v.hits.show(m)
		return
	}
	if m.chosen != v.at {
		v.at = m.chosen
		v.list.ScrollTo(m.chosen)
	}
	v.detail.SetText(m.detail())
	v.list.Refresh()
}

// drawCards are the draws, a card each.
func drawCards(m *model) fyne.CanvasObject {
	rows := m.drawRows()
	if len(rows) == 0 {
		none := widget.NewText(m.text.Say("library.draw.none", nil), widget.Look{Color: theme.Muted, Fit: widget.Wrap})
		return widget.NewCard(widget.Plain, none)
	}
	box := container.New(layout.NewCustomPaddedVBoxLayout(14))
	for _, row := range rows {
		card := container.New(layout.NewCustomPaddedVBoxLayout(6), widget.NewText(row.title, widget.Look{Bold: true, Fit: widget.Wrap}))
		for _, fact := range row.facts {
			card.Add(factLine(fact))
		}
		box.Add(widget.NewCard(widget.Plain, card))
	}
	return box
}

// mostCounts is how many names a card of counts holds; the rest are added up.
const mostCounts = 12

// fill shows counts, each behind its name.
func fill(box *fyne.Container, t *text.Catalog, counts []count) {
	box.Objects = nil
	rest := count{}
	for i, c := range counts {
		if i >= mostCounts {
			rest.n += c.n
			continue
		}
		box.Add(countLine(c.name, t.Int(c.n)))
	}
	if rest.n > 0 {
		box.Add(countLine(t.Say("library.others", review.Args{"n": len(counts) - mostCounts}), t.Int(rest.n)))
	}
	box.Refresh()
}

func countLine(name, n string) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, widget.NewText(n, widget.Look{Color: theme.Muted}),
		widget.NewText(name, widget.Look{Fit: widget.Wrap, Lines: 2}))
}

// cells lays a row of the list out in columns.
type cells struct{}

func (*cells) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(480, objects[0].MinSize().Height+10)
}

func (*cells) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const gap = 12
	left, parts := size.Width-gap*(columns-1), float32(0)
	for i := range columns {
		left -= fixedWidths[i]
		parts += partWidths[i]
	}
	x := float32(0)
	for i, o := range objects {
		width := fixedWidths[i] + max(0, left)*partWidths[i]/parts
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(width, size.Height))
		x += width + gap
	}
}

// factName is the column of what a fact is about.
type factName struct{}

func (*factName) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(110, objects[0].MinSize().Height)
}

func (*factName) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(size.Width, objects[0].MinSize().Height))
}

// sideWidth is the column of counts.
type sideWidth struct{}

func (*sideWidth) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 100) }

func (*sideWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }
