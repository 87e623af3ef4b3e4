package session_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// text writes a table as rows of name, a letter a member (+ heard, - not heard,
// ? not done, u not on the list), where it was and where to listen from.
func text(t session.Table) []string {
	var rows []string
	for _, r := range t.Rows {
		cells := make([]byte, len(r.Cells))
		for i, c := range r.Cells {
			cells[i] = "?-+u"[c]
		}
		row := fmt.Sprintf("%s %s %d/%d %v from %v", r.Name, cells, r.Heard, r.Of, r.At, r.From)
		rows = append(rows, strings.Join(append([]string{row}, r.Names...), " | "))
	}
	return rows
}

// Five hear a call. Of three issues that all know, two of five heard the first,
// one of five the second and all the third; one of five names a fourth, which
// the others did not have on their list; and the host has not finished.
func TestTheWorstDisagreementIsFirst(t *testing.T) {
	r := open(t, true, 5, 1)
	r.say(0, 0, journal.IssueNamed{Issue: "signal", Name: "No signal"})
	r.say(0, 0, journal.IssueNamed{Issue: "price", Name: "Price"})
	for who := range 5 {
		r.tag(who+1, 1, "price", 40_000)
	}
	r.tag(1, 1, "bill", 21_000)
	r.tag(3, 1, "bill", 12_500)
	r.tag(2, 1, "signal", 3_000)
	r.say(4, 1, journal.IssueNamed{Issue: "new", Name: "Rude letter"})
	r.tag(4, 1, "new", 9_000)
	r.hear(1, 1, 2, 3, 4, 5)
	if rows := r.state().Table(1).Rows; len(rows) != 0 {
		t.Errorf("before the reveal: %v", rows)
	}
	r.reveal(1)
	want := []string{
		"Late bill ?+-+-- 2/5 12.5s from 7.5s",
		"No signal ?-+--- 1/5 3s from 0s",
		"Price ?+++++ 5/5 40s from 35s",
		"Rude letter ?uuu+u 1/1 9s from 4s",
	}
	if got := text(r.state().Table(1)); !reflect.DeepEqual(got, want) {
		t.Errorf("the table is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestOneIssueUnderSeveralNamesIsOneRow(t *testing.T) {
	r := open(t, true, 3, 1)
	r.say(1, 1, journal.IssueNamed{Issue: "a", Name: "Invoice too late"})
	r.tag(1, 1, "a", 7_000)
	r.tag(2, 1, "bill", 6_000)
	r.hear(1, 0, 1, 2, 3)
	r.reveal(1)
	if got := len(r.state().Table(1).Rows); got != 2 {
		t.Fatalf("%d rows before they are matched", got)
	}
	r.say(0, 0, journal.IssuesMatched{From: "a", Into: "bill"})
	want := []string{"Late bill -++- 2/4 6s from 1s | Invoice too late"}
	if got := text(r.state().Table(1)); !reflect.DeepEqual(got, want) {
		t.Errorf("the table is %q, want %q", got, want)
	}
}

// What was named in a blind round is on the others' list from its reveal on,
// and on that of the one who named it from then on: nobody disagrees about an
// issue that they did not know.
func TestAnIssueIsOnOnesListFromWhenOneCouldKnowIt(t *testing.T) {
	r := open(t, true, 2, 4)
	r.hear(2, 1) // before Anna names it
	r.say(1, 1, journal.IssueNamed{Issue: "new", Name: "Rude letter"})
	r.tag(1, 1, "new", 5_000)
	r.hear(1, 1, 2)
	r.tag(2, 2, "bill", 5_000)
	r.hear(2, 2)
	r.hear(4, 1, 2)
	r.reveal(1)
	r.hear(3, 1, 2)
	r.say(0, 2, journal.MomentAdded{Moment: "late", Call: call(2), Issue: "new", At: 1_000})
	r.say(0, 3, journal.MomentAdded{Moment: "last", Call: call(3), Issue: "new", At: 1_000})
	r.say(0, 4, journal.MomentAdded{Moment: "more", Call: call(4), Issue: "new", At: 1_000})
	r.reveal(2)
	r.reveal(3)
	r.reveal(4)
	for round, want := range map[int]string{1: "?+u", 2: "+uu", 3: "+--", 4: "+-u"} {
		found := false
		for _, row := range text(r.state().Table(round)) {
			if name, rest, _ := strings.Cut(row, " letter "); name == "Rude" {
				found = true
				if rest[:3] != want {
					t.Errorf("round %d: %s, want %s", round, rest[:3], want)
				}
			}
		}
		if !found {
			t.Errorf("round %d has no such row", round)
		}
	}
}

func TestInAnOpenSessionTheTableIsThereAtOnce(t *testing.T) {
	r := open(t, false, 1, 1)
	r.tag(1, 1, "bill", 4_000)
	want := []string{"Late bill ?+ 1/1 4s from 0s"}
	if got := text(r.state().Table(1)); !reflect.DeepEqual(got, want) {
		t.Errorf("the table is %q, want %q", got, want)
	}
	if got := r.state().Table(9); len(got.Rows)+len(got.Members) != 0 {
		t.Errorf("a round that is none: %+v", got)
	}
}

// A skipped call says nothing of any issue; a removed member stays in the table
// of what they heard.
func TestWhoSkippedOrLeftStaysWhereTheySaidSomething(t *testing.T) {
	r := open(t, true, 3, 2)
	r.tag(1, 1, "bill", 6_000)
	r.hear(1, 1, 2)
	r.say(3, 1, journal.CallSkipped{Call: call(1), Reason: "noise"})
	r.say(0, 0, journal.MemberRemoved{Member: r.authors[2].ID})
	r.reveal(1)
	r.reveal(2)
	s := r.state()
	if got, want := text(s.Table(1)), []string{"Late bill ?+-? 1/2 6s from 1s"}; !reflect.DeepEqual(got, want) {
		t.Errorf("the table is %q, want %q", got, want)
	}
	if got := len(s.Table(2).Members); got != 3 {
		t.Errorf("%d members in a round that the removed one did not hear", got)
	}
}

// The host's library holds what is not revealed. What it shows, and the
// digest, do not.
func TestTheHostIsShownNothingBeforeTheReveal(t *testing.T) {
	r := open(t, true, 2, 2)
	before := r.state()
	e := r.tag(1, 1, "bill", 5_000)
	named := r.say(1, 2, journal.IssueNamed{Issue: "new", Name: "Rude letter"})
	r.hear(1, 1)
	shown := r.state().For(r.authors[0].ID)
	if len(shown.Call(1).Said) != 0 || len(shown.Issues) != 1 || !reflect.DeepEqual(shown.Accepted, before.Accepted) {
		t.Errorf("the host sees %+v", shown)
	}
	if r.state().Digest() != before.Digest() {
		t.Error("the digest tells that somebody tagged")
	}
	own := r.state().For(e.Author)
	if len(own.Call(1).Said) != 1 || own.Issues["new"].By != named.Author {
		t.Errorf("the member sees %+v", own)
	}
	r.reveal(1)
	shown = r.state().For(r.authors[0].ID)
	if len(shown.Call(1).Said) != 1 || len(shown.Issues) != 1 || shown.Digest() == before.Digest() {
		t.Errorf("after the reveal of round 1 the host sees %+v", shown)
	}
}

// Anna tags a revealed call with an issue that she named in one that is not.
// Her library knows its name, the others' do not.
func TestTheDigestDoesNotTellWhatIsNotRevealed(t *testing.T) {
	r := open(t, true, 2, 2)
	r.reveal(1)
	named := r.say(1, 2, journal.IssueNamed{Issue: "new", Name: "Late bill"})
	r.tag(1, 1, "new", 5_000)
	var others []journal.Event
	for _, e := range r.events() {
		if e.ID != named.ID {
			others = append(others, e)
		}
	}
	if r.state().Digest() != session.Fold(r.id, others).Digest() {
		t.Error("who holds the hidden name has another digest")
	}
}

func TestARosterSaysWhoIsThroughAndNoMore(t *testing.T) {
	r := open(t, true, 2, 2)
	r.tag(1, 1, "bill", 5)
	r.hear(1, 1, 2)
	r.hear(2, 1)
	states := func(round int) (all []session.Presence) {
		for _, a := range r.state().Roster(round) {
			all = append(all, a.State)
		}
		return all
	}
	const l, d = session.Listening, session.Done
	for round, want := range map[int][]session.Presence{1: {l, d, d}, 2: {l, d, l}, 0: {l, d, l}} {
		if got := states(round); !reflect.DeepEqual(got, want) {
			t.Errorf("round %d: %v, want %v", round, got, want)
		}
	}
}

// Anna's last three tags are still on her laptop when the session is closed.
func TestWhoseTagsAreOnTheirWay(t *testing.T) {
	r := open(t, true, 2, 2)
	r.tag(1, 1, "bill", 5)
	r.hear(1, 1, 2)
	r.reveal(1)
	if _, closed := r.state().Complete(); closed {
		t.Error("it is not closed")
	}
	r.say(0, 0, journal.SessionClosed{Authors: r.state().Tally()})
	all := r.events()
	if missing, closed := session.Fold(r.id, all).Complete(); !closed || len(missing) != 0 {
		t.Errorf("missing %v of what is here, closed %v", missing, closed)
	}
	anna := r.authors[1].ID
	var without []journal.Event
	for _, e := range all {
		if e.Author != anna {
			without = append(without, e)
		}
	}
	if missing, _ := session.Fold(r.id, without).Complete(); !reflect.DeepEqual(missing, map[string]int{anna: 2}) {
		t.Errorf("missing %v, want two of Anna's", missing)
	}
	other := without[len(without)-1]
	other.ID, other.Author, other.Type, other.Body = "other", anna, journal.TypeCallHeard, []byte(`{"call":"call-1"}`)
	late := other
	late.ID = "late"
	if missing, _ := session.Fold(r.id, append(without, other, late)).Complete(); !reflect.DeepEqual(missing, map[string]int{anna: 1}) {
		t.Errorf("with two others in their place missing %v", missing)
	}
	r.tag(1, 2, "bill", 9)
	if missing, _ := r.state().Complete(); len(missing) != 0 {
		t.Errorf("what came after the close is missed: %v", missing)
	}
}

func TestConsensusStandsBesideTheTags(t *testing.T) {
	r := open(t, true, 2, 1)
	r.tag(1, 1, "bill", 5)
	r.hear(1, 1, 2)
	r.reveal(1)
	before := r.state()
	agreed := journal.ConsensusRecorded{Round: 1, Issues: []journal.Consensus{{Issue: "bill", At: 5}}, Listeners: 2}
	r.say(0, 0, journal.ConsensusRecorded{Round: 1})
	r.say(0, 0, agreed)
	s := r.state()
	if got := s.Call(1).Consensus; got == nil || !reflect.DeepEqual(*got, agreed) {
		t.Errorf("agreed: %+v", got)
	}
	if !reflect.DeepEqual(s.Table(1), before.Table(1)) || s.Digest() == before.Digest() {
		t.Error("a consensus erases no tag and is part of the result")
	}
}

// Ten thousand events, checked and read, are what somebody who joins late waits
// for. The benchmark says how long; here only that nothing of it is lost.
func BenchmarkLateJoin(b *testing.B) {
	r := open(b, true, 20, 100)
	for i := range 10_000 {
		r.tag(1+i%20, 1+i%100, "bill", int64(i))
	}
	var batch []session.Delivery
	for _, e := range r.said {
		batch = append(batch, delivered(e))
	}
	for b.Loop() {
		story := session.NewStory(r.id)
		for _, v := range session.AcceptAll(r.id, batch) {
			story.Add(v.Event.Event)
		}
		if s := story.State(); len(s.Refused) != 0 {
			b.Fatal("not all was accepted")
		}
	}
}
