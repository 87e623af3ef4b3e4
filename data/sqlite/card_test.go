package sqlite_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// A filing is what a card counts: a category's calls, how many were heard, those
// without an issue, and those with each.
type filing struct {
	calls, heard, quiet int64
	issues              map[string]int64
}

func (f *filing) text(category string) string {
	return fmt.Sprintf("%s: %d calls, %d heard, %d without an issue, %v", category, f.calls, f.heard, f.quiet, f.issues)
}

// cardsByHand asks each call what it is filed under and what was found in it.
func cardsByHand(t *testing.T, f *fixture, filter desk.Filter) (texts []string) {
	t.Helper()
	filings := map[string]*filing{}
	for c, err := range f.Calls(context.Background(), "") {
		must(t, err)
		if filter.Queue != "" && c.Queue != filter.Queue || c.Start.Before(filter.From) {
			continue
		}
		if filings[c.Category] == nil {
			filings[c.Category] = &filing{issues: map[string]int64{}}
		}
		under := filings[c.Category]
		under.calls++
		if c.State != review.Heard || c.Scope == review.Nowhere {
			continue
		}
		under.heard++
		v, err := f.View(context.Background(), c.UID)
		must(t, err)
		if len(v.Moments) == 0 {
			under.quiet++
		}
		for _, m := range v.Moments { // each issue once a call
			under.issues[m.Issue]++
		}
	}
	for category, under := range filings {
		texts = append(texts, under.text(category))
	}
	slices.Sort(texts)
	return texts
}

func categoryCounts(t *testing.T, f *fixture, filter desk.Filter) []ranking.CategoryCount {
	t.Helper()
	draws, err := f.Draws(context.Background())
	must(t, err)
	counts, err := f.store.CategoryCounts(context.Background(), filter, draws)
	must(t, err)
	return counts
}

func cardTexts(cards []ranking.CategoryCount) (texts []string) {
	for _, card := range cards {
		under := filing{card.Calls, card.Heard, card.NoProblem, map[string]int64{}}
		for _, issue := range card.Issues {
			under.issues[issue.Name] = issue.Calls
		}
		texts = append(texts, under.text(card.Category))
	}
	slices.Sort(texts)
	return texts
}
