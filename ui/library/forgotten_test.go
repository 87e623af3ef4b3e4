package library_test

import (
	"slices"
	"testing"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/library"
)

// A forgotten call is not one whose recording may come back: its row says that it was
// forgotten and, as only that is left, the week and how it stands. 10 November 2026 lies
// in week 46 of ISO 8601.
func TestAForgottenCallIsSaidToBeForgotten(t *testing.T) {
	s := &shelf{calls: calls(4)}
	for n, state := range []review.State{review.Missing, review.Heard} {
		s.calls[n].UID, s.calls[n].State, s.calls[n].Duration = review.ForgottenUID(s.calls[n].UID), state, 0
	}
	page(t, s, func(p *library.Screen, _ *shell, _ func(...command.Key)) {
		got := rows(p)
		for _, want := range []string{
			"Week 46 of 2026 · – · Billing · Other · forgotten",
			"Week 46 of 2026 · – · Sales · Kündigung · heard, forgotten",
		} {
			if !slices.Contains(got, want) {
				t.Errorf("it says %q, not %q", got, want)
			}
		}
	})
}
