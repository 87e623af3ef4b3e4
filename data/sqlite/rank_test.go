package sqlite_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

// hearAll hears the calls of a draw; those of a queue hold the issue.
func hearAll(t *testing.T, f *fixture, d desk.Draw, queue, issue string) {
	t.Helper()
	for _, c := range d.Calls {
		if state(t, f, c.UID).Queue == queue {
			f.tag(t, c.UID, issue, time.Second)
		}
		must(t, f.Hear(context.Background(), c.UID, 1))
	}
}

func ranked(t *testing.T, f *fixture, filter desk.Filter) desk.Ranked {
	t.Helper()
	r, err := f.Rank(context.Background(), filter)
	must(t, err)
	return r
}

// A third of the calls are of the queue Sales, and all of those hold the issue.
// After a draw of everything and one inside the category of that queue, half of
// the heard calls hold it; by cells it stays a third.
func TestDrawsOfDifferentFramesAreWeighed(t *testing.T) {
	f := newFixture(t, 90)
	hearAll(t, f, draw(t, f, desk.DrawRequest{N: 30}), "Sales", "No discount")
	hearAll(t, f, draw(t, f, desk.DrawRequest{N: 10, Filter: filter(func(f *samplingFilter) { f.Category = "Sales – other" })}), "Sales", "No discount")
	r := ranked(t, f, desk.Filter{})
	if len(r.Counts.Cells) != 2 || r.Counts.Heard != 40 || r.Counts.NotCovered != 0 {
		t.Fatalf("%+v", r.Counts)
	}
	if got := r.Issues[0].Share.Part; got < .3333 || got > .3334 {
		t.Errorf("the issue is in %.4f of the calls, want a third", got)
	}
	f.checkClean(t)
}

// Three weeks are imported one after the other and each time some are drawn of
// all: a call that came later had fewer chances. All calls of the last week
// hold the issue, and no other does.
func TestLateArrivalsHadFewerChances(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 60)
	for batch := range 3 {
		if batch > 0 {
			f.add(t, entries(60*batch, 60*batch+60)...)
		}
		for _, c := range draw(t, f, desk.DrawRequest{N: 24}).Calls {
			if c.UID >= "call-120" {
				f.tag(t, c.UID, "New tariff", time.Second)
			}
			must(t, f.Hear(ctx, c.UID, 1))
		}
	}
	r := ranked(t, f, desk.Filter{})
	if len(r.Counts.Cells) != 3 {
		t.Fatalf("%d cells, want one for each import: %+v", len(r.Counts.Cells), r.Counts.Cells)
	}
	if got := r.Issues[0].Share.Part; got < .3333 || got > .3334 {
		t.Errorf("the issue is in %.4f of the calls, want a third; %d of %d heard", got, r.Issues[0].Calls, r.Counts.Heard)
	}
}

// Weeks of which nothing was heard are told and not guessed at.
func TestWeeksWithoutADrawAreNotCovered(t *testing.T) {
	f := newFixture(t, 100) // an hour apart from 2 November, 8 o'clock
	two, four := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 4, 0, 0, 0, 0, time.UTC)
	early := filter(func(f *samplingFilter) { f.From, f.To = two, four })
	late := filter(func(f *samplingFilter) { f.From = four })
	hearAll(t, f, draw(t, f, desk.DrawRequest{N: 10, Filter: early}), "Sales", "A")
	draw(t, f, desk.DrawRequest{N: 10, Filter: late}) // nothing heard of it yet
	if c := ranked(t, f, desk.Filter{}).Counts; c.NotCovered != 60 || c.Frame != 100 {
		t.Errorf("%d of %d not covered, want 60 of 100", c.NotCovered, c.Frame)
	}
	if c := ranked(t, f, desk.Filter{To: four}).Counts; c.NotCovered != 0 || c.Frame != 40 {
		t.Errorf("%d of %d not covered, want none of 40", c.NotCovered, c.Frame)
	}
}

// Only calls with one issue and not the other tell which comes first, whatever
// moments they hold.
func TestCompareTwoIssues(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 60)
	for i, c := range draw(t, f, desk.DrawRequest{N: 30}).Calls {
		if i < 9 || i >= 12 && i < 17 {
			f.tag(t, c.UID, "Late bill", time.Second)
			f.tag(t, c.UID, "Late bill", 2*time.Second)
		}
		if i >= 9 && i < 17 {
			f.tag(t, c.UID, "No signal", time.Second)
		}
		must(t, f.Hear(ctx, c.UID, 1))
	}
	pair, err := f.Compare(ctx, desk.Filter{}, "late BILL", "No signal")
	must(t, err)
	if pair.OnlyA != 9 || pair.OnlyB != 3 || fmt.Sprintf("%.6f", pair.Before()) != "0.960555" {
		t.Errorf("%+v, before %.6f", pair, pair.Before())
	}
	if got := ranked(t, f, desk.Filter{}).Issues[0].Categories; !cmp.Equal(got, []string{"Billing – other", "Sales – other"}) {
		t.Errorf("categories %q", got)
	}
}

// Fifteen calls are heard, then an issue is named on the sixteenth and found in
// five of the 24 after it. The naming call is in neither part: 5 of 24.
func TestSinceNamingLeavesTheNamingCallOut(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 50)
	for i, c := range draw(t, f, desk.DrawRequest{N: 40}).Calls {
		if i < 20 {
			f.tag(t, c.UID, "Known from the first call", time.Second)
		}
		if i == 15 || i >= 20 && i < 25 {
			f.tag(t, c.UID, "Named on the sixteenth", time.Second)
		}
		must(t, f.Hear(ctx, c.UID, 1))
	}
	issues := ranked(t, f, desk.Filter{}).Issues
	first, later := issues[0], issues[1]
	if later.Calls != 6 || !later.HasSince || later.Since.Calls != 5 || later.Since.Heard != 24 {
		t.Errorf("%+v", later)
	}
	if first.Since.Calls != 19 || first.Since.Heard != 39 {
		t.Errorf("%+v", first)
	}
	f.checkClean(t)
}

// 60 calls of Billing and 30 of Sales, ten drawn of each queue: a call of
// Billing stands for six and one of Sales for three. All of Sales hold the
// issue, so it is in a third of the calls and in half of the heard.
func TestEqualStrataAreWeighed(t *testing.T) {
	f := newFixture(t, 90)
	d := draw(t, f, desk.DrawRequest{N: 20, Strata: sampling.ByQueue, Equal: true})
	if diff := cmp.Diff([]sampling.Stratum{{Name: "Billing", Size: 60, Calls: 10}, {Name: "Sales", Size: 30, Calls: 10}}, d.Dealt); diff != "" {
		t.Fatal(diff)
	}
	hearAll(t, f, d, "Sales", "No discount")
	if got := ranked(t, f, desk.Filter{}).Issues[0].Share.Part; got < .3333 || got > .3334 {
		t.Errorf("the issue is in %.4f of the calls, want a third", got)
	}
	found, err := f.VerifyDraw(context.Background(), d.ID)
	must(t, err)
	if len(found.Fails) != 0 {
		t.Errorf("the draw does not hold: %+v", found)
	}
	f.checkClean(t)
}

// A top-up draws from the frame as it was: not what was imported since, what
// changed its queue stays in, and what is gone is passed over. It still holds
// when the catalogue moved again.
func TestATopUpDrawsFromTheFrozenFrame(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 30)
	billing := filter(func(f *samplingFilter) { f.Queue = "Billing" })
	first := draw(t, f, desk.DrawRequest{N: 5, Filter: billing})
	f.add(t, entries(30, 60)...)
	for i := range 30 {
		moved := entry(i)
		moved.Meta.Queue = "Sales"
		f.add(t, moved)
	}
	second, err := f.TopUp(ctx, first.ID, 4, nil)
	must(t, err)
	left := 7 // of the first ten calls, seven were of Billing
	for _, c := range append(first.Calls, second.Calls...) {
		if c.UID < "call-010" {
			left--
		}
	}
	for i := range 10 {
		there := entry(i)
		there.Look = 2
		f.add(t, there)
	}
	f.gone(t, 2) // the other recordings are gone
	third, err := f.TopUp(ctx, second.ID, 90, nil)
	must(t, err)
	if second.Size != 4 || third.Size != left || third.TopsUp != first.ID || third.Frame != first.Frame {
		t.Fatalf("%d and %d drawn from %+v, topping up %s", second.Size, third.Size, third.Frame, third.TopsUp)
	}
	for _, c := range append(second.Calls, third.Calls...) {
		if c.UID >= "call-030" {
			t.Errorf("%s was imported after the frame was frozen", c.UID)
		}
	}
	if _, err := f.TopUp(ctx, first.ID, 1, nil); review.CodeOf(err) != sampling.FrameUsedUp {
		t.Errorf("topped up an empty frame: %v", err)
	}
	f.gone(t, 3) // everything is gone
	for _, d := range []desk.Draw{first, second, third} {
		found, err := f.VerifyDraw(ctx, d.ID)
		must(t, err)
		if len(found.Fails) != 0 {
			t.Errorf("draw %d does not hold: %+v", d.Number, found)
		}
	}
	f.checkClean(t)
}

// 60 calls of Billing; one draw took 10 of the first half and another 20 of the
// second, in which all hold the issue. Its card says one half, though two
// thirds of the calls heard inside hold it.
func TestACardWeighsItsDraws(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 90) // an hour apart from 2 November, 8 o'clock
	half := time.Date(2026, 11, 4, 5, 0, 0, 0, time.UTC)
	early := draw(t, f, desk.DrawRequest{N: 10, Filter: filter(func(f *samplingFilter) { f.Queue, f.To = "Billing", half })})
	late := draw(t, f, desk.DrawRequest{N: 20, Filter: filter(func(f *samplingFilter) { f.Queue, f.From = "Billing", half })})
	hearAll(t, f, early, "", "New tariff")
	hearAll(t, f, late, "Billing", "New tariff")
	cards, err := f.Unlump(ctx, desk.Filter{})
	must(t, err)
	card := cards[0]
	if card.Category != "Billing – other" || card.Calls != 60 || card.Heard != 30 || len(cards) != 2 {
		t.Fatalf("%+v", cards)
	}
	if got := card.Issues[0]; got.Calls != 20 || got.Share.Part != .5 || card.NoProblem.Part != .5 {
		t.Errorf("%+v, no problem %+v; want a half each", got, card.NoProblem)
	}
}

// More rankings at once than there are readers, each of which takes two: none
// waits for ever, and all see whole moments while calls are heard.
func TestManyRankAtOnce(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 40)
	d := draw(t, f, desk.DrawRequest{N: 20})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 10 {
				r, err := f.Rank(ctx, desk.Filter{})
				if err != nil {
					t.Error(err)
				}
				for _, issue := range r.Issues {
					if issue.Calls > r.Counts.Heard {
						t.Errorf("%d of %d heard calls hold it", issue.Calls, r.Counts.Heard)
					}
				}
			}
		})
	}
	for _, c := range d.Calls {
		f.tag(t, c.UID, "A", time.Second)
		must(t, f.Hear(ctx, c.UID, 1))
	}
	all.Wait()
}
