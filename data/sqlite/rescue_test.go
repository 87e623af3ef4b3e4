package sqlite_test

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// told makes a library with something in most tables: calls, draws, moments with
// words, and a codebook that was merged.
func told(t *testing.T, path string) {
	t.Helper()
	ctx := context.Background()
	looked(t, path, func(f *fixture) {
		f.add(t, entries(0, 400)...)
		for range 3 {
			d := draw(t, f, desk.DrawRequest{N: 40})
			for i, call := range d.Calls {
				if i%2 == 0 {
					req := desk.TagRequest{Call: call.UID, Issue: fmt.Sprint("Issue ", i%7), At: time.Duration(i) * time.Second, Words: strings.Repeat("it came in May ", 1+i*7)}
					_, err := f.Tag(ctx, req)
					must(t, err)
				}
				must(t, f.Hear(ctx, call.UID, 0.9))
			}
		}
		must(t, f.Merge(ctx, idOf(t, f, "Issue 2"), idOf(t, f, "Issue 4")))
		must(t, f.Merge(ctx, idOf(t, f, "Issue 6"), idOf(t, f, "Issue 4")))
		_, err := f.Undo(ctx)
		must(t, err)
		_, err = f.Forget(ctx, []string{"call-007", "call-008"}, nil)
		must(t, err)
	})
}

// rescued rescues a broken library and checks the new one as "earshotctl check"
// does.
func rescued(t *testing.T, broken string) (string, sqlite.Rescued) {
	t.Helper()
	to := filepath.Join(t.TempDir(), "rescued.earshot")
	out, err := sqlite.Rescue(context.Background(), broken, to, nil)
	must(t, err)
	looked(t, to, func(f *fixture) {
		c, err := f.Check(context.Background())
		must(t, err)
		if c.Integrity != "ok" || len(c.Differ) > 0 || c.Unsigned > 0 {
			t.Fatalf("the rescued library: %+v", c)
		}
	})
	return to, out
}

// rowsOf are the rows of a table, without what the journal tells of calls, and
// without the events' own numbers.
func rowsOf(t *testing.T, db *sql.DB, table string) map[string]bool {
	t.Helper()
	columns := map[string]string{
		"call":  "id, uid, started_at, duration_ms, queue_id, category_id, agent_id, customer, direction, source_id, born, missing",
		"event": "id, type, author, n, act, active, hex(bytes), hex(signature)", "finding": "call_id, issue_id, scope, started_at", "issue": "uid, name, key, live",
		"moment": "uid, at_ms, words, counts", "event_subject": "subject",
	}[table]
	if columns == "" {
		columns = "*"
	}
	rows, err := db.Query(`SELECT ` + columns + ` FROM ` + table)
	must(t, err)
	defer rows.Close()
	names, err := rows.Columns()
	must(t, err)
	all := map[string]bool{}
	for rows.Next() {
		values := make([]any, len(names))
		for i := range values {
			values[i] = new(any)
		}
		must(t, rows.Scan(values...))
		var line strings.Builder
		for _, v := range values {
			fmt.Fprint(&line, *v.(*any), "|")
		}
		all[line.String()] = true
	}
	must(t, rows.Err())
	return all
}

var kept = []string{
	"library", "queue", "category", "agent", "source", "call", "recording", "event", "author",
	"moment", "draw", "draw_call", "finding", "issue", "call_hour WHERE calls > 0", "event_undoes",
}

func TestAWholeLibraryIsRescuedWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "library.earshot")
	told(t, path)
	to, out := rescued(t, path)
	if len(out.Lost) > 0 || out.Calls != 400 {
		t.Errorf("of a whole library: %+v", out)
	}
	for _, table := range kept {
		want, got := rowsOf(t, raw(t, path), table), rowsOf(t, raw(t, to), table)
		for row := range want {
			if !got[row] {
				t.Errorf("%s lacks %.200s", table, row)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s has %d rows, want %d", table, len(got), len(want))
		}
	}
	if _, err := sqlite.Rescue(context.Background(), path, to, nil); review.CodeOf(err) != sqlite.LibraryThere {
		t.Errorf("onto a library that is there: %v", err)
	}
}

// A library whose first pages are gone, with them the header, the version, the
// schema and where each table begins, is known by what its rows look like. The
// key of its author comes from elsewhere.
func TestALibraryWithoutItsHeaderIsRescued(t *testing.T) {
	path := filepath.Join(t.TempDir(), "library.earshot")
	told(t, path)
	whole, err := os.ReadFile(path)
	must(t, err)
	broken := filepath.Join(t.TempDir(), "broken.earshot")
	must(t, os.WriteFile(broken, append(make([]byte, 4096), whole[4096:]...), 0o600))
	to := filepath.Join(t.TempDir(), "rescued.earshot")
	_, err = sqlite.Rescue(context.Background(), broken, to, []ed25519.PublicKey{newAuthor(t, 1).Public()})
	must(t, err)
	for _, table := range []string{"call", "recording", "event"} {
		want, got := rowsOf(t, raw(t, path), table), rowsOf(t, raw(t, to), table)
		if len(got) != len(want) {
			t.Errorf("%s has %d rows, want %d", table, len(got), len(want))
		}
	}
}

// What lies only in the log, as after a crash, is rescued with the rest.
func TestALogIsRescuedToo(t *testing.T) {
	f := newFixture(t, 3)
	f.tag(t, "call-001", "Late bill", time.Second)
	broken := filepath.Join(t.TempDir(), "broken.earshot")
	for _, suffix := range []string{"", "-wal"} {
		raw, err := os.ReadFile(f.path + suffix)
		must(t, err)
		must(t, os.WriteFile(broken+suffix, raw, 0o600))
	}
	to, out := rescued(t, broken)
	if len(out.Lost) > 0 || out.Calls != 3 || out.Events != 2 {
		t.Errorf("of a library with a log: %+v", out)
	}
	if got := rowsOf(t, raw(t, to), "moment"); len(got) != 1 {
		t.Errorf("the moments are %v", got)
	}
}

// An event of which a byte was changed is left out and named; all others stay.
func TestAChangedEventIsNotRescued(t *testing.T) {
	path := filepath.Join(t.TempDir(), "library.earshot")
	told(t, path)
	db := raw(t, path)
	var id string
	must(t, db.QueryRow(`UPDATE event SET bytes = CAST(replace(CAST(bytes AS TEXT), '"at_ms":12000', '"at_ms":12001') AS BLOB)
		WHERE seq = (SELECT seq FROM event WHERE CAST(bytes AS TEXT) LIKE '%"at_ms":12000%' AND length(signature) > 0 LIMIT 1) RETURNING id`).Scan(&id))
	before := len(rowsOf(t, db, "event"))
	to, out := rescued(t, path)
	if len(out.Lost) != 1 || out.Lost[0].What != sqlite.LostEvent || out.Lost[0].Detail != id {
		t.Errorf("%s was changed, and listed are %+v", id, out.Lost)
	}
	if got := len(rowsOf(t, raw(t, to), "event")); got != before-1 {
		t.Errorf("%d events of %d are there", got, before)
	}
}

// A call that is lost with its recording comes back with the next look at its
// folder, and with all that was said of it.
func TestWhatWasSaidWaitsForItsCall(t *testing.T) {
	path := filepath.Join(t.TempDir(), "library.earshot")
	looked(t, path, func(f *fixture) {
		f.add(t, entries(0, 3)...)
		f.tag(t, "call-001", "Late bill", time.Second)
	})
	_, err := raw(t, path).Exec(`PRAGMA foreign_keys = 0; DELETE FROM moment; DELETE FROM finding;
		DELETE FROM recording WHERE call_id = 2; DELETE FROM call WHERE uid = 'call-001'`)
	must(t, err)
	looked(t, path, func(f *fixture) {
		f.add(t, entry(1))
		f.checkClean(t)
		if v, err := f.View(context.Background(), "call-001"); err != nil || len(v.Moments) != 1 {
			t.Errorf("the call that is back has %+v, %v", v.Moments, err)
		}
	})
}
