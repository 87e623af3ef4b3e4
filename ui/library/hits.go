package library

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// newFinder makes the field that searches transcripts and the list of what it
// finds.
func (v *view) newFinder() {
	s := v.screen
	v.field = widget.NewField(s.Shell.Say("transcript.find.hint", nil))
	v.field.OnChanged = s.find
	v.field.OnKey = s.key
	v.field.OnLeave = func() { v.field.SetText("") }
	key := widget.NewKeyHint(s.Shell.Key("library.search"))
	middle := container.NewVBox(layout.NewSpacer(), key, layout.NewSpacer())
	v.finder = container.New(&finderWidth{}, container.NewBorder(nil, nil, nil, middle, v.field))
	v.hits = newHits(s)
}

// showFinder shows the field where there is a transcript to search in.
func (v *view) showFinder() {
	if there := v.screen.searchable() && v.screen.model.tab == calls; there != v.finder.Visible() {
		if there {
			v.finder.Show()
		} else {
			v.finder.Hide()
		}
	}
}

// finderWidth gives the field room for most of its hint.
type finderWidth struct{}

const finderWide = 400

func (*finderWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(finderWide, objects[0].MinSize().Height)
}

func (*finderWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// hits is the list of what a search has found.
type hits struct {
	screen *Screen
	card   fyne.CanvasObject
	count  *widget.Text
	list   *widget.List
	rows   map[fyne.CanvasObject]*hitLine
	at     int // the row that was scrolled to last
}

// hitLine is a row of the list: where, and below it what was said.
type hitLine struct {
	row         *widget.Row
	where, more *widget.Text
	said        *snippet
}

func newHits(s *Screen) *hits {
	h := &hits{screen: s, rows: map[fyne.CanvasObject]*hitLine{}, at: -1}
	h.count = widget.NewText("", widget.Look{Color: theme.Muted, Size: theme.TextCaption, Fit: widget.Wrap})
	h.list = widget.NewList(func() int { return len(s.model.search.hits) }, h.newRow, h.setRow)
	h.card = widget.NewFlushCard(container.NewBorder(container.New(layout.NewCustomPaddedLayout(10, 6, 8, 8), h.count), nil, nil, nil, h.list))
	return h
}

func (h *hits) newRow() fyne.CanvasObject {
	muted := widget.Look{Color: theme.Muted, Size: theme.TextCaption, Fit: widget.Cut}
	line := &hitLine{where: widget.NewText("", muted), said: newSnippet()}
	muted.Fit = widget.Whole
	line.more = widget.NewText("", muted)
	above := container.NewBorder(nil, nil, nil, line.more, line.where)
	line.row = widget.NewRow(container.New(layout.NewCustomPaddedVBoxLayout(3), above, line.said.box), nil)
	line.row.SetLined(true)
	h.rows[line.row] = line
	return line.row
}

func (h *hits) setRow(n int, object fyne.CanvasObject) {
	line, search := h.rows[object], &h.screen.model.search
	hit := search.hits[n]
	line.where.SetText(hit.where())
	line.more.SetText(hit.more)
	line.said.set(hit.words)
	line.row.SetChosen(n == search.chosen)
	line.row.OnTap = func() {
		search.chosen = n
		h.screen.openHit()
	}
}

func (h *hits) show(m *model) {
	h.count.SetText(m.foundLine())
	if m.search.chosen != h.at {
		h.at = m.search.chosen
		h.list.ScrollTo(h.at)
	}
	h.list.Refresh()
}
