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
		if d.Done == 0 {
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

// periods are the periods of the grid as a table p of a statement. There are
// only numbers in it.
func (c *cellCount) periods() string {
	rows := make([]string, 0, len(c.grid.Bounds))
	for i := range c.grid.Bounds[1:] {
		rows = append(rows, fmt.Sprintf("(%d, %d, %d)", i, seconds(c.grid.Bounds[i]), seconds(c.grid.Bounds[i+1])))
	}
	if len(rows) == 0 {
		return `WITH p(n, lo, hi) AS (SELECT 0, 0, 0 WHERE 0) `
	}
	return `WITH p(n, lo, hi) AS (VALUES ` + strings.Join(rows, ", ") + `) `
}

// traits are the columns of a call c that make its spot, beside its period.
func (c *cellCount) traits() string {
	traits := []string{"0", "0", "0", "0", c.fields}
	if c.grid.Queues {
		traits[0] = "c.queue_id"
	}
	if c.grid.Categories {
		traits[1] = "c.category_id"
	}
	for _, length := range c.grid.Lengths {
		traits[2] += fmt.Sprintf(" + (c.duration_ms >= %d)", length.Milliseconds())
	}
	if len(c.grid.Added) > 0 {
		traits[3] = "c.born"
	}
	return strings.Join(traits, ", ")
}

// A traitRow is the traits of a spot as they are read.
type traitRow struct {
	period                      int
	queue, category, length, at int64
	fields                      string // as [queries.fieldTrait] writes them
}

func (r *traitRow) targets() []any {
	return []any{&r.period, &r.queue, &r.category, &r.length, &r.at, &r.fields}
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
	query, args := c.callQuery(of)
	type row struct {
		traitRow
		n int64
	}
	for r, err := range each(ctx, c.db, func(rows *sql.Rows, r *row) error {
		return rows.Scan(append(r.targets(), &r.n)...)
	}, query, args...) {
		if err != nil {
			return err
		}
		if r.n > 0 {
			add(r.traitRow, r.n)
		}
	}
	return nil
}

// callQuery counts calls by spots. Where the calls of a period are alike, it
// is one range of an index for each period, or of call_hour.
func (c *cellCount) callQuery(of class) (string, []any) {
	if c.grid.Alike() && c.filter.Queue == "" && of.hourly != "" {
		return c.hourQuery(of), nil
	}
	where, args := callFilter("c", desk.Filter{Queue: c.filter.Queue})
	where, args = `c.started_at >= p.lo AND c.started_at < p.hi AND `+of.condition+` AND `+where, append(slices.Clone(of.args), args...)
	if c.grid.Alike() {
		return c.periods() + `SELECT p.n, 0, 0, 0, 0, '', (SELECT count(*) FROM call c WHERE ` + where + `) FROM p`, args
	}
	return c.periods() + `SELECT p.n, ` + c.traits() + `, count(*) FROM p CROSS JOIN call c WHERE ` + where +
		` GROUP BY 1, 2, 3, 4, 5, 6`, args
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
	query, args := c.findingQuery(of)
	var r foundRow
	targets := append(append([]any{&r.issue}, r.targets()...), &r.n)
	return c.stream(ctx, targets, func() {
		if r.n > 0 {
			add(r)
		}
	}, query, args...)
}

// findingQuery counts findings by issues and spots, as [cellCount.callQuery].
func (c *cellCount) findingQuery(of share) (string, []any) {
	where, args := callFilter("f", desk.Filter{Queue: c.filter.Queue})
	where = `f.started_at >= p.lo AND f.started_at < p.hi AND f.scope > 0 AND ` + where
	if c.grid.Alike() {
		return c.periods() + `SELECT i.id, p.n, 0, 0, 0, 0, '', (SELECT count(*) FROM finding f WHERE f.issue_id = i.id AND ` + where + `)
			FROM issue i CROSS JOIN p WHERE i.live = 1 AND ` + of.condition("i.id"), args
	}
	return c.periods() + `SELECT f.issue_id, p.n, ` + c.traits() + `, count(*) FROM p CROSS JOIN finding f JOIN call c ON c.id = f.call_id
		WHERE ` + where + ` AND ` + of.condition("f.issue_id") + ` GROUP BY 1, 2, 3, 4, 5, 6, 7`, args
}
