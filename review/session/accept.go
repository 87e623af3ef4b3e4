package session

import (
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/earshot-app/earshot/review/journal"
)

// Bounds of an envelope. No library counts as far as [FarthestN] by itself, so
// whoever numbers the next event passes over what claims more: else one member
// could drive all others to the highest N there is, beyond which nothing is
// accepted. An id of printable characters can stand in a line of its own.
const (
	highestN  = 1 << 53
	longestID = 64
)

// FarthestN is the highest N that the next event is numbered after.
const FarthestN = 1 << 52

// Accept reads an event of the session of an id from what was delivered and
// answers "", or why it is none: it is too long, cannot be read, belongs to
// another session, was not published by the author that it names, is not
// signed by that author, or opens a session that is not theirs to open. It
// believes nothing that a delivery says beside the bytes, but the subject. An
// event from a file has no subject other than its author.
//
// The answer depends on the delivery alone, so that nobody refuses what others
// keep.
func Accept(id string, d Delivery) (journal.Signed, Reason) {
	v := accept(id, d)
	return v.Event, v.Reason
}

// A Verdict is what [Accept] answered, with the event's body, which is nil for what
// this version does not know.
type Verdict struct {
	Event  journal.Signed
	Body   journal.Body
	Reason Reason
}

func accept(id string, d Delivery) Verdict {
	if len(d.Bytes) > journal.MaxBytes {
		return Verdict{Reason: TooLong}
	}
	var e journal.Event
	if d.Mend || journal.Read(d.Bytes, &e) != nil || !wellFormed(e) {
		return Verdict{Reason: Unreadable}
	}
	switch {
	case e.Session != id:
		return Verdict{Reason: OtherSession}
	case d.Subject != e.Author:
		return Verdict{Reason: BadSubject}
	}
	signed, err := journal.Check(e, d.Bytes, d.Signature, d.Public)
	if err != nil {
		return Verdict{Reason: BadSigner}
	}
	body, err := journal.Decode(e)
	if err != nil {
		return Verdict{Reason: Unreadable}
	}
	if opened, ok := body.(journal.SessionOpened); ok && ID(d.Public, opened.Nonce) != id {
		return Verdict{Reason: NotAllowed}
	}
	return Verdict{Event: signed, Body: body}
}

func wellFormed(e journal.Event) bool {
	printable := !strings.ContainsFunc(e.ID, func(r rune) bool { return r <= ' ' || r > '~' })
	return e.ID != "" && len(e.ID) <= longestID && printable && e.N > 0 && e.N <= highestN && e.Round >= 0
}

// AcceptAll answers what [Accept] does for each delivery of a batch. Nearly all
// of the time goes to checking signatures, so all processors share it.
func AcceptAll(id string, batch []Delivery) []Verdict {
	verdicts := make([]Verdict, len(batch))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(batch)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(batch); i = int(next.Add(1)) - 1 {
				verdicts[i] = accept(id, batch[i])
			}
		})
	}
	workers.Wait()
	return verdicts
}
