package review

import "time"

// State says what has become of a call.
type State string

// The states of a call. Missing wins over the others where it is shown: the
// recording is gone from its folder for now, what was said about it stays.
const (
	New        State = "new"         // in the catalogue, never drawn nor finished by hand
	Drawn      State = "drawn"       // in an open draw, not yet finished
	Heard      State = "heard"       // listened to and finished
	Skipped    State = "skipped"     // left out with a reason, no replacement
	NotReached State = "not_reached" // left unheard by a draw that was closed
	Missing    State = "missing"     // its recording cannot be found
)

// Scope says where a heard call counts. A finding carries the scope of its
// call, so that counting needs no join.
type Scope int

// The scopes. A call that was opened by hand counts nowhere: the leader chose
// it, chance did not.
const (
	Nowhere    Scope = 0 // not drawn, not heard, or only picked
	Everywhere Scope = 1 // drawn from dates, queues and lengths
	InCategory Scope = 2 // drawn inside one category: stands for no other in the ranking
)

// A Call is one contact. It is known by its UID for ever; everything else may
// be corrected by a later import.
type Call struct {
	UID          string
	Start        time.Time // UTC
	StartGuessed bool      // no source told it to the minute; taken from the recording file, or from a day alone
	Duration     time.Duration
	Queue        string // "" when the source has none
	Category     string // what the agent filed it under; "" when the source has none
	Direction    string // "inbound", "outbound", or ""
	Agent        Private
	Customer     Private
	State        State
	Scope        Scope
	Guest        bool   // of somebody else's library, heard in a shared session; never in a frame
	Picked       bool   // someone opened, tagged or finished it while no draw held it
	Draw         string // the draw that holds it, or ""
	Rank         int    // its place in that draw, from 1
	Played       float64
	Skip         SkipKind
	Reason       string
	Fields       []Field // by name; only where a store says that it reads them
	Said         Said    // how the source told the start; read where the fields are
}

// Said is how a source told when a call began.
type Said struct {
	Text    string // its own words, "" for none
	Zone    string // the offset at which they were read, as +01:00
	Guessed bool   // the source named no zone
}

// A Recording is one file of a call. Earshot opens it read-only and never
// copies it unasked.
type Recording struct {
	Path     Private
	Size     int64 // bytes
	Modified time.Time
	Format   string // container and codec, as data/audio names them
	Rate     int    // frames a second
	Channels int
	Frames   int64
	Missing  bool
	// Part is which part of its call it is, from 1: parts follow one another,
	// and the two legs of a part belong side by side.
	Part   int
	Leg    Leg
	Offset time.Duration // of a leg: how long after the part's first it begins
}

// SkipKind says why a drawn call was skipped.
type SkipKind string

// The kinds of skip.
const (
	NotCustomer SkipKind = "not-customer" // no customer's call: leaves the estimate
	NotHeard    SkipKind = "not-heard"    // could not be heard: stays as a bound
)

// Valid reports whether k is one of the two kinds.
func (k SkipKind) Valid() bool { return k == NotCustomer || k == NotHeard }
