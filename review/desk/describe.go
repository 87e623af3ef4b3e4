package desk

import (
	"context"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/journal"
)

// The ways in which an act on the codebook is refused.
const (
	NameTaken review.Code = "name-taken"    // args: name; another issue has it
	IssueGone review.Code = "issue-merged"  // args: name, into; it became another
	SameIssue review.Code = "same-issue"    // args: name; it would become itself
	FewParts  review.Code = "too-few-parts" // fewer than two
	ManyParts review.Code = "too-many-parts"
	NotAPart  review.Code = "not-a-part" // args: name, of; the moment's issue was not split into it
)

// Codebook are all issues with what became of them, in the order in which they
// were named.
func (d *Desk) Codebook(ctx context.Context) ([]codebook.Entry, error) { return d.store.Codebook(ctx) }

// Entry finds an issue of the codebook by its id or name; of several of one
// name, the one that is not merged. It answers [review.NoIssue].
func (d *Desk) Entry(ctx context.Context, ref string) (codebook.Entry, error) {
	return entry(ctx, d.store, ref)
}

func entry(ctx context.Context, r ReadCodebook, ref string) (codebook.Entry, error) {
	entries, err := r.Codebook(ctx)
	if err != nil {
		return codebook.Entry{}, err
	}
	e, ok := codebook.Find(entries, ref)
	if !ok {
		return e, review.Fail(review.NoIssue, review.Args{"name": ref})
	}
	return e, nil
}

// living finds an issue that was not merged. It answers [review.NoIssue] or
// [IssueGone].
func living(entries []codebook.Entry, id string) (codebook.Entry, error) {
	e, ok := codebook.Find(entries, id)
	switch {
	case !ok:
		return e, review.Fail(review.NoIssue, review.Args{"name": id})
	case e.State == codebook.Merged:
		into := codebook.Survivor(entries, e)
		return e, review.Fail(IssueGone, review.Args{"name": e.Name, "into": into.Name})
	}
	return e, nil
}

// onEntry is an act on one issue that was not merged.
func (d *Desk) onEntry(ctx context.Context, id string, decide func([]codebook.Entry, codebook.Entry) ([]journal.Body, error)) error {
	return d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		entries, err := tx.Codebook(ctx)
		if err != nil {
			return nil, err
		}
		e, err := living(entries, id)
		if err != nil {
			return nil, err
		}
		return decide(entries, e)
	})
}

// Rename gives an issue another name. The name of what was merged into it is
// free to take. It answers [review.NoIssue], [IssueGone], [review.BadName] or
// [NameTaken].
func (d *Desk) Rename(ctx context.Context, issueID, name string) error {
	return d.onEntry(ctx, issueID, func(entries []codebook.Entry, e codebook.Entry) ([]journal.Body, error) {
		clean, err := review.CleanName(name)
		if err != nil || clean == e.Name {
			return nil, err
		}
		for _, other := range entries {
			if other.ID != e.ID && other.State != codebook.Merged && review.SameName(other.Name, clean) {
				return nil, review.Fail(NameTaken, review.Args{"name": other.Name})
			}
		}
		return []journal.Body{journal.IssueRenamed{Issue: e.ID, Name: clean}}, nil
	})
}

// Describe sets what is told of an issue. Of body, what is nil stays as it is.
// It answers [review.NoIssue], [IssueGone] or [WordsTooBig].
func (d *Desk) Describe(ctx context.Context, body journal.IssueDescribed) error {
	return d.onEntry(ctx, body.Issue, func(_ []codebook.Entry, e codebook.Entry) ([]journal.Body, error) {
		said := body
		for _, field := range []**string{&said.Definition, &said.Include, &said.Exclude, &said.Example, &said.Prevented, &said.Fixer} {
			if *field == nil {
				continue
			}
			clean, err := cleanWords(**field)
			if err != nil {
				return nil, err
			}
			*field = &clean
		}
		said.Issue = e.ID
		is := e.Description
		if said.Apply(&is); is == e.Description {
			return nil, nil
		}
		return []journal.Body{said}, nil
	})
}

// Retire takes an issue from what is offered while calls are heard, and its key
// from it. What was heard of it counts on. It answers [review.NoIssue] or
// [IssueGone].
func (d *Desk) Retire(ctx context.Context, issueID string) error {
	return d.onEntry(ctx, issueID, func(_ []codebook.Entry, e codebook.Entry) ([]journal.Body, error) {
		if e.State == codebook.Retired {
			return nil, nil
		}
		return append(freeing(e), journal.IssueRetired{Issue: e.ID}), nil
	})
}

// Revive offers a retired issue again. It answers [review.NoIssue] or
// [IssueGone].
func (d *Desk) Revive(ctx context.Context, issueID string) error {
	return d.onEntry(ctx, issueID, func(_ []codebook.Entry, e codebook.Entry) ([]journal.Body, error) {
		if e.State != codebook.Retired {
			return nil, nil
		}
		return []journal.Body{journal.IssueRevived{Issue: e.ID}}, nil
	})
}

// freeing takes the key from an issue that is not offered any more.
func freeing(e codebook.Entry) []journal.Body {
	if e.Key == 0 {
		return nil
	}
	return []journal.Body{journal.IssueKeyed{Issue: e.ID, Key: 0}}
}

// Near are the issues whose names look like name, nearest first: one of them may
// be what somebody is about to name again. A near name of what was merged leads
// to its survivor.
func (d *Desk) Near(ctx context.Context, name string) ([]review.Issue, error) {
	entries, err := d.store.Codebook(ctx)
	if err != nil {
		return nil, err
	}
	var near []review.Issue
	for _, n := range codebook.Near(name, codebook.Names(entries)) {
		if e, ok := codebook.Find(entries, n.ID); ok {
			near = append(near, e.Issue)
		}
	}
	return near, nil
}
