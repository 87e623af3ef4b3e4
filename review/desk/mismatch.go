package desk

import (
	"context"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/ranking"
)

// Mismatch tells which issues agents file under which categories.
func (d *Desk) Mismatch(ctx context.Context, f Filter) (ranking.Mismatch, error) {
	counts, err := d.countsInside(ctx, f)
	return ranking.FiledUnder(counts), err
}

// Propose makes a better list of categories: the issues in more than a share of
// the calls, 0 to 1, at most so many; the rest is "other". An issue that is being
// split is none of them: its parts may be. It answers [review.BadArgument].
func (d *Desk) Propose(ctx context.Context, f Filter, above float64, most int) (ranking.Proposal, error) {
	if !(above >= 0 && above < 1) {
		return ranking.Proposal{}, review.Fail(review.BadArgument, review.Args{"name": "above", "value": above})
	}
	if most < 1 || most > ranking.MostProposed {
		return ranking.Proposal{}, review.Fail(review.BadArgument, review.Args{"name": "most", "value": most})
	}
	draws, err := d.store.Designs(ctx)
	if err != nil {
		return ranking.Proposal{}, err
	}
	ranked, err := d.rank(ctx, f, draws)
	if err != nil {
		return ranking.Proposal{}, err
	}
	waits, err := d.waits(ctx)
	if err != nil {
		return ranking.Proposal{}, err
	}
	p := ranking.Propose(ranked.Issues, above, most)
	p.Heard, p.NotCovered = ranked.Counts.Heard, ranked.Counts.NotCovered
	var taken []string
	for _, c := range p.Categories {
		taken = append(taken, c.ID)
	}
	cells, err := d.store.CellsWithout(ctx, f, draws, WithoutRequest{taken, waits.of(taken...)})
	p.Other = ranking.Without(cells)
	return p, err
}

// A WithoutRequest asks to count the calls that hold none of some issues.
type WithoutRequest struct {
	Issues []string // ids
	// Except are ids of split issues of which moments are still to be dealt, as
	// in [SliceRequest]: a call with one does not count as heard.
	Except []string
}
