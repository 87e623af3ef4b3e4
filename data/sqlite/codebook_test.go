package sqlite_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/ranking"
)

// issueOf is an issue's place in a ranking, by its name; zero when it has none.
func issueOf(t *testing.T, f *fixture, name string) ranking.Ranked {
	t.Helper()
	for _, i := range ranked(t, f, desk.Filter{}).Issues {
		if i.Name == name {
			return i
		}
	}
	return ranking.Ranked{}
}

func idOf(t *testing.T, f *fixture, name string) string {
	t.Helper()
	e, err := f.Entry(context.Background(), name)
	must(t, err)
	return e.ID
}

// named hears a draw of 60 calls: "Address" is named on the first and in the
// first ten, "Move" is named on the 21st and in five from there on, of which
// none holds "Address".
func named(t *testing.T) (*fixture, desk.Draw) {
	t.Helper()
	f := newFixture(t, 70)
	d := draw(t, f, desk.DrawRequest{N: 60})
	for i, c := range d.Calls {
		if i < 10 {
			f.tag(t, c.UID, "Address", time.Second)
		}
		if i >= 20 && i < 25 {
			f.tag(t, c.UID, "Move", time.Second)
		}
		must(t, f.Hear(context.Background(), c.UID, 1))
	}
	return f, d
}

// Calls 22 to 60 were heard when both had names; the call in which the second
// was named is in neither part. Four of those 39 hold "Move" and none "Address".
// Divided by the 59 calls since the first naming, the share would be of a time
// in which nobody listened for half of it.
func TestAMergedIssueCountsSinceAllOfItHadAName(t *testing.T) {
	ctx := context.Background()
	for _, names := range [][2]string{{"Address", "Move"}, {"Move", "Address"}} {
		f, _ := named(t)
		must(t, f.Merge(ctx, idOf(t, f, names[0]), idOf(t, f, names[1])))
		got := issueOf(t, f, names[1])
		if got.Calls != 15 || got.Since.Calls != 4 || got.Since.Heard != 39 {
			t.Errorf("into %s: %d calls, since naming %+v, want 15 and 4 of 39", names[1], got.Calls, got.Since)
		}
		_, err := f.Undo(ctx)
		must(t, err)
		if got := issueOf(t, f, "Address"); got.Calls != 10 || got.Since.Calls != 9 || got.Since.Heard != 59 {
			t.Errorf("after undo %d calls, since naming %+v, want 10 and 9 of 59", got.Calls, got.Since)
		}
		f.checkClean(t)
	}
}

// The parts of what was named on the first call go back to that call.
func TestAPartCountsSinceWhatWasSplitHadItsName(t *testing.T) {
	ctx := context.Background()
	f, _ := named(t)
	whole := idOf(t, f, "Address")
	parts, err := f.Split(ctx, whole, []string{"Bill to old address", "Parcel to old address"})
	must(t, err)
	n := 0
	for heard, err := range f.Moments(ctx, desk.Filter{}, whole) {
		must(t, err)
		must(t, f.Deal(ctx, heard.Moment.ID, parts[n%2].ID))
		n++
	}
	sum := ranking.Since{}
	for _, part := range parts {
		got := issueOf(t, f, part.Name)
		if got.Calls != 5 || got.ToLookAt != 0 {
			t.Errorf("%s: %+v", part.Name, got)
		}
		sum.Calls, sum.Heard = sum.Calls+got.Since.Calls, sum.Heard+got.Since.Heard
	}
	// One part holds the call of the naming and leaves it out of both numbers.
	if sum.Calls != 9 || sum.Heard != 59+60 {
		t.Errorf("since naming %+v, want 9 of 119 in all", sum)
	}
	if got := issueOf(t, f, "Address"); got.ID != "" {
		t.Errorf("what was split is still ranked: %+v", got)
	}
	f.checkClean(t)
}

// Twenty calls were heard before "Move" was named. Hearing one of them again
// takes it from the queue and to the calls since the naming.
func TestACallHeardAgainCountsSinceNaming(t *testing.T) {
	ctx := context.Background()
	f, d := named(t)
	move := idOf(t, f, "Move")
	then, err := f.HeardBefore(ctx, move, 3)
	must(t, err)
	if then.Total != 20 || len(then.Calls) != 3 {
		t.Fatalf("%d to hear again, want 20: %+v", then.Total, then.Calls)
	}
	again, err := f.HeardBefore(ctx, move, 60)
	must(t, err)
	if again.Calls[0].UID != then.Calls[0].UID || again.Calls[0].UID == d.Calls[0].UID && again.Calls[1].UID == d.Calls[1].UID {
		t.Errorf("the order is not fixed, or not random: %v", again.Calls[:2])
	}
	before := issueOf(t, f, "Move").Since
	f.tag(t, then.Calls[0].UID, "Move", time.Second)
	must(t, f.Hear(ctx, then.Calls[0].UID, 1))
	after := issueOf(t, f, "Move").Since
	if before.Heard != 39 || after.Heard != 40 || after.Calls != before.Calls+1 {
		t.Errorf("since naming %+v, then %+v", before, after)
	}
	if left, err := f.HeardBefore(ctx, move, 0); err != nil || left.Total != 19 {
		t.Errorf("%d left, %v", left.Total, err)
	}
	_, err = f.Undo(ctx)
	must(t, err)
	if left, err := f.HeardBefore(ctx, move, 0); err != nil || left.Total != 20 {
		t.Errorf("%d left after undo, %v", left.Total, err)
	}
	f.checkClean(t)
}

// Two people merge in a ring and split what the other merged, without having
// seen each other's acts. Whatever comes first to a library, all say the same.
func TestTwoPeopleContradictEachOther(t *testing.T) {
	ctx := context.Background()
	anna, ben := newAuthor(t, 1), newAuthor(t, 2)
	type said struct {
		by   journal.Author
		n    int64
		body journal.Body
	}
	acts := []said{
		{anna, 1, journal.IssueNamed{Issue: "a", Name: "A"}},
		{anna, 2, journal.IssueNamed{Issue: "b", Name: "B"}},
		{anna, 3, journal.MomentAdded{Moment: "m", Call: "call-000", Issue: "a", At: 1}},
		{ben, 3, journal.MomentAdded{Moment: "k", Call: "call-001", Issue: "b", At: 1}},
		{anna, 4, journal.IssueMerged{Issue: "a", Into: "b"}},
		{ben, 5, journal.IssueMerged{Issue: "b", Into: "a"}},
		{ben, 6, journal.IssueSplit{Issue: "a", Parts: []journal.Part{{Issue: "p", Name: "P"}, {Issue: "q", Name: "Q"}}}},
		{ben, 7, journal.MomentAdded{Moment: "l", Call: "call-002", Issue: "a", At: 1}},
	}
	var events []journal.Signed
	for i, act := range acts {
		e, err := act.by.Sign(fmt.Sprintf("e%d", i), act.n, time.UnixMilli(1), act.body)
		must(t, err)
		events = append(events, e)
	}
	for _, order := range [][]int{{0, 1, 2, 3, 4, 5, 6, 7}, {7, 6, 5, 4, 3, 2, 1, 0}, {5, 0, 7, 2, 4, 6, 1, 3}} {
		f := newFixture(t, 3)
		must(t, f.store.Write(ctx, func(tx desk.Tx) error {
			for _, i := range order {
				if err := tx.Append(ctx, events[i], events[i].ID); err != nil {
					return err
				}
			}
			return nil
		}))
		entries, err := f.Codebook(ctx)
		must(t, err)
		a, _ := codebook.Find(entries, "a")
		b, _ := codebook.Find(entries, "b")
		if a.State != codebook.Merged || a.Into != "b" || len(a.Parts) != 0 || b.State != codebook.Open || b.Calls != 3 {
			t.Errorf("in order %v: %+v, %+v", order, a, b)
		}
		f.checkClean(t)
	}
}

// Who tags a retired issue by its name wants it back; undo takes both.
func TestTaggingARetiredIssueRevivesIt(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 2)
	f.tag(t, "call-000", "Late bill", time.Second)
	id := idOf(t, f, "Late bill")
	must(t, f.Retire(ctx, id))
	if before, elsewhere, err := f.IssuesOf(ctx, state(t, f, "call-001")); err != nil || len(before)+len(elsewhere) != 0 {
		t.Errorf("a retired issue is offered: %v %v %v", before, elsewhere, err)
	}
	if m := f.tag(t, "call-001", "late bill", time.Second); m.IssueID != id {
		t.Errorf("tagged %+v", m)
	}
	if e, err := f.Entry(ctx, id); err != nil || e.State != codebook.Open || e.Calls != 2 {
		t.Errorf("%+v, %v", e, err)
	}
	_, err := f.Undo(ctx)
	must(t, err)
	if e, err := f.Entry(ctx, id); err != nil || e.State != codebook.Retired || e.Calls != 1 {
		t.Errorf("after undo %+v, %v", e, err)
	}
	f.checkClean(t)
}

// One operation merges an issue with 100,000 moments in as many calls into one
// that half of those calls hold too, and undoes that.
func BenchmarkMergeOf100000Moments(b *testing.B) {
	ctx := context.Background()
	store := openLibrary(b, b.TempDir()+"/library.earshot")
	d := desk.New(desk.Parts{Store: store, Author: newAuthor(b, 1), Clock: &clock{time.UnixMilli(0)}, IDs: &ids{}})
	fillForMerge(b, store)
	for b.Loop() {
		from, err := d.Entry(ctx, "From")
		must(b, err)
		into, err := d.Entry(ctx, "Into")
		must(b, err)
		start := time.Now()
		must(b, d.Merge(ctx, from.ID, into.ID))
		b.ReportMetric(float64(time.Since(start).Milliseconds()), "ms/merge")
		start = time.Now()
		_, err = d.Undo(ctx)
		must(b, err)
		b.ReportMetric(float64(time.Since(start).Milliseconds()), "ms/undo")
	}
}

// fillForMerge tags 100,000 calls by events, in transactions of a thousand.
func fillForMerge(b *testing.B, store *sqlite.Store) {
	ctx, author, n := context.Background(), newAuthor(b, 1), int64(0)
	var batch []journal.Body
	tell := func(most int) {
		if len(batch) <= most {
			return
		}
		must(b, store.Write(ctx, func(tx desk.Tx) error {
			for _, body := range batch {
				n++
				id := fmt.Sprintf("event-%d", n)
				e, err := author.Sign(id, n, time.UnixMilli(n), body)
				must(b, err)
				if err := tx.Append(ctx, e, id); err != nil {
					return err
				}
			}
			return nil
		}))
		batch = nil
	}
	batch = append(batch, journal.IssueNamed{Issue: "from", Name: "From"}, journal.IssueNamed{Issue: "into", Name: "Into"})
	for first := 0; first < 100_000; first += 1000 {
		_, err := store.AddFound(ctx, entries(first, first+1000))
		must(b, err)
	}
	for i := range 100_000 {
		uid := fmt.Sprintf("call-%03d", i)
		batch = append(batch, journal.MomentAdded{Moment: fmt.Sprintf("m-%d", i), Call: uid, Issue: "from", At: 1})
		if i%2 == 0 {
			batch = append(batch, journal.MomentAdded{Moment: fmt.Sprintf("k-%d", i), Call: uid, Issue: "into", At: 2})
		}
		tell(1000)
	}
	tell(0)
}
