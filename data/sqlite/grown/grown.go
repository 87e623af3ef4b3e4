// Package grown makes libraries of the sizes that the app must bear, to measure
// with. It writes the tables of an empty library directly, as nobody else may:
// importing and hearing so many calls would take days.
package grown

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Start is when the first call of a grown library begins: a Monday.
var Start = time.Date(2024, 11, 25, 0, 0, 0, 0, time.UTC)

// Weeks is how long the calls of a grown library go on.
const Weeks = 104

// Calls fills an empty library with n calls that nobody heard, evenly over 50
// weeks from [Start] on, with uids of 26 characters as imports make them.
func Calls(ctx context.Context, path string, n int) error {
	return fill(ctx, path, append(names(),
		statement{
			upTo + `INSERT INTO call(uid, started_at, duration_ms, queue_id, category_id, agent_id, source_id, born)
			SELECT printf('call%022d', i), ?2 + i * ?3 / ?1, 60000 + i * 7919 % 400 * 1000, 1 + i * 31 % 10, 1 + i * 17 % 20, 1, 1, 0 FROM n`,
			[]any{n, Start.Unix(), 50 * 7 * 24 * 3600},
		}))
}

// Heard fills an empty library with 1,000,000 calls over [Weeks] weeks. From
// each week one draw took every second call; all of those are heard, with about
// two of 200 issues each, of which few are common, and 1,500,000 moments in all.
func Heard(ctx context.Context, path string) error {
	const calls, week = 1_000_000, 7 * 24 * 3600
	start := Start.Unix()
	return fill(ctx, path, append(names(),
		statement{upTo + `INSERT INTO issue(id, uid, name, live) SELECT i + 1, 'issue-' || i, 'Issue ' || i, 1 FROM n`, []any{200}},
		statement{upTo + `INSERT INTO draw(id, number, drawn_at, seed, chosen_seed, filter, scope, wanted, frame_size, frame_digest, prev, digest)
			SELECT 'draw-' || i, i + 1, 0, '', 0, '{"from":"' || strftime('%Y-%m-%dT%H:%M:%SZ', ?2 + i * ?3, 'unixepoch') ||
			'","to":"' || strftime('%Y-%m-%dT%H:%M:%SZ', ?2 + (i + 1) * ?3, 'unixepoch') || '"}', 1, 4808, 9616, '', '', '' FROM n`, []any{Weeks, start, week}},
		statement{
			upTo + `INSERT INTO call(id, uid, started_at, duration_ms, queue_id, category_id, agent_id, source_id, born, state, scope, draw, rank, heard_n)
			SELECT i + 1, 'call-' || i, ?2 + i * ?3 / ?1, 200000 + i * 7919 % 400000, 1 + i * 31 % 10, 1 + i * 17 % 20, 1, 1, i * ?4 / ?1,
			iif(i % 2, 'new', 'heard'), 1 - i % 2, iif(i % 2, '', 'draw-' || (i * ?4 / ?1)), iif(i % 2, 0, 1 + i / 2), iif(i % 2, 0, i + 1) FROM n`,
			[]any{calls, start, Weeks * week, Weeks},
		},
		// The power makes the first issues common and the last rare.
		statement{`INSERT INTO finding(call_id, issue_id, scope, started_at, queue_id, category_id, heard_n)
			SELECT id, CAST(pow(200, abs(id * 7919 % 1000003) / 1000003.0) AS INTEGER), 1, started_at, queue_id, category_id, heard_n FROM call WHERE state = 'heard'`, nil},
		statement{`INSERT OR IGNORE INTO finding(call_id, issue_id, scope, started_at, queue_id, category_id, heard_n)
			SELECT id, CAST(pow(200, abs(id * 104729 % 1000003) / 1000003.0) AS INTEGER), 1, started_at, queue_id, category_id, heard_n FROM call WHERE state = 'heard'`, nil},
		statement{`INSERT INTO moment(uid, finding_id, at_ms, counts, said) SELECT 'a-' || id, id, 1000, 1, issue_id FROM finding`, nil},
		statement{`INSERT INTO moment(uid, finding_id, at_ms, counts, said) SELECT 'b-' || id, id, 2000, 1, issue_id FROM finding WHERE id % 2`, nil},
	))
}

// A statement with its arguments, of which the first is how far upTo counts.
type statement struct {
	text string
	args []any
}

const upTo = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 - 1) `

// names are what every call refers to.
func names() []statement {
	return []statement{
		{upTo + `INSERT INTO queue SELECT i + 1, 'queue ' || i FROM n`, []any{10}},
		{upTo + `INSERT INTO category SELECT i + 1, 'category ' || i FROM n`, []any{20}},
		{`INSERT INTO agent VALUES(1, '')`, nil},
		{`INSERT INTO source(id, root) VALUES(1, '/recordings')`, nil},
	}
}

// fill runs statements on a library that nobody has open, without the indexes
// and triggers of its calls, which are made again afterwards: that is many times
// quicker.
func fill(ctx context.Context, path string, statements []statement) (err error) {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=synchronous(off)&_pragma=cache_size(-200000)")
	if err != nil {
		return fmt.Errorf("open the library to fill: %w", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	drop, create, err := around(ctx, db)
	if err != nil {
		return fmt.Errorf("read the schema of the library to fill: %w", err)
	}
	hours := statement{text: `INSERT INTO call_hour SELECT started_at / 3600, count(*), sum(state = 'heard' AND scope > 0) FROM call GROUP BY 1`}
	all := append([]statement{{text: `BEGIN`}}, drop...)
	all = append(append(append(all, statements...), hours), create...)
	all = append(all, statement{text: `COMMIT`}, statement{text: `PRAGMA analysis_limit = 1000`}, statement{text: `ANALYZE`},
		statement{text: `PRAGMA wal_checkpoint(TRUNCATE)`})
	for _, s := range all {
		if _, err := db.ExecContext(ctx, s.text, s.args...); err != nil {
			return fmt.Errorf("fill the library by %.60q: %w", s.text, err)
		}
	}
	return nil
}

// around are the statements that drop the indexes and triggers of calls, and
// those that make them again.
func around(ctx context.Context, db *sql.DB) (drop, create []statement, err error) {
	rows, err := db.QueryContext(ctx, `SELECT 'DROP ' || type || ' ' || name, sql FROM sqlite_schema
		WHERE type IN ('index', 'trigger') AND tbl_name IN ('call', 'finding') AND sql IS NOT NULL`)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = rows.Close() }() // a failure to read shows in rows.Err
	for rows.Next() {
		var down, up statement
		if err := rows.Scan(&down.text, &up.text); err != nil {
			return nil, nil, err
		}
		drop, create = append(drop, down), append(create, up)
	}
	return drop, create, rows.Err()
}
