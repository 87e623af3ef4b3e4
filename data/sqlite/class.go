package sqlite

import (
	"fmt"
	"strings"
)

// A class of calls is those that meet a condition on a call c.
type class struct {
	condition string
	args      []any  // of the condition
	hourly    string // the column of call_hour that counts them too, or ""
	index     string // that covers what a tally of them reads, or "" for SQLite's choice
}

// The classes that most of a ranking's counting is about.
var (
	allCalls   = class{condition: `1 = 1`, hourly: "calls"}
	goneCalls  = class{condition: `c.missing = 1 AND c.rank = 0`}
	heardCalls = class{condition: `c.state = 'heard' AND c.scope > 0`, hourly: "heard", index: "call_heard"}
)

// hourQuery counts calls by periods: the whole hours of each from call_hour, and
// what is before and after them, less than an hour each, call by call.
func (c *cellCount) hourQuery(of class) string {
	const hour = 3600
	rows := make([]string, 0, len(c.grid.Bounds))
	for i := range len(c.grid.Bounds) - 1 {
		from, to := seconds(c.grid.Bounds[i]), seconds(c.grid.Bounds[i+1])
		first := (from + hour - 1) / hour
		last := max(first, to/hour)
		rows = append(rows, fmt.Sprintf("(%d, %d, %d, %d, %d, %d, %d)",
			i, from, min(first*hour, to), first, last, last*hour, to))
	}
	if len(rows) == 0 {
		return c.periods() + `SELECT p.n, 0 FROM p`
	}
	const within = `(SELECT count(*) FROM call c WHERE c.started_at >= %s AND c.started_at < %s AND ` + "%s)"
	return `WITH p(n, lo, whole, first, last, rest, hi) AS (VALUES ` + strings.Join(rows, ", ") + `)
		SELECT p.n, (SELECT coalesce(sum(h.` + of.hourly + `), 0) FROM call_hour h WHERE h.hour >= p.first AND h.hour < p.last) + ` +
		fmt.Sprintf(within+" + "+within, "p.lo", "p.whole", of.condition, "p.rest", "p.hi", of.condition) + ` FROM p`
}

// A share is one of two parts of the issues or periods, which two readers count
// at once.
type share int

// The shares, which have about as many calls: early issues come up most, and
// neighbouring periods are about as long.
const (
	even share = iota
	odd
)

func (s share) condition(number string) string {
	return fmt.Sprintf(`%s %% 2 = %d`, number, s)
}
