package desk

import (
	"context"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/ranking"
)

// Mismatch tells which issues agents file under which categories.
func (d *Desk) Mismatch(ctx context.Context, f Filter) (ranking.Mismatch, error) {
	draws, err := d.store.Draws(ctx)
	if err != nil {
		return ranking.Mismatch{}, err
	}
	counts, err := d.store.CategoryCounts(ctx, f, draws)
	return ranking.FiledUnder(counts), err
}

// Propose makes a better list of categories: the issues in more than a share of
// the calls, 0 to 1, at most so many; the rest is "other". It answers
// [review.BadArgument].
func (d *Desk) Propose(ctx context.Context, f Filter, above float64, most int) (ranking.Proposal, error) {
	if !(above >= 0 && above < 1) {
		return ranking.Proposal{}, review.Fail(review.BadArgument, review.Args{"name": "above", "value": above})
	}
	if most < 1 || most > ranking.MostProposed {
		return ranking.Proposal{}, review.Fail(review.BadArgument, review.Args{"name": "most", "value": most})
	}
	ranked, err := d.Rank(ctx, f)
	if err != nil {
		return ranking.Proposal{}, err
	}
	p := ranking.Propose(ranked.Issues, above, most)
	p.Heard, p.NotCovered = ranked.Counts.Heard, ranked.Counts.NotCovered
	draws, err := d.store.Draws(ctx)
	if err != nil {
		return ranking.Proposal{}, err
	}
	var taken []string
	for _, c := range p.Categories {
		taken = append(taken, c.ID)
	}
	cells, err := d.store.CellsWithout(ctx, f, draws, taken)
	p.Other = ranking.Without(cells)
	return p, err
}
