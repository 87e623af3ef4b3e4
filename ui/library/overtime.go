package library

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// mostLevels is how many categories the chart tells apart; the rest are added up.
const mostLevels = 7

// units name the periods by which calls are counted, by their length.
var units = []struct {
	most time.Duration
	key  text.Key
}{
	{26 * time.Hour, "library.per-day"},
	{8 * 24 * time.Hour, "library.per-week"},
	{32 * 24 * time.Hour, "library.per-month"},
	{93 * 24 * time.Hour, "library.per-quarter"},
	{1 << 62, "library.per-year"},
}

// chartTitle says what the columns of the chart are.
func (m *model) chartTitle() string {
	if m.listed == nil || len(m.listed.periods) == 0 {
		return m.text.Say("library.counting", nil)
	}
	long := m.listed.periods[0].To.Sub(m.listed.periods[0].From)
	for _, unit := range units {
		if long <= unit.most {
			return m.text.Say(unit.key, nil)
		}
	}
	return ""
}

// overTime is the chart of calls over time by what agents filed them under.
func (m *model) overTime() chart.OverTime {
	var o chart.OverTime
	if m.listed == nil || m.contents == nil {
		return o
	}
	for _, p := range m.listed.periods {
		o.Labels = append(o.Labels, m.periodName(p))
	}
	all := chart.Level{Name: m.text.Say("library.chart-all", nil), Whole: true}
	o.Levels = append(o.Levels, m.level(all, func(p desk.PeriodCount) int { return sum(p.Categories) }))
	shown := map[string]bool{}
	for _, c := range m.named(m.listed.categories, "library.no-category")[:min(len(m.listed.categories), mostLevels)] {
		name := m.listed.categories[len(o.Levels)-1].name
		shown[name] = true
		o.Levels = append(o.Levels, m.level(chart.Level{Name: c.name}, func(p desk.PeriodCount) int { return p.Categories[name] }))
	}
	if rest := len(m.listed.categories) - len(shown); rest > 0 {
		others := chart.Level{Name: m.text.Say("library.others", review.Args{"n": rest}), Rest: true}
		o.Levels = append(o.Levels, m.level(others, func(p desk.PeriodCount) int {
			n := sum(p.Categories)
			for name := range shown {
				n -= p.Categories[name]
			}
			return n
		}))
	}
	return o
}

// periodName names a period by its first day, month or year.
func (m *model) periodName(p desk.PeriodCount) string {
	switch long := p.To.Sub(p.From); {
	case long < 27*24*time.Hour:
		return m.text.Day(p.From, m.zone)
	case long < 100*24*time.Hour:
		return m.month(p.From)
	}
	return p.From.In(m.zone).Format("2006")
}

func sum(counts map[string]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// level completes a level with its columns.
func (m *model) level(l chart.Level, of func(desk.PeriodCount) int) chart.Level {
	total, most := 0, 0
	for _, p := range m.listed.periods {
		n := of(p)
		total, most = total+n, max(most, n)
		l.Heights = append(l.Heights, float64(n))
	}
	l.Value, l.Note = m.text.Int(total), m.text.Say("library.chart-most", review.Args{"n": most})
	return l
}

// chartOf says that not all calls are counted, if so.
func (m *model) chartOf() string {
	if m.contents == nil || m.filter == (desk.CallFilter{}) {
		return ""
	}
	return m.text.Say("library.chart-of", review.Args{"n": m.contents.list.size(), "of": m.contents.size})
}

// chartLines are what the chart says, for the trace.
func (m *model) chartLines() []string {
	lines := []string{m.chartTitle()}
	for _, l := range m.overTime().Levels {
		lines = append(lines, fmt.Sprintf("%s: %s, %s", l.Name, l.Value, l.Note))
	}
	return lines
}

// month names a month.
func (m *model) month(t time.Time) string {
	t = t.In(m.zone)
	month := strings.Fields(m.text.Say("text.months", nil))[t.Month()-1]
	return month + " " + t.Format("2006")
}

// trend is the tab with the chart.
type trend struct {
	page  fyne.CanvasObject
	title *widget.Text
	what  *widget.Text
	chart *widget.Chart
}

func newTrend() *trend {
	t := &trend{chart: widget.NewChart(nil)}
	t.title = widget.NewText("", widget.Look{Size: theme.TextTitle, Bold: true, Fit: widget.Wrap})
	t.what = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
	box := container.New(layout.NewCustomPaddedVBoxLayout(14), container.New(layout.NewCustomPaddedVBoxLayout(3), t.title, t.what), t.chart)
	t.page = container.NewVScroll(widget.NewCard(widget.Plain, box))
	return t
}

func (t *trend) show(m *model) {
	t.title.SetText(m.chartTitle())
	t.what.SetText(m.chartOf())
	if m.listed != nil {
		t.chart.SetBody(m.overTime())
	}
}
