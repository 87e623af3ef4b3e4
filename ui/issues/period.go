package issues

import (
	"strings"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
)

// A period is a stretch of local days. The zero period is all time.
type period struct {
	weeks    int // that end with today
	month    int // 1 this month, 2 the month before
	from, to time.Time
}

// periods are those offered by name, in the order of the menu.
var periods = []period{{}, {weeks: 4}, {weeks: 8}, {weeks: 13}, {weeks: 52}, {month: 1}, {month: 2}}

// bounds are the midnights between which a call starts, from inclusive, to
// exclusive, zero for open.
func (p period) bounds(now time.Time) (from, to time.Time) {
	switch {
	case p.weeks > 0:
		return day(now, 1-7*p.weeks), day(now, 1)
	case p.month > 0:
		first := time.Date(now.Year(), now.Month()+1-time.Month(p.month), 1, 0, 0, 0, 0, now.Location())
		return first, first.AddDate(0, 1, 0)
	}
	return p.from, p.to
}

// day is the local midnight that begins the day so many days from now's.
func day(now time.Time, days int) time.Time {
	return time.Date(now.Year(), now.Month(), now.Day()+days, 0, 0, 0, 0, now.Location())
}

// name says the period in words, with its last day rather than the one after.
func (p period) name(c *text.Catalog) string {
	switch {
	case p.weeks > 0:
		return c.Say("issues.last-weeks", review.Args{"n": p.weeks})
	case p.month == 1:
		return c.Say("issues.this-month", nil)
	case p.month == 2:
		return c.Say("issues.last-month", nil)
	case p == period{}:
		return c.Say("issues.all-time", nil)
	case p.to.IsZero():
		return c.Say("issues.since", review.Args{"from": c.Date(p.from, p.from.Location())})
	case p.from.IsZero():
		return c.Say("issues.before", review.Args{"to": c.Date(p.to, p.to.Location())})
	}
	if last := day(p.to, -1); last.Equal(p.from) {
		return c.Date(last, last.Location())
	}
	return c.Say("issues.from-to", review.Args{
		"from": c.Date(p.from, p.from.Location()), "to": c.Date(day(p.to, -1), p.to.Location()),
	})
}

// dayShapes are the ways in which a day may be typed; the first is offered.
var dayShapes = []string{"2006-01-02", "2.1.2006"}

// ownPeriod reads two typed days, either of which may be left empty for open.
// ok is false for what is no day, and for an end that is not after its
// beginning.
func ownPeriod(from, to string, zone *time.Location) (p period, ok bool) {
	p.from, ok = typedDay(from, zone)
	if !ok {
		return period{}, false
	}
	p.to, ok = typedDay(to, zone)
	if !ok || !p.from.IsZero() && !p.to.IsZero() && !p.from.Before(p.to) {
		return period{}, false
	}
	return p, true
}

func typedDay(typed string, zone *time.Location) (time.Time, bool) {
	if strings.TrimSpace(typed) == "" {
		return time.Time{}, true
	}
	for _, shape := range dayShapes {
		if t, err := time.ParseInLocation(shape, strings.TrimSpace(typed), zone); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// typeDay writes a day as it may be typed.
func typeDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(dayShapes[0])
}
