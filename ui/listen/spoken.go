package listen

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// spoken shows the transcript of a call that has one, beside what was heard in
// it or, where that leaves too little room, in its place. A call without a
// transcript shows no trace of it.
type spoken struct {
	screen  *Screen
	content *fyne.Container
	heard   *heard
	card    fyne.CanvasObject
	passage *widget.Passage
	title   fyne.CanvasObject
	tabs    [2]*widget.Segmented // what was heard has them too
	choices [2]fyne.CanvasObject // the tabs in their places
	follow  *widget.Button

	turns []dialogue.Turn // that are shown
	wide  bool            // there is room for both
	left  time.Duration   // where the call was when a person scrolled last
}

const (
	besideWidth = 1000             // of both, from which on they lie beside one another
	readingTime = 10 * time.Second // of the call, that a person who has scrolled is left to read
)

func newSpoken(s *Screen, h *heard) *spoken {
	p := &spoken{screen: s, heard: h, passage: widget.NewPassage()}
	p.passage.OnSeek = s.seekTurn
	p.passage.OnFollow = func(follows bool) {
		if c := s.model.call; c != nil {
			p.left = c.at
		}
		widget.Show(p.follow, !follows)
	}
	p.follow = widget.NewButton(s.shell.Say("transcript.follow", nil), widget.Secondary, p.passage.Follow)
	p.follow.Hide()
	quote := widget.NewButton(s.shell.Say("transcript.quote.button", nil), widget.Secondary, s.quote)
	quote.SetKey(s.shell.Key("listen.quote"))
	p.title = widget.NewText(s.shell.Say("transcript.title", nil), widget.Look{Size: theme.TextTitle, Bold: true, Fit: widget.Cut})
	for i := range p.tabs {
		p.tabs[i] = widget.NewSegmented([]string{s.shell.Say("transcript.tab.heard", nil), s.shell.Say("transcript.title", nil)}, func(n int) {
			s.model.reads = n == 1
			s.refresh()
		})
		p.choices[i] = flex{gap: theme.GapSmall, grow: -1}.around(p.tabs[i], level(widget.NewKeyHint(s.shell.Key("listen.read"))))
	}
	head := flex{gap: theme.GapSmall, grow: 1}.around(p.choices[1], container.NewStack(p.title), p.follow, quote)
	p.card = widget.NewCard(widget.Plain, flex{vertical: true, gap: theme.GapSmall, grow: 1}.around(head, p.passage))
	h.choice.Add(p.choices[0])
	p.choices[0] = h.choice
	p.content = container.New(&besides{p}, h.card, p.card)
	return p
}

func (p *spoken) show(m *model) {
	turns := m.call.transcript.Turns
	if len(turns) != len(p.turns) || len(turns) > 0 && &turns[0] != &p.turns[0] {
		p.turns = turns
		p.passage.SetTurns(m.passage())
	}
	for _, tabs := range p.tabs {
		tabs.SetChosen(map[bool]int{false: 0, true: 1}[m.reads])
	}
	p.arrange()
	p.at(m.call.at)
}

// arrange shows both cards or the one that was chosen.
func (p *spoken) arrange() {
	has, reads := len(p.turns) > 0, p.screen.model.reads
	widget.Show(p.card, has && (p.wide || reads))
	widget.Show(p.heard.card, !has || p.wide || !reads)
	for _, choice := range p.choices {
		widget.Show(choice, has && !p.wide)
	}
	widget.Show(p.title, p.wide)
	widget.Show(p.heard.title, !has || p.wide)
}

// at lights the turn that is said at a time. Whoever has scrolled away is left
// alone for a while, and as long as words are chosen.
func (p *spoken) at(at time.Duration) {
	if len(p.turns) == 0 {
		return
	}
	p.passage.SetCurrent(dialogue.At(p.turns, at))
	if !p.passage.Follows() && !p.passage.Choosing() && (at-p.left).Abs() >= readingTime {
		p.passage.Follow()
	}
}

// besides sets what was heard and the transcript beside one another where there
// is room, else the one that is shown.
type besides struct{ spoken *spoken }

// MinSize implements fyne.Layout.
func (*besides) MinSize(o []fyne.CanvasObject) fyne.Size { return layout.NewStackLayout().MinSize(o) }

// Layout implements fyne.Layout.
func (b *besides) Layout(o []fyne.CanvasObject, at fyne.Size) {
	if wide := at.Width >= besideWidth; wide != b.spoken.wide {
		b.spoken.wide = wide
		b.spoken.arrange()
	}
	if !o[0].Visible() || !o[1].Visible() {
		for _, card := range o {
			card.Move(fyne.Position{})
			card.Resize(at)
		}
		return
	}
	gap := size(theme.Gap)
	half := fyne.NewSize((at.Width-gap)/2, at.Height)
	for i, card := range o {
		card.Move(fyne.NewPos(float32(i)*(half.Width+gap), 0))
		card.Resize(half)
	}
}
