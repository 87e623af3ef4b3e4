package desk

import (
	"context"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/journal"
)

// Keys is how many issues can have a key of their own: 1 to 9.
const Keys = 9

// Issues are those of the codebook that lists show, in the order in which they
// were named; see [codebook.Entry.Shown].
func (d *Desk) Issues(ctx context.Context) ([]review.Issue, error) { return d.store.Issues(ctx) }

// IssuesOf are the codebook as it is offered while a call is heard: those heard
// before under its category, then the rest, each in the order in which they were
// named, so that nothing but the category suggests. Retired issues, and those that
// are being split, are not offered. In a call of an open session they have the keys
// of the session.
func (d *Desk) IssuesOf(ctx context.Context, call review.Call) (before, elsewhere []review.Issue, err error) {
	all, err := d.store.Issues(ctx)
	if err == nil {
		err = d.sessionKeys(ctx, call.UID, all)
	}
	if err != nil {
		return nil, nil, err
	}
	heard, err := d.store.IssuesHeardIn(ctx, call.Category)
	if err != nil {
		return nil, nil, err
	}
	for _, issue := range all {
		if issue.Aside {
			continue
		}
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

// namer finds the issues that names mean in one act, and makes those that are
// new.
type namer struct {
	ids     IDs
	entries []codebook.Entry
	taken   [Keys + 1]bool
}

func (d *Desk) namer(ctx context.Context, tx Tx) (*namer, error) {
	entries, err := tx.Codebook(ctx)
	n := &namer{ids: d.ids, entries: entries}
	for _, e := range entries {
		n.taken[e.Key] = true
	}
	return n, err
}

// issue finds the issue of a name, or makes one with the first free key. What
// was merged under that name is its survivor. before is what must be told
// first, when the issue is new or was retired.
func (n *namer) issue(name string) (issue review.Issue, before journal.Body, err error) {
	clean, err := review.CleanName(name)
	if err != nil {
		return issue, nil, err
	}
	if e, ok := codebook.Called(n.entries, clean); ok {
		e = codebook.Survivor(n.entries, e)
		return e.Issue, reviving(e), nil
	}
	issue = review.Issue{ID: n.ids.New(), Name: clean, Key: n.freeKey()}
	n.taken[issue.Key] = true
	n.entries = append(n.entries, codebook.Entry{Issue: issue, State: codebook.Open})
	return issue, journal.IssueNamed{Issue: issue.ID, Name: issue.Name, Key: issue.Key}, nil
}

// freeKey is the first key that no issue has, or 0.
func (n *namer) freeKey() int {
	for key := 1; key <= Keys; key++ {
		if !n.taken[key] {
			return key
		}
	}
	return 0
}

// reviving offers a retired issue again, as who names it wants it.
func reviving(e codebook.Entry) journal.Body {
	if e.State != codebook.Retired {
		return nil
	}
	return journal.IssueRevived{Issue: e.ID}
}
