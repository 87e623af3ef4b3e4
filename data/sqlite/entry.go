package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"slices"

	"github.com/earshot-app/earshot/review/codebook"
)

// Codebook implements [desk.ReadCodebook].
func (q queries) Codebook(ctx context.Context) ([]codebook.Entry, error) {
	var entries []codebook.Entry
	err := q.snapshot(ctx, func(q queries) error {
		steps, err := q.steps(ctx)
		if err != nil {
			return err
		}
		if entries, err = q.entries(ctx); err != nil {
			return err
		}
		undealt, err := q.Undealt(ctx)
		lineage := codebook.Trace(steps)
		for i := range entries {
			e := &entries[i]
			e.Into, e.Parts, e.PartOf = lineage.Into(e.ID), lineage.Parts(e.ID), lineage.PartOf(e.ID)
			for _, u := range undealt {
				if u.Issue == e.ID || slices.Contains(u.Parts, e.ID) {
					e.ToLookAt += u.Moments
				}
			}
		}
		return err
	})
	return entries, wrap(err, "read the codebook")
}

func (q queries) entries(ctx context.Context) ([]codebook.Entry, error) {
	return list(ctx, q.db, func(r *sql.Rows, e *codebook.Entry) error {
		targets := []any{&e.ID, &e.Name, &e.Key, &e.Calls, &e.Aside, &e.State}
		return r.Scan(slices.Concat(targets, described(&e.Description), followed(&e.Follow))...)
	}, `SELECT i.uid, i.name, i.key, (SELECT count(*) FROM finding f WHERE f.issue_id = i.id), `+aside+`,
		CASE WHEN `+survivor+` <> i.id THEN 'merged' WHEN i.split = 1 THEN 'split' WHEN i.retired = 1 THEN 'retired' ELSE 'open' END,
		`+describeColumns+`, `+followColumns+` FROM issue i WHERE i.live = 1 ORDER BY i.id`)
}

// aside is true of an issue i that is not offered while calls are heard.
const aside = `(i.retired = 1 OR i.split = 1 OR ` + survivor + ` <> i.id)`

// shown is true of an issue i that lists show: [codebook.Entry.Shown].
const shown = `i.live = 1 AND ` + survivor + ` = i.id AND (NOT ` + aside + ` OR EXISTS (SELECT 1 FROM finding f WHERE f.issue_id = i.id))`

// Undealt implements [desk.ReadCodebook].
func (q queries) Undealt(ctx context.Context) ([]codebook.Undealt, error) {
	undealt, err := list(ctx, q.db, func(r *sql.Rows, u *codebook.Undealt) error { return r.Scan(&u.Issue, &u.Moments) },
		`SELECT i.uid, count(*) FROM issue i JOIN finding f ON f.issue_id = i.id JOIN moment m ON m.finding_id = f.id
		WHERE i.split = 1 AND i.live = 1 GROUP BY i.uid ORDER BY i.id`)
	if err != nil || len(undealt) == 0 {
		return nil, wrap(err, "count what is to be looked at")
	}
	steps, err := q.steps(ctx)
	lineage := codebook.Trace(steps)
	for i := range undealt {
		for _, part := range lineage.Parts(undealt[i].Issue) {
			undealt[i].Parts = append(undealt[i].Parts, lineage.Survivor(part))
		}
	}
	return undealt, err
}

// HeardBefore implements [desk.ReadCodebook].
func (q queries) HeardBefore(ctx context.Context, issueID string) iter.Seq2[string, error] {
	return each(ctx, q.db, func(r *sql.Rows, uid *string) error { return r.Scan(uid) },
		`SELECT c.uid FROM issue i JOIN call c ON c.heard_n > 0 AND c.heard_n < i.since_n AND c.scope > 0 AND c.missing = 0
		WHERE i.uid = ? AND i.live = 1 AND `+survivor+` = i.id`, issueID)
}
