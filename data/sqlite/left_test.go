package sqlite_test

import (
	"context"
	"testing"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// Calls last two minutes: an hour is time for 30, of which there are 20, and then
// 5. Four minutes are time for two.
func TestNoMoreCallsAreOfferedThanAreLeft(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 20)
	fits := func(minutes float64) desk.Fits {
		n, err := f.CallsFor(ctx, desk.DrawRequest{Minutes: minutes})
		must(t, err)
		return n
	}
	if got := fits(60); got != (desk.Fits{Calls: 20, All: true}) {
		t.Errorf("an hour: %+v", got)
	}
	draw(t, f, desk.DrawRequest{N: 15})
	if got := fits(60); got != (desk.Fits{Calls: 5, All: true}) {
		t.Errorf("an hour after a draw: %+v", got)
	}
	if got := fits(4); got != (desk.Fits{Calls: 2}) {
		t.Errorf("four minutes: %+v", got)
	}
}

// All calls of a library begin before the day of the fix.
func TestASecondDrawSaysThatNothingCameAfterTheFix(t *testing.T) {
	ctx := context.Background()
	f := newFixture(t, 60)
	hearAll(t, f, draw(t, f, desk.DrawRequest{N: 40}), "Sales", "No discount")
	must(t, f.Follow(ctx, idOf(t, f, "No discount"), review.Follow{State: review.Fixed, On: "2026-12-01"}))
	if _, err := f.EffectDraw(ctx, "No discount", nil); review.CodeOf(err) != desk.NothingAfter {
		t.Errorf("answered %v", err)
	}
}
