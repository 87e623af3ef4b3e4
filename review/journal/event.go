// Package journal is what people said about calls, as signed events that are
// only ever added.
//
// # Event
//
// An [Event] is a small JSON envelope around one of the bodies in body.go. Its
// exact bytes are signed with the author's Ed25519 key when it is made and are
// stored and forwarded as they are, never marshalled again: see [Sign] and
// [Open].
//
// # Order
//
// Events are ordered by N, then author, then id ([Before]). N is one more than
// the highest N that the author's library had seen, so it follows cause and
// effect without trusting anybody's clock, and every library that holds the
// same events reads the same story from them, in whatever order they arrived.
//
// # Undo
//
// The only undo is the event "undone" ([Undone]) by the same author; undoing
// an "undone" is redo. An event that is undone is left out of the story, not
// out of the journal.
//
// # Changes
//
// [Changes] answers what one event does to the tables that screens read, as a
// closed set of changes. data/sqlite runs each as a statement; [Fold] runs
// them on maps in memory and is the oracle that the tables are held to.
package journal

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
)

// Version is the envelope's version. Readers ignore events of a type or
// version that they do not know, and keep them.
const Version = 1

// MaxBytes bounds one event, so that a journal can be shared over a network
// that bounds messages.
const MaxBytes = 32 << 10

// The ways in which bytes fail to be an event of the author they name.
const (
	BadEvent     review.Code = "bad-event"     // args: id
	BadSignature review.Code = "bad-signature" // args: id
	EventTooLong review.Code = "event-too-long"
)

// Type names what happened, as "noun.verb".
type Type string

// An Event is one thing that one person did.
type Event struct {
	ID      string          `json:"id"` // UUIDv7
	V       int             `json:"v"`
	Type    Type            `json:"t"`
	Session string          `json:"s,omitempty"`
	Round   int             `json:"r,omitempty"` // of a session: the call, by its place, that it was said of or while hearing
	Author  string          `json:"a"`           // AuthorID of the signing key
	N       int64           `json:"n"`           // one more than the author had seen
	At      int64           `json:"at"`          // the author's clock, Unix milliseconds; only for display
	Body    json.RawMessage `json:"b"`
	// Was is set where this is a tombstone: the SHA-256 of the bytes and signature
	// of the event that was forgotten, hexadecimal.
	Was string `json:"was,omitempty"`
}

// Time is the author's clock when the event was made.
func (e Event) Time() time.Time { return time.UnixMilli(e.At).UTC() }

// Signed is an event with the bytes that were signed.
type Signed struct {
	Event
	Bytes     []byte
	Signature []byte
	Public    ed25519.PublicKey // the author's
}

// An Author signs events.
type Author struct {
	ID      string
	key     ed25519.PrivateKey
	session string
	round   int
}

// NewAuthor returns the author of a 32-byte Ed25519 seed.
func NewAuthor(seed []byte) (Author, error) {
	if len(seed) != ed25519.SeedSize {
		return Author{}, fmt.Errorf("author's key has %d bytes, not %d", len(seed), ed25519.SeedSize)
	}
	key := ed25519.NewKeyFromSeed(seed)
	a := Author{key: key}
	a.ID = AuthorID(a.Public())
	return a, nil
}

// Public returns the key that others check the author's events with.
func (a Author) Public() ed25519.PublicKey { return a.key.Public().(ed25519.PublicKey) }

// AuthorID is base32 of the first 80 bits of the key's SHA-256: 16 lower-case
// letters and digits.
func AuthorID(public ed25519.PublicKey) string {
	sum := sha256.Sum256(public)
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// Sign makes the event of body by a. It answers [EventTooLong].
func (a Author) Sign(id string, n int64, at time.Time, body Body) (Signed, error) {
	b, err := json.Marshal(body)
	if err != nil {
		return Signed{}, fmt.Errorf("encode body of %s: %w", body.Type(), err)
	}
	e := Event{
		ID: id, V: Version, Type: body.Type(), Session: a.session, Round: a.round, Author: a.ID, N: n, At: at.UnixMilli(), Body: b,
	}
	raw, err := json.Marshal(e)
	if err != nil {
		return Signed{}, fmt.Errorf("encode event %s: %w", id, err)
	}
	if len(raw) > MaxBytes && body.Type() != TypeDrawMade && body.Type() != TypeDrawClosed {
		return Signed{}, review.Fail(EventTooLong, nil)
	}
	return Signed{Event: e, Bytes: raw, Signature: ed25519.Sign(a.key, raw), Public: a.Public()}, nil
}

// Open reads an event back from its bytes and checks that public signed them
// and is the author they name. It answers [BadEvent] or [BadSignature].
func Open(raw, signature []byte, public ed25519.PublicKey) (Signed, error) {
	var e Event
	if err := Read(raw, &e); err != nil {
		return Signed{}, err
	}
	return Check(e, raw, signature, public)
}

// Check does what [Open] does for an event that was read from its bytes already.
// It answers [BadSignature].
func Check(e Event, raw, signature []byte, public ed25519.PublicKey) (Signed, error) {
	if len(public) != ed25519.PublicKeySize || AuthorID(public) != e.Author ||
		!ed25519.Verify(public, raw, signature) {
		return Signed{}, review.Fail(BadSignature, review.Args{"id": e.ID})
	}
	return Signed{Event: e, Bytes: raw, Signature: signature, Public: public}, nil
}

// Read reads an event back from its bytes without checking who signed them:
// for those that were checked when they came in. It answers [BadEvent].
func Read(raw []byte, e *Event) error {
	if err := json.Unmarshal(raw, e); err != nil {
		return review.Fail(BadEvent, review.Args{"id": ""}).Because(err)
	}
	return nil
}

// Before reports whether a comes before b in the story.
func Before(a, b Event) bool {
	if a.N != b.N {
		return a.N < b.N
	}
	if a.Author != b.Author {
		return a.Author < b.Author
	}
	return a.ID < b.ID
}
