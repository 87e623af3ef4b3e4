package sqlite_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/sampling"
)

// Whatever was drawn, from whatever was imported by then, the cells are those
// that asking every call of every draw makes. 20 libraries of three imports and
// up to six draws each, with dates, queues, categories, lengths and strata at random.
func TestCellsAreWhatEveryCallSays(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 5))
		f := newFixture(t, 0)
		batches := map[string]int{} // draws before a call was added
		draws := 0
		for range 3 {
			addSome(t, f, r, draws, batches)
			for range 1 + r.IntN(2) {
				if d, err := f.Draw(context.Background(), anyDraw(r), nil); err == nil {
					draws++
					hearSome(t, f, r, d)
				}
			}
		}
		var filter desk.Filter
		if r.IntN(2) == 0 {
			filter.From = benchStart.AddDate(0, 0, 3+r.IntN(4))
		}
		if r.IntN(3) == 0 {
			filter.Queue = "queue 1"
		}
		want, onlyA := cellsByHand(t, f, filter, batches)
		counts := ranked(t, f, filter).Counts
		if diff := cmp.Diff(want, cellsCounted(counts)); diff != "" {
			t.Fatalf("library %d, %+v: %s", seed, filter, diff)
		}
		cards := categoryCounts(t, f, filter)
		if diff := cmp.Diff(cardsByHand(t, f, filter), cardTexts(cards)); diff != "" {
			t.Fatalf("cards of library %d, %+v: %s", seed, filter, diff)
		}
		if pair, ok := pairOf(counts, "A", "B"); ok && pair.OnlyA != onlyA {
			t.Errorf("library %d: %d calls with A and without B, want %d", seed, pair.OnlyA, onlyA)
		}
	}
}

func addSome(t *testing.T, f *fixture, r *rand.Rand, draws int, batches map[string]int) {
	t.Helper()
	var batch []desk.Entry
	for range 25 {
		e := entry(len(batches))
		e.Meta.Start = benchStart.Add(time.Duration(r.IntN(21*24)) * time.Hour)
		e.Meta.Duration = time.Duration(30+r.IntN(120)) * time.Second
		e.Meta.Queue = fmt.Sprint("queue ", r.IntN(3))
		e.Meta.Category = fmt.Sprint("category ", r.IntN(3))
		for _, name := range []string{"Region", "Product"} {
			if n := r.IntN(4); n > 0 { // or it says nothing
				e.Meta.Fields = append(e.Meta.Fields, review.Field{Name: name, Value: review.Hide(fmt.Sprint(name, " ", n))})
			}
		}
		batches[e.UID] = draws
		batch = append(batch, e)
	}
	f.add(t, batch...)
}

func anyDraw(r *rand.Rand) desk.DrawRequest {
	req := desk.DrawRequest{N: 3 + r.IntN(8)}
	if r.IntN(2) == 0 {
		req.Filter.From = benchStart.AddDate(0, 0, r.IntN(10))
		req.Filter.To = req.Filter.From.AddDate(0, 0, 3+r.IntN(10))
	}
	switch r.IntN(4) {
	case 0:
		req.Filter.Category = "category 1"
	case 1:
		req.Filter.Queue = "queue 1"
	case 2:
		req.Filter.MinDuration = time.Minute
	}
	req.Strata = []sampling.Strata{
		"", "", sampling.ByCategory, sampling.ByQueue, sampling.ByWeek, sampling.ByField("Region"), sampling.ByField("Product"),
	}[r.IntN(7)]
	return req
}

// traitsOf are what the strata of a draw ask of a call.
func traitsOf(c review.Call, by sampling.Strata) sampling.Traits {
	t := sampling.Traits{Start: c.Start, Queue: c.Queue, Category: c.Category}
	for _, field := range c.Fields {
		if field.Name == by.Field() {
			t.Field = field.Value.Open()
		}
	}
	return t
}

func hearSome(t *testing.T, f *fixture, r *rand.Rand, d desk.Draw) {
	t.Helper()
	for _, c := range d.Calls[:r.IntN(len(d.Calls)+1)] {
		for _, issue := range []string{"A", "B", "C"} {
			if r.IntN(3) == 0 {
				f.tag(t, c.UID, issue, time.Second)
			}
		}
		must(t, f.Hear(context.Background(), c.UID, 1))
	}
}

// A tally is what a cell counts: its calls, how many were heard, and the heard
// ones with each issue.
type tally struct {
	size, heard int64
	issues      map[string]int64
	covered     bool
}

func (t *tally) text() string {
	return fmt.Sprintf("%d calls, %d heard, covered %t, %v", t.size, t.heard, t.covered, t.issues)
}

// cellsByHand asks each call of each draw. It answers the cells and how many
// heard calls hold issue A and not B.
func cellsByHand(t *testing.T, f *fixture, filter desk.Filter, batches map[string]int) (texts []string, onlyA int64) {
	t.Helper()
	ctx := context.Background()
	draws, err := f.Draws(ctx)
	must(t, err)
	cells := map[string]*tally{}
	for c, err := range f.Calls(ctx, "") {
		must(t, err)
		if filter.Queue != "" && c.Queue != filter.Queue || c.Start.Before(filter.From) {
			continue
		}
		signature, covered := "", false
		for _, d := range draws {
			if d.Done == 0 {
				continue
			}
			by, err := sampling.ParseFilter(d.Filter)
			must(t, err)
			mark := "-"
			if batches[c.UID] < d.Number && by.Match(c) {
				mark, covered = "+"+by.StratumOf(d.Strata, traitsOf(c, d.Strata)), true
			}
			signature += mark + " "
		}
		if cells[signature] == nil {
			cells[signature] = &tally{issues: map[string]int64{}}
		}
		cell := cells[signature]
		cell.covered = covered
		cell.size++
		if c.State == review.Heard && c.Scope != review.Nowhere {
			cell.heard++
			if held := heldBy(t, f, c.UID, cell); held["A"] && !held["B"] {
				onlyA++
			}
		}
	}
	for _, cell := range cells {
		texts = append(texts, cell.text())
	}
	slices.Sort(texts)
	return texts, onlyA
}

// heldBy counts the issues of a call in its cell, and answers them.
func heldBy(t *testing.T, f *fixture, uid string, cell *tally) map[string]bool {
	t.Helper()
	v, err := f.View(context.Background(), uid)
	must(t, err)
	held := map[string]bool{}
	for _, m := range v.Moments {
		cell.issues[m.Issue]++
		held[m.Issue] = true
	}
	return held
}

func cellsCounted(counts ranking.Counts) []string {
	var texts []string
	for _, cell := range counts.Cells {
		c := tally{cell.Size, cell.Heard, map[string]int64{}, cell.Reached}
		for i, n := range cell.Issues {
			if n > 0 {
				c.issues[counts.Issues[i].Name] = n
			}
		}
		texts = append(texts, c.text())
	}
	slices.Sort(texts)
	return texts
}

func pairOf(counts ranking.Counts, a, b string) (ranking.Pair, bool) {
	ids := map[string]string{}
	for _, issue := range counts.Issues {
		ids[issue.Name] = issue.ID
	}
	return ranking.Compare(counts, ids[a], ids[b])
}
