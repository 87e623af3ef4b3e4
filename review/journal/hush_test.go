package journal

import (
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
)

// Of a call whose words are forgotten an event says all that it said but these.
func TestAHushTakesTheWordsAndNothingElse(t *testing.T) {
	author, err := NewAuthor(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	hush := Hush{Calls: map[string]bool{"c1": true}, Words: []string{"my name is Ottilie"}}
	example := "Like “my name is Ottilie”"
	for _, test := range []struct {
		body Body
		want string // the body that stays; "" where the event is left as it is
	}{
		{MomentAdded{Moment: "m", Call: "c1", Issue: "i", At: 61, Until: 70, Words: "secret"}, `{"moment":"m","call":"c1","issue":"i","at_ms":61,"until_ms":70}`},
		{WordsChanged{Of: "m", Call: "c1", Words: "secret"}, `{"of":"m","call":"c1","words":""}`},
		{PraiseAdded{Praise: "p", Call: "c1", At: 61, Words: "secret"}, `{"praise":"p","call":"c1","at_ms":61}`},
		{CallSkipped{Call: "c1", Kind: review.NotHeard, Reason: "secret"}, `{"call":"c1","kind":"not-heard","reason":""}`},
		{Revealed{Call: "c1", Field: "parties", Reason: "secret"}, `{"call":"c1","field":"parties","reason":""}`},
		{IssueDescribed{Issue: "i", Example: &example}, `{"issue":"i","example":""}`},
		{MomentAdded{Moment: "m", Call: "c1", Issue: "i", At: 61}, ``},
		{MomentAdded{Moment: "m", Call: "c2", Issue: "i", Words: "another's"}, ``},
		{CallHeard{Call: "c1", Played: 0.61}, ``},
		{Revealed{Field: "agent", Reason: "of many"}, ``},
	} {
		event, err := author.Sign("e1", 7, time.UnixMilli(1), test.body)
		if err != nil {
			t.Fatal(err)
		}
		tomb, found, err := hush.Bury(event)
		if err != nil || found != (test.want != "") || found && string(tomb.Body) != test.want {
			t.Errorf("%T became %s, %v, %v; want %s", test.body, tomb.Body, found, err, test.want)
		}
		if found && (strings.Contains(string(tomb.Bytes), "secret") || !tomb.Tombstone() || len(tomb.Signature) != 0) {
			t.Errorf("%T: %s", test.body, tomb.Bytes)
		}
	}
}
