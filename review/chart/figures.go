package chart

import (
	"time"

	"github.com/earshot-app/earshot/review/ranking"
)

// A Writer writes numbers as a language does.
type Writer interface {
	Percent(share float64) string
	PercentRange(low, high float64) string
}

// NewRow is the bar of a share beside its name, its share and its interval.
func NewRow(name string, s ranking.Share, fill Role, w Writer) Row {
	row := Row{Name: name, Value: w.Percent(s.Part), Share: s, Fill: fill}
	if s.Low < s.High {
		row.Range = w.PercentRange(s.Low, s.High)
	}
	return row
}

// NewNone is the bar of calls in which no problem was heard: hollow, and
// without an interval, because it is not what one compares.
func NewNone(name string, s ranking.Share, w Writer) Row {
	row := NewRow(name, ranking.Share{Part: s.Part, Low: s.Part, High: s.Part}, None, w)
	row.Pattern = Hollow
	return row
}

// Ticks are the ticks of an axis up to highest.
func Ticks(highest float64, w Writer) []Tick {
	var ticks []Tick
	for _, at := range Steps(highest) {
		ticks = append(ticks, Tick{at, w.Percent(at)})
	}
	return ticks
}

// NewTrend is how the share of an issue went; day writes the first day of a
// period. Periods in which too little was heard are gaps.
func NewTrend(points []ranking.Point, color Role, w Writer, day func(time.Time) string) Trend {
	var t Trend
	highest := 0.0
	for _, p := range points {
		period := Period{
			From: part(points, p.From), To: part(points, p.To), Label: day(p.From), Known: p.OK, Share: p.Share, Color: color,
		}
		if p.OK {
			period.Value = w.Percent(p.Share.Part)
			highest = max(highest, p.Share.High)
		}
		t.Periods = append(t.Periods, period)
	}
	t.Max, t.Ticks = highest, Ticks(highest, w)
	return t
}

// Mark marks an instant of the time that the points span, unless it lies
// outside of it.
func (t *Trend) Mark(points []ranking.Point, at time.Time, label string) {
	if len(points) == 0 || at.IsZero() {
		return
	}
	if x := part(points, at); x >= 0 && x <= 1 {
		t.Events = append(t.Events, Event{x, label})
	}
}

// part is where an instant lies in the time that points span, 0 to 1 within it.
func part(points []ranking.Point, at time.Time) float64 {
	from, to := points[0].From, points[len(points)-1].To
	if !to.After(from) {
		return 0
	}
	return float64(at.Sub(from)) / float64(to.Sub(from))
}
