package session

import (
	"slices"
	"time"

	"github.com/earshot-app/earshot/review/journal"
)

// State is a session as its accepted events tell it.
type State struct {
	ID, Name    string
	Host        string // author
	Draw        string // of the host's library
	FrameDigest string
	Blind       bool
	Together    bool
	KeepAudio   bool
	Closed      bool
	At          int    // the round that the host took everybody to; 0 for none
	Calls       []Call // by round
	Members     map[string]Member
	Issues      map[string]Issue // by id, also those matched with another
	Accepted    []string         // ids of the events that belong in the log, sorted: without what no reveal has shown
	Refused     map[Reason]int
	Tallies     map[string]journal.Tally // as the host closed it last; nil before

	order []string           // members, the one who opened first, then as admitted
	same  map[string][]Issue // those that count as one, by what they count as
	story *telling
	whole bool // nothing that is accepted was left out
}

// Call answers the call of a round, or nil.
func (s *State) Call(round int) *Call {
	i, ok := slices.BinarySearchFunc(s.Calls, round, func(c Call, round int) int { return c.Round - round })
	if !ok {
		return nil
	}
	return &s.Calls[i]
}

// A Call is one round.
type Call struct {
	journal.SessionCall
	Revealed  bool
	Said      map[string]*Said           // by member: what is here of it, also unrevealed where the host holds it
	Consensus *journal.ConsensusRecorded // nil before

	revealed int // place in the story
}

// Said is what one member says of one call.
type Said struct {
	Heard   bool
	Skipped bool
	Moments map[string]journal.MomentAdded // by moment; issues as they were named
	Praise  map[string]journal.PraiseAdded

	done int // place in the story
}

// Done reports whether the member is through with the call.
func (s *Said) Done() bool { return s != nil && (s.Heard || s.Skipped) }

// A Member takes part, or did.
type Member struct {
	Author  string
	Removed bool
}

// An Issue of a session. Into is the issue that it counts as: itself, or the
// one that it was matched with, by the host or by having the same name.
type Issue struct {
	ID, Name string
	Into     string
	By       string // who named it first
	Round    int    // in which it was named blind; 0 when all had it

	named int // place in the story
}

// Reason says why an event is not part of a session.
type Reason string

// The reasons, as the host sees them counted.
const (
	OtherSession Reason = "other-session"
	BadSubject   Reason = "bad-subject" // published under another's name
	BadSigner    Reason = "bad-signer"
	NotAllowed   Reason = "not-allowed" // only the host may
	Stranger     Reason = "stranger"    // not a member then
	OtherCall    Reason = "other-call"  // not a call of the draw
	TooLong      Reason = "too-long"
	Unreadable   Reason = "unreadable"
)

// A Table is one revealed call: who heard which issue. Worst disagreements come
// first, see [State.Table].
type Table struct {
	Round   int
	Members []string // authors, the host first, then as admitted
	Rows    []Row
}

// A Row is one issue of a revealed call.
type Row struct {
	Issue string
	Name  string
	Cells []Cell // by member
	Heard int    // members who heard it
	Of    int    // members who heard it or could have
	At    time.Duration
	From  time.Duration // where to listen again: 5 s before At, not below 0
	Names []string      // other names under which members tagged it
}

// Cell is what one member's tags say of one issue of a call.
type Cell byte

// The cells of a [Row].
const (
	NotDone Cell = iota // not through with the call: nothing can be said
	NotHeard
	Heard
	Unlisted // somebody named the issue in this blind round: it was not on this member's list
)
