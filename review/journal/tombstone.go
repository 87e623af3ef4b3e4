package journal

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/earshot-app/earshot/review"
)

// # Forgetting
//
// What was said of a call that somebody wants forgotten cannot be taken out of
// the journal: shares, draws and undos rest on it. So a tombstone comes in its
// place, an event with the same id, author and number, with [Event.Was] and a
// body that names the call by an opaque id and has no word, time or reason.
// The signature goes too: with it anybody could try out whether a guess is what
// was signed. Was is made of bytes and signature for the same reason, so that
// whoever still has the original can tell that this stands for it, and nobody
// else can guess it.
//
// A tombstone is vouched for by [CallsForgotten], an ordinary signed event,
// which lists the [Grave] of each.

// TypeCallsForgotten says that calls were forgotten. It cannot be undone.
const TypeCallsForgotten Type = "calls.forgotten"

// Why calls were forgotten.
const (
	ForgetAsked    = "asked"
	ForgetRetained = "retention" // they were kept as long as was settled
)

// CallsForgotten says that calls were forgotten and vouches for the tombstones
// that this took. Where only the words of calls were forgotten ([Hush]) it names
// none.
type CallsForgotten struct {
	Calls  []string `json:"calls,omitempty"`  // the ids that they have since
	Graves []string `json:"graves,omitempty"` // of tombstones, in no order
	Why    string   `json:"why"`
}

// Type implements [Body].
func (CallsForgotten) Type() Type { return TypeCallsForgotten }

// Tombstone reports whether e stands for an event that was forgotten.
func (e Event) Tombstone() bool { return e.Was != "" }

// Grave is the SHA-256 of an event's bytes, hexadecimal.
func (s Signed) Grave() string {
	sum := sha256.Sum256(s.Bytes)
	return hex.EncodeToString(sum[:])
}

// A Burial says what of the journal is forgotten.
type Burial struct {
	As    map[string]string // the opaque ids of calls, by uid
	Words []string          // what was noted of them: an issue may quote it
}

// Bury answers the tombstone of s, or false where s has nothing to forget. One
// may be buried again, when another call that it names is forgotten. It answers
// [BadEvent].
func (b Burial) Bury(s Signed) (Signed, bool, error) { return bury(s, b.keep) }

func bury(s Signed, keep func(Body) (kept Body, found bool)) (Signed, bool, error) {
	body, err := Decode(s.Event)
	if err != nil || body == nil {
		return Signed{}, false, err
	}
	kept, found := keep(body)
	if !found {
		return Signed{}, false, nil
	}
	e := s.Event
	if !e.Tombstone() {
		sum := sha256.Sum256(append(append([]byte{}, s.Bytes...), s.Signature...))
		e.Was = hex.EncodeToString(sum[:])
	}
	e.Body = json.RawMessage("null")
	if kept != nil {
		if e.Body, err = json.Marshal(kept); err != nil {
			return Signed{}, false, fmt.Errorf("encode what is kept of %s: %w", e.ID, err)
		}
	}
	raw, err := json.Marshal(e)
	if err != nil {
		return Signed{}, false, fmt.Errorf("encode the tombstone of %s: %w", e.ID, err)
	}
	return Signed{Event: e, Bytes: raw, Public: s.Public}, true, nil
}

// OpenTombstone reads a tombstone back from its bytes. That it is vouched for is
// to be looked up. It answers [BadEvent].
func OpenTombstone(raw, public []byte) (Signed, error) {
	var e Event
	if err := Read(raw, &e); err != nil {
		return Signed{}, err
	}
	if !e.Tombstone() || AuthorID(public) != e.Author {
		return Signed{}, review.Fail(BadSignature, review.Args{"id": e.ID})
	}
	return Signed{Event: e, Bytes: raw, Public: public}, nil
}

// keep answers what stays of a body, nil for nothing; found is false where it
// has nothing that is to be forgotten.
func (b Burial) keep(body Body) (kept Body, found bool) {
	switch body := body.(type) {
	case DrawMade:
		body.Calls, found = b.calls(body.Calls)
		return body, found
	case DrawClosed:
		body.Calls, found = b.calls(body.Calls)
		return body, found
	case CallMerged:
		from, a := b.call(body.From)
		into, c := b.call(body.Into)
		return CallMerged{From: from, Into: into, After: body.After}, a || c
	case IssueDescribed:
		return b.described(body)
	case Revealed:
		call, found := b.call(body.Call)
		return Revealed{Call: call, Field: body.Field}, found
	case ConsensusAdopted:
		body.Call, found = b.call(body.Call)
		return body, found
	}
	call, found := b.call(CallOf(body))
	return standing(body, call), found
}

// standing is what stays of what was said of a call: how it stands and which
// issues it holds.
func standing(body Body, call string) Body {
	switch body := body.(type) {
	case MomentAdded:
		return MomentAdded{Moment: body.Moment, Call: call, Issue: body.Issue}
	case MomentRemoved:
		return MomentRemoved{Moment: body.Moment, Call: call}
	case MomentDealt:
		return MomentDealt{Moment: body.Moment, Call: call, Issue: body.Issue}
	case CallHeard:
		return CallHeard{Call: call}
	case CallSkipped:
		return CallSkipped{Call: call, Kind: body.Kind}
	case CallPicked:
		return CallPicked{Call: call}
	case PraiseAdded: // that the call was picked
		return PraiseAdded{Call: call}
	}
	return nil
}

func (b Burial) call(uid string) (as string, found bool) {
	if as, found = b.As[uid]; found {
		return as, true
	}
	return uid, false
}

func (b Burial) calls(uids []string) ([]string, bool) {
	all, any := make([]string, len(uids)), false
	for i, uid := range uids {
		as, found := b.call(uid)
		all[i], any = as, any || found
	}
	return all, any
}

// shortest is how long noted words must be to be looked for in what issues say:
// shorter ones are everybody's.
const shortest = 12

// described empties what quotes the noted words.
func (b Burial) described(d IssueDescribed) (Body, bool) {
	found := false
	for _, text := range []**string{&d.Definition, &d.Include, &d.Exclude, &d.Example, &d.Prevented, &d.Fixer} {
		for _, words := range b.Words {
			if *text != nil && len(words) >= shortest && strings.Contains(**text, words) {
				*text, found = new(string), true
			}
		}
	}
	return d, found
}
