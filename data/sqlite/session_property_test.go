package sqlite_test

import (
	"context"
	"flag"
	"fmt"
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

// TestAnySessionEndsTheSameForAll lets three people do anything in any order,
// with whatever they said arriving at any time: in the end all hold the same
// session, the journal of each tells what its tables say, and each has adopted
// the same findings.
func TestAnySessionEndsTheSameForAll(t *testing.T) {
	fewer(t)
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "library.earshot")
	_, err := openLibrary(t, path).AddFound(ctx, entries(0, 4))
	must(t, err)
	template, copies := raw(t, path), 0
	rapid.Check(t, func(r *rapid.T) {
		var people []*fixture
		for seed := range 3 {
			copies++
			f := &fixture{path: fmt.Sprint(path, copies)}
			_, err := template.Exec(`VACUUM INTO ?`, f.path)
			must(t, err)
			f.store, err = sqlite.Open(ctx, f.path, sqlite.Options{})
			must(t, err)
			defer func() { must(t, f.store.Close()) }()
			people = append(people, person(t, f, byte(seed+1)))
		}
		w := newWire(t, 3, desk.HostRequest{Blind: rapid.Bool().Draw(r, "blind")}, people...)
		for range rapid.IntRange(1, 30).Draw(r, "acts") {
			w.anything(r)
		}
		w.agree()
		w.sameForAll()
		var want string
		for i, p := range w.people {
			_, err := p.AdoptConsensus(ctx, w.id)
			must(t, err)
			p.checkClean(t)
			if got := findings(t, p); i == 0 {
				want = got
			} else if got != want {
				r.Fatalf("person %d adopted %s, the host %s", i, got, want)
			}
		}
	})
}

// fewer has rapid check less often, as each check makes three libraries on the
// disk.
func fewer(t *testing.T) {
	t.Helper()
	checks := flag.Lookup("rapid.checks").Value
	was := checks.String()
	must(t, checks.Set("25"))
	t.Cleanup(func() { must(t, checks.Set(was)) })
}

// agree reveals all and records what more than one heard.
func (w *wire) agree() {
	w.t.Helper()
	ctx := context.Background()
	w.carry()
	_, err := w.host().RevealRound(ctx, w.id, desk.AllRounds)
	must(w.t, err)
	w.carry()
	state, err := w.host().Session(ctx, w.id)
	must(w.t, err)
	for _, call := range state.Calls {
		var agreed []journal.Consensus
		for _, row := range state.Table(call.Round).Rows {
			if row.Heard > 1 {
				agreed = append(agreed, journal.Consensus{Issue: row.Issue, At: row.At.Milliseconds()})
			}
		}
		must(w.t, w.host().RecordConsensus(ctx, w.id, call.Round, agreed))
	}
	w.carry()
}

// findings tell the heard calls and how many hold each issue, which each names
// as they did first.
func findings(t *testing.T, p *fixture) string {
	c := counts(t, p)
	told := fmt.Sprint(c.Heard)
	for _, i := range c.Issues {
		told += fmt.Sprintf(" %s:%d", strings.ToLower(i.Name), i.Calls)
	}
	return told
}

// anything is one act of somebody, or the network's.
func (w *wire) anything(r *rapid.T) {
	ctx := context.Background()
	p := w.people[rapid.IntRange(0, 2).Draw(r, "who")]
	uid := fmt.Sprintf("call-%03d", rapid.IntRange(0, 3).Draw(r, "call"))
	at := time.Duration(rapid.IntRange(0, 100).Draw(r, "at")) * time.Second
	var err error
	switch rapid.IntRange(0, 10).Draw(r, "act") {
	case 0, 1, 2:
		name := rapid.SampledFrom([]string{"Late bill", "No signal", "LATE bill"}).Draw(r, "issue")
		_, err = p.Tag(ctx, desk.TagRequest{Call: uid, Issue: name, At: at, Words: "again"})
	case 3:
		err = p.Hear(ctx, uid, 1)
	case 4:
		err = p.Skip(ctx, uid, review.NotHeard, "noise")
	case 5:
		_, err = p.Praise(ctx, uid, at, "kind")
	case 6:
		_, err = p.Undo(ctx)
	case 7:
		_, err = p.Redo(ctx)
	case 8:
		_, err = w.host().RevealRound(ctx, w.id, rapid.IntRange(1, 3).Draw(r, "round"))
	case 9:
		err = w.change(r, p, uid)
	case 10:
		w.carry()
	}
	switch review.CodeOf(err) {
	case "", review.NothingUndo, review.NothingRedo:
	default:
		r.Fatal(err)
	}
}

// change does something to a moment of a call.
func (w *wire) change(r *rapid.T, p *fixture, uid string) error {
	ctx := context.Background()
	v, err := p.View(ctx, uid)
	if err != nil || len(v.Moments) == 0 {
		return err
	}
	m := rapid.SampledFrom(v.Moments).Draw(r, "moment")
	switch rapid.IntRange(0, 2).Draw(r, "change") {
	case 0:
		return p.Untag(ctx, m.ID)
	case 1:
		return p.Move(ctx, m.ID, m.At+time.Second)
	}
	return p.SetWords(ctx, m.ID, "at last")
}
