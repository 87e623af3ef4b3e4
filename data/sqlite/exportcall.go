package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// toldCallQuery reads calls as an export tells them, in the order of an index.
// As in toldQuery, names are looked up by their rows; so are the issues, of which
// one column tells the rows, moment by moment.
const (
	toldCallQuery = `SELECT c.uid, c.started_at, c.start_guessed, c.duration_ms, c.queue_id, c.category_id, c.agent_id, c.customer,
		c.direction, c.missing, c.state, c.picked, c.draw, max(c.rank, 0), c.played, c.skip, c.reason, coalesce((SELECT
		group_concat(f.issue_id, ' ' ORDER BY m.at_ms, m.id) FROM finding f CROSS JOIN moment m ON m.finding_id = f.id WHERE f.call_id = c.id), '')`
	toldCallTables = ` FROM call c WHERE c.merged = 0 AND c.guest = 0 AND `
	toldCallOrder  = ` ORDER BY c.started_at, c.uid`
)

// CallsWithIssues implements [desk.ReadExports].
func (q queries) CallsWithIssues(ctx context.Context, f desk.Filter) iter.Seq2[desk.CallIssues, error] {
	return func(yield func(desk.CallIssues, error) bool) {
		q = q.once()
		names, err := q.toldNames(ctx)
		if err != nil {
			yield(desk.CallIssues{}, err)
			return
		}
		row, fields, err := q.callRow(ctx, names)
		if err != nil {
			yield(desk.CallIssues{}, err)
			return
		}
		where, args := callFilter("c", f)
		for c, err := range each(ctx, q.db, row.scan, toldCallQuery+fields+toldCallTables+where+toldCallOrder, args...) {
			if !yield(c, err) {
				return
			}
		}
	}
}

// toldCall is a row of toldCallQuery; it is kept from row to row, with the
// targets of its scan.
type toldCall struct {
	names                                 *toldNames
	agents                                map[int64]review.Private
	start, millis, queue, category, agent int64
	customer, issues, fields              string
	missing                               bool
	call                                  review.Call
	targets                               []any
}

// callRow makes a row, and answers the column of what the fields say: where there
// are none, not to look for them in every call.
func (q queries) callRow(ctx context.Context, names *toldNames) (*toldCall, string, error) {
	r := &toldCall{names: names, agents: map[int64]review.Private{}}
	var id int64
	var name string
	if err := q.stream(ctx, []any{&id, &name}, func() { r.agents[id] = review.Hide(name) }, `SELECT id, name FROM agent`); err != nil {
		return nil, "", wrap(err, "read agents")
	}
	fields := `, ''`
	some, err := one(q.db.QueryRowContext(ctx, `SELECT id FROM field LIMIT 1`), &id)
	if some {
		fields = fieldsColumn
	}
	c := &r.call
	r.targets = []any{
		&c.UID, &r.start, &c.StartGuessed, &r.millis, &r.queue, &r.category, &r.agent, &r.customer,
		&c.Direction, &r.missing, &c.State, &c.Picked, &c.Draw, &c.Rank, &c.Played, &c.Skip, &c.Reason, &r.issues, &r.fields,
	}
	return r, fields, wrap(err, "look for fields")
}

func (r *toldCall) scan(rows *sql.Rows, told *desk.CallIssues) error {
	if err := rows.Scan(r.targets...); err != nil {
		return err
	}
	told.Call = r.call
	c := &told.Call
	c.Start, c.Duration = time.Unix(r.start, 0).UTC(), time.Duration(r.millis)*time.Millisecond
	c.Customer = review.Hide(r.customer)
	c.Queue, c.Category, c.Agent = r.names.queues[r.queue], r.names.categories[r.category], r.agents[r.agent]
	c.Fields = fieldsOf(r.fields)
	if r.missing && (c.State == review.New || c.State == review.Drawn) {
		c.State = review.Missing
	}
	told.Issues = r.names.issuesOf(r.issues)
	return nil
}

// issuesOf names issues by their rows, each once, without those that are undone.
func (n *toldNames) issuesOf(rows string) (names []string) {
	if rows == "" {
		return nil
	}
	for id := range strings.SplitSeq(rows, " ") {
		row, _ := strconv.ParseInt(id, 10, 64) // it was written from a number
		if issue := n.issues[row]; issue.ID != "" && !slices.Contains(names, issue.Name) {
			names = append(names, issue.Name)
		}
	}
	return names
}
