package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"sort"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// SliceCounts implements [desk.ReadCounts] with one read of all slices.
func (q queries) SliceCounts(ctx context.Context, r desk.SliceRequest) ([]ranking.Slice, error) {
	if len(r.Edges) < 2 {
		return nil, nil
	}
	all := slicing{request: r}
	err := q.snapshot(ctx, func(q queries) error {
		err := all.prepare(ctx, q)
		if err == nil {
			err = all.count(ctx)
		}
		return wrap(err, "count an issue in parts of time")
	})
	found := make([]ranking.Slice, len(all.slices))
	for i, s := range all.slices {
		found[i] = s.done()
	}
	return found, err
}

// slicing counts the slices of a request, each by its own cells.
type slicing struct {
	*cellCount
	request desk.SliceRequest
	slices  []*slice
	spots   map[traitRow]bool // whether the request is about the calls of a spot
}

// A slice counts in a part of time.
type slice struct {
	*cellCount
	ranking.Slice
	counts ranking.Counts // only for its cells
}

// done is the slice with its cells.
func (s *slice) done() ranking.Slice {
	s.Cells = s.counts.Cells
	for _, cell := range s.Cells {
		s.Calls += cell.Size
		s.Heard += cell.Heard
		s.Held += cell.Issues[0]
		if cell.NotCovered() {
			s.NotCovered += cell.Size
		}
	}
	return s.Slice
}

func (all *slicing) prepare(ctx context.Context, q queries) error {
	edges, of := all.request.Edges, all.request.Of
	last := edges[len(edges)-1].Add(-time.Second) // calls begin on whole seconds
	var err error
	if all.cellCount, err = q.countCells(ctx, desk.Filter{Queue: of.Queue}, all.request.Draws, edges[0], last); err != nil {
		return err
	}
	all.grid.Split(edges, of)
	all.spots = map[traitRow]bool{}
	if all.queues, err = q.namesByID(ctx, "queue", all.grid.Queues); err == nil {
		all.categories, err = q.namesByID(ctx, "category", all.grid.Categories)
	}
	for i := range edges[1:] {
		own := *all.cellCount
		own.index, own.known = map[string]int{}, map[traitRow]int{}
		all.slices = append(all.slices, &slice{cellCount: &own, Slice: ranking.Slice{From: edges[i], To: edges[i+1]}})
	}
	return err
}

// add adds n to what count answers of a spot's cell, where the request is about
// its calls.
func (all *slicing) add(r traitRow, count func(*ranking.Cell) *int64, n int64) {
	asked, known := all.spots[r]
	if !known {
		asked = all.grid.Takes(all.request.Of, all.spot(r))
		all.spots[r] = asked
	}
	if !asked {
		return
	}
	at, edges := all.grid.Bounds[r.period], all.request.Edges
	s := all.slices[sort.Search(len(edges), func(i int) bool { return edges[i].After(at) })-1]
	cell := s.cell(r, &s.counts)
	if s.counts.Cells[cell].Issues == nil {
		s.counts.Cells[cell].Issues = make([]int64, 1)
	}
	*count(&s.counts.Cells[cell]) += n
}

func (all *slicing) count(ctx context.Context) error {
	size := func(c *ranking.Cell) *int64 { return &c.Size }
	// As in [cellCount.countCalls]: all less the few that are gone.
	err := all.calls(ctx, allCalls, func(r traitRow, n int64) { all.add(r, size, n) })
	if err != nil {
		return err
	}
	err = all.calls(ctx, goneCalls, func(r traitRow, n int64) { all.add(r, size, -n) })
	if err != nil {
		return err
	}
	heard := heardCalls
	if asked, args := all.counted(); asked != `` {
		heard = class{condition: heardCalls.condition + asked, args: args}
	}
	err = all.calls(ctx, heard, func(r traitRow, n int64) {
		all.add(r, func(c *ranking.Cell) *int64 { return &c.Heard }, n)
	})
	if err != nil {
		return err
	}
	found, args := all.heldQuery()
	var r traitRow
	_, _, traits := all.traits("c", &r)
	return all.tallies(ctx, append([]any{&r.period}, traits...), func(n int64) {
		all.add(r, func(c *ranking.Cell) *int64 { return &c.Issues[0] }, n)
	}, found, args...)
}

// counted is the condition on a heard call c to count by the request, and its
// arguments; "" when all do.
func (all *slicing) counted() (condition string, args []any) {
	if all.request.Only {
		for _, d := range all.request.Draws {
			args = append(args, d.ID)
		}
		condition = ` AND c.draw IN (` + marks(len(args)) + `)`
	}
	if except := all.request.Except; len(except) > 0 {
		for _, id := range except {
			args = append(args, id)
		}
		condition += ` AND NOT EXISTS (SELECT 1 FROM finding x JOIN issue i ON i.id = x.issue_id
			WHERE x.call_id = c.id AND x.scope > 0 AND i.uid IN (` + marks(len(except)) + `))`
	}
	return condition, args
}

// marks are the placeholders of n arguments.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat(`?, `, n), `, `) }

// heldQuery counts the heard calls with the issue by spots: where the calls of a
// period are alike by one range of an index for each.
func (all *slicing) heldQuery() (string, []any) {
	counted, args := all.counted()
	where, queue := callFilter("f", desk.Filter{Queue: all.filter.Queue})
	where = fmt.Sprintf(`f.issue_id = (SELECT id FROM issue WHERE uid = ? AND live = 1) AND f.scope > 0
		AND f.started_at >= p.lo AND f.started_at < p.hi AND %s`, where)
	args = append(append([]any{all.request.Issue}, queue...), args...)
	join := ` CROSS JOIN call c ON c.id = f.call_id`
	if all.grid.Alike() && counted == `` {
		join = ``
	}
	return all.periods() + `SELECT p.n, (SELECT ` + all.number("c") + ` FROM finding f` + join + ` WHERE ` + where + counted + `) FROM p`, args
}

// Span implements [desk.ReadCounts].
func (q queries) Span(ctx context.Context, f desk.Filter) (first, last time.Time, err error) {
	return q.span(ctx, f)
}

// DrawsWith implements [desk.ReadCounts].
func (q queries) DrawsWith(ctx context.Context, issueID string) (map[string]bool, error) {
	return q.drawIDs(ctx, `SELECT DISTINCT c.draw FROM finding f JOIN call c ON c.id = f.call_id
		WHERE f.scope > 0 AND f.issue_id = (SELECT id FROM issue WHERE uid = ? AND live = 1)`, issueID)
}

// DrawsSinceChosen implements [desk.ReadCounts] by the order of the journal.
func (q queries) DrawsSinceChosen(ctx context.Context, issueID string) (map[string]bool, error) {
	return q.drawIDs(ctx, `SELECT d.id FROM draw d JOIN issue i ON i.uid = ? AND i.chosen_n > 0
		WHERE EXISTS (SELECT 1 FROM event_subject s JOIN event e ON e.seq = s.seq
			WHERE s.subject = d.id AND e.type = 'draw.made' AND e.n > i.chosen_n)`, issueID)
}

func (q queries) drawIDs(ctx context.Context, query, issueID string) (map[string]bool, error) {
	ids, err := list(ctx, q.db, func(r *sql.Rows, id *string) error { return r.Scan(id) }, query, issueID)
	found := map[string]bool{}
	for _, id := range ids {
		found[id] = true
	}
	return found, wrap(err, "read the draws of an issue")
}
