package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"strconv"
	"time"

	"github.com/earshot-app/earshot/review/desk"
)

// The settings of a library about how long it keeps what.
const (
	retentionSetting = "retention" // days of whole calls; of another part with its name behind a dot
	retainedSetting  = "retained"  // Unix milliseconds
)

func retentionOf(part desk.Part) string {
	if part == desk.PartCalls {
		return retentionSetting
	}
	return retentionSetting + "." + string(part)
}

// Retention implements [desk.ReadForgotten].
func (q queries) Retention(ctx context.Context) (desk.Retention, error) {
	r := desk.Retention{Days: map[desk.Part]int{}}
	for _, part := range desk.PartsOfCalls {
		days, settled, err := q.number(ctx, retentionOf(part))
		if err != nil {
			return r, err
		}
		if settled {
			r.Days[part] = int(days)
		}
	}
	at, _, err := q.number(ctx, retainedSetting)
	if at > 0 {
		r.Last = time.UnixMilli(at).UTC()
	}
	return r, err
}

// number is a setting that is one, and whether it was ever set.
func (q queries) number(ctx context.Context, name string) (n int64, known bool, err error) {
	text, err := q.setting(ctx, name)
	if err == nil && text != "" {
		n, err = strconv.ParseInt(text, 10, 64)
	}
	return n, text != "", wrap(err, "read how long calls are kept")
}

// SettleRetention implements [desk.KeepPrivacy].
func (s *Store) SettleRetention(ctx context.Context, part desk.Part, days int) error {
	return s.tx(ctx, func(tx *sql.Tx) error {
		a := act{queries{db: tx}, tx}
		return errors.Join(a.set(ctx, retentionOf(part), strconv.Itoa(days)), a.set(ctx, retainedSetting, "0"))
	})
}

// SaveRetained implements [desk.KeepPrivacy].
func (s *Store) SaveRetained(ctx context.Context, r desk.Retention) (settled bool, err error) {
	err = s.tx(ctx, func(tx *sql.Tx) error {
		a := act{queries{db: tx}, tx}
		now, err := a.Retention(ctx)
		if settled = err == nil && maps.Equal(now.Days, r.Days); !settled {
			return err
		}
		return a.set(ctx, retainedSetting, strconv.FormatInt(r.Last.UnixMilli(), 10))
	})
	return settled, err
}

// holds are the conditions of calls c that hold a part. Argument 4 lists the
// fields that are none of it.
var holds = map[desk.Part]string{
	desk.PartCalls: `?4 IS NOT NULL AND c.source_id IS NOT (SELECT id FROM source WHERE root = '` + forgottenSource + `')`,
	desk.PartNames: `(c.customer <> '' OR c.agent_id IS NOT (SELECT id FROM agent WHERE name = '')
		OR EXISTS (SELECT 1 FROM call_field x JOIN field f ON f.id = x.field_id WHERE x.call_id = c.id AND f.name NOT IN (SELECT value FROM json_each(?4)))
		OR EXISTS (SELECT 1 FROM call_field_was x JOIN field f ON f.id = x.field_id WHERE x.call_id = c.id AND f.name NOT IN (SELECT value FROM json_each(?4))))`,
	desk.PartPaths: `?4 IS NOT NULL AND (EXISTS (SELECT 1 FROM recording r WHERE r.call_id = c.id AND r.source_id IS NOT (SELECT id FROM source WHERE root = '` + forgottenSource + `'))
		OR EXISTS (SELECT 1 FROM transcript t WHERE t.call_id = c.id AND t.source_id IS NOT (SELECT id FROM source WHERE root = '` + forgottenSource + `')))`,
	desk.PartWords: `?4 IS NOT NULL AND (c.uid IN said OR EXISTS (SELECT 1 FROM transcript t WHERE t.call_id = c.id AND t.turns > 0))`,
}

// wordyEvents is true of an event e that says words or a reason and is no
// tombstone.
const wordyEvents = `length(e.signature) > 0 AND e.type IN ('moment.added', 'words.changed', 'praise.added', 'call.skipped', 'private.revealed')
	AND coalesce(CAST(e.bytes AS TEXT) ->> '$.b.words', CAST(e.bytes AS TEXT) ->> '$.b.reason', '') <> ''`

// said are the uids of calls of which events say words: those of the journal, and
// those that closed sessions were told. It reads the journal once.
const said = `WITH said AS MATERIALIZED (
	SELECT CAST(e.bytes AS TEXT) ->> '$.b.call' FROM event e WHERE ` + wordyEvents + `
	UNION SELECT p.local FROM session_event e JOIN session s ON s.sid = e.sid AND s.closed = 1
		JOIN session_call p ON p.sid = e.sid AND p.uid = CAST(e.bytes AS TEXT) ->> '$.b.call' WHERE ` + wordyEvents + `) `

// older is what comes of a query of old calls after its columns, and its first
// arguments.
func older(old desk.OldCalls, columns string) (query string, args []any, err error) {
	fields, err := asJSON(append([]string{}, old.Fields...))
	query = `SELECT ` + columns + ` FROM call c WHERE c.started_at < ?1 AND (c.started_at, c.uid) > (?2, ?3) AND ` + holds[old.Part]
	if old.Part == desk.PartWords {
		query = said + query
	}
	after := seconds(old.After.Start)
	if old.After.UID == "" {
		after = -1 << 62
	}
	return query, []any{seconds(old.Before), after, old.After.UID, fields}, err
}

// OlderThan implements [desk.KeepPrivacy].
func (q queries) OlderThan(ctx context.Context, old desk.OldCalls, most int) ([]desk.OldCall, error) {
	query, args, err := older(old, `c.uid, c.started_at`)
	if err != nil {
		return nil, err
	}
	calls, err := list(ctx, q.db, func(r *sql.Rows, c *desk.OldCall) error {
		var start int64
		err := r.Scan(&c.UID, &start)
		c.Start = time.Unix(start, 0)
		return err
	}, query+` ORDER BY c.started_at, c.uid LIMIT ?5`, append(args, most)...)
	return calls, wrap(err, "find old calls")
}

// CountOlder implements [desk.KeepPrivacy].
func (q queries) CountOlder(ctx context.Context, old desk.OldCalls) (n int64, err error) {
	query, args, err := older(old, `count(*)`)
	if err == nil {
		err = failure(q.db.QueryRowContext(ctx, query, args...).Scan(&n))
	}
	return n, wrap(err, "count old calls")
}
