package desk

import (
	"context"
	"iter"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// Shared is a session that this library takes part in, as it was opened.
type Shared struct {
	ID        string
	Hosting   bool // this library's author is the host now
	Name      string
	Draw      string // id, in the host's library
	Blind     bool
	Together  bool
	KeepAudio bool
	Joined    time.Time
	Closed    bool // ended, or left
	// Made is the host's "draw.made", which tells the frame; zero until it came.
	Made journal.Signed
}

// A SessionEvent is an event of a session as the library keeps it. Its Blind is
// the round that hides it still; an event of no such round belongs in the log.
type SessionEvent struct {
	session.Parcel
	Place int64 // in the order in which they came
	N     int64
	About string // the issue that it names, or ""
	Of    string // the journal's event that it is, or says again; "" for none
	Seq   uint64 // in the log, where it came through that; else 0
}

// A SessionPlace is where a session has a call of this library.
type SessionPlace struct {
	Session  string
	Round    int
	Call     string // the host's uid
	Local    string // this library's; "" until it was looked for
	Blind    bool   // the session's choice
	Revealed bool
}

// Hidden is the round that hides what is said of the call now, or 0.
func (p SessionPlace) Hidden() int {
	if p.Blind && !p.Revealed {
		return p.Round
	}
	return 0
}

// ReadSessions reads shared sessions.
type ReadSessions interface {
	// Sessions are all, the latest first.
	Sessions(ctx context.Context) ([]Shared, error)
	// SessionEvents are a session's events that came after a place, in the order
	// in which they came.
	SessionEvents(ctx context.Context, id string, after int64) iter.Seq2[SessionEvent, error]
	// SessionSays answers those events of open sessions that are events of the
	// journal, or say them again, in the order of the given ids.
	SessionSays(ctx context.Context, of []string) ([]SessionSaid, error)
	// SessionKnows reports whether the log of a session names an issue, or author
	// did in a blind round.
	SessionKnows(ctx context.Context, id, issue, author string, round int) (bool, error)
	// SessionIssues are the first events of a session's log that name issues, at most
	// so many, in the order in which they were made.
	SessionIssues(ctx context.Context, id string, most int) ([]journal.Event, error)
	// SessionPlaces are the rounds of a session by number.
	SessionPlaces(ctx context.Context, id string) ([]SessionPlace, error)
	// SessionPlace is where the latest open session has a call of this library;
	// zero where none has.
	SessionPlace(ctx context.Context, uid string) (SessionPlace, error)
	// SessionNames are what members call themselves, by author.
	SessionNames(ctx context.Context, id string) (map[string]string, error)
	// SessionRefused is how many events were refused before they were kept.
	SessionRefused(ctx context.Context, id string) (map[session.Reason]int, error)
	// SessionCursor is how far a stream was taken in.
	SessionCursor(ctx context.Context, id string, s session.Stream) (session.Cursor, error)
	// SessionOutbox are the events of author to be sent, and where it hosts the
	// session anybody's that belong in the log, at most so many, in the order in
	// which they came.
	SessionOutbox(ctx context.Context, id, author string, most int) ([]session.Pending, error)
	// SessionAt is the event that the log had at a sequence; ok is false where
	// none is known.
	SessionAt(ctx context.Context, id string, seq uint64) (p session.Parcel, ok bool, err error)
	// MadeDraw is the signed "draw.made" of a draw of this library, or
	// [review.NoDraw] or [DrawForgotten].
	MadeDraw(ctx context.Context, draw string) (journal.Signed, error)
	// Adopted are the latest adoptions that stand, by call.
	Adopted(ctx context.Context) (map[string]journal.ConsensusAdopted, error)
	// Alike are the uids of calls that may be the same as one that a session
	// describes: of its uid, start or length.
	Alike(ctx context.Context, c journal.SessionCall) ([]string, error)
	// ContentHash is the SHA-256 that was read of a recording as it is, or "".
	ContentHash(ctx context.Context, r review.Recording) (string, error)
}

// SessionSaid is an event of a session that is one of the journal, or says it
// again.
type SessionSaid struct {
	Session, ID, Of string
	Round           int // that it was said of
	Blind           int // the round that hides it still
}

// KeepSessions writes shared sessions.
type KeepSessions interface {
	// KeepSession stores a session, or what became of it.
	KeepSession(ctx context.Context, s Shared) error
	// KeepSessionPlace stores a round, or where this library has its call.
	KeepSessionPlace(ctx context.Context, p SessionPlace) error
	// NameMember stores what a member calls themself.
	NameMember(ctx context.Context, id, author, name string) error
	// RefuseSessionEvent counts an event that is not kept.
	RefuseSessionEvent(ctx context.Context, id string, why session.Reason) error
	// AddSessionEvent stores an event. For one that is here already it answers
	// false; nothing of it changes.
	AddSessionEvent(ctx context.Context, id string, e SessionEvent) (added bool, err error)
	// SessionEchoed notes that the log has an event, at a sequence: it is done, and
	// blind no more.
	SessionEchoed(ctx context.Context, id string, e session.Parcel, seq uint64) error
	// SessionSent notes what the server gave an event that was sent to it, unless
	// it is done.
	SessionSent(ctx context.Context, id, event string, seq uint64, try int) error
	// RevealRound lets a round's hidden events belong in the log, and answers how
	// many there were.
	RevealRound(ctx context.Context, id string, round int) (int, error)
	// MoveSessionCursor stores how far a stream was taken in.
	MoveSessionCursor(ctx context.Context, id string, s session.Stream, at session.Cursor) error
	// RewindSession forgets a stream's cursor, and that anything was sent to it;
	// with the log also what was sent to the blind stream.
	RewindSession(ctx context.Context, id string, s session.Stream) error
	// AddGuest stores a call of somebody else's library. It is never in a frame.
	AddGuest(ctx context.Context, c review.Call) error
	// AddGuestAudio stores a recording of a guest.
	AddGuestAudio(ctx context.Context, uid string, r review.Recording) error
	// DropGuests takes away the guests of a session that no other open session
	// has. What was said of them stays in the journal.
	DropGuests(ctx context.Context, id string) error
	// KeepContentHash stores the SHA-256 of a recording as it is.
	KeepContentHash(ctx context.Context, r review.Recording, sha256 string) error
}
