package sqlite_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// idsOf makes ids that differ from those of other people.
type idsOf struct {
	by string
	n  int
}

func (i *idsOf) New() string { i.n++; return fmt.Sprintf("%s-%04d", i.by, i.n) }

// byName takes a recording's path for what it holds.
type byName struct{}

func (byName) SHA256(_ context.Context, r review.Recording) (string, error) {
	sum := sha256.Sum256([]byte(filepath.Base(r.Path.Open())))
	return hex.EncodeToString(sum[:]), nil
}

// newPerson has a library of the calls that entries makes.
func newPerson(t testing.TB, seed byte, all ...desk.Entry) *fixture {
	t.Helper()
	path := filepath.Join(t.TempDir(), "library.earshot")
	f := person(t, &fixture{store: openLibrary(t, path), path: path}, seed)
	if len(all) > 0 {
		f.add(t, all...)
	}
	return f
}

// person gives a library its desk.
func person(t testing.TB, f *fixture, seed byte) *fixture {
	t.Helper()
	f.Desk = desk.New(desk.Parts{
		Store: f.store, Author: newAuthor(t, seed), Clock: &clock{time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)},
		IDs: &idsOf{by: fmt.Sprintf("p%d", seed)}, Contents: byName{},
	})
	return f
}

// A wire is a server's two streams in memory, in which everybody takes part.
type wire struct {
	t      testing.TB
	id     string
	people []*fixture // the host first
	log    []session.Delivery
	blind  []session.Delivery
}

// newWire opens a blind session of all calls of the host's library.
func newWire(t testing.TB, calls int, req desk.HostRequest, people ...*fixture) *wire {
	t.Helper()
	ctx := context.Background()
	host := people[0]
	drawn, err := host.Draw(ctx, desk.DrawRequest{N: calls}, nil)
	must(t, err)
	req.Draw, req.As = drawn.ID, "Host"
	opened, err := host.HostSession(ctx, req, nil)
	must(t, err)
	w := &wire{t: t, id: opened.ID, people: people}
	for i, member := range people[1:] {
		must(t, host.Admit(ctx, w.id, newAuthor(t, byte(i+2)).ID, ""))
		must(t, member.JoinSession(ctx, w.id, "Member"))
	}
	w.carry()
	for _, member := range people[1:] {
		_, err := member.FindCalls(ctx, w.id)
		must(t, err)
		must(t, member.KeepHostDraw(ctx, w.id, opened.Made))
		if _, _, err := member.DrawHere(ctx, w.id); err != nil && review.CodeOf(err) != session.NoFrame {
			t.Fatal(err)
		}
	}
	return w
}

// carry sends what lies in every outbox and delivers what came, until nothing
// is left to do.
func (w *wire) carry() {
	w.t.Helper()
	for moved := true; moved; {
		moved = false
		for _, p := range w.people {
			moved = w.send(p) || moved
		}
		for i, p := range w.people {
			moved = w.deliver(p, session.Log, w.log) || moved
			if i == 0 {
				moved = w.deliver(p, session.Blind, w.blind) || moved
			}
		}
	}
}

func (w *wire) send(p *fixture) bool {
	w.t.Helper()
	ctx := context.Background()
	box := p.SessionBox(w.id)
	pending, err := box.Outbox(ctx, 1000)
	must(w.t, err)
	sent := false
	for _, event := range pending {
		if event.Acked > 0 {
			continue
		}
		stream := &w.log
		if event.Blind > 0 {
			stream = &w.blind
		}
		seq := uint64(len(*stream) + 1)
		*stream = append(*stream, session.Delivery{Parcel: event.Parcel, Subject: event.Author, Seq: seq})
		must(w.t, box.Sent(ctx, event.ID, seq, 0))
		sent = true
	}
	return sent
}

func (w *wire) deliver(p *fixture, s session.Stream, all []session.Delivery) bool {
	w.t.Helper()
	ctx := context.Background()
	box := p.SessionBox(w.id)
	at, err := box.Cursor(ctx, s)
	must(w.t, err)
	fresh := all[at.Seq:]
	if len(fresh) == 0 {
		return false
	}
	must(w.t, box.Take(ctx, s, fresh, session.Cursor{Created: time.Unix(7, 0), Seq: uint64(len(all))}))
	return true
}

// said are the types of what p is to send, and the streams.
func (w *wire) said(p *fixture) []string {
	w.t.Helper()
	pending, err := p.SessionBox(w.id).Outbox(context.Background(), 1000)
	must(w.t, err)
	said := []string{}
	for _, event := range pending {
		said = append(said, fmt.Sprintf("%s %d", event.Type, event.Blind))
	}
	return said
}

// sameForAll fails unless everybody has the same session, and a library in
// order.
func (w *wire) sameForAll() {
	w.t.Helper()
	var want string
	for i, p := range w.people {
		got, err := p.SessionDigest(context.Background(), w.id)
		must(w.t, err)
		if i == 0 {
			want = got
		}
		if got != want {
			w.t.Errorf("person %d has another session", i)
		}
		p.checkClean(w.t)
	}
}

func (w *wire) host() *fixture { return w.people[0] }

func TestWhatIsSaidOfASessionsCallIsSaidThereToo(t *testing.T) {
	ctx := context.Background()
	w := newWire(t, 2, desk.HostRequest{Blind: true}, newPerson(t, 1, entries(0, 4)...), newPerson(t, 2, entries(0, 4)...))
	ada := w.people[1]
	state, err := ada.Session(ctx, w.id)
	must(t, err)
	drawn := state.Calls[0]
	ada.tag(t, drawn.Call, "Late bill", time.Second)
	must(t, ada.Hear(ctx, drawn.Call, 1))
	_, err = ada.Undo(ctx)
	must(t, err)
	for i := range 4 {
		if uid := fmt.Sprintf("call-%03d", i); uid != drawn.Call && uid != state.Calls[1].Call {
			ada.tag(t, uid, "Not of the session", time.Second)
		}
	}
	want := []string{"issue.named 1", "moment.added 1", "call.heard 1", "undone 1"}
	if got := w.said(ada); !slices.Equal(got, want) {
		t.Fatalf("the session is told %v, want %v", got, want)
	}
	w.sameBytes(ada)
	w.carry()
	if got := w.said(ada); len(got) != 0 {
		t.Errorf("what lies in the blind stream is sent again: %v", got)
	}
	_, err = w.host().RevealRound(ctx, w.id, desk.AllRounds)
	must(t, err)
	must(t, ada.Hear(ctx, drawn.Call, 1))
	w.carry()
	must(t, ada.Skip(ctx, drawn.Call, review.NotHeard, "noise"))
	if got := w.said(ada); !slices.Equal(got, []string{"call.skipped 0"}) {
		t.Errorf("of a revealed call the session is told %v", got)
	}
	w.carry()
	w.sameForAll()
}

// sameBytes fails unless what the session is told of moments and calls are the
// bytes of p's journal.
func (w *wire) sameBytes(p *fixture) {
	w.t.Helper()
	mine := map[string][]byte{}
	for e, err := range p.Events(context.Background(), "") {
		must(w.t, err)
		mine[e.ID] = e.Bytes
	}
	pending, err := p.SessionBox(w.id).Outbox(context.Background(), 1000)
	must(w.t, err)
	for _, event := range pending {
		if event.Type != string(journal.TypeIssueNamed) && !bytes.Equal(mine[event.ID], event.Bytes) {
			w.t.Errorf("%s %s is not the journal's", event.Type, event.ID)
		}
	}
}

func TestAHiddenRoundIsTheHostsAlone(t *testing.T) {
	ctx := context.Background()
	w := newWire(t, 2, desk.HostRequest{Blind: true}, newPerson(t, 1, entries(0, 4)...), newPerson(t, 2, entries(0, 4)...), newPerson(t, 3, entries(0, 4)...))
	host, ada, bo := w.people[0], w.people[1], w.people[2]
	state, err := ada.Session(ctx, w.id)
	must(t, err)
	uid := state.Calls[0].Call
	ada.tag(t, uid, "Named by Ada", time.Second)
	bo.tag(t, uid, "Named by Bo", time.Second)
	w.carry()
	if err := bo.SessionBox(w.id).Take(ctx, session.Blind, w.blind, session.Cursor{Seq: 9}); review.CodeOf(err) != session.NotHost {
		t.Errorf("a member takes from the blind stream: %v", err)
	}
	if got := w.said(host); len(got) != 0 {
		t.Errorf("before the reveal the host sends %v", got)
	}
	seen, err := host.Session(ctx, w.id)
	must(t, err)
	if len(seen.Issues) != 0 || len(seen.Calls[0].Said) != 0 {
		t.Errorf("before the reveal the host sees %+v of %+v", seen.Calls[0].Said, seen.Issues)
	}
	if _, err := host.SessionTable(ctx, w.id, 1); review.CodeOf(err) != session.NotRevealed {
		t.Errorf("a table of a hidden round: %v", err)
	}
	revealed, err := host.RevealRound(ctx, w.id, 1)
	must(t, err)
	want := []string{"issue.named 0", "moment.added 0", "issue.named 0", "moment.added 0", "round.revealed 0"}
	if got := w.said(host); !slices.Equal(got, want) || !slices.Equal(revealed, []int{1}) {
		t.Fatalf("the host reveals %v as %v", revealed, got)
	}
	w.carry()
	if table, err := bo.SessionTable(ctx, w.id, 1); err != nil || len(table.Rows) != 2 {
		t.Errorf("revealed to Bo: %+v, %v", table, err)
	}
	w.sameForAll()
}

// A server that lost everything gets it all again, each event once, from
// whoever may send it.
func TestAStreamThatBeginsAnewIsFilledAgain(t *testing.T) {
	ctx := context.Background()
	w := newWire(t, 2, desk.HostRequest{}, newPerson(t, 1, entries(0, 3)...), newPerson(t, 2, entries(0, 3)...))
	state, err := w.people[1].Session(ctx, w.id)
	must(t, err)
	w.people[1].tag(t, state.Calls[0].Call, "Late bill", time.Second)
	w.carry()
	events := len(w.log)
	w.log = nil
	for _, p := range w.people {
		must(t, p.SessionBox(w.id).Rewind(ctx, session.Log))
	}
	w.carry()
	ids := map[string]bool{}
	for _, d := range w.log {
		ids[d.ID] = true
	}
	if len(ids) != events {
		t.Errorf("%d events came back, want %d", len(ids), events)
	}
	w.sameForAll()
	for i, d := range w.log {
		p, ok, err := w.host().SessionBox(w.id).At(ctx, uint64(i+1))
		if err != nil || ok && p.ID != d.ID {
			t.Errorf("at %d the host has %s, the log %s (%v)", i+1, p.ID, d.ID, err)
		}
	}
}
