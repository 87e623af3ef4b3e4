package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"sync/atomic"
	"time"

	"github.com/earshot-app/earshot/review/sampling"
)

// sliceSize is about how many calls one statement reads of a large frame.
const sliceSize = 25_000

// parts reads the calls of a filter in parts for two goroutines at once, where
// they are many. The filter's period is cut into slices; whoever is free takes
// the next, so that neither waits for the other, however unevenly calls came. A
// part can be read once.
func parts[T any](ctx context.Context, q queries, f sampling.Filter, read func(sampling.Filter) iter.Seq2[T, error]) []iter.Seq2[T, error] {
	if _, pool := q.db.(*sql.DB); !pool {
		return []iter.Seq2[T, error]{read(f)} // a transaction reads one thing at a time
	}
	slices, err := q.slices(ctx, f)
	if err != nil {
		return []iter.Seq2[T, error]{func(yield func(T, error) bool) {
			var none T
			yield(none, err)
		}}
	}
	if len(slices) == 1 {
		return []iter.Seq2[T, error]{read(f)}
	}
	var next atomic.Int64
	part := func(yield func(T, error) bool) {
		for i := next.Add(1); i <= int64(len(slices)); i = next.Add(1) {
			for row, err := range read(slices[i-1]) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
	return []iter.Seq2[T, error]{part, part}
}

// slices cuts the period of a filter into pieces of the same length, together
// the whole of it.
func (q queries) slices(ctx context.Context, f sampling.Filter) ([]sampling.Filter, error) {
	dates, args := frameFilter(sampling.Filter{From: f.From, To: f.To})
	const ends = `SELECT c.started_at FROM call c WHERE 1 = 1`
	var first, last sql.NullInt64
	err := q.db.QueryRowContext(ctx, `SELECT (`+ends+dates+` ORDER BY c.started_at LIMIT 1),
		(`+ends+dates+` ORDER BY c.started_at DESC LIMIT 1)`, repeat(args, 2)...).Scan(&first, &last)
	if err != nil {
		return nil, wrap(failure(err), "read the frame's first and last call")
	}
	var calls int64
	err = q.db.QueryRowContext(ctx, `SELECT coalesce(sum(calls), 0) FROM call_hour WHERE hour >= ? AND hour <= ?`,
		first.Int64/3600, last.Int64/3600).Scan(&calls)
	n := calls/sliceSize + 1
	step := (last.Int64-first.Int64)/n + 1
	var all []sampling.Filter
	for i := range n {
		slice := f
		if i > 0 {
			slice.From = time.Unix(first.Int64+i*step, 0).UTC()
		}
		if i < n-1 {
			slice.To = time.Unix(first.Int64+(i+1)*step, 0).UTC()
		}
		all = append(all, slice)
	}
	return all, wrap(failure(err), "count the calls of the frame's hours")
}
