package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// callFilter is the condition of a ranking's filter on the table named alias.
// It is never empty.
func callFilter(alias string, f desk.Filter) (string, []any) {
	where, args := `1 = 1`, []any(nil)
	if !f.From.IsZero() {
		where, args = where+` AND `+alias+`.started_at >= ?`, append(args, seconds(f.From))
	}
	if !f.To.IsZero() {
		where, args = where+` AND `+alias+`.started_at < ?`, append(args, seconds(f.To))
	}
	if f.Queue != "" {
		where, args = where+` AND `+alias+`.queue_id = (SELECT id FROM queue WHERE name = ?)`, append(args, f.Queue)
	}
	return where, args
}

// inFrame is true of a call c that a ranking is about: it can be drawn, or was,
// or could be until it was forgotten.
const inFrame = `(c.missing = 0 OR c.rank <> 0)`

// Counts implements [desk.ReadCounts]. Two readers count at once: each one half
// of the issues, and one the calls.
func (q queries) Counts(ctx context.Context, f desk.Filter, draws []desk.Draw) (ranking.Counts, error) {
	var counts ranking.Counts
	err := q.snapshots(ctx, func(a, b queries) error { return a.count(ctx, b, f, draws, &counts) })
	return counts, err
}

func (q queries) count(ctx context.Context, other queries, f desk.Filter, draws []desk.Draw, counts *ranking.Counts) error {
	var err error
	if counts.First, counts.Last, err = q.span(ctx, f); err != nil {
		return err
	}
	c, err := q.countCells(ctx, f, draws, counts.First, counts.Last)
	if err != nil {
		return err
	}
	group, counting := errgroup.WithContext(ctx)
	var found, theirs []foundRow
	group.Go(func() error {
		if err := c.countCalls(counting, counts); err != nil {
			return fmt.Errorf("count calls: %w", err)
		}
		return wrap(c.findings(counting, even, func(r foundRow) { found = append(found, r) }), "count issues")
	})
	beside := *c
	beside.queries = other
	group.Go(func() error {
		return wrap(beside.findings(counting, odd, func(r foundRow) { theirs = append(theirs, r) }), "count issues")
	})
	if err := group.Wait(); err != nil {
		return err
	}
	if err := c.countIssues(ctx, append(found, theirs...), counts); err != nil {
		return fmt.Errorf("read the issues: %w", err)
	}
	return q.standings(ctx, f, counts)
}

// span answers the starts of the first and last call of a filter; zero times
// when there is none.
func (q queries) span(ctx context.Context, f desk.Filter) (first, last time.Time, err error) {
	where, args := callFilter("c", f)
	var from, to sql.NullInt64
	const ends = `SELECT c.started_at FROM call c WHERE `
	err = q.db.QueryRowContext(ctx, `SELECT
		(`+ends+where+` AND `+inFrame+` ORDER BY c.started_at LIMIT 1),
		(`+ends+where+` AND `+inFrame+` ORDER BY c.started_at DESC LIMIT 1)`, repeat(args, 2)...).Scan(&from, &to)
	if from.Valid {
		first, last = time.Unix(from.Int64, 0).UTC(), time.Unix(to.Int64, 0).UTC()
	}
	return first, last, wrap(failure(err), "read the frame's first and last call")
}

// countCalls counts the frame, what was heard of it and what could not be, by
// cells.
func (c *cellCount) countCalls(ctx context.Context, counts *ranking.Counts) error {
	size := func(r traitRow, n int64) {
		counts.Frame += n
		cell := c.cell(r, counts)
		counts.Cells[cell].Size += n
	}
	// All less the few that are gone is quicker than asking each.
	if err := c.calls(ctx, allCalls, size); err != nil {
		return err
	}
	err := c.calls(ctx, goneCalls, func(r traitRow, n int64) { size(r, -n) })
	if err != nil {
		return err
	}
	err = c.calls(ctx, heardCalls, func(r traitRow, n int64) {
		counts.Heard += n
		cell := c.cell(r, counts)
		counts.Cells[cell].Heard += n
	})
	if err != nil {
		return err
	}
	err = c.calls(ctx, class{condition: `c.state = 'skipped' AND c.scope > 0 AND c.skip = 'not-heard'`}, func(r traitRow, n int64) {
		counts.NotHeard += n
		cell := c.cell(r, counts)
		counts.Cells[cell].NotHeard += n
	})
	for _, cell := range counts.Cells {
		if cell.NotCovered() {
			counts.NotCovered += cell.Size
		}
	}
	return err
}

// countIssues adds the heard calls of each live issue to their cells; issues
// that none holds are left out.
func (c *cellCount) countIssues(ctx context.Context, found []foundRow, counts *ranking.Counts) error {
	issues, err := c.issueRows(ctx)
	if err != nil {
		return err
	}
	byCell := map[int64][]int64{}
	for _, r := range found {
		cell := c.cell(r.traitRow, counts)
		byCell[r.issue] = append(byCell[r.issue], make([]int64, max(0, len(counts.Cells)-len(byCell[r.issue])))...)
		byCell[r.issue][cell] += r.n
	}
	issues = slices.DeleteFunc(issues, func(i issueRow) bool { return byCell[i.id] == nil })
	for i := range issues {
		for _, n := range byCell[issues[i].id] {
			issues[i].Calls += n
		}
	}
	slices.SortStableFunc(issues, byCalls)
	for i := range counts.Cells {
		counts.Cells[i].Issues = make([]int64, len(issues))
	}
	for i, issue := range issues {
		counts.Issues = append(counts.Issues, issue.IssueCount)
		for cell, n := range byCell[issue.id] {
			counts.Cells[cell].Issues[i] = n
		}
	}
	return nil
}

// issueRow is a live issue with the id of its row.
type issueRow struct {
	id int64
	ranking.IssueCount
}

func byCalls(a, b issueRow) int {
	return cmp.Or(cmp.Compare(b.Calls, a.Calls), cmp.Compare(a.Name, b.Name))
}

// issueRows are the live issues by id.
func (q queries) issueRows(ctx context.Context) ([]issueRow, error) {
	return list(ctx, q.db, func(r *sql.Rows, i *issueRow) error {
		return r.Scan(append([]any{&i.id, &i.ID, &i.Name, &i.Key}, followed(&i.Follow)...)...)
	}, `SELECT i.id, i.uid, i.name, i.key, `+followColumns+` FROM issue i WHERE i.live = 1 ORDER BY i.id`)
}

// standings counts what else became of the calls of a filter.
func (q queries) standings(ctx context.Context, f desk.Filter, c *ranking.Counts) error {
	where, args := callFilter("c", f)
	err := q.db.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM call c WHERE c.state = 'skipped' AND c.scope > 0 AND c.skip = 'not-customer' AND `+where+`),
		(SELECT count(*) FROM call c WHERE c.state = 'not_reached' AND `+where+`),
		(SELECT count(*) FROM call c WHERE c.picked = 1 AND c.scope = 0 AND c.state <> 'drawn' AND c.guest = 0 AND `+where+`)`,
		repeat(args, 3)...).Scan(&c.NoCustomer, &c.NotReached, &c.Picked)
	return wrap(failure(err), "count what became of calls")
}

// repeat returns args n times over, for a statement that filters n times.
func repeat(args []any, n int) []any {
	all := make([]any, 0, len(args)*n)
	for range n {
		all = append(all, args...)
	}
	return all
}
