package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sound"
)

const (
	momentColumns = `m.uid, i.uid, i.name, m.at_ms, m.until_ms, m.words`
	momentTables  = ` FROM moment m JOIN finding f ON f.id = m.finding_id JOIN issue i ON i.id = f.issue_id AND i.live = 1
		JOIN call c ON c.id = f.call_id `
)

// momentFields are the targets of momentColumns; set fills in the times after
// the scan.
func momentFields(m *review.Moment) (targets []any, set func()) {
	var at, until int64
	return []any{&m.ID, &m.IssueID, &m.Issue, &at, &until, &m.Words}, func() {
		m.At, m.Until = time.Duration(at)*time.Millisecond, time.Duration(until)*time.Millisecond
	}
}

func scanMoment(row interface{ Scan(...any) error }, m *review.Moment) error {
	targets, set := momentFields(m)
	err := row.Scan(append(targets, &m.Call)...)
	set()
	return err
}

// Moment implements [desk.ReadCalls].
func (q queries) Moment(ctx context.Context, id string) (review.Moment, error) {
	var m review.Moment
	err := scanMoment(q.db.QueryRowContext(ctx, `SELECT `+momentColumns+`, c.uid`+momentTables+`WHERE m.uid = ?`, id), &m)
	if err == sql.ErrNoRows {
		return m, review.Fail(review.NoMoment, review.Args{"id": id})
	}
	return m, wrap(failure(err), "read a moment")
}

// Moments implements [desk.ReadCalls].
func (q queries) Moments(ctx context.Context, uid string) ([]review.Moment, error) {
	moments, err := list(ctx, q.db, func(r *sql.Rows, m *review.Moment) error { return scanMoment(r, m) },
		`SELECT `+momentColumns+`, c.uid`+momentTables+`WHERE c.uid = ? ORDER BY m.at_ms, m.id`, uid)
	return moments, wrap(err, "read a call's moments")
}

// AllMoments implements [desk.ReadCalls].
func (q queries) AllMoments(ctx context.Context, f desk.Filter, issueID string) iter.Seq2[desk.Heard, error] {
	where, args := callFilter("c", f)
	if issueID != "" {
		where, args = where+` AND i.uid = ?`, append(args, issueID)
	}
	return each(ctx, q.db, scanHeard, `SELECT `+callColumns+`, `+momentColumns+callTables+
		`JOIN finding f ON f.call_id = c.id JOIN issue i ON i.id = f.issue_id AND i.live = 1
		JOIN moment m ON m.finding_id = f.id WHERE `+where+` ORDER BY c.started_at, c.uid, m.at_ms, m.id`, args...)
}

// LatestMoments implements [desk.ReadCalls]. It goes back through the index
// finding_rank and no further than it must: the commonest issue of a large
// library has as many moments as calls were heard.
func (q queries) LatestMoments(ctx context.Context, f desk.Filter, issueID string, most int) ([]desk.Heard, error) {
	query, args := latestMoments(f, issueID, most)
	found, err := list(ctx, q.db, scanHeard, query, args...)
	return found, wrap(err, "read the latest moments of an issue")
}

func latestMoments(f desk.Filter, issueID string, most int) (string, []any) {
	where, args := callFilter("f", f)
	args = append(append([]any{issueID}, args...), most)
	return `SELECT ` + callColumns + `, ` + momentColumns + ` FROM issue i CROSS JOIN finding f CROSS JOIN moment m ON m.finding_id = f.id
		CROSS JOIN call c ON c.id = f.call_id JOIN queue q ON q.id = c.queue_id JOIN category k ON k.id = c.category_id JOIN agent a ON a.id = c.agent_id
		WHERE i.uid = ? AND i.live = 1 AND f.issue_id = i.id AND ` + where + `
		ORDER BY f.started_at DESC, c.uid DESC, m.at_ms, m.id LIMIT ?`, args
}

// scanHeard reads callColumns and momentColumns.
func scanHeard(r *sql.Rows, h *desk.Heard) error {
	targets, set := momentFields(&h.Moment)
	err := scanCall(r, &h.Call, targets...)
	set()
	h.Moment.Call = h.Call.UID
	return err
}

// Praise implements [desk.ReadCalls].
func (q queries) Praise(ctx context.Context, id string) (review.Praise, error) {
	found, err := q.praise(ctx, `p.uid = ?`, id)
	if err == nil && len(found) == 0 {
		err = review.Fail(review.NoMoment, review.Args{"id": id})
	}
	if err != nil {
		return review.Praise{}, err
	}
	return found[0], nil
}

// PraiseOf implements [desk.ReadCalls].
func (q queries) PraiseOf(ctx context.Context, uid string) ([]review.Praise, error) {
	return q.praise(ctx, `c.uid = ?`, uid)
}

func (q queries) praise(ctx context.Context, where, arg string) ([]review.Praise, error) {
	found, err := list(ctx, q.db, func(r *sql.Rows, p *review.Praise) error {
		var at int64
		err := r.Scan(&p.ID, &p.Call, &at, &p.Words)
		p.At = time.Duration(at) * time.Millisecond
		return err
	}, `SELECT p.uid, c.uid, p.at_ms, p.words FROM praise p JOIN call c ON c.id = p.call_id WHERE `+where+` ORDER BY p.at_ms, p.id`, arg)
	return found, wrap(err, "read praise")
}

// Issues implements [desk.ReadJournal].
func (q queries) Issues(ctx context.Context) ([]review.Issue, error) {
	issues, err := list(ctx, q.db, func(r *sql.Rows, i *review.Issue) error {
		return r.Scan(append([]any{&i.ID, &i.Name, &i.Key, &i.Calls, &i.Aside}, followed(&i.Follow)...)...)
	}, `SELECT i.uid, i.name, i.key, (SELECT count(*) FROM finding f WHERE f.issue_id = i.id), `+aside+`, `+followColumns+`
		FROM issue i WHERE `+shown+` ORDER BY i.id`)
	return issues, wrap(err, "read the codebook")
}

// IssuesHeardIn implements [desk.ReadJournal].
func (q queries) IssuesHeardIn(ctx context.Context, category string) (map[string]bool, error) {
	ids, err := list(ctx, q.db, func(r *sql.Rows, id *string) error { return r.Scan(id) },
		`SELECT i.uid FROM issue i WHERE i.live = 1 AND EXISTS (SELECT 1 FROM finding f WHERE f.issue_id = i.id
			AND f.category_id = (SELECT id FROM category WHERE name = ?))`, category)
	heard := map[string]bool{}
	for _, id := range ids {
		heard[id] = true
	}
	return heard, wrap(err, "read the issues of a category")
}

// spanText writes spans as "from-to,…" in milliseconds.
func spanText(spans []sound.Span) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = fmt.Sprintf("%d-%d", s.From.Milliseconds(), s.To.Milliseconds())
	}
	return strings.Join(parts, ",")
}

// spans reads spanText back; what it cannot read it leaves out, since a span
// that is lost only asks a person once more.
func spans(text string) []sound.Span {
	var all []sound.Span
	for part := range strings.SplitSeq(text, ",") {
		var from, to int64
		if n, _ := fmt.Sscanf(part, "%d-%d", &from, &to); n == 2 && from < to {
			all = append(all, sound.Span{From: time.Duration(from) * time.Millisecond, To: time.Duration(to) * time.Millisecond})
		}
	}
	return all
}
