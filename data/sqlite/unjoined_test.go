package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// alone are rows of a table that no recording has: one began before
// 2 November 2026, one on that day, one does not tell when, and of two more nothing
// is told.
func alone() []desk.Found {
	row := func(line int, said ...string) desk.Found {
		f := desk.Found{Line: line, Problem: review.Fail("metadata-no-recording", nil), Alone: true}
		for i := 0; i < len(said); i += 2 {
			f.Said = append(f.Said, review.Field{Name: said[i], Value: review.Hide(said[i+1])})
		}
		return f
	}
	return []desk.Found{
		row(2, "call", "Qxid-old", "start", "2026-11-01T23:59:59Z", "agent", "Qxagent-old", "customer", "Qxparty-old", "file", "Qxfile-old.wav"),
		row(3, "call", "Qxid-young", "start", "2026-11-02T00:10:00Z", "agent", "Qxagent-young", "customer", "Qxparty-young", "file", "Qxfile-young.wav"),
		row(4, "call", "Qxid-undated", "agent", "Qxagent-undated", "customer", "Qxparty-undated", "file", "Qxfile-undated.wav"),
		row(5), row(6),
	}
}

// onlyRows is a source with a table and no recording.
type onlyRows struct{ none }

func (onlyRows) Walk(_ context.Context, _ desk.ImportRequest, yield func(desk.Found) error) error {
	for _, f := range alone() {
		if err := yield(f); err != nil {
			return err
		}
	}
	return nil
}

// onRows is the library's desk at an instant, with that table to import.
func (f *fixture) onRows(t *testing.T, now time.Time) *desk.Desk {
	return desk.New(desk.Parts{Store: f.store, Source: onlyRows{}, Author: newAuthor(t, 1), Clock: &clock{now}, IDs: &ids{n: 1000}})
}

// Rows that did not join tell names and numbers as calls do, and no call of their
// source may ever be old. What they tell goes when its time is over, out of backups
// too, and does not come back by the next look; that they did not join stays.
func TestRowsWithoutARecordingAreKeptNoLongerThanCalls(t *testing.T) {
	for part, goes := range map[desk.Part]bool{desk.PartCalls: true, desk.PartNames: true, desk.PartPaths: true, desk.PartWords: false} {
		t.Run(string(part), func(t *testing.T) {
			f, ctx := newFixture(t, 0), t.Context()
			take := func(now time.Time) {
				_, err := f.onRows(t, now).Import(ctx, desk.ImportRequest{Paths: []string{"/recordings"}, Metadata: "calls.csv"}, nil)
				must(t, err)
			}
			take(time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC))
			f.tellsRows(t, true)
			_, _, err := sqlite.MakeBackup(ctx, f.path, sqlite.Asked, time.Now())
			must(t, err)
			later := time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC)
			d := f.onRows(t, later)
			must(t, d.SetRetention(ctx, part, 30))
			done, err := d.Retain(ctx, nil)
			if err != nil || done.Traces {
				t.Errorf("%+v, %v", done, err)
			}
			f.tellsRows(t, !goes)
			take(later)
			f.tellsRows(t, !goes)
			f.checkClean(t)
		})
	}
}

// A table may have more rows than one act trims, with young ones between: none that
// is old is passed over, and no young one goes.
func TestOldRowsGoHoweverManyThereAre(t *testing.T) {
	f, ctx := newFixture(t, 0), t.Context()
	young := func(line int) bool { return line > 20_001 && line <= 41_000 }
	var batch []desk.Unjoined
	for line := 1; line <= 45_000; line++ {
		start := "2026-11-01T00:00:00Z"
		if young(line) {
			start = "2026-11-03T00:00:00Z"
		}
		batch = append(batch, desk.Unjoined{Root: "/recordings", Line: line, Name: "calls.csv", Said: []review.Field{{Name: "start", Value: review.Hide(start)}}})
	}
	must(t, f.store.AddUnjoined(ctx, 1, batch))
	d := f.at(t, time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC))
	must(t, d.SetRetention(ctx, desk.PartNames, 30))
	_, err := d.Retain(ctx, nil)
	must(t, err)
	for u, err := range f.Unjoined(ctx, "", desk.BothSides) {
		must(t, err)
		if (len(u.Said) > 0) != young(u.Line) {
			t.Fatalf("line %d tells %d fields", u.Line, len(u.Said))
		}
	}
}

// tellsRows wants the young row to be told of, and the others if old is true, in
// the library's files, and all five to be listed.
func (f *fixture) tellsRows(t *testing.T, old bool) {
	t.Helper()
	for row, want := range map[string]bool{"old": old, "young": true, "undated": old} {
		for _, tell := range []string{"Qxid-", "Qxagent-", "Qxparty-", "Qxfile-"} {
			if files := holding(t, filepath.Dir(f.path), tell+row); want != (len(files) > 0) {
				t.Errorf("%s%s is in %v", tell, row, files)
			}
		}
	}
	line := 2
	for u, err := range f.Unjoined(t.Context(), "", desk.BothSides) {
		if err != nil || u.Line != line || u.Reason != "metadata-no-recording" {
			t.Errorf("line %d: %+v, %v", line, u, err)
		}
		line++
	}
	if n, err := f.UnjoinedCounts(t.Context()); err != nil || len(n) != 1 || n[0].Rows != 5 || line != 7 {
		t.Errorf("counted %+v, %v; listed until line %d", n, err, line-1)
	}
}
