package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/sampling"
)

// cellCount counts by the cells of a ranking: what the draws' frames and strata
// tell apart, by what the catalogue says of calls now.
type cellCount struct {
	queries
	filter     desk.Filter
	grid       sampling.Grid
	queues     map[int64]string // names by id; empty unless the grid needs them
	categories map[int64]string
	values     map[int64]string // of fields
	fields     string           // the column that says what the grid's fields do
	index      map[string]int   // of a cell in the counts, by its name
	known      map[traitRow]int // the same by spot
}

// countCells reads what the grid of a ranking needs. first and last are the
// starts of its first and last call.
func (q queries) countCells(ctx context.Context, f desk.Filter, draws []desk.Draw, first, last time.Time) (*cellCount, error) {
	designs, err := designsOf(draws)
	if err != nil {
		return nil, err
	}
	arrivals, err := q.arrivals(ctx)
	if err != nil {
		return nil, err
	}
	end := last
	if !last.IsZero() {
		end = last.Add(time.Second)
	}
	c := &cellCount{queries: q, filter: f, grid: sampling.NewGrid(first, end, designs, arrivals), index: map[string]int{}, known: map[traitRow]int{}}
	if c.queues, err = q.namesByID(ctx, "queue", c.grid.Queues); err == nil {
		c.categories, err = q.namesByID(ctx, "category", c.grid.Categories)
	}
	if err == nil {
		c.values, err = q.fieldValues(ctx, c.grid.Fields)
	}
	if err == nil {
		c.fields, err = q.fieldTrait(ctx, c.grid.Fields)
	}
	return c, err
}

// designsOf are the designs of the draws of which something was heard: the
// others say nothing yet. A top-up has the frame of the draw that it tops up.
func designsOf(draws []desk.Draw) ([]sampling.Design, error) {
	number := map[string]int{}
	for _, d := range draws {
		number[d.ID] = d.Number
	}
	var designs []sampling.Design
	for _, d := range draws {
		if !d.Begun {
			continue
		}
		filter, err := sampling.ParseFilter(d.Filter)
		if err != nil {
			return nil, fmt.Errorf("read draw %d: %w", d.Number, err)
		}
		design := sampling.Design{Number: d.Number, Filter: filter, Strata: d.Strata}
		if d.TopsUp != "" {
			design.Number = number[d.TopsUp]
		}
		designs = append(designs, design)
	}
	return designs, nil
}

// arrivals reads when the calls began that were added between two draws, by
// stepping from one to the next through the index call_added.
func (q queries) arrivals(ctx context.Context) ([]sampling.Arrival, error) {
	all, err := list(ctx, q.db, func(r *sql.Rows, a *sampling.Arrival) error {
		var first, last int64
		err := r.Scan(&a.After, &first, &last)
		a.First, a.Last = time.Unix(first, 0).UTC(), time.Unix(last, 0).UTC()
		return err
	}, `WITH RECURSIVE added(n) AS (
			SELECT (SELECT min(born) FROM call) UNION ALL
			SELECT (SELECT min(born) FROM call WHERE born > n) FROM added WHERE n IS NOT NULL)
		SELECT n, (SELECT min(started_at) FROM call WHERE born = n), (SELECT max(started_at) FROM call WHERE born = n)
		FROM added WHERE n IS NOT NULL`)
	return all, wrap(err, "read when calls were added")
}

func (q queries) namesByID(ctx context.Context, table string, needed bool) (map[int64]string, error) {
	names := map[int64]string{}
	if !needed {
		return names, nil
	}
	type row struct {
		id   int64
		name string
	}
	rows, err := list(ctx, q.db, func(r *sql.Rows, n *row) error { return r.Scan(&n.id, &n.name) }, `SELECT id, name FROM `+table)
	for _, n := range rows {
		names[n.id] = n.name
	}
	return names, wrap(err, "read the names of the "+table)
}

// periods are the periods of the grid, as far as they are in the filter's, as a
// table p of a statement. There are only numbers in it.
func (c *cellCount) periods() string {
	rows := make([]string, 0, len(c.grid.Bounds))
	for i := range c.grid.Bounds[1:] {
		from, to := seconds(c.grid.Bounds[i]), seconds(c.grid.Bounds[i+1])
		if !c.filter.From.IsZero() {
			from = max(from, seconds(c.filter.From))
		}
		if !c.filter.To.IsZero() {
			to = min(to, seconds(c.filter.To))
		}
		if from < to {
			rows = append(rows, fmt.Sprintf("(%d, %d, %d)", i, from, to))
		}
	}
	if len(rows) == 0 {
		return `WITH p(n, lo, hi) AS (SELECT 0, 0, 0 WHERE 0) `
	}
	return `WITH p(n, lo, hi) AS (VALUES ` + strings.Join(rows, ", ") + `) `
}

// traits are the columns that make a spot beside its period, with targets for
// them in r: of the table f alone where that tells them, else with a call c
// joined to it.
func (c *cellCount) traits(table string, r *traitRow) (columns, join string, targets []any) {
	add := func(column string, target any) {
		columns, targets = columns+`, `+column, append(targets, target)
	}
	if c.grid.Queues {
		add(table+`.queue_id`, &r.queue)
	}
	if c.grid.Categories {
		add(table+`.category_id`, &r.category)
	}
	told := len(targets)
	if len(c.grid.Lengths) > 0 {
		longer := `0`
		for _, length := range c.grid.Lengths {
			longer += fmt.Sprintf(` + (c.duration_ms >= %d)`, length.Milliseconds())
		}
		add(longer, &r.length)
	}
	if len(c.grid.Added) > 0 {
		add(`c.born`, &r.at)
	}
	if len(c.grid.Fields) > 0 {
		add(c.fields, &r.fields)
	}
	if table != "c" && len(targets) > told {
		join = ` CROSS JOIN call c ON c.id = ` + table + `.call_id`
	}
	return columns, join, targets
}

// A traitRow is the traits of a spot as they are read.
type traitRow struct {
	period                      int
	queue, category, length, at int64
	fields                      string // as [queries.fieldTrait] writes them
}

// cell is the index of a spot's cell, which is made at need.
func (c *cellCount) cell(r traitRow, counts *ranking.Counts) int {
	if i, ok := c.known[r]; ok {
		return i
	}
	name, kind, covered := c.grid.Cell(c.spot(r))
	i, ok := c.index[name]
	if !ok {
		i = len(counts.Cells)
		c.index[name] = i
		at := c.grid.Bounds[r.period]
		at = at.Add(c.grid.Bounds[r.period+1].Sub(at) / 2)
		counts.Cells = append(counts.Cells, ranking.Cell{Name: name, Kind: kind, At: at, Reached: covered})
	}
	c.known[r] = i
	return i
}

// cellOf is the index of a spot's cell that was counted before, or −1: between
// two reads somebody else may have added calls.
func (c *cellCount) cellOf(r traitRow) int {
	i, ok := c.known[r]
	if !ok {
		name, _, _ := c.grid.Cell(c.spot(r))
		if i, ok = c.index[name]; !ok {
			i = -1
		}
		c.known[r] = i
	}
	return i
}

func (c *cellCount) spot(r traitRow) sampling.Spot {
	spot := sampling.Spot{Period: r.period, Queue: c.queues[r.queue], Category: c.categories[r.category], Length: int(r.length)}
	if len(c.grid.Fields) > 0 {
		spot.Fields = valuesOf(r.fields, c.values)
	}
	for _, number := range c.grid.Added {
		if r.at >= int64(number) {
			spot.Added++
		}
	}
	return spot
}

// calls counts the calls of a class and gives each spot's number to add.
func (c *cellCount) calls(ctx context.Context, of class, add func(r traitRow, n int64)) error {
	var r traitRow
	_, _, traits := c.traits("c", &r)
	query, args := c.callQuery(of)
	return c.tallies(ctx, append([]any{&r.period}, traits...), func(n int64) { add(r, n) }, query, args...)
}

// tallies reads the tally of each period, or the number of its calls where they
// are alike, and gives each number that is not 0 to add. Targets are those of
// the period and of what is tallied.
func (c *cellCount) tallies(ctx context.Context, targets []any, add func(n int64), query string, args ...any) error {
	var n int64
	if c.grid.Alike() {
		return c.stream(ctx, []any{targets[0], &n}, func() {
			if n > 0 {
				add(n)
			}
		}, query, args...)
	}
	var rows sql.RawBytes
	return c.stream(ctx, []any{targets[0], &rows}, func() {
		unpack(rows, append(slices.Clip(targets[1:]), &n), func() { add(n) })
	}, query, args...)
}

// callQuery counts calls by spots. Where the calls of a period are alike, it
// is one range of an index for each period, or of call_hour.
func (c *cellCount) callQuery(of class) (string, []any) {
	if c.grid.Alike() && c.filter.Queue == "" && of.hourly != "" {
		return c.hourQuery(of), nil
	}
	where, args := callFilter("c", desk.Filter{Queue: c.filter.Queue})
	where, args = `c.started_at >= p.lo AND c.started_at < p.hi AND `+of.condition+` AND `+where, append(slices.Clone(of.args), args...)
	from := `call c`
	if !c.grid.Alike() && of.index != "" {
		from += ` INDEXED BY ` + of.index
	}
	return c.periods() + `SELECT p.n, (SELECT ` + c.number("c") + ` FROM ` + from + ` WHERE ` + where + `) FROM p`, args
}

// number is the aggregate that [cellCount.tallies] reads of a table's rows.
func (c *cellCount) number(table string) string {
	if c.grid.Alike() {
		return `count(*)`
	}
	columns, _, _ := c.traits(table, &traitRow{})
	return `tally(` + strings.TrimPrefix(columns, `, `) + `)`
}

// A foundRow is how many heard calls of a spot hold an issue.
type foundRow struct {
	issue int64 // its row
	traitRow
	n int64
}

// findings counts the heard calls with each issue of a share and gives the
// number of each issue and spot to add.
func (c *cellCount) findings(ctx context.Context, of share, add func(foundRow)) error {
	var r foundRow
	query, args := c.findingQuery(of)
	if c.grid.Alike() {
		return c.stream(ctx, []any{&r.issue, &r.period, &r.n}, func() {
			if r.n > 0 {
				add(r)
			}
		}, query, args...)
	}
	_, _, traits := c.traits("f", &r.traitRow)
	return c.tallies(ctx, append([]any{&r.period, &r.issue}, traits...), func(n int64) {
		r.n = n
		add(r)
	}, query, args...)
}

// findingQuery counts findings by issues and spots: where the calls of a period
// are alike, by one range of an index for each issue of the share. Else the
// share is one of the periods.
func (c *cellCount) findingQuery(of share) (string, []any) {
	where, args := callFilter("f", desk.Filter{Queue: c.filter.Queue})
	where = `f.started_at >= p.lo AND f.started_at < p.hi AND f.scope > 0 AND ` + where
	if c.grid.Alike() {
		return c.periods() + `SELECT i.id, p.n, (SELECT count(*) FROM finding f WHERE f.issue_id = i.id AND ` + where + `)
			FROM issue i CROSS JOIN p WHERE i.live = 1 AND ` + of.condition("i.id"), args
	}
	columns, join, _ := c.traits("f", &traitRow{})
	return c.periods() + `SELECT p.n, (SELECT tally(f.issue_id` + columns + `) FROM finding f` + join + ` WHERE ` + where + `)
		FROM p WHERE ` + of.condition("p.n"), args
}
