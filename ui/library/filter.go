package library

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// narrow lists other calls, from the top.
func (s *Screen) narrow(change func(*desk.CallFilter)) {
	before := s.model.filter
	change(&s.model.filter)
	if s.model.filter == before {
		return
	}
	s.model.chosen = 0
	if s.model.contents != nil {
		s.model.contents.list.asked = nil
	}
	if s.view != nil {
		s.view.at = -1 // to the top, wherever one was
	}
	s.reading.Drop()
	for _, under := range []**job.Job{&s.counting, &s.paging, &s.glimpsing} { // of the list before
		if *under != nil {
			(*under).Cancel()
			*under = nil
		}
	}
	s.refresh()
	s.glimpse()
	s.read()
}

// listedLine says how many calls are listed, of how many.
func (m *model) listedLine() string {
	if m.contents == nil {
		return ""
	}
	if m.contents.filter != m.filter || !m.contents.counted {
		return m.text.Say("library.counting", nil)
	}
	if m.filter == (desk.CallFilter{}) {
		return m.text.Say("library.listed-all", review.Args{"n": m.contents.size})
	}
	return m.text.Say("library.listed", review.Args{"n": m.contents.list.size(), "of": m.contents.size})
}

// period names the period of the filter.
func (m *model) period() string {
	switch from, to := m.filter.From, m.filter.To; {
	case from.IsZero():
		return m.text.Say("library.all-dates", nil)
	case to.Sub(from) > 32*24*time.Hour:
		return from.In(m.zone).Format("2006")
	default:
		return m.month(from)
	}
}

// mostMonths is how many months the menu of periods offers.
const mostMonths = 18

// months are the beginnings of the months and years in which calls may have
// begun, newest first.
func (m *model) months() (months, years []time.Time) {
	if m.contents == nil || m.contents.first.IsZero() {
		return nil, nil
	}
	first, last := m.contents.first.In(m.zone), m.contents.last.In(m.zone)
	for t := time.Date(last.Year(), last.Month(), 1, 0, 0, 0, 0, m.zone); len(months) < mostMonths && !t.AddDate(0, 1, 0).Before(first); t = t.AddDate(0, -1, 0) {
		months = append(months, t)
	}
	for year := last.Year(); year >= max(first.Year(), last.Year()-20); year-- {
		years = append(years, time.Date(year, 1, 1, 0, 0, 0, 0, m.zone))
	}
	return months, years
}

// filters are the choices above the list.
type filters struct {
	screen                         *Screen
	bar                            fyne.CanvasObject
	choices                        *fyne.Container
	state, queue, category, period *widget.Button
	text                           *widget.Field
	listed                         *widget.Text
	clear                          *widget.Button
}

// newFilters makes the choices, with the field that searches transcripts below.
func newFilters(s *Screen, finder fyne.CanvasObject) *filters {
	f := &filters{screen: s}
	button := func(tap func()) *widget.Button { return widget.NewButton("", widget.Secondary, tap) }
	f.state, f.queue = button(f.chooseState), button(f.chooseQueue)
	f.category, f.period = button(f.chooseCategory), button(f.choosePeriod)
	f.text = widget.NewField(s.Shell.Say("library.filter.hint", nil))
	f.text.OnChanged = func(typed string) { s.narrow(func(c *desk.CallFilter) { c.Text = typed }) }
	f.text.OnKey = s.key
	f.text.OnLeave = func() { f.text.SetText("") }
	f.listed = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut})
	f.clear = widget.NewButton(s.Shell.Say("library.filter.clear", nil), widget.Link, func() {
		f.text.SetText("")
		s.narrow(func(c *desk.CallFilter) { *c = desk.CallFilter{} })
	})
	f.choices = container.New(&alike{}, f.text, f.period, f.queue, f.category, f.state)
	below := container.NewBorder(nil, nil, nil, container.NewHBox(f.clear, finder), f.listed)
	f.bar = container.New(layout.NewCustomPaddedVBoxLayout(8), f.choices, below)
	return f
}

// alike sets objects beside one another, each as wide as the others: in a narrow
// window their texts are cut.
type alike struct{}

const leastChoice, choiceGap = 84, 6

func (*alike) MinSize(objects []fyne.CanvasObject) fyne.Size {
	high := float32(0)
	for _, o := range objects {
		high = max(high, o.MinSize().Height)
	}
	n := float32(len(objects))
	return fyne.NewSize(n*(leastChoice+choiceGap)-choiceGap, high)
}

func (*alike) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	wide := (size.Width+choiceGap)/float32(len(objects)) - choiceGap
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i)*(wide+choiceGap), 0))
		o.Resize(fyne.NewSize(wide, size.Height))
	}
}

// show names what is chosen. While one searches transcripts, there is nothing to
// choose.
func (f *filters) show(m *model, searching bool) {
	if searching {
		f.choices.Hide()
		f.clear.Hide()
		f.listed.SetText("")
		return
	}
	f.choices.Show()
	only := func(b *widget.Button, of desk.Only, all, none string) {
		switch {
		case !of.Set:
			b.SetText(all)
		case of.Name == "":
			b.SetText(none)
		default:
			b.SetText(of.Name)
		}
		b.SetOn(of.Set)
	}
	only(f.queue, m.filter.Queue, m.text.Say("library.all-queues", nil), m.text.Say("library.no-queue", nil))
	only(f.category, m.filter.Category, m.text.Say("library.all-categories", nil), m.text.Say("library.no-category", nil))
	f.state.SetText(m.text.Say("library.all-states", nil))
	if m.filter.State != "" {
		f.state.SetText(m.state(m.filter.State))
	}
	f.state.SetOn(m.filter.State != "")
	f.period.SetText(m.period())
	f.period.SetOn(!m.filter.From.IsZero())
	f.listed.SetText(m.listedLine())
	if m.filter == (desk.CallFilter{}) {
		f.clear.Hide()
	} else {
		f.clear.Show()
	}
}

// choice is an item of a menu.
func (f *filters) choice(name string, chosen bool, change func(*desk.CallFilter)) *fyne.MenuItem {
	item := fyne.NewMenuItem(name, func() { f.screen.narrow(change) })
	item.Checked = chosen
	return item
}

func (f *filters) chooseState() {
	m := f.screen.model
	items := []*fyne.MenuItem{f.choice(m.text.Say("library.all-states", nil), m.filter.State == "", func(c *desk.CallFilter) { c.State = "" })}
	for _, s := range stateText {
		items = append(items, f.choice(m.text.Say(s.key, nil), m.filter.State == s.state, func(c *desk.CallFilter) { c.State = s.state }))
	}
	f.offer(items, f.state)
}

func (f *filters) chooseQueue() {
	m := f.screen.model
	set := func(c *desk.CallFilter, of desk.Only) { c.Queue = of }
	f.offerNames(f.queue, m.contents.names.queues, [2]string{m.text.Say("library.all-queues", nil), m.text.Say("library.no-queue", nil)}, m.filter.Queue, set)
}

func (f *filters) chooseCategory() {
	m := f.screen.model
	set := func(c *desk.CallFilter, of desk.Only) { c.Category = of }
	f.offerNames(f.category, m.contents.names.categories, [2]string{m.text.Say("library.all-categories", nil), m.text.Say("library.no-category", nil)}, m.filter.Category, set)
}

// offerNames offers all, the calls without, and those of each name.
func (f *filters) offerNames(button *widget.Button, names []string, allNone [2]string, now desk.Only, set func(*desk.CallFilter, desk.Only)) {
	item := func(name string, of desk.Only) *fyne.MenuItem {
		return f.choice(name, now == of, func(c *desk.CallFilter) { set(c, of) })
	}
	items := []*fyne.MenuItem{item(allNone[0], desk.Only{}), item(allNone[1], desk.Only{Set: true})}
	for _, name := range names {
		items = append(items, item(name, desk.Only{Set: true, Name: name}))
	}
	f.offer(items, button)
}

func (f *filters) choosePeriod() {
	m := f.screen.model
	within := func(name string, from, to time.Time) *fyne.MenuItem {
		return f.choice(name, m.filter.From.Equal(from) && m.filter.To.Equal(to), func(c *desk.CallFilter) { c.From, c.To = from, to })
	}
	items := []*fyne.MenuItem{within(m.text.Say("library.all-dates", nil), time.Time{}, time.Time{})}
	months, years := m.months()
	for _, month := range months {
		items = append(items, within(m.month(month), month, month.AddDate(0, 1, 0)))
	}
	for _, year := range years {
		items = append(items, within(year.Format("2006"), year, year.AddDate(1, 0, 0)))
	}
	f.offer(items, f.period)
}

// offer shows a list of choices below the button that asks for it.
func (f *filters) offer(items []*fyne.MenuItem, button fyne.CanvasObject) {
	s := f.screen
	if s.model.contents == nil {
		return
	}
	s.Shell.Surface()
	widget.Offer(items, s.Shell.Canvas(), button, s.Shell.Say("shell.offer", nil))
}

// filterCommand goes to the field that narrows the list.
func (s *Screen) filterCommand() command.Command {
	return command.Command{
		ID: "library.filter", Title: "library.filter", Menu: "library.menu", Screen: screen.Library,
		Keys: []command.Key{command.Rune('/')}, Run: func() {
			s.model.tab = calls
			s.refresh()
			if s.view != nil {
				s.Shell.Canvas().Focus(s.view.filters.text)
			}
		},
	}
}
