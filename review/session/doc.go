// Package session is the shared session: several people hear the calls of one
// draw, tag them without seeing each other's tags, reveal, talk, and agree.
//
// # Events
//
// A session is a set of signed events of review/journal that carry its id. The
// host opens it, names its calls and admits members; members say of its calls
// what they would say in their own library. A [Story] reads the [State] from
// them, in the order of journal.Before, so that everybody who holds the same
// events sees the same session, whether they came over a network, in a file, or
// twice; [Fold] does so at once, and is the oracle of its tests.
//
// [Accept] looks at one event alone: its size, session, subject and signature.
// What it refuses is not kept. Whether its author had the right to say it
// depends on other events, which may come later, so that is for the Story to tell:
// it leaves out what strangers say, and members where only the host may.
//
// # Rounds
//
// A round is one call, by its place in the draw, from 1. In a blind session
// what members say of a call travels to the host alone until the host reveals
// the round: the host then copies those same bytes to the log that all read.
// New names, words and praise travel with the round in which they were said,
// which journal's Event.Round says.
//
// A host may hand the session over to a member. Who hosts is what the story says
// at that place: everything that is the host's is then the other's, also what
// was said blind before.
//
// # On the way
//
// [Client] carries events between a library, the [Box], and a [Link], which is
// the network. An event is first in the library; it is done when it came back
// through the log with its signature. A file does the same without a network,
// see desk.ExportSession.
//
// # Together
//
// What the host plays for all is a [Play]: where the call is at a time of the
// host's clock. It is state, not fact, and is sent beside the log. A [Follower]
// tells each member's player what to do about it, by a [Clock] that knows the
// host's. Members ask, the host decides ([Play.Order]).
package session

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
)

// The codes of what a session refuses.
const (
	NoSession     review.Code = "no-session"     // args: id
	SessionClosed review.Code = "session-closed" // args: name
	NotHost       review.Code = "not-host"
	NotMember     review.Code = "not-member"
	NoRound       review.Code = "no-round"     // args: round
	NotRevealed   review.Code = "not-revealed" // args: round
	NoFrame       review.Code = "no-host-frame"
	NotGranted    review.Code = "not-granted" // the host does not do now what a member asks for
	OwnPace       review.Code = "own-pace"    // nothing is played for all
)

// ID is the id of the session that the key's owner opens with a nonce: 16
// lower-case letters and digits, base32 of 80 bits of a SHA-256. Nobody else
// can open a session of this id.
func ID(host ed25519.PublicKey, nonce string) string {
	sum := sha256.Sum256(append([]byte(nonce+"\n"), host...))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// A Parcel is an event on the way, as it was signed.
type Parcel struct {
	ID        string
	Author    string
	Type      string
	Blind     int // the round whose blind stream it goes to; 0 for the log
	Bytes     []byte
	Signature []byte
	Public    ed25519.PublicKey
}

// A Delivery is a parcel as a stream delivered it. Subject is the author that
// the stream let publish it: not always the one who signed it. Stored is when
// the server stored it. Mend is set when the bytes were missing or could not be
// read. More is set when the stream said that others follow.
type Delivery struct {
	Parcel
	Subject string
	Seq     uint64
	Stored  time.Time
	Mend    bool
	More    bool
}

// A Cursor is how far a stream was read. Created tells one life of the stream
// from the next, and so does Last, which is the client's own mark of the last
// record that could be read: a stream that lost its end may have grown longer
// than it was. Holes are the sequences up to Seq that could not be read: what
// was there may have come again since, but nobody can tell that it did. A box
// keeps all of it.
type Cursor struct {
	Created time.Time
	Seq     uint64
	Last    string
	Holes   []uint64
}

// Stream names what a link carries.
type Stream string

// The streams of a session. Only the host may read the blind one.
const (
	Log   Stream = "log"
	Blind Stream = "blind"
)

// ErrOver says that a stream was deleted, because all of it is in the log.
var ErrOver = errors.New("the stream is over")

// A Link carries a session's events and messages; data/hub is the one over a
// network. Its methods may be called from any goroutine. They return ctx's
// error when it ends, and any other when the network fails: the caller waits
// and tries again.
type Link interface {
	// Publish returns when the server has the parcel on its disk, with its
	// sequence; that of the message it has, when it has it already. A try above 0
	// is the sequence under which the parcel should have been in the log and was
	// not: it makes a new message, one for all who publish it for that sequence.
	Publish(ctx context.Context, p Parcel, try int) (uint64, error)
	// Info is where a stream ends: its Created and Seq. It answers [ErrOver] for
	// one that is no longer read.
	Info(ctx context.Context, s Stream) (Cursor, error)
	// Read delivers what comes after seq, in order, in batches, and then what
	// arrives, until ctx or the connection ends, if only for a moment: what the
	// server has then may be another stream. A sequence of which the stream has no
	// record comes with Mend set or is left out; one at its end comes. It returns
	// deliver's error. deliver is not called by two at once, and not after Read
	// has returned.
	Read(ctx context.Context, s Stream, after uint64, deliver func([]Delivery) error) error
	// Missing tells the others that a sequence of the log could not be read.
	Missing(ctx context.Context, seq uint64) error
	// Lost yields the sequences that others told of, until ctx ends.
	Lost(ctx context.Context, each func(seq uint64)) error
}

// Pending is an event that has not come through the log yet.
type Pending struct {
	Parcel
	Acked uint64 // the sequence that the server gave it in the stream that it goes to now; 0 when not sent there
	Try   int
}

// A Box is one library's side of a session: its outbox and what came in. Each
// method is one transaction.
type Box interface {
	// Cursor is how far a stream was taken in.
	Cursor(ctx context.Context, s Stream) (Cursor, error)
	// Take stores what a stream delivered, and the cursor. What [Accept]
	// refuses is counted and left out. What the log delivered is done.
	Take(ctx context.Context, s Stream, batch []Delivery, at Cursor) error
	// Outbox are events that are not done, oldest first, at most so many: own
	// ones, and for the host anybody's that belong in the log, as those of a
	// round that was revealed since. What was sent to the blind stream is left
	// out until its round is revealed; then it goes to the log. An event that has
	// a round is blind as long as the session's opening is not here.
	Outbox(ctx context.Context, most int) ([]Pending, error)
	// Sent notes what the server gave an event. One that is done stays done.
	Sent(ctx context.Context, id string, seq uint64, try int) error
	// Rewind forgets the cursor, what was sent, and for the log also what was
	// done and at which sequence, and what was sent to the blind stream: the
	// stream began anew, and with a log that did so did all there is, perhaps on
	// another host's machine. Only a host sees the blind stream's beginning.
	Rewind(ctx context.Context, s Stream) error
	// At answers the own event that the log had at a sequence; for the host,
	// anybody's. ok is false where there is none.
	At(ctx context.Context, seq uint64) (p Parcel, ok bool, err error)
}
