// Package dialogue holds what was said in a call, as a transcript beside its
// recording tells it: turns of who says what and when, and the spans that the
// transcript says something else of (hold, nobody talking, both talking).
//
// A transcript is what a machine heard. It is read beside listening; nothing is
// counted from it. Names stand in its words as the source gave them. Who speaks
// is a [Role]: the name that a source labels a speaker with is never kept, or
// the transcript would show the agents' names that the rest hides. Voices
// without a role are told apart by a number.
//
// [ParseQuery] reads what a person searches transcripts for.
package dialogue

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode"

	"github.com/earshot-app/earshot/review/sound"
)

// Role is the part that a speaker has in the call.
type Role string

// The roles.
const (
	Unknown  Role = ""
	Customer Role = "customer"
	Agent    Role = "agent"
	System   Role = "system" // an announcement, a menu, a bot
)

// A Turn is what one speaker says without another's turn between.
type Turn struct {
	At, Until time.Duration // from the start of the call's sound
	Role      Role
	Voice     int // tells voices of unknown role apart, from 1; 0 when the source does not
	Text      string
}

// Transcript is all that a sidecar tells of a call or of one recording.
type Transcript struct {
	Turns    []Turn       // by time
	Holds    []sound.Span // the customer was put on hold
	Quiet    []sound.Span // nobody talked
	Overtalk []sound.Span // one talked into the other's words
}

// Empty reports whether it tells nothing.
func (t Transcript) Empty() bool { return len(t.Turns) == 0 }

// Add adds what another transcript tells, later by offset: that of the next
// recording of the same call. Turns stay in order of time.
func (t *Transcript) Add(other Transcript, offset time.Duration) {
	for _, turn := range other.Turns {
		turn.At, turn.Until = turn.At+offset, turn.Until+offset
		t.Turns = append(t.Turns, turn)
	}
	t.Sort()
	for _, spans := range []struct {
		to   *[]sound.Span
		from []sound.Span
	}{{&t.Holds, other.Holds}, {&t.Quiet, other.Quiet}, {&t.Overtalk, other.Overtalk}} {
		for _, s := range spans.from {
			*spans.to = append(*spans.to, sound.Span{From: s.From + offset, To: s.To + offset})
		}
		*spans.to = sound.Union(*spans.to...)
	}
}

// Sort brings the turns into the order in which they begin.
func (t *Transcript) Sort() {
	slices.SortStableFunc(t.Turns, func(a, b Turn) int { return cmp.Compare(a.At, b.At) })
}

// At is the number of the turn that is being said at a time: the last that has
// begun, or −1 before the first.
func At(turns []Turn, at time.Duration) int {
	return sort.Search(len(turns), func(i int) bool { return turns[i].At > at }) - 1
}

// Tidy is a line of a transcript as it is kept: valid UTF-8 on one line, without
// control characters, each gap one space.
func Tidy(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r), r == '\u00a0':
			return ' '
		case unicode.IsControl(r), r == '\ufeff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
	return strings.Join(strings.Fields(text), " ")
}
