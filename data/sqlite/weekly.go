package sqlite

import (
	"context"
	"database/sql"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

// Plan implements [desk.ReadDraws].
func (q queries) Plan(ctx context.Context) (desk.Plan, error) {
	var p desk.Plan
	var least, since int64
	found, err := one(q.db.QueryRowContext(ctx, `SELECT minutes, speed, weekday, queue, category, least_ms, stratify, equal, since
		FROM weekly_plan`), &p.Minutes, &p.Speed, &p.Weekday, &p.Filter.Queue, &p.Filter.Category, &least, &p.Strata, &p.Equal, &since)
	if found {
		p.Filter.MinDuration, p.Since = time.Duration(least)*time.Millisecond, time.UnixMilli(since).UTC()
	}
	return p, wrap(err, "read the weekly plan")
}

// SavePlan implements [desk.Store].
func (s *Store) SavePlan(ctx context.Context, p desk.Plan) error {
	return s.tx(ctx, func(tx *sql.Tx) error {
		err := exec(ctx, tx, `DELETE FROM weekly_plan`)
		if err == nil && !p.Since.IsZero() {
			err = exec(ctx, tx, `INSERT INTO weekly_plan(id, minutes, speed, weekday, queue, category, least_ms, stratify, equal, since)
				VALUES(1, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, p.Minutes, p.Speed, p.Weekday, p.Filter.Queue, p.Filter.Category,
				p.Filter.MinDuration.Milliseconds(), p.Strata, p.Equal, p.Since.UnixMilli())
		}
		return wrap(err, "keep the weekly plan")
	})
}

// FrameSize implements [desk.ReadDraws]. Calls are added after draw number 0 at
// the earliest.
func (q queries) FrameSize(ctx context.Context, f sampling.Filter, after int) (int64, error) {
	where, args := frameFilter(f)
	var n int64
	err := q.db.QueryRowContext(ctx, `SELECT count(*) FROM call c WHERE c.missing = 0 AND c.born >= ?`+where,
		append([]any{after}, args...)...).Scan(&n)
	return n, wrap(failure(err), "count the calls of a frame")
}
