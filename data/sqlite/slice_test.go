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

func november(day int) time.Time { return time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC) }

// during is a filter of the calls from one day of November until before another.
func during(from, to int) samplingFilter {
	return filter(func(f *samplingFilter) { f.From, f.To = november(from), november(to) })
}

// Three weeks of calls, an hour apart, of which a third are of Sales and hold
// the issue. In the first week everything was drawn and Sales once more, in the
// second nothing, in the third too few calls.
func TestATrendIsMadeOfWeeksByTheirCells(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 496) // to Sunday of the third week
	hearAll(t, f, draw(t, f, desk.DrawRequest{N: 60, Filter: during(2, 9)}), "Sales", "No discount")
	inside := during(2, 9)
	inside.Category = "Sales – other"
	hearAll(t, f, draw(t, f, desk.DrawRequest{N: 20, Filter: inside}), "Sales", "No discount")
	hearAll(t, f, draw(t, f, desk.DrawRequest{N: 20, Filter: during(16, 23)}), "Sales", "No discount")

	trend, err := f.Trend(ctx, "No discount", desk.Filter{}, ranking.ByWeek)
	must(t, err)
	type week struct {
		From                     int
		Calls, Heard, NotCovered int64
		OK                       bool
	}
	var got []week
	for _, p := range trend.Points {
		got = append(got, week{p.From.Day(), p.Calls, p.Heard, p.NotCovered, p.OK})
	}
	want := []week{{2, 160, 80, 0, true}, {9, 168, 0, 168, false}, {16, 168, 20, 0, false}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	// Half of the 80 calls hold it, but of all calls of the week 53 of 160.
	if part := trend.Points[0].Share.Part; part < 53./160-1e-9 || part > 53./160+1e-9 {
		t.Errorf("%.4f of the first week hold it, want 53 of 160", part)
	}
	// One of two weeks in which something was heard is enough to show weeks.
	if auto, err := f.Trend(ctx, "No discount", desk.Filter{}, ranking.Automatic); err != nil || auto.By != ranking.ByWeek {
		t.Errorf("%s, %v", auto.By, err)
	}
	if sales, err := f.Trend(ctx, "No discount", desk.Filter{Queue: "Sales"}, ranking.ByMonth); err != nil || sales.Points[0].Share.Part != 1 {
		t.Errorf("all of Sales hold it: %+v, %v", sales.Points, err)
	}
	if _, err := f.Trend(ctx, "Nobody named this", desk.Filter{}, ranking.ByWeek); review.CodeOf(err) != review.NoIssue {
		t.Errorf("an issue that nobody named: %v", err)
	}
}

// The issue is chosen after a draw in which half of the calls hold it. Of before
// its fix 30 more are drawn then, of which ten hold it: these are compared, as
// soon as they are heard.
func TestTheEffectLeavesOutTheDrawThatItWasChosenBy(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 496)
	hear := func(d desk.Draw, tagged int) {
		for i, c := range d.Calls {
			if i < tagged {
				f.tag(t, c.UID, "Late bill", time.Second)
			}
			must(t, f.Hear(ctx, c.UID, 1))
		}
	}
	hear(draw(t, f, desk.DrawRequest{N: 40, Filter: during(2, 9)}), 20)
	issue, err := f.IssueCalled(ctx, "Late bill")
	must(t, err)
	if _, err := f.Effect(ctx, issue.ID); review.CodeOf(err) != desk.NotFixed {
		t.Errorf("not fixed: %v", err)
	}
	must(t, f.Follow(ctx, issue.ID, review.Follow{State: review.Fixing}))
	fresh := draw(t, f, desk.DrawRequest{N: 30, Filter: during(9, 12)})
	must(t, f.Follow(ctx, issue.ID, review.Follow{State: review.Fixed, On: "2026-11-12"}))
	effect := func() desk.Effect {
		e, err := f.Effect(ctx, issue.ID)
		must(t, err)
		return e
	}
	if e := effect(); !e.Luck || e.Before.Heard != 40 || e.Before.Held != 20 || e.After.Heard != 0 || e.Verdict != ranking.TooEarly {
		t.Errorf("before the fresh draw is heard: %+v", e)
	}
	hear(fresh, 10)
	second, err := f.EffectDraw(ctx, issue.ID, nil)
	must(t, err)
	if after := filter(func(f *samplingFilter) { f.From = november(12) }); second.Filter != after.String() || second.Wanted != 30 {
		t.Errorf("the second draw is of %d calls of %s", second.Wanted, second.Filter)
	}
	hear(second, 0)
	if e := effect(); e.Luck || e.Before.Heard != 30 || e.Before.Held != 10 || e.After.Heard != 30 || e.Verdict != ranking.Down {
		t.Errorf("after it: %+v", e)
	}
	f.checkClean(t)
}

// An issue was heard in a draw inside Sales only: its effect is measured inside
// Sales, and drawn there, whatever else is heard.
func TestTheEffectComparesLikeWithLike(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 496)
	inside := during(2, 12)
	inside.Category = "Sales – other"
	hearAll(t, f, draw(t, f, desk.DrawRequest{N: 40, Filter: inside, Strata: "week"}), "Sales", "No discount")
	for _, c := range draw(t, f, desk.DrawRequest{N: 60, Filter: filter(func(f *samplingFilter) { f.Queue = "Billing" })}).Calls {
		must(t, f.Hear(ctx, c.UID, 1))
	}
	issue, err := f.IssueCalled(ctx, "No discount")
	must(t, err)
	must(t, f.Follow(ctx, issue.ID, review.Follow{State: review.Fixed, On: "2026-11-12"}))
	e, err := f.Effect(ctx, issue.ID)
	must(t, err)
	if e.Before.Heard != 40 || e.Before.Share.Part != 1 || e.After.Heard != 0 || e.Before.Calls+e.After.Calls != 165 {
		t.Errorf("%+v", e)
	}
	second, err := f.EffectDraw(ctx, issue.ID, nil)
	must(t, err)
	if second.Strata != "week" || second.Wanted != 40 {
		t.Errorf("%+v", second.Record)
	}
	for _, c := range second.Calls {
		if call := state(t, f, c.UID); call.Category != "Sales – other" || call.Start.Before(november(12)) {
			t.Errorf("drew %s of %s", call.Category, call.Start)
		}
	}
}

// Undoing what was arranged brings back what was arranged before.
func TestFollowingCanBeUndone(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 3)
	f.tag(t, "call-000", "Late bill", time.Second)
	follow := func(want review.Follow) {
		t.Helper()
		issue, err := f.IssueCalled(ctx, "late bill")
		must(t, err)
		if issue.Follow != want {
			t.Errorf("%+v, want %+v", issue.Follow, want)
		}
	}
	issue, err := f.IssueCalled(ctx, "Late bill")
	must(t, err)
	owned := review.Follow{State: review.Fixing, Owner: "Billing team", Next: "Print the due date"}
	must(t, f.Follow(ctx, issue.ID, review.Follow{State: review.Fixing, Owner: " Billing  team ", Next: "Print the due date", On: "2026-11-10"}))
	follow(owned)
	fixed := owned
	fixed.State, fixed.On = review.Fixed, "2026-11-10"
	must(t, f.Follow(ctx, issue.ID, fixed))
	must(t, f.Follow(ctx, issue.ID, fixed)) // nothing new, nothing to undo
	for _, want := range []review.Follow{owned, {State: review.Open}} {
		_, err := f.Undo(ctx)
		must(t, err)
		follow(want)
	}
	f.checkClean(t)
}

// Calls without a category are un-lumped by their queue, beside those that have
// one.
func TestCallsWithoutACategoryAreUnlumpedByQueue(t *testing.T) {
	f := newFixture(t, 0)
	for i := range 60 {
		e := entry(i)
		if i < 45 {
			e.Meta.Category = ""
		}
		f.add(t, e)
	}
	hearAll(t, f, draw(t, f, desk.DrawRequest{N: 60}), "Sales", "No discount")
	cards, err := f.Unlump(context.Background(), desk.Filter{})
	must(t, err)
	type shown struct {
		Name         string
		By           ranking.By
		Calls, Heard int64
		Issues       int
	}
	var got []shown
	for _, c := range cards {
		got = append(got, shown{c.Category, c.By, c.Calls, c.Heard, len(c.Issues)})
	}
	want := []shown{
		{"Billing", ranking.ByQueue, 30, 30, 0},
		{"Sales", ranking.ByQueue, 15, 15, 1},
		{"Billing – other", ranking.ByCategory, 10, 10, 0},
		{"Sales – other", ranking.ByCategory, 5, 5, 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// 60 heard calls: 20 of Sales hold one issue, six of these and nine others a
// second, and one a third. Without the first two are 60 − 20 − 9.
func TestOtherIsCountedByCalls(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 90)
	sales, billing := 0, 0
	for _, c := range draw(t, f, desk.DrawRequest{N: 90}).Calls[:60] {
		switch state(t, f, c.UID).Queue {
		case "Sales":
			f.tag(t, c.UID, "No discount", time.Second)
			if sales++; sales <= 6 {
				f.tag(t, c.UID, "Late bill", 2*time.Second)
			}
		default:
			if billing++; billing <= 9 {
				f.tag(t, c.UID, "Late bill", time.Second)
			} else if billing == 10 {
				f.tag(t, c.UID, "Rude letter", time.Second)
			}
		}
		must(t, f.Hear(ctx, c.UID, 1))
	}
	p, err := f.Propose(ctx, desk.Filter{}, .1, 9)
	must(t, err)
	if len(p.Categories) != 2 || len(p.Rest) != 1 || p.Rest[0].Name != "Rude letter" {
		t.Fatalf("%d categories, rest %v", len(p.Categories), p.Rest)
	}
	if want := ranking.Estimate(int64(60-sales-9), 60, 90); p.Other != want {
		t.Errorf("other %+v, want %+v", p.Other, want)
	}
	if all, err := f.Propose(ctx, desk.Filter{}, .99, 1); err != nil || all.Other.Part != 1 {
		t.Errorf("no category, and other is %+v, %v", all.Other, err)
	}
}

// Of ten calls with the issue that is split, four are dealt to one part. The
// other six may hold it or not, so the part is in four of 54 calls heard.
func TestATrendLeavesOutWhatIsStillToBeDealt(t *testing.T) {
	ctx := context.Background()
	f, _ := named(t)
	whole := idOf(t, f, "Address")
	parts, err := f.Split(ctx, whole, []string{"Bill to old address", "Parcel to old address"})
	must(t, err)
	dealt := 0
	for heard, err := range f.Moments(ctx, desk.Filter{}, whole) {
		must(t, err)
		if dealt++; dealt <= 4 {
			must(t, f.Deal(ctx, heard.Moment.ID, parts[0].ID))
		}
	}
	trend, err := f.Trend(ctx, parts[0].Name, desk.Filter{}, ranking.ByMonth)
	must(t, err)
	if p := trend.Points[0]; p.Held != 4 || p.Heard != 54 {
		t.Errorf("%d of %d", p.Held, p.Heard)
	}
}

// A trend of one period is the ranking: the same cells, the same share, the same
// interval, however the calls were drawn.
func TestATrendOfOnePeriodIsTheRanking(t *testing.T) {
	f := newFixture(t, 150)
	hearAll(t, f, draw(t, f, desk.DrawRequest{N: 30}), "Sales", "No discount")
	f.add(t, entries(150, 300)...)
	hearAll(t, f, draw(t, f, desk.DrawRequest{N: 40, Strata: "category", Equal: true}), "Sales", "No discount")
	inside := during(4, 9)
	inside.Category, inside.MinDuration = "Billing – other", time.Minute
	hearAll(t, f, draw(t, f, desk.DrawRequest{N: 15, Filter: inside}), "", "")
	r := ranked(t, f, desk.Filter{})
	trend, err := f.Trend(context.Background(), "No discount", desk.Filter{}, ranking.ByMonth)
	must(t, err)
	p := trend.Points[0]
	if len(trend.Points) != 1 || p.Share != r.Issues[0].Share || p.Calls != r.Counts.Frame || p.Heard != r.Counts.Heard || p.Held != r.Issues[0].Calls {
		t.Errorf("the trend says %+v, the ranking %+v of %d heard", trend.Points, r.Issues[0].Share, r.Counts.Heard)
	}
}
