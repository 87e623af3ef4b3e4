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
		return wrap(cards.count(ctx, other, newTurns(f, first, last)), "count categories")
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
	joint   []jointCell
}

// A jointCell is how many calls of a cell hold a moment to be dealt and another
// issue.
type jointCell struct {
	pair [2]int64 // rows of issues
	cell int
	n    int64
}

// idOf is the card of a category, or of a queue where that has no name but the
// queue has one.
func (cs *cards) idOf(category, queue int64) [2]int64 {
	if cs.categories[category] == "" && cs.queues[queue] != "" {
		return [2]int64{category, queue}
	}
	return [2]int64{category}
}

// at finds the card and the cell of a spot.
func (cs *cards) at(r traitRow) (*card, *ranking.Cell, int) {
	id, name, by := cs.idOf(r.category, r.queue), cs.categories[r.category], ranking.ByCategory
	if id[1] != 0 {
		name, by = cs.queues[r.queue], ranking.ByQueue
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

// count has two readers count: one begins with the calls, the other with what
// was found in them.
func (cs *cards) count(ctx context.Context, other queries, stretches *turns) error {
	splits, err := cs.issueIDs(ctx, `split = 1`)
	if err != nil {
		return err
	}
	readers := []*insides{newInsides(*cs.cellCount, cs.queries), newInsides(*cs.cellCount, other)}
	group, counting := errgroup.WithContext(ctx)
	for i, in := range readers {
		in.splits = splits
		group.Go(func() error {
			if i == 0 {
				if err := cs.countCalls(counting); err != nil {
					return err
				}
			}
			return in.read(counting, stretches)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, in := range readers {
		for _, spot := range in.spots {
			cs.add(spot)
		}
	}
	issues, err := cs.issueRows(ctx)
	if err != nil {
		return err
	}
	for _, c := range cs.byID {
		c.fill(issues)
	}
	return cs.countUndealt(ctx)
}

// add gives a card what was found in the calls of a spot.
func (cs *cards) add(s *insideSpot) {
	c, cell, at := cs.at(s.traitRow)
	c.NoProblem -= s.troubled
	cell.NoProblem -= s.troubled
	for issue, n := range s.found {
		if n > 0 {
			if c.byIssue[int64(issue)] == nil {
				c.byIssue[int64(issue)] = map[int]int64{}
			}
			c.byIssue[int64(issue)][at] += n
		}
	}
	for pair, n := range s.joint {
		c.joint = append(c.joint, jointCell{pair, at, n})
	}
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
	place := map[int64]int{}
	for i, issue := range inside {
		place[issue.id] = i
		c.Issues = append(c.Issues, issue.IssueCount)
		for cell := range c.counts.Cells {
			c.counts.Cells[cell].Issues = append(c.counts.Cells[cell].Issues, c.byIssue[issue.id][cell])
		}
	}
	c.Cells = c.counts.Cells
	if len(c.joint) > 0 {
		c.Overlap = ranking.NewOverlap(len(c.Issues))
	}
	for _, j := range c.joint {
		c.Overlap.Both(j.cell, place[j.pair[0]], place[j.pair[1]], j.n)
	}
}

// countUndealt counts the moments of split issues that are still to be dealt in
// the counted calls of each card.
func (cs *cards) countUndealt(ctx context.Context) error {
	where, args := callFilter("f", cs.filter)
	type row struct {
		category, queue int64
		issue           string
		moments         int
	}
	rows, err := list(ctx, cs.db, func(r *sql.Rows, u *row) error { return r.Scan(&u.category, &u.queue, &u.issue, &u.moments) },
		`SELECT f.category_id, f.queue_id, i.uid, count(*) FROM issue i JOIN finding f ON f.issue_id = i.id
			JOIN moment m ON m.finding_id = f.id AND m.counts = 1
		WHERE i.split = 1 AND i.live = 1 AND f.scope > 0 AND `+where+` GROUP BY 1, 2, 3`, args...)
	for _, r := range rows {
		c := cs.byID[cs.idOf(r.category, r.queue)]
		if c == nil {
			continue
		}
		for i := range c.Issues {
			if c.Issues[i].ID == r.issue {
				c.Issues[i].ToLookAt += r.moments
			}
		}
	}
	return wrap(err, "count what is to be looked at")
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
