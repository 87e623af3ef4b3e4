package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review/desk"
)

var benchStart = time.Date(2024, 11, 25, 0, 0, 0, 0, time.UTC)

// grown makes a library of 1,000,000 calls over 104 weeks. From each week one
// draw took every second call; all of those are heard, with about two of 200
// issues each (few of them common) and 1,500,000 moments in all.
func grown(b *testing.B) *sqlite.Store {
	b.Helper()
	path := filepath.Join(b.TempDir(), "library.earshot")
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	must(b, err)
	must(b, store.Close())
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=synchronous(off)&_pragma=cache_size(-200000)")
	must(b, err)
	db.SetMaxOpenConns(1)
	for _, statement := range growing {
		if _, err := db.Exec(statement, benchStart.Unix()); err != nil {
			b.Fatalf("%v in %s", err, statement)
		}
	}
	must(b, db.Close())
	store, err = sqlite.Open(context.Background(), path, sqlite.Options{})
	must(b, err)
	b.Cleanup(func() { must(b, store.Close()) })
	return store
}

const upTo = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d - 1) `

var growing = []string{
	`BEGIN`,
	fmt.Sprintf(upTo+`INSERT INTO queue SELECT i + 1, 'queue ' || i FROM n`, 10),
	fmt.Sprintf(upTo+`INSERT INTO category SELECT i + 1, 'category ' || i FROM n`, 20),
	fmt.Sprintf(upTo+`INSERT INTO issue(id, uid, name, live) SELECT i + 1, 'issue-' || i, 'Issue ' || i, 1 FROM n`, 200),
	`INSERT INTO agent VALUES(1, '')`,
	`INSERT INTO source VALUES(1, '/recordings', 0)`,
	fmt.Sprintf(upTo+`INSERT INTO draw(id, number, drawn_at, seed, chosen_seed, filter, scope, wanted, frame_size, frame_digest, prev, digest)
		SELECT 'draw-' || i, i + 1, 0, '', 0, '{"from":"' || strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', ?1 + i * 604800, 'unixepoch') ||
		'","to":"' || strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', ?1 + (i + 1) * 604800, 'unixepoch') || '"}', 1, 4808, 9616, '', '', '' FROM n`, 104),
	fmt.Sprintf(upTo+`INSERT INTO call(id, uid, started_at, duration_ms, queue_id, category_id, agent_id, source_id, born, state, scope, draw, rank, heard_n)
		SELECT i + 1, 'call-' || i, ?1 + i * 62899200 / 1000000, 200000 + i * 7919 %% 400000, 1 + i * 31 %% 10, 1 + i * 17 %% 20, 1, 1, i * 104 / 1000000,
		iif(i %% 2, 'new', 'heard'), 1 - i %% 2, iif(i %% 2, '', 'draw-' || (i * 104 / 1000000)), iif(i %% 2, 0, 1 + i / 2), iif(i %% 2, 0, i + 1) FROM n`, 1_000_000),
	// The power makes the first issues common and the last rare.
	`INSERT INTO finding(call_id, issue_id, scope, started_at, queue_id, category_id, heard_n)
		SELECT id, CAST(pow(200, abs(id * 7919 % 1000003) / 1000003.0) AS INTEGER), 1, started_at, queue_id, category_id, heard_n FROM call WHERE state = 'heard'`,
	`INSERT OR IGNORE INTO finding(call_id, issue_id, scope, started_at, queue_id, category_id, heard_n)
		SELECT id, CAST(pow(200, abs(id * 104729 % 1000003) / 1000003.0) AS INTEGER), 1, started_at, queue_id, category_id, heard_n FROM call WHERE state = 'heard'`,
	`INSERT INTO moment(uid, finding_id, at_ms, counts) SELECT 'a-' || id, id, 1000, 1 FROM finding`,
	`INSERT INTO moment(uid, finding_id, at_ms, counts) SELECT 'b-' || id, id, 2000, 1 FROM finding WHERE id % 2`,
	`COMMIT`,
	`ANALYZE`,
}

// One operation counts a ranking of so many weeks in a library of 500,000 heard
// calls, or makes it with intervals, ranges and everything.
func BenchmarkRankingOf500000HeardCalls(b *testing.B) {
	ctx := context.Background()
	store := grown(b)
	d := desk.New(desk.Parts{Store: store})
	draws, err := store.Draws(ctx)
	must(b, err)
	for _, weeks := range []int{4, 52} {
		f := desk.Filter{From: benchStart.AddDate(0, 0, 7*(104-weeks)), To: benchStart.AddDate(0, 0, 7*104)}
		b.Run(fmt.Sprintf("counts of %d weeks", weeks), func(b *testing.B) {
			for b.Loop() {
				_, err := store.Counts(ctx, f, draws)
				must(b, err)
			}
		})
		b.Run(fmt.Sprintf("all of %d weeks", weeks), func(b *testing.B) {
			for b.Loop() {
				_, err := d.Rank(ctx, f)
				must(b, err)
			}
		})
	}
}
