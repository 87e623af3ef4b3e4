package sqlite_test

import (
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/desk"
)

// The latest moments are the end of all: the latest calls first, in a call by
// time, of one issue and within the filter.
func TestLatestMomentsAreTheEndOfAll(t *testing.T) {
	f := newFixture(t, 40)
	for _, c := range draw(t, f, desk.DrawRequest{N: 30}).Calls {
		f.tag(t, c.UID, "Late bill", 9*time.Second)
		f.tag(t, c.UID, "No signal", 5*time.Second)
		f.tag(t, c.UID, "Late bill", 3*time.Second)
		must(t, f.Hear(t.Context(), c.UID, 1))
	}
	issues, err := f.Issues(t.Context())
	must(t, err)
	for _, filter := range []desk.Filter{{}, {Queue: "Sales"}, {To: time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC)}} {
		var all []string
		for h, err := range f.Moments(t.Context(), filter, issues[0].ID) {
			must(t, err)
			all = append(all, h.Call.UID+" "+h.Moment.At.String())
		}
		for _, most := range []int{1, 6, 7, 1000} {
			latest, err := f.LatestMoments(t.Context(), filter, issues[0].ID, most)
			must(t, err)
			var got []string
			for _, h := range latest {
				got = append(got, h.Call.UID+" "+h.Moment.At.String())
			}
			if want := latestOf(all, most); !slices.Equal(got, want) {
				t.Errorf("%+v, at most %d: got %q, want %q", filter, most, got, want)
			}
		}
	}
}

// latestOf goes back through moments, two of each call.
func latestOf(all []string, most int) (latest []string) {
	for call := range slices.Chunk(all, 2) {
		latest = append(slices.Clone(call), latest...)
	}
	return latest[:min(most, len(latest))]
}
