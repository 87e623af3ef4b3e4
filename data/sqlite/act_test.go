package sqlite_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

func draw(t *testing.T, f *fixture, req desk.DrawRequest) desk.Draw {
	t.Helper()
	d, err := f.Draw(context.Background(), req, nil)
	must(t, err)
	return d
}

func state(t *testing.T, f *fixture, uid string) review.Call {
	t.Helper()
	v, err := f.View(context.Background(), uid)
	must(t, err)
	return v.Call
}

func counts(t *testing.T, f *fixture) ranking.Counts {
	t.Helper()
	draws, err := f.Draws(context.Background())
	must(t, err)
	c, err := f.store.Counts(context.Background(), desk.Filter{}, draws)
	must(t, err)
	return c
}

func TestOnlyWhatIsTaggedAfterTheDrawCounts(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 6)
	f.tag(t, "call-000", "Invoice goes to the old address", time.Second)
	must(t, f.Hear(ctx, "call-000", 1))
	if c := counts(t, f); c.Picked != 1 || c.Heard != 0 || len(c.Issues) != 0 {
		t.Fatalf("a call opened by hand enters the ranking: %+v", c)
	}
	draw(t, f, desk.DrawRequest{N: 6})
	if c := state(t, f, "call-000"); c.State != review.Drawn {
		t.Fatalf("a drawn call that was picked before is %q, not to be heard again", c.State)
	}
	must(t, f.Hear(ctx, "call-000", 1))
	if c := counts(t, f); c.Heard != 1 || len(c.Issues) != 0 {
		t.Fatalf("a moment from before the draw counts: %+v", c)
	}
	f.tag(t, "call-000", "invoice goes to the OLD address", 2*time.Second)
	c := counts(t, f)
	if len(c.Issues) != 1 || c.Issues[0].Calls != 1 || c.Picked != 0 {
		t.Fatalf("a moment from after the draw does not count once: %+v", c)
	}
	f.checkClean(t)
}

func TestTaggingAgainAddsAMomentNotACall(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 1)
	draw(t, f, desk.DrawRequest{N: 1})
	first := f.tag(t, "call-000", "Router resets nightly", time.Second)
	f.tag(t, "call-000", "Router resets nightly", 9*time.Second)
	must(t, f.Hear(ctx, "call-000", 1))
	if c := counts(t, f); len(c.Issues) != 1 || c.Issues[0].Calls != 1 {
		t.Fatalf("two moments count as %+v", c.Issues)
	}
	must(t, f.Untag(ctx, first.ID))
	if c := counts(t, f); len(c.Issues) != 1 {
		t.Fatal("removing one of two moments removes the issue from the call")
	}
	f.checkClean(t)
}

func TestUndoAndRedoAcrossAReopen(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 3)
	draw(t, f, desk.DrawRequest{N: 3})
	f.tag(t, "call-000", "Refund promised, not paid", time.Second)
	m := f.tag(t, "call-001", "Refund promised, not paid", time.Second)
	must(t, f.SetWords(ctx, m.ID, "They said Friday."))
	must(t, f.Hear(ctx, "call-001", 0.9))

	undo := func(want string) {
		t.Helper()
		step, err := f.Undo(ctx)
		must(t, err)
		if string(step.Type) != want {
			t.Fatalf("undo took %s, want %s", step.Type, want)
		}
	}
	undo("call.heard")
	if c := state(t, f, "call-001"); c.State != review.Drawn || c.Draw == "" {
		t.Fatalf("after undoing heard the call is %+v", c)
	}
	undo("words.changed")
	undo("moment.added")
	undo("moment.added")
	if issues, err := f.Issues(ctx); err != nil || len(issues) != 0 {
		t.Fatalf("the issue that the first tag named outlives its undo: %v %v", issues, err)
	}
	if _, err := f.Undo(ctx); review.CodeOf(err) != review.NothingUndo {
		t.Fatalf("a draw was undone: %v", err)
	}
	f.checkClean(t)

	other := openLibrary(t, f.path)
	again := &fixture{store: other, path: f.path, Desk: desk.New(desk.Parts{
		Store: other, Author: newAuthor(t, 1), Clock: &clock{time.Now()}, IDs: &ids{n: 1000},
	})}
	for range 4 {
		_, err := again.Redo(ctx)
		must(t, err)
	}
	if _, err := again.Redo(ctx); review.CodeOf(err) != review.NothingRedo {
		t.Fatalf("redo goes on: %v", err)
	}
	v, err := again.View(ctx, "call-001")
	must(t, err)
	if v.Call.State != review.Heard || len(v.Moments) != 1 || v.Moments[0].Words != "They said Friday." {
		t.Fatalf("redo did not bring everything back: %+v", v)
	}
	again.checkClean(t)
}

func TestRedoIsGoneAfterANewAct(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 2)
	f.tag(t, "call-000", "A", time.Second)
	_, err := f.Undo(ctx)
	must(t, err)
	f.tag(t, "call-001", "B", time.Second)
	if _, err := f.Redo(ctx); review.CodeOf(err) != review.NothingRedo {
		t.Fatalf("redo after a new act: %v", err)
	}
	_, err = f.Undo(ctx)
	must(t, err)
	if _, err := f.Undo(ctx); review.CodeOf(err) != review.NothingUndo {
		t.Fatalf("undo reached what was undone already: %v", err)
	}
}

func TestClosedDrawLeavesTheRestNotReached(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 9)
	d := draw(t, f, desk.DrawRequest{N: 4})
	must(t, f.Hear(ctx, d.Calls[0].UID, 1))
	must(t, f.Skip(ctx, d.Calls[1].UID, review.NotCustomer, "wrong number"))
	left, err := f.CloseDraw(ctx, d.ID)
	must(t, err)
	if left != 2 {
		t.Fatalf("%d calls not reached, want 2", left)
	}
	must(t, f.Hear(ctx, d.Calls[2].UID, 1)) // by hand, after the draw was closed
	c := counts(t, f)
	want := ranking.Counts{
		Frame: 9, Heard: 1, NoCustomer: 1, NotReached: 1, Picked: 1, First: c.First, Last: c.Last, Cells: c.Cells,
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Fatal(diff)
	}
	f.checkClean(t)
}

// A draw inside a category used to count in that category's card only. Now that
// shares are made by cells it enters the ranking with the weight that the
// category has: here alone, it covers a third of the calls and the rest is said
// to be not covered.
func TestADrawInsideACategoryWeighsAsItsCategory(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 9)
	d := draw(t, f, desk.DrawRequest{N: 2, Filter: filter(func(f *samplingFilter) { f.Category = "Sales – other" })})
	f.tag(t, d.Calls[0].UID, "Discount missing from first bill", time.Second)
	must(t, f.Hear(ctx, d.Calls[0].UID, 1))
	if c := counts(t, f); c.Heard != 1 || len(c.Issues) != 1 || c.NotCovered != 6 || c.Picked != 0 {
		t.Fatalf("a draw inside a category: %+v", c)
	}
	draws, err := f.Draws(ctx)
	must(t, err)
	cards, err := f.store.CategoryCounts(ctx, desk.Filter{}, draws)
	must(t, err)
	for _, card := range cards {
		heard := int64(0)
		if card.Category == "Sales – other" {
			heard = 1
		}
		if card.Heard != heard || int64(len(card.Issues)) != heard {
			t.Errorf("card %q: %+v", card.Category, card)
		}
	}
}

func TestDrawsHoldAfterTheCatalogueMoved(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 30)
	first := draw(t, f, desk.DrawRequest{N: 5, Filter: filter(func(f *samplingFilter) { f.Queue = "Billing" })})
	second := draw(t, f, desk.DrawRequest{N: 5})
	f.add(t, entries(30, 60)...)
	moved := entry(3)
	moved.Meta.Queue = "Sales"
	if added := f.add(t, moved); len(added[0].Changed) != 1 || added[0].NewCall {
		t.Fatalf("correcting a queue: %+v", added)
	}
	f.gone(t, 2) // everything is gone
	third, err := f.Draw(ctx, desk.DrawRequest{N: 1}, nil)
	if err == nil {
		t.Fatalf("drew a missing call: %+v", third)
	}
	for _, d := range []desk.Draw{first, second} {
		found, err := f.VerifyDraw(ctx, d.ID)
		must(t, err)
		if len(found.Fails) != 0 {
			t.Errorf("draw %d does not hold: %+v", d.Number, found)
		}
	}
	f.checkClean(t)
}

func TestNoCallIsDrawnTwice(t *testing.T) {
	f := newFixture(t, 20)
	seen := map[string]bool{}
	for range 4 {
		for _, c := range draw(t, f, desk.DrawRequest{N: 6}).Calls {
			if seen[c.UID] {
				t.Fatalf("%s drawn twice", c.UID)
			}
			seen[c.UID] = true
		}
	}
	if len(seen) != 20 {
		t.Fatalf("%d of 20 drawn, the last draw takes what is left", len(seen))
	}
}
