package sampling

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/earshot-app/earshot/review"
)

// EmptyPeriod is answered for a filter that ends before it begins, or where it
// begins. Args: from, to.
const EmptyPeriod review.Code = "empty-period"

// A Filter says which calls of the catalogue are a draw's frame. The zero
// Filter takes all.
type Filter struct {
	From, To    time.Time     // the call's start, from inclusive, to exclusive; zero for open
	Queue       string        // exactly this queue; "" for any
	Category    string        // exactly this agents' category; "" for any
	MinDuration time.Duration // at least this long, in whole milliseconds
}

// filterText fixes the order and the names of the canonical text.
type filterText struct {
	From     string `json:"from,omitempty"`
	To       string `json:"to,omitempty"`
	Queue    string `json:"queue,omitempty"`
	Category string `json:"category,omitempty"`
	MinMS    int64  `json:"min_duration_ms,omitempty"`
}

// String returns the canonical text, from which the seed is made: a JSON object
// on one line, without spaces between its parts and with the members from, to,
// queue, category and min_duration_ms in this order, each only if it is set.
// Times are RFC 3339 in UTC with no more decimals than needed, strings are
// escaped as little as JSON allows. The filter that takes all is {}.
func (f Filter) String() string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	// Strings and a number cannot fail to encode.
	_ = encoder.Encode(filterText{instant(f.From), instant(f.To), f.Queue, f.Category, f.MinDuration.Milliseconds()})
	return strings.TrimSuffix(b.String(), "\n")
}

// ParseFilter reads a canonical text and no other spelling of it.
func ParseFilter(text string) (Filter, error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	var raw filterText
	if err := decoder.Decode(&raw); err != nil {
		return Filter{}, fmt.Errorf("read filter: %w", err)
	}
	from, err1 := parseInstant(raw.From)
	to, err2 := parseInstant(raw.To)
	if err := errors.Join(err1, err2); err != nil {
		return Filter{}, fmt.Errorf("read filter: %w", err)
	}
	f := Filter{from, to, raw.Queue, raw.Category, time.Duration(raw.MinMS) * time.Millisecond}
	if f.String() != text {
		return Filter{}, errors.New("read filter: not in its canonical form")
	}
	return f, f.Validate()
}

// Validate answers [EmptyPeriod], or [review.BadArgument] for a queue or
// category with control characters or spaces around it, and for a duration that
// is negative or finer than a millisecond.
func (f Filter) Validate() error {
	if !f.From.IsZero() && !f.To.IsZero() && !f.From.Before(f.To) {
		return review.Fail(EmptyPeriod, review.Args{"from": f.From, "to": f.To})
	}
	if f.MinDuration < 0 || f.MinDuration%time.Millisecond != 0 {
		return badArgument("min-duration", f.MinDuration)
	}
	if !clean(f.Queue) {
		return badArgument("queue", f.Queue)
	}
	if !clean(f.Category) {
		return badArgument("category", f.Category)
	}
	return nil
}

// Match reports whether the frame holds c. It is the rule that a store's query
// must agree with.
func (f Filter) Match(c review.Call) bool {
	return (f.From.IsZero() || !c.Start.Before(f.From)) &&
		(f.To.IsZero() || c.Start.Before(f.To)) &&
		(f.Queue == "" || c.Queue == f.Queue) &&
		(f.Category == "" || c.Category == f.Category) &&
		c.Duration >= f.MinDuration
}

// Scope says what the calls of a draw with this filter stand for: a draw inside
// one category says nothing about the others.
func (f Filter) Scope() review.Scope {
	if f.Category != "" {
		return review.InCategory
	}
	return review.Everywhere
}

func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

func parseInstant(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	return t.UTC(), err
}

// clean reports whether text can stand in a file of lines and be typed again.
func clean(text string) bool {
	return text == strings.TrimSpace(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

func badArgument(name string, value any) error {
	return review.Fail(review.BadArgument, review.Args{"name": name, "value": value})
}
