package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// A list of calls is read where someone looks at it. The hours in which its calls
// began say how long it is and where each row lies; a page is read from the call
// before it on, or from the beginning of its hour. Both go along the index
// call_frame, or along call_state where most calls are in another state.

// listing is a desk.CallFilter as a condition on a call c, with the names looked
// up.
type listing struct {
	where string // without the state
	args  []any
	plain bool // but for the state, it lets every call in
	state review.State
}

func (q queries) listing(ctx context.Context, f desk.CallFilter) (listing, error) {
	where, args := callFilter("c", desk.Filter{From: f.From, To: f.To})
	l := listing{where: where, args: args, state: f.State, plain: f == desk.CallFilter{State: f.State}}
	for _, only := range []struct {
		of    desk.Only
		table string
	}{{f.Queue, "queue"}, {f.Category, "category"}} {
		if only.of.Set {
			l.where += ` AND c.` + only.table + `_id = (SELECT id FROM ` + only.table + ` WHERE name = ?)`
			l.args = append(l.args, only.of.Name)
		}
	}
	if err := q.leaveParts(ctx, &l); err != nil || f.Text == "" {
		return l, err
	}
	where, args, err := q.texted(ctx, f.Text)
	l.where += ` AND (` + where + `)`
	l.args = append(l.args, args...)
	return l, err
}

// namesWith are the ids of names that hold a text in any case, between commas.
// SQLite itself knows case of ASCII only.
func (q queries) namesWith(ctx context.Context, table, text string) (string, error) {
	names, err := q.namesByID(ctx, table, true)
	var ids []string
	for id, name := range names {
		if strings.Contains(strings.ToLower(name), strings.ToLower(text)) {
			ids = append(ids, fmt.Sprint(id))
		}
	}
	return strings.Join(ids, ", "), err
}

// inState is the condition of a state, as [queries.Calls] has it.
func inState(state review.State) string {
	switch state {
	case "":
		return `1 = 1`
	case review.Missing:
		return `c.missing = 1 AND c.state IN ('new', 'drawn')`
	case review.New, review.Drawn:
		return `c.missing = 0 AND c.state = '` + string(state) + `'`
	}
	return `c.state = '` + string(state) + `'`
}

// newAndGone are the conditions of the calls that are missing and new: those that no draw
// held, and those that were forgotten. The plus signs keep SQLite to the indexes of
// just these.
var newAndGone = []string{`c.missing = 1 AND c.rank = 0 AND +c.state = 'new'`, `c.rank = -1 AND +c.state = 'new'`}

// drawnAndGone is the condition of the other missing calls.
const drawnAndGone = `c.state = 'drawn' AND c.missing = 1`

// ways are conditions that together let in what is in the state of a listing, each
// call by one: for each of them SQLite has an index.
func (l listing) ways() []string {
	if l.state == review.Missing {
		return append(slices.Clone(newAndGone), drawnAndGone)
	}
	return []string{inState(l.state)}
}

// tallied counts the calls of a listing by whole numbers, which columns say of
// each. Most calls of a library are new, and reading the state of each would take
// longer than all else: so the new ones are all but the others.
func (q queries) tallied(ctx context.Context, l listing, columns string, width int, add func(row []int64, n int)) error {
	if l.state != review.New {
		for _, way := range l.ways() {
			if err := q.tally(ctx, l.and(way), columns, width, add); err != nil {
				return err
			}
		}
		return nil
	}
	err := q.tally(ctx, l, columns, width, add)
	if err != nil {
		return err
	}
	return q.notNew(ctx, l, columns, width, func(row []int64, n int) { add(row, -n) })
}

// notNew counts the calls of a listing that are not in the state new.
func (q queries) notNew(ctx context.Context, l listing, columns string, width int, add func(row []int64, n int)) error {
	for _, state := range append(slices.Clone(newAndGone), `c.state IN ('drawn', 'heard', 'skipped', 'not_reached')`) {
		if err := q.tally(ctx, l.and(state), columns, width, add); err != nil {
			return err
		}
	}
	return nil
}

// and narrows a listing by a condition without arguments.
func (l listing) and(condition string) listing {
	l.where = condition + ` AND ` + l.where
	return l
}

func (q queries) tally(ctx context.Context, l listing, columns string, width int, add func(row []int64, n int)) error {
	var rows []byte
	err := q.db.QueryRowContext(ctx, `SELECT tally(`+columns+`) FROM call c WHERE `+l.where, l.args...).Scan(&rows)
	if err != nil {
		return wrap(failure(err), "count calls")
	}
	row, n := make([]int64, width), int64(0)
	targets := make([]any, 0, width+1)
	for i := range row {
		targets = append(targets, &row[i])
	}
	unpack(rows, append(targets, &n), func() { add(row, int(n)) })
	return nil
}

const startHour = `(c.started_at - iif(c.started_at < 0, 3599, 0)) / 3600`

// CallHours implements [desk.ReadPages].
func (q queries) CallHours(ctx context.Context, f desk.CallFilter) ([]desk.HourCount, error) {
	l, err := q.listing(ctx, f)
	if err != nil {
		return nil, err
	}
	hours := map[int64]int{}
	if l.plain && (l.state == "" || l.state == review.New) {
		var hour, n int64
		err = wrap(q.stream(ctx, []any{&hour, &n}, func() { hours[hour] = int(n) }, `SELECT hour, calls FROM call_hour`), "count calls by hours")
		if err == nil && l.state == review.New {
			err = q.notNew(ctx, l, startHour, 1, func(row []int64, n int) { hours[row[0]] -= n })
		}
	} else {
		err = q.tallied(ctx, l, startHour, 1, func(row []int64, n int) { hours[row[0]] += n })
	}
	counts := make([]desk.HourCount, 0, len(hours))
	for hour, n := range hours {
		if n > 0 {
			counts = append(counts, desk.HourCount{Hour: time.Unix(hour*3600, 0).UTC(), Calls: n})
		}
	}
	slices.SortFunc(counts, func(a, b desk.HourCount) int { return b.Hour.Compare(a.Hour) })
	return counts, err
}

// CallPage implements [desk.ReadPages].
func (q queries) CallPage(ctx context.Context, f desk.CallFilter, from desk.ListPlace, most int) ([]review.Call, error) {
	l, err := q.listing(ctx, f)
	if err != nil {
		return nil, err
	}
	scan := func(r *sql.Rows, c *review.Call) error {
		return scanCall(r, c, &c.Said.Text, &c.Said.Zone, &c.Said.Guessed)
	}
	ways := l.ways()
	if len(ways) == 1 {
		query, args := l.page(ways[0], from)
		page, err := list(ctx, q.db, scan, query, append(args, most, from.Skip)...)
		return page, wrap(err, "read a page of calls")
	}
	var page []review.Call
	for _, way := range ways {
		query, args := l.page(way, from)
		some, err := list(ctx, q.db, scan, query, append(args, from.Skip+most, 0)...)
		if err != nil {
			return nil, fmt.Errorf("read a page of calls: %w", err)
		}
		page = append(page, some...)
	}
	slices.SortFunc(page, func(a, b review.Call) int {
		return cmp.Or(b.Start.Compare(a.Start), strings.Compare(b.UID, a.UID))
	})
	page = page[min(from.Skip, len(page)):]
	return page[:min(most, len(page))], nil
}

// page is the query of a page of the calls that a condition lets in, which takes
// two more arguments: how many, and beyond how many. CROSS keeps SQLite from
// beginning with the names.
func (l listing) page(condition string, from desk.ListPlace) (query string, args []any) {
	where, args := l.where+` AND `+condition, slices.Clone(l.args)
	switch {
	case from.UID != "":
		where += ` AND c.started_at <= ? AND (c.started_at < ? OR c.uid < ?)`
		args = append(args, from.Start.Unix(), from.Start.Unix(), from.UID)
	case !from.Start.IsZero():
		where += ` AND c.started_at < ?`
		args = append(args, from.Start.Unix())
	}
	return `SELECT ` + callColumns + saidColumns + ` FROM call c CROSS JOIN queue q ON q.id = c.queue_id CROSS JOIN category k ON k.id = c.category_id
		CROSS JOIN agent a ON a.id = c.agent_id WHERE ` + where + ` ORDER BY c.started_at DESC, c.uid DESC LIMIT ? OFFSET ?`, args
}

// CallCounts implements [desk.ReadPages].
func (q queries) CallCounts(ctx context.Context, f desk.CallFilter, edges []time.Time) ([]desk.PeriodCount, error) {
	queues, err1 := q.namesByID(ctx, "queue", true)
	categories, err2 := q.namesByID(ctx, "category", true)
	if err := first(err1, err2); err != nil {
		return nil, err
	}
	var counts []desk.PeriodCount
	for i := range max(0, len(edges)-1) {
		c := desk.PeriodCount{From: edges[i], To: edges[i+1], Queues: map[string]int{}, Categories: map[string]int{}}
		within := f
		if within.From.Before(c.From) {
			within.From = c.From
		}
		if within.To.IsZero() || within.To.After(c.To) {
			within.To = c.To
		}
		l, err := q.listing(ctx, within)
		if err == nil {
			err = q.tallied(ctx, l, `c.queue_id, c.category_id`, 2, func(row []int64, n int) {
				c.Queues[queues[row[0]]] += n
				c.Categories[categories[row[1]]] += n
			})
		}
		if err != nil {
			return nil, err
		}
		counts = append(counts, c)
	}
	return counts, nil
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// StateCounts implements [desk.ReadPages].
func (q queries) StateCounts(ctx context.Context) (map[review.State]int, error) {
	counts := map[review.State]int{}
	var state review.State
	var n int
	err := q.stream(ctx, []any{&state, &n}, func() { counts[state] += n }, `SELECT 'new', coalesce(sum(calls), 0) FROM call_hour`)
	if err == nil {
		err = q.stream(ctx, []any{&state, &n}, func() {
			counts[state] += n
			counts[review.New] -= n
		}, `SELECT state, count(*) FROM call WHERE state IN ('drawn', 'heard', 'skipped', 'not_reached') GROUP BY state`)
	}
	if err == nil {
		err = q.stream(ctx, []any{&state, &n}, func() {
			counts[state] -= n
			counts[review.Missing] += n
		}, `SELECT 'new', count(*) FROM call c WHERE `+newAndGone[0]+`
			UNION ALL SELECT 'new', count(*) FROM call c WHERE `+newAndGone[1]+`
			UNION ALL SELECT 'drawn', count(*) FROM call c WHERE `+drawnAndGone)
	}
	if err == nil { // parts of calls are missing calls to all that counts
		err = q.stream(ctx, []any{&n}, func() { counts[review.Missing] -= n },
			`SELECT count(*) FROM call_merge m CROSS JOIN call c ON c.uid = m.uid WHERE c.merged > 0`)
	}
	return counts, wrap(err, "count calls by state")
}
