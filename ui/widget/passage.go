package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// PassageTurn is what one speaker says: when, who, and the words.
type PassageTurn struct {
	Clock string
	Who   string
	Color fyne.ThemeColorName // of who
	Text  string
}

// Passage shows what was said in a call, turn below turn, and keeps the turn
// that is heard in sight. It makes objects only for what is in sight, so a call
// of hours costs no more than one of minutes.
//
// A person who scrolls is left alone: the passage then follows no more until
// [Passage.Follow]. A tap or Enter on a turn goes there; dragging over words
// chooses them. Reached by Tab, the arrows go from turn to turn.
type Passage struct {
	widget.BaseWidget
	scroll  *container.Scroll
	sheet   *sheet
	follows bool
	moving  bool // it scrolls by itself

	// OnSeek is called with the number of a turn that a person wants to hear.
	OnSeek func(n int)
	// OnFollow is called when the passage begins to follow, and whenever a person
	// does what keeps it from following.
	OnFollow func(follows bool)
	// OnChoose is called when other words are chosen.
	OnChoose func()
}

// NewPassage returns an empty passage.
func NewPassage() *Passage {
	p := &Passage{follows: true}
	p.sheet = newSheet(p)
	p.scroll = container.NewVScroll(p.sheet)
	p.scroll.OnScrolled = func(fyne.Position) {
		if !p.moving {
			p.setFollows(false)
		}
		p.sheet.Refresh()
	}
	p.ExtendBaseWidget(p)
	return p
}

// SetTurns shows other turns, from the first on.
func (p *Passage) SetTurns(turns []PassageTurn) {
	p.sheet.set(turns)
	p.move(0)
	p.setFollows(true)
}

// SetCurrent lights the turn that is heard, −1 for none.
func (p *Passage) SetCurrent(n int) {
	if p.sheet.current == n {
		return
	}
	p.sheet.current = n
	p.reveal()
	p.sheet.Refresh()
}

// Follow keeps the turn that is heard in sight again.
func (p *Passage) Follow() {
	p.setFollows(true)
	p.reveal()
}

// Follows reports whether the turn that is heard is kept in sight.
func (p *Passage) Follows() bool { return p.follows }

// Chosen are the words that were chosen by dragging; without any, those of the
// turn that the keys are at, or of the one that is heard.
func (p *Passage) Chosen() string { return p.sheet.chosen() }

// Choosing reports whether words were chosen by dragging.
func (p *Passage) Choosing() bool { return p.sheet.from != p.sheet.to }

// Unchoose forgets the words that were chosen.
func (p *Passage) Unchoose() { p.sheet.choose(mark{}, mark{}) }

// Scroll scrolls down by a height as a person does, up for a negative one.
func (p *Passage) Scroll(by float32) {
	p.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -by)})
}

func (p *Passage) setFollows(follows bool) {
	if p.follows && follows {
		return
	}
	p.follows = follows
	if p.OnFollow != nil {
		p.OnFollow(follows)
	}
}

// reveal brings the turn that is heard into sight, a third down, with what was
// said before it above.
func (p *Passage) reveal() {
	if n := p.sheet.current; p.follows && n >= 0 && n < len(p.sheet.places) {
		place, height := p.sheet.places[n], p.scroll.Size().Height
		if place.top < p.scroll.Offset.Y || place.top+place.height > p.scroll.Offset.Y+height*2/3 {
			p.move(place.top - height/3)
		}
	}
}

// show scrolls no further than needed to have a turn in sight.
func (p *Passage) show(n int) {
	place, height := p.sheet.places[n], p.scroll.Size().Height
	switch {
	case place.top < p.scroll.Offset.Y:
		p.move(place.top)
	case place.top+place.height > p.scroll.Offset.Y+height:
		p.move(place.top + place.height - height)
	}
}

func (p *Passage) move(to float32) {
	to = max(0, min(to, p.sheet.MinSize().Height-p.scroll.Size().Height))
	p.moving = true
	p.scroll.ScrollToOffset(fyne.NewPos(0, to))
	p.moving = false
	p.sheet.Refresh()
}

// CreateRenderer is for Fyne.
func (p *Passage) CreateRenderer() fyne.WidgetRenderer {
	s := &sketch{owner: p, objects: []fyne.CanvasObject{p.scroll}}
	s.least = func() fyne.Size { return fyne.NewSize(200, size(p, theme.ControlHeight)) }
	s.place = func(at fyne.Size) {
		if p.scroll.Size() != at {
			p.scroll.Resize(at)
			p.sheet.Refresh()
			p.reveal()
		}
	}
	s.paint = func() {}
	return s
}
