package journal

import (
	"encoding/json"
	"fmt"

	"github.com/earshot-app/earshot/review"
)

// The types of event. A name is never reused for something else.
const (
	TypeMomentAdded   Type = "moment.added"
	TypeMomentMoved   Type = "moment.moved"
	TypeMomentRemoved Type = "moment.removed"
	TypeWordsChanged  Type = "words.changed"
	TypePraiseAdded   Type = "praise.added"
	TypePraiseRemoved Type = "praise.removed"
	TypeCallHeard     Type = "call.heard"
	TypeCallSkipped   Type = "call.skipped"
	TypeCallPicked    Type = "call.picked"
	TypeIssueNamed    Type = "issue.named"
	TypeIssueKeyed    Type = "issue.keyed"
	TypeDrawMade      Type = "draw.made"
	TypeDrawClosed    Type = "draw.closed"
	TypeRevealed      Type = "private.revealed"
	TypeUndone        Type = "undone"
)

// A Body is what an event says. Times within a call are milliseconds from its
// start.
type Body interface{ Type() Type }

// MomentAdded tags an issue at a time or span of a call. Until is 0 for a
// point in time.
type MomentAdded struct {
	Moment string `json:"moment"`
	Call   string `json:"call"`
	Issue  string `json:"issue"` // id
	At     int64  `json:"at_ms"`
	Until  int64  `json:"until_ms,omitempty"`
	Words  string `json:"words,omitempty"`
}

// MomentMoved gives a moment another time.
type MomentMoved struct {
	Moment string `json:"moment"`
	Call   string `json:"call"`
	At     int64  `json:"at_ms"`
	Until  int64  `json:"until_ms,omitempty"`
}

// MomentRemoved takes a moment back.
type MomentRemoved struct {
	Moment string `json:"moment"`
	Call   string `json:"call"`
}

// WordsChanged sets the customer's words of a moment or praise.
type WordsChanged struct {
	Of    string `json:"of"` // the moment's or praise's id
	Call  string `json:"call"`
	Words string `json:"words"`
}

// PraiseAdded marks a moment worth giving to the agent or team.
type PraiseAdded struct {
	Praise string `json:"praise"`
	Call   string `json:"call"`
	At     int64  `json:"at_ms"`
	Words  string `json:"words,omitempty"`
}

// PraiseRemoved takes a praise back.
type PraiseRemoved struct {
	Praise string `json:"praise"`
	Call   string `json:"call"`
}

// CallHeard finishes a call. Played is the part of its speech that was played,
// 0 to 1.
type CallHeard struct {
	Call   string  `json:"call"`
	Played float64 `json:"played"`
}

// CallSkipped leaves a call out, with a reason.
type CallSkipped struct {
	Call   string          `json:"call"`
	Kind   review.SkipKind `json:"kind"`
	Reason string          `json:"reason"`
}

// CallPicked says that a call was opened by hand.
type CallPicked struct {
	Call string `json:"call"`
}

// IssueNamed adds an issue to the codebook. Key is 0 for none.
type IssueNamed struct {
	Issue string `json:"issue"`
	Name  string `json:"name"`
	Key   int    `json:"key,omitempty"`
}

// IssueKeyed gives an issue a key, 0 for none. From is the issue that loses
// the key by it, "" when the key was free.
type IssueKeyed struct {
	Issue string `json:"issue"`
	Key   int    `json:"key"`
	From  string `json:"from,omitempty"`
}

// DrawMade records a draw as it was made, before its first call is heard. The
// filter is in its canonical text.
type DrawMade struct {
	Draw        string       `json:"draw"`
	Number      int          `json:"number"` // 1 for the library's first draw
	Seed        string       `json:"seed"`
	ChosenSeed  bool         `json:"chosen_seed,omitempty"`
	Filter      string       `json:"filter"`
	Scope       review.Scope `json:"scope"`
	Wanted      int          `json:"wanted"`
	FrameSize   int64        `json:"frame_size"`
	FrameDigest string       `json:"frame_digest"`
	Prev        string       `json:"prev"` // digest of the draw before
	Digest      string       `json:"digest"`
	Calls       []string     `json:"calls"` // uids in draw order
	Stratify    string       `json:"stratify,omitempty"`
	Equal       bool         `json:"equal,omitempty"`
	TopsUp      string       `json:"tops_up,omitempty"` // id of the draw whose frame it is
	Strata      []Stratum    `json:"strata,omitempty"`
	Dealt       []int        `json:"dealt,omitempty"`   // for each call the place of its stratum, from 1
	Planned     string       `json:"planned,omitempty"` // the ISO week of the weekly plan, as 2026-W47
}

// Stratum is one part of a stratified draw's frame.
type Stratum struct {
	Name string `json:"name"`
	Size int64  `json:"size"` // calls of the frame
}

// DrawClosed ends a draw. Calls are those that it leaves unheard.
type DrawClosed struct {
	Draw  string   `json:"draw"`
	Calls []string `json:"calls"`
}

// Revealed says that someone deliberately looked at what is hidden, or exported
// it.
type Revealed struct {
	Call   string `json:"call"`  // "" for an export of many calls
	Field  string `json:"field"` // "parties" of a call; the columns of an export; "clip" and its seconds
	Reason string `json:"reason"`
}

// Undone takes events of the same author out of the story: one act, which may
// be several events.
type Undone struct {
	Of []string `json:"of"`
}

// Type implements [Body].
func (MomentAdded) Type() Type { return TypeMomentAdded }

// Type implements [Body].
func (MomentMoved) Type() Type { return TypeMomentMoved }

// Type implements [Body].
func (MomentRemoved) Type() Type { return TypeMomentRemoved }

// Type implements [Body].
func (WordsChanged) Type() Type { return TypeWordsChanged }

// Type implements [Body].
func (PraiseAdded) Type() Type { return TypePraiseAdded }

// Type implements [Body].
func (PraiseRemoved) Type() Type { return TypePraiseRemoved }

// Type implements [Body].
func (CallHeard) Type() Type { return TypeCallHeard }

// Type implements [Body].
func (CallSkipped) Type() Type { return TypeCallSkipped }

// Type implements [Body].
func (CallPicked) Type() Type { return TypeCallPicked }

// Type implements [Body].
func (IssueNamed) Type() Type { return TypeIssueNamed }

// Type implements [Body].
func (IssueKeyed) Type() Type { return TypeIssueKeyed }

// Type implements [Body].
func (DrawMade) Type() Type { return TypeDrawMade }

// Type implements [Body].
func (DrawClosed) Type() Type { return TypeDrawClosed }

// Type implements [Body].
func (Revealed) Type() Type { return TypeRevealed }

// Type implements [Body].
func (Undone) Type() Type { return TypeUndone }

// Undoable reports whether a person may undo an event of type t. Draws,
// reveals and imports happened; taking them back would hide that they did.
func Undoable(t Type) bool {
	switch t {
	case TypeDrawMade, TypeDrawClosed, TypeRevealed, TypeCallPicked, TypeCallMerged, TypeCallsForgotten, TypeUndone:
		return false
	}
	return known(t) && !OfSession(t)
}

func known(t Type) bool {
	_, ok := decoders[t]
	return ok
}

var decoders = map[Type]func(json.RawMessage) (Body, error){
	TypeMomentAdded:   decode[MomentAdded],
	TypeMomentMoved:   decode[MomentMoved],
	TypeMomentRemoved: decode[MomentRemoved],
	TypeWordsChanged:  decode[WordsChanged],
	TypePraiseAdded:   decode[PraiseAdded],
	TypePraiseRemoved: decode[PraiseRemoved],
	TypeCallHeard:     decode[CallHeard],
	TypeCallSkipped:   decode[CallSkipped],
	TypeCallPicked:    decode[CallPicked],
	TypeCallMerged:    decode[CallMerged],
	TypeIssueNamed:    decode[IssueNamed],
	TypeIssueKeyed:    decode[IssueKeyed],
	TypeIssueFollowed: decode[IssueFollowed],
	TypeDrawMade:      decode[DrawMade],
	TypeDrawClosed:    decode[DrawClosed],
	TypeRevealed:      decode[Revealed],
	TypeUndone:        decode[Undone],

	TypeCallsForgotten: decode[CallsForgotten],

	TypeIssueRenamed:   decode[IssueRenamed],
	TypeIssueDescribed: decode[IssueDescribed],
	TypeIssueMerged:    decode[IssueMerged],
	TypeIssueSplit:     decode[IssueSplit],
	TypeIssueRetired:   decode[IssueRetired],
	TypeIssueRevived:   decode[IssueRevived],
	TypeMomentDealt:    decode[MomentDealt],

	TypeSessionOpened:     decode[SessionOpened],
	TypeSessionCall:       decode[SessionCall],
	TypeMemberAdmitted:    decode[MemberAdmitted],
	TypeMemberRemoved:     decode[MemberRemoved],
	TypeHostChanged:       decode[HostChanged],
	TypeRoundOpened:       decode[RoundOpened],
	TypeRoundRevealed:     decode[RoundRevealed],
	TypeIssuesMatched:     decode[IssuesMatched],
	TypeConsensusRecorded: decode[ConsensusRecorded],
	TypeConsensusAdopted:  decode[ConsensusAdopted],
	TypeSessionClosed:     decode[SessionClosed],
}

func decode[B Body](raw json.RawMessage) (Body, error) {
	var b B
	err := json.Unmarshal(raw, &b)
	return b, err
}

// Decode returns the body of e, or nil for a type that this version does not
// know and for a tombstone of which nothing stayed: such an event is kept and
// changes nothing. It answers [BadEvent].
func Decode(e Event) (Body, error) {
	read, ok := decoders[e.Type]
	if !ok || e.V != Version || e.Tombstone() && string(e.Body) == "null" {
		return nil, nil
	}
	b, err := read(e.Body)
	if err != nil {
		return nil, review.Fail(BadEvent, review.Args{"id": e.ID}).Because(fmt.Errorf("read %s: %w", e.Type, err))
	}
	return b, nil
}

// Subjects are the uids of calls and the ids of issues and draws that b
// touches. When an event is undone or arrives late, these are derived again. A
// moment touches its call and not its issue, of which nothing follows from it:
// an issue with a hundred thousand moments is derived as quickly as a new one.
func Subjects(b Body) []string {
	switch b := b.(type) {
	case IssueFollowed:
		return []string{b.Issue}
	case CallMerged:
		return []string{b.From, b.Into}
	case DrawMade:
		return append([]string{b.Draw}, b.Calls...)
	case DrawClosed:
		return append([]string{b.Draw}, b.Calls...)
	case CallsForgotten:
		return b.Calls
	}
	if uid := CallOf(b); uid != "" {
		return []string{uid}
	}
	return issueSubjects(b)
}

// CallOf is the uid of the call that b is about, or "" when it is about none
// or many.
func CallOf(b Body) string {
	switch b := b.(type) {
	case MomentAdded:
		return b.Call
	case MomentMoved:
		return b.Call
	case MomentRemoved:
		return b.Call
	case WordsChanged:
		return b.Call
	case PraiseAdded:
		return b.Call
	case PraiseRemoved:
		return b.Call
	case CallHeard:
		return b.Call
	case CallSkipped:
		return b.Call
	case CallPicked:
		return b.Call
	case MomentDealt:
		return b.Call
	case ConsensusAdopted:
		return b.Call
	}
	return ""
}
