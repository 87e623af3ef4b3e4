package sqlite

import (
	"cmp"
	"context"
	"slices"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// CategoryCounts implements [desk.ReadCounts].
func (q queries) CategoryCounts(ctx context.Context, f desk.Filter, draws []desk.Draw) ([]ranking.CategoryCount, error) {
	cards := cards{byID: map[[2]int64]*card{}}
	err := q.snapshot(ctx, func(q queries) error {
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
		return wrap(cards.count(ctx), "count categories")
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

func (cs *cards) count(ctx context.Context) error {
	err := cs.calls(ctx, class{condition: inFrame}, func(r traitRow, n int64) {
		c, cell, _ := cs.at(r)
		c.Calls += n
		cell.Size += n
	})
	if err != nil {
		return err
	}
	err = cs.calls(ctx, heardCalls, func(r traitRow, n int64) {
		c, cell, _ := cs.at(r)
		c.Heard += n
		cell.Heard += n
	})
	if err != nil {
		return err
	}
	silent := class{condition: heardCalls.condition + ` AND NOT EXISTS (SELECT 1 FROM finding f JOIN issue i ON i.id = f.issue_id
		AND i.live = 1 WHERE f.call_id = c.id AND f.scope > 0)`}
	err = cs.calls(ctx, silent, func(r traitRow, n int64) {
		c, cell, _ := cs.at(r)
		c.NoProblem += n
		cell.NoProblem += n
	})
	if err != nil {
		return err
	}
	return cs.countIssues(ctx)
}

func (cs *cards) countIssues(ctx context.Context) error {
	issues, err := cs.issueRows(ctx)
	if err != nil {
		return err
	}
	err = cs.findings(ctx, allIssues, func(r foundRow) {
		c, _, cell := cs.at(r.traitRow)
		if c.byIssue[r.issue] == nil {
			c.byIssue[r.issue] = map[int]int64{}
		}
		c.byIssue[r.issue][cell] += r.n
	})
	for _, c := range cs.byID {
		c.fill(issues)
	}
	return err
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
