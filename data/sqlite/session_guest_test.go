package sqlite_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// otherwise are the calls of entries under uids of another system.
func otherwise(from, to int) []desk.Entry {
	all := entries(from, to)
	for i := range all {
		all[i].UID = "theirs-" + all[i].UID
	}
	return all
}

// The same recordings are the same calls, whatever a library calls them: who
// tags them says the host's uid in the session and their own at home.
func TestACallIsKnownByWhatItsRecordingHolds(t *testing.T) {
	ctx := context.Background()
	w := newWire(t, 2, desk.HostRequest{}, newPerson(t, 1, entries(0, 4)...), newPerson(t, 2, otherwise(0, 4)...))
	ada := w.people[1]
	places, err := ada.SessionPlaces(ctx, w.id)
	must(t, err)
	at := places[0]
	if at.Local != "theirs-"+at.Call {
		t.Fatalf("the host's %s is %q here", at.Call, at.Local)
	}
	m := ada.tag(t, at.Local, "Late bill", time.Second)
	must(t, ada.SetWords(ctx, m.ID, "It came in May."))
	must(t, ada.Move(ctx, m.ID, 3*time.Second))
	_, err = ada.Praise(ctx, at.Local, time.Second, "kind")
	must(t, err)
	must(t, ada.Hear(ctx, at.Local, 1))
	_, err = ada.Undo(ctx)
	must(t, err)
	_, err = ada.Redo(ctx)
	must(t, err)
	w.carry()
	state, err := w.host().Session(ctx, w.id)
	must(t, err)
	said := state.Calls[0].Said[newAuthor(t, 2).ID]
	if said == nil || !said.Heard || len(said.Moments) != 1 || len(said.Praise) != 1 {
		t.Fatalf("the host hears of %+v", said)
	}
	want := journal.MomentAdded{Moment: m.ID, Call: at.Call, Issue: m.IssueID, At: 3000, Words: "It came in May."}
	if got := said.Moments[m.ID]; got != want {
		t.Errorf("the host hears %+v, want %+v", got, want)
	}
	if _, err := ada.AdoptConsensus(ctx, w.id); review.CodeOf(err) != session.NoFrame {
		t.Errorf("a library of other uids adopts: %v", err)
	}
	w.sameForAll()
}

func TestAGuestIsHeardAndNeverCounts(t *testing.T) {
	for _, keep := range []bool{false, true} {
		ctx := context.Background()
		w := newWire(t, 2, desk.HostRequest{KeepAudio: keep}, newPerson(t, 1, entries(0, 3)...), newPerson(t, 2, entries(7, 12)...))
		ada := w.people[1]
		guests, err := ada.FindCalls(ctx, w.id)
		must(t, err)
		if len(guests) != 2 || len(guests[0].Hashes) != 1 {
			t.Fatalf("guests: %+v", guests)
		}
		uid := guests[0].Call
		if c := state(t, ada, uid); c.State != review.Missing || !c.Guest {
			t.Errorf("a guest without its recording is %+v", c)
		}
		audio := review.Recording{
			Path: review.Hide("/cache/" + w.id + "/1"), Size: 9, Modified: time.Unix(5, 0), Format: "wav", Rate: 8000, Channels: 1, Frames: 8000 * 120,
		}
		must(t, ada.AddGuestAudio(ctx, uid, audio, "5a"))
		if c := state(t, ada, uid); c.State != review.New {
			t.Errorf("a guest with its recording is %+v", c)
		}
		before := counts(t, ada)
		ada.tag(t, uid, "Late bill", time.Second)
		must(t, ada.Hear(ctx, uid, 1))
		after := counts(t, ada)
		if after.Frame != before.Frame || after.Heard != 0 || after.Picked != 0 || len(after.Issues) != 0 {
			t.Errorf("a guest counts: %+v", after)
		}
		if d := draw(t, ada, desk.DrawRequest{N: 99}); len(d.Calls) != 5 {
			t.Errorf("%d of five calls are drawn", len(d.Calls))
		}
		if size, err := ada.Size(ctx); err != nil || size != 5 {
			t.Errorf("a library of %d calls (%v)", size, err)
		}
		for c, err := range ada.Calls(ctx, review.Heard) {
			must(t, err)
			t.Errorf("%s is listed", c.UID)
		}
		w.carry()
		w.sameForAll()
		must(t, w.host().CloseSession(ctx, w.id))
		w.carry()
		_, err = ada.View(ctx, uid)
		if kept := err == nil; kept != keep {
			t.Errorf("after the end, with keep %v: %v", keep, err)
		}
		w.sameForAll()
	}
}

// An import that brings a guest makes it a call like any other.
func TestAGuestThatIsImportedIsNoGuest(t *testing.T) {
	ctx := context.Background()
	w := newWire(t, 2, desk.HostRequest{}, newPerson(t, 1, entries(0, 2)...), newPerson(t, 2))
	ada := w.people[1]
	draws, err := ada.Draws(ctx)
	must(t, err)
	if len(draws) != 0 {
		t.Fatalf("a draw of guests: %+v", draws)
	}
	ada.add(t, entries(0, 2)...)
	made, isNew, err := ada.DrawHere(ctx, w.id)
	must(t, err)
	if !isNew || len(made.Calls) != 2 || !made.ChosenSeed {
		t.Errorf("the host's draw here: %+v", made)
	}
	if found, err := ada.VerifyDraw(ctx, made.ID); err != nil || len(found.Fails) != 0 {
		t.Errorf("it does not hold: %+v %v", found, err)
	}
	must(t, ada.LeaveSession(ctx, w.id))
	if c := state(t, ada, made.Calls[0].UID); c.Guest || c.State != review.Drawn {
		t.Errorf("after leaving: %+v", c)
	}
	ada.checkClean(t)
}

func TestTheHostsIssuesComeIntoTheCodebookOnce(t *testing.T) {
	ctx := context.Background()
	host, ada := newPerson(t, 1, entries(0, 3)...), newPerson(t, 2, entries(0, 3)...)
	for _, name := range []string{"Late bill", "No signal"} {
		host.tag(t, "call-000", name, time.Second)
	}
	ada.tag(t, "call-001", "late BILL", time.Second)
	w := newWire(t, 2, desk.HostRequest{Blind: true}, host, ada)
	issues, err := ada.Issues(ctx)
	must(t, err)
	var names []string
	for _, i := range issues {
		names = append(names, i.Name)
	}
	if !slices.Equal(names, []string{"late BILL", "No signal"}) {
		t.Errorf("Ada's codebook has %v", names)
	}
	step, err := ada.Undo(ctx)
	if err != nil || step.Type != journal.TypeMomentAdded || step.Call != "call-001" {
		t.Errorf("undo takes back %+v and not Ada's own tag (%v)", step, err)
	}
	w.sameForAll()
}

func TestMembersComeGoAndHost(t *testing.T) {
	ctx := context.Background()
	w := newWire(t, 1, desk.HostRequest{}, newPerson(t, 1, entries(0, 2)...), newPerson(t, 2, entries(0, 2)...), newPerson(t, 3, entries(0, 2)...))
	host, ada, bo := w.people[0], w.people[1], w.people[2]
	adas, bos := newAuthor(t, 2).ID, newAuthor(t, 3).ID
	if err := host.RemoveMember(ctx, w.id, "nobody"); review.CodeOf(err) != session.NotMember {
		t.Errorf("removed nobody: %v", err)
	}
	must(t, host.RemoveMember(ctx, w.id, bos))
	must(t, host.HandOver(ctx, w.id, adas))
	if err := host.OpenRound(ctx, w.id, 1); review.CodeOf(err) != session.NotHost {
		t.Errorf("after handing over: %v", err)
	}
	w.carry()
	must(t, ada.OpenRound(ctx, w.id, 1))
	if err := ada.OpenRound(ctx, w.id, 2); review.CodeOf(err) != session.NoRound {
		t.Errorf("a round that is none: %v", err)
	}
	w.carry()
	w.sameForAll()
	if s, err := bo.SharedOf(ctx, w.id); err != nil || !s.Closed {
		t.Errorf("who was removed still takes part: %+v %v", s, err)
	}
	if s, err := host.Session(ctx, w.id); err != nil || s.Host != adas || s.At != 1 || !s.Members[bos].Removed {
		t.Errorf("the session: %+v %v", s, err)
	}
}
