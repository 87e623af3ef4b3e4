package sqlite_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

// merge appends the event that an import makes of two calls of one contact.
func (f *fixture) merge(t testing.TB, from, into string) {
	t.Helper()
	must(t, f.store.Write(context.Background(), func(tx desk.Tx) error {
		n, err := tx.NextN(context.Background())
		must(t, err)
		e, err := newAuthor(t, 1).Sign("merge-"+from, n, time.UnixMilli(0), journal.CallMerged{From: from, Into: into})
		must(t, err)
		return tx.Append(context.Background(), e, e.ID)
	}))
}

// What was said of either call is said of the one that stays; a draw that holds
// both has one call fewer to hear, and still draws the same.
func TestADrawThatHoldsAContactTwiceCountsItOnce(t *testing.T) {
	ctx, f := context.Background(), newFixture(t, 6)
	d, err := f.Draw(ctx, desk.DrawRequest{N: 4, Seed: "7"}, nil)
	must(t, err)
	first, second := d.Calls[0].UID, d.Calls[1].UID
	f.tag(t, second, "Late bill", 5*time.Second)
	must(t, f.Hear(ctx, second, 1))
	f.merge(t, second, first)

	call, err := f.store.Call(ctx, first)
	must(t, err)
	moments, err := f.store.Moments(ctx, first)
	must(t, err)
	if call.State != review.Heard || call.Scope != review.Everywhere || call.Rank != 1 || len(moments) != 1 {
		t.Errorf("the contact: %+v, moments %+v", call, moments)
	}
	draws, err := f.store.Draws(ctx)
	must(t, err)
	if draws[0].Size != 3 || draws[0].Done != 1 {
		t.Errorf("of the draw %d of %d calls are done", draws[0].Done, draws[0].Size)
	}
	ranked, err := f.Rank(ctx, desk.Filter{})
	must(t, err)
	if ranked.Counts.Heard != 1 || len(ranked.Issues) != 1 || ranked.Issues[0].Calls != 1 {
		t.Errorf("ranked %+v", ranked)
	}
	for _, uid := range []string{d.Calls[2].UID, d.Calls[3].UID} {
		must(t, f.Hear(ctx, uid, 1))
	}
	if draws, err = f.store.Draws(ctx); err != nil || draws[0].Done != draws[0].Size {
		t.Errorf("heard to the end, %d of %d are done, %v", draws[0].Done, draws[0].Size, err)
	}
	f.checkClean(t) // the draw comes out of its old frame as it did
}

// A part of a call is in no list, no count and no frame from then on.
func TestAPartOfACallIsInNoList(t *testing.T) {
	ctx, f := context.Background(), newFixture(t, 6)
	f.merge(t, "call-003", "call-001")
	f.merge(t, "call-005", "call-003")
	want := []string{"call-004", "call-002", "call-001", "call-000"}
	page, err := f.store.CallPage(ctx, desk.CallFilter{}, desk.ListPlace{}, 10)
	must(t, err)
	var listed []string
	for _, call := range page {
		listed = append(listed, call.UID)
	}
	hours, err := f.store.CallHours(ctx, desk.CallFilter{})
	must(t, err)
	missing, err := f.store.CallHours(ctx, desk.CallFilter{State: review.Missing})
	must(t, err)
	states, err := f.store.StateCounts(ctx)
	must(t, err)
	size, err := f.store.Size(ctx)
	must(t, err)
	if !slices.Equal(listed, want) || len(hours) != 4 || len(missing) != 0 || states[review.New] != 4 || states[review.Missing] != 0 || size != 4 {
		t.Errorf("listed %v, in %d hours, %d missing, states %v, %d in all", listed, len(hours), len(missing), states, size)
	}
	d, err := f.Draw(ctx, desk.DrawRequest{N: 6, Seed: "1"}, nil)
	must(t, err)
	if d.Frame.Size != 4 || d.Size != 4 {
		t.Errorf("drew %d of a frame of %d", d.Size, d.Frame.Size)
	}
	recordings, err := f.store.Recordings(ctx, "call-001")
	must(t, err)
	call, err := f.store.Call(ctx, "call-001")
	must(t, err)
	if len(recordings) != 3 || call.Duration != 6*time.Minute {
		t.Errorf("%d recordings, %v", len(recordings), call.Duration)
	}
	// A file of a part that comes later is one of the contact.
	late := entry(3)
	late.Name, late.Meta.CallID = "late.wav", "call-003"
	if added := f.add(t, late); added[0].UID != "call-001" || added[0].NewCall {
		t.Errorf("the late file: %+v", added[0])
	}
	f.checkClean(t)
}
