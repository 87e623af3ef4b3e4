package sqlite_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/data/sqlite/grown"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

// A large frame is read by two readers, hours at a time. Verifying reads it as
// it was, call by call: both must come to the same frame and the same calls.
func TestALargeFrameIsReadWhole(t *testing.T) {
	const calls = 60_000
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "library.earshot")
	makeLibrary(t, path)
	must(t, grown.Calls(ctx, path, calls))
	// The last 52,000 begin in one hour, as after an import that guessed.
	db, err := sql.Open("sqlite", "file:"+path)
	must(t, err)
	_, err = db.Exec(`UPDATE call SET started_at = ? + id % 3600 WHERE id > 8000`, grown.Start.AddDate(1, 0, 0).Unix())
	must(t, err)
	must(t, db.Close())
	store, err := sqlite.Open(ctx, path, sqlite.Options{})
	must(t, err)
	defer func() { must(t, store.Close()) }()
	d := desk.New(desk.Parts{Store: store, Author: newAuthor(t, 1), Clock: &clock{grown.Start}, IDs: &ids{}})
	odd := grown.Start.Add(37*time.Hour + 11*time.Second)
	for _, f := range []sampling.Filter{{}, {From: odd}, {To: odd.AddDate(1, 0, 0)}, {Queue: "queue 3"}} {
		var read int64
		draw, err := d.Draw(ctx, desk.DrawRequest{N: 40, Filter: f}, func(n int64) { read = n })
		must(t, err)
		if f.From.IsZero() && f.To.IsZero() && f.Queue == "" && (draw.Frame.Size != calls || read < calls/2) {
			t.Errorf("a frame of %d calls, of which %d were told", draw.Frame.Size, read)
		}
		found, err := d.VerifyDraw(ctx, draw.ID)
		must(t, err)
		if len(found.Fails) > 0 {
			t.Errorf("%s does not hold: %+v", f, found)
		}
	}
	for _, by := range []sampling.Strata{sampling.ByQueue, sampling.ByCategory, sampling.ByWeek} {
		draw, err := d.Draw(ctx, desk.DrawRequest{N: 60, Strata: by}, nil)
		must(t, err)
		found, err := d.VerifyDraw(ctx, draw.ID)
		must(t, err)
		if len(found.Fails) > 0 || len(draw.Calls) != 60 {
			t.Errorf("by %s: %d calls; does not hold: %+v", by, len(draw.Calls), found)
		}
	}
	// Calls last 60 to 459 seconds, each length as often as any other.
	median, open, err := store.Median(ctx, sampling.Filter{})
	must(t, err)
	if median < 259*time.Second || median > 261*time.Second || open != calls-4*40-3*60 {
		t.Errorf("median of %v of %d calls, want about 260 s", median, open)
	}
}

func TestADrawFromALargeFrameCanBeStopped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "library.earshot")
	makeLibrary(t, path)
	must(t, grown.Calls(context.Background(), path, 60_000))
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	must(t, err)
	defer func() { must(t, store.Close()) }()
	d := desk.New(desk.Parts{Store: store, Author: newAuthor(t, 1), Clock: &clock{grown.Start}, IDs: &ids{}})
	ctx, stop := context.WithCancel(context.Background())
	_, err = d.Draw(ctx, desk.DrawRequest{N: 8}, func(int64) { stop() })
	if review.CodeOf(err) != review.Cancelled {
		t.Errorf("a draw that was stopped answers %v", err)
	}
	draws, err := d.Draws(context.Background())
	must(t, err)
	if len(draws) > 0 {
		t.Errorf("%d draws were kept", len(draws))
	}
}

// makeLibrary makes an empty library that nobody has open.
func makeLibrary(t *testing.T, path string) {
	t.Helper()
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	must(t, err)
	must(t, store.Close())
}

// The hours that a ranking counts by are those of the calls, whatever became of
// them: drawn, heard, undone, corrected.
func TestHoursAreThoseOfTheCalls(t *testing.T) {
	f := newFixture(t, 60)
	ctx := context.Background()
	d, err := f.Draw(ctx, desk.DrawRequest{N: 20}, nil)
	must(t, err)
	for _, c := range d.Calls[:12] {
		must(t, f.Hear(ctx, c.UID, 1))
	}
	_, err = f.Undo(ctx)
	must(t, err)
	moved := entries(0, 30)
	for i := range moved {
		moved[i].Meta.Start = moved[i].Meta.Start.Add(90 * time.Minute)
	}
	f.add(t, moved...)
	db, err := sql.Open("sqlite", "file:"+f.path)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	var wrong int
	must(t, db.QueryRow(`SELECT count(*) FROM (SELECT hour, calls, heard FROM call_hour WHERE calls > 0
		EXCEPT SELECT started_at / 3600, count(*), sum(state = 'heard' AND scope > 0) FROM call GROUP BY 1)`).Scan(&wrong))
	var heard, all int
	must(t, db.QueryRow(`SELECT sum(heard), sum(calls) FROM call_hour`).Scan(&heard, &all))
	if wrong > 0 || heard != 11 || all != 60 {
		t.Errorf("%d hours are wrong; %d calls, %d heard, want 60 and 11", wrong, all, heard)
	}
}
