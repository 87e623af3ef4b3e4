package sqlite_test

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// table is a table of moments; at is called before each line.
func table(lines []desk.Brought, at func(line int)) iter.Seq2[desk.Brought, error] {
	return func(yield func(desk.Brought, error) bool) {
		for i, m := range lines {
			at(i)
			if !yield(m, nil) {
				return
			}
		}
	}
}

// saidOf is what a library says of calls, issues and times, with the names that
// people gave and none of the ids.
func saidOf(t *testing.T, f *fixture) []string {
	t.Helper()
	all := []string{fmt.Sprint(counts(t, f).Heard)}
	for m, err := range f.store.AllMoments(t.Context(), desk.Filter{}, "") {
		must(t, err)
		all = append(all, fmt.Sprint(m.Call.UID, m.Call.Picked, m.Call.State, m.Moment.Issue, m.Moment.At, m.Moment.Until, m.Moment.Words))
	}
	return all
}

// A table of moments is brought as one act: the library says what it says when a
// person tags the same one by one, and undoing takes the whole table back.
func TestATableSaysWhatTaggingOneByOneSays(t *testing.T) {
	ctx := t.Context()
	lines := []desk.Brought{
		{Call: "call-001", Issue: "Router resets nightly", At: time.Second, Words: "Every night at two."},
		{Call: "call-000", Issue: "Refund promised", At: 2 * time.Second, Until: 5 * time.Second},
		{Call: "call-000", Issue: "router RESETS nightly", At: 4 * time.Second},
		{Call: "call-002", Issue: "Refund promised", At: 9 * time.Second},
	}
	brought, tagged := newFixture(t, 4), newFixture(t, 4)
	for _, f := range []*fixture{brought, tagged} {
		draw(t, f, desk.DrawRequest{N: 3})
		must(t, f.Hear(ctx, "call-003", 1))
	}
	before := saidOf(t, brought)
	done, err := brought.BringMoments(ctx, table(lines, func(int) {}))
	must(t, err)
	if done.Added != 4 || done.Named != 2 || len(done.Problems) != 0 {
		t.Errorf("brought %+v", done)
	}
	for _, m := range lines {
		_, err := tagged.Tag(ctx, desk.TagRequest{Call: m.Call, Issue: m.Issue, At: m.At, Until: m.Until, Words: m.Words})
		must(t, err)
	}
	if d := cmp.Diff(saidOf(t, tagged), saidOf(t, brought)); d != "" {
		t.Errorf("tagged one by one and brought as a table: %s", d)
	}
	_, err = brought.Undo(ctx)
	must(t, err)
	if d := cmp.Diff(before, saidOf(t, brought)); d != "" {
		t.Errorf("after one undo: %s", d)
	}
	brought.checkClean(t)
}

// Who stops while a table is brought has the library as it was.
func TestAStoppedTableLeavesNothing(t *testing.T) {
	f := newFixture(t, 2)
	before := saidOf(t, f)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	lines := []desk.Brought{{Call: "call-000", Issue: "A", At: 1}, {Call: "call-001", Issue: "B", At: 2}}
	_, err := f.BringMoments(ctx, table(lines, func(line int) {
		if line == 1 {
			stop()
		}
	}))
	if review.CodeOf(err) != review.Cancelled {
		t.Errorf("stopped and told %v", err)
	}
	if d := cmp.Diff(before, saidOf(t, f)); d != "" {
		t.Errorf("a stopped table left %s", d)
	}
	if issues, err := f.Issues(t.Context()); err != nil || len(issues) != 0 {
		t.Errorf("a stopped table left issues %v: %v", issues, err)
	}
	f.checkClean(t)
}

// A halted store is stopped in the middle of a line, which database/sql then
// answers as it answers whatever is asked of a transaction that has ended.
type halted struct {
	*sqlite.Store
	stop func()
}

func (h halted) Write(ctx context.Context, act func(desk.Tx) error) error {
	return h.Store.Write(ctx, func(tx desk.Tx) error { return act(haltedTx{tx, h.stop}) })
}

type haltedTx struct {
	desk.Tx
	stop func()
}

func (h haltedTx) Reach(context.Context, string) (time.Duration, error) {
	h.stop()
	return 0, sql.ErrTxDone
}

// A stop in the middle of a line is a stop, and no failure of the program's own.
func TestAStopWithinALineIsToldAsAStop(t *testing.T) {
	f := newFixture(t, 1)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	d := desk.New(desk.Parts{Store: halted{f.store, stop}, Author: newAuthor(t, 1), Clock: &clock{}, IDs: &ids{}})
	_, err := d.BringMoments(ctx, table([]desk.Brought{{Call: "call-000", Issue: "A", At: 1}}, func(int) {}))
	if review.CodeOf(err) != review.Cancelled {
		t.Errorf("stopped and told %v", err)
	}
}
