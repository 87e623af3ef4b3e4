package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// mostInMenu is how many items a menu takes: more are not seen at a glance, and
// Fyne 2.7.1 makes all of them before it shows one.
const mostInMenu = 20

// Offer shows items below a button. Few are a menu, in which arrows and Enter
// choose and Escape leaves; of many, as a centre's thousand wrap-up codes, one is
// found by typing a part of its name, for which hint asks.
func Offer(items []*fyne.MenuItem, c fyne.Canvas, button fyne.CanvasObject, hint string) {
	below := fyne.NewPos(0, button.Size().Height)
	if len(items) <= mostInMenu {
		widget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), c, below, button)
		return
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(button).Add(below)
	newOffer(items, hint).show(c, at, button.Size().Width)
}

// offer is a field, and below it the items whose names have what is typed.
type offer struct {
	items []*fyne.MenuItem
	names []string // of items, in small letters
	found []int    // indexes of items
	at    int      // of found
	field *Field
	list  *List
	rows  map[fyne.CanvasObject]*offerRow
	popup *widget.PopUp
}

type offerRow struct {
	row  *Row
	tick *widget.Icon
	name *Text
	n    int // of found
}

func newOffer(items []*fyne.MenuItem, hint string) *offer {
	o := &offer{items: items, field: NewField(hint), rows: map[fyne.CanvasObject]*offerRow{}}
	for _, item := range items {
		o.names = append(o.names, strings.ToLower(item.Label))
	}
	o.list = NewList(func() int { return len(o.found) }, o.newRow, o.setRow)
	o.field.OnChanged = func(string) { o.find() }
	o.field.OnKey = o.key
	o.find()
	return o
}

// find lists the items that have what is typed, and goes to the one that is
// chosen, or to the first.
func (o *offer) find() {
	wanted := strings.ToLower(strings.TrimSpace(o.field.Text))
	o.found, o.at = o.found[:0], 0
	for n, name := range o.names {
		if !strings.Contains(name, wanted) {
			continue
		}
		if o.items[n].Checked {
			o.at = len(o.found)
		}
		o.found = append(o.found, n)
	}
	o.list.Refresh()
	o.list.ScrollTo(o.at)
}

func (o *offer) newRow() fyne.CanvasObject {
	r := &offerRow{tick: widget.NewIcon(fynetheme.ConfirmIcon()), name: NewText("", Look{Fit: Cut})}
	r.row = NewRow(container.NewBorder(nil, nil, r.tick, nil, r.name), func() { o.choose(r.n) })
	o.rows[r.row] = r
	return r.row
}

func (o *offer) setRow(n int, object fyne.CanvasObject) {
	r, item := o.rows[object], o.items[o.found[n]]
	r.n = n
	r.name.SetText(item.Label)
	r.row.SetChosen(n == o.at)
	if item.Checked {
		r.tick.SetResource(fynetheme.ConfirmIcon())
	} else {
		r.tick.SetResource(nil) // its place stays
	}
}

// key moves through what was found, chooses of it, or leaves.
func (o *offer) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyDown:
		o.move(1)
	case fyne.KeyUp:
		o.move(-1)
	case fyne.KeyPageDown:
		o.move(offerRows)
	case fyne.KeyPageUp:
		o.move(-offerRows)
	case fyne.KeyReturn, fyne.KeyEnter:
		o.choose(o.at)
	case fyne.KeyEscape:
		o.popup.Hide()
	default:
		return false
	}
	return true
}

func (o *offer) move(by int) {
	o.at = max(0, min(len(o.found)-1, o.at+by))
	o.list.Refresh()
	o.list.ScrollTo(o.at)
}

func (o *offer) choose(n int) {
	if n >= len(o.found) {
		return
	}
	item := o.items[o.found[n]]
	o.popup.Hide()
	item.Action()
}

// How large the list is, of which the rest is reached by scrolling.
const (
	offerRows = 10
	offerWide = 360
)

// show shows the offer at a place of the canvas, or so far from it that all of it
// is within.
func (o *offer) show(c fyne.Canvas, at fyne.Position, wide float32) {
	o.popup = widget.NewPopUp(container.NewPadded(container.NewBorder(o.field, nil, nil, nil, o.list)), c)
	high := o.field.MinSize().Height + offerRows*(o.newRow().MinSize().Height+size(o.list, fynetheme.SizeNamePadding)) + 2*size(o.list, theme.Gap)
	room := c.Size()
	want := fyne.NewSize(min(room.Width, max(wide, offerWide)), min(room.Height, high))
	o.popup.Resize(want)
	o.popup.ShowAtPosition(fyne.NewPos(max(0, min(at.X, room.Width-want.Width)), max(0, min(at.Y, room.Height-want.Height))))
	c.Focus(o.field)
	o.list.ScrollTo(o.at)
}
