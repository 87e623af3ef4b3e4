package sampling

import (
	"slices"
	"testing"
)

// Each row is something that somebody could do to a draw afterwards; the check
// that answers must be the one that says what was done.
var forgeries = []struct {
	name  string
	forge func(r *Record, frame *[]Member)
	want  []Check
}{
	{"nothing", func(*Record, *[]Member) {}, nil},
	{"frame in another order", func(_ *Record, frame *[]Member) { slices.Reverse(*frame) }, nil},
	{"a call swapped for a picked one", func(r *Record, _ *[]Member) {
		r.Calls[2] = keyed(r.Seed, "call-1")
		r.Digest = r.digest()
	}, []Check{FailsOrder, FailsLeftOut}},
	{"a call with a false key", func(r *Record, _ *[]Member) {
		r.Calls[2].UID = "call-1"
		r.Digest = r.digest()
	}, []Check{FailsKey, FailsLeftOut}},
	{"a call from outside", func(r *Record, _ *[]Member) {
		r.Calls[5] = keyed(r.Seed, "call-99")
		r.Digest = r.digest()
	}, []Check{FailsOutside, FailsLeftOut}},
	{"a call drawn before", func(_ *Record, frame *[]Member) {
		i := slices.Index(*frame, Member{UID: "call-21", Open: true})
		(*frame)[i].Open = false
	}, []Check{FailsDrawnBefore, FailsLeftOut}},
	{"a call left out", func(r *Record, _ *[]Member) {
		r.Calls = r.Calls[1:]
		r.Digest = r.digest()
	}, []Check{FailsCount, FailsLeftOut}},
	{"the last call dropped", func(r *Record, _ *[]Member) {
		r.Calls = r.Calls[:5]
		r.Digest = r.digest()
	}, []Check{FailsCount}},
	{"one call twice", func(r *Record, _ *[]Member) {
		r.Calls[5] = r.Calls[4]
		r.Digest = r.digest()
	}, []Check{FailsTwice, FailsLeftOut}},
	{"two calls changed over", func(r *Record, _ *[]Member) {
		r.Calls[0], r.Calls[1] = r.Calls[1], r.Calls[0]
		r.Digest = r.digest()
	}, []Check{FailsOrder}},
	{"a call removed from the frame", func(_ *Record, frame *[]Member) {
		*frame = (*frame)[1:]
	}, []Check{FailsFrameSize, FailsFrameDigest}},
	{"a call of the frame renamed", func(_ *Record, frame *[]Member) {
		(*frame)[0].UID = "call-100"
	}, []Check{FailsFrameDigest}},
	{"another filter", func(r *Record, _ *[]Member) { r.Filter = "{ }" }, []Check{FailsFilter, FailsDigest}},
	{"a chosen seed passed off", func(r *Record, _ *[]Member) { r.ChosenSeed = true }, []Check{FailsDigest}},
	{"the draw before changed", func(r *Record, _ *[]Member) { r.Prev = "" }, []Check{FailsDigest}},
}

func TestVerifySaysWhatDoesNotHold(t *testing.T) {
	for _, test := range forgeries {
		record, frame := fixture(t)
		test.forge(&record, &frame)
		found, err := Verify(record, sequence(frame))
		if err != nil {
			t.Fatal(err)
		}
		if got := checks(found); !slices.Equal(got, test.want) {
			t.Errorf("%s: found %v, want %v", test.name, got, test.want)
		}
	}
}

func TestVerifyOrigin(t *testing.T) {
	prev := digest("the draw before")
	tests := []struct {
		name  string
		forge func(r *Record)
		want  []Check
	}{
		{"nothing", func(*Record) {}, nil},
		{"a seed tried until it pleased", func(r *Record) { r.Seed = Seed(fixtureLibrary, 4, Filter{}) }, []Check{FailsSeed}},
		{"another number", func(r *Record) { r.Number = 4 }, []Check{FailsSeed}},
		{"another library", func(r *Record) { r.Library = digest("x") }, []Check{FailsLibrary}},
		{"a draw before it removed", func(r *Record) { r.Prev = "" }, []Check{FailsPrev}},
		{"a chosen seed, said so", func(r *Record) { r.Seed, r.ChosenSeed = "7", true }, nil},
	}
	for _, test := range tests {
		record, _ := fixture(t)
		test.forge(&record)
		if got := checks(VerifyOrigin(record, fixtureLibrary, prev)); !slices.Equal(got, test.want) {
			t.Errorf("%s: found %v, want %v", test.name, got, test.want)
		}
	}
}

// checks lists what was found, each once, in the order of Checks.
func checks(found []Mismatch) []Check {
	var list []Check
	for _, check := range Checks {
		if slices.ContainsFunc(found, func(m Mismatch) bool { return m.Check == check }) {
			list = append(list, check)
		}
	}
	return list
}

func keyed(seed, uid string) Drawn { return Drawn{UID: uid, Key: Key(seed, uid)} }
