package sqlite_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// part is a recording of 120 s of a contact, told to last 150 s.
func part(name string, minute int) desk.Entry {
	e := entry(0)
	e.UID, e.Name, e.Contact, e.Meta.Duration = "contact", name, "contact", 150*time.Second
	e.Meta.Start = time.Date(2026, 11, 2, 8, minute, 0, 0, time.UTC)
	e.Meta.StartSaid, e.Meta.Zone, e.Meta.ZoneGuessed = e.Meta.Start.Format("1504"), "+00:00", true
	return e
}

// A contact of two recordings begins with its first, plays them in the order in
// which they were made, and lasts as long as both: whatever their names.
func TestRecordingsOfAContactAreOneCall(t *testing.T) {
	f := newFixture(t, 0)
	later, earlier := part("a.wav", 5), part("b.wav", 1)
	later.Meta.Queue, earlier.Meta.Queue = "Second level", "Hotline"
	f.add(t, later, earlier)
	for _, again := range f.add(t, later, earlier) {
		if len(again.Changed) > 0 || again.NewCall {
			t.Errorf("a second import says %+v", again)
		}
	}
	v, err := f.View(t.Context(), "contact")
	must(t, err)
	if !v.Call.Start.Equal(earlier.Meta.Start) || v.Call.Duration != 240*time.Second {
		t.Errorf("it begins at %v and lasts %v", v.Call.Start, v.Call.Duration)
	}
	if v.Call.Queue != "Hotline" {
		t.Errorf("its queue is %q, not where the customer called", v.Call.Queue)
	}
	var names []string
	for _, r := range v.Recordings {
		names = append(names, r.Path.Open())
	}
	if diff := cmp.Diff([]string{"/recordings/b.wav", "/recordings/a.wav"}, names); diff != "" {
		t.Errorf("it plays (-want +got):\n%s", diff)
	}
}

func TestTheSourcesWordsOfAStartAreKept(t *testing.T) {
	f := newFixture(t, 0)
	e := part("a.wav", 5)
	e.Contact = ""
	f.add(t, e)
	call, err := f.store.Call(t.Context(), "contact")
	must(t, err)
	if want := (review.Said{Text: "0805", Zone: "+00:00", Guessed: true}); call.Said != want {
		t.Errorf("the start was told as %+v, want %+v", call.Said, want)
	}
	e.Meta.StartSaid, e.Meta.ZoneGuessed, e.Meta.Start = "2026-11-02T08:06Z", false, e.Meta.Start.Add(time.Minute)
	f.add(t, e)
	call, err = f.store.Call(t.Context(), "contact")
	must(t, err)
	if want := (review.Said{Text: "2026-11-02T08:06Z", Zone: "+00:00"}); call.Said != want {
		t.Errorf("the corrected start was told as %+v, want %+v", call.Said, want)
	}
}

// A day in a folder's name must not go over a start that is known.
func TestADayAloneIsAGuess(t *testing.T) {
	f := newFixture(t, 0)
	day := entry(1)
	day.Meta.Start, day.Meta.StartRough = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC), true
	f.add(t, day)
	call, err := f.store.Call(t.Context(), day.UID)
	must(t, err)
	if !call.StartGuessed || !call.Start.Equal(day.Meta.Start) {
		t.Errorf("it begins at %v, guessed %v", call.Start, call.StartGuessed)
	}
	exact := entry(1)
	f.add(t, exact)
	f.add(t, day)
	call, err = f.store.Call(t.Context(), day.UID)
	must(t, err)
	if call.StartGuessed || !call.Start.Equal(exact.Meta.Start) {
		t.Errorf("then it begins at %v, guessed %v", call.Start, call.StartGuessed)
	}
}

// A source that records its agents on the left says so once: what a person
// turned round later stays.
func TestASourceWithTheAgentOnTheLeftIsSwapped(t *testing.T) {
	f := newFixture(t, 0)
	e := entry(0)
	e.AgentFirst = true
	f.add(t, e)
	for _, want := range []bool{true, false} {
		swapped, err := f.store.Swapped(t.Context(), e.UID)
		must(t, err)
		if swapped != want {
			t.Errorf("swapped is %v, want %v", swapped, want)
		}
		must(t, f.store.SwapLanes(t.Context(), e.UID, false))
		f.add(t, e)
	}
}

// A mix that comes after its legs is heard in their place, and they are when it
// goes again.
func TestARecordingThatIsOutdoneIsNotHeard(t *testing.T) {
	f := newFixture(t, 0)
	in, out := part("x-in.wav", 1), part("x-out.wav", 1)
	in.Pair, in.Recording.Leg, out.Pair, out.Recording.Leg = "x", review.CustomerLeg, "x", review.AgentLeg
	f.add(t, in, out)
	outdoneIn, outdoneOut := in, out
	outdoneIn.Beside, outdoneOut.Beside = desk.Outdone, desk.Outdone
	outdoneIn.Meta, outdoneOut.Meta = desk.Meta{}, desk.Meta{}
	f.add(t, part("x-all.wav", 1), outdoneIn, outdoneOut)
	if diff := cmp.Diff([]review.Recording{{Part: 1}}, f.sides(t, "contact")); diff != "" {
		t.Errorf("with the mix it plays (-want +got):\n%s", diff)
	}
	length, err := f.store.Length(t.Context(), "contact")
	must(t, err)
	if length != 120*time.Second {
		t.Errorf("with the mix it lasts %v", length)
	}
	f.add(t, in, out)
	if sides := f.sides(t, "contact"); len(sides) != 3 {
		t.Errorf("without it, it plays %+v", sides)
	}
}
