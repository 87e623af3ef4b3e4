package desk

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// mostDays is the longest time that can be settled to keep calls for: longer is
// for ever.
const mostDays = 36_500

// Retention is how long what calls hold is kept: older ones are forgotten once a
// day.
type Retention struct {
	Days int       // since a call began; 0 for ever
	Last time.Time // when older calls were last forgotten; zero for never
}

// before is the instant since which calls are kept.
func (r Retention) before(now time.Time) time.Time { return now.AddDate(0, 0, -r.Days) }

// Retention is what was settled for this library.
func (d *Desk) Retention(ctx context.Context) (Retention, error) {
	days, last, err := d.store.Retention(ctx)
	return Retention{days, last}, err
}

// SetRetention settles how many days calls are kept, 0 for ever. Nothing is
// forgotten by it yet. It answers [review.BadArgument].
func (d *Desk) SetRetention(ctx context.Context, days int) error {
	if days < 0 || days > mostDays {
		return review.Fail(review.BadArgument, review.Args{"name": "days", "value": days})
	}
	return d.store.SaveRetention(ctx, days, time.Time{})
}

// Older counts the calls that keeping calls for so many days would forget now. It
// answers [review.BadArgument].
func (d *Desk) Older(ctx context.Context, days int) (int64, error) {
	if days < 1 || days > mostDays {
		return 0, review.Fail(review.BadArgument, review.Args{"name": "days", "value": days})
	}
	return d.store.CountOlder(ctx, Retention{Days: days}.before(d.clock.Now()))
}

// RetentionDue reports whether it is to be looked today for calls to forget.
func (d *Desk) RetentionDue(ctx context.Context) (bool, error) {
	r, err := d.Retention(ctx)
	now := d.clock.Now()
	return r.Days > 0 && r.Last.In(now.Location()).Format(time.DateOnly) != now.Format(time.DateOnly), err
}

// Retain forgets the calls that are older than was settled, but for those that
// a session which is still open has. progress, if not nil, is told how many are
// done. When ctx ends, those before are forgotten.
func (d *Desk) Retain(ctx context.Context, progress func(done int)) (ForgottenCalls, error) {
	var out ForgottenCalls
	r, err := d.Retention(ctx)
	if err != nil || r.Days == 0 {
		return out, err
	}
	now := d.clock.Now()
	left := 0 // that cannot be forgotten yet
	for err == nil {
		var uids []string
		if uids, err = d.store.OlderThan(ctx, r.before(now), left+forgetAtOnce); err != nil || len(uids) == left {
			break
		}
		var batch ForgottenCalls
		free, shared := d.free(ctx, uids)
		batch, err = d.forget(ctx, free, journal.ForgetRetained, nil)
		out.Calls += batch.Calls
		left = shared
		if batch.Calls == 0 {
			break
		}
		if progress != nil {
			progress(out.Calls)
		}
	}
	if err == nil {
		err = d.store.SaveRetention(ctx, r.Days, now)
	}
	if out.Calls == 0 {
		return out, err
	}
	return d.wiped(ctx, out, err)
}

// free are those of calls that no open session has, and how many one has.
func (d *Desk) free(ctx context.Context, uids []string) (free []string, shared int) {
	for _, uid := range uids {
		if at, err := d.store.SessionPlace(ctx, uid); err == nil && at.Session != "" {
			shared++
		} else {
			free = append(free, uid)
		}
	}
	return free, shared
}
