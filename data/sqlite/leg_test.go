package sqlite_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// leg is one person's recording of 120 s of the call of a pair.
func leg(pair, name string, who review.Leg, uid string) desk.Entry {
	e := entry(0)
	e.UID, e.Name, e.Pair, e.Recording.Leg, e.Meta.Start = uid, name, pair, who, time.Time{}
	return e
}

// sides lists what a call plays, in its order.
func (f *fixture) sides(t *testing.T, uid string) []review.Recording {
	t.Helper()
	v, err := f.View(t.Context(), uid)
	must(t, err)
	var all []review.Recording
	for _, r := range v.Recordings {
		all = append(all, review.Recording{Part: r.Part, Leg: r.Leg, Offset: r.Offset})
	}
	return all
}

func TestTwoLegsAreOneCallOfOneLength(t *testing.T) {
	f := newFixture(t, 0)
	longer := leg("x-{out}.wav", "x-out.wav", review.AgentLeg, "call-x")
	longer.Recording.Frames += 8000
	added := f.add(t, leg("x-{out}.wav", "x-in.wav", review.CustomerLeg, "call-x"), longer)
	if !added[0].NewCall || added[1].NewCall || !added[1].NewFile || len(added[1].Changed) > 0 {
		t.Errorf("added %+v", added)
	}
	v, err := f.View(t.Context(), "call-x")
	must(t, err)
	length, err := f.store.Length(t.Context(), "call-x")
	must(t, err)
	if v.Call.Duration != 121*time.Second || length != 121*time.Second {
		t.Errorf("the call lasts %v, its recordings %v", v.Call.Duration, length)
	}
	want := []review.Recording{{Part: 1, Leg: review.CustomerLeg}, {Part: 1, Leg: review.AgentLeg}}
	if diff := cmp.Diff(want, f.sides(t, "call-x")); diff != "" {
		t.Errorf("it plays (-want +got):\n%s", diff)
	}
	f.checkClean(t)
}

// TestALegThatComesLaterJoinsItsCall also where a table gave the call an id of
// its own meanwhile.
func TestALegThatComesLaterJoinsItsCall(t *testing.T) {
	for name, order := range map[string][2]string{"customer first": {"in", "out"}, "agent first": {"out", "in"}} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, 0)
			who := map[string]review.Leg{"in": review.CustomerLeg, "out": review.AgentLeg}
			f.add(t, leg("x-{out}.wav", "x-"+order[0]+".wav", who[order[0]], "call-x"))
			other := leg("x-{out}.wav", "x-"+order[1]+".wav", who[order[1]], "4711")
			if added := f.add(t, other); added[0].NewCall || added[0].UID != "call-x" {
				t.Errorf("the other leg made %+v", added[0])
			}
			if added := f.add(t, other); added[0].NewFile || len(added[0].Changed) > 0 {
				t.Errorf("again, it made %+v", added[0])
			}
			want := []review.Recording{{Part: 1, Leg: review.CustomerLeg}, {Part: 1, Leg: review.AgentLeg}}
			if diff := cmp.Diff(want, f.sides(t, "call-x")); diff != "" {
				t.Errorf("it plays (-want +got):\n%s", diff)
			}
		})
	}
}

// TestACallBeginsWithItsFirstLeg imports legs whose starts the metadata gives one
// by one, twice: the second time nothing is new.
func TestACallBeginsWithItsFirstLeg(t *testing.T) {
	f := newFixture(t, 0)
	start := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	agent, customer := leg("x-{out}.wav", "x-out.wav", review.AgentLeg, "call-x"), leg("x-{out}.wav", "x-in.wav", review.CustomerLeg, "call-x")
	customer.Meta.Start, agent.Meta.Start = start, start.Add(2*time.Second)
	for look := range 2 {
		if added := f.add(t, customer, agent); look > 0 && (len(added[0].Changed) > 0 || len(added[1].Changed) > 0) {
			t.Errorf("import %d corrected %+v", look+1, added)
		}
	}
	v, err := f.View(t.Context(), "call-x")
	must(t, err)
	if !v.Call.Start.Equal(start) || v.Call.Duration != 122*time.Second {
		t.Errorf("begins %v, lasts %v", v.Call.Start, v.Call.Duration)
	}
	want := []review.Recording{{Part: 1, Leg: review.CustomerLeg}, {Part: 1, Leg: review.AgentLeg, Offset: 2 * time.Second}}
	if diff := cmp.Diff(want, f.sides(t, "call-x")); diff != "" {
		t.Errorf("it plays (-want +got):\n%s", diff)
	}
}

// TestPartsOfACallFollowOneAnother has a call that was transferred: an
// announcement of both people, then two legs, then a lone one.
func TestPartsOfACallFollowOneAnother(t *testing.T) {
	f := newFixture(t, 0)
	f.add(t,
		leg("b-{out}.wav", "b-out.wav", review.AgentLeg, "4711"),
		leg("", "a.wav", review.WholeCall, "4711"),
		leg("c-{out}.wav", "c-in.wav", review.CustomerLeg, "4711"),
		leg("b-{out}.wav", "b-in.wav", review.CustomerLeg, "4711"))
	want := []review.Recording{
		{Part: 1},
		{Part: 2, Leg: review.CustomerLeg},
		{Part: 2, Leg: review.AgentLeg},
		{Part: 3, Leg: review.CustomerLeg},
	}
	if diff := cmp.Diff(want, f.sides(t, "4711")); diff != "" {
		t.Errorf("it plays (-want +got):\n%s", diff)
	}
	if length, err := f.store.Length(t.Context(), "4711"); err != nil || length != 3*120*time.Second {
		t.Errorf("its recordings last %v, %v", length, err)
	}
}

// TestACallOfSeveralRecordingsBeginsWithTheFirst has a menu and the talk behind
// it under one id, in either order of their names.
func TestACallOfSeveralRecordingsBeginsWithTheFirst(t *testing.T) {
	start := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	for name, after := range map[string][2]time.Duration{"menu first": {0, time.Minute}, "talk first": {time.Minute, 0}} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, 0)
			var found []desk.Entry
			for i, file := range []string{"a.wav", "b.wav"} {
				e := leg("", file, review.WholeCall, "4711")
				e.Meta.CallID, e.Meta.Start = "4711", start.Add(after[i])
				e.Meta.StartSaid, e.Meta.Zone = e.Meta.Start.Format(time.TimeOnly), "+00:00"
				found = append(found, e)
			}
			f.add(t, found...)
			v, err := f.View(t.Context(), "4711")
			must(t, err)
			if !v.Call.Start.Equal(start) || v.Call.Said.Text != "09:00:00" {
				t.Errorf("it begins %v, told as %q", v.Call.Start, v.Call.Said.Text)
			}
		})
	}
}
