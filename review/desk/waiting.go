package desk

import (
	"context"
	"fmt"
	"slices"

	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/ranking"
)

// waits are the splits of which moments are still to be dealt. Until they are,
// the shares of their parts are made of the calls looked at.
type waits []codebook.Undealt

func (d *Desk) waits(ctx context.Context) (waits, error) {
	undealt, err := d.store.Undealt(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the splits to be dealt: %w", err)
	}
	return undealt, nil
}

// of are the ids of the split issues of which moments may yet turn out to be of
// one of these.
func (w waits) of(issueIDs ...string) []string {
	var splits []string
	for _, u := range w {
		if slices.ContainsFunc(u.Parts, func(part string) bool { return slices.Contains(issueIDs, part) }) {
			splits = append(splits, u.Issue)
		}
	}
	return splits
}

// dealing reports whether moments of an issue are to be dealt to others.
func (w waits) dealing(issueID string) bool {
	return slices.ContainsFunc(w, func(u codebook.Undealt) bool { return u.Issue == issueID })
}

// tell says of counted issues which splits they wait for, and how many moments
// that are, of so many of each split.
func (w waits) tell(issues []ranking.IssueCount, moments func(split string) int) {
	for i := range issues {
		issue := &issues[i]
		issue.WaitsFor, issue.Dealing, issue.ToLookAt = w.of(issue.ID), w.dealing(issue.ID), 0
		if issue.Dealing {
			issue.ToLookAt = moments(issue.ID)
		}
		for _, split := range issue.WaitsFor {
			issue.ToLookAt += moments(split)
		}
	}
}

// inAll tells it of the issues of a ranking.
func (w waits) inAll(counts *ranking.Counts) {
	of := map[string]int{}
	for _, u := range w {
		of[u.Issue] = u.Moments
	}
	w.tell(counts.Issues, func(split string) int { return of[split] })
}

// inEach tells it of the issues of each category, of the moments that the store
// counted there.
func (w waits) inEach(counts []ranking.CategoryCount) {
	for _, c := range counts {
		of := map[string]int{}
		for _, issue := range c.Issues {
			of[issue.ID] = issue.ToLookAt
		}
		w.tell(c.Issues, func(split string) int { return of[split] })
	}
}
