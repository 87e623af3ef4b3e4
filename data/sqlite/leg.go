package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// lengthQuery adds up the parts of a call, in seconds. The two legs of a part
// run side by side: it lasts from the first's begin to the last's end.
const lengthQuery = `SELECT coalesce(sum(seconds), 0) FROM (
	SELECT CASE WHEN min(r.began_ms) > 0 THEN max(r.began_ms / 1000.0 + 1.0 * r.frames / r.rate) - min(r.began_ms) / 1000.0
		ELSE max(1.0 * r.frames / r.rate) END AS seconds
	FROM recording r WHERE r.rate > 0 AND ` + plays + ` AND r.call_id = `

const lengthGroups = ` GROUP BY ` + partOf + `)`

// measured is what the recordings of a row of call last together, in milliseconds.
const measured = `CAST(round(1000 * (` + lengthQuery + `call.id` + lengthGroups + `)) AS INTEGER)`

// partOf is the same for both legs of a part.
const partOf = `r.source_id, CASE r.pair WHEN '' THEN r.path ELSE r.pair END`

// plays is true of a recording r that is heard with its call: none that is
// [desk.Outdone], of several files that hold the same the first that is there, and
// none that is missing where others that are there run beside it.
const plays = `(r.beside <> -1 AND (r.copy = 0 AND r.missing = 0 OR NOT EXISTS (SELECT 1 FROM recording o
	WHERE o.call_id = r.call_id AND (o.mark = r.mark AND o.mark <> 0 AND (o.missing, o.copy, o.id) < (r.missing, r.copy, r.id)
	OR o.missing < r.missing AND o.beside <> -1 AND o.began_ms > 0 AND r.began_ms > 0 AND o.pair <> r.pair
		AND abs(o.began_ms - r.began_ms) < 500.0 * min(o.frames / max(o.rate, 1), r.frames / max(r.rate, 1))))))`

// Length implements [desk.ReadCalls].
func (q queries) Length(ctx context.Context, uid string) (time.Duration, error) {
	var seconds float64
	err := q.db.QueryRowContext(ctx, lengthQuery+`(SELECT id FROM call WHERE uid = ?)`+lengthGroups, uid).Scan(&seconds)
	return time.Duration(math.Round(seconds * float64(time.Second))), wrap(failure(err), "read a call's length")
}

// beginsQuery lays the recordings of calls behind one another as [queries.Recordings]
// has them, and answers where the first of each call begins, in seconds.
const beginsQuery = `WITH held AS (SELECT c.uid, r.source_id AS source, CASE r.pair WHEN '' THEN r.path ELSE r.pair END AS part,
		r.path, r.began_ms, r.frames, r.rate FROM recording r JOIN call c ON c.id = r.call_id
		WHERE c.uid IN (SELECT value FROM json_each(?)) AND r.rate > 0 AND ` + plays + `),
	parts AS (SELECT source, part, min(began_ms) AS began, min(path) AS first, CASE
		WHEN min(began_ms) > 0 THEN max(began_ms / 1000.0 + 1.0 * frames / rate) - min(began_ms) / 1000.0
		ELSE max(1.0 * frames / rate) END AS seconds FROM held GROUP BY source, part),
	laid AS (SELECT source, part, coalesce(sum(seconds) OVER (ORDER BY began, first
		ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS at FROM parts)
	SELECT h.uid, min(l.at) FROM held h JOIN laid l ON l.source = h.source AND l.part = h.part GROUP BY h.uid`

// Begins implements [desk.ReadCalls].
func (q queries) Begins(ctx context.Context, uids []string) (map[string]time.Duration, error) {
	text, err := json.Marshal(uids)
	if err != nil {
		return nil, fmt.Errorf("write uids: %w", err)
	}
	begins := map[string]time.Duration{}
	_, err = list(ctx, q.db, func(r *sql.Rows, uid *string) error {
		var seconds float64
		err := r.Scan(uid, &seconds)
		begins[*uid] = time.Duration(math.Round(seconds * float64(time.Second)))
		return err
	}, beginsQuery, string(text))
	return begins, wrap(err, "read where calls begin in a contact")
}

// Reach implements [desk.ReadCalls].
func (q queries) Reach(ctx context.Context, uid string) (time.Duration, error) {
	var told int64
	var seconds float64
	found, err := one(q.db.QueryRowContext(ctx, `SELECT c.duration_ms, (`+lengthQuery+`c.id`+lengthGroups+`) FROM call c WHERE c.uid = ?`, uid),
		&told, &seconds)
	if err == nil && !found {
		return 0, review.Fail(review.NoCall, review.Args{"uid": uid})
	}
	heard := time.Duration(math.Round(seconds * float64(time.Second)))
	return max(heard, time.Duration(told)*time.Millisecond), wrap(err, "read how long a call is")
}

// Recordings implements [desk.ReadCalls].
func (q queries) Recordings(ctx context.Context, uid string) ([]review.Recording, error) {
	all, err := list(ctx, q.db, func(r *sql.Rows, rec *review.Recording) error {
		var path string
		var modified, first, began int64
		err := r.Scan(&path, &rec.Size, &modified, &rec.Format, &rec.Rate, &rec.Channels, &rec.Frames, &rec.Missing,
			&rec.Part, &rec.Leg, &first, &began)
		rec.Path, rec.Modified = review.Hide(path), time.UnixMilli(modified).UTC()
		if first > 0 {
			rec.Offset = time.Duration(began-first) * time.Millisecond
		}
		return err
	}, `SELECT path, size, modified, format, rate, channels, frames, missing, dense_rank() OVER (ORDER BY first_ms, first_path), leg, first_ms, began_ms
		FROM (SELECT r.*, min(r.path) OVER part AS first_path, min(r.began_ms) OVER part AS first_ms
			FROM recording r JOIN call c ON c.id = r.call_id WHERE c.uid = ? AND `+plays+` WINDOW part AS (PARTITION BY `+partOf+`))
		ORDER BY first_ms, first_path, leg DESC, path`, uid)
	return all, wrap(err, "read a call's recordings")
}

// callOfPartner finds the call of the leg that goes with e.
func (in *importer) callOfPartner(e desk.Entry, source int64) (id int64, known bool, err error) {
	if e.Pair == "" {
		return 0, false, nil
	}
	known, err = in.row(`SELECT call_id FROM recording WHERE source_id = ? AND pair = ?`, []any{source, e.Pair}, &id)
	return id, known, err
}

// began is when a recording begins that may be one of several of its call, in
// Unix milliseconds, 0 when nothing says so.
func began(e desk.Entry) int64 {
	if !oneOfSeveral(e) && !e.Names() || e.Meta.Start.IsZero() || e.Meta.StartRough {
		return 0
	}
	return e.Meta.Start.UnixMilli()
}

// oneOfSeveral reports whether what is told of a recording may be true for it
// alone: of a leg, or of one part of a contact.
func oneOfSeveral(e desk.Entry) bool { return e.Recording.Leg != review.WholeCall || e.Contact != "" }

// sayOfLegs makes what the metadata says of one leg, or of one recording of a
// call, true for the call: it begins with the first. It lasts as long as the
// longer of two legs, and as long as the parts of a contact together.
func (in *importer) sayOfLegs(was row, is *row, e desk.Entry) error {
	if !oneOfSeveral(e) && !e.Names() {
		return nil
	}
	var first sql.NullInt64
	_, err := in.row(`SELECT min(began_ms) FROM recording WHERE call_id = ? AND began_ms > 0`, []any{is.id}, &first)
	if start := time.UnixMilli(first.Int64).Unix(); first.Valid && start != is.started {
		is.started = start
		if start == was.started && was.said.Text != "" {
			is.said = was.said
		}
	}
	if err != nil || !oneOfSeveral(e) {
		return err
	}
	var parts int
	_, err = in.row(`SELECT count(*) FROM (SELECT 1 FROM recording r WHERE r.call_id = ? AND `+plays+` GROUP BY `+partOf+`)`, []any{is.id}, &parts)
	if is.told = max(was.told, is.told); parts > 1 {
		is.told = 0
	}
	return err
}
