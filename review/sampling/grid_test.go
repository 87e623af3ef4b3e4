package sampling

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func weekly(number, first int) Design {
	return Design{Number: number, Filter: Filter{From: day(first), To: day(first + 7)}}
}

// Weekly draws tell calls apart by their week and by nothing else, so that a
// ranking counts whole periods.
func TestGridOfWeeklyDraws(t *testing.T) {
	g := NewGrid(day(2), day(23), []Design{weekly(1, 2), weekly(2, 9)}, []Arrival{{0, day(2), day(8)}, {1, day(9), day(22)}})
	if diff := cmp.Diff([]time.Time{day(2), day(9), day(16), day(23)}, g.Bounds); diff != "" || !g.Alike() {
		t.Fatalf("alike %t, bounds %s", g.Alike(), diff)
	}
	names := map[string]bool{}
	for period, want := range []bool{true, true, false} {
		name, _, covered := g.Cell(Spot{Period: period})
		names[name] = true
		if covered != want {
			t.Errorf("week %d covered: %t", period+1, covered)
		}
	}
	if len(names) != 3 {
		t.Errorf("%d cells, want 3", len(names))
	}
}

// A draw inside a category parts each week in two; the halves that the same
// draws take are one kind, so that they can join from week to week.
func TestGridOfADrawInsideACategory(t *testing.T) {
	inside := Design{Number: 3, Filter: Filter{Category: "Billing"}}
	g := NewGrid(day(2), day(16), []Design{weekly(1, 2), weekly(2, 9), inside}, nil)
	if !g.Categories || g.Queues || g.Alike() {
		t.Fatalf("%+v", g)
	}
	name, kind, _ := g.Cell(Spot{Period: 0, Category: "Sales"})
	other, same, _ := g.Cell(Spot{Period: 0, Category: "Complaint"})
	billing, within, _ := g.Cell(Spot{Period: 0, Category: "Billing"})
	_, later, _ := g.Cell(Spot{Period: 1, Category: "Billing"})
	if name != other || kind != same {
		t.Error("two categories that no draw tells apart are two cells")
	}
	if billing == name || within == kind || within != later {
		t.Errorf("billing %q %q, next week %q; others %q %q", billing, within, later, name, kind)
	}
}

// A draw of everything cannot have drawn what was imported after it. That
// matters only where later calls fall into its dates.
func TestGridKnowsLateArrivals(t *testing.T) {
	all := Design{Number: 1, Filter: Filter{}}
	again := Design{Number: 2, Filter: Filter{}}
	arrivals := []Arrival{{0, day(2), day(8)}, {1, day(9), day(15)}}
	g := NewGrid(day(2), day(16), []Design{all, again}, arrivals)
	if diff := cmp.Diff([]int{1}, g.Added); diff != "" {
		t.Fatal(diff)
	}
	early, _, _ := g.Cell(Spot{Added: 0})
	late, _, covered := g.Cell(Spot{Added: 1})
	if early == late || !covered {
		t.Errorf("early %q, late %q, covered %t", early, late, covered)
	}
	if g := NewGrid(day(2), day(9), []Design{all, again}, arrivals); !g.Alike() {
		t.Errorf("in a period without late calls: %+v", g)
	}
}

func TestGridOfStrata(t *testing.T) {
	byWeek := Design{Number: 1, Filter: Filter{From: day(3)}, Strata: ByWeek}
	byQueue := Design{Number: 2, Filter: Filter{MinDuration: time.Minute}, Strata: ByQueue}
	g := NewGrid(day(3), day(20), []Design{byWeek, byQueue}, nil)
	if diff := cmp.Diff([]time.Time{day(3), day(10), day(17), day(20)}, g.Bounds); diff != "" {
		t.Error(diff)
	}
	spots := []Spot{
		{Period: 0, Queue: "A", Length: 1},
		{Period: 0, Queue: "B", Length: 1},
		{Period: 1, Queue: "A", Length: 1},
		{Period: 0, Queue: "A", Length: 0},
		{Period: 0, Queue: "B", Length: 0},
	}
	names := map[string]int{}
	for _, s := range spots {
		name, _, _ := g.Cell(s)
		names[name]++
	}
	if len(names) != 4 { // short calls are in no stratum of the second draw
		t.Errorf("%d cells, want 4: %v", len(names), names)
	}
}

func TestWeeksBeginWhereTheFilterDoes(t *testing.T) {
	for _, test := range []struct {
		filter Filter
		at     time.Time
		want   string
	}{
		{Filter{}, day(2), "2026-11-02"}, // a Monday
		{Filter{}, day(8).Add(23 * time.Hour), "2026-11-02"},
		{Filter{From: day(4)}, day(10), "2026-11-04"},
		{Filter{From: day(4)}, day(11), "2026-11-11"},
		{Filter{From: day(4)}, day(3), "2026-10-28"},
	} {
		if got := test.filter.StratumOf(ByWeek, Traits{Start: test.at}); got != test.want {
			t.Errorf("from %v, %v: week of %s, want %s", test.filter.From, test.at, got, test.want)
		}
	}
}
