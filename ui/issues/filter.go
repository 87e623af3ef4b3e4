package issues

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// narrow reads through another filter.
func (s *Screen) narrow(p period, queue string) {
	s.model.narrow(p, queue)
	s.readAnew()
}

// choosePeriod offers the periods below their button.
func (s *Screen) choosePeriod() {
	var items []*fyne.MenuItem
	for _, p := range periods {
		item := fyne.NewMenuItem(p.name(s.model.texts), func() { s.narrow(p, s.model.queue) })
		item.Checked = p == s.model.period
		items = append(items, item)
	}
	own := fyne.NewMenuItem(s.shell.Say("issues.own-dates", nil), s.askDates)
	own.Checked = s.model.period.weeks == 0 && s.model.period.month == 0 && s.model.period != period{}
	s.offer(append(items, own), s.view.period)
}

// chooseQueue offers the queues below their button.
func (s *Screen) chooseQueue() {
	all := fyne.NewMenuItem(s.shell.Say("issues.all-queues", nil), func() { s.narrow(s.model.period, "") })
	all.Checked = s.model.queue == ""
	items := []*fyne.MenuItem{all}
	for _, queue := range s.model.queues {
		item := fyne.NewMenuItem(queue, func() { s.narrow(s.model.period, queue) })
		item.Checked = s.model.queue == queue
		items = append(items, item)
	}
	s.offer(items, s.view.queue)
}

// chooseKey offers the keys for the chosen issue below their button.
func (s *Screen) chooseKey() {
	chosen := 0
	if at := s.model.at(); at >= 0 {
		chosen = s.model.ranked.Issues[at].Key
	}
	var items []*fyne.MenuItem
	for key, name := range s.model.keyChoices() {
		item := fyne.NewMenuItem(name, func() { s.setKey(key) })
		item.Checked = key == chosen
		items = append(items, item)
	}
	s.offer(items, s.view.panel.key)
}

// offer shows a list of choices below the button that asks for it. Arrows and
// Enter choose, Escape leaves it.
func (s *Screen) offer(items []*fyne.MenuItem, button fyne.CanvasObject) {
	s.shell.Surface()
	widget.Offer(items, s.shell.Canvas(), button, s.shell.Say("shell.offer", nil))
}

// askDates asks for the two days of a period.
func (s *Screen) askDates() {
	say := s.shell.Say
	from, to := widget.NewField(say("issues.dates-hint", nil)), widget.NewField(say("issues.dates-hint", nil))
	low, high := s.model.period.bounds(s.model.now().In(s.model.zone))
	from.SetText(typeDay(low))
	to.SetText(typeDay(high))
	note := widget.NewText(say("issues.dates-note", nil), widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
	typed := func() (period, bool) { return ownPeriod(from.Text, to.Text, s.model.zone) }
	content := container.New(widget.Column{Gap: theme.GapSmall},
		widget.NewText(say("issues.dates", nil), widget.Look{}),
		widget.Labelled(say("issues.dates-from", nil), from), widget.Labelled(say("issues.dates-to", nil), to), note)
	apply := func() {
		if p, ok := typed(); ok {
			s.narrow(p, s.model.queue)
		}
	}
	check := func(string) {
		if _, ok := typed(); ok {
			note.SetText(say("issues.dates-note", nil))
		} else {
			note.SetText(say("issues.dates-bad", nil))
		}
	}
	dismiss := s.shell.Dialog(say("issues.dates-title", nil), content,
		screen.Answer{Text: say("issues.dates-apply", nil), Primary: true, Choose: apply, Enabled: func() bool { _, ok := typed(); return ok }},
		screen.Answer{Text: say("issues.cancel", nil)})
	for _, field := range []*widget.Field{from, to} {
		field.OnChanged = check
		field.OnKey = widget.Answers(dismiss, func() bool { _, ok := typed(); return ok }, apply)
	}
	s.shell.Canvas().Focus(from)
}
