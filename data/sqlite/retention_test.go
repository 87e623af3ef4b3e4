package sqlite_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review/desk"
)

// Calls of a session that is still open are left, with those that are one contact
// with them, and do not keep the rest from being forgotten; once it is closed they
// go too.
func TestRetentionPassesOverCallsOfAnOpenSession(t *testing.T) {
	f, ctx := newPerson(t, 1, entries(0, 3)...), t.Context()
	drawn, err := f.Draw(ctx, desk.DrawRequest{N: 3}, nil)
	must(t, err)
	f.add(t, entries(3, 250)...)
	shared, err := f.HostSession(ctx, desk.HostRequest{Draw: drawn.ID, As: "Host"}, nil)
	must(t, err)
	f.merge(t, "call-007", drawn.Calls[0].UID)
	d := f.at(t, time.Date(2027, 12, 2, 8, 0, 0, 0, time.UTC))
	must(t, d.SetRetention(ctx, desk.PartCalls, 30))
	must(t, d.SetRetention(ctx, desk.PartNames, 30))
	done, err := d.Retain(ctx, nil)
	must(t, err)
	want := desk.Retained{
		Forgot: map[desk.Part]int{desk.PartCalls: 246, desk.PartNames: 1}, // the part is in no session by itself
		Left:   []string{"call-000", "call-001", "call-002", "call-007"},
	}
	if diff := cmp.Diff(want, done); diff != "" {
		t.Errorf("with the session open (-want +got):\n%s", diff)
	}
	must(t, f.CloseSession(ctx, shared.ID))
	done, err = d.Retain(ctx, nil)
	must(t, err)
	if diff := cmp.Diff(desk.Retained{Forgot: map[desk.Part]int{desk.PartCalls: 4}}, done); diff != "" {
		t.Errorf("once it is closed (-want +got):\n%s", diff)
	}
	f.checkClean(t)
}

// A library may be closed at any point of a purge: it ends, and whoever opens the
// library next finds that it is to be purged and leaves nothing of what was
// forgotten.
func TestAPurgeThatClosingBreaksOffGoesOnAtTheNextStart(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	f, ctx := newFixture(t, 0), t.Context()
	for from := 0; from < 20_000; from += 5000 {
		f.add(t, entries(from, from+5000)...)
	}
	path := f.path
	_, _, err := sqlite.MakeBackup(ctx, path, sqlite.Asked, time.Now())
	must(t, err)
	broken := 0
	for i := range 8 {
		store, err := sqlite.Open(ctx, path, sqlite.Options{})
		must(t, err)
		d := desk.New(desk.Parts{Store: store, Author: newAuthor(t, 1), Clock: &clock{time.Now()}, IDs: &idsOf{by: fmt.Sprint("round-", i)}})
		began, ended := make(chan struct{}), make(chan desk.ForgottenCalls, 1)
		uid := fmt.Sprintf("call-%03d", 100+i)
		go func() {
			out, err := d.Forget(ctx, []string{uid}, func(int) { close(began) })
			if err != nil {
				t.Errorf("forgetting, closed meanwhile: %v", err)
			}
			ended <- out
		}()
		<-began
		time.Sleep(time.Duration(random.IntN(300)) * time.Millisecond) // anywhere in it
		must(t, store.Close())
		out := <-ended
		again, err := sqlite.Open(ctx, path, sqlite.Options{})
		must(t, err)
		left, _, err := again.Purging(ctx)
		must(t, err)
		if left {
			broken++
		}
		if out.Traces != left {
			t.Errorf("traces are left: %v; to be purged: %v", out.Traces, left)
		}
		finished := desk.New(desk.Parts{Store: again, Author: newAuthor(t, 1), Clock: &clock{time.Now()}, IDs: &ids{}})
		if done, err := finished.FinishForgetting(ctx); err != nil || !done {
			t.Errorf("the next start: %v, %v", done, err)
		}
		must(t, again.Close())
		if files := holding(t, filepath.Dir(path), `"`+uid+`"`); len(files) > 0 {
			t.Errorf("%s is still in %v", uid, files)
		}
	}
	t.Logf("%d of 8 purges were broken off", broken)
}

// What is settled while old calls are forgotten is neither lost nor done against:
// nothing more goes by the old rule, and what the new one asks for does.
func TestARuleThatIsSettledDuringARunIsKeptTo(t *testing.T) {
	f, ctx := newFixture(t, 150), t.Context()
	d := f.at(t, time.Date(2027, 12, 2, 8, 0, 0, 0, time.UTC))
	must(t, d.SetRetention(ctx, desk.PartCalls, 30))
	done, err := d.Retain(ctx, func(done int) {
		if done == 100 {
			must(t, d.SetRetention(ctx, desk.PartCalls, 0))
			must(t, d.SetRetention(ctx, desk.PartNames, 60))
		}
	})
	must(t, err)
	want := desk.Retained{Forgot: map[desk.Part]int{desk.PartCalls: 100, desk.PartNames: 50}}
	if diff := cmp.Diff(want, done); diff != "" {
		t.Errorf("forgot (-want +got):\n%s", diff)
	}
	settled, err := d.Retention(ctx)
	must(t, err)
	if diff := cmp.Diff(map[desk.Part]int{desk.PartCalls: 0, desk.PartNames: 60}, settled.Days); diff != "" || settled.Last.IsZero() {
		t.Errorf("settled since %v (-want +got):\n%s", settled.Last, diff)
	}
}

// A rule that was settled at the end of a run is looked at the same day.
func TestARuleThatEndsARunIsDue(t *testing.T) {
	f, ctx := newFixture(t, 1), t.Context()
	old := desk.Retention{Days: map[desk.Part]int{desk.PartCalls: 30}, Last: time.Now()}
	must(t, f.SetRetention(ctx, desk.PartCalls, 10))
	settled, err := f.store.SaveRetained(ctx, old)
	must(t, err)
	if due, err := f.RetentionDue(ctx); err != nil || !due || settled {
		t.Errorf("due: %v, %v; settled: %v", due, err, settled)
	}
}

// Whoever forgets a call while older ones are forgotten breaks nothing off.
func TestARunPassesOverWhatIsForgottenMeanwhile(t *testing.T) {
	for _, part := range []desk.Part{desk.PartCalls, desk.PartNames} {
		f, ctx := newFixture(t, 150), t.Context()
		d := f.at(t, time.Date(2027, 12, 2, 8, 0, 0, 0, time.UTC))
		must(t, d.SetRetention(ctx, part, 30))
		done, err := d.Retain(ctx, func(done int) {
			if done == 100 {
				_, err := d.Forget(ctx, []string{entry(120).UID}, nil)
				must(t, err)
			}
		})
		must(t, err)
		if diff := cmp.Diff(desk.Retained{Forgot: map[desk.Part]int{part: 149}}, done); diff != "" {
			t.Errorf("%s (-want +got):\n%s", part, diff)
		}
	}
}
