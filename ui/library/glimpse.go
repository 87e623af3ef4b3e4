package library

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
)

// To count what a filter lets in takes a look at each of a million calls, and the
// newest of them are mostly found in a few milliseconds. So these are listed first,
// and the list is whole once it was counted.

// glimpseFor is how long the newest calls are looked for. Where few or none match,
// that too would take a look at each call, beside the count and with every letter.
const glimpseFor = 100 * time.Millisecond

// glimpse lists the newest calls that the filter lets in, unless all were counted
// before that.
func (s *Screen) glimpse() {
	m, filter := s.model, s.model.filter
	if m.contents == nil || filter == (desk.CallFilter{}) {
		return // of all calls it is known how many they are
	}
	work := func(ctx context.Context, _ func(job.Progress)) ([]callRow, error) {
		ctx, end := context.WithTimeout(ctx, glimpseFor)
		defer end()
		calls, err := s.Desk.CallPage(ctx, filter, desk.ListPlace{}, rowsOfPage)
		return rowsOf(calls), err
	}
	s.glimpsing = job.Run(s.jobs, "", work, nil, func(rows []callRow, err error) {
		s.glimpsing = nil
		if err != nil {
			return // it takes too long; whatever else it is, the count meets it too
		}
		seen := *m.contents
		seen.filter, seen.list, seen.counted = filter, glimpsed(rows), false
		m.contents = &seen
		s.refresh()
	})
}

// glimpsed is a list of which nothing but its first page is known.
func glimpsed(rows []callRow) *pager {
	p := newPager([]desk.HourCount{{Calls: len(rows)}})
	p.put(0, rows)
	return p
}
