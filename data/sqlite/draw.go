package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

// Secret implements [desk.ReadDraws].
func (q queries) Secret(ctx context.Context) (string, error) {
	return q.secret(ctx, "secret")
}

// Salt implements [desk.ReadDraws].
func (q queries) Salt(ctx context.Context) (string, error) { return q.secret(ctx, "salt") }

func (q queries) secret(ctx context.Context, name string) (string, error) {
	var value string
	err := q.db.QueryRowContext(ctx, `SELECT value FROM library WHERE name = ?`, name).Scan(&value)
	return value, wrap(failure(err), "read the library's "+name)
}

// Generation implements [desk.ReadDraws].
func (q queries) Generation(ctx context.Context) (int64, error) {
	var n int64
	err := q.db.QueryRowContext(ctx, `SELECT (SELECT coalesce(max(number), 0) FROM draw)
		+ coalesce((SELECT CAST(value AS INTEGER) FROM library WHERE name = 'generation'), 0)`).Scan(&n)
	return n, wrap(failure(err), "read the library's generation")
}

// bump moves the generation: in every transaction that changes the catalogue.
// Draws move it by themselves.
func bump(ctx context.Context, tx *sql.Tx) error {
	return wrap(exec(ctx, tx, `INSERT INTO library(name, value) VALUES('generation', '1')
		ON CONFLICT(name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)`), "move the library's generation")
}

// Frame implements [desk.ReadDraws]. A frame of now is a forward scan of the
// index call_frame; an old one looks up what each call was.
func (q queries) Frame(ctx context.Context, f desk.Frame) []iter.Seq2[sampling.Member, error] {
	if f.Frozen > 0 {
		return []iter.Seq2[sampling.Member, error]{q.frozen(ctx, f)}
	}
	scan, traits, named := scanMember(f)
	strata, err := q.strataOf(ctx, f)
	if err != nil {
		return []iter.Seq2[sampling.Member, error]{failed[sampling.Member](err)}
	}
	return parts(ctx, q, f.Filter, func(q queries, s stretch) iter.Seq2[sampling.Member, error] {
		if s.calls <= stretchMost {
			return q.members(ctx, s, strata)
		}
		where, args := frameFilter(s.Filter)
		return each(ctx, q.db, scan, `SELECT c.uid, c.rank = 0`+traits+` FROM call c WHERE c.missing = 0`+where, append(named, args...)...)
	})
}

// frozen is a frame as a draw saw it.
func (q queries) frozen(ctx context.Context, f desk.Frame) iter.Seq2[sampling.Member, error] {
	where, args := frameFilter(f.Filter)
	scan, traits, named := scanMember(f)
	args = append(named, args...)
	before := f.Before
	if before == 0 {
		before = math.MaxInt32 // no draw yet
	}
	return each(ctx, q.db, scan, `SELECT c.uid, NOT EXISTS (SELECT 1 FROM draw_call x JOIN draw d ON d.id = x.draw
			WHERE x.uid = c.uid AND d.number < ?2) AND coalesce((SELECT missing FROM call_was WHERE call_id = c.id AND until >= ?2
			ORDER BY until LIMIT 1), c.missing_now) = 0`+traits+` FROM (
		SELECT n.id, uid, born, coalesce(w.started_at, n.started_at) AS started_at, coalesce(w.queue_id, n.queue_id) AS queue_id,
			coalesce(w.category_id, n.category_id) AS category_id, coalesce(w.duration_ms, n.duration_ms) AS duration_ms,
			coalesce(w.missing, n.missing) AS missing, n.missing AS missing_now
		FROM call n LEFT JOIN call_was w ON w.call_id = n.id
			AND w.until = (SELECT min(until) FROM call_was WHERE call_id = n.id AND until >= ?1)) c
		WHERE c.born < ?1 AND c.missing = 0`+where, append([]any{f.Frozen, before}, args...)...)
}

// scanMember reads a member of a frame from its uid, whether it is open, and
// the columns of a call c that tell its stratum. A simple draw reads none: its
// frame may have millions of calls. named is the argument of the columns, which
// comes first or, in a frozen frame, third.
func scanMember(f desk.Frame) (scan func(*sql.Rows, *sampling.Member) error, columns string, named []any) {
	field := f.Strata.Field()
	switch {
	case f.Strata == sampling.ByWeek:
		columns = `, c.started_at, ''`
	case f.Strata == sampling.ByCategory:
		columns = `, 0, (SELECT name FROM category WHERE id = c.category_id)`
	case f.Strata == sampling.ByQueue:
		columns = `, 0, (SELECT name FROM queue WHERE id = c.queue_id)`
	case field != "" && f.Frozen == 0:
		columns, named = `, 0, coalesce((SELECT value FROM field_value WHERE id = `+fieldOf(1)+`), '')`, []any{field}
	case field != "":
		columns, named = `, 0, coalesce((SELECT value FROM field_value WHERE id = `+fieldAsOf(3)+`), '')`, []any{field}
	default:
		return func(r *sql.Rows, m *sampling.Member) error { return r.Scan(&m.UID, &m.Open) }, ``, nil
	}
	return func(r *sql.Rows, m *sampling.Member) error {
		var started int64
		var name string
		err := r.Scan(&m.UID, &m.Open, &started, &name)
		m.Stratum = f.Filter.StratumOf(f.Strata, sampling.Traits{Start: time.Unix(started, 0), Queue: name, Category: name, Field: name})
		return err
	}, columns, named
}

// frameFilter is the condition on a call c and its arguments, which are
// numbered so that an argument may stand before them.
func frameFilter(f sampling.Filter) (string, []any) {
	var where strings.Builder
	var args []any
	and := func(condition string, arg any) {
		where.WriteString(" AND " + condition)
		args = append(args, arg)
	}
	if !f.From.IsZero() {
		and("c.started_at >= ?", seconds(f.From))
	}
	if !f.To.IsZero() {
		and("c.started_at < ?", seconds(f.To))
	}
	if f.Queue != "" {
		and("c.queue_id = (SELECT id FROM queue WHERE name = ?)", f.Queue)
	}
	if f.Category != "" {
		and("c.category_id = (SELECT id FROM category WHERE name = ?)", f.Category)
	}
	if f.MinDuration > 0 {
		and("c.duration_ms >= ?", f.MinDuration.Milliseconds())
	}
	return where.String(), args
}

// seconds rounds an instant up, so that a bound between two seconds keeps the
// earlier call on its side.
func seconds(t time.Time) int64 {
	s := t.Unix()
	if t.Nanosecond() > 0 {
		s++
	}
	return s
}

// Median implements [desk.ReadDraws]. Lengths are counted by the tenth of a
// second, which needs no more memory for millions of calls than for one.
func (q queries) Median(ctx context.Context, f sampling.Filter) (median time.Duration, calls int64, err error) {
	const fine = 100 // milliseconds
	read := parts(ctx, q, f, func(q queries, s stretch) iter.Seq2[int64, error] { return q.lengths(ctx, s) })
	counts := make([]map[int64]int64, len(read))
	group, _ := errgroup.WithContext(ctx)
	for i, lengths := range read {
		counts[i] = map[int64]int64{}
		group.Go(func() error {
			for millis, err := range lengths {
				if err != nil {
					return err
				}
				counts[i][millis/fine]++
			}
			return nil
		})
	}
	err = group.Wait()
	for _, more := range counts[1:] {
		for length, n := range more {
			counts[0][length] += n
		}
	}
	for _, n := range counts[0] {
		calls += n
	}
	return time.Duration(middle(counts[0])*fine) * time.Millisecond, calls, wrap(err, "read the frame's median length")
}

// lengths reads the durations of the calls of a stretch that can be drawn, in
// milliseconds.
func (q queries) lengths(ctx context.Context, s stretch) iter.Seq2[int64, error] {
	if s.calls > stretchMost {
		where, args := frameFilter(s.Filter)
		return each(ctx, q.db, func(r *sql.Rows, millis *int64) error { return r.Scan(millis) },
			`SELECT c.duration_ms FROM call c WHERE c.missing = 0 AND c.rank = 0`+where, args...)
	}
	return func(yield func(int64, error) bool) {
		open, _, err := q.packed(ctx, s, "c.duration_ms")
		if err != nil {
			yield(0, err)
			return
		}
		for line := range strings.Lines(open) {
			millis, err := strconv.ParseInt(strings.TrimSuffix(line, "\n"), 10, 64)
			if !yield(millis, err) {
				return
			}
		}
	}
}

// middle is the median of values by how often they are; 0 without any.
func middle(counts map[int64]int64) int64 {
	var all, below int64
	for _, n := range counts {
		all += n
	}
	for _, value := range slices.Sorted(maps.Keys(counts)) {
		if below += counts[value]; below > all/2 {
			return value
		}
	}
	return 0
}

const drawColumns = `d.id, d.number, d.drawn_at, d.seed, d.chosen_seed, d.filter, d.scope, d.wanted, d.frame_size, d.frame_digest,
	d.prev, d.digest, d.stratify, d.equal, d.tops_up, d.planned, d.closed_at <> 0,
	EXISTS (SELECT 1 FROM call c WHERE c.draw = d.id AND c.draw <> '' AND c.state IN ('heard', 'skipped'))`

// drawMerged counts, once for all draws, the contacts that those hold and that
// were made of several calls. It stands before a statement with drawSize.
const drawMerged = `WITH merged(draw, n) AS MATERIALIZED (SELECT c.draw, count(*) FROM (SELECT DISTINCT whole FROM call_merge) m
	CROSS JOIN call c ON c.uid = m.whole WHERE c.draw <> '' GROUP BY c.draw) `

// drawSize is how many calls draw d has. Of those that were merged it has the
// contacts that it holds, each once.
const drawSize = `(SELECT coalesce(max(x.rank), 0) FROM draw_call x WHERE x.draw = d.id)
	- (SELECT count(*) FROM draw_call x WHERE x.draw = d.id AND (EXISTS (SELECT 1 FROM call_merge m WHERE m.uid = x.uid)
		OR EXISTS (SELECT 1 FROM call_merge m WHERE m.whole = x.uid)))
	+ coalesce((SELECT n FROM merged WHERE draw = d.id), 0)`

// drawDone is how many calls of draw d are heard or skipped.
const drawDone = `(SELECT count(*) FROM call c WHERE c.draw = d.id AND c.draw <> '' AND c.state IN ('heard', 'skipped'))`

// drawTargets are the targets of drawColumns.
func drawTargets(d *desk.Draw, at *int64) []any {
	return []any{
		&d.ID, &d.Number, at, &d.Seed, &d.ChosenSeed, &d.Filter, &d.Scope, &d.Wanted, &d.Frame.Size, &d.Frame.Digest,
		&d.Prev, &d.Digest, &d.Strata, &d.Equal, &d.TopsUp, &d.Planned, &d.Closed, &d.Begun,
	}
}

func scanDesign(r *sql.Rows, d *desk.Draw) error {
	var at int64
	err := r.Scan(drawTargets(d, &at)...)
	d.At = time.UnixMilli(at).UTC()
	return err
}

func scanDraw(r *sql.Rows, d *desk.Draw) error {
	var at int64
	err := r.Scan(append(drawTargets(d, &at), &d.Size, &d.Done)...)
	d.At = time.UnixMilli(at).UTC()
	return err
}

// draws reads those that meet a condition, all of each but its calls.
func (q queries) draws(ctx context.Context, condition string, args ...any) ([]desk.Draw, error) {
	return list(ctx, q.db, scanDraw, drawMerged+`SELECT `+drawColumns+`, `+drawSize+`, `+drawDone+` FROM draw d
		WHERE `+condition+` ORDER BY d.number, d.id`, args...)
}

// Designs implements [desk.ReadDraws] without a look at each of their calls.
func (q queries) Designs(ctx context.Context) ([]desk.Draw, error) {
	draws, err := list(ctx, q.db, scanDesign, `SELECT `+drawColumns+` FROM draw d ORDER BY d.number, d.id`)
	return draws, wrap(err, "read the designs of the draws")
}

// Draws implements [desk.ReadDraws].
func (q queries) Draws(ctx context.Context) ([]desk.Draw, error) {
	draws, err := q.draws(ctx, `1 = 1`)
	if err == nil {
		err = q.dealt(ctx, draws)
	}
	return draws, wrap(err, "read the draws")
}

// dealt reads how the calls of draws were dealt.
func (q queries) dealt(ctx context.Context, draws []desk.Draw) error {
	byID := map[string]*desk.Draw{}
	for i := range draws {
		byID[draws[i].ID] = &draws[i]
	}
	type row struct {
		draw string
		sampling.Stratum
	}
	rows, err := list(ctx, q.db, func(r *sql.Rows, s *row) error { return r.Scan(&s.draw, &s.Name, &s.Size, &s.Calls) },
		`SELECT s.draw, s.name, s.size, (SELECT count(*) FROM draw_call x WHERE x.draw = s.draw AND x.stratum = s.place)
		FROM draw_stratum s ORDER BY s.draw, s.place`)
	for _, r := range rows {
		if d := byID[r.draw]; d != nil {
			d.Dealt = append(d.Dealt, r.Stratum)
		}
	}
	return err
}

// Draw implements [desk.ReadDraws].
func (q queries) Draw(ctx context.Context, id string) (desk.Draw, error) {
	draws, err := q.draws(ctx, `d.id = ?`, id)
	if err != nil {
		return desk.Draw{}, wrap(err, "read a draw")
	}
	if len(draws) == 0 {
		return desk.Draw{}, review.Fail(review.NoDraw, review.Args{"id": id})
	}
	d := draws[0]
	if d.Dealt, err = q.strata(ctx, id); err != nil {
		return d, wrap(err, "read a draw's strata")
	}
	type row struct {
		uid     string
		stratum int
	}
	rows, err := list(ctx, q.db, func(r *sql.Rows, c *row) error { return r.Scan(&c.uid, &c.stratum) },
		`SELECT uid, stratum FROM draw_call WHERE draw = ? ORDER BY rank`, id)
	if err != nil {
		return desk.Draw{}, wrap(err, "read a draw's calls")
	}
	for _, r := range rows {
		call := sampling.Drawn{UID: r.uid, Key: sampling.Key(d.Seed, r.uid)}
		if r.stratum > 0 {
			d.Dealt[r.stratum-1].Calls++
			call.Stratum = d.Dealt[r.stratum-1].Name
		}
		d.Calls = append(d.Calls, call)
	}
	return d, nil
}

// strata are the strata of a draw in their order, without how many calls each
// gave.
func (q queries) strata(ctx context.Context, draw string) ([]sampling.Stratum, error) {
	return list(ctx, q.db, func(r *sql.Rows, s *sampling.Stratum) error { return r.Scan(&s.Name, &s.Size) },
		`SELECT name, size FROM draw_stratum WHERE draw = ? ORDER BY place`, draw)
}

// DrawCalls implements [desk.ReadDraws].
func (q queries) DrawCalls(ctx context.Context, draw string) ([]review.Call, error) {
	calls, err := list(ctx, q.db, scanCallRow, `SELECT `+callColumns+callTables+`WHERE c.draw = ? AND c.draw <> '' ORDER BY c.rank`, draw)
	if err != nil {
		return nil, fmt.Errorf("read a draw's calls: %w", err)
	}
	return calls, nil
}
