package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/sampling"
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

// Counts implements [desk.ReadCounts].
func (q queries) Counts(ctx context.Context, f desk.Filter, draws []desk.Draw) (ranking.Counts, error) {
	var c ranking.Counts
	where, args := callFilter("c", f)
	var first, last sql.NullInt64
	err := q.db.QueryRowContext(ctx, `SELECT count(*), min(c.started_at), max(c.started_at) FROM call c
		WHERE (c.missing = 0 OR c.rank > 0) AND `+where, args...).Scan(&c.Frame, &first, &last)
	if err != nil {
		return c, fmt.Errorf("count the frame: %w", failure(err))
	}
	if first.Valid {
		c.First, c.Last = time.Unix(first.Int64, 0).UTC(), time.Unix(last.Int64, 0).UTC()
	}
	if err := q.standings(ctx, f, &c); err != nil {
		return c, err
	}
	if c.NotCovered, err = q.notCovered(ctx, f, draws); err != nil {
		return c, err
	}
	c.Issues, err = q.issueCounts(ctx, f)
	return c, err
}

// standings counts what became of the calls that a draw of the ranking held,
// and those that were picked.
func (q queries) standings(ctx context.Context, f desk.Filter, c *ranking.Counts) error {
	where, args := callFilter("c", f)
	err := q.db.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM call c WHERE c.state = 'heard' AND c.scope = 1 AND `+where+`),
		(SELECT count(*) FROM call c WHERE c.state = 'skipped' AND c.scope = 1 AND c.skip = 'not-heard' AND `+where+`),
		(SELECT count(*) FROM call c WHERE c.state = 'skipped' AND c.scope = 1 AND c.skip = 'not-customer' AND `+where+`),
		(SELECT count(*) FROM call c WHERE c.state = 'not_reached' AND `+where+`),
		(SELECT count(*) FROM call c WHERE c.picked = 1 AND c.scope = 0 AND c.state <> 'drawn' AND `+where+`)`,
		repeat(args, 5)...).Scan(&c.Heard, &c.NotHeard, &c.NoCustomer, &c.NotReached, &c.Picked)
	return wrap(failure(err), "count what became of calls")
}

// notCovered counts the calls that no draw of the ranking could have drawn.
func (q queries) notCovered(ctx context.Context, f desk.Filter, draws []desk.Draw) (int64, error) {
	where, args := callFilter("c", f)
	for _, d := range draws {
		filter, err := sampling.ParseFilter(d.Filter)
		if err != nil {
			return 0, fmt.Errorf("read draw %d: %w", d.Number, err)
		}
		covered, more := frameFilter(filter)
		where += ` AND NOT (c.born < ?` + covered + `)`
		args = append(append(args, d.Number), more...)
	}
	var n int64
	err := q.db.QueryRowContext(ctx, `SELECT count(*) FROM call c WHERE (c.missing = 0 OR c.rank > 0) AND `+where, args...).Scan(&n)
	return n, wrap(failure(err), "count what no draw covers")
}

// issueCounts counts the calls of each live issue, each by one range of the
// index finding_rank.
func (q queries) issueCounts(ctx context.Context, f desk.Filter) ([]ranking.IssueCount, error) {
	where, args := callFilter("f", f)
	counts, err := list(ctx, q.db, func(r *sql.Rows, c *ranking.IssueCount) error {
		return r.Scan(&c.ID, &c.Name, &c.Key, &c.Calls)
	}, `SELECT uid, name, key, calls FROM (SELECT i.id, i.uid, i.name, i.key,
			(SELECT count(*) FROM finding f WHERE f.issue_id = i.id AND f.scope = 1 AND `+where+`) AS calls
		FROM issue i WHERE i.live = 1) WHERE calls > 0 ORDER BY calls DESC, name, id`, args...)
	if err != nil {
		return nil, fmt.Errorf("count issues: %w", err)
	}
	hides, err := q.issueCategories(ctx, f)
	for i := range counts {
		counts[i].Categories = hides[counts[i].ID]
	}
	return counts, err
}

// issueCategories are the categories that each issue's counted calls were
// filed under, most first.
func (q queries) issueCategories(ctx context.Context, f desk.Filter) (map[string][]string, error) {
	where, args := callFilter("f", f)
	type pair struct{ issue, category string }
	pairs, err := list(ctx, q.db, func(r *sql.Rows, p *pair) error { return r.Scan(&p.issue, &p.category) },
		`SELECT i.uid, k.name FROM finding f JOIN issue i ON i.id = f.issue_id JOIN category k ON k.id = f.category_id
		WHERE f.scope = 1 AND k.name <> '' AND `+where+` GROUP BY i.id, k.id ORDER BY i.id, count(*) DESC, k.name`, args...)
	hides := map[string][]string{}
	for _, p := range pairs {
		hides[p.issue] = append(hides[p.issue], p.category)
	}
	return hides, wrap(err, "read the categories of issues")
}

// CategoryCounts implements [desk.ReadCounts]. Where the source has no
// categories, the one named "" holds all.
func (q queries) CategoryCounts(ctx context.Context, f desk.Filter) ([]ranking.CategoryCount, error) {
	where, args := callFilter("c", f)
	counts, err := list(ctx, q.db, func(r *sql.Rows, c *ranking.CategoryCount) error {
		return r.Scan(&c.Category, &c.Calls, &c.Heard, &c.NoProblem)
	}, `SELECT k.name, count(*), sum(c.state = 'heard' AND c.scope > 0),
			sum(c.state = 'heard' AND c.scope > 0 AND NOT EXISTS (
				SELECT 1 FROM finding f JOIN issue i ON i.id = f.issue_id AND i.live = 1 WHERE f.call_id = c.id AND f.scope > 0))
		FROM call c JOIN category k ON k.id = c.category_id WHERE (c.missing = 0 OR c.rank > 0) AND `+where+`
		GROUP BY k.id ORDER BY 2 DESC, k.name`, args...)
	if err != nil {
		return nil, fmt.Errorf("count categories: %w", err)
	}
	inside, err := q.insideCategories(ctx, f)
	for i := range counts {
		counts[i].Issues = inside[counts[i].Category]
	}
	return counts, err
}

func (q queries) insideCategories(ctx context.Context, f desk.Filter) (map[string][]ranking.IssueCount, error) {
	where, args := callFilter("f", f)
	type row struct {
		category string
		ranking.IssueCount
	}
	rows, err := list(ctx, q.db, func(r *sql.Rows, c *row) error {
		return r.Scan(&c.category, &c.ID, &c.Name, &c.Key, &c.Calls)
	}, `SELECT k.name, i.uid, i.name, i.key, count(*) AS calls FROM finding f JOIN issue i ON i.id = f.issue_id AND i.live = 1
		JOIN category k ON k.id = f.category_id WHERE f.scope > 0 AND `+where+`
		GROUP BY k.id, i.id ORDER BY calls DESC, i.name`, args...)
	inside := map[string][]ranking.IssueCount{}
	for _, r := range rows {
		inside[r.category] = append(inside[r.category], r.IssueCount)
	}
	return inside, wrap(err, "count issues inside categories")
}

// repeat returns args n times over, for a statement that filters n times.
func repeat(args []any, n int) []any {
	all := make([]any, 0, len(args)*n)
	for range n {
		all = append(all, args...)
	}
	return all
}
