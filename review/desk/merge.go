package desk

import (
	"context"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/journal"
)

// MaxParts is how many issues one can be split into: each has a key.
const MaxParts = Keys

// Merge lets all moments of an issue count for another, also those that others
// will still tag with it. The other takes its key when it has none of its own.
// It answers [review.NoIssue], [IssueGone] or [SameIssue].
func (d *Desk) Merge(ctx context.Context, fromID, intoID string) error {
	return d.onEntry(ctx, fromID, func(entries []codebook.Entry, from codebook.Entry) ([]journal.Body, error) {
		into, err := living(entries, intoID)
		if err != nil {
			return nil, err
		}
		if into.ID == from.ID {
			return nil, review.Fail(SameIssue, review.Args{"name": from.Name})
		}
		bodies := freeing(from)
		if from.Key != 0 && into.Key == 0 && into.State == codebook.Open {
			bodies = []journal.Body{journal.IssueKeyed{Issue: into.ID, Key: from.Key, From: from.ID}}
		}
		return append(bodies, journal.IssueMerged{Issue: from.ID, Into: into.ID}), nil
	})
}

// Split opens an issue to be dealt, moment by moment, to issues of the given
// names; those that there are none of yet are named. An issue that is being
// split already gets them as further parts. It answers the parts, or
// [review.NoIssue], [IssueGone], [SameIssue], [FewParts], [ManyParts] or
// [review.BadName].
func (d *Desk) Split(ctx context.Context, issueID string, names []string) ([]review.Issue, error) {
	var parts []review.Issue
	err := d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		namer, err := d.namer(ctx, tx)
		if err != nil {
			return nil, err
		}
		whole, err := living(namer.entries, issueID)
		if err != nil {
			return nil, err
		}
		if whole.Key != 0 {
			namer.taken[whole.Key] = false // its key is the first part's
		}
		split, revived, err := namer.parts(whole, names)
		if err != nil {
			return nil, err
		}
		parts = nil
		for _, part := range split.Parts {
			e, _ := codebook.Find(namer.entries, part.Issue)
			parts = append(parts, e.Issue)
		}
		return slices.Concat(revived, freeing(whole), []journal.Body{split}), nil
	})
	return parts, err
}

// parts finds or names the issues that whole is split into.
func (n *namer) parts(whole codebook.Entry, names []string) (split journal.IssueSplit, revived []journal.Body, err error) {
	split.Issue = whole.ID
	for _, name := range names {
		issue, before, err := n.issue(name)
		if err != nil {
			return split, nil, err
		}
		if issue.ID == whole.ID {
			return split, nil, review.Fail(SameIssue, review.Args{"name": whole.Name})
		}
		if slices.ContainsFunc(split.Parts, func(p journal.Part) bool { return p.Issue == issue.ID }) {
			continue
		}
		part := journal.Part{Issue: issue.ID}
		switch before := before.(type) {
		case journal.IssueNamed:
			part.Name, part.Key = before.Name, before.Key
		case journal.IssueRevived:
			revived = append(revived, before)
		}
		split.Parts = append(split.Parts, part)
	}
	switch all := len(split.Parts) + len(whole.Parts); {
	case all < 2:
		return split, nil, review.Fail(FewParts, nil)
	case all > MaxParts:
		return split, nil, review.Fail(ManyParts, review.Args{"max": MaxParts})
	}
	return split, revived, nil
}

// Deal gives a moment of an issue that is being split to one of the parts; one
// that was dealt can be dealt again. It answers [review.NoMoment],
// [review.NoIssue], [IssueGone] or [NotAPart].
func (d *Desk) Deal(ctx context.Context, moment, partID string) error {
	return d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		m, err := tx.Moment(ctx, moment)
		if err != nil {
			return nil, err
		}
		entries, err := tx.Codebook(ctx)
		if err != nil {
			return nil, err
		}
		part, err := living(entries, partID)
		if err != nil || part.ID == m.IssueID {
			return nil, err
		}
		if !slices.Contains(dealable(entries, m.IssueID), part.ID) {
			return nil, review.Fail(NotAPart, review.Args{"name": part.Name, "of": m.Issue})
		}
		return []journal.Body{journal.MomentDealt{Moment: m.ID, Call: m.Call, Issue: part.ID}}, nil
	})
}

// dealable are the issues that a moment of an issue can be dealt to: its parts,
// or those that it was split off beside.
func dealable(entries []codebook.Entry, id string) []string {
	var all []string
	for _, e := range entries {
		if e.ID != id && !slices.ContainsFunc(e.Parts, func(part string) bool { return survivorOf(entries, part) == id }) {
			continue
		}
		for _, part := range e.Parts {
			all = append(all, survivorOf(entries, part))
		}
	}
	return all
}

func survivorOf(entries []codebook.Entry, id string) string {
	e, ok := codebook.Find(entries, id)
	if !ok {
		return id
	}
	return codebook.Survivor(entries, e).ID
}
