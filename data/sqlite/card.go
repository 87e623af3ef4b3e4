package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// CategoryCounts implements [desk.ReadCounts].
func (q queries) CategoryCounts(ctx context.Context, f desk.Filter, draws []desk.Draw) ([]ranking.CategoryCount, error) {
	cards := cards{byID: map[[2]int64]*card{}}
	err := q.snapshots(ctx, func(q, other queries) error {
		first, last, err := q.span(ctx, f)
		if err != nil {
			return err
		}
		if cards.cellCount, err = q.countCells(ctx, f, draws, first, last); err != nil {
			return err
		}
		if err := cards.prepare(ctx); err != nil {
			return err
		}
		return wrap(cards.count(ctx, other), "count categories")
	})
	return cards.list(), err
}

// cards count the calls of a filter category by category.
type cards struct {
	*cellCount
	byID map[[2]int64]*card // by category and, for that without a name, by queue
}

// prepare has categories told apart, and queues where calls have none.
func (cs *cards) prepare(ctx context.Context) error {
	var err error
	if cs.categories, err = cs.namesByID(ctx, "category", true); err != nil {
		return err
	}
	cs.grid.Categories = true
	for _, name := range cs.categories {
		cs.grid.Queues = cs.grid.Queues || name == ""
	}
	cs.queues, err = cs.namesByID(ctx, "queue", cs.grid.Queues)
	return err
}

// A card counts one category, by its own cells.
type card struct {
	*cellCount
	ranking.CategoryCount
	counts  ranking.Counts          // only for its cells
	byIssue map[int64]map[int]int64 // calls by issue's row and cell
}

// at finds the card and the cell of a spot.
func (cs *cards) at(r traitRow) (*card, *ranking.Cell, int) {
	id, name, by := [2]int64{r.category}, cs.categories[r.category], ranking.ByCategory
	if queue := cs.queues[r.queue]; name == "" && queue != "" {
		id[1], name, by = r.queue, queue, ranking.ByQueue
	}
	c := cs.byID[id]
	if c == nil {
		own := *cs.cellCount
		own.index, own.known = map[string]int{}, map[traitRow]int{}
		c = &card{cellCount: &own, byIssue: map[int64]map[int]int64{}}
		c.Category, c.By = name, by
		cs.byID[id] = c
	}
	i := c.cell(r, &c.counts)
	return c, &c.counts.Cells[i], i
}

// count has one reader count the calls and another what was found in them.
func (cs *cards) count(ctx context.Context, other queries) error {
	group, counting := errgroup.WithContext(ctx)
	group.Go(func() error { return cs.countCalls(counting) })
	inside := insides{cellCount: *cs.cellCount}
	inside.queries = other
	group.Go(func() error { return inside.read(counting) })
	if err := group.Wait(); err != nil {
		return err
	}
	for _, r := range inside.troubled {
		c, cell, _ := cs.at(r.traitRow)
		c.NoProblem -= r.n
		cell.NoProblem -= r.n
	}
	for _, r := range inside.found {
		c, _, cell := cs.at(r.traitRow)
		if c.byIssue[r.issue] == nil {
			c.byIssue[r.issue] = map[int]int64{}
		}
		c.byIssue[r.issue][cell] += r.n
	}
	issues, err := cs.issueRows(ctx)
	for _, c := range cs.byID {
		c.fill(issues)
	}
	return err
}

// countCalls counts the frame and what was heard of it, all of it without a
// problem so far.
func (cs *cards) countCalls(ctx context.Context) error {
	size := func(r traitRow, n int64) {
		c, cell, _ := cs.at(r)
		c.Calls += n
		cell.Size += n
	}
	// As in [cellCount.countCalls]: all less the few that are gone.
	if err := cs.calls(ctx, allCalls, size); err != nil {
		return err
	}
	err := cs.calls(ctx, goneCalls, func(r traitRow, n int64) { size(r, -n) })
	if err != nil {
		return err
	}
	return cs.calls(ctx, heardCalls, func(r traitRow, n int64) {
		c, cell, _ := cs.at(r)
		c.Heard, c.NoProblem = c.Heard+n, c.NoProblem+n
		cell.Heard, cell.NoProblem = cell.Heard+n, cell.NoProblem+n
	})
}

// insides read what was found in the heard calls of a ranking.
type insides struct {
	cellCount
	found    []foundRow // calls by issue and spot
	troubled []foundRow // calls with any issue by spot; issue is 0
}

// read goes through the findings of each period call by call.
func (in *insides) read(ctx context.Context) error {
	var r foundRow
	var call, last int64
	columns, join, traits := in.traits("f", &r.traitRow)
	where, args := callFilter("f", desk.Filter{Queue: in.filter.Queue})
	// The index has the issues of a call stand together.
	query := in.periods() + `SELECT p.n, (SELECT packed(f.call_id, f.issue_id` + columns + `) FROM finding f INDEXED BY finding_meet` + join + `
		WHERE f.started_at >= p.lo AND f.started_at < p.hi AND f.scope > 0 AND f.issue_id NOT IN (SELECT id FROM issue WHERE live = 0) AND ` + where + `) FROM p`
	var rows sql.RawBytes
	targets := append([]any{&call, &r.issue}, traits...)
	return in.stream(ctx, []any{&r.period, &rows}, func() {
		found, troubled := map[foundRow]int64{}, map[traitRow]int64{}
		unpack(rows, targets, func() {
			found[r]++
			if call != last {
				last = call
				troubled[r.traitRow]++
			}
		})
		for row, n := range found {
			row.n = n
			in.found = append(in.found, row)
		}
		for row, n := range troubled {
			in.troubled = append(in.troubled, foundRow{traitRow: row, n: n})
		}
	}, query, args...)
}

// fill lists the issues of the card, most calls first, and gives each cell its
// part.
func (c *card) fill(issues []issueRow) {
	var inside []issueRow
	for _, issue := range issues {
		if cells := c.byIssue[issue.id]; cells != nil {
			for _, n := range cells {
				issue.Calls += n
			}
			inside = append(inside, issue)
		}
	}
	slices.SortStableFunc(inside, byCalls)
	for _, issue := range inside {
		c.Issues = append(c.Issues, issue.IssueCount)
		for cell := range c.counts.Cells {
			c.counts.Cells[cell].Issues = append(c.counts.Cells[cell].Issues, c.byIssue[issue.id][cell])
		}
	}
	c.Cells = c.counts.Cells
}

// list are the counts, biggest category first.
func (cs *cards) list() []ranking.CategoryCount {
	var all []ranking.CategoryCount
	for _, c := range cs.byID {
		all = append(all, c.CategoryCount)
	}
	slices.SortFunc(all, func(a, b ranking.CategoryCount) int {
		return cmp.Or(cmp.Compare(b.Calls, a.Calls), cmp.Compare(a.Category, b.Category), cmp.Compare(a.By, b.By))
	})
	return all
}
