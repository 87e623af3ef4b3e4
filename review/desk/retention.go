package desk

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// mostDays is the longest time that can be settled to keep something for: longer
// is for ever.
const mostDays = 36_500

// A Part is what of calls is kept for a time of its own.
type Part string

// The parts. Of whole calls stays what [Desk.Forget] leaves; of a call without
// one of the others all else, and no share moves by any.
const (
	PartCalls Part = "calls"
	PartWords Part = "words" // noted and transcribed ones, and reasons that were given
	PartNames Part = "names" // agents and customers, and what else sources tell but what draws divide by
	PartPaths Part = "paths" // of recordings and transcripts, with what sessions kept of them
)

// PartsOfCalls are all parts, in the order in which they are forgotten.
var PartsOfCalls = []Part{PartCalls, PartWords, PartNames, PartPaths}

// Retention is how long what calls hold is kept: what is older is forgotten once a
// day.
type Retention struct {
	Days map[Part]int // since a call began; 0 for ever, and so is what was never settled, which is not in it
	Last time.Time    // when what was older was last forgotten; zero for never
}

// before is the instant since which a part of calls is kept.
func before(days int, now time.Time) time.Time { return now.AddDate(0, 0, -days) }

// any reports whether something is kept for a limited time.
func (r Retention) any() bool {
	return slices.ContainsFunc(PartsOfCalls, func(p Part) bool { return r.Days[p] > 0 })
}

// Retained is what keeping parts of calls for a limited time forgot.
type Retained struct {
	Forgot map[Part]int // calls
	Rows   bool         // what rows told that did not join was forgotten too; they are not counted
	Left   []string     // uids of calls that are older and that an open session has
	Traces bool         // as of [ForgottenCalls]
}

// rowsSince is the instant since which what rows tell that did not join is kept,
// zero for ever. They tell names and numbers, paths and calls in one, and so are kept
// as long as the first of these is.
func (r Retention) rowsSince(now time.Time) (since time.Time) {
	for _, part := range []Part{PartCalls, PartNames, PartPaths} {
		if days := r.Days[part]; days > 0 && before(days, now).After(since) {
			since = before(days, now)
		}
	}
	return since
}

// Retention is what was settled for this library.
func (d *Desk) Retention(ctx context.Context) (Retention, error) { return d.store.Retention(ctx) }

// SetRetention settles how many days a part of calls is kept, 0 for ever. Nothing
// is forgotten by it yet. It answers [review.BadArgument].
func (d *Desk) SetRetention(ctx context.Context, part Part, days int) error {
	if err := checkPart(part, days, 0); err != nil {
		return err
	}
	return d.store.SettleRetention(ctx, part, days)
}

func checkPart(part Part, days, least int) error {
	if !slices.Contains(PartsOfCalls, part) {
		return review.Fail(review.BadArgument, review.Args{"name": "part", "value": string(part)})
	}
	if days < least || days > mostDays {
		return review.Fail(review.BadArgument, review.Args{"name": "days", "value": days})
	}
	return nil
}

// Older counts the calls of which keeping a part for so many days would forget it
// now, and no rows that did not join. It answers [review.BadArgument].
func (d *Desk) Older(ctx context.Context, part Part, days int) (int64, error) {
	if err := checkPart(part, days, 1); err != nil {
		return 0, err
	}
	divided, err := d.divided(ctx, d.store)
	if err != nil {
		return 0, err
	}
	return d.store.CountOlder(ctx, OldCalls{Part: part, Before: before(days, d.clock.Now()), Fields: divided})
}

// OldRows reports whether rows that did not join tell what is older than was settled.
func (d *Desk) OldRows(ctx context.Context) (bool, error) {
	rule, err := d.Retention(ctx)
	since := rule.rowsSince(d.clock.Now())
	if err != nil || since.IsZero() {
		return false, err
	}
	at, err := d.store.OldUnjoined(ctx, since, 0)
	return at > 0, err
}

// divided are the names of the fields by which draws divided calls.
func (d *Desk) divided(ctx context.Context, r Reader) ([]string, error) {
	draws, err := r.Designs(ctx)
	names := []string{}
	for _, draw := range draws {
		if name := draw.Strata.Field(); name != "" {
			names = append(names, name)
		}
	}
	return names, err
}

// RetentionDue reports whether it is to be looked today for what is to be
// forgotten.
func (d *Desk) RetentionDue(ctx context.Context) (bool, error) {
	r, err := d.Retention(ctx)
	now := d.clock.Now()
	return r.any() && r.Last.In(now.Location()).Format(time.DateOnly) != now.Format(time.DateOnly), err
}

// Retain forgets what is older than was settled, but for that of calls which a
// session that is still open has. progress, if not nil, is told of how many calls
// something is forgotten. When ctx ends, what is forgotten stays so. Nothing is
// forgotten by a rule any more once another was settled.
func (d *Desk) Retain(ctx context.Context, progress func(done int)) (Retained, error) {
	k := &retaining{desk: d, now: d.clock.Now(), progress: progress}
	k.out.Forgot = map[Part]int{}
	err := errResettled
	for errors.Is(err, errResettled) {
		err = k.run(ctx)
	}
	if len(k.out.Forgot) > 0 || k.out.Rows {
		var purging error
		k.out.Traces, purging = d.wiped(ctx)
		err = errors.Join(err, purging)
	}
	return k.out, err
}

// retaining is one run that forgets what is older than was settled.
type retaining struct {
	desk     *Desk
	now      time.Time
	rule     Retention
	progress func(done int)
	done     int
	left     map[string]bool
	out      Retained
}

// errResettled ends a run by a rule that is not settled any more.
var errResettled = errors.New("how long calls are kept was settled anew")

// run forgets by the rule that is settled now. It answers errResettled when that
// becomes another before all is done.
func (k *retaining) run(ctx context.Context) (err error) {
	k.left, k.out.Left = map[string]bool{}, nil
	if k.rule, err = k.desk.Retention(ctx); err != nil || !k.rule.any() {
		return err
	}
	for _, part := range PartsOfCalls {
		if err == nil && k.rule.Days[part] > 0 {
			err = k.forget(ctx, part, before(k.rule.Days[part], k.now))
		}
	}
	if err == nil {
		err = k.forgetRows(ctx)
	}
	if err != nil {
		return err
	}
	k.rule.Last = k.now
	settled, err := k.desk.store.SaveRetained(ctx, k.rule)
	if err == nil && !settled {
		err = errResettled
	}
	return err
}

// oldAtOnce is how many old calls are listed at once.
const oldAtOnce = 5000

// forget forgets a part of all calls that began before an instant. Each call is
// listed once, so that those which are left do not come up again.
func (k *retaining) forget(ctx context.Context, part Part, before time.Time) error {
	divided, err := k.desk.divided(ctx, k.desk.store)
	old := OldCalls{Part: part, Before: before, Fields: divided}
	for err == nil {
		var calls []OldCall
		if calls, err = k.desk.store.OlderThan(ctx, old, oldAtOnce); err != nil || len(calls) == 0 {
			break
		}
		old.After = calls[len(calls)-1]
		for batch := range slices.Chunk(calls, forgetAtOnce) {
			if err == nil {
				err = k.batch(ctx, part, batch)
			}
		}
	}
	return err
}

func (k *retaining) batch(ctx context.Context, part Part, calls []OldCall) error {
	if err := ctx.Err(); err != nil {
		return review.Fail(review.Cancelled, nil).Because(err)
	}
	uids := make([]string, len(calls))
	for i, call := range calls {
		uids[i] = call.UID
	}
	lacking := k.desk.trimBatch
	if part == PartCalls {
		lacking = k.desk.forgetOld
	}
	var n int
	var left []string
	err := k.write(ctx, func(tx Tx) (err error) {
		n, left, err = lacking(ctx, tx, part, uids)
		return err
	})
	if err != nil {
		return err
	}
	for _, uid := range left {
		if !k.left[uid] {
			k.left[uid] = true
			k.out.Left = append(k.out.Left, uid)
		}
	}
	if n == 0 {
		return nil
	}
	k.out.Forgot[part] += n
	k.done += n
	if k.progress != nil {
		k.progress(k.done)
	}
	return nil
}

// write does one act, if the rule of this run is the one that is settled still.
func (k *retaining) write(ctx context.Context, act func(Tx) error) error {
	return k.desk.store.Write(ctx, func(tx Tx) error {
		settled, err := tx.Retention(ctx)
		if err == nil && !maps.Equal(settled.Days, k.rule.Days) {
			err = errResettled
		}
		if err != nil {
			return err
		}
		return act(tx)
	})
}

// rowsAtOnce is how many rows one act trims, so that a tag never waits long.
const rowsAtOnce = 20_000

// forgetRows forgets what too old rows tell that did not join. Where there are
// none it only reads.
func (k *retaining) forgetRows(ctx context.Context) error {
	since := k.rule.rowsSince(k.now)
	if since.IsZero() {
		return nil
	}
	at, err := k.desk.store.OldUnjoined(ctx, since, 0)
	for err == nil && at > 0 {
		if err := ctx.Err(); err != nil {
			return review.Fail(review.Cancelled, nil).Because(err)
		}
		err = k.write(ctx, func(tx Tx) error {
			n, err := tx.TrimUnjoined(ctx, since, at, at+rowsAtOnce)
			k.out.Rows = k.out.Rows || n > 0
			return err
		})
		if err == nil {
			at, err = k.desk.store.OldUnjoined(ctx, since, at+rowsAtOnce)
		}
	}
	return err
}

// forgetOld forgets whole calls, but for those that were forgotten since they were
// listed and those that an open session has, which it answers.
func (d *Desk) forgetOld(ctx context.Context, tx Tx, _ Part, uids []string) (n int, left []string, err error) {
	f := &forgetting{desk: d, tx: tx, as: map[string]string{}}
	for _, uid := range uids {
		err := f.take(ctx, uid)
		if code := review.CodeOf(err); code == ForgetInSession {
			left = append(left, uid)
		} else if err != nil && code != review.NoCall {
			return 0, nil, err
		}
	}
	if len(f.as) == 0 {
		return 0, left, nil
	}
	return len(f.as), left, f.forget(ctx, journal.ForgetRetained)
}
