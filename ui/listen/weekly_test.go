package listen_test

import (
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
	"github.com/earshot-app/earshot/ui/listen"
)

func TestTheWeeklyDrawIsMadeAtTheStartAndNamed(t *testing.T) {
	run(t, func(b *bench) {
		b.closed()
		b.page.RunPlan()
		b.settle()
		if len(b.shell.toasts) > 0 {
			t.Errorf("without a plan it says %q", b.shell.toasts)
		}
		b.desk.plan = desk.Planned{Plan: desk.Plan{Minutes: 30, Since: time.Unix(1, 0)}, Week: "2026-W47", Missed: []string{"2026-W46"}}
		b.page.RunPlan()
		b.settle()
		want := "The weekly draw is made: Draw 3 · Week 47, 4 calls of last week. Missed: 2026-W46. Only the newest week is drawn."
		if len(b.shell.toasts) != 1 || b.shell.toasts[0] != want {
			t.Errorf("says %q", b.shell.toasts)
		}
		b.page.RunPlan() // at the next start of the same week
		b.settle()
		if len(b.shell.toasts) != 1 {
			t.Errorf("says it again: %q", b.shell.toasts)
		}
	})
}

func TestAWeekWithoutCallsIsSaidInPassing(t *testing.T) {
	run(t, func(b *bench) {
		b.closed()
		b.desk.plan = desk.Planned{Plan: desk.Plan{Minutes: 30, Since: time.Unix(1, 0)}, Week: "2026-W47"}
		b.desk.fails["run plan"] = review.Fail(sampling.EmptyFrame, nil)
		b.page.RunPlan()
		b.settle()
		if len(b.shell.toasts) != 1 || b.shell.toasts[0] != "No weekly draw was made. No call fits these filters." || len(b.shell.fails) > 0 {
			t.Errorf("says %q, fails %v", b.shell.toasts, b.shell.fails)
		}
	})
}

// The plan takes the filters of the form, but its dates: they are the week's.
func TestAWeeklyDrawIsPlannedFromTheForm(t *testing.T) {
	run(t, func(b *bench) {
		b.closed()
		listen.SetForm(b.page, listen.Form{Amount: "45", From: "2026-11-02", Queue: "Billing", Strata: sampling.ByField("Region")})
		listen.AskForPlan(b.page)
		b.settle()
		b.answer(0)
		b.settle()
		b.did(`plan 45 min on Monday, {"queue":"Billing"} field:Region`)
		listen.AskForPlan(b.page)
		b.settle()
		b.answer(1)
		b.settle()
		b.did("no plan")
	})
}

// Of a small frame fewer calls need hearing.
func TestTheFormSaysHowManyCallsToHear(t *testing.T) {
	run(t, func(b *bench) {
		b.closed()
		said := func() string { rows := b.trace().Rows; return rows[len(rows)-2] }
		if got := said(); got != "To hear an issue that 5\u202f% of calls have at least once with 95\u202f% certainty, hear 59." {
			t.Errorf("of 12,418 calls: %q", got)
		}
		b.desk.draw.Frame.Size = 100
		listen.SetForm(b.page, listen.Form{Amount: "30"})
		b.settle()
		if got := said(); got != "To hear an issue that 5\u202f% of these 100 calls have at least once with 95\u202f% certainty, hear 45." {
			t.Errorf("of 100 calls: %q", got)
		}
		b.desk.draw.Frame.Size = 1
		listen.SetForm(b.page, listen.Form{Amount: "31"})
		b.settle()
		if got := said(); got != "" {
			t.Errorf("of a single call: %q", got)
		}
	})
}

// An order's number tells no groups apart, and a field with one value neither.
func TestTheFormOffersTheFieldsThatGroupCalls(t *testing.T) {
	run(t, func(b *bench) {
		b.closed()
		if got := strings.Join(listen.OfferedFields(b.page), " "); got != "Region" {
			t.Errorf("offers %q", got)
		}
	})
}

func TestTheRecordTellsWhatEachStratumStandsFor(t *testing.T) {
	run(t, func(b *bench) {
		b.desk.draw.Strata, b.desk.draw.Equal = sampling.ByField("Region"), true
		b.desk.draw.Dealt = []sampling.Stratum{{Name: "North", Size: 60, Calls: 5}, {Name: "", Size: 20, Calls: 5}}
		b.page.Changed()
		b.settle()
		want := "by Region, equally many\nNorth: 5 of 60 calls, each standing for 12\n(none): 5 of 20 calls, each standing for 4"
		if got := listen.Record(b.page)["Dealt"]; got != want {
			t.Errorf("says %q", got)
		}
	})
}
