package session_test

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// The same events in any order, some of them twice and some of them late, are
// the same session to the last word; also who reads it after every few events
// reads the same in the end.
func TestTheSameEventsAreTheSameSession(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := open(t, rapid.Bool().Draw(t, "blind"), 3, 3)
		for range rapid.IntRange(0, 40).Draw(t, "events") {
			anything(t, r)
		}
		want := r.state()
		events := rapid.Permutation(append(r.events(), r.events()...)).Draw(t, "order")
		story := session.NewStory(r.id)
		for len(events) > 0 {
			n := rapid.IntRange(1, len(events)).Draw(t, "some")
			story.Add(events[:n]...)
			events = events[n:]
			if rapid.Bool().Draw(t, "read") {
				story.State()
			}
		}
		got := story.State()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("read %+v,\nwant %+v", got, want)
		}
		if got.Digest() != want.Digest() || !reflect.DeepEqual(got.Tally(), want.Tally()) {
			t.Error("the digests differ")
		}
	})
}

// anything lets anybody say anything, also what is not theirs to say.
func anything(t *rapid.T, r *room) {
	number := func(what string, from, to int) int { return rapid.IntRange(from, to).Draw(t, what) }
	who, round := number("who", 0, len(r.authors)-1), number("round", 0, 4)
	someone := r.authors[number("someone", 0, len(r.authors)-1)].ID
	earlier := r.said[number("earlier", 0, len(r.said)-1)]
	at := int64(number("at", 0, 60_000))
	issue := rapid.SampledFrom([]string{"bill", "i1", "i2", "i3"}).Draw(t, "issue")
	name := rapid.SampledFrom([]string{"Late bill", "late  bill", "No signal", "Straße"}).Draw(t, "name")
	bodies := []journal.Body{
		journal.MomentAdded{Moment: fmt.Sprint(r.n % 7), Call: call(round), Issue: issue, At: at, Words: "again"},
		journal.MomentMoved{Moment: fmt.Sprint(r.n % 5), Call: call(round), At: at},
		journal.MomentRemoved{Moment: fmt.Sprint(r.n % 3), Call: call(round)},
		journal.WordsChanged{Of: fmt.Sprint(r.n % 3), Call: call(round), Words: name},
		journal.PraiseAdded{Praise: fmt.Sprint(r.n % 3), Call: call(round), At: at},
		journal.PraiseRemoved{Praise: fmt.Sprint(r.n % 2), Call: call(round)},
		journal.CallHeard{Call: call(round)},
		journal.CallSkipped{Call: call(round)},
		journal.IssueNamed{Issue: issue, Name: name},
		journal.Undone{Of: []string{earlier.ID}},
		journal.SessionOpened{Nonce: "nonce", Name: "again"},
		journal.SessionCall{Round: round, Call: call(round)},
		journal.MemberAdmitted{Member: someone},
		journal.MemberRemoved{Member: someone},
		journal.HostChanged{To: someone},
		journal.RoundOpened{Round: round},
		journal.RoundRevealed{Round: round},
		journal.IssuesMatched{From: issue, Into: "i2"},
		journal.ConsensusRecorded{Round: round, Issues: []journal.Consensus{{Issue: issue, At: at}}},
		journal.SessionClosed{},
		journal.CallPicked{Call: call(round)},
		journal.ConsensusAdopted{Call: call(round)},
	}
	r.say(who, round*number("says the round", 0, 1), rapid.SampledFrom(bodies).Draw(t, "body"))
}

// Who lacks some events sees a session all the same, and once the rest arrives
// the same one as everybody.
func TestWhatIsLateChangesNothingInTheEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := open(t, true, 2, 2)
		for range rapid.IntRange(0, 20).Draw(t, "events") {
			anything(t, r)
		}
		story := session.NewStory(r.id)
		var late []journal.Event
		for _, e := range r.events() {
			if rapid.Bool().Draw(t, "late") {
				late = append(late, e)
			} else {
				story.Add(e)
			}
		}
		early := story.State()
		before := early.Digest()
		story.Add(late...)
		if got := story.State().Digest(); got != r.state().Digest() {
			t.Error("what was late is read otherwise")
		}
		if early.Digest() != before {
			t.Error("a state changed after it was answered")
		}
	})
}

func TestAnAuthorWhoGivesOneIDTwiceFoolsNobody(t *testing.T) {
	r := open(t, false, 1, 1)
	a := r.tag(1, 1, "bill", 5).Event
	b := a
	b.Body = []byte(`{"moment":"x","call":"call-1","issue":"bill","at_ms":9}`)
	one := session.Fold(r.id, append(r.events(), b))
	other := session.Fold(r.id, append([]journal.Event{b}, r.events()...))
	if !reflect.DeepEqual(one, other) {
		t.Errorf("whoever gets the first one first sees %+v, else %+v", one.Calls[0].Said, other.Calls[0].Said)
	}
	stolen := a
	stolen.Author = r.authors[0].ID
	if s := session.Fold(r.id, append([]journal.Event{stolen}, r.events()...)); len(s.Call(1).Said[a.Author].Moments) != 1 {
		t.Error("another's use of its id took an event out of the session")
	}
}

func TestWhoMaySayWhat(t *testing.T) {
	for name, test := range map[string]struct {
		who  int
		body journal.Body
		want session.Reason
	}{
		"the host reveals":                {0, journal.RoundRevealed{Round: 1}, ""},
		"a member reveals":                {1, journal.RoundRevealed{Round: 1}, session.NotAllowed},
		"a member admits a friend":        {1, journal.MemberAdmitted{Member: "friend"}, session.NotAllowed},
		"a member takes over":             {1, journal.HostChanged{To: "me"}, session.NotAllowed},
		"a member closes":                 {1, journal.SessionClosed{}, session.NotAllowed},
		"the host opens again":            {0, journal.SessionOpened{Nonce: "nonce"}, session.NotAllowed},
		"a member tags":                   {1, journal.MomentAdded{Moment: "m", Call: "call-1", Issue: "bill"}, ""},
		"a member tags another call":      {1, journal.MomentAdded{Moment: "m", Call: "call-9", Issue: "bill"}, session.OtherCall},
		"a member merges the codebook":    {1, journal.IssueMerged{Issue: "bill", Into: "x"}, session.NotAllowed},
		"somebody who was not let in":     {2, journal.CallHeard{Call: "call-1"}, session.Stranger},
		"a member adopts what is not yet": {1, journal.ConsensusAdopted{Call: "call-1"}, session.NotAllowed},
	} {
		r := open(t, true, 1, 1)
		r.authors = append(r.authors, author(t, 7))
		before := r.state()
		r.say(test.who, 0, test.body)
		after := r.state()
		if test.want == "" && len(after.Refused) > 0 {
			t.Errorf("%s: refused for %v", name, after.Refused)
		}
		if test.want != "" && (after.Refused[test.want] != 1 || after.Digest() != before.Digest()) {
			t.Errorf("%s: refused for %v, want %q", name, after.Refused, test.want)
		}
	}
}

// A member who hears a draw that came as a file is let in when theirs comes
// back. What somebody says after they were removed does not count, and what
// they said before does.
func TestWhoIsLetInLaterWasAMemberAndWhoIsRemovedWasOne(t *testing.T) {
	r := open(t, false, 1, 2)
	ben := author(t, 7)
	r.authors = append(r.authors, ben)
	r.tag(2, 1, "bill", 5)
	if got := r.state().Refused[session.Stranger]; got != 1 {
		t.Errorf("a stranger's tags: %d refused", got)
	}
	r.say(0, 0, journal.MemberAdmitted{Member: ben.ID})
	if s := r.state(); len(s.Refused) != 0 || len(s.Call(1).Said[ben.ID].Moments) != 1 {
		t.Errorf("once let in: refused %v", s.Refused)
	}
	r.say(0, 0, journal.MemberRemoved{Member: ben.ID})
	r.tag(2, 2, "bill", 5)
	s := r.state()
	if s.Refused[session.Stranger] != 1 || !s.Members[ben.ID].Removed || len(s.Call(1).Said[ben.ID].Moments) != 1 || s.Call(2).Said[ben.ID] != nil {
		t.Errorf("once removed: refused %v", s.Refused)
	}
}

func TestTheHostHandsOver(t *testing.T) {
	r := open(t, true, 1, 1)
	r.say(0, 0, journal.HostChanged{To: r.authors[1].ID})
	r.reveal(1) // by the old host
	if s := r.state(); s.Host != r.authors[1].ID || s.Call(1).Revealed || s.Refused[session.NotAllowed] != 1 {
		t.Errorf("the old host still hosts: %+v", s)
	}
	r.say(1, 0, journal.RoundRevealed{Round: 1})
	if !r.state().Call(1).Revealed {
		t.Error("the new host cannot reveal")
	}
	r.say(0, 0, journal.MemberRemoved{Member: r.authors[0].ID})
	if s := r.state(); !s.Members[r.authors[0].ID].Removed {
		t.Error("a member cannot leave by themself")
	}
}

func TestAnUndoInASessionTakesOwnWordsBack(t *testing.T) {
	r := open(t, false, 2, 1)
	e := r.tag(1, 1, "bill", 5)
	r.say(2, 1, journal.Undone{Of: []string{e.ID}})
	if len(r.state().Call(1).Said[e.Author].Moments) != 1 {
		t.Error("another undid it")
	}
	undo := r.say(1, 1, journal.Undone{Of: []string{e.ID}})
	if len(r.state().Call(1).Said) != 0 {
		t.Error("it was not undone")
	}
	r.say(1, 1, journal.Undone{Of: []string{undo.ID}})
	if len(r.state().Call(1).Said[e.Author].Moments) != 1 {
		t.Error("it was not done again")
	}
	if got := len(r.state().Accepted); got != len(r.said) {
		t.Errorf("the log has %d events, the session %d", len(r.said), got)
	}
}

func TestAnEventOfAnotherRoundThanItsCallIsRefused(t *testing.T) {
	r := open(t, true, 1, 2)
	r.reveal(2)
	r.say(1, 2, journal.MomentAdded{Moment: "m", Call: call(1), Issue: "bill"}) // as if it were revealed
	if s := r.state(); s.Refused[session.OtherCall] != 1 || len(s.Call(1).Said) != 0 {
		t.Errorf("refused %v", s.Refused)
	}
}

func TestNoRevealIsUndone(t *testing.T) {
	r := open(t, true, 1, 1)
	e := r.reveal(1)
	r.say(0, 0, journal.Undone{Of: []string{e.ID}})
	if !r.state().Call(1).Revealed {
		t.Error("what all have seen is hidden again")
	}
}

// Case and white space do not tell names apart, as in a library.
func TestIssuesOfOneNameCountAsOneAndTheHostMatchesOthers(t *testing.T) {
	r := open(t, true, 2, 1)
	for i, name := range []string{"late BILL", "  Late   bill ", "Invoice late", "No signal"} {
		r.say(1+i%2, 1, journal.IssueNamed{Issue: fmt.Sprint("i", i), Name: name})
	}
	r.reveal(1)
	into := func() (all []string) {
		s := r.state()
		for i := range 4 {
			all = append(all, s.Issues[fmt.Sprint("i", i)].Into)
		}
		return append(all, s.Issues["bill"].Into)
	}
	if got, want := into(), []string{"bill", "bill", "i2", "i3", "bill"}; !reflect.DeepEqual(got, want) {
		t.Errorf("they count as %v, want %v", got, want)
	}
	r.say(0, 0, journal.IssuesMatched{From: "i0", Into: "i2"})
	r.say(0, 0, journal.IssuesMatched{From: "i2", Into: "bill"}) // they are one already
	if got, want := into(), []string{"i2", "i2", "i2", "i3", "i2"}; !reflect.DeepEqual(got, want) {
		t.Errorf("once matched they count as %v, want %v", got, want)
	}
}
