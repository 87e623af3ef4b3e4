package sqlite

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/earshot-app/earshot/review/desk"
)

// insides read what was found in the heard calls of a ranking, call by call.
type insides struct {
	cellCount
	of     []int64 // rows of the issues that are read; nil for all
	splits []int64 // rows of those with moments that may be to be dealt, in order
	spots  map[traitRow]*insideSpot

	row   traitRow // of the finding that is being read
	issue int64
	call  int64
	last  int64       // the call that was read
	spot  *insideSpot // its
	held  []int64     // rows of its issues, while there are splits
}

// An insideSpot is what was found in the calls of a spot.
type insideSpot struct {
	traitRow
	found    []int64            // calls by issue's row
	troubled int64              // calls with any issue
	undealt  int64              // calls with a moment to be dealt
	joint    map[[2]int64]int64 // calls with such a moment and another issue, by their rows
}

// newInsides read by the connection of q.
func newInsides(c cellCount, q queries) *insides {
	c.queries = q
	return &insides{cellCount: c, spots: map[traitRow]*insideSpot{}}
}

// read goes through the findings of the stretches that it gets. The index has
// the issues of a call stand together.
func (in *insides) read(ctx context.Context, stretches *turns) error {
	columns, join, traits := in.traits("f", &in.row)
	targets := append([]any{&in.call, &in.issue}, traits...)
	where, args := callFilter("f", desk.Filter{Queue: in.filter.Queue})
	if in.of != nil {
		where += ` AND f.issue_id IN (` + numbers(in.of) + `)`
	} else {
		where += ` AND f.issue_id NOT IN (SELECT id FROM issue WHERE live = 0)`
	}
	var rows sql.RawBytes
	for stretches.next(&in.filter) {
		query := in.periods() + `SELECT p.n, (SELECT packed(f.call_id, f.issue_id` + columns + `) FROM finding f INDEXED BY finding_meet` + join + `
			WHERE f.started_at >= p.lo AND f.started_at < p.hi AND f.scope > 0 AND ` + where + `) FROM p`
		err := in.stream(ctx, []any{&in.row.period, &rows}, func() { unpack(rows, targets, in.add) }, query, args...)
		if err != nil {
			return wrap(err, "read what was found")
		}
	}
	in.end()
	return nil
}

// add counts one finding.
func (in *insides) add() {
	if in.call != in.last || in.spot == nil {
		in.end()
		in.last, in.spot = in.call, in.spotOf(in.row)
		in.spot.troubled++
	}
	for int64(len(in.spot.found)) <= in.issue {
		in.spot.found = append(in.spot.found, 0)
	}
	in.spot.found[in.issue]++
	if len(in.splits) > 0 {
		in.held = append(in.held, in.issue)
	}
}

func (in *insides) spotOf(r traitRow) *insideSpot {
	spot := in.spots[r]
	if spot == nil {
		spot = &insideSpot{traitRow: r, joint: map[[2]int64]int64{}}
		in.spots[r] = spot
	}
	return spot
}

// end counts which issues the call that was read holds beside those that are to
// be dealt.
func (in *insides) end() {
	undealt := false
	for _, split := range in.held {
		if !in.splitting(split) {
			continue
		}
		undealt = true
		for _, issue := range in.held {
			if issue != split && !(issue < split && in.splitting(issue)) { // two of them are one pair
				in.spot.joint[[2]int64{split, issue}]++
			}
		}
	}
	if undealt {
		in.spot.undealt++
	}
	in.held = in.held[:0]
}

func (in *insides) splitting(issue int64) bool {
	_, is := slices.BinarySearch(in.splits, issue)
	return is
}

// issueIDs are the rows of the issues that meet a condition, in order; never nil.
func (q queries) issueIDs(ctx context.Context, condition string, args ...any) ([]int64, error) {
	ids, err := list(ctx, q.db, func(r *sql.Rows, id *int64) error { return r.Scan(id) },
		`SELECT id FROM issue WHERE live = 1 AND `+condition+` ORDER BY id`, args...)
	return append([]int64{}, ids...), wrap(err, "find issues")
}

// numbers lists numbers for a statement.
func numbers(all []int64) string {
	texts := make([]string, len(all))
	for i, n := range all {
		texts[i] = strconv.FormatInt(n, 10)
	}
	return strings.Join(texts, ", ")
}

// turns are stretches of a filter's period, of which each of several readers
// takes the next one when it is done with its last.
type turns struct {
	edges []time.Time
	taken atomic.Int64
}

// manyTurns are enough for readers to end at about the same time.
const manyTurns = 8

// newTurns cuts the period of a filter whose calls begin from first to last.
func newTurns(f desk.Filter, first, last time.Time) *turns {
	t := &turns{edges: []time.Time{f.From}}
	for i := range manyTurns - 1 {
		t.edges = append(t.edges, first.Add(last.Sub(first)*time.Duration(i+1)/manyTurns))
	}
	t.edges = append(t.edges, f.To)
	if first.Equal(last) {
		t.edges = []time.Time{f.From, f.To}
	}
	return t
}

// next gives a filter the period of the next stretch, unless there is none.
func (t *turns) next(f *desk.Filter) bool {
	i := int(t.taken.Add(1))
	if i >= len(t.edges) {
		return false
	}
	f.From, f.To = t.edges[i-1], t.edges[i]
	return true
}
