package desk

import (
	"context"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/ranking"
)

// Ranked is the ranking of a period and queue.
type Ranked struct {
	Filter Filter
	Counts ranking.Counts
	Weeks  float64 // that the frame spans
	Issues []ranking.Ranked
}

// Rank ranks the issues by their share of the heard, drawn calls that match
// the filter. It pools the draws whose filters are dates, queue and length; a
// draw inside one category counts in that category's card ([Desk.Unlump]).
func (d *Desk) Rank(ctx context.Context, f Filter) (Ranked, error) {
	draws, err := d.store.Draws(ctx)
	if err != nil {
		return Ranked{}, err
	}
	pooled := draws[:0]
	for _, draw := range draws {
		if draw.Scope == review.Everywhere {
			pooled = append(pooled, draw)
		}
	}
	counts, err := d.store.Counts(ctx, f, pooled)
	if err != nil {
		return Ranked{}, err
	}
	weeks := ranking.Weeks(f.From, f.To, counts.First, counts.Last)
	return Ranked{Filter: f, Counts: counts, Weeks: weeks, Issues: ranking.Rank(counts, weeks)}, nil
}

// Unlump opens the agents' categories: for each, the issues heard inside it,
// biggest category first.
func (d *Desk) Unlump(ctx context.Context, f Filter) ([]ranking.Card, error) {
	counts, err := d.store.CategoryCounts(ctx, f)
	if err != nil {
		return nil, err
	}
	return ranking.Unlump(counts), nil
}
