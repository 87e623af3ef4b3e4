package sqlite

import (
	"context"
	"database/sql"
	"fmt"
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
		undealt, err := q.undealt(ctx)
		if err != nil {
			return err
		}
		lineage := codebook.Trace(steps)
		for i := range entries {
			e := &entries[i]
			e.Into, e.Parts, e.PartOf = lineage.Into(e.ID), lineage.Parts(e.ID), lineage.PartOf(e.ID)
			e.ToLookAt = undealt[e.ID]
			for _, split := range lineage.Waiting(e.ID) {
				e.ToLookAt += undealt[split]
			}
		}
		return nil
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

// undealt counts the moments of each issue that is being split, by its id.
func (q queries) undealt(ctx context.Context) (map[string]int, error) {
	type row struct {
		uid string
		n   int
	}
	rows, err := list(ctx, q.db, func(r *sql.Rows, u *row) error { return r.Scan(&u.uid, &u.n) },
		`SELECT i.uid, count(*) FROM issue i JOIN finding f ON f.issue_id = i.id JOIN moment m ON m.finding_id = f.id
		WHERE i.split = 1 AND i.live = 1 GROUP BY i.uid`)
	if err != nil {
		return nil, fmt.Errorf("count what is to be looked at: %w", err)
	}
	counts := map[string]int{}
	for _, r := range rows {
		counts[r.uid] = r.n
	}
	return counts, nil
}

// HeardBefore implements [desk.ReadCodebook].
func (q queries) HeardBefore(ctx context.Context, issueID string) iter.Seq2[string, error] {
	return each(ctx, q.db, func(r *sql.Rows, uid *string) error { return r.Scan(uid) },
		`SELECT c.uid FROM issue i JOIN call c ON c.heard_n > 0 AND c.heard_n < i.since_n AND c.scope > 0 AND c.missing = 0
		WHERE i.uid = ? AND i.live = 1 AND `+survivor+` = i.id`, issueID)
}
