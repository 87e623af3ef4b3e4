package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// toldQuery reads moments as an export tells them. It goes from finding to finding in
// the order of an index, so that only what begins in the same second is sorted
// and the memory does not grow with the library. Names are looked up by their
// rows: to read them with every moment takes longer than all else.
const (
	toldQuery  = `SELECT c.uid, f.started_at, f.queue_id, f.category_id, c.draw, m.uid, f.issue_id, m.at_ms, m.until_ms, m.words, `
	toldTables = ` FROM finding f CROSS JOIN call c ON c.id = f.call_id CROSS JOIN moment m ON m.finding_id = f.id WHERE `
	toldOrder  = ` ORDER BY f.started_at, c.uid, m.at_ms, m.id`
)

// toldAuthor is who tagged a moment m of a call c, where there are several.
const toldAuthor = `(SELECT e.author FROM event_subject s JOIN event e ON e.seq = s.seq AND e.type = 'moment.added'
	WHERE s.subject = c.uid AND json_extract(CAST(e.bytes AS TEXT), '$.b.moment') = m.uid LIMIT 1)`

// since is the condition on a moment m that an event after a place is about it,
// or one that such an event takes back; its arguments are the place, twice.
const since = ` AND m.uid IN (SELECT coalesce(json_extract(CAST(e.bytes AS TEXT), '$.b.moment'), json_extract(CAST(e.bytes AS TEXT), '$.b.of'))
	FROM event e WHERE e.type IN ('moment.added', 'moment.moved', 'words.changed', 'moment.dealt')
	AND (e.seq > ? OR e.id IN (SELECT target FROM event_undoes WHERE seq > ?)))`

// MomentsSince implements [desk.ReadExports].
func (q queries) MomentsSince(ctx context.Context, f desk.Filter, event string) iter.Seq2[desk.Told, error] {
	return func(yield func(desk.Told, error) bool) {
		q = q.once()
		where, args := callFilter("f", f)
		var place int64
		names, err := q.toldNames(ctx)
		if err == nil && event != "" {
			place, err = q.place(ctx, event)
			where, args = where+since, append(args, place, place)
		}
		if err != nil {
			yield(desk.Told{}, err)
			return
		}
		for t, err := range each(ctx, q.db, names.scan, toldQuery+names.author+toldTables+where+toldOrder, args...) {
			if err == nil && t.Moment.IssueID == "" {
				continue // its issue is undone
			}
			if !yield(t, err) {
				return
			}
		}
	}
}

// toldNames are the names by their rows.
type toldNames struct {
	queues, categories map[int64]string
	issues             map[int64]review.Issue
	author             string // the column of who tagged a moment

	row toldRow
}

// toldRow is a row of toldQuery; it is kept from row to row, with the targets of
// its scan.
type toldRow struct {
	uid, draw, moment, words      string
	author                        sql.NullString
	start, queue, category, issue int64
	at, until                     int64
	targets                       []any
}

func (q queries) toldNames(ctx context.Context) (*toldNames, error) {
	n := &toldNames{queues: map[int64]string{}, categories: map[int64]string{}, issues: map[int64]review.Issue{}}
	var id int64
	var uid, name string
	for _, read := range []struct {
		query string
		keep  func()
	}{
		{`SELECT id, '', name FROM queue`, func() { n.queues[id] = name }},
		{`SELECT id, '', name FROM category`, func() { n.categories[id] = name }},
		{`SELECT id, uid, name FROM issue WHERE live = 1`, func() { n.issues[id] = review.Issue{ID: uid, Name: name} }},
	} {
		if err := q.stream(ctx, []any{&id, &uid, &name}, read.keep, read.query); err != nil {
			return nil, wrap(err, "read names")
		}
	}
	if err := q.db.QueryRowContext(ctx, `SELECT iif(count(*) > 1, ?, quote(coalesce(max(id), ''))) FROM author`, toldAuthor).Scan(&n.author); err != nil {
		return nil, wrap(failure(err), "count authors")
	}
	r := &n.row
	r.targets = []any{&r.uid, &r.start, &r.queue, &r.category, &r.draw, &r.moment, &r.issue, &r.at, &r.until, &r.words, &r.author}
	return n, nil
}

func (n *toldNames) scan(rows *sql.Rows, t *desk.Told) error {
	r := &n.row
	if err := rows.Scan(r.targets...); err != nil {
		return err
	}
	c, m, issue := &t.Call, &t.Moment, n.issues[r.issue]
	c.UID, c.Start, c.Queue, c.Category, c.Draw = r.uid, time.Unix(r.start, 0).UTC(), n.queues[r.queue], n.categories[r.category], r.draw
	m.ID, m.Call, m.IssueID, m.Issue, m.Words = r.moment, r.uid, issue.ID, issue.Name, r.words
	m.At, m.Until = time.Duration(r.at)*time.Millisecond, time.Duration(r.until)*time.Millisecond
	t.Author = r.author.String
	return nil
}

// once is q by a connection without a cache, for what is read through once. An
// export reads all by it, also its names, so that it opens no other.
func (q queries) once() queries {
	if q.scans != nil {
		q.db = q.scans
	}
	return q
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
	_, err := one(q.once().db.QueryRowContext(ctx, `SELECT id FROM event ORDER BY seq DESC LIMIT 1`), &id)
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
