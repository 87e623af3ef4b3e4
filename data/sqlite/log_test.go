package sqlite_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// Who changes the file must be found out, also by making a row of their own; and
// forgetting a call takes its uid out of the log without breaking it.
func TestTheListeningLogTellsWhatWasChanged(t *testing.T) {
	f, ctx := newFixture(t, 3), t.Context()
	for i, heard := range []time.Duration{90 * time.Second, 1500 * time.Millisecond, time.Minute, 10 * time.Microsecond} {
		must(t, f.Listened(ctx, entry(i%2).UID, heard))
	}
	if err := f.Listened(ctx, "nobody", time.Second); review.CodeOf(err) != review.NoCall {
		t.Errorf("a call that is not there: %v", err)
	}
	v, err := f.VerifyLog(ctx)
	must(t, err)
	if v.Rows != 3 || len(v.Broken) != 0 || len(v.Last) != 64 {
		t.Fatalf("verdict: %+v", v)
	}
	db := raw(t, f.path)
	if _, err := db.Exec(`UPDATE listening SET heard_ms = 1 WHERE n = 2`); err == nil {
		t.Error("a row can be changed")
	}
	if _, err := db.Exec(`DELETE FROM listening WHERE n = 2`); err == nil {
		t.Error("a row can be deleted")
	}
	_, err = f.Forget(ctx, []string{entry(0).UID}, nil)
	must(t, err)
	after, err := f.VerifyLog(ctx)
	must(t, err)
	if diff := cmp.Diff(v, after); diff != "" {
		t.Errorf("after forgetting (-before +after):\n%s", diff)
	}
	log, err := f.Log(ctx)
	must(t, err)
	if len(log) != 3 || !review.Forgotten(log[0].Call) || log[0].Call != log[2].Call || log[1].Call != entry(1).UID {
		t.Errorf("log: %+v", log)
	}
}

// The triggers keep honest programs from it; whoever takes them away is found
// out all the same.
func TestAChangedListeningLogIsFoundOut(t *testing.T) {
	for _, change := range []string{
		`UPDATE listening SET heard_ms = 1 WHERE n = 2`, `UPDATE listening SET author = 'me' WHERE n = 1`,
		`DELETE FROM listening WHERE n = 2`, `UPDATE listening_call SET uid = 'call-002' WHERE uid = 'call-001'`,
	} {
		f, ctx := newFixture(t, 3), t.Context()
		for i := range 3 {
			must(t, f.Listened(ctx, entry(i%2).UID, time.Second))
		}
		for _, statement := range []string{`DROP TRIGGER listening_unchanged`, `DROP TRIGGER listening_kept`, change} {
			_, err := raw(t, f.path).Exec(statement)
			must(t, err)
		}
		v, err := f.VerifyLog(ctx)
		must(t, err)
		if len(v.Broken) == 0 {
			t.Errorf("nobody found out about %s", change)
		}
	}
}

// What is shown is told with the reason, between what was heard.
func TestTheLogTellsWhatWasShown(t *testing.T) {
	f, ctx := newFixture(t, 1), t.Context()
	must(t, f.Listened(ctx, entry(0).UID, time.Second))
	_, err := f.Reveal(ctx, entry(0).UID, "complaint 17")
	must(t, err)
	must(t, f.RevealAll(ctx, []string{"agent", "file"}, "audit"))
	log, err := f.Log(ctx)
	must(t, err)
	var got [][4]string
	for _, l := range log {
		got = append(got, [4]string{l.Call, l.Shown, l.Reason, l.Heard.String()})
	}
	want := [][4]string{{"call-000", "", "", "1s"}, {"call-000", "parties", "complaint 17", "0s"}, {"", "agent, file", "audit", "0s"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("log (-want +got):\n%s", diff)
	}
}

// Calls of 2 November 2026, an hour apart, are kept for 30 days, looked at once
// a day.
func TestOldCallsAreForgottenOnceADay(t *testing.T) {
	f, ctx := newFixture(t, 5), t.Context()
	now := &clock{time.Date(2026, 12, 2, 10, 30, 0, 0, time.UTC)} // 30 days after 2 November, 10:30
	d := desk.New(desk.Parts{Store: f.store, Author: newAuthor(t, 1), Clock: now, IDs: &ids{n: 1000}})
	due := func(want bool) {
		t.Helper()
		if got, err := d.RetentionDue(ctx); err != nil || got != want {
			t.Errorf("due: %v, %v; want %v", got, err, want)
		}
	}
	due(false)
	if done, err := d.Retain(ctx, nil); err != nil || len(done.Forgot) != 0 {
		t.Errorf("nothing settled: %+v, %v", done, err)
	}
	if n, err := d.Older(ctx, desk.PartCalls, 30); err != nil || n != 3 { // of 8:00, 9:00 and 10:00
		t.Errorf("%d are older, %v; want 3", n, err)
	}
	for _, days := range []int{-1, 40_000} {
		if err := d.SetRetention(ctx, desk.PartCalls, days); review.CodeOf(err) != review.BadArgument {
			t.Errorf("%d days: %v", days, err)
		}
	}
	if err := d.SetRetention(ctx, "shares", 1); review.CodeOf(err) != review.BadArgument {
		t.Errorf("of shares: %v", err)
	}
	must(t, d.SetRetention(ctx, desk.PartCalls, 30))
	due(true)
	done, err := d.Retain(ctx, nil)
	must(t, err)
	if done.Forgot[desk.PartCalls] != 3 || done.Traces {
		t.Errorf("forgot %+v, want 3", done)
	}
	due(false)
	now.now = now.now.AddDate(0, 0, 1)
	due(true)
	if done, err := d.Retain(ctx, nil); err != nil || done.Forgot[desk.PartCalls] != 2 {
		t.Errorf("the day after: %+v, %v", done, err)
	}
	f.checkClean(t)
}
