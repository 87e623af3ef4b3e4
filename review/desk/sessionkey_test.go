package desk

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// The session began with Late bill and Rude letter. Here the first was renamed to
// what the second is called there, and others have both names: a key is that of the
// issue of its id, and of nobody else.
func TestAKeyOfASessionIsThatOfOneIssue(t *testing.T) {
	issues := []review.Issue{
		{ID: "own-bill", Name: "late bill", Key: 1},
		{ID: "bill", Name: "Rude letter", Key: 2},
		{ID: "own-letter", Name: "rude letter", Key: 3},
		{ID: "price", Name: "Price", Key: 4},
	}
	rekey(issues, []journal.IssueNamed{{Issue: "letter", Name: "Rude letter"}, {Issue: "bill", Name: "Late bill"}})
	got := map[string]int{}
	for _, i := range issues {
		got[i.ID] = i.Key
	}
	want := map[string]int{"own-bill": 0, "bill": 2, "own-letter": 1, "price": 4}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
