package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// CallByCall implements [desk.ReadCounts] by a scan of the index finding_meet,
// in which the issues of a call stand together. It is the longest read of a
// ranking, so two readers share it, each with one half of the period.
func (q queries) CallByCall(ctx context.Context, f desk.Filter, draws []desk.Draw, counts *ranking.Counts) error {
	if len(counts.Issues) == 0 {
		return nil
	}
	early, err := q.newMeeting(ctx, f, draws, counts)
	if err != nil {
		return err
	}
	late := early.another()
	middle := counts.First.Add(counts.Last.Sub(counts.First) / 2)
	early.filter.To, late.filter.From = middle, middle
	group, scanning := errgroup.WithContext(ctx)
	group.Go(func() error { return early.scan(scanning) })
	group.Go(func() error { return late.scan(scanning) })
	if err := group.Wait(); err != nil {
		return fmt.Errorf("read which issues meet: %w", err)
	}
	early.merge(late)
	early.filter = f
	counts.Overlap = early.overlap
	if err := early.nameCategories(ctx); err != nil {
		return err
	}
	return wrap(early.countSince(ctx), "count what was heard since issues were named")
}

// meeting reads the findings of a ranking call by call.
type meeting struct {
	cellCount
	counts  *ranking.Counts // not written while two scan
	overlap *ranking.Overlap
	issues  []*met // by row; nil for those that are not counted

	row  findingRow // the one being read
	call int64      // its call, and what was read of that so far
	cell int
	held []int
}

// A findingRow is what [cellCount.meetQuery] reads.
type findingRow struct {
	call, issue, category, heard int64
	traitRow
}

// met is what is gathered of one issue.
type met struct {
	index      int     // in the counts
	named      int64   // number of the event by which all of it had a name
	namedIn    int64   // the call that it was named in, or 0
	ownHeard   bool    // which was heard after that
	since      int64   // other calls with it that were heard after that
	categories []int64 // calls by category
}

func (q queries) newMeeting(ctx context.Context, f desk.Filter, draws []desk.Draw, counts *ranking.Counts) (*meeting, error) {
	c, err := q.countCells(ctx, f, draws, counts.First, counts.Last)
	if err != nil {
		return nil, err
	}
	for i, cell := range counts.Cells {
		c.index[cell.Name] = i
	}
	m := &meeting{cellCount: *c, counts: counts, overlap: ranking.NewOverlap(len(counts.Issues))}
	return m, wrap(m.readNaming(ctx), "read when issues were named")
}

// another is a meeting of the same ranking that has read nothing yet.
func (m *meeting) another() *meeting {
	a := *m
	a.known, a.overlap, a.issues = map[traitRow]int{}, ranking.NewOverlap(len(m.counts.Issues)), slices.Clone(m.issues)
	for id, issue := range m.issues {
		if issue != nil {
			own := *issue
			a.issues[id] = &own
		}
	}
	return &a
}

// merge adds what another meeting read.
func (m *meeting) merge(other *meeting) {
	m.overlap.Merge(other.overlap)
	for id, theirs := range other.issues {
		ours := m.issues[id]
		if theirs == nil {
			continue
		}
		ours.ownHeard = ours.ownHeard || theirs.ownHeard
		ours.since += theirs.since
		for category, n := range theirs.categories {
			ours.file(int64(category), n)
		}
	}
}

// readNaming reads when and in which call each counted issue was named: the act
// that names one tags it too, unless a codebook brought it.
func (m *meeting) readNaming(ctx context.Context) error {
	index := map[string]int{}
	for i, issue := range m.counts.Issues {
		index[issue.ID] = i
	}
	type row struct {
		id, named, in int64
		uid           string
	}
	rows, err := list(ctx, m.db, func(r *sql.Rows, i *row) error { return r.Scan(&i.id, &i.uid, &i.named, &i.in) },
		`SELECT i.id, i.uid, i.since_n, coalesce((SELECT c.id FROM event e JOIN event a ON a.act = e.act AND a.type = 'moment.added'
			JOIN event_subject s ON s.seq = a.seq JOIN call c ON c.uid = s.subject WHERE e.id = i.since_by LIMIT 1), 0)
		FROM issue i WHERE i.live = 1`)
	for _, r := range rows {
		if i, ok := index[r.uid]; ok {
			m.issues = append(m.issues, make([]*met, max(0, int(r.id)+1-len(m.issues)))...)
			m.issues[r.id] = &met{index: i, named: r.named, namedIn: r.in}
		}
	}
	return err
}

// scan reads the findings of the filter in the order of their calls.
func (m *meeting) scan(ctx context.Context) error {
	query, args := m.meetQuery()
	r := &m.row
	_, _, traits := m.traits("f", &r.traitRow)
	targets := append([]any{&r.call, &r.issue, &r.category, &r.heard}, traits...)
	var rows sql.RawBytes
	err := m.stream(ctx, []any{&r.period, &rows}, func() { unpack(rows, targets, m.read) }, query, args...)
	m.end()
	return err
}

// read counts one finding.
func (m *meeting) read() {
	r := &m.row
	if r.issue >= int64(len(m.issues)) || m.issues[r.issue] == nil {
		return // not in the codebook any more, or named after the counts were made
	}
	if r.call != m.call {
		m.end()
		m.call, m.cell = r.call, m.cellOf(r.traitRow)
	}
	issue := m.issues[r.issue]
	m.held = append(m.held, issue.index)
	issue.meet(r)
}

// meetQuery reads the findings of each period in the order of the index, in
// which those of a call stand together.
func (c *cellCount) meetQuery() (string, []any) {
	columns, join, _ := c.traits("f", &traitRow{})
	where, args := callFilter("f", desk.Filter{Queue: c.filter.Queue})
	return c.periods() + `SELECT p.n, (SELECT packed(f.call_id, f.issue_id, f.category_id, f.heard_n` + columns + `)
		FROM finding f INDEXED BY finding_meet` + join + ` WHERE f.started_at >= p.lo AND f.started_at < p.hi AND f.scope > 0 AND ` + where + `) FROM p`, args
}

// meet counts one call with the issue.
func (i *met) meet(r *findingRow) {
	i.file(r.category, 1)
	switch {
	case r.heard <= i.named:
	case r.call == i.namedIn:
		i.ownHeard = true
	default:
		i.since++
	}
}

// file counts calls under a category.
func (i *met) file(category, calls int64) {
	if n := int64(len(i.categories)); category >= n {
		i.categories = append(i.categories, make([]int64, category+1-n)...)
	}
	i.categories[category] += calls
}

// end counts the call that was read.
func (m *meeting) end() {
	if len(m.held) > 1 && m.cell >= 0 {
		m.overlap.Add(m.cell, m.held)
	}
	m.held = m.held[:0]
}

// nameCategories names the categories that each issue hides in, most calls
// first.
func (m *meeting) nameCategories(ctx context.Context) error {
	names, err := m.namesByID(ctx, "category", true)
	if err != nil {
		return err
	}
	for _, issue := range m.issues {
		if issue == nil {
			continue
		}
		var ids []int
		for id, calls := range issue.categories {
			if calls > 0 && names[int64(id)] != "" {
				ids = append(ids, id)
			}
		}
		slices.SortFunc(ids, func(a, b int) int {
			return cmp.Or(cmp.Compare(issue.categories[b], issue.categories[a]), cmp.Compare(names[int64(a)], names[int64(b)]))
		})
		count := &m.counts.Issues[issue.index]
		for _, id := range ids {
			count.Categories = append(count.Categories, names[int64(id)])
		}
	}
	return nil
}

// countSince counts the calls that were heard after each issue was named.
func (m *meeting) countSince(ctx context.Context) error {
	where, args := callFilter("c", m.filter)
	var first, last sql.NullInt64 // of the order in which the ranking's calls were heard
	err := m.db.QueryRowContext(ctx, `SELECT min(c.heard_n), max(c.heard_n) FROM call c
		WHERE c.state = 'heard' AND c.scope > 0 AND `+where, args...).Scan(&first, &last)
	if err != nil {
		return failure(err)
	}
	after, err := m.heardAfter(ctx, first.Int64, last.Int64)
	for _, issue := range m.issues {
		if issue == nil {
			continue
		}
		count := &m.counts.Issues[issue.index]
		switch {
		case issue.named < first.Int64:
			count.SinceHeard = m.counts.Heard
		case issue.named < last.Int64:
			count.SinceHeard = after[issue.named]
		}
		count.SinceCalls = issue.since
		if issue.ownHeard {
			count.SinceHeard--
		}
	}
	return err
}

// heardAfter counts the calls heard after each naming between the first and the
// last call: each call once, in the order of hearing, parted by the namings.
func (m *meeting) heardAfter(ctx context.Context, first, last int64) (map[int64]int64, error) {
	named := []int64{last}
	for _, issue := range m.issues {
		if issue != nil && first <= issue.named && issue.named < last {
			named = append(named, issue.named)
		}
	}
	slices.Sort(named)
	named = slices.Compact(named)
	where, args := callFilter("c", m.filter)
	after := map[int64]int64{}
	for i := len(named) - 2; i >= 0; i-- {
		var n int64
		err := m.db.QueryRowContext(ctx, `SELECT count(*) FROM call c WHERE c.heard_n > 0 AND c.heard_n > ? AND c.heard_n <= ?
			AND c.scope > 0 AND `+where, append([]any{named[i], named[i+1]}, args...)...).Scan(&n)
		if err != nil {
			return nil, failure(err)
		}
		after[named[i]] = after[named[i+1]] + n
	}
	return after, nil
}
