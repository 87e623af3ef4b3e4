package desk

import (
	"context"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// Follow sets who sees to an issue, how far they are and what comes next. It
// answers [review.NoIssue] or what [review.Follow.Clean] answers.
func (d *Desk) Follow(ctx context.Context, issueID string, follow review.Follow) error {
	return d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		follow, err := follow.Clean()
		if err != nil {
			return nil, err
		}
		issues, err := tx.Issues(ctx)
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(issues, func(i review.Issue) bool { return i.ID == issueID })
		if i < 0 {
			return nil, review.Fail(review.NoIssue, review.Args{"name": issueID})
		}
		if issues[i].Follow == follow {
			return nil, nil
		}
		return []journal.Body{journal.IssueFollowed{
			Issue: issueID, Owner: follow.Owner, State: follow.State, On: follow.On, Next: follow.Next,
		}}, nil
	})
}

// IssueCalled finds an issue of the codebook by its name, or by its id. It
// answers [review.NoIssue].
func (d *Desk) IssueCalled(ctx context.Context, name string) (review.Issue, error) {
	issues, err := d.store.Issues(ctx)
	if err != nil {
		return review.Issue{}, err
	}
	for _, issue := range issues {
		if issue.ID == name || review.SameName(issue.Name, name) {
			return issue, nil
		}
	}
	return review.Issue{}, review.Fail(review.NoIssue, review.Args{"name": name})
}
