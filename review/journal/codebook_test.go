package journal_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/journal"
)

// TestCodebookBodiesSurviveTheirJSON guards the field names, which are stored
// for ever.
func TestCodebookBodiesSurviveTheirJSON(t *testing.T) {
	text, none := "d", ""
	for want, body := range map[string]journal.Body{
		`{"issue":"i","name":"n"}`:                                               journal.IssueRenamed{Issue: "i", Name: "n"},
		`{"issue":"i","definition":"d","fixer":""}`:                              journal.IssueDescribed{Issue: "i", Definition: &text, Fixer: &none},
		`{"issue":"i","into":"j"}`:                                               journal.IssueMerged{Issue: "i", Into: "j"},
		`{"issue":"i","parts":[{"issue":"p","name":"n","key":2},{"issue":"q"}]}`: journal.IssueSplit{Issue: "i", Parts: []journal.Part{{"p", "n", 2}, {Issue: "q"}}},
		`{"issue":"i"}`:                         journal.IssueRetired{Issue: "i"},
		`{"moment":"m","call":"c","issue":"i"}`: journal.MomentDealt{Moment: "m", Call: "c", Issue: "i"},
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

// What was merged keeps its own name, so that undoing the merge has nothing to
// bring back but the merge.
func TestAMergeChangesWhereMomentsCountAndNothingElse(t *testing.T) {
	s := &teller{t: t, Author: author(t, 1)}
	s.tell("1", journal.IssueNamed{Issue: "a", Name: "A", Key: 1})
	s.tell("2", journal.IssueNamed{Issue: "b", Name: "B"})
	s.tell("3", journal.MomentAdded{Moment: "m", Call: "c", Issue: "a", At: 5})
	s.tell("4", journal.IssueMerged{Issue: "a", Into: "b"})
	state := s.fold()
	if a := state.Issues["a"]; a.Name != "A" || a.Survivor != "b" || a.Since != (codebook.Naming{N: 1, Event: "1"}) {
		t.Errorf("a is %+v", a)
	}
	if _, ok := state.Calls["c"].Found["b"]; !ok || state.Calls["c"].Moments["m"].Issue != "a" {
		t.Errorf("the call is %+v", state.Calls["c"])
	}
	if since := state.Issues["b"].Since; since.N != 2 {
		t.Errorf("b counts since %+v", since)
	}
}
