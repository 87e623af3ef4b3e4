package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/journal"
)

// survivor is the row in which the moments of an issue i count.
const survivor = `iif(i.survivor = 0, i.id, i.survivor)`

const describeColumns = `i.definition, i.includes, i.excludes, i.example, i.prevented, i.fixer`

// described are the targets of describeColumns.
func described(d *codebook.Description) []any {
	return []any{&d.Definition, &d.Include, &d.Exclude, &d.Example, &d.Prevented, &d.Fixer}
}

// runCodebook runs the changes to the codebook; known is false for a change to
// something else.
func runCodebook(ctx context.Context, tx *sql.Tx, change journal.Change) (known bool, err error) {
	switch c := change.(type) {
	case journal.NameIssue:
		err = exec(ctx, tx, `INSERT INTO issue(uid, name, key, live, named_n, named_by) VALUES(?, ?, ?, 1, ?, ?)
			ON CONFLICT(uid) DO UPDATE SET name = excluded.name, key = excluded.key, live = 1,
			named_n = CASE WHEN live = 1 THEN named_n ELSE excluded.named_n END,
			named_by = CASE WHEN live = 1 THEN named_by ELSE excluded.named_by END`, c.Issue, c.Name, c.Key, c.N, c.Event)
	case journal.KeyIssue:
		err = exec(ctx, tx, `UPDATE issue SET key = ? WHERE uid = ? AND live = 1`, c.Key, c.Issue)
	case journal.RenameIssue:
		err = exec(ctx, tx, `UPDATE issue SET name = ? WHERE uid = ? AND live = 1`, c.Name, c.Issue)
	case journal.DescribeIssue:
		err = exec(ctx, tx, `UPDATE issue SET definition = coalesce(?, definition), includes = coalesce(?, includes),
			excludes = coalesce(?, excludes), example = coalesce(?, example), prevented = coalesce(?, prevented),
			fixer = coalesce(?, fixer) WHERE uid = ? AND live = 1`,
			c.Definition, c.Include, c.Exclude, c.Example, c.Prevented, c.Fixer, c.Issue)
	case journal.RetireIssue:
		err = exec(ctx, tx, `UPDATE issue SET retired = ? WHERE uid = ? AND live = 1`, c.Retired, c.Issue)
	case journal.TraceIssue:
		err = keepIssue(ctx, tx, c.Issue)
	case journal.DealMoment:
		err = dealMoment(ctx, tx, c)
	default:
		return false, nil
	}
	return true, err
}

// keepIssue makes sure of an issue's row: what names it may still be on its way.
func keepIssue(ctx context.Context, tx *sql.Tx, uid string) error {
	return exec(ctx, tx, `INSERT INTO issue(uid) VALUES(?) ON CONFLICT DO NOTHING`, uid)
}

// dealMoment gives a moment another issue, and takes it to the finding of that
// issue's survivor.
func dealMoment(ctx context.Context, tx *sql.Tx, c journal.DealMoment) error {
	err := keepIssue(ctx, tx, c.Issue)
	if err != nil {
		return err
	}
	var was int64
	found, err := one(tx.QueryRowContext(ctx, `UPDATE moment SET said = (SELECT id FROM issue WHERE uid = ?)
		WHERE uid = ? RETURNING finding_id`, c.Issue, c.Moment), &was)
	if err != nil || !found {
		return err
	}
	err = exec(ctx, tx, `INSERT INTO finding(call_id, issue_id, started_at, queue_id, category_id)
		SELECT f.call_id, `+survivor+`, f.started_at, f.queue_id, f.category_id FROM finding f, issue i
		WHERE f.id = ? AND i.uid = ? ON CONFLICT DO NOTHING`, was, c.Issue)
	if err == nil {
		err = exec(ctx, tx, `UPDATE moment SET finding_id = (SELECT g.id FROM finding f JOIN finding g ON g.call_id = f.call_id, issue i
			WHERE f.id = ? AND i.uid = ? AND g.issue_id = `+survivor+`) WHERE uid = ?`, was, c.Issue, c.Moment)
	}
	if err == nil {
		err = exec(ctx, tx, dropEmpty+`id = ?`, was)
	}
	return err
}

// dropEmpty removes findings without a moment, of those that meet a condition.
const dropEmpty = `DELETE FROM finding WHERE NOT EXISTS (SELECT 1 FROM moment m WHERE m.finding_id = finding.id) AND `

// steps are all merges and splits that hold, in the order of the story.
func (q queries) steps(ctx context.Context) ([]codebook.Step, error) {
	events, err := readEvents(ctx, q.db, `SELECT bytes FROM event WHERE type IN ('issue.merged', 'issue.split') AND active = 1
		ORDER BY n, author, id`)
	if err != nil {
		return nil, err
	}
	var steps []codebook.Step
	for _, e := range events {
		body, err := journal.Decode(e)
		if err != nil {
			return nil, err
		}
		if step, ok := journal.Step(body); ok {
			steps = append(steps, step)
		}
	}
	return steps, nil
}

// lineRow is what an issue's row says of its lineage.
type lineRow struct {
	id       int64
	uid      string
	live     bool
	named    codebook.Naming
	survivor int64 // never 0
	split    bool
	since    codebook.Naming
}

// trace settles what the merges and splits that hold make of the issues, and
// takes the moments of issues that have another survivor by that to where they
// count now.
func trace(ctx context.Context, tx *sql.Tx) error {
	q := queries{db: tx}
	steps, err := q.steps(ctx)
	if err != nil {
		return err
	}
	for _, step := range steps {
		if step.Into != "" {
			if err := keepIssue(ctx, tx, step.Into); err != nil {
				return fmt.Errorf("keep a survivor: %w", err)
			}
		}
	}
	rows, err := q.lineRows(ctx)
	if err != nil {
		return err
	}
	lineage, named, ids := codebook.Trace(steps), map[string]codebook.Naming{}, map[string]int64{}
	for _, r := range rows {
		ids[r.uid] = r.id
		if r.live {
			named[r.uid] = r.named
		}
	}
	moves := &moves{was: map[int64]int64{}, is: map[int64]int64{}}
	for _, r := range rows {
		want := r
		want.survivor = ids[lineage.Survivor(r.uid)]
		want.split, want.since = len(lineage.Parts(r.uid)) > 0, lineage.Since(r.uid, named)
		moves.was[r.id], moves.is[r.id] = r.survivor, want.survivor
		if err := want.keep(ctx, tx, r); err != nil {
			return fmt.Errorf("keep what became of an issue: %w", err)
		}
	}
	return wrap(moves.run(ctx, tx), "move the moments of an issue")
}

func (q queries) lineRows(ctx context.Context) ([]lineRow, error) {
	rows, err := list(ctx, q.db, func(r *sql.Rows, l *lineRow) error {
		return r.Scan(&l.id, &l.uid, &l.live, &l.named.N, &l.named.Event, &l.survivor, &l.split, &l.since.N, &l.since.Event)
	}, `SELECT i.id, i.uid, i.live, i.named_n, i.named_by, `+survivor+`, i.split, i.since_n, i.since_by FROM issue i`)
	return rows, wrap(err, "read the lineage")
}

// keep writes the row where it is not what it was.
func (r lineRow) keep(ctx context.Context, tx *sql.Tx, was lineRow) error {
	if r == was {
		return nil
	}
	return exec(ctx, tx, `UPDATE issue SET survivor = ?, split = ?, since_n = ?, since_by = ? WHERE id = ?`,
		r.survivor, r.split, r.since.N, r.since.Event, r.id)
}

// moves are the survivors of issues, by rows, before and after.
type moves struct{ was, is map[int64]int64 }

// run takes moments from the findings of their issue's old survivor to those of
// the new one. Where all that an issue held goes to one other, as a merge has
// it, the findings themselves are given to that; else each issue's moments go
// by themselves.
func (m *moves) run(ctx context.Context, tx *sql.Tx) error {
	if from, to, ok := m.whole(); ok {
		return moveAll(ctx, tx, from, to)
	}
	for issue, was := range m.was {
		if is := m.is[issue]; is != was {
			if err := moveSaid(ctx, tx, issue, was, is); err != nil {
				return err
			}
		}
	}
	return nil
}

// whole answers the one survivor that lost all of its issues, if all of them
// went to one other and no other issue moved.
func (m *moves) whole() (from, to int64, ok bool) {
	for issue, was := range m.was {
		if is := m.is[issue]; is != was {
			if from != 0 && (from != was || to != is) {
				return 0, 0, false
			}
			from, to = was, is
		}
	}
	for issue, is := range m.is {
		if is == from && m.was[issue] == from {
			return 0, 0, false
		}
	}
	return from, to, from != 0
}

// moveAll gives the findings of one survivor to another. In calls that hold
// both, the moments join the finding that is there.
func moveAll(ctx context.Context, tx *sql.Tx, from, to int64) error {
	err := exec(ctx, tx, `UPDATE OR IGNORE finding SET issue_id = ? WHERE issue_id = ?`, to, from)
	if err == nil {
		err = exec(ctx, tx, joinMoments, to, from)
	}
	if err == nil {
		// Each is 0 or the call's, so that the larger is what both together have.
		err = exec(ctx, tx, `UPDATE finding SET scope = gone.scope FROM finding gone
			WHERE gone.issue_id = ?2 AND finding.call_id = gone.call_id AND finding.issue_id = ?1 AND gone.scope > finding.scope`, to, from)
	}
	if err == nil {
		err = exec(ctx, tx, `DELETE FROM finding WHERE issue_id = ?`, from)
	}
	return err
}

// moveSaid takes the moments of one issue from its old survivor to its new one.
// Calls in which nothing else counted for the old one keep their finding, which
// is given to the new one.
func moveSaid(ctx context.Context, tx *sql.Tx, issue, from, to int64) error {
	err := exec(ctx, tx, `UPDATE OR IGNORE finding SET issue_id = ?1 WHERE issue_id = ?2
		AND NOT EXISTS (SELECT 1 FROM moment m WHERE m.finding_id = finding.id AND m.said <> ?3)`, to, from, issue)
	if err == nil {
		err = exec(ctx, tx, `INSERT INTO finding(call_id, issue_id, started_at, queue_id, category_id)
			SELECT f.call_id, ?1, f.started_at, f.queue_id, f.category_id FROM finding f
			WHERE f.issue_id = ?2 AND EXISTS (SELECT 1 FROM moment m WHERE m.finding_id = f.id AND m.said = ?3)
			ON CONFLICT DO NOTHING`, to, from, issue)
	}
	if err == nil {
		err = exec(ctx, tx, joinMoments+` AND said = ?3`, to, from, issue)
	}
	if err == nil {
		err = exec(ctx, tx, settleFindings+`f.issue_id IN (?1, ?2) AND f.call_id IN (SELECT a.call_id FROM finding a
			JOIN finding b ON b.call_id = a.call_id AND b.issue_id = ?2 WHERE a.issue_id = ?1)`+settled, to, from)
	}
	if err == nil {
		err = exec(ctx, tx, dropEmpty+`issue_id = ?`, from)
	}
	return err
}

// joinMoments takes moments from the findings of issue ?2 to those of issue ?1
// in the same calls.
const joinMoments = `UPDATE moment SET finding_id = (SELECT g.id FROM finding f JOIN finding g ON g.call_id = f.call_id AND g.issue_id = ?1
	WHERE f.id = moment.finding_id) WHERE finding_id IN (SELECT id FROM finding WHERE issue_id = ?2)`

// settleFindings gives the findings f that meet a condition the scope in which
// they count: their call's, if that was heard and one of the moments counts;
// and when it was heard. The condition stands before settled.
const (
	settleFindings = `UPDATE finding SET scope = want.scope, heard_n = want.heard_n FROM (
		SELECT f.id, c.heard_n, CASE WHEN c.state = 'heard' AND EXISTS (SELECT 1 FROM moment m WHERE m.finding_id = f.id AND m.counts = 1)
			THEN c.scope ELSE 0 END AS scope
		FROM finding f JOIN call c ON c.id = f.call_id WHERE `
	settled = `) AS want
		WHERE finding.id = want.id AND (finding.scope <> want.scope OR finding.heard_n <> want.heard_n)`
)
