package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

const callColumns = `c.uid, c.started_at, c.start_guessed, c.duration_ms, q.name, k.name, a.name, c.customer, c.direction,
	c.missing AND NOT (c.guest AND EXISTS (SELECT 1 FROM recording r WHERE r.call_id = c.id)), c.guest, c.state, c.scope, c.picked, c.draw, max(c.rank, 0), c.played, c.skip, c.reason`

const callTables = ` FROM call c JOIN queue q ON q.id = c.queue_id JOIN category k ON k.id = c.category_id JOIN agent a ON a.id = c.agent_id `

// scanCall reads callColumns. A call whose recording is gone says so, unless a
// person has already done with it.
func scanCall(row interface{ Scan(...any) error }, c *review.Call, more ...any) error {
	var start, millis int64
	var agent, customer string
	var missing bool
	err := row.Scan(append([]any{
		&c.UID, &start, &c.StartGuessed, &millis, &c.Queue, &c.Category, &agent, &customer, &c.Direction,
		&missing, &c.Guest, &c.State, &c.Scope, &c.Picked, &c.Draw, &c.Rank, &c.Played, &c.Skip, &c.Reason,
	}, more...)...)
	c.Start, c.Duration = time.Unix(start, 0).UTC(), time.Duration(millis)*time.Millisecond
	c.Agent, c.Customer = review.Hide(agent), review.Hide(customer)
	if missing && (c.State == review.New || c.State == review.Drawn) {
		c.State = review.Missing
	}
	return err
}

// scanWithFields reads callColumns, saidColumns and fieldsColumn.
func scanWithFields(row interface{ Scan(...any) error }, c *review.Call) error {
	var fields string
	err := scanCall(row, c, &c.Said.Text, &c.Said.Zone, &c.Said.Guessed, &fields)
	c.Fields = fieldsOf(fields)
	return err
}

func scanCallRow(r *sql.Rows, c *review.Call) error { return scanCall(r, c) }

// Call implements [desk.ReadCalls].
func (q queries) Call(ctx context.Context, uid string) (review.Call, error) {
	var c review.Call
	err := scanWithFields(q.db.QueryRowContext(ctx, `SELECT `+callColumns+saidColumns+fieldsColumn+callTables+`WHERE c.uid = ?`, uid), &c)
	if err == sql.ErrNoRows {
		return c, review.Fail(review.NoCall, review.Args{"uid": uid})
	}
	return c, wrap(failure(err), "read a call")
}

// Calls implements [desk.ReadCalls].
func (q queries) Calls(ctx context.Context, state review.State) iter.Seq2[review.Call, error] {
	where, args := `WHERE c.merged = 0 AND c.guest = 0`, []any(nil)
	switch state {
	case "":
	case review.Missing:
		where = `WHERE c.merged = 0 AND c.guest = 0 AND c.missing = 1 AND c.state IN ('new', 'drawn')`
	case review.New, review.Drawn:
		where, args = `WHERE c.missing = 0 AND c.state = ?`, []any{state}
	default:
		where, args = `WHERE c.guest = 0 AND c.state = ?`, []any{state}
	}
	scan := func(r *sql.Rows, c *review.Call) error { return scanWithFields(r, c) }
	return each(ctx, q.db, scan, `SELECT `+callColumns+saidColumns+fieldsColumn+callTables+where+` ORDER BY c.started_at, c.uid`, args...)
}

// Swapped implements [desk.ReadCalls].
func (q queries) Swapped(ctx context.Context, uid string) (bool, error) {
	var swapped bool
	_, err := one(q.db.QueryRowContext(ctx, `SELECT s.swapped FROM source s JOIN call c ON c.source_id = s.id
		WHERE c.uid = ?`, uid), &swapped)
	return swapped, wrap(err, "read a source's lanes")
}

// SwapLanes implements [desk.Store].
func (s *Store) SwapLanes(ctx context.Context, uid string, swapped bool) error {
	return s.tx(ctx, func(tx *sql.Tx) error {
		return wrap(exec(ctx, tx, `UPDATE source SET swapped = ? WHERE id = (SELECT source_id FROM call WHERE uid = ?)`,
			swapped, uid), "keep a source's lanes")
	})
}

// Queues implements [desk.ReadCalls].
func (q queries) Queues(ctx context.Context) ([]string, error) {
	return q.names(ctx, `SELECT name FROM queue q WHERE name <> '' ORDER BY name`)
}

// Categories implements [desk.ReadCalls].
func (q queries) Categories(ctx context.Context) ([]string, error) {
	return q.names(ctx, `SELECT name FROM category k WHERE name <> '' ORDER BY name`)
}

func (q queries) names(ctx context.Context, query string) ([]string, error) {
	names, err := list(ctx, q.db, func(r *sql.Rows, name *string) error { return r.Scan(name) }, query)
	return names, wrap(err, "read names")
}

// Size implements [desk.ReadCalls].
func (q queries) Size(ctx context.Context) (int64, error) {
	var n int64
	err := q.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM call WHERE merged = 0)
		- (SELECT count(*) FROM call WHERE guest = 1)`).Scan(&n)
	return n, wrap(failure(err), "count calls")
}

// Place implements [desk.ReadCalls].
func (q queries) Place(ctx context.Context, uid string) (desk.Place, error) {
	p := desk.Place{Call: uid}
	var at int64
	var played string
	_, err := one(q.db.QueryRowContext(ctx, `SELECT at_ms, played FROM place WHERE uid = ?`, uid), &at, &played)
	p.At, p.Played = time.Duration(at)*time.Millisecond, spans(played)
	return p, wrap(err, "read where a call was left")
}

// SavePlace implements [desk.Store].
func (s *Store) SavePlace(ctx context.Context, p desk.Place) error {
	return s.tx(ctx, func(tx *sql.Tx) error {
		return wrap(exec(ctx, tx, `INSERT INTO place(uid, at_ms, played) SELECT uid, ?2, ?3 FROM call WHERE uid = ?1
			ON CONFLICT(uid) DO UPDATE SET at_ms = excluded.at_ms, played = excluded.played`,
			p.Call, p.At.Milliseconds(), spanText(p.Played)), "keep where a call was left")
	})
}
