package sampling

import (
	"strings"
	"time"
)

// Strata say by what a draw deals its calls: each category, queue or week gets
// a number of its own.
type Strata string

// The strata there are.
const (
	Unstratified Strata = ""
	ByCategory   Strata = "category"
	ByQueue      Strata = "queue"
	ByWeek       Strata = "week"
)

// Validate answers [review.BadArgument] for strata that there are not.
func (s Strata) Validate() error {
	switch s {
	case Unstratified, ByCategory, ByQueue, ByWeek:
		return nil
	}
	return badArgument("stratify", string(s))
}

// StratumOf names the stratum that a call is in: its category or queue, with
// white space folded so that it stands on a line, or the first day of its week.
func (f Filter) StratumOf(s Strata, start time.Time, queue, category string) string {
	switch s {
	case ByCategory:
		return folded(category)
	case ByQueue:
		return folded(queue)
	case ByWeek:
		return f.weekOf(start).Format(time.DateOnly)
	}
	return ""
}

func folded(name string) string { return strings.Join(strings.Fields(name), " ") }

const week = 7 * 24 * time.Hour

// weekOf is the beginning of the week that t is in. Weeks are counted from the
// filter's first instant, so that they begin when the days of whoever chose it
// do; without one they begin on Mondays, UTC.
func (f Filter) weekOf(t time.Time) time.Time {
	first := f.From
	if first.IsZero() {
		first = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC) // a Monday
	}
	weeks := t.Sub(first) / week
	if t.Before(first) && t.Sub(first)%week != 0 {
		weeks--
	}
	return first.Add(weeks * week).UTC()
}
