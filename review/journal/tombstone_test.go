package journal

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
)

func TestATombstoneKeepsHowACallStandsAndNothingThatWasSaid(t *testing.T) {
	author, err := NewAuthor(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	burial := Burial{As: map[string]string{"c1": "forgotten-x"}, Words: []string{"my name is Ottilie", "short"}}
	example, other := "Like “my name is Ottilie”", "short"
	for _, test := range []struct {
		body Body
		want string // the body that stays; "" where the event is left as it is
	}{
		{MomentAdded{Moment: "m", Call: "c1", Issue: "i", At: 61, Until: 70, Words: "secret"}, `{"moment":"m","call":"forgotten-x","issue":"i","at_ms":0}`},
		{MomentMoved{Moment: "m", Call: "c1", At: 61}, `null`},
		{MomentRemoved{Moment: "m", Call: "c1"}, `{"moment":"m","call":"forgotten-x"}`},
		{WordsChanged{Of: "m", Call: "c1", Words: "secret"}, `null`},
		{PraiseAdded{Praise: "p", Call: "c1", At: 61, Words: "secret"}, `{"praise":"","call":"forgotten-x","at_ms":0}`},
		{CallHeard{Call: "c1", Played: 0.61}, `{"call":"forgotten-x","played":0}`},
		{CallSkipped{Call: "c1", Kind: review.NotHeard, Reason: "secret"}, `{"call":"forgotten-x","kind":"not-heard","reason":""}`},
		{Revealed{Call: "c1", Field: "parties", Reason: "secret"}, `{"call":"forgotten-x","field":"parties","reason":""}`},
		{DrawClosed{Draw: "d", Calls: []string{"c0", "c1"}}, `{"draw":"d","calls":["c0","forgotten-x"]}`},
		{CallMerged{From: "c1", Into: "c2"}, `{"from":"forgotten-x","into":"c2"}`},
		{IssueDescribed{Issue: "i", Example: &example, Fixer: &other}, `{"issue":"i","example":"","fixer":"short"}`},
		{CallHeard{Call: "c2", Played: 0.61}, ``},
		{IssueNamed{Issue: "i", Name: "Late bill"}, ``},
		{IssueDescribed{Issue: "i", Fixer: &other}, ``},
	} {
		event, err := author.Sign("e1", 7, time.UnixMilli(1), test.body)
		if err != nil {
			t.Fatal(err)
		}
		tomb, found, err := burial.Bury(event)
		if err != nil || found != (test.want != "") {
			t.Errorf("%T: %v, %v", test.body, found, err)
			continue
		}
		if !found {
			continue
		}
		was := sha256.Sum256(append(append([]byte{}, event.Bytes...), event.Signature...))
		if string(tomb.Body) != test.want || tomb.ID != "e1" || tomb.N != 7 || tomb.Type != test.body.Type() || tomb.Was != hex.EncodeToString(was[:]) {
			t.Errorf("%T became %+v with %s, want %s", test.body, tomb.Event, tomb.Body, test.want)
		}
		if len(tomb.Signature) != 0 || strings.Contains(string(tomb.Bytes), "secret") || strings.Contains(string(tomb.Bytes), `"c1"`) {
			t.Errorf("%T: %s", test.body, tomb.Bytes)
		}
		back, err := OpenTombstone(tomb.Bytes, tomb.Public)
		if err != nil || back.Grave() != tomb.Grave() {
			t.Errorf("%T does not come back: %v", test.body, err)
		}
	}
}

// What is no tombstone, or one of another author, is not taken for one.
func TestOnlyTombstonesGoUnsigned(t *testing.T) {
	author, err := NewAuthor(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	event, err := author.Sign("e1", 7, time.UnixMilli(1), CallHeard{Call: "c1"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenTombstone(event.Bytes, event.Public); review.CodeOf(err) != BadSignature {
		t.Errorf("an event without a signature: %v", err)
	}
	tomb, _, err := Burial{As: map[string]string{"c1": "x"}}.Bury(event)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenTombstone(tomb.Bytes, make([]byte, 32)); review.CodeOf(err) != BadSignature {
		t.Errorf("somebody else's: %v", err)
	}
	again, found, err := Burial{As: map[string]string{"x": "y"}}.Bury(tomb)
	if err != nil || !found || again.Was != tomb.Was {
		t.Errorf("buried again: %+v, %v", again.Event, err)
	}
}
