package library_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// shelf is a library of some calls.
type shelf struct {
	mu    sync.Mutex
	calls []review.Call // by start
	draws []desk.Draw
	reads int

	pages   []string // that were read: behind which call, beyond how many
	sources []desk.LookedAt
	alone   []desk.UnjoinedCount

	found    []desk.FoundCall // by every search
	searched []string

	forgotten []string

	counts chan struct{} // if not nil, a narrowed list is counted once this is closed
	gaveUp error         // why the look for calls that are not there ended
}

// listed are the calls that a filter lets in, newest first.
func (s *shelf) listed(f desk.CallFilter) []review.Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var calls []review.Call
	for _, c := range s.calls {
		if (f.Queue == desk.Only{} || f.Queue.Name == c.Queue) && strings.Contains(c.UID, f.Text) && (f.State == "" || f.State == c.State) {
			calls = append(calls, c)
		}
	}
	slices.Reverse(calls)
	return calls
}

func (s *shelf) UnjoinedCounts(context.Context) ([]desk.UnjoinedCount, error) { return s.alone, nil }

func (s *shelf) Unjoined(context.Context, string, desk.UnjoinedSide) iter.Seq2[desk.Unjoined, error] {
	return func(yield func(desk.Unjoined, error) bool) {
		_ = yield(desk.Unjoined{Line: 7, Name: "calls.csv", Reason: "metadata-no-recording", Said: []review.Field{
			{Name: "queue", Value: review.Hide("Billing")}, {Name: "customer", Value: review.Hide("+1 202 555 0117")},
		}}, nil) && yield(desk.Unjoined{Name: "lost.wav", Reason: desk.NoRow}, nil)
	}
}

func (s *shelf) ProfileName(profile string) string { return profile }

func (s *shelf) CallHours(_ context.Context, f desk.CallFilter) ([]desk.HourCount, error) {
	s.mu.Lock()
	s.reads++
	s.mu.Unlock()
	if s.counts != nil && f != (desk.CallFilter{}) {
		<-s.counts
	}
	var hours []desk.HourCount
	for _, c := range s.listed(f) {
		hour := c.Start.Truncate(time.Hour)
		if n := len(hours); n == 0 || !hours[n-1].Hour.Equal(hour) {
			hours = append(hours, desk.HourCount{Hour: hour})
		}
		hours[len(hours)-1].Calls++
	}
	return hours, nil
}

func (s *shelf) CallPage(ctx context.Context, f desk.CallFilter, from desk.ListPlace, most int) ([]review.Call, error) {
	listed := s.listed(f)
	if s.counts != nil && len(listed) == 0 {
		<-ctx.Done()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.gaveUp = ctx.Err()
		return nil, ctx.Err()
	}
	calls := slices.DeleteFunc(listed, func(c review.Call) bool {
		if from.UID == "" {
			return !from.Start.IsZero() && !c.Start.Before(from.Start)
		}
		return c.Start.After(from.Start) || c.Start.Equal(from.Start) && c.UID >= from.UID
	})
	calls = calls[min(from.Skip, len(calls)):]
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages = append(s.pages, fmt.Sprint(from.UID, " ", from.Skip))
	return calls[:min(most, len(calls))], nil
}

func (s *shelf) CallList(_ context.Context, f desk.CallFilter) iter.Seq2[review.Call, error] {
	return func(yield func(review.Call, error) bool) {
		for _, c := range s.listed(f) {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func (s *shelf) CallCounts(_ context.Context, f desk.CallFilter, edges []time.Time) ([]desk.PeriodCount, error) {
	var counts []desk.PeriodCount
	for i := range max(0, len(edges)-1) {
		p := desk.PeriodCount{From: edges[i], To: edges[i+1], Queues: map[string]int{}, Categories: map[string]int{}}
		for _, c := range s.listed(f) {
			if !c.Start.Before(p.From) && c.Start.Before(p.To) {
				p.Queues[c.Queue]++
				p.Categories[c.Category]++
			}
		}
		counts = append(counts, p)
	}
	return counts, nil
}

func (s *shelf) StateCounts(context.Context) (map[review.State]int, error) {
	counts := map[review.State]int{}
	for _, c := range s.listed(desk.CallFilter{}) {
		counts[c.State]++
	}
	return counts, nil
}

func (s *shelf) Queues(context.Context) ([]string, error) { return []string{"Billing", "Sales"}, nil }

func (s *shelf) Categories(context.Context) ([]string, error) {
	return []string{"Kündigung", "Other"}, nil
}
func (s *shelf) Sources(context.Context) ([]desk.LookedAt, error) { return s.sources, nil }

func (s *shelf) ProblemsOf(context.Context, string) ([]desk.Problem, error) {
	return []desk.Problem{{File: "bad.wav", Reason: review.Fail("bad-wav", review.Args{"chunk": "fmt"})}}, nil
}
