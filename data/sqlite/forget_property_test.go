package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/sampling"
)

// customers is a folder of six calls, each of a customer of its own, two days apart.
type customers struct {
	none
	category string // of all, as the last import corrected it
}

const tellers = 6

// Walk implements [desk.Source].
func (s *customers) Walk(_ context.Context, req desk.ImportRequest, yield func(desk.Found) error) error {
	for i := range tellers {
		f := tellingEntry(i).Found
		f.Root, f.Mark = req.Paths[0], int64(1000+i)
		f.Meta.CallID, f.Meta.Category = tellingEntry(i).UID, s.category
		f.Meta.Start = f.Meta.Start.AddDate(0, 0, 2*i)
		if err := yield(f); err != nil {
			return err
		}
	}
	return nil
}

// life is a library in which anything happens, and what was forgotten in it.
type life struct {
	*fixture
	r      *rapid.T
	source *customers
	draw   string
	gone   []int // customers
	calls  int   // that were forgotten
}

// Whatever was tagged, undone, merged, split, retired and imported before,
// forgetting a customer moves no count of any issue, stratum or week, leaves none
// of their words, names, numbers and paths in any file, and the draw holds except
// for so many calls; nothing that happens later brings them back.
func TestForgettingAmongAllElseMovesNoShareAndLeavesNothing(t *testing.T) {
	fewer(t)
	dir := t.TempDir()
	run := 0
	rapid.Check(t, func(r *rapid.T) {
		run++
		path := filepath.Join(dir, fmt.Sprint(run), "library.earshot")
		defer func() { must(t, os.RemoveAll(filepath.Dir(path))) }()
		l := &life{r: r, fixture: &fixture{path: path}, source: &customers{category: "Billing"}}
		l.begin(t)
		defer func() { must(t, l.store.Close()) }()
		for range rapid.IntRange(8, 16).Draw(r, "acts") {
			if rapid.IntRange(0, 4).Draw(r, "forget") == 0 {
				l.forget(t)
			} else {
				l.anything(t)
			}
		}
		l.forget(t)
		l.anything(t)
		l.left(t)
	})
}

func (l *life) begin(t *testing.T) {
	store, err := sqlite.Open(t.Context(), l.path, sqlite.Options{})
	must(t, err)
	l.store = store
	l.Desk = desk.New(desk.Parts{
		Store: store, Source: l.source, Author: newAuthor(t, 1), Clock: &clock{time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)}, IDs: &ids{},
	})
	l.look(t)
	draw, err := l.Draw(t.Context(), desk.DrawRequest{N: 4, Strata: sampling.ByCategory}, nil)
	must(t, err)
	l.draw = draw.ID
	must(t, os.MkdirAll(filepath.Join(filepath.Dir(l.path), "library-backups"), 0o700)) // so that copies are made
}

func (l *life) look(t *testing.T) {
	_, err := l.Import(t.Context(), desk.ImportRequest{Paths: []string{filepath.Dir(l.path)}}, nil)
	must(t, err)
}

// anything is one act of a person; what is refused changes nothing.
func (l *life) anything(t *testing.T) {
	ctx := t.Context()
	i := rapid.IntRange(0, tellers-1).Draw(l.r, "call")
	uid := tellingEntry(i).UID
	var err error
	switch rapid.IntRange(0, 11).Draw(l.r, "act") {
	case 0, 1, 2:
		name := rapid.SampledFrom([]string{"Late bill", "No signal", "Moved house"}).Draw(l.r, "issue")
		_, err = l.Tag(ctx, desk.TagRequest{Call: uid, Issue: name, At: time.Duration(i) * time.Second, Words: fmt.Sprintf("I am Qxnoted%02d", i)})
	case 3:
		err = l.Hear(ctx, uid, 1)
	case 4:
		err = l.Skip(ctx, uid, review.NotHeard, fmt.Sprintf("Qxreason%02d", i))
	case 5:
		_, err = l.Praise(ctx, uid, time.Second, fmt.Sprintf("Qxpraise%02d", i))
	case 6:
		_, err = l.Undo(ctx)
	case 7:
		_, err = l.Redo(ctx)
	case 8, 9:
		err = l.codebook(t)
	case 10:
		l.source.category = rapid.SampledFrom([]string{"Billing", "Other"}).Draw(l.r, "category")
		l.look(t)
	case 11:
		if !slices.Contains(l.gone, i) && !slices.Contains(l.gone, (i+1)%tellers) {
			l.merge(t, uid, tellingEntry((i+1)%tellers).UID)
		}
	}
	if code := review.CodeOf(err); err != nil && (code == "" || code == review.Internal) {
		l.r.Fatal(err)
	}
}

// codebook merges, splits or retires an issue.
func (l *life) codebook(t *testing.T) error {
	all, err := l.Issues(t.Context())
	if err != nil || len(all) == 0 {
		return err
	}
	issue, other := rapid.SampledFrom(all).Draw(l.r, "issue"), rapid.SampledFrom(all).Draw(l.r, "other")
	switch rapid.IntRange(0, 2).Draw(l.r, "change") {
	case 0:
		return l.Merge(t.Context(), issue.ID, other.ID)
	case 1:
		_, err := l.Split(t.Context(), issue.ID, []string{issue.Name + " 1", issue.Name + " 2"})
		return err
	}
	return l.Retire(t.Context(), issue.ID)
}

// forget forgets a customer, and all who are one contact with them by then.
func (l *life) forget(t *testing.T) {
	ctx := t.Context()
	i := rapid.IntRange(0, tellers-1).Draw(l.r, "customer")
	if slices.Contains(l.gone, i) {
		return
	}
	before := l.shares(t)
	done, err := l.Forget(ctx, []string{tellingEntry(i).UID}, nil)
	must(t, err)
	for other := range tellers {
		if _, err := l.store.Call(ctx, tellingEntry(other).UID); review.CodeOf(err) == review.NoCall && !slices.Contains(l.gone, other) {
			l.gone = append(l.gone, other)
		}
	}
	l.calls += done.Calls
	if len(l.gone) != l.calls || done.Traces {
		l.r.Fatalf("forgot %+v, and %v are gone", done, l.gone)
	}
	if diff := cmp.Diff(before, l.shares(t), cmpopts.IgnoreUnexported(ranking.Ranked{}), cmpopts.IgnoreFields(ranking.Cell{}, "At")); diff != "" {
		l.r.Fatalf("shares (-before +after):\n%s", diff)
	}
	l.left(t)
}

// shares are what is counted of each week, by issue and by stratum; the ranking
// passes over a stratum without calls. When in a week the middle of its calls lies
// may move: of a forgotten one only the week is known.
func (l *life) shares(t *testing.T) (all []any) {
	for week := range 3 {
		from := time.Date(2026, 11, 2+7*week, 0, 0, 0, 0, time.UTC)
		ranked, err := l.Rank(t.Context(), desk.Filter{From: from, To: from.AddDate(0, 0, 7)})
		must(t, err)
		c := ranked.Counts
		c.Cells = slices.DeleteFunc(c.Cells, func(c ranking.Cell) bool { return c.Size+c.Heard+c.NotHeard == 0 })
		slices.SortFunc(c.Cells, func(a, b ranking.Cell) int { return strings.Compare(a.Name, b.Name) })
		all = append(all, ranked.Issues, c.Cells, c.Heard)
	}
	return all
}

// left fails where something of those who were forgotten is left, or where the
// library or its draw does not hold.
func (l *life) left(t *testing.T) {
	for _, i := range l.gone {
		for _, tell := range []string{"Qxnoted", "Qxpraise", "Qxreason", "Qxagent", "Qxparty", "Qxpolicy", "Qxfile"} {
			if files := holding(t, filepath.Dir(l.path), fmt.Sprintf("%s%02d", tell, i)); len(files) > 0 {
				l.r.Fatalf("%s%02d is in %v", tell, i, files)
			}
		}
	}
	checked, err := l.Check(t.Context())
	must(t, err)
	if !checked.OK() {
		l.r.Fatalf("check: %+v", checked)
	}
	verdict, err := l.VerifyDraw(t.Context(), l.draw)
	must(t, err)
	if len(verdict.Fails) > 0 || verdict.Forgotten != l.calls {
		l.r.Fatalf("the draw, with %d calls forgotten: %+v", l.calls, verdict)
	}
}
