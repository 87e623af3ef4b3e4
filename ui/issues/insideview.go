package issues

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// insideView is the un-lump tab: its cards, its table or its list, one at a
// time.
type insideView struct {
	screen *Screen
	box    *fyne.Container
	choice *widget.Segmented

	above  *widget.Segmented // the share that a category of the list has at least
	ask    *fyne.Container
	sheet  *fyne.Container // the table or the list
	chart  *widget.Chart
	note   *widget.Text
	scroll *container.Scroll
}

func newInside(s *Screen, cards *cards) *insideView {
	say := s.shell.Say
	v := &insideView{screen: s, chart: widget.NewChart(nil)}
	v.note = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
	v.choice = widget.NewSegmented([]string{say("issues.as-cards", nil), say("issues.as-table", nil), say("issues.as-list", nil)},
		func(n int) { s.lookInside(inside(n)) })
	var names []string
	for _, share := range shares {
		names = append(names, s.shell.Text().Percent(share))
	}
	v.above = widget.NewSegmented(names, func(n int) { s.proposeAbove(shares[n]) })
	v.ask = container.NewHBox(widget.NewText(say("issues.list-above", nil), widget.Look{}), v.above)
	v.sheet = container.New(widget.Column{Gap: theme.Gap}, v.ask, v.chart, v.note)
	v.scroll = container.NewVScroll(container.New(widget.Column{Margin: theme.Gap}, widget.NewCard(widget.Plain, v.sheet)))
	body := container.NewStack(cards.box, v.scroll)
	top := container.New(widget.Column{Margin: theme.Gap}, container.NewHBox(v.choice))
	v.box = container.New(arrange{
		func() fyne.Size { return cards.box.MinSize().AddWidthHeight(0, top.MinSize().Height) },
		func(at fyne.Size) {
			high := top.MinSize().Height - size(theme.Gap) // the page below has its own margin
			top.Resize(fyne.NewSize(at.Width, high))
			body.Move(fyne.NewPos(0, high))
			body.Resize(at.SubtractWidthHeight(0, high))
		},
	}, top, body)
	return v
}

// show sets the tab to the model. While that is read, only the choice is there.
func (v *insideView) show(cards *cards) {
	m := v.screen.model
	v.choice.SetChosen(int(m.inside))
	setVisible(cards.box, m.known && m.inside == asCards)
	setVisible(v.scroll, m.known && m.inside != asCards)
	switch {
	case !m.known:
		return
	case m.inside == asCards:
		cards.show()
		return
	case m.inside == asTable:
		v.chart.SetBody(m.mismatchTable())
		v.note.SetText(m.mismatchNote())
	default:
		v.above.SetChosen(slices.Index(shares, m.above))
		v.chart.SetBody(m.proposalBars())
		v.note.SetText(m.say("issues.list-note", nil))
	}
	setVisible(v.ask, m.inside == asList)
	v.sheet.Refresh()
	v.scroll.Refresh()
}

// lookInside shows the cards, the table or the list.
func (s *Screen) lookInside(as inside) {
	if s.model.inside != as {
		s.model.inside, s.model.known = as, false
		s.readAnew()
	}
}

// nextInside shows the next of them.
func (s *Screen) nextInside() { s.lookInside((s.model.inside + 1) % insides) }

// proposeAbove asks the categories of the better list to have another share.
func (s *Screen) proposeAbove(share float64) {
	if s.model.above != share {
		s.model.above = share
		s.readAnew()
	}
}

// stepAbove asks for the next larger or smaller share.
func (s *Screen) stepAbove(by int) {
	at := slices.Index(shares, s.model.above) + by
	if at >= 0 && at < len(shares) {
		s.proposeAbove(shares[at])
	}
}

// onList reports whether one looks at the better list.
func (s *Screen) onList() bool { return s.model.tab == unlumpTab && s.model.inside == asList }
