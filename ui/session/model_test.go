package session

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// shownBy is the session of a party as its page shows it.
func shownBy(p *party) *room {
	m := &model{texts: text.For("en"), zone: time.UTC, me: p.authors[p.me].ID}
	m.show(p.id)
	m.tookRoom(&room{
		me: m.me, shared: p.shared, state: p.state(), names: p.names, roster: p.roster(0), agreement: p.state().Agreement(),
		places: map[int]string{1: "here-1", 2: "here-2"}, running: true,
	})
	return m.room
}

func TestAHiddenCallTellsNothingOfTheOthersTags(t *testing.T) {
	p := newParty(t, 1)
	p.heardFirst()
	r := shownBy(p)
	for _, row := range r.trace() {
		if strings.Contains(row, "bill") || strings.Contains(row, "Router") {
			t.Errorf("before the reveal a member reads %q", row)
		}
	}
	if said := r.noTable(); !strings.Contains(said, "hidden") || strings.Contains(said, "Not done") {
		t.Errorf("a member reads %q", said)
	}
	p.me = 0
	host := shownBy(p)
	host.through = through{1, p.roster(1)}
	if said := host.noTable(); !strings.Contains(said, "hidden") || !strings.HasSuffix(said, "Not done yet: Cem.") {
		t.Errorf("the host reads %q", said)
	}
}

// The worst disagreement comes first, and its button leads to five seconds
// before the moment.
func TestARevealedCallShowsWhoHeardWhat(t *testing.T) {
	p := newParty(t, 0)
	p.heardFirst()
	p.say(0, 0, journal.RoundRevealed{Round: 1})
	r := shownBy(p)
	var got []string
	for n := range r.table.Rows {
		l := r.tableLine(n)
		var cells strings.Builder
		for _, c := range l.cells {
			cells.WriteString(signs[c])
		}
		got = append(got, l.name+" "+cells.String()+" "+l.discuss+l.note)
	}
	want := []string{"Router resets ○●○… Discuss 0:03", "Late bill ●●●… all agree"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if words := r.inWords(0); words != "● Heard: Anna. ○ Not heard: You, Ben. … Not done: Cem." {
		t.Errorf("in words: %q", words)
	}
	r.zone, r.line = inTable, 1
	if uid, at := r.place(); uid != "here-1" || at != 43*time.Second {
		t.Errorf("it opens %s at %v", uid, at)
	}
	r.zone = inCalls
	if _, at := r.place(); at != 0 {
		t.Errorf("a call is opened at %v", at)
	}
}

// A name that somebody gave while all were blind was not on the others' lists.
func TestAnUnlistedIssueIsNoDisagreement(t *testing.T) {
	p := newParty(t, 0)
	p.say(1, 1, journal.IssueNamed{Issue: "new", Name: "Wrong tariff"})
	p.tag(1, 1, "new", 20)
	p.hear(1, 0, 1)
	p.say(0, 0, journal.RoundRevealed{Round: 1})
	r := shownBy(p)
	if words := r.inWords(0); words != "● Heard: Anna. … Not done: Ben, Cem. – Not on their list: You." {
		t.Errorf("it says %q", words)
	}
}

func TestTheConsensusIsWhatMostHeardUntilItWasAgreed(t *testing.T) {
	p := newParty(t, 0)
	p.heardFirst()
	p.say(0, 0, journal.RoundRevealed{Round: 1})
	in := func() (names []string) {
		for _, one := range shownBy(p).proposals() {
			if one.in {
				names = append(names, one.name)
			}
		}
		return names
	}
	if got := in(); !slices.Equal(got, []string{"Late bill"}) {
		t.Errorf("proposed %v", got)
	}
	if got := consensus(shownBy(p).proposals()); !slices.Equal(got, []journal.Consensus{{Issue: "bill", At: 48_000}}) {
		t.Errorf("it comes to %v", got)
	}
	p.say(0, 0, journal.ConsensusRecorded{Round: 1, Issues: []journal.Consensus{{Issue: "router", At: 3000}}})
	if got := in(); !slices.Equal(got, []string{"Router resets"}) {
		t.Errorf("after it was agreed, proposed %v", got)
	}
}

// What one person named while all were blind is no consensus before the others say
// so, though nobody else could hear it.
func TestWhatOnePersonNamedIsNotProposed(t *testing.T) {
	p := newParty(t, 0)
	p.say(1, 1, journal.IssueNamed{Issue: "new", Name: "Wrong tariff"})
	p.tag(1, 1, "new", 20)
	p.hear(1, 0, 1, 2)
	p.say(0, 0, journal.RoundRevealed{Round: 1})
	if all := shownBy(p).proposals(); len(all) != 1 || all[0].in {
		t.Errorf("proposed %+v", all)
	}
}

func TestOnlyTheHostMayDecide(t *testing.T) {
	for me, may := range map[int]bool{0: true, 1: false} {
		p := newParty(t, me)
		p.heardFirst()
		if r := shownBy(p); r.hosting() != may || r.canReveal(false) != may || r.canReveal(true) != may {
			t.Errorf("member %d: %v %v %v", me, r.hosting(), r.canReveal(false), r.canReveal(true))
		}
	}
	p := newParty(t, 0)
	p.shared.Closed = true
	if shownBy(p).hosting() {
		t.Error("a closed session can be hosted")
	}
}

func TestWhatIsChosenStaysChosen(t *testing.T) {
	p := newParty(t, 0)
	p.heardFirst()
	p.say(0, 0, journal.RoundRevealed{Round: 1})
	m := shownBy(p).model
	m.room.zone, m.room.line = inTable, 1 // the bill
	p.tag(2, 1, "router", 9)              // two of three now differ from one on it
	m.tookRoom(&room{me: m.me, shared: p.shared, state: p.state(), names: p.names, roster: p.roster(0)})
	if got := m.room.table.Rows[m.room.line].Issue; got != "bill" || m.room.zone != inTable {
		t.Errorf("after more came it is at %s", got)
	}
}

// In a session that is heard together the page goes where the host goes; else
// everybody stays where they are.
func TestThePageFollowsTheHostOnlyTogether(t *testing.T) {
	for _, together := range []bool{false, true} {
		p := newParty(t, 1)
		m := shownBy(p).model
		p.say(0, 0, journal.RoundOpened{Round: 2})
		state := p.state()
		state.Together = together
		m.tookRoom(&room{me: m.me, shared: p.shared, state: state, names: p.names, roster: p.roster(0)})
		if want := map[bool]int{false: 1, true: 2}[together]; m.room.number() != want {
			t.Errorf("together %v: at call %d", together, m.room.number())
		}
	}
}

func TestTheListSaysWhoseTagsAreOnTheirWay(t *testing.T) {
	m := &model{texts: text.For("en"), zone: time.UTC, me: "kim"}
	names := map[string]string{"kim": "Kim", "anna": "Anna", "ben": "Ben"}
	closed := desk.Shared{ID: "s", Closed: true}
	for want, o := range map[string]overview{
		"goes on":                       {},
		"left":                          {Shared: closed},
		"complete":                      {Shared: closed, counted: true},
		"tags on their way: Anna, Ben":  {Shared: closed, counted: true, names: names, missing: map[string]int{"ben": 1, "anna": 3}},
		"tags on their way: unnamed (x": {Shared: closed, counted: true, missing: map[string]int{"x": 3}},
	} {
		if got := m.stateOf(o); !strings.HasPrefix(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTheRosterSaysWhoIsThereAndNoCounts(t *testing.T) {
	p := newParty(t, 0)
	p.heardFirst()
	r := shownBy(p)
	r.roster[1].State, r.roster[3].State = session.Done, session.Away
	want := []string{"You (host): listening", "Anna: done", "Ben: listening", "Cem: away"}
	if diff := cmp.Diff(want, r.trace()[2:6]); diff != "" {
		t.Error(diff)
	}
	r.running = false
	if got := r.personAt(3).state; got != "not done yet" {
		t.Errorf("offline, somebody is %q", got)
	}
}

// Krippendorff asks for 0.80, and for 0.667 where conclusions are tentative.
func TestAlphaIsToldInPlainWords(t *testing.T) {
	p := newParty(t, 0)
	r := shownBy(p)
	if r.alpha() != "Agreement: too little to tell yet" {
		t.Errorf("without any call it says %q", r.alpha())
	}
	for alpha, want := range map[float64]string{.8: "relied on", .79: "tentative", .667: "tentative", .66: "differently", -.2: "differently"} {
		r.agreement = session.Agreement{Alpha: alpha, Calls: 12, Percent: .9, Tested: true}
		if said := strings.Join(r.explained(), " "); !strings.Contains(said, want) {
			t.Errorf("%v: %s", alpha, said)
		}
	}
	if got := r.alpha(); !strings.HasSuffix(got, "over 12 calls") {
		t.Errorf("it says %q", got)
	}
}

func TestAFilesNameIsOneOnAnySystem(t *testing.T) {
	for title, want := range map[string]string{
		"Tuesday team: 24/11?": "Tuesday-team-24-11.earshot-session", "…/": "….earshot-session", "": "earshot.earshot-session",
	} {
		if got := fileName(title); got != want {
			t.Errorf("%q becomes %q", title, got)
		}
	}
	for typed, want := range map[string]string{"": "", " a": "/home/kim/a.earshot-session", "/x/b.json": "/x/b.json"} {
		if got := (saving{"/home/kim", typed}).path(); got != want {
			t.Errorf("%q becomes %q", typed, got)
		}
	}
}
