package sqlite_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
)

// ofParts adds a call of an announcement and two legs, a copy of the announcement
// and a recording that is outdone. All but that one and the copy have a
// transcript. Its rows lie on both sides of the tenth, in no order of the names.
func (f *fixture) ofParts(t *testing.T) (uid string) {
	t.Helper()
	uid = "4711"
	in, out := leg("b-{out}.wav", "b-in.wav", review.CustomerLeg, uid), leg("b-{out}.wav", "b-out.wav", review.AgentLeg, uid)
	first, copied, outdone := leg("", "a.wav", review.WholeCall, uid), leg("", "c.wav", review.WholeCall, uid), leg("", "d.wav", review.WholeCall, uid)
	out.Recording.Frames += 8000
	first.Recording.Frames /= 2
	first.Mark, copied.Mark, copied.Copy = 5, 5, "/recordings/a.wav"
	outdone.Beside = desk.Outdone
	f.add(t, out, outdone, in, first, copied)
	for _, name := range []string{"b-out", "b-in", "a"} {
		must(t, f.store.AddSpoken(t.Context(), []desk.Spoken{{
			Sidecar:      desk.Sidecar{Root: "/recordings", Name: name + ".vtt"},
			SidecarMatch: desk.SidecarMatch{UID: uid, Recording: "/recordings/" + name + ".wav"},
			Transcript:   dialogue.Transcript{Turns: []dialogue.Turn{{At: time.Second, Until: 2 * time.Second, Text: name}}},
		}}))
	}
	return uid
}

// played is what a person hears and reads of a call.
type played struct {
	Length, Reach time.Duration
	Recordings    []review.Recording
	Transcript    dialogue.Transcript
}

func (f *fixture) played(t *testing.T, uid string) (p played) {
	t.Helper()
	length, err := f.store.Length(t.Context(), uid)
	must(t, err)
	reach, err := f.store.Reach(t.Context(), uid)
	must(t, err)
	recordings, err := f.store.Recordings(t.Context(), uid)
	must(t, err)
	transcript, err := f.Transcript(t.Context(), uid)
	must(t, err)
	return played{length, reach, recordings, transcript}
}

// Without its paths a call lasts as long as before, of the same recordings in the
// same order, and everybody speaks when they did.
func TestACallWithoutPathsIsMadeOfTheSameParts(t *testing.T) {
	f, ctx := newFixture(t, 7), t.Context()
	uid := f.ofParts(t)
	before := f.played(t, uid)
	if before.Length != 181*time.Second || len(before.Recordings) != 3 || len(before.Transcript.Turns) != 3 {
		t.Fatalf("before: %+v", before)
	}
	for range 2 { // there is nothing left for the second time
		must(t, f.store.Write(ctx, func(tx desk.Tx) error {
			return tx.TrimCalls(ctx, desk.Trimming{Part: desk.PartPaths, UIDs: []string{uid, "call-000"}, Hashes: []string{}})
		}))
		places := cmpopts.IgnoreFields(review.Recording{}, "Path", "Size", "Modified", "Missing")
		if diff := cmp.Diff(before, f.played(t, uid), places); diff != "" {
			t.Errorf("(-before +after):\n%s", diff)
		}
	}
}
