package journal

import "testing"

// A contact of three recordings of 10, 5 and 7 s: whichever two are known to be one
// first, a second of the last is heard 16 s after the begin.
func TestAPartIsHeardBehindWhatItFollows(t *testing.T) {
	for name, merges := range map[string][]CallMerged{
		"in order":             {{From: "b", Into: "a", After: 10_000}, {From: "c", Into: "a", After: 15_000}},
		"the last two first":   {{From: "c", Into: "b", After: 5_000}, {From: "b", Into: "a", After: 10_000}},
		"by a part of another": {{From: "b", Into: "a", After: 10_000}, {From: "c", Into: "b", After: 5_000}},
		"of a part of another": {{From: "c", Into: "b", After: 5_000}, {From: "c", Into: "a", After: 15_000}},
		"told twice":           {{From: "b", Into: "a", After: 10_000}, {From: "c", Into: "a", After: 15_000}, {From: "c", Into: "b", After: 99}},
	} {
		contacts := MergeCalls(merges)
		for call, want := range map[string]int64{"a": 1_000, "b": 11_000, "c": 16_000} {
			moment := contacts.About(AddMoment{MomentAdded: MomentAdded{Call: call, At: 1_000, Until: 1_500}}).(AddMoment)
			if moment.Call != "a" || moment.At != want || moment.Until != want+500 {
				t.Errorf("%s: a moment of %s is %+v, want it at %d of a", name, call, moment.MomentAdded, want)
			}
		}
	}
}

// A moment without an end has none in the whole either.
func TestAPointStaysAPoint(t *testing.T) {
	contacts := MergeCalls([]CallMerged{{From: "b", Into: "a", After: 10_000}})
	if m := contacts.About(AddMoment{MomentAdded: MomentAdded{Call: "b", At: 1}}).(AddMoment); m.Until != 0 {
		t.Errorf("it ends at %d", m.Until)
	}
}
