package sampling

import (
	"fmt"
	"iter"
	"slices"

	"github.com/earshot-app/earshot/review"
)

// A Check names what verification looks at; assets/text says it under
// "draw.fails-<check>".
type Check string

// What may not hold of a draw.
const (
	FailsLibrary     Check = "library"      // made with another library seed
	FailsSeed        Check = "seed"         // args: want, got
	FailsPrev        Check = "prev"         // args: want, got
	FailsFilter      Check = "filter"       // not a canonical filter; args: got
	FailsFrameSize   Check = "frame-size"   // args: want, got
	FailsFrameDigest Check = "frame-digest" // args: want, got
	FailsCount       Check = "count"        // args: want, got
	FailsStrata      Check = "strata"       // other strata, or dealt otherwise
	FailsKey         Check = "key"          // args: rank, uid
	FailsOrder       Check = "order"        // args: rank, uid
	FailsTwice       Check = "twice"        // args: rank, uid
	FailsOutside     Check = "outside"      // not in the frame; args: rank, uid
	FailsDrawnBefore Check = "drawn-before" // args: rank, uid
	FailsLeftOut     Check = "left-out"     // has a smaller key; args: uid
	FailsDigest      Check = "digest"       // args: want, got
	FailsForgotten   Check = "forgotten"    // nobody signed that this call was forgotten; args: uid
)

// Checks lists all checks.
var Checks = []Check{
	FailsLibrary, FailsSeed, FailsPrev, FailsFilter, FailsFrameSize, FailsFrameDigest, FailsCount, FailsStrata,
	FailsKey, FailsOrder, FailsTwice, FailsOutside, FailsDrawnBefore, FailsLeftOut, FailsDigest, FailsForgotten,
}

// A Mismatch is one thing that does not hold: want is what was recomputed, got
// what the record says.
type Mismatch struct {
	Check Check
	Args  review.Args
}

// VerifyOrigin compares a record with the library it came from: the library
// seed and the digest of the draw before. None means that all holds.
func VerifyOrigin(r Record, librarySeed, prev string) []Mismatch {
	var found mismatches
	if r.Library != LibraryDigest(librarySeed) {
		found.add(FailsLibrary, nil)
	}
	if filter, err := ParseFilter(r.Filter); err == nil && !r.ChosenSeed {
		found.compare(FailsSeed, Seed(librarySeed, r.Number, filter), r.Seed)
	}
	found.compare(FailsPrev, orNone(prev), orNone(r.Prev))
	return found
}

// Verify draws again from the frame, each call once, in any order, and compares
// with the record. It needs no library, only what a draw's file holds. None
// means that all holds; the error is the frame's.
//
// Of a call that was forgotten ([review.Forgotten]) the frame has its place and
// stratum. Its key and the digests that its uid went into cannot be made again, so
// those are passed over; all else is checked as if it had never been open, as
// the smallest keys of a frame are still so without some of them.
func Verify(r Record, frame iter.Seq2[Member, error]) ([]Mismatch, error) {
	again := newReplay(r)
	for member, err := range frame {
		if err != nil {
			return nil, fmt.Errorf("verify draw: %w", err)
		}
		again.add(member)
	}
	var found mismatches
	if _, err := ParseFilter(r.Filter); err != nil {
		found.add(FailsFilter, review.Args{"got": r.Filter})
	}
	actual := again.sample.frame()
	found.compare(FailsFrameSize, actual.Size, r.Frame.Size)
	if again.forgotten == 0 {
		found.compare(FailsFrameDigest, actual.Digest, r.Frame.Digest)
	}
	found.compare(FailsCount, min(int64(r.Wanted), again.sample.open()), int64(len(r.Calls)))
	if !again.dealtAs(r) {
		found.add(FailsStrata, nil)
	}
	found.calls(r, again)
	for _, call := range again.sample.draw(again.given) {
		if _, ok := again.state[call.UID]; !ok {
			found.add(FailsLeftOut, review.Args{"uid": call.UID})
		}
	}
	if r.Forgotten() == 0 {
		found.compare(FailsDigest, r.digest(), r.Digest)
	}
	return found, nil
}

// replay draws as many calls as the record holds, and remembers what the frame
// says of those. Its memory is the record's, whatever the frame's size.
type replay struct {
	sample *dealer
	state  map[string]memberState // of the record's calls
	given  []Stratum              // as many calls of each stratum as the record holds
	strays bool                   // a call of the record is of another stratum than it says

	forgotten int               // calls of the frame
	said      map[string]string // the stratum that the record says of each call
}

type memberState int

const (
	absent memberState = iota
	openMember
	drawnMember
)

func newReplay(r Record) *replay {
	again := &replay{sample: newDealer(r.Seed, len(r.Calls)), state: map[string]memberState{}, said: map[string]string{}}
	counts := map[string]int{}
	for _, call := range r.Calls {
		again.state[call.UID] = absent
		again.said[call.UID] = call.Stratum
		if !review.Forgotten(call.UID) {
			counts[call.Stratum]++
		}
	}
	for name, n := range counts {
		again.given = append(again.given, Stratum{Name: name, Calls: n})
	}
	return again
}

func (again *replay) add(m Member) {
	state := drawnMember
	if m.Open {
		state = openMember
	}
	if _, ok := again.state[m.UID]; ok {
		again.state[m.UID] = state
		again.strays = again.strays || again.said[m.UID] != m.Stratum
	}
	if review.Forgotten(m.UID) {
		again.forgotten++
		again.sample.place(m)
		return
	}
	again.sample.add(m)
}

// dealtAs reports whether the strata are those of the record, each of its size,
// and give as many calls.
func (again *replay) dealtAs(r Record) bool {
	if r.Strata == Unstratified {
		return !again.strays && len(r.Dealt) == 0
	}
	again.sample.n = r.Wanted
	return !again.strays && slices.Equal(again.sample.deal(r.Equal), r.Dealt)
}

type mismatches []Mismatch

func (found *mismatches) add(check Check, args review.Args) {
	*found = append(*found, Mismatch{check, args})
}

func (found *mismatches) compare(check Check, want, got any) {
	if want != got {
		found.add(check, review.Args{"want": want, "got": got})
	}
}

// calls checks the record's calls one by one.
func (found *mismatches) calls(r Record, again *replay) {
	seen, before := map[string]bool{}, ""
	for i, call := range r.Calls {
		args := review.Args{"rank": i + 1, "uid": call.UID}
		forgotten := review.Forgotten(call.UID)
		if !forgotten && call.Key != Key(r.Seed, call.UID) {
			found.add(FailsKey, args)
		}
		if seen[call.UID] {
			found.add(FailsTwice, args)
		} else if !forgotten && call.Key <= before {
			found.add(FailsOrder, args)
		}
		if seen[call.UID] = true; !forgotten {
			before = call.Key
		}
		switch again.state[call.UID] {
		case absent:
			found.add(FailsOutside, args)
		case drawnMember:
			found.add(FailsDrawnBefore, args)
		}
	}
}
