package sqlite_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

// story makes random signed events of two authors, of whom each may not have
// seen the last few of what went before.
type story struct {
	t       *rapid.T
	authors []journal.Author
	events  []journal.Signed
	n       int
	moments []journal.MomentAdded
}

func (s *story) id(kind string) string { s.n++; return fmt.Sprintf("%s-%03d", kind, s.n) }

func (s *story) pick(label string, from ...string) string {
	return rapid.SampledFrom(from).Draw(s.t, label)
}

func (s *story) call() string {
	return s.pick("call", "call-000", "call-001", "call-002", "call-unknown")
}

func (s *story) issue() string { return s.pick("issue", "issue-a", "issue-b", "issue-c", "issue-d") }

func (s *story) body() journal.Body {
	at := rapid.Int64Range(0, 120_000).Draw(s.t, "at")
	switch rapid.IntRange(0, 16).Draw(s.t, "kind") {
	case 0, 1, 2:
		m := journal.MomentAdded{Moment: s.id("moment"), Call: s.call(), Issue: s.issue(), At: at}
		s.moments = append(s.moments, m)
		return m
	case 3:
		return journal.CallHeard{Call: s.call(), Played: float64(at%1000) / 1000}
	case 4:
		return journal.CallSkipped{Call: s.call(), Kind: review.NotHeard, Reason: "noise"}
	case 5:
		return journal.IssueNamed{Issue: s.issue(), Name: s.pick("name", "Late bill", "No signal"), Key: int(at % 10)}
	case 7:
		return journal.IssueFollowed{
			Issue: s.issue(), Owner: s.pick("owner", "", "Billing team"),
			State: review.Progress(s.pick("progress", "open", "fixing", "fixed")), On: s.pick("on", "", "2026-11-10"),
		}
	case 8, 9, 10, 11:
		return s.codebook(at)
	case 15, 16:
		return journal.CallMerged{From: s.call(), Into: s.call(), After: at / 2}
	case 6:
		return journal.PraiseAdded{Praise: s.id("praise"), Call: s.call(), At: at}
	}
	return s.later(at)
}

// codebook is a body about issues, which may contradict others: merges in
// rings, splits of what is merged, parts that are their own whole.
func (s *story) codebook(at int64) journal.Body {
	text := s.pick("text", "", "The move is saved.", "Not before June")
	switch rapid.IntRange(0, 7).Draw(s.t, "about") {
	case 0, 1, 2:
		return journal.IssueMerged{Issue: s.issue(), Into: s.issue()}
	case 3, 4:
		first := journal.Part{Issue: s.issue(), Name: s.pick("part", "", "Bill to the old address"), Key: int(at % 10)}
		return journal.IssueSplit{Issue: s.issue(), Parts: []journal.Part{first, {Issue: s.issue(), Name: s.pick("part", "", "Late")}}}
	case 5:
		return journal.IssueRenamed{Issue: s.issue(), Name: text}
	case 6:
		return journal.IssueDescribed{Issue: s.issue(), Definition: &text, Fixer: &text}
	}
	if at%2 == 0 {
		return journal.IssueRevived{Issue: s.issue()}
	}
	return journal.IssueRetired{Issue: s.issue()}
}

// later is a body about a moment or event of before, if there is one.
func (s *story) later(at int64) journal.Body {
	if len(s.events) > 0 && rapid.Bool().Draw(s.t, "undo") {
		e := s.events[rapid.IntRange(0, len(s.events)-1).Draw(s.t, "undone")]
		return journal.Undone{Of: []string{e.ID}}
	}
	if len(s.moments) == 0 {
		return journal.CallPicked{Call: s.call()}
	}
	m := rapid.SampledFrom(s.moments).Draw(s.t, "moment")
	switch rapid.IntRange(0, 5).Draw(s.t, "change") {
	case 0:
		return journal.MomentRemoved{Moment: m.Moment, Call: m.Call}
	case 1:
		return journal.MomentMoved{Moment: m.Moment, Call: m.Call, At: at}
	case 3, 4:
		return journal.MomentDealt{Moment: m.Moment, Call: m.Call, Issue: s.issue()}
	case 2:
		return journal.WordsChanged{Of: m.Moment, Call: m.Call, Words: s.pick("words", "again?", "")}
	}
	return journal.IssueKeyed{Issue: m.Issue, Key: int(at % 10), From: s.pick("from", "", "issue-c")}
}

func (s *story) tell(n int) {
	draw := journal.DrawMade{
		Draw: "draw-1", Number: 1, Filter: "{}", Scope: review.Everywhere, Wanted: 2, Calls: []string{"call-001", "call-000"},
	}
	another := journal.DrawMade{Draw: "draw-2", Number: 2, Filter: "{}", Scope: review.InCategory, Wanted: 1, Calls: []string{"call-002"}}
	drawAt := rapid.IntRange(0, n).Draw(s.t, "draw at")
	closeAt := rapid.IntRange(drawAt, 2*n).Draw(s.t, "close at")
	anotherAt := rapid.IntRange(drawAt, 2*n).Draw(s.t, "draw another at")
	for i := range n {
		s.add(s.body())
		if i == drawAt {
			s.add(draw)
		}
		if i == anotherAt {
			s.add(another)
		}
		if i == closeAt {
			s.add(journal.DrawClosed{Draw: "draw-1", Calls: []string{"call-000"}})
		}
	}
}

// arrival is the order in which the events come in, by their places: as they
// were made, or in disorder with one of them twice.
func (s *story) arrival() []int {
	order := []int{}
	for i := range s.events {
		order = append(order, i)
	}
	if rapid.Bool().Draw(s.t, "in disorder") {
		return rapid.Permutation(append(order, 0)).Draw(s.t, "arrival")
	}
	return order
}

func (s *story) add(body journal.Body) {
	author := s.authors[rapid.IntRange(0, 1).Draw(s.t, "author")]
	unseen := rapid.IntRange(0, 2).Draw(s.t, "unseen")
	if strings.HasPrefix(string(body.Type()), "draw.") {
		unseen = 0 // who closes a draw has seen it
	}
	e, err := author.Sign(s.id("event"), int64(max(1, len(s.events)+1-unseen)), time.UnixMilli(int64(s.n)), body)
	if err != nil {
		s.t.Fatal(err)
	}
	s.events = append(s.events, e)
}

// TestTablesAgreeWithTheFold holds the tables to the fold of the journal, after
// any acts and undos, in any order of arrival, with repeats.
func TestTablesAgreeWithTheFold(t *testing.T) {
	dir := t.TempDir()
	authors := []journal.Author{newAuthor(t, 1), newAuthor(t, 2)}
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		s := &story{t: t, authors: authors}
		s.tell(rapid.IntRange(1, 25).Draw(t, "length"))
		var arrival []journal.Signed
		for _, i := range s.arrival() {
			arrival = append(arrival, s.events[i])
		}
		run++
		path := filepath.Join(dir, fmt.Sprint(run), "library.earshot")
		store, err := sqlite.Open(context.Background(), path, sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = os.RemoveAll(filepath.Dir(path)) }()
		defer func() { _ = store.Close() }()
		hold(t, store, arrival)
	})
}

func hold(t *rapid.T, store *sqlite.Store, arrival []journal.Signed) {
	ctx := context.Background()
	if _, err := store.AddFound(ctx, entries(0, 3)); err != nil {
		t.Fatal(err)
	}
	var events []journal.Event
	for _, e := range arrival {
		if err := store.Write(ctx, func(tx desk.Tx) error { return tx.Append(ctx, e, e.ID) }); err != nil {
			t.Fatalf("append %s: %v", e.Bytes, err)
		}
		events = append(events, e.Event)
		want, err := journal.Fold(events)
		if err != nil {
			t.Fatal(err)
		}
		got, err := store.Tables(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if differ := want.Differences(got); len(differ) > 0 {
			for _, id := range differ {
				t.Logf("%s: want %+v %+v %+v\n got %+v %+v %+v", id, want.Calls[id], want.Issues[id], want.Draws[id],
					got.Calls[id], got.Issues[id], got.Draws[id])
			}
			t.Fatalf("after %s of %d: %v differ", e.ID, len(arrival), differ)
		}
	}
}
