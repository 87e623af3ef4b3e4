package sqlite

import (
	"context"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// CellsWithout implements [desk.ReadCounts]: the heard calls less those that
// hold one of the issues.
func (q queries) CellsWithout(ctx context.Context, f desk.Filter, draws []desk.Draw, r desk.WithoutRequest) ([]ranking.Cell, error) {
	var counts ranking.Counts
	err := q.snapshots(ctx, func(q, other queries) error {
		first, last, err := q.span(ctx, f)
		if err != nil {
			return err
		}
		c, err := q.countCells(ctx, f, draws, first, last)
		if err != nil {
			return err
		}
		readers := []*insides{newInsides(*c, q), newInsides(*c, other)}
		for _, in := range readers {
			if err := in.only(ctx, r); err != nil {
				return err
			}
		}
		stretches := newTurns(f, first, last)
		group, counting := errgroup.WithContext(ctx)
		group.Go(func() error { return readers[1].read(counting, stretches) })
		group.Go(func() error {
			if err := c.countCalls(counting, &counts); err != nil {
				return err
			}
			return readers[0].read(counting, stretches)
		})
		if err := group.Wait(); err != nil {
			return err
		}
		for i := range counts.Cells {
			counts.Cells[i].NoProblem = counts.Cells[i].Heard
		}
		for _, in := range readers {
			c.leaveOut(in, &counts)
		}
		return nil
	})
	return counts.Cells, wrap(err, "count the calls without some issues")
}

// only has insides read the issues of a request.
func (in *insides) only(ctx context.Context, r desk.WithoutRequest) (err error) {
	var args []any
	for _, id := range slices.Concat(r.Except, r.Issues) {
		args = append(args, id)
	}
	if in.of, err = in.issueIDs(ctx, `uid IN (`+marks(len(args))+`)`, args...); err != nil {
		return err
	}
	except := args[:len(r.Except)]
	in.splits, err = in.issueIDs(ctx, `uid IN (`+marks(len(except))+`)`, except...)
	return err
}

// leaveOut takes the calls that insides read from those without a problem, and
// the ones with moments to be dealt from those that were heard.
func (c *cellCount) leaveOut(in *insides, counts *ranking.Counts) {
	for _, spot := range in.spots {
		cell := &counts.Cells[c.cell(spot.traitRow, counts)]
		cell.NoProblem -= spot.troubled
		cell.Heard -= spot.undealt
		cell.NotHeard += spot.undealt
	}
}
