package desk

import (
	"context"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/ranking"
)

// Ranked is the ranking of a period and queue.
type Ranked struct {
	Filter  Filter
	Counts  ranking.Counts
	Weeks   float64 // that the frame spans
	Issues  []ranking.Ranked
	Unheard ranking.Unheard // whether enough was heard
	// ToppedUp says that a draw was topped up: its size was chosen after looking
	// at what was heard, which makes intervals look surer than they are.
	ToppedUp bool
}

// NotRanked is answered for an issue that no heard, drawn call of the filter
// holds. Args: name.
const NotRanked review.Code = "not-ranked"

// Rank ranks the issues by their share of the calls that match the filter, from
// all draws of which something was heard, each weighed by what it could have
// drawn. See [ranking.Cell].
func (d *Desk) Rank(ctx context.Context, f Filter) (Ranked, error) {
	draws, err := d.store.Designs(ctx)
	if err != nil {
		return Ranked{}, err
	}
	return d.rank(ctx, f, draws)
}

func (d *Desk) rank(ctx context.Context, f Filter, draws []Draw) (Ranked, error) {
	counts, err := d.counts(ctx, f, draws)
	if err != nil {
		return Ranked{}, err
	}
	weeks := ranking.Weeks(f.From, f.To, counts.First, counts.Last)
	return Ranked{
		Filter: f, Counts: counts, Weeks: weeks,
		Issues: ranking.Rank(counts, weeks), Unheard: counts.LookAhead(),
		ToppedUp: slices.ContainsFunc(draws, func(d Draw) bool { return d.TopsUp != "" && d.Begun }),
	}, nil
}

func (d *Desk) counts(ctx context.Context, f Filter, draws []Draw) (ranking.Counts, error) {
	counts, err := d.store.Counts(ctx, f, draws)
	if err != nil {
		return ranking.Counts{}, err
	}
	if err := d.store.CallByCall(ctx, f, draws, &counts); err != nil {
		return counts, err
	}
	waits, err := d.waits(ctx)
	waits.inAll(&counts)
	return counts, err
}

// Compare says how sure it is that issue a comes before issue b, both by name
// or id. It answers [review.NoIssue] or [NotRanked].
func (d *Desk) Compare(ctx context.Context, f Filter, a, b string) (ranking.Pair, error) {
	draws, err := d.store.Designs(ctx)
	if err != nil {
		return ranking.Pair{}, err
	}
	counts, err := d.counts(ctx, f, draws)
	if err != nil {
		return ranking.Pair{}, err
	}
	idA, err := d.rankedIssue(ctx, counts, a)
	if err != nil {
		return ranking.Pair{}, err
	}
	idB, err := d.rankedIssue(ctx, counts, b)
	if err != nil {
		return ranking.Pair{}, err
	}
	pair, _ := ranking.Compare(counts, idA, idB)
	return pair, nil
}

// rankedIssue finds the id of a counted issue by its name or id.
func (d *Desk) rankedIssue(ctx context.Context, counts ranking.Counts, name string) (string, error) {
	for _, issue := range counts.Issues {
		if issue.ID == name || review.SameName(issue.Name, name) {
			return issue.ID, nil
		}
	}
	if _, err := d.IssueCalled(ctx, name); err != nil {
		return "", err
	}
	return "", review.Fail(NotRanked, review.Args{"name": name})
}

// Unlump opens the agents' categories: for each, the issues heard inside it,
// biggest category first.
func (d *Desk) Unlump(ctx context.Context, f Filter) ([]ranking.Card, error) {
	counts, err := d.countsInside(ctx, f)
	return ranking.Unlump(counts), err
}

// countsInside counts category by category.
func (d *Desk) countsInside(ctx context.Context, f Filter) ([]ranking.CategoryCount, error) {
	draws, err := d.store.Designs(ctx)
	if err != nil {
		return nil, err
	}
	counts, err := d.store.CategoryCounts(ctx, f, draws)
	if err != nil {
		return nil, err
	}
	waits, err := d.waits(ctx)
	waits.inEach(counts)
	return counts, err
}
