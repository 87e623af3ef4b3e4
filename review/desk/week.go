package desk

import (
	"fmt"
	"time"
)

// A date is a day of the calendar, wherever that is: noon of it in UTC, so that
// no clock change touches its arithmetic.
type date struct{ noon time.Time }

// dateOf is the day that an instant is on in a zone.
func dateOf(t time.Time, zone *time.Location) date {
	year, month, day := t.In(zone).Date()
	return date{time.Date(year, month, day, 12, 0, 0, 0, time.UTC)}
}

func (d date) plus(days int) date { return date{d.noon.AddDate(0, 0, days)} }

// begins is the first instant of the day in a zone: midnight, or what the clock
// is put forward to where it is put forward at midnight.
func (d date) begins(zone *time.Location) time.Time {
	year, month, day := d.noon.Date()
	t := time.Date(year, month, day, 0, 0, 0, 0, zone)
	for dateOf(t, zone).noon.Before(d.noon) {
		t = t.Add(15 * time.Minute)
	}
	return t.UTC()
}

// latest is the last day of a name up to d.
func (d date) latest(name time.Weekday) date {
	return d.plus(-(int(d.noon.Weekday()-name) + 7) % 7)
}

// week names the ISO week of the day, as 2026-W47; names sort as the weeks do.
func (d date) week() string {
	year, week := d.noon.ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, week)
}
