package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// held is true of a call that a draw holds and has not passed over, so that
// what is said of it counts.
const held = `(draw <> '' AND passed = 0)`

// apply runs one change and then settles the scopes of the call's findings. A
// change of an unknown call, moment or issue updates no row; one of a part of a
// call is one of that call.
func apply(ctx context.Context, tx *sql.Tx, change journal.Change) error {
	change, err := aboutWhole(ctx, tx, change)
	if err == nil {
		err = run(ctx, tx, change)
	}
	if err == nil {
		err = settle(ctx, tx, change)
	}
	if err != nil {
		return fmt.Errorf("apply %T: %w", change, err)
	}
	return nil
}

func run(ctx context.Context, tx *sql.Tx, change journal.Change) error {
	if known, err := runCodebook(ctx, tx, change); known {
		return err
	}
	switch c := change.(type) {
	case journal.AddMoment:
		return addMoment(ctx, tx, c)
	case journal.MoveMoment:
		return exec(ctx, tx, `UPDATE moment SET at_ms = ?, until_ms = ? WHERE uid = ?`, c.At, c.Until, c.Moment)
	case journal.RemoveMoment:
		return removeMoment(ctx, tx, c.Moment)
	case journal.SetWords:
		return errors.Join(
			exec(ctx, tx, `UPDATE moment SET words = ? WHERE uid = ?`, c.Words, c.Of),
			exec(ctx, tx, `UPDATE praise SET words = ? WHERE uid = ?`, c.Words, c.Of))
	case journal.AddPraise:
		return addPraise(ctx, tx, c)
	case journal.RemovePraise:
		return exec(ctx, tx, `DELETE FROM praise WHERE uid = ?`, c.Praise)
	case journal.FollowIssue:
		return followIssue(ctx, tx, c)
	}
	return runStanding(ctx, tx, change)
}

// runStanding runs the changes to how a call or a draw stands as a whole.
func runStanding(ctx context.Context, tx *sql.Tx, change journal.Change) error {
	switch c := change.(type) {
	case journal.HearCall:
		return finish(ctx, tx, c.Call, end{state: review.Heard, played: c.Played, n: c.N})
	case journal.SkipCall:
		return finish(ctx, tx, c.Call, end{state: review.Skipped, skip: c.Kind, reason: c.Reason})
	case journal.PickCall:
		return pick(ctx, tx, c.Call)
	case journal.RecordDraw:
		return recordDraw(ctx, tx, c)
	case journal.DrawCall:
		return exec(ctx, tx, `UPDATE call SET draw = ?, rank = ?, state = ?, scope = 0, passed = 0, played = 0, heard_n = 0, skip = '', reason = ''
			WHERE uid = ? AND (draw = '' OR passed = 1)`, c.Draw, c.Rank, review.Drawn, c.Call)
	case journal.EndDraw:
		return exec(ctx, tx, `UPDATE draw SET closed_at = ? WHERE id = ?`, c.At, c.Draw)
	case journal.PassCall:
		return exec(ctx, tx, `UPDATE call SET state = ?, passed = 1 WHERE uid = ? AND state = ? AND draw = ?`,
			review.NotReached, c.Call, review.Drawn, c.Draw)
	}
	return fmt.Errorf("no statement for %T", change)
}

// addMoment needs the call; the issue may still be on its way, and is then
// kept as a row that is not live.
func addMoment(ctx context.Context, tx *sql.Tx, c journal.AddMoment) error {
	err := keepIssue(ctx, tx, c.Issue)
	if err == nil {
		err = exec(ctx, tx, `INSERT INTO finding(call_id, issue_id, started_at, queue_id, category_id)
			SELECT c.id, `+survivor+`, c.started_at, c.queue_id, c.category_id FROM call c, issue i
			WHERE c.uid = ? AND i.uid = ? ON CONFLICT DO NOTHING`, c.Call, c.Issue)
	}
	if err == nil {
		err = exec(ctx, tx, `INSERT INTO moment(uid, finding_id, at_ms, until_ms, words, counts, said)
			SELECT ?, f.id, ?, ?, ?, `+held+`, i.id FROM issue i JOIN finding f ON f.issue_id = `+survivor+` JOIN call c ON c.id = f.call_id
			WHERE c.uid = ? AND i.uid = ? ON CONFLICT DO NOTHING`, c.Moment, c.At, c.Until, c.Words, c.Call, c.Issue)
	}
	if err == nil {
		err = pick(ctx, tx, c.Call)
	}
	return err
}

func removeMoment(ctx context.Context, tx *sql.Tx, moment string) error {
	var finding int64
	err := tx.QueryRowContext(ctx, `DELETE FROM moment WHERE uid = ? RETURNING finding_id`, moment).Scan(&finding)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return exec(ctx, tx, `DELETE FROM finding WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM moment WHERE finding_id = ?1)`, finding)
}

func addPraise(ctx context.Context, tx *sql.Tx, c journal.AddPraise) error {
	err := exec(ctx, tx, `INSERT INTO praise(uid, call_id, at_ms, words) SELECT ?, id, ?, ? FROM call WHERE uid = ?
		ON CONFLICT DO NOTHING`, c.Praise, c.At, c.Words, c.Call)
	if err != nil {
		return err
	}
	return pick(ctx, tx, c.Call)
}

// end is how a call was finished.
type end struct {
	state  review.State
	played float64
	n      int64 // of the event that it was heard by
	skip   review.SkipKind
	reason string
}

// finish sets a call heard or skipped, in its draw's scope when one holds it.
func finish(ctx context.Context, tx *sql.Tx, uid string, e end) error {
	return exec(ctx, tx, `UPDATE call SET state = ?, played = ?, heard_n = ?, skip = ?, reason = ?,
		scope  = CASE WHEN `+held+` THEN (SELECT d.scope FROM draw d WHERE d.id = call.draw) ELSE 0 END,
		picked = CASE WHEN `+held+` THEN picked ELSE 1 END
		WHERE uid = ?`, e.state, e.played, e.n, e.skip, e.reason, uid)
}

func pick(ctx context.Context, tx *sql.Tx, uid string) error {
	return exec(ctx, tx, `UPDATE call SET picked = 1 WHERE uid = ? AND picked = 0 AND NOT `+held, uid)
}

func recordDraw(ctx context.Context, tx *sql.Tx, c journal.RecordDraw) error {
	done, err := tx.ExecContext(ctx, `INSERT INTO draw(id, number, drawn_at, seed, chosen_seed, filter, scope, wanted,
		frame_size, frame_digest, prev, digest, stratify, equal, tops_up, planned)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		c.Draw, c.Number, c.At, c.Seed, c.ChosenSeed, c.Filter, c.Scope, c.Wanted,
		c.FrameSize, c.FrameDigest, c.Prev, c.Digest, c.Stratify, c.Equal, c.TopsUp, c.Planned)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return err
	}
	for i, s := range c.Strata {
		err := exec(ctx, tx, `INSERT INTO draw_stratum(draw, place, name, size) VALUES(?, ?, ?, ?)`, c.Draw, i+1, s.Name, s.Size)
		if err != nil {
			return fmt.Errorf("keep a stratum of the draw: %w", err)
		}
	}
	for i, uid := range c.Calls {
		stratum := 0
		if i < len(c.Dealt) {
			stratum = c.Dealt[i]
		}
		err := exec(ctx, tx, `INSERT INTO draw_call(draw, rank, uid, stratum) VALUES(?, ?, ?, ?)`, c.Draw, i+1, uid, stratum)
		if err != nil {
			return fmt.Errorf("put a call into the draw: %w", err)
		}
	}
	return nil
}

// settle gives the findings of the change's call the scope in which they
// count and when the call was heard, and traces the lineage that a change to
// the codebook may have changed.
func settle(ctx context.Context, tx *sql.Tx, change journal.Change) error {
	switch change.(type) {
	case journal.NameIssue, journal.TraceIssue:
		return trace(ctx, tx)
	case journal.KeyIssue, journal.RenameIssue, journal.DescribeIssue, journal.RetireIssue, journal.FollowIssue,
		journal.RecordDraw, journal.EndDraw, journal.MoveMoment, journal.SetWords, journal.AddPraise, journal.RemovePraise:
		return nil
	}
	return exec(ctx, tx, settleFindings+`c.uid = ?`+settled, change.Subject())
}

func exec(ctx context.Context, tx *sql.Tx, statement string, args ...any) error {
	_, err := tx.ExecContext(ctx, statement, args...)
	return err
}
