package sampling

import (
	"strings"
	"time"
)

// Strata say by what a draw deals its calls: each category, queue, week or value
// of a metadata field ([ByField]) gets a number of its own.
type Strata string

// The strata there are.
const (
	Unstratified Strata = ""
	ByCategory   Strata = "category"
	ByQueue      Strata = "queue"
	ByWeek       Strata = "week"
)

// fieldPrefix keeps a field named "week" from being taken for the weeks.
const fieldPrefix = "field:"

// ByField deals by what the field of that name says of a call.
func ByField(name string) Strata { return Strata(fieldPrefix + name) }

// Field is the name of the field that s deals by, "" where it deals by another
// thing.
func (s Strata) Field() string {
	name, ok := strings.CutPrefix(string(s), fieldPrefix)
	if !ok {
		return ""
	}
	return name
}

// Validate answers [review.BadArgument] for strata that there are not.
func (s Strata) Validate() error {
	switch s {
	case Unstratified, ByCategory, ByQueue, ByWeek:
		return nil
	}
	if name := s.Field(); name != "" && clean(name) {
		return nil
	}
	return badArgument("stratify", string(s))
}

// Traits are what tells the stratum of a call.
type Traits struct {
	Start           time.Time
	Queue, Category string
	Field           string // what the field says that the strata are dealt by; "" for nothing
}

// StratumOf names the stratum that a call is in: its category, its queue or what
// a field says of it, with white space folded so that it stands on a line, or the
// first day of its week.
func (f Filter) StratumOf(s Strata, t Traits) string {
	switch {
	case s == ByCategory:
		return folded(t.Category)
	case s == ByQueue:
		return folded(t.Queue)
	case s == ByWeek:
		return f.weekOf(t.Start).Format(time.DateOnly)
	case s.Field() != "":
		return folded(t.Field)
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
