package issues

import (
	"reflect"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// cards is the un-lump tab: a card for each of the agents' categories.
type cards struct {
	screen *Screen
	box    *fyne.Container
	scroll *container.Scroll
	all    *fyne.Container
	lead   *widget.Text
	grid   *fyne.Container
	more   *widget.Button
	rows   []cardRow
	views  []*cardView
}

type cardView struct {
	box  *fyne.Container
	sign *plane // at the side of the card one is at
}

func newCards(s *Screen) *cards {
	c := &cards{screen: s, lead: widget.NewText("", widget.Look{Color: theme.Muted, Fit: widget.Wrap})}
	c.grid = container.New(across{})
	c.more = widget.NewButton("", widget.Secondary, func() {
		s.model.mostOf += cardsAtOnce
		s.painted()
	})
	c.all = container.New(widget.Column{Gap: theme.Gap, Margin: theme.Gap}, c.lead, c.grid, container.NewHBox(c.more))
	c.scroll = container.NewVScroll(c.all)
	note := widget.NewText(s.shell.Say("issues.unlump-note", nil),
		widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
	c.box = container.NewBorder(nil, container.New(widget.Column{Margin: theme.Gap, Gap: theme.Gap}, note), nil, nil, c.scroll)
	return c
}

// show sets the cards to the model. They are built anew only when one differs.
func (c *cards) show() {
	m := c.screen.model
	c.lead.SetText(m.lead())
	c.more.SetText(m.moreCards())
	c.more.Hidden = c.more.Text() == ""
	if rows := m.cardRows(); !reflect.DeepEqual(rows, c.rows) {
		c.rows, c.views, c.grid.Objects = rows, nil, nil
		for _, row := range rows {
			v := c.newCard(row)
			c.views = append(c.views, v)
			c.grid.Objects = append(c.grid.Objects, v.box)
		}
		c.grid.Refresh()
	}
	for i, row := range c.rows {
		sign := fyne.ThemeColorName("")
		if row.key == m.card {
			sign = theme.Primary
		}
		c.views[i].sign.set(sign)
	}
	c.all.Refresh()
	c.scroll.Refresh()
}

// reveal scrolls as little as brings a card into sight.
func (c *cards) reveal(n int) {
	if n < 0 || n >= len(c.views) {
		return
	}
	card := c.views[n].box
	top := c.grid.Position().Y + card.Position().Y
	y := min(top-size(theme.Gap), max(c.scroll.Offset.Y, top+card.Size().Height-c.scroll.Size().Height+size(theme.Gap)))
	c.scroll.ScrollToOffset(fyne.NewPos(0, max(0, y)))
}

func (c *cards) newCard(row cardRow) *cardView {
	caption := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap}
	body := container.New(widget.Column{Gap: theme.GapSmall},
		container.NewBorder(nil, nil, nil, widget.NewText(row.hides, widget.Look{Size: theme.TextCaption, Bold: true}),
			widget.NewText(row.title, widget.Look{Size: theme.TextTitle, Bold: true, Fit: widget.Wrap})),
		widget.NewText(row.calls, caption))
	if len(row.bars.Rows) > 0 {
		body.Add(widget.NewChart(row.bars))
	}
	if row.note != "" {
		body.Add(widget.NewText(row.note, caption))
	}
	if buttons := c.buttons(row); len(buttons.Objects) > 0 {
		body.Add(buttons)
	}
	card, v := widget.NewCard(widget.Plain, body), &cardView{sign: newPlane("")}
	v.box = container.New(arrange{card.MinSize, func(at fyne.Size) {
		card.Resize(at)
		v.sign.Move(fyne.NewPos(0, size(theme.Radius)))
		v.sign.Resize(fyne.NewSize(3, at.Height-2*size(theme.Radius)))
	}}, card, v.sign)
	return v
}

func (c *cards) buttons(row cardRow) *fyne.Container {
	box := container.NewHBox()
	if row.rarer != "" {
		rarer := widget.NewButton(row.rarer, widget.Quiet, func() { c.screen.toggle(row.key) })
		rarer.SetIcon(fynetheme.MenuDropDownIcon())
		if c.screen.model.open[row.key] {
			rarer.SetIcon(fynetheme.MenuDropUpIcon())
		}
		box.Add(rarer)
	}
	if c.screen.deps.Inside != nil && c.screen.model.drawable(row.key) {
		said := text.Key("issues.inside-category")
		if row.key.by == ranking.ByQueue {
			said = "issues.inside-queue"
		}
		box.Add(widget.NewButton(c.screen.shell.Say(said, nil), widget.Secondary, func() { c.screen.insideOf(row.key) }))
	}
	return box
}

// across is a layout of cards, two in a row where both have room for a name
// and a bar, else one. Cards of a row are as high as the higher.
type across struct{}

// acrossFrom is the width from which two cards stand beside each other.
const acrossFrom = 960

func (across) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := fyne.NewSize(360, 0)
	for _, o := range objects {
		least.Height = max(least.Height, o.Position().Y+o.Size().Height) // as they were placed last
	}
	return least
}

func (across) Layout(objects []fyne.CanvasObject, at fyne.Size) {
	gap, n := size(theme.Gap), 1
	if at.Width >= acrossFrom {
		n = 2
	}
	width, y := (at.Width-gap*float32(n-1))/float32(n), float32(0)
	for first := 0; first < len(objects); first += n {
		row, height := objects[first:min(first+n, len(objects))], float32(0)
		for _, o := range row {
			o.Resize(fyne.NewSize(width, o.MinSize().Height)) // the width first: it decides the height
			height = max(height, o.MinSize().Height)
		}
		for i, o := range row {
			o.Resize(fyne.NewSize(width, height))
			o.Move(fyne.NewPos(float32(i)*(width+gap), y))
		}
		y += height + gap
	}
}
