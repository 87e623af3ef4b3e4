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
	if len(d.Bytes) > journal.MaxBytes {
		return journal.Signed{}, TooLong
	}
	var e journal.Event
	if d.Mend || journal.Read(d.Bytes, &e) != nil || !wellFormed(e) {
		return journal.Signed{}, Unreadable
	}
	switch {
	case e.Session != id:
		return journal.Signed{}, OtherSession
	case d.Subject != e.Author:
		return journal.Signed{}, BadSubject
	}
	signed, err := journal.Open(d.Bytes, d.Signature, d.Public)
	if err != nil {
		return journal.Signed{}, BadSigner
	}
	body, err := journal.Decode(e)
	if err != nil {
		return journal.Signed{}, Unreadable
	}
	if opened, ok := body.(journal.SessionOpened); ok && ID(d.Public, opened.Nonce) != id {
		return journal.Signed{}, NotAllowed
	}
	return signed, ""
}

func wellFormed(e journal.Event) bool {
	printable := !strings.ContainsFunc(e.ID, func(r rune) bool { return r <= ' ' || r > '~' })
	return e.ID != "" && len(e.ID) <= longestID && printable && e.N > 0 && e.N <= highestN && e.Round >= 0
}

// A Verdict is what [Accept] answered.
type Verdict struct {
	Event  journal.Signed
	Reason Reason
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
				verdicts[i].Event, verdicts[i].Reason = Accept(id, batch[i])
			}
		})
	}
	workers.Wait()
	return verdicts
}
