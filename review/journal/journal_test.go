package journal_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

func author(t testing.TB, first byte) journal.Author {
	t.Helper()
	a, err := journal.NewAuthor(append([]byte{first}, make([]byte, 31)...))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// teller makes the events of one author, one after the other.
type teller struct {
	t testing.TB
	journal.Author
	events []journal.Event
}

func (s *teller) tell(id string, body journal.Body) {
	s.t.Helper()
	e, err := s.Sign(id, int64(len(s.events)+1), time.UnixMilli(1000), body)
	if err != nil {
		s.t.Fatal(err)
	}
	s.events = append(s.events, e.Event)
}

func (s *teller) fold() *journal.State {
	s.t.Helper()
	state, err := journal.Fold(s.events)
	if err != nil {
		s.t.Fatal(err)
	}
	return state
}

func TestASignedEventIsOpenedAsItWasSaid(t *testing.T) {
	a := author(t, 1)
	said := journal.MomentAdded{Moment: "m", Call: "c", Issue: "i", At: 62_500, Words: "„Zweimal“ <b>"}
	e, err := a.Sign("id", 7, time.UnixMilli(1_795_000_000_123), said)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := journal.Open(e.Bytes, e.Signature, a.Public())
	if err != nil {
		t.Fatal(err)
	}
	body, err := journal.Decode(opened.Event)
	if err != nil || body != journal.Body(said) {
		t.Errorf("opened %+v, %v", body, err)
	}
	if opened.N != 7 || opened.Author != a.ID || len(a.ID) != 16 || opened.Time().UnixMilli() != 1_795_000_000_123 {
		t.Errorf("envelope %+v", opened.Event)
	}
}

func TestAForgedEventIsRefused(t *testing.T) {
	a, b := author(t, 1), author(t, 2)
	e, err := a.Sign("id", 1, time.UnixMilli(0), journal.CallHeard{Call: "c", Played: 1})
	if err != nil {
		t.Fatal(err)
	}
	changed := []byte(strings.Replace(string(e.Bytes), `"played":1`, `"played":0`, 1))
	claimed := []byte(strings.Replace(string(e.Bytes), a.ID, b.ID, 1))
	for name, open := range map[string]func() (journal.Signed, error){
		"changed":          func() (journal.Signed, error) { return journal.Open(changed, e.Signature, a.Public()) },
		"another's key":    func() (journal.Signed, error) { return journal.Open(e.Bytes, e.Signature, b.Public()) },
		"another's name":   func() (journal.Signed, error) { return journal.Open(claimed, e.Signature, a.Public()) },
		"without a key":    func() (journal.Signed, error) { return journal.Open(e.Bytes, e.Signature, nil) },
		"without a stroke": func() (journal.Signed, error) { return journal.Open(e.Bytes, nil, a.Public()) },
	} {
		if _, err := open(); review.CodeOf(err) != journal.BadSignature {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := journal.Open([]byte("{"), e.Signature, a.Public()); review.CodeOf(err) != journal.BadEvent {
		t.Errorf("half an event: %v", err)
	}
}

func TestAnEventThatIsTooLongIsRefused(t *testing.T) {
	words := journal.WordsChanged{Of: "m", Call: "c", Words: strings.Repeat("x", journal.MaxBytes)}
	if _, err := author(t, 1).Sign("id", 1, time.UnixMilli(0), words); review.CodeOf(err) != journal.EventTooLong {
		t.Errorf("signed: %v", err)
	}
}

// TestEveryBodySurvivesItsJSON guards the field names, which are stored for
// ever.
func TestEveryBodySurvivesItsJSON(t *testing.T) {
	for want, body := range map[string]journal.Body{
		`{"moment":"m","call":"c","issue":"i","at_ms":5,"until_ms":9,"words":"w"}`: journal.MomentAdded{"m", "c", "i", 5, 9, "w"},
		`{"moment":"m","call":"c","at_ms":5}`:                                      journal.MomentMoved{"m", "c", 5, 0},
		`{"moment":"m","call":"c"}`:                                                journal.MomentRemoved{"m", "c"},
		`{"of":"m","call":"c","words":""}`:                                         journal.WordsChanged{"m", "c", ""},
		`{"praise":"p","call":"c","at_ms":5}`:                                      journal.PraiseAdded{"p", "c", 5, ""},
		`{"praise":"p","call":"c"}`:                                                journal.PraiseRemoved{"p", "c"},
		`{"call":"c","played":0.93}`:                                               journal.CallHeard{"c", 0.93},
		`{"call":"c","kind":"not-heard","reason":"r"}`:                             journal.CallSkipped{"c", review.NotHeard, "r"},
		`{"call":"c"}`:                              journal.CallPicked{"c"},
		`{"issue":"i","name":"n","key":3}`:          journal.IssueNamed{"i", "n", 3},
		`{"issue":"i","key":0,"from":"j"}`:          journal.IssueKeyed{"i", 0, "j"},
		`{"draw":"d","calls":["c"]}`:                journal.DrawClosed{"d", []string{"c"}},
		`{"call":"c","field":"agent","reason":"r"}`: journal.Revealed{"c", "agent", "r"},
		`{"of":["e"]}`:                              journal.Undone{[]string{"e"}},
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

func TestWhatALaterVersionSaysIsKeptAndChangesNothing(t *testing.T) {
	for _, e := range []journal.Event{
		{ID: "a", V: journal.Version, Type: "issue.dreamt", Body: []byte(`{"issue":"i"}`)},
		{ID: "b", V: journal.Version + 1, Type: journal.TypeIssueNamed, Body: []byte(`[]`)},
		{ID: "c", V: journal.Version + 1, Type: journal.TypeUndone, Body: []byte(`7`)},
	} {
		state, err := journal.Fold([]journal.Event{e})
		if err != nil || len(state.Issues) != 0 {
			t.Errorf("%s: %+v, %v", e.ID, state, err)
		}
	}
}

func TestUndoTakesAnActOutOfTheStoryAndRedoBringsItBack(t *testing.T) {
	s := &teller{t: t, Author: author(t, 1)}
	s.tell("1", journal.IssueNamed{Issue: "i", Name: "Late bill"})
	s.tell("2", journal.MomentAdded{Moment: "m", Call: "c", Issue: "i", At: 5})
	s.tell("3", journal.Undone{Of: []string{"1", "2"}})
	if state := s.fold(); len(state.Issues) != 0 || state.Calls["c"] != nil {
		t.Errorf("after undo: %+v", state)
	}
	s.tell("4", journal.Undone{Of: []string{"3"}})
	if state := s.fold(); len(state.Issues) != 1 || len(state.Calls["c"].Moments) != 1 {
		t.Errorf("after redo: %+v", state)
	}
}

func TestNobodyUndoesAnother(t *testing.T) {
	s := &teller{t: t, Author: author(t, 1)}
	s.tell("1", journal.CallHeard{Call: "c", Played: 1})
	s.Author = author(t, 2)
	s.tell("2", journal.Undone{Of: []string{"1"}})
	if got := s.fold().Calls["c"].State; got != review.Heard {
		t.Errorf("the call is %s", got)
	}
}

func TestADrawIsNotUndone(t *testing.T) {
	s := &teller{t: t, Author: author(t, 1)}
	s.tell("1", journal.DrawMade{Draw: "d", Scope: review.Everywhere, Calls: []string{"c"}})
	s.tell("2", journal.Undone{Of: []string{"1"}})
	if got := s.fold().Calls["c"].State; got != review.Drawn {
		t.Errorf("the call is %s", got)
	}
}

// FuzzOpen feeds anything as an event's bytes, signed by the author, so that
// the reader and not the signature must cope with it.
func FuzzOpen(f *testing.F) {
	a := author(f, 1)
	e, err := a.Sign("id", 1, time.UnixMilli(0), journal.Undone{Of: []string{"id"}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(e.Bytes)
	f.Add([]byte(`{"id":"x","v":1,"t":"draw.made","a":"","n":-1,"b":null}`))
	f.Add([]byte(`{"v":1,"t":"issue.keyed","b":{"issue":"","key":-9,"from":""}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var event journal.Event
		if journal.Read(raw, &event) != nil {
			return
		}
		if body, err := journal.Decode(event); err == nil && body != nil {
			journal.Subjects(body)
		}
		// A story that cannot be read is refused, and nothing else happens.
		_, _ = journal.Fold([]journal.Event{event, event, e.Event})
	})
}
