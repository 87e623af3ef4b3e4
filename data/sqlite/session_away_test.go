package sqlite_test

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
)

// without does something while a member is away.
func (w *wire) without(p *fixture, do func()) {
	w.t.Helper()
	all := w.people
	w.people = slices.DeleteFunc(slices.Clone(all), func(one *fixture) bool { return one == p })
	do()
	w.people = all
}

// What a member tags while they are away for a week arrives, once, although the
// round was revealed and the session closed meanwhile: of calls of their own, and
// of guests, which go with the end.
func TestTagsOfAWeekAwayArriveAfterTheEnd(t *testing.T) {
	for name, from := range map[string]int{"own calls": 0, "guests": 7} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			w := newWire(t, 2, desk.HostRequest{Blind: true}, newPerson(t, 1, entries(0, 2)...), newPerson(t, 2, entries(0, 2)...),
				newPerson(t, 3, entries(from, from+2)...))
			host, ada, bo := w.people[0], w.people[1], w.people[2]
			places, err := bo.SessionPlaces(ctx, w.id)
			must(t, err)
			bo.tag(t, places[0].Local, "Late bill", time.Second)
			undone := bo.tag(t, places[0].Local, "No reply", time.Second)
			must(t, bo.Untag(ctx, undone.ID))
			must(t, bo.Hear(ctx, places[0].Local, 1))
			w.without(bo, func() {
				state, err := host.Session(ctx, w.id)
				must(t, err)
				ada.tag(t, state.Calls[0].Call, "Late bill", time.Second)
				must(t, ada.Hear(ctx, state.Calls[0].Call, 1))
				w.carry()
				_, err = host.RevealRound(ctx, w.id, desk.AllRounds)
				must(t, err)
				must(t, host.CloseSession(ctx, w.id))
				w.carry()
			})
			w.carry()
			for _, p := range w.people {
				table, err := p.SessionTable(ctx, w.id, 1)
				must(t, err)
				if len(table.Rows) != 1 || table.Rows[0].Heard != 2 {
					t.Errorf("after Bo came back the table is %+v, want one issue that two heard", table.Rows)
				}
			}
			if left := w.said(bo); len(left) != 0 {
				t.Errorf("Bo still has %v to send", left)
			}
			if shared, err := bo.SharedOf(ctx, w.id); err != nil || !shared.Closed {
				t.Errorf("at the end Bo's part is closed: %v, %v", shared.Closed, err)
			}
			w.sameForAll()
		})
	}
}

// Who left and is let in again takes part: what they tag counts, though their
// library learns of it after it had been told that they were out.
func TestWhoIsLetInAgainTakesPart(t *testing.T) {
	ctx := context.Background()
	w := newWire(t, 2, desk.HostRequest{}, newPerson(t, 1, entries(0, 2)...), newPerson(t, 2, entries(5, 7)...))
	host, ada := w.people[0], w.people[1]
	must(t, ada.LeaveSession(ctx, w.id))
	must(t, ada.JoinSession(ctx, w.id, "Ada")) // before anybody else knows that she left
	must(t, host.OpenRound(ctx, w.id, 1))
	w.carry()
	if shared, err := ada.SharedOf(ctx, w.id); err != nil || !shared.Closed {
		t.Errorf("after she left, Ada's part is closed: %v, %v", shared.Closed, err)
	}
	must(t, host.Admit(ctx, w.id, newAuthor(t, 2).ID, "Ada"))
	w.carry()
	if shared, err := ada.SharedOf(ctx, w.id); err != nil || shared.Closed {
		t.Errorf("let in again, Ada's part is closed: %v, %v", shared.Closed, err)
	}
	if _, err := ada.FindCalls(ctx, w.id); err != nil { // guests have gone with her
		t.Fatal(err)
	}
	places, err := ada.SessionPlaces(ctx, w.id)
	must(t, err)
	ada.tag(t, places[1].Local, "Late bill", time.Second)
	must(t, ada.Hear(ctx, places[1].Local, 1))
	w.carry()
	table, err := host.SessionTable(ctx, w.id, 2)
	must(t, err)
	if len(table.Rows) != 1 || !slices.Contains(table.Rows[0].Cells, session.Heard) {
		t.Errorf("the host is told %+v of what Ada tagged", table.Rows)
	}
	w.sameForAll()
}

// A call that was forgotten does not come back with what other libraries still
// hold of its session, when that is hosted again from nothing.
func TestASessionBringsNothingForgottenBack(t *testing.T) {
	ctx := context.Background()
	w := newWire(t, 2, desk.HostRequest{}, newPerson(t, 1, entries(0, 2)...), newPerson(t, 2, entries(0, 2)...))
	host, ada := w.people[0], w.people[1]
	state, err := host.Session(ctx, w.id)
	must(t, err)
	for i, words := range []string{"Mrs Quill of Ashford", "a clerk"} {
		m := ada.tag(t, state.Calls[i].Call, "Late bill", time.Second)
		must(t, ada.SetWords(ctx, m.ID, words))
	}
	w.carry()
	must(t, host.CloseSession(ctx, w.id))
	w.carry()
	_, err = host.Forget(ctx, []string{state.Calls[0].Call}, nil)
	must(t, err)
	w.log = nil // its hub and streams have gone too
	for _, p := range w.people {
		must(t, p.SessionBox(w.id).Rewind(ctx, session.Log))
	}
	w.carry()
	kept := map[string]bool{}
	_, events, err := host.ExportSession(ctx, w.id)
	must(t, err)
	for e, err := range events {
		must(t, err)
		for _, words := range []string{"Quill", "clerk"} {
			kept[words] = kept[words] || bytes.Contains(e.Bytes, []byte(words))
		}
	}
	if kept["Quill"] || !kept["clerk"] {
		t.Errorf("of the forgotten call and the other the host holds %v", kept)
	}
}
