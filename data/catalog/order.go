package catalog

import (
	"strings"
	"time"
)

// An orderGuess finds out from a whole column of starts which comes first in
// days like 10/11/2026: one with a number beyond twelve tells, else that the
// rows are in the order of time in one reading alone.
type orderGuess struct {
	told  [3]bool // by one day or another, by dayOrder
	ways  [3]sequence
	known bool // an ambiguous day was seen
}

// A sequence is a column of days in one reading.
type sequence struct {
	last     time.Time
	up, down bool // a day was after, or before, the one before it
	days     int  // that differ from the one before them
}

func (s *sequence) add(t time.Time) {
	switch {
	case s.last.IsZero():
	case t.After(s.last):
		s.up = true
		s.days++
	case t.Before(s.last):
		s.down = true
		s.days++
	}
	s.last = t
}

// ordered reports whether the days rise or fall all along; a few days may do so
// by chance.
func (s *sequence) ordered() bool { return s.up != s.down && s.days >= 3 }

// add takes in the start of one row.
func (g *orderGuess) add(cell string) {
	day, _ := cutDay(cell)
	i := strings.IndexAny(day, "-/")
	if i < 0 {
		return
	}
	parts := strings.Split(day, day[i:i+1])
	if len(parts) != 3 || len(parts[0]) > 2 || !digits(parts[0]) || !digits(parts[1]) || !digits(parts[2]) {
		return
	}
	one, two := bothDayAndMonth(parts[0]), bothDayAndMonth(parts[1])
	switch {
	case one && !two:
		g.told[monthFirst] = true
	case two && !one:
		g.told[dayFirst] = true
	case one && two && ambiguous(parts):
		g.known = true
	}
	for _, order := range []dayOrder{dayFirst, monthFirst} {
		if t, err := parseStartIn(day, time.UTC, order); err == nil {
			g.ways[order].add(t)
		}
	}
}

// order is what the column tells, unknownOrder where it contradicts itself.
func (g *orderGuess) order() dayOrder {
	switch a, b := g.told[dayFirst], g.told[monthFirst]; {
	case a && b:
		return unknownOrder
	case a:
		return dayFirst
	case b:
		return monthFirst
	}
	switch a, b := g.ways[dayFirst].ordered(), g.ways[monthFirst].ordered(); {
	case a && !b:
		return dayFirst
	case b && !a:
		return monthFirst
	}
	return unknownOrder
}
