package desk

import (
	"context"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// Keys is how many issues can have a key of their own: 1 to 9.
const Keys = 9

// Issues are the codebook, in the order in which they were named.
func (d *Desk) Issues(ctx context.Context) ([]review.Issue, error) { return d.store.Issues(ctx) }

// IssuesOf are the codebook as it is offered while a call of category is
// heard: those heard before under that category, then the rest, each in the
// order in which they were named, so that nothing but the category suggests.
func (d *Desk) IssuesOf(ctx context.Context, category string) (before, elsewhere []review.Issue, err error) {
	all, err := d.store.Issues(ctx)
	if err != nil {
		return nil, nil, err
	}
	heard, err := d.store.IssuesHeardIn(ctx, category)
	if err != nil {
		return nil, nil, err
	}
	for _, issue := range all {
		if heard[issue.ID] {
			before = append(before, issue)
		} else {
			elsewhere = append(elsewhere, issue)
		}
	}
	return before, elsewhere, nil
}

// SetKey gives an issue a key from 1 to 9, or none with 0. An issue that had
// the key loses it. It answers [review.NoIssue] or [review.BadArgument].
func (d *Desk) SetKey(ctx context.Context, issueID string, key int) error {
	return d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		if key < 0 || key > Keys {
			return nil, review.Fail(review.BadArgument, review.Args{"name": "key", "value": key})
		}
		issues, err := tx.Issues(ctx)
		if err != nil {
			return nil, err
		}
		body := journal.IssueKeyed{Issue: issueID, Key: key}
		found := false
		for _, issue := range issues {
			if issue.ID == issueID {
				found = true
				if issue.Key == key {
					return nil, nil
				}
			} else if key != 0 && issue.Key == key {
				body.From = issue.ID
			}
		}
		if !found {
			return nil, review.Fail(review.NoIssue, review.Args{"name": issueID})
		}
		return []journal.Body{body}, nil
	})
}

// issueFor finds the issue of a name, or answers a new one with the first free
// key for the caller to name.
func (d *Desk) issueFor(ctx context.Context, tx Tx, name string) (issue review.Issue, named bool, err error) {
	clean, err := review.CleanName(name)
	if err != nil {
		return issue, false, err
	}
	issues, err := tx.Issues(ctx)
	if err != nil {
		return issue, false, err
	}
	taken := [Keys + 1]bool{}
	for _, i := range issues {
		if review.SameName(i.Name, clean) {
			return i, false, nil
		}
		taken[i.Key] = true
	}
	issue = review.Issue{ID: d.ids.New(), Name: clean}
	for key := Keys; key >= 1; key-- {
		if !taken[key] {
			issue.Key = key
		}
	}
	return issue, true, nil
}
