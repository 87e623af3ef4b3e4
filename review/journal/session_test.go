package journal_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/journal"
)

// TestSessionBodiesSurviveTheirJSON guards the field names, which are stored
// for ever, and what a member gets to know of a call.
func TestSessionBodiesSurviveTheirJSON(t *testing.T) {
	for want, body := range map[string]journal.Body{
		`{"nonce":"x","name":"n","draw":"d","frame_digest":"f","calls":2,"blind":true,"together":true,"keep_audio":true}`: journal.SessionOpened{"x", "n", "d", "f", 2, true, true, true},
		`{"round":1,"call":"c","hashes":["h"],"length_ms":5,"start":9,"queue":"q","category":"k"}`:                        journal.SessionCall{1, "c", []string{"h"}, 5, 9, "q", "k"},
		`{"member":"m"}`:          journal.MemberAdmitted{"m"},
		`{"to":"m"}`:              journal.HostChanged{"m"},
		`{"round":1,"count":3}`:   journal.RoundRevealed{1, 3},
		`{"from":"i","into":"j"}`: journal.IssuesMatched{"i", "j"},
		`{"round":1,"issues":[{"issue":"i","at_ms":5}],"listeners":3}`: journal.ConsensusRecorded{1, []journal.Consensus{{"i", 5}}, 3},
		`{"call":"c","shared":"s","listeners":3}`:                      journal.ConsensusAdopted{"c", "s", 3},
		`{"authors":{"a":{"count":3,"digest":"d"}}}`:                   journal.SessionClosed{map[string]journal.Tally{"a": {3, "d"}}},
	} {
		raw, err := json.Marshal(body)
		if err != nil || string(raw) != want {
			t.Errorf("%T is written as %s, %v", body, raw, err)
		}
		back, err := journal.Decode(journal.Event{V: journal.Version, Type: body.Type(), Body: []byte(want)})
		if err != nil || !reflect.DeepEqual(back, body) {
			t.Errorf("%s is read as %+v, %v", want, back, err)
		}
	}
}

// What happens to a session is no part of a library's story, and cannot be
// undone; a consensus that a library takes over is about its call.
func TestASessionChangesNoLibrary(t *testing.T) {
	s := &teller{t: t, Author: author(t, 1)}
	s.tell("1", journal.SessionOpened{Nonce: "x"})
	s.tell("2", journal.RoundRevealed{Round: 1})
	s.tell("3", journal.ConsensusRecorded{Round: 1, Issues: []journal.Consensus{{Issue: "i"}}})
	s.tell("4", journal.Undone{Of: []string{"2"}})
	if state := s.fold(); len(state.Calls)+len(state.Issues)+len(state.Draws) != 0 {
		t.Errorf("the library says %+v", state)
	}
	if journal.Undoable(journal.TypeRoundRevealed) || !journal.OfSession(journal.TypeSessionClosed) || journal.OfSession(journal.TypeMomentAdded) {
		t.Error("a reveal can be undone, or a tag is taken for one")
	}
	adopted := journal.ConsensusAdopted{Call: "c", Shared: "s"}
	if got := journal.Subjects(adopted); !slices.Equal(got, []string{"c"}) {
		t.Errorf("an adopted consensus touches %q", got)
	}
}

func TestAnEventSaysItsSessionAndRound(t *testing.T) {
	a := author(t, 1)
	e, err := a.In("sid").Hearing(3).Sign("id", 1, time.UnixMilli(0), journal.IssueNamed{Issue: "i", Name: "n"})
	if err != nil || e.Session != "sid" || e.Round != 3 || !strings.Contains(string(e.Bytes), `"s":"sid","r":3,`) {
		t.Errorf("signed %s, %v", e.Bytes, err)
	}
	own, err := a.Sign("id", 1, time.UnixMilli(0), journal.IssueNamed{Issue: "i", Name: "n"})
	if err != nil || strings.Contains(string(own.Bytes), `"s":`) || strings.Contains(string(own.Bytes), `"r":`) {
		t.Errorf("a library's own event is signed %s, %v", own.Bytes, err)
	}
}
