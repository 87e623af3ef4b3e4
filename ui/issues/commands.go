package issues

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// The commands that a button or a line of text names, to show its key.
const (
	exportCommand    = "issues.export"
	explainCommand   = "issues.explain"
	compareCommand   = "issues.compare"
	followCommand    = "issues.follow"
	drawAfterCommand = "issues.second"
)

const menu text.Key = "issues.menu"

// lead is how long before a moment playing begins, to hear what led to it.
const lead = 5 * time.Second

// Commands implements [screen.Screen].
func (s *Screen) Commands() []command.Command {
	all := append(s.doing(), s.going()...)
	for i := range all {
		all[i].Screen = screen.Issues
	}
	return all
}

// doing are the commands of the menu.
func (s *Screen) doing() []command.Command {
	all := []command.Command{
		{ID: exportCommand, Title: "issues.export", Keys: named(fyne.KeyE, fyne.KeyModifierShortcutDefault), Run: s.askExport},
		{
			ID: "issues.chart", Title: "issues.do-chart", Run: s.askChart, Enabled: func() bool { return s.model.known && s.model.empty().title == "" },
			Keys: named(fyne.KeyE, fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift),
		},
		{ID: "issues.weekly", Title: "issues.do-weekly", Keys: named(fyne.KeyW, fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift), Run: s.askWeekly},
		{ID: "issues.ranking", Title: "issues.do-ranking", Keys: letter('r'), Run: func() { s.turn(rankingTab) }},
		{ID: "issues.unlump", Title: "issues.do-unlump", Keys: letter('u'), Run: func() { s.turn(unlumpTab) }},
		{ID: "issues.inside-next", Title: "issues.do-inside-next", Keys: letter('v'), Enabled: func() bool { return s.model.tab == unlumpTab }, Run: s.nextInside},
		{ID: "issues.above-more", Title: "issues.do-above-more", Keys: letter('+'), Enabled: s.onList, Run: func() { s.stepAbove(1) }},
		{ID: "issues.above-less", Title: "issues.do-above-less", Keys: letter('-'), Enabled: s.onList, Run: func() { s.stepAbove(-1) }},
		{ID: "issues.trend", Title: "issues.do-trend", Keys: letter('t'), Run: func() { s.turn(trendTab) }},
		{ID: "issues.periods", Title: "issues.do-periods", Keys: letter('m'), Enabled: func() bool { return s.model.tab == trendTab }, Run: s.nextStep},
		{ID: drawAfterCommand, Title: "issues.second-draw", Keys: letter('d'), Enabled: s.onFixed, Run: s.drawAfter},
		{ID: "issues.period", Title: "issues.do-period", Keys: letter('p'), Run: s.choosePeriod},
		{ID: "issues.queue", Title: "issues.do-queue", Keys: letter('q'), Run: s.chooseQueue},
		{ID: "issues.play", Title: "issues.do-play", Keys: named(fyne.KeyReturn), Run: s.enter},
		{ID: "issues.key", Title: "issues.do-key", Keys: letter('k'), Enabled: s.onIssue, Run: s.chooseKey},
		{ID: followCommand, Title: "issues.do-follow", Keys: letter('f'), Enabled: s.onIssue, Run: s.askFollow},
		{ID: compareCommand, Title: "issues.do-compare", Keys: letter('c'), Enabled: s.onIssue, Run: s.compare},
		{ID: explainCommand, Title: "issues.do-explain", Keys: letter('w'), Enabled: s.onIssue, Run: s.explainNext},
	}
	all = append(all, s.copying()...)
	all = append(all, s.bookActs()...)
	if s.deps.Inside != nil {
		all = append(all, command.Command{ID: "issues.inside", Title: "issues.do-inside", Keys: letter('l'), Enabled: s.onCategory, Run: s.listenInside})
	}
	for i := range all {
		all[i].Menu = menu
	}
	return all
}

// going are the keys that move about.
func (s *Screen) going() []command.Command {
	last := func() { s.goTo(len(s.model.ranked.Issues) + len(s.model.cards)) }
	return []command.Command{
		{ID: "issues.next", Title: "issues.do-next", Keys: named(fyne.KeyDown), Repeats: true, Run: func() { s.step(1) }},
		{ID: "issues.previous", Title: "issues.do-previous", Keys: named(fyne.KeyUp), Repeats: true, Run: func() { s.step(-1) }},
		{ID: "issues.page-down", Title: "issues.do-page-down", Keys: named(fyne.KeyPageDown), Repeats: true, Run: func() { s.page(1) }},
		{ID: "issues.page-up", Title: "issues.do-page-up", Keys: named(fyne.KeyPageUp), Repeats: true, Run: func() { s.page(-1) }},
		{ID: "issues.first", Title: "issues.do-first", Keys: named(fyne.KeyHome), Run: func() { s.goTo(0) }},
		{ID: "issues.last", Title: "issues.do-last", Keys: named(fyne.KeyEnd), Run: last},
		{ID: "issues.moments", Title: "issues.do-moments", Keys: named(fyne.KeyRight), Enabled: s.onIssue, Run: func() { s.view.panel.focus(0) }},
		{ID: "issues.back", Title: "issues.do-back", Keys: named(fyne.KeyLeft), Run: s.shell.Surface},
	}
}

func named(name fyne.KeyName, mod ...fyne.KeyModifier) []command.Key {
	return []command.Key{command.Named(name, mod...)}
}

func letter(r rune) []command.Key { return []command.Key{command.Rune(r)} }

func (s *Screen) onIssue() bool { return s.model.tab != unlumpTab && s.model.at() >= 0 }

// onCategory reports whether one is at a card that one can listen inside.
func (s *Screen) onCategory() bool {
	return s.model.tab == unlumpTab && s.model.inside == asCards && s.model.cardAt() >= 0 && s.model.drawable(s.model.card)
}

// turn shows a tab.
func (s *Screen) turn(to tab) {
	if s.model.tab != to {
		s.model.turn(to)
		s.readAnew()
	}
}

// step goes to the next or previous of whatever the arrows move in: the
// moments while one of them has the focus, the cards, or the issues.
func (s *Screen) step(by int) {
	at := s.view.panel.focused()
	switch {
	case at >= 0 && at+by < 0:
		s.shell.Surface()
	case at >= 0:
		s.view.panel.focus(at + by)
	case s.model.tab == unlumpTab:
		s.goTo(s.model.cardAt() + by)
	default:
		s.goTo(s.model.at() + by)
	}
}

// page goes as many issues on or back as are in sight, or so many cards.
func (s *Screen) page(by int) {
	if s.model.tab == unlumpTab {
		s.goTo(s.model.cardAt() + 4*by)
		return
	}
	s.goTo(s.model.at() + by*s.view.table.page())
}

// goTo chooses the issue or card at a place, or the nearest.
func (s *Screen) goTo(place int) {
	if s.model.tab == unlumpTab {
		s.model.chooseCard(place)
		s.painted()
		s.view.cards.reveal(s.model.cardAt())
		return
	}
	if s.model.choose(place) {
		s.hear()
		s.trace()
		s.painted()
	}
	s.view.table.reveal(s.model.at())
}

// enter plays the newest moment of the issue, or opens a card.
func (s *Screen) enter() {
	switch {
	case s.model.empty().title != "":
		s.shell.Go(screen.Listen)
	case s.model.tab == unlumpTab:
		s.toggle(s.model.card)
	default:
		s.play(0)
	}
}

// toggle shows or hides the rarer issues of a category.
func (s *Screen) toggle(card cardKey) {
	s.model.open[card] = !s.model.open[card]
	s.painted()
}

// play opens the call of a moment.
func (s *Screen) play(n int) {
	if n < len(s.model.moments) {
		m := s.model.moments[n].Moment
		s.shell.Open(m.Call, max(0, m.At-lead))
	}
}

// explainNext explains the next figure of the page.
func (s *Screen) explainNext() { s.explain((s.model.figure + 1) % figures) }

func (s *Screen) explain(f figure) {
	if s.model.figure != f {
		s.model.figure = f
		s.view.table.explain()
	}
}

// compare keeps the chosen issue, so that each issue chosen next is compared
// with it, or ends that.
func (s *Screen) compare() {
	s.model.pin()
	s.painted()
}

// Explain implements [screen.Explainer]: all sentences on what the tab shows.
func (s *Screen) Explain() bool {
	list := container.New(widget.Column{Gap: theme.GapSmall})
	for _, e := range s.model.explanations() {
		list.Add(widget.Labelled(e.title, widget.NewText(e.said, widget.Look{Fit: widget.Wrap})))
	}
	if len(list.Objects) == 0 || s.model.empty().title != "" {
		return false
	}
	title := s.shell.Say("issues.explain-these", nil)
	if s.model.tab != unlumpTab {
		title = s.shell.Say("issues.explain-title", review.Args{"issue": short(s.model.ranked.Issues[s.model.at()].Name)})
	}
	scroll := container.NewVScroll(container.NewBorder(nil, nil, nil, container.NewGridWrap(fyne.NewSize(size(theme.Gap), 0)), list))
	high := min(explainHeight, 90*float32(len(list.Objects)))
	least := func() fyne.Size { return fyne.NewSize(explainWidth, high) }
	s.shell.Dialog(title, container.New(arrange{least, scroll.Resize}, scroll), screen.Answer{Text: s.shell.Say("issues.close", nil), Primary: true})
	return true
}

// The dialog of all explanations, which scrolls.
const (
	explainWidth  = 620
	explainHeight = 430
)

// listenInside listens inside the category of the chosen card.
func (s *Screen) listenInside() { s.insideOf(s.model.card) }

func (s *Screen) insideOf(card cardKey) {
	if card.by == ranking.ByQueue {
		s.deps.Inside("", card.name)
	} else {
		s.deps.Inside(card.name, "")
	}
}
