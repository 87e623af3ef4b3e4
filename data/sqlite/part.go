package sqlite

import (
	"context"
	"database/sql"
	"iter"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

// A frame may have millions of calls, and handing them to Go one by one costs
// more than all that is done with them. So a large frame is cut into stretches of
// whole hours, each stretch is read as one text ([queries.packed]), and two readers
// take stretches by turns.

const (
	stretchSize = 5_000  // calls of a stretch, where hours allow it
	stretchMost = 50_000 // calls that are read as one text
)

// A stretch is a piece of a filter's period.
type stretch struct {
	sampling.Filter
	calls int64 // about: of all queues and categories
}

// parts reads the calls of a filter in parts for two goroutines at once, where
// they are many. Whoever is free takes the next stretch, so that neither waits for
// the other. A part can be read once.
func parts[T any](ctx context.Context, q queries, f sampling.Filter, read func(queries, stretch) iter.Seq2[T, error]) []iter.Seq2[T, error] {
	if q.scans == nil { // a transaction reads one thing at a time
		return []iter.Seq2[T, error]{read(q, stretch{f, stretchMost + 1})}
	}
	stretches, err := q.stretches(ctx, f)
	if err != nil {
		return []iter.Seq2[T, error]{failed[T](err)}
	}
	if len(stretches) == 1 {
		return []iter.Seq2[T, error]{read(q, stretches[0])}
	}
	q.db = q.scans
	var next atomic.Int64
	part := func(yield func(T, error) bool) {
		for i := next.Add(1); i <= int64(len(stretches)); i = next.Add(1) {
			for row, err := range read(q, stretches[i-1]) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
	return []iter.Seq2[T, error]{part, part}
}

// failed is a part that cannot be read.
func failed[T any](err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		yield(none, err)
	}
}

// stretches cuts the period of a filter into whole hours, together the whole of it.
func (q queries) stretches(ctx context.Context, f sampling.Filter) ([]stretch, error) {
	where, args := `calls > 0`, []any(nil)
	if !f.From.IsZero() {
		where, args = where+` AND hour >= ?`, append(args, hourOf(f.From))
	}
	if !f.To.IsZero() {
		where, args = where+` AND hour <= ?`, append(args, hourOf(f.To))
	}
	all := []stretch{{Filter: f}}
	type row struct{ hour, calls int64 }
	for r, err := range each(ctx, q.db, func(rows *sql.Rows, r *row) error { return rows.Scan(&r.hour, &r.calls) },
		`SELECT hour, calls FROM call_hour WHERE `+where+` ORDER BY hour`, args...) {
		if err != nil {
			return nil, wrap(err, "count the calls of each hour")
		}
		last := &all[len(all)-1]
		begins := time.Unix(r.hour*3600, 0).UTC()
		if last.calls > 0 && last.calls+r.calls > stretchSize && begins.After(f.From) && (f.To.IsZero() || begins.Before(f.To)) {
			last.To = begins
			all = append(all, stretch{Filter: f})
			last = &all[len(all)-1]
			last.From = begins
		}
		last.calls += r.calls
	}
	return all, nil
}

// hourOf is the row of call_hour that counts a call which starts then.
func hourOf(t time.Time) int64 {
	s := t.Unix()
	if s < 0 {
		s -= 3599
	}
	return s / 3600
}

// packed reads what a column says of the calls c of a stretch that can be drawn
// and of those that were, each as one text of lines. The column holds no line
// break.
func (q queries) packed(ctx context.Context, s stretch, column string) (open, drawn string, err error) {
	where, args := frameFilter(s.Filter)
	err = q.db.QueryRowContext(ctx, `SELECT coalesce(group_concat(`+column+`, char(10)) FILTER (WHERE c.rank = 0), ''),
		coalesce(group_concat(`+column+`, char(10)) FILTER (WHERE c.rank > 0), '') FROM call c WHERE c.missing = 0`+where, args...).Scan(&open, &drawn)
	return open, drawn, failure(err)
}

// members reads the calls of a stretch.
func (q queries) members(ctx context.Context, s stretch, by packedStrata) iter.Seq2[sampling.Member, error] {
	return func(yield func(sampling.Member, error) bool) {
		open, drawn, err := q.packed(ctx, s, "c.uid"+by.column)
		if err != nil {
			yield(sampling.Member{}, err)
			return
		}
		known := map[string]string{}
		for i, text := range []string{open, drawn} {
			for line := range strings.Lines(text) {
				uid, trait, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\x1f")
				stratum, ok := known[trait]
				if !ok {
					stratum = by.name(trait)
					known[trait] = stratum
				}
				if !yield(sampling.Member{UID: uid, Open: i == 0, Stratum: stratum}, nil) {
					return
				}
			}
		}
	}
}

// packedStrata are the strata of a frame as a column beside the uid, and how a
// stratum is named by what the column says.
type packedStrata struct {
	column string
	name   func(trait string) string
}

// strataOf looks up what names the strata of a frame, so that its calls tell
// numbers only.
func (q queries) strataOf(ctx context.Context, f desk.Frame) (packedStrata, error) {
	var names map[int64]string
	var column string
	var err error
	switch field := f.Strata.Field(); {
	case f.Strata == sampling.ByWeek:
		return packedStrata{` || char(31) || c.started_at`, func(trait string) string {
			started, _ := strconv.ParseInt(trait, 10, 64) // SQLite wrote it
			return f.Filter.StratumOf(f.Strata, sampling.Traits{Start: time.Unix(started, 0)})
		}}, nil
	case f.Strata == sampling.ByCategory:
		column = `c.category_id || ','`
		names, err = q.namesByID(ctx, "category", true)
	case f.Strata == sampling.ByQueue:
		column = `c.queue_id || ','`
		names, err = q.namesByID(ctx, "queue", true)
	case field != "":
		if names, err = q.fieldValues(ctx, []string{field}); err == nil {
			column, err = q.fieldTrait(ctx, []string{field})
		}
	default:
		return packedStrata{name: func(string) string { return "" }}, nil
	}
	return packedStrata{` || char(31) || ` + column, func(trait string) string {
		name := valuesOf(trait, names)[0]
		return f.Filter.StratumOf(f.Strata, sampling.Traits{Queue: name, Category: name, Field: name})
	}}, err
}
