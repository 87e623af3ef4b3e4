package catalog

import (
	"fmt"
	"strings"
	"time"
)

// Starts in which the month is a word, or in which nothing parts the numbers, are
// rewritten to the form that [parseStartIn] reads. Durations with units are read
// here too.

// dayMonth is 10-Nov-2026, Tue, 10 Nov 2026 and 10. November 2026; monthDay is
// Nov 10, 2026. What follows is the time of day.
var (
	dayMonth = lazily(`^(?:\p{L}+\.?,? )?(\d{1,2})(?:\. ?|[ -])(\p{L}+)\.?[ -](\d{4}),?(?: (.*))?$`)
	monthDay = lazily(`^(?:\p{L}+\.?,? )?(\p{L}+)\.? (\d{1,2}),? (\d{4}),?(?: (.*))?$`)
	unparted = lazily(`^(\d{4})(\d\d)(\d\d)[ T_-]?(\d\d)(\d\d)(\d\d)(.*)$`)
)

// months are the names of the months in English and German, in lower case; three
// letters of one will do.
var months = [12][2]string{
	{"january", "januar"},
	{"february", "februar"},
	{"march", "märz"},
	{"april", "april"},
	{"may", "mai"},
	{"june", "juni"},
	{"july", "juli"},
	{"august", "august"},
	{"september", "september"},
	{"october", "oktober"},
	{"november", "november"},
	{"december", "dezember"},
}

// monthOf answers 1 to 12, 0 for a word that names no month.
func monthOf(word string) time.Month {
	word = strings.ToLower(word)
	for i, names := range months {
		for _, name := range names {
			if strings.HasPrefix(name, word) && len(word) >= 3 {
				return time.Month(i + 1)
			}
		}
	}
	return 0
}

// unspelled rewrites a start as 2026-11-10 09:42; it answers false for one that it
// does not know.
func unspelled(cell string) (string, bool) {
	if m := unparted().FindStringSubmatch(cell); m != nil {
		return m[1] + "-" + m[2] + "-" + m[3] + " " + m[4] + ":" + m[5] + ":" + m[6] + m[7], true
	}
	var day, word, year, clock string
	if m := dayMonth().FindStringSubmatch(cell); m != nil {
		day, word, year, clock = m[1], m[2], m[3], m[4]
	} else if m := monthDay().FindStringSubmatch(cell); m != nil {
		day, word, year, clock = m[2], m[1], m[3], m[4]
	}
	month := monthOf(word)
	if month == 0 {
		return "", false
	}
	return strings.TrimSpace(fmt.Sprintf("%s-%02d-%s %s", year, month, day, clock)), true
}

// dayAlone reports whether a start says no time of day.
func dayAlone(cell string) bool {
	if parted, ok := unspelled(cell); ok {
		cell = parted
	}
	_, clock := cutDay(cell)
	return clock == ""
}

// withUnits is 1h 2m 3s, 6 min 13 s, 373 s and, as ISO 8601 has it, PT6M13S.
var withUnits = lazily(`^(?i)(?:PT)?(?:([\d.,]+) ?(?:h|hrs?|hours?|std\.?|stunden?))? ?` +
	`(?:([\d.,]+) ?(?:m|mins?\.?|minutes?|minuten))? ?(?:([\d.,]+) ?(?:s|secs?\.?|seconds?|sek\.?|sekunden?))?$`)

// inUnits reads a duration with units as seconds; it answers false for what is none.
func inUnits(cell string) (seconds float64, ok bool) {
	m := withUnits().FindStringSubmatch(cell)
	if m == nil {
		return 0, false
	}
	for _, part := range m[1:] {
		seconds *= 60
		if part == "" {
			continue
		}
		n, err := parseAmount(part, true)
		if err != nil {
			return 0, false
		}
		seconds, ok = seconds+n, true
	}
	return seconds, ok
}
