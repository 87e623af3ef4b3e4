package sqlite_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/desk"
)

// keysIn writes the issues that are offered in a call with their keys, "-" for none.
func keysIn(t *testing.T, f *fixture, uid string) []string {
	t.Helper()
	before, elsewhere, err := f.IssuesOf(context.Background(), state(t, f, uid))
	must(t, err)
	var all []string
	for _, issue := range slices.Concat(before, elsewhere) {
		all = append(all, fmt.Sprintf("%d %s", issue.Key, issue.Name))
	}
	slices.Sort(all)
	return all
}

// The host's key 1 is Rude letter, 2 Late bill; the member has issues of their own on
// 1 to 3, one of them by the host's name. In the session a key means the same to both,
// and what only one of them has keeps its key where it is free.
func TestInASessionAKeyMeansTheSameToEverybody(t *testing.T) {
	ctx := context.Background()
	host, ada := newPerson(t, 1, entries(0, 4)...), newPerson(t, 2, otherwise(0, 6)...)
	host.tag(t, "call-000", "Late bill", time.Second)
	host.tag(t, "call-000", "Rude letter", time.Second)
	must(t, host.SetKey(ctx, idOf(t, host, "Late bill"), 0))
	must(t, host.SetKey(ctx, idOf(t, host, "Rude letter"), 1))
	must(t, host.SetKey(ctx, idOf(t, host, "Late bill"), 2))
	for _, own := range []string{"Price", "No signal", "late bill"} {
		ada.tag(t, "theirs-call-005", own, time.Second)
	}
	w := newWire(t, 2, desk.HostRequest{}, host, ada)
	places, err := ada.SessionPlaces(ctx, w.id)
	must(t, err)

	if got, want := keysIn(t, host, places[0].Call), []string{"1 Rude letter", "2 Late bill"}; !slices.Equal(got, want) {
		t.Errorf("the host has %q, want %q", got, want)
	}
	want := []string{"0 No signal", "0 Price", "1 Rude letter", "2 late bill"}
	if got := keysIn(t, ada, places[0].Local); !slices.Equal(got, want) {
		t.Errorf("in the session the member has %q, want %q", got, want)
	}
	want = []string{"0 Rude letter", "1 Price", "2 No signal", "3 late bill"}
	if got := keysIn(t, ada, "theirs-call-005"); !slices.Equal(got, want) {
		t.Errorf("in a call of their own the member has %q, want %q", got, want)
	}
	must(t, host.CloseSession(ctx, w.id))
	w.carry()
	if got := keysIn(t, ada, places[0].Local); !slices.Equal(got, want) {
		t.Errorf("after the session the member has %q, want %q", got, want)
	}
}

// What is named while the session goes on moves no key: of ten issues that it began
// with the tenth has none, and neither has the eleventh.
func TestASessionsKeysAreThoseItBeganWith(t *testing.T) {
	host, ada := newPerson(t, 1, entries(0, 4)...), newPerson(t, 2, otherwise(0, 4)...)
	for n := range desk.Keys + 1 {
		host.tag(t, "call-000", fmt.Sprintf("Issue %02d", n+1), time.Second)
	}
	w := newWire(t, 2, desk.HostRequest{}, host, ada)
	places, err := ada.SessionPlaces(context.Background(), w.id)
	must(t, err)
	host.tag(t, places[0].Call, "A new one", time.Second)
	w.carry()
	got := keysIn(t, ada, places[0].Local)
	want := []string{"0 A new one", "0 Issue 10"}
	for n := range desk.Keys {
		want = append(want, fmt.Sprintf("%d Issue %02d", n+1, n+1))
	}
	if !slices.Equal(got, want) {
		t.Errorf("the member has %q, want %q", got, want)
	}
}
