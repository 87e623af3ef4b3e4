package sqlite_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// wordy is a closed session of two calls, of each of which Ada noted words.
func wordy(t *testing.T) (w *wire, calls []string) {
	t.Helper()
	ctx := t.Context()
	w = newWire(t, 2, desk.HostRequest{}, newPerson(t, 1, entries(0, 2)...), newPerson(t, 2, entries(0, 2)...))
	state, err := w.host().Session(ctx, w.id)
	must(t, err)
	for _, call := range state.Calls {
		calls = append(calls, call.Call)
		m := w.people[1].tag(t, call.Call, "Late bill", time.Second)
		must(t, w.people[1].SetWords(ctx, m.ID, "of "+call.Call))
	}
	w.carry()
	must(t, w.host().CloseSession(ctx, w.id))
	w.carry()
	return w, calls
}

// words are what a desk reads in a session that members noted.
func words(t *testing.T, d *desk.Desk, id string) map[string]bool {
	t.Helper()
	state, err := d.Session(t.Context(), id)
	must(t, err)
	all := map[string]bool{}
	for _, call := range state.Calls {
		for _, said := range call.Said {
			for _, m := range said.Moments {
				all[m.Words] = true
			}
		}
	}
	return all
}

// forgetWords keeps no words of any call in the library any more.
func (f *fixture) forgetWords(t *testing.T) {
	t.Helper()
	d := f.at(t, time.Date(2027, 12, 2, 8, 0, 0, 0, time.UTC))
	must(t, d.SetRetention(t.Context(), desk.PartWords, 30))
	_, err := d.Retain(t.Context(), nil)
	must(t, err)
}

// Who has read a session before words of it were forgotten reads it without them
// afterwards, whoever forgot them.
func TestASessionThatWasReadBeforeSaysNothingForgotten(t *testing.T) {
	w, calls := wordy(t)
	host := w.host()
	both := map[string]bool{"of " + calls[0]: true, "of " + calls[1]: true}
	if diff := cmp.Diff(both, words(t, host.Desk, w.id)); diff != "" {
		t.Fatalf("before (-want +got):\n%s", diff)
	}
	_, err := host.Forget(t.Context(), calls[:1], nil)
	must(t, err)
	if diff := cmp.Diff(map[string]bool{"of " + calls[1]: true}, words(t, host.Desk, w.id)); diff != "" {
		t.Errorf("a call is forgotten (-want +got):\n%s", diff)
	}
	other := person(t, &fixture{store: openLibrary(t, host.path), path: host.path}, 1)
	other.forgetWords(t)
	if diff := cmp.Diff(map[string]bool{"": true}, words(t, host.Desk, w.id)); diff != "" {
		t.Errorf("another program forgot all words (-want +got):\n%s", diff)
	}
}

// What stands for an event whose words were forgotten is signed by nobody: it goes
// to no one, who would refuse it.
func TestWhatNobodySignedIsNotSent(t *testing.T) {
	w, _ := wordy(t)
	ctx, host := t.Context(), w.host()
	sent := len(w.log)
	host.forgetWords(t)
	_, events, err := host.ExportSession(ctx, w.id)
	must(t, err)
	lines := 0
	for e, err := range events {
		must(t, err)
		lines++
		if len(e.Signature) == 0 {
			t.Errorf("a file has %s of %s without a signature", e.Type, e.Author)
		}
	}
	if lines != sent-2 {
		t.Errorf("a file has %d events, want all %d but the words of two", lines, sent)
	}
	for seq := range sent {
		if p, ok, err := host.SessionBox(w.id).At(ctx, uint64(seq+1)); err != nil || ok && len(p.Signature) == 0 {
			t.Errorf("at %d: %+v, %v", seq+1, p, err)
		}
	}
	must(t, host.SessionBox(w.id).Rewind(ctx, session.Log))
	pending, err := host.SessionBox(w.id).Outbox(ctx, 1000)
	must(t, err)
	if len(pending) != sent-2 {
		t.Errorf("%d events are sent again, want %d", len(pending), sent-2)
	}
	for _, p := range pending {
		if len(p.Signature) == 0 {
			t.Errorf("%s of %s is sent without a signature", p.Type, p.Author)
		}
	}
}

// reasoned is an event that a later version may write: a moment with a reason.
type reasoned struct {
	Moment string `json:"moment"`
	Call   string `json:"call"`
	Issue  string `json:"issue"`
	Reason string `json:"reason"`
}

func (reasoned) Type() journal.Type { return journal.TypeMomentAdded }

// An event that has words where this version looks for none stays as it is, and
// keeps no other words from being forgotten.
func TestWordsOfALaterVersionKeepNoOthers(t *testing.T) {
	w, calls := wordy(t)
	ctx, ada := context.Background(), newAuthor(t, 2)
	e, err := ada.In(w.id).Hearing(1).Sign("later-1", 500, time.Unix(9, 0), reasoned{"m-later", calls[0], "issue", "unread"})
	must(t, err)
	p := session.Parcel{ID: e.ID, Author: e.Author, Type: string(e.Type), Bytes: e.Bytes, Signature: e.Signature, Public: e.Public}
	seq := uint64(len(w.log) + 1)
	must(t, w.host().SessionBox(w.id).Take(ctx, session.Log, []session.Delivery{{Parcel: p, Subject: p.Author, Seq: seq}}, session.Cursor{Seq: seq}))
	w.host().forgetWords(t)
	if got := fmt.Sprint(words(t, w.host().Desk, w.id)); got != "map[:true]" {
		t.Errorf("the session says %s", got)
	}
}

// A reason that many calls are skipped for is not what somebody noted of one: an
// issue may say the same.
func TestAnIssueKeepsWhatIsOnlyAReasonToSkip(t *testing.T) {
	for name, forget := range map[string]func(f *fixture, t *testing.T){
		"words": (*fixture).forgetWords,
		"calls": func(f *fixture, t *testing.T) {
			_, err := f.Forget(t.Context(), []string{"call-000"}, nil)
			must(t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			f, ctx := newFixture(t, 2), t.Context()
			m := f.tag(t, "call-001", "Misdialled", time.Second)
			says := "The caller has dialled a Wrong number"
			must(t, f.Describe(ctx, journal.IssueDescribed{Issue: m.IssueID, Definition: &says}))
			must(t, f.Skip(ctx, "call-000", review.NotHeard, "Wrong number"))
			forget(f, t)
			entries, err := f.store.Codebook(ctx)
			must(t, err)
			if len(entries) != 1 || entries[0].Definition != says {
				t.Errorf("the codebook says %+v", entries)
			}
			if c, err := f.store.Call(ctx, "call-000"); err == nil && c.Reason != "" {
				t.Errorf("the reason is still %q", c.Reason)
			}
			f.checkClean(t)
		})
	}
}
