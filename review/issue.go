package review

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// MaxIssueName is the longest name of an issue, in letters.
const MaxIssueName = 200

// BadName is answered for an issue's name in which nothing can be seen, that is
// too long, or holds control characters. Args: name, max.
const BadName Code = "bad-name"

// An Issue is a problem or need that made a customer call, named by a leader.
type Issue struct {
	ID     string
	Name   string
	Key    int  // 1 to 9, or 0 for none; set by a person, never moved by the app
	Calls  int  // calls with a moment of it, drawn or not
	Aside  bool // retired or being split: not offered while calls are heard
	Follow Follow
}

// A Moment is one issue at one time of one call.
type Moment struct {
	ID      string
	Call    string // uid
	IssueID string
	Issue   string        // its name
	At      time.Duration // from the start of the call
	Until   time.Duration // 0 for a point in time
	Words   string        // the customer's own, if noted
}

// Praise is a moment worth giving to the agent or team. It is never an issue.
type Praise struct {
	ID    string
	Call  string
	At    time.Duration
	Words string
}

// CleanName trims an issue's name, folds runs of white space to one space and
// checks it. It answers [BadName].
func CleanName(name string) (string, error) {
	clean := strings.Join(strings.Fields(name), " ")
	bad := !strings.ContainsFunc(clean, visible) || utf8.RuneCountInString(clean) > MaxIssueName || !utf8.ValidString(clean)
	if bad || strings.ContainsFunc(clean, unicode.IsControl) {
		return "", Fail(BadName, Args{"name": clean, "max": MaxIssueName})
	}
	return clean, nil
}

// visible leaves out what only joins or parts letters, as a space of no width does.
func visible(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) }

// SameName reports whether two names are the same to a reader: case does not
// tell issues apart.
func SameName(a, b string) bool { return strings.EqualFold(a, b) }
