package journal

// The types of event that exist only in a shared session. Beside them a
// session holds what its members say of its calls, as the events that every
// library knows, with [Event.Session] set.
const (
	TypeSessionOpened     Type = "session.opened"
	TypeSessionCall       Type = "session.call"
	TypeMemberAdmitted    Type = "member.admitted"
	TypeMemberRemoved     Type = "member.removed"
	TypeHostChanged       Type = "host.changed"
	TypeRoundOpened       Type = "round.opened"
	TypeRoundRevealed     Type = "round.revealed"
	TypeIssuesMatched     Type = "issues.matched"
	TypeConsensusRecorded Type = "consensus.recorded"
	TypeConsensusAdopted  Type = "consensus.adopted"
	TypeSessionClosed     Type = "session.closed"
)

// SessionOpened begins a session; its author is the host. Nonce makes the
// session's id, so that nobody else can open it.
type SessionOpened struct {
	Nonce       string `json:"nonce"`
	Name        string `json:"name"`
	Draw        string `json:"draw"`
	FrameDigest string `json:"frame_digest"`
	Calls       int    `json:"calls"`
	Blind       bool   `json:"blind,omitempty"`    // tags stay with the host until revealed
	Together    bool   `json:"together,omitempty"` // the host plays for all
	KeepAudio   bool   `json:"keep_audio,omitempty"`
}

// SessionCall is one drawn call as members get to know it: these fields and no
// others. Round is its place in the draw, from 1; a round is one call.
type SessionCall struct {
	Round    int      `json:"round"`
	Call     string   `json:"call"`   // the host's uid
	Hashes   []string `json:"hashes"` // of its recordings: SHA-256, hexadecimal
	Length   int64    `json:"length_ms"`
	Start    int64    `json:"start"` // Unix seconds
	Queue    string   `json:"queue,omitempty"`
	Category string   `json:"category,omitempty"`
}

// MemberAdmitted lets an author take part. Names are kept out of the log.
type MemberAdmitted struct {
	Member string `json:"member"`
}

// MemberRemoved ends an author's part in the session.
type MemberRemoved struct {
	Member string `json:"member"`
}

// HostChanged hands the session over.
type HostChanged struct {
	To string `json:"to"`
}

// RoundOpened takes everybody to a call.
type RoundOpened struct {
	Round int `json:"round"`
}

// RoundRevealed shows everybody's tags of a call. Count is the number of blind
// events that the host has copied to the log.
type RoundRevealed struct {
	Round int `json:"round"`
	Count int `json:"count"`
}

// IssuesMatched says that two names mean the same issue.
type IssuesMatched struct {
	From string `json:"from"` // id
	Into string `json:"into"` // id
}

// ConsensusRecorded is what the members agreed a call holds, after it was
// revealed. A later one of the same call stands in its place.
type ConsensusRecorded struct {
	Round     int         `json:"round"`
	Issues    []Consensus `json:"issues"`
	Listeners int         `json:"listeners"`
}

// Consensus is one issue that a call holds.
type Consensus struct {
	Issue string `json:"issue"` // id
	At    int64  `json:"at_ms"`
}

// ConsensusAdopted says, in one library, that its findings of a call are a
// session's consensus.
type ConsensusAdopted struct {
	Call      string `json:"call"`
	Shared    string `json:"shared"` // the session's id
	Listeners int    `json:"listeners"`
}

// SessionClosed ends a session, with what each author's events come to, so
// that everybody can tell whether theirs is complete.
type SessionClosed struct {
	Authors map[string]Tally `json:"authors"`
}

// Tally sums up an author's events of a session.
type Tally struct {
	Count  int    `json:"count"`
	Digest string `json:"digest"` // SHA-256 over the sorted ids, hexadecimal
}

// Type implements [Body].
func (SessionOpened) Type() Type { return TypeSessionOpened }

// Type implements [Body].
func (SessionCall) Type() Type { return TypeSessionCall }

// Type implements [Body].
func (MemberAdmitted) Type() Type { return TypeMemberAdmitted }

// Type implements [Body].
func (MemberRemoved) Type() Type { return TypeMemberRemoved }

// Type implements [Body].
func (HostChanged) Type() Type { return TypeHostChanged }

// Type implements [Body].
func (RoundOpened) Type() Type { return TypeRoundOpened }

// Type implements [Body].
func (RoundRevealed) Type() Type { return TypeRoundRevealed }

// Type implements [Body].
func (IssuesMatched) Type() Type { return TypeIssuesMatched }

// Type implements [Body].
func (ConsensusRecorded) Type() Type { return TypeConsensusRecorded }

// Type implements [Body].
func (ConsensusAdopted) Type() Type { return TypeConsensusAdopted }

// Type implements [Body].
func (SessionClosed) Type() Type { return TypeSessionClosed }

// In returns an author whose events belong to a session.
func (a Author) In(session string) Author {
	a.session = session
	return a
}

// Hearing returns an author whose events are said of the call of a session's
// round, or while hearing it: in a blind session they are hidden until that
// round is revealed, also new names and undos, which name no call.
func (a Author) Hearing(round int) Author {
	a.round = round
	return a
}

// OfSession reports whether events of type t say something about a session
// and nothing about a library's calls: they are kept with the session and are
// not part of a library's story.
func OfSession(t Type) bool {
	switch t {
	case TypeSessionOpened, TypeSessionCall, TypeMemberAdmitted, TypeMemberRemoved, TypeHostChanged,
		TypeRoundOpened, TypeRoundRevealed, TypeIssuesMatched, TypeConsensusRecorded, TypeSessionClosed:
		return true
	}
	return false
}
