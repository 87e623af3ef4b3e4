package review

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Progress says how far an issue is on its way to be fixed.
type Progress string

// The states of an issue that a leader follows. One that nobody has spoken of
// is open.
const (
	Open   Progress = "open"
	Fixing Progress = "fixing"
	Fixed  Progress = "fixed" // on a day
)

// MaxFollow is the longest owner or next step of an issue, in letters.
const MaxFollow = 200

// NoFixDay is answered for an issue that is fixed, but nobody says since when.
const NoFixDay Code = "no-fix-day"

// Follow says who sees to an issue, how far they are and what comes next.
type Follow struct {
	Owner string
	State Progress
	On    string // the first day without the issue, as 2026-11-10; "" unless it is fixed
	Next  string // the next step
}

// Clean trims f, folds runs of white space and checks it: a day belongs to what
// is fixed and to nothing else. It answers [NoFixDay] or [BadArgument].
func (f Follow) Clean() (Follow, error) {
	var err error
	line := func(name, text string) string {
		clean := strings.Join(strings.Fields(text), " ")
		if utf8.RuneCountInString(clean) > MaxFollow || !utf8.ValidString(clean) || strings.ContainsFunc(clean, unicode.IsControl) {
			err = Fail(BadArgument, Args{"name": name, "value": clean})
		}
		return clean
	}
	f.Owner, f.Next = line("owner", f.Owner), line("next", f.Next)
	switch {
	case err != nil:
	case f.State == Fixed && f.On == "":
		err = Fail(NoFixDay, nil)
	case f.State == Fixed:
		if _, bad := time.Parse(time.DateOnly, f.On); bad != nil {
			err = Fail(BadArgument, Args{"name": "on", "value": f.On})
		}
	case f.State == Open || f.State == Fixing:
		f.On = ""
	default:
		err = Fail(BadArgument, Args{"name": "state", "value": string(f.State)})
	}
	if err != nil {
		return Follow{}, err
	}
	return f, nil
}

// Since is the first instant of the day of the fix in a zone; zero while the
// issue is not fixed.
func (f Follow) Since(zone *time.Location) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, f.On, zone)
	if err != nil {
		return time.Time{}
	}
	return day
}
