package sqlite

import (
	"context"
	"database/sql"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

// A ranking of 500,000 heard calls is quick because every count is one range of
// an index that holds all it needs. A plan that reads a table, or sorts, is not.
func TestRankingReadsIndexesOnly(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(t.TempDir(), "library.earshot"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	day := func(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }
	weekly := []sampling.Design{
		{Number: 1, Filter: sampling.Filter{From: day(2), To: day(9)}},
		{Number: 2, Filter: sampling.Filter{From: day(9), To: day(16)}},
	}
	for _, filter := range []desk.Filter{{From: day(2), To: day(16)}, {From: day(2), To: day(16), Queue: "Billing"}} {
		c := &cellCount{queries: s.queries, filter: filter, grid: sampling.NewGrid(day(2), day(16), weekly, nil)}
		frame, args := c.callQuery(class{condition: `1 = 1`})
		s.hasPlan(t, frame, args, `SEARCH c USING COVERING INDEX call_\w+ \(started_at>\? AND started_at<\?`)
		heard, args := c.callQuery(class{condition: heardCalls.condition})
		s.hasPlan(t, heard, args, `SEARCH c USING COVERING INDEX call_state \(state=\? AND started_at>\? AND started_at<\?`)
		if filter.Queue == "" {
			hours, _ := c.callQuery(heardCalls)
			s.hasPlan(t, hours, nil, `SEARCH h USING INTEGER PRIMARY KEY \(rowid>\? AND rowid<\?\)`)
		}
		found, args := c.findingQuery(even)
		s.hasPlan(t, found, args, `SEARCH f USING COVERING INDEX finding_rank \(issue_id=\? AND started_at>\? AND started_at<\?`)
		meet, args := c.meetQuery()
		s.hasPlan(t, meet, args, `SEARCH f USING COVERING INDEX finding_meet \(started_at>\? AND started_at<\?`)
	}
}

// The same where draws tell categories apart, as un-lumping always does.
func TestCountingCategoriesReadsIndexesOnly(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "library.earshot"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	from := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	c := &cellCount{queries: s.queries, grid: sampling.NewGrid(from, from.AddDate(0, 0, 14), nil, nil)}
	c.grid.Categories, c.grid.Queues = true, true
	size, args := c.callQuery(allCalls)
	s.hasPlan(t, size, args, `SEARCH c USING COVERING INDEX call_frame \(started_at>\? AND started_at<\?`)
	heard, args := c.callQuery(heardCalls)
	s.hasPlan(t, heard, args, `SEARCH c USING COVERING INDEX call_heard \(started_at>\? AND started_at<\?`)
	found, args := c.findingQuery(even)
	s.hasPlan(t, found, args, `SEARCH f USING COVERING INDEX finding_meet \(started_at>\? AND started_at<\?`)
}

func (s *Store) hasPlan(t *testing.T, query string, args []any, want string) {
	t.Helper()
	rows, err := s.readers.Query(`EXPLAIN QUERY PLAN `+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, step)
	}
	all := strings.Join(plan, "\n")
	if !regexp.MustCompile(want).MatchString(all) || strings.Contains(all, "TEMP B-TREE") {
		t.Errorf("want %s in the plan\n%s\nof %s", want, all, query)
	}
}

// The moments of the commonest issue are read from the latest on, and no sort
// waits for the first of them.
func TestLatestMomentsAreReadFromTheEnd(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "library.earshot"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	query, args := latestMoments(desk.Filter{}, "issue", 10)
	rows, err := list(t.Context(), s.readers, func(r *sql.Rows, step *string) error {
		var id, parent, unused int
		return r.Scan(&id, &parent, &unused, step)
	}, `EXPLAIN QUERY PLAN `+query, args...)
	if plan := strings.Join(rows, "\n"); err != nil || !strings.Contains(plan, "SEARCH f USING INDEX finding_rank (issue_id=?)") ||
		!strings.Contains(plan, "USE TEMP B-TREE FOR LAST 3 TERMS OF ORDER BY") {
		t.Errorf("%v: %s", err, plan)
	}
}

// The few calls that are missing are listed, and counted, without a look at the
// others.
func TestMissingCallsAreReadFromIndexesOfTheirOwn(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "library.earshot"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	l, err := s.listing(t.Context(), desk.CallFilter{State: review.Missing})
	if err != nil {
		t.Fatal(err)
	}
	ways := l.ways()
	for i, index := range []string{`SCAN c USING INDEX call_gone`, `SCAN c USING INDEX call_forgotten`, `SEARCH c USING INDEX call_state \(state=\?`} {
		s.hasPlan(t, `SELECT count(*) FROM call c WHERE `+ways[i], nil, index)
		query, args := l.page(ways[i], desk.ListPlace{})
		s.hasPlan(t, strings.Replace(query, `, c.uid DESC`, ``, 1), append(args, 100, 0), index) // calls of one second are sorted
	}
}
