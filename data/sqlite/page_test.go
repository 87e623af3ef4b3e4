package sqlite_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// mixed is a library of calls in every state, of which some began in the same
// second.
func mixed(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t, 90)
	ctx := context.Background()
	same := entries(40, 60)
	for i := range same {
		same[i].Meta.Start = same[0].Meta.Start
		same[i].Meta.Category = "Kündigung"
	}
	early := entry(7)
	early.Meta.Start = time.Date(1969, 12, 31, 23, 30, 0, 0, time.UTC)
	f.add(t, append(same, early)...)
	d, err := f.Draw(ctx, desk.DrawRequest{N: 12}, nil)
	must(t, err)
	for _, c := range d.Calls[:5] {
		must(t, f.Hear(ctx, c.UID, 1))
	}
	must(t, f.Skip(ctx, d.Calls[5].UID, review.NotCustomer, "a wrong number"))
	_, err = f.store.EndLook(ctx, "/recordings", 2, func(id int64) bool { return id%7 > 0 })
	must(t, err)
	return f
}

// want are the uids that a filter lets in, newest first, told from all calls by
// the words of the filter.
func (f *fixture) want(t *testing.T, of desk.CallFilter) []string {
	t.Helper()
	var uids []string
	for c, err := range f.Calls(context.Background(), "") {
		must(t, err)
		text := strings.ToLower(c.UID + "\n" + c.Queue + "\n" + c.Category)
		if (of.State == "" || c.State == of.State) && (of.From.IsZero() || !c.Start.Before(of.From)) && (of.To.IsZero() || c.Start.Before(of.To)) &&
			(!of.Queue.Set || c.Queue == of.Queue.Name) && (!of.Category.Set || c.Category == of.Category.Name) &&
			strings.Contains(text, strings.ToLower(of.Text)) {
			uids = append(uids, c.UID)
		}
	}
	slices.Reverse(uids)
	return uids
}

var start = time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)

var someFilters = map[string]desk.CallFilter{
	"all": {}, "new": {State: review.New}, "drawn": {State: review.Drawn}, "heard": {State: review.Heard},
	"skipped": {State: review.Skipped}, "missing": {State: review.Missing},
	"a queue":        {Queue: desk.Only{Set: true, Name: "Sales"}},
	"no queue":       {Queue: desk.Only{Set: true}},
	"a category":     {Category: desk.Only{Set: true, Name: "Kündigung"}, State: review.New},
	"a period":       {From: start.Add(20 * time.Hour), To: start.Add(50*time.Hour + 30*time.Minute)},
	"before 1970":    {To: time.Unix(0, 0)},
	"a text":         {Text: "KÜNDIG"},
	"a uid":          {Text: "Call-04"},
	"a percent sign": {Text: "%"},
}

func TestAPageHoldsWhatTheFilterLetsIn(t *testing.T) {
	f := mixed(t)
	for name, filter := range someFilters {
		want := f.want(t, filter)
		for _, most := range []int{1, 7, 1000} {
			var got []string
			for place := (desk.ListPlace{}); len(got) <= len(want); {
				page, err := f.CallPage(context.Background(), filter, place, most)
				must(t, err)
				for _, c := range page {
					got = append(got, c.UID)
					place = desk.ListPlace{Start: c.Start, UID: c.UID}
				}
				if len(page) < most {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s, %d at once: %v, want %v", name, most, got, want)
			}
		}
	}
}

// The hours say where each row lies: so many beyond the end of its hour.
func TestHoursLeadToEveryRow(t *testing.T) {
	f := mixed(t)
	for name, filter := range someFilters {
		want := f.want(t, filter)
		hours, err := f.CallHours(context.Background(), filter)
		must(t, err)
		var got []string
		for _, hour := range hours {
			for skip := range hour.Calls {
				page, err := f.CallPage(context.Background(), filter, desk.ListPlace{Start: hour.Hour.Add(time.Hour), Skip: skip}, 1)
				must(t, err)
				for _, c := range page {
					got = append(got, c.UID)
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

func TestCountsAddUp(t *testing.T) {
	f := mixed(t)
	ctx := context.Background()
	edges := []time.Time{time.Unix(-1e9, 0), start.Add(13*time.Hour + 20*time.Minute), start.Add(44 * time.Hour), start.AddDate(1, 0, 0)}
	for name, filter := range someFilters {
		counts, err := f.CallCounts(ctx, filter, edges)
		must(t, err)
		for i, c := range counts {
			within := filter
			within.From, within.To = later(edges[i], filter.From), edges[i+1]
			if !filter.To.IsZero() && filter.To.Before(within.To) {
				within.To = filter.To
			}
			queues, categories := 0, 0
			for _, n := range c.Queues {
				queues += n
			}
			for _, n := range c.Categories {
				categories += n
			}
			if want := len(f.want(t, within)); queues != want || categories != want {
				t.Errorf("%s, period %d: %d by queue and %d by category, want %d", name, i, queues, categories, want)
			}
		}
	}
	states, err := f.StateCounts(ctx)
	must(t, err)
	for _, state := range []review.State{review.New, review.Drawn, review.Heard, review.Skipped, review.Missing} {
		if want := len(f.want(t, desk.CallFilter{State: state})); states[state] != want || want == 0 {
			t.Errorf("%d calls are %s, want %d", states[state], state, want)
		}
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
