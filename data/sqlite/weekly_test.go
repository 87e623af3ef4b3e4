package sqlite_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

// at is a clock that stands still until it is set.
type at struct{ now time.Time }

func (a *at) Now() time.Time { return a.now }

// berlin is a zone with summer time.
func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	must(t, err)
	return zone
}

// weekly is a library of one call an hour through October and November 2026,
// two minutes each, and its clock.
func weekly(t *testing.T) (*fixture, *at) {
	t.Helper()
	f := newFixture(t, 0)
	clock := &at{}
	f.Desk = desk.New(desk.Parts{Store: f.store, Author: newAuthor(t, 1), Clock: clock, IDs: &ids{}})
	start := time.Date(2026, 9, 30, 0, 0, 0, 0, time.UTC)
	var all []desk.Entry
	for i := range 62 * 24 {
		e := entry(i)
		e.Meta.Start = start.Add(time.Duration(i) * time.Hour)
		e.Name, e.UID = fmt.Sprintf("%04d.wav", i), fmt.Sprintf("call-%04d", i)
		all = append(all, e)
	}
	f.add(t, all...)
	return f, clock
}

func (f *fixture) runPlan(t *testing.T) (desk.Planned, bool) {
	t.Helper()
	p, made, err := f.RunPlan(context.Background(), berlin(t), nil)
	must(t, err)
	return p, made
}

// Week 43 of 2026 goes from Monday 19 October until Sunday 25 October, whose
// night has 25 hours in Berlin: summer time ends. So its frame has 169 calls,
// from 22:00 UTC on Sunday the 18th until 23:00 UTC on Sunday the 25th.
func TestAWeeklyDrawIsOfTheWeekBeforeInTheZoneOfWhoeverAsks(t *testing.T) {
	f, clock := weekly(t)
	clock.now = time.Date(2026, 10, 27, 9, 0, 0, 0, berlin(t)) // a Tuesday
	must(t, f.SetPlan(context.Background(), desk.Plan{Minutes: 30, Weekday: time.Monday}))
	p, made := f.runPlan(t)
	if !made || p.Week != "2026-W44" || p.Draw.Planned != "2026-W44" {
		t.Fatalf("%+v, made %t", p, made)
	}
	if want := `{"from":"2026-10-18T22:00:00Z","to":"2026-10-25T23:00:00Z"}`; p.Draw.Filter != want || p.Draw.Frame.Size != 169 {
		t.Errorf("frame of %d calls: %s", p.Draw.Frame.Size, p.Draw.Filter)
	}
	if len(p.Draw.Calls) != 15 { // of two minutes each
		t.Errorf("%d calls", len(p.Draw.Calls))
	}
	if want := time.Date(2026, 11, 2, 0, 0, 0, 0, berlin(t)); !p.Next.Equal(want) {
		t.Errorf("due again %v, want %v", p.Next, want)
	}
	f.checkClean(t)
}

func TestTheSameWeekAnswersTheSameDraw(t *testing.T) {
	f, clock := weekly(t)
	clock.now = time.Date(2026, 11, 9, 0, 0, 0, 0, berlin(t)) // its first instant
	must(t, f.SetPlan(context.Background(), desk.Plan{Minutes: 30, Weekday: time.Monday}))
	first, _ := f.runPlan(t)
	late := entry(9999)
	late.Name, late.UID, late.Meta.Start = "late.wav", "late", time.Date(2026, 11, 4, 12, 0, 0, 0, time.UTC)
	f.add(t, late)
	clock.now = time.Date(2026, 11, 15, 23, 59, 0, 0, berlin(t)) // its last minute
	again, made := f.runPlan(t)
	if made || again.Draw.ID != first.Draw.ID || again.Late != 1 || len(again.Draw.Calls) != 15 {
		t.Errorf("made %t, draw %s, want %s; %d late, want 1", made, again.Draw.ID, first.Draw.ID, again.Late)
	}
	clock.now = clock.now.Add(time.Minute)
	if next, made := f.runPlan(t); !made || next.Week != "2026-W47" || next.Draw.ID == first.Draw.ID {
		t.Errorf("in the next week: made %t, %s", made, next.Week)
	}
}

// Nobody started the app in weeks 46 and 47.
func TestMissedWeeksAreToldAndNotDrawn(t *testing.T) {
	f, clock := weekly(t)
	clock.now = time.Date(2026, 11, 4, 9, 0, 0, 0, berlin(t)) // week 45
	must(t, f.SetPlan(context.Background(), desk.Plan{Minutes: 30, Weekday: time.Wednesday}))
	if p, made := f.runPlan(t); !made || len(p.Missed) != 0 {
		t.Fatalf("made %t, missed %v", made, p.Missed)
	}
	clock.now = time.Date(2026, 11, 24, 9, 0, 0, 0, berlin(t)) // the Tuesday of week 48: not due yet
	for range 2 {
		p, _ := f.runPlan(t)
		if p.Week != "2026-W47" || !slices.Equal(p.Missed, []string{"2026-W46"}) {
			t.Errorf("week %s, missed %v", p.Week, p.Missed)
		}
	}
	draws, err := f.Draws(context.Background())
	must(t, err)
	if len(draws) != 2 {
		t.Errorf("%d draws, want 2", len(draws))
	}
	f.checkClean(t)
}

// The first days of January 2027 are of week 53 of 2026.
func TestWeeksAreISOWeeks(t *testing.T) {
	f, clock := weekly(t)
	clock.now = time.Date(2027, 1, 3, 9, 0, 0, 0, berlin(t))
	must(t, f.SetPlan(context.Background(), desk.Plan{Minutes: 30, Weekday: time.Monday}))
	p, err := f.WeeklyPlan(context.Background(), berlin(t))
	must(t, err)
	if from := time.Date(2026, 12, 21, 0, 0, 0, 0, berlin(t)); p.Week != "2026-W53" || !p.Of.From.Equal(from) || !p.Due() {
		t.Errorf("%s from %v", p.Week, p.Of.From)
	}
}

// Beirut puts its clock forward at midnight, so 28 March 2027, a Sunday, begins
// at 1 o'clock.
func TestADayMayBeginWithoutMidnight(t *testing.T) {
	f, clock := weekly(t)
	zone, err := time.LoadLocation("Asia/Beirut")
	must(t, err)
	must(t, f.SetPlan(context.Background(), desk.Plan{Minutes: 30, Weekday: time.Sunday}))
	clock.now = time.Date(2027, 3, 27, 12, 0, 0, 0, zone)
	must(t, f.SetPlan(context.Background(), desk.Plan{Minutes: 30, Weekday: time.Sunday}))
	p, err := f.WeeklyPlan(context.Background(), zone)
	must(t, err)
	if want := time.Date(2027, 3, 27, 22, 0, 0, 0, time.UTC); !p.Next.Equal(want) {
		t.Errorf("due again %v, want %v", p.Next.UTC(), want)
	}
}

func TestAPlanThatCannotBeIsRefused(t *testing.T) {
	f, clock := weekly(t)
	clock.now = time.Date(2026, 11, 4, 9, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		plan desk.Plan
		want review.Code
	}{
		{desk.Plan{}, review.BadArgument},
		{desk.Plan{Minutes: 30, Weekday: 7}, review.BadArgument},
		{desk.Plan{Minutes: 30, Speed: 9}, review.BadArgument},
		{desk.Plan{Minutes: 30, Strata: sampling.ByField("Region")}, desk.NoField},
		{desk.Plan{Minutes: 30, Filter: sampling.Filter{Queue: " Billing"}}, review.BadArgument},
	} {
		if err := f.SetPlan(context.Background(), test.plan); review.CodeOf(err) != test.want {
			t.Errorf("%+v: %v, want %s", test.plan, err, test.want)
		}
	}
	if _, _, err := f.RunPlan(context.Background(), time.UTC, nil); review.CodeOf(err) != desk.NoPlan {
		t.Errorf("without a plan: %v", err)
	}
	must(t, f.SetPlan(context.Background(), desk.Plan{Minutes: 30}))
	must(t, f.ClearPlan(context.Background()))
	if _, err := f.WeeklyPlan(context.Background(), time.UTC); review.CodeOf(err) != desk.NoPlan {
		t.Errorf("after it was cleared: %v", err)
	}
}
