package desk

import (
	"context"
	"iter"
	"time"

	"github.com/earshot-app/earshot/review"
)

// A CallFilter says which calls a list shows; the zero one shows all.
type CallFilter struct {
	From, To        time.Time // of their starts, To exclusive; zero for open
	Queue, Category Only
	State           review.State // "" for all
	// Text is in what anyone may read of a call, in any case: its uid or that of a
	// part or contact, the name of its queue, its category or an issue heard in it.
	// "product: fibre" asks for calls whose field "product" holds "fibre".
	Text string
}

// Only asks for one name, also for "".
type Only struct {
	Set  bool
	Name string
}

// HourCount is how many calls of a list began in an hour of UTC.
type HourCount struct {
	Hour  time.Time
	Calls int
}

// A ListPlace is a place in a list of calls, newest first: behind a call, or so many calls
// beyond those that began at a time or later. The zero one is the top.
type ListPlace struct {
	Start time.Time
	UID   string // of the call; "" for all that began at Start or later
	Skip  int
}

// A PeriodCount counts the calls of a period by what they were filed under and by
// queue, "" for those without.
type PeriodCount struct {
	From, To   time.Time
	Categories map[string]int
	Queues     map[string]int
}

// ReadPages reads the catalogue in parts, for lists that nobody could hold in
// memory.
type ReadPages interface {
	// CallHours counts the calls of a list by the hours in which they began,
	// newest first; hours without calls are left out.
	CallHours(ctx context.Context, f CallFilter) ([]HourCount, error)
	// CallPage are the next calls of a list, at most so many, newest first and by
	// uid downwards, without their fields.
	CallPage(ctx context.Context, f CallFilter, from ListPlace, most int) ([]review.Call, error)
	// CallCounts counts the calls of a list by periods, one fewer than edges.
	CallCounts(ctx context.Context, f CallFilter, edges []time.Time) ([]PeriodCount, error)
	// StateCounts counts all calls by state.
	StateCounts(ctx context.Context) (map[review.State]int, error)
}

// CallHours counts the calls of a list by the hours in which they began, newest
// first: with it, a list knows how long it is and where in it a time is.
func (d *Desk) CallHours(ctx context.Context, f CallFilter) ([]HourCount, error) {
	return d.store.CallHours(ctx, f)
}

// CallPage are the next calls of a list, at most so many, newest first, without
// their fields.
func (d *Desk) CallPage(ctx context.Context, f CallFilter, from ListPlace, most int) ([]review.Call, error) {
	return d.store.CallPage(ctx, f, from, most)
}

// pageSize is how many calls [Desk.CallList] reads at once.
const pageSize = 2000

// CallList are all calls of a list, read a page at a time.
func (d *Desk) CallList(ctx context.Context, f CallFilter) iter.Seq2[review.Call, error] {
	return func(yield func(review.Call, error) bool) {
		for place := (ListPlace{}); ; {
			page, err := d.store.CallPage(ctx, f, place, pageSize)
			if err != nil {
				yield(review.Call{}, err)
				return
			}
			for _, c := range page {
				if !yield(c, nil) {
					return
				}
				place = ListPlace{Start: c.Start, UID: c.UID}
			}
			if len(page) < pageSize {
				return
			}
		}
	}
}

// CallCounts counts the calls of a list by periods, one fewer than edges, of
// which each goes from one edge until before the next.
func (d *Desk) CallCounts(ctx context.Context, f CallFilter, edges []time.Time) ([]PeriodCount, error) {
	return d.store.CallCounts(ctx, f, edges)
}

// StateCounts counts all calls by state.
func (d *Desk) StateCounts(ctx context.Context) (map[review.State]int, error) {
	return d.store.StateCounts(ctx)
}
