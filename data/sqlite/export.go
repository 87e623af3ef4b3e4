package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// toldQuery reads moments as an export tells them. It goes from call to call in
// the order of an index, so that only what begins in the same second is sorted
// and the memory does not grow with the library.
const toldQuery = `SELECT c.uid, c.started_at, q.name, k.name, c.draw, m.uid, i.uid, i.name, m.at_ms, m.until_ms, m.words,
		coalesce((SELECT e.author FROM event_subject s JOIN event e ON e.seq = s.seq AND e.type = 'moment.added'
			WHERE s.subject = c.uid AND json_extract(CAST(e.bytes AS TEXT), '$.b.moment') = m.uid LIMIT 1), '')
	FROM call c JOIN queue q ON q.id = c.queue_id JOIN category k ON k.id = c.category_id
	CROSS JOIN finding f ON f.call_id = c.id JOIN issue i ON i.id = f.issue_id AND i.live = 1
	JOIN moment m ON m.finding_id = f.id WHERE `

const toldOrder = ` ORDER BY c.started_at, c.uid, m.at_ms, m.id`

// MomentsSince implements [desk.ReadExports].
func (q queries) MomentsSince(ctx context.Context, f desk.Filter, since string) iter.Seq2[desk.Told, error] {
	return func(yield func(desk.Told, error) bool) {
		where, args := callFilter("c", f)
		if since != "" {
			place, err := q.place(ctx, since)
			if err != nil {
				yield(desk.Told{}, err)
				return
			}
			where += ` AND m.uid IN (SELECT coalesce(json_extract(CAST(e.bytes AS TEXT), '$.b.moment'), json_extract(CAST(e.bytes AS TEXT), '$.b.of'))
				FROM event e WHERE e.type IN ('moment.added', 'moment.moved', 'words.changed', 'moment.dealt')
				AND (e.seq > ? OR e.id IN (SELECT target FROM event_undoes WHERE seq > ?)))`
			args = append(args, place, place)
		}
		each(ctx, q.db, scanTold, toldQuery+where+toldOrder, args...)(yield)
	}
}

func scanTold(r *sql.Rows, t *desk.Told) error {
	var start int64
	targets, set := momentFields(&t.Moment)
	c := &t.Call
	err := r.Scan(append(append([]any{&c.UID, &start, &c.Queue, &c.Category, &c.Draw}, targets...), &t.Author)...)
	set()
	c.Start, t.Moment.Call = time.Unix(start, 0).UTC(), c.UID
	return err
}

// place is where an event of an id stands. It answers [NoEvent].
func (q queries) place(ctx context.Context, id string) (place int64, err error) {
	found, err := one(q.db.QueryRowContext(ctx, `SELECT seq FROM event WHERE id = ?`, id), &place)
	if err == nil && !found {
		err = review.Fail(NoEvent, review.Args{"id": id})
	}
	return place, err
}

// TouchedSince implements [desk.ReadExports].
func (q queries) TouchedSince(ctx context.Context, since string) (map[string]bool, error) {
	place, err := q.place(ctx, since)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	var subject string
	err = q.stream(ctx, []any{&subject}, func() { found[subject] = true }, `SELECT DISTINCT s.subject FROM event e JOIN event_subject s ON s.seq = e.seq
		WHERE e.seq > ?1 OR e.id IN (SELECT target FROM event_undoes WHERE seq > ?1)`, place)
	return found, wrap(err, "read what events are about")
}

// LastEvent implements [desk.ReadExports].
func (q queries) LastEvent(ctx context.Context) (string, error) {
	var id string
	_, err := one(q.db.QueryRowContext(ctx, `SELECT id FROM event ORDER BY seq DESC LIMIT 1`), &id)
	return id, wrap(err, "read the last event")
}

// HeardBetween implements [desk.ReadExports].
func (q queries) HeardBetween(ctx context.Context, f desk.Filter) (map[string][2]time.Time, error) {
	where, args := callFilter("f", f)
	found := map[string][2]time.Time{}
	var id string
	var first, last int64
	err := q.stream(ctx, []any{&id, &first, &last}, func() {
		found[id] = [2]time.Time{time.Unix(first, 0).UTC(), time.Unix(last, 0).UTC()}
	}, `SELECT i.uid, min(f.started_at), max(f.started_at) FROM issue i JOIN finding f ON f.issue_id = i.id
		WHERE i.live = 1 AND f.scope > 0 AND `+where+` GROUP BY i.id`, args...)
	return found, wrap(err, "read when issues were heard")
}
