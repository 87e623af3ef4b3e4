package journal

import "github.com/earshot-app/earshot/review"

// A Change is one thing that an event does to the derived tables. The set is
// closed: data/sqlite runs each as statements and [Fold] on maps.
//
// A change that names something unknown does nothing, and one that is run
// twice changes nothing the second time.
type Change interface {
	// Subject is the call, issue or draw that the change touches.
	Subject() string
}

// AddMoment adds a moment. It counts if a draw held its call by then; if none
// did, the call was picked.
type AddMoment struct{ MomentAdded }

// MoveMoment gives a moment another time.
type MoveMoment struct{ MomentMoved }

// RemoveMoment removes a moment, and its finding with the last one.
type RemoveMoment struct{ MomentRemoved }

// SetWords sets the words of a moment or praise.
type SetWords struct{ WordsChanged }

// AddPraise adds a praise; on a call that no draw held, the call was picked.
type AddPraise struct{ PraiseAdded }

// RemovePraise removes a praise.
type RemovePraise struct{ PraiseRemoved }

// HearCall sets a call heard. It gets its draw's scope, or was picked when no
// open draw held it. N is the event's, which orders hearing and naming.
type HearCall struct {
	CallHeard
	N int64
}

// SkipCall sets a call skipped, with the scope as for [HearCall].
type SkipCall struct{ CallSkipped }

// PickCall marks a call as opened by hand, unless a draw holds it.
type PickCall struct{ CallPicked }

// NameIssue adds an issue to the codebook, or gives it another name. N and
// Event are the event's; the first that named the issue counts.
type NameIssue struct {
	IssueNamed
	N     int64
	Event string
}

// KeyIssue gives an issue a key, or takes it with 0.
type KeyIssue struct {
	Issue string
	Key   int
}

// RecordDraw stores a draw.
type RecordDraw struct {
	DrawMade
	At int64 // Unix milliseconds
}

// DrawCall puts a call into a draw. What was said of the call before does not
// count; it is to be heard again. A call that is in a draw stays there, unless
// that was closed without hearing it: of a contact that was drawn twice, as two
// calls, the first that can still be heard counts.
type DrawCall struct {
	Call, Draw string
	Rank       int
	Scope      review.Scope
}

// EndDraw closes a draw.
type EndDraw struct {
	Draw string
	At   int64 // Unix milliseconds
}

// PassCall leaves a call of a closed draw unheard, unless it was finished or
// another draw holds it.
type PassCall struct{ Call, Draw string }

// Subject implements [Change].
func (c AddMoment) Subject() string { return c.Call }

// Subject implements [Change].
func (c MoveMoment) Subject() string { return c.Call }

// Subject implements [Change].
func (c RemoveMoment) Subject() string { return c.Call }

// Subject implements [Change].
func (c SetWords) Subject() string { return c.Call }

// Subject implements [Change].
func (c AddPraise) Subject() string { return c.Call }

// Subject implements [Change].
func (c RemovePraise) Subject() string { return c.Call }

// Subject implements [Change].
func (c HearCall) Subject() string { return c.Call }

// Subject implements [Change].
func (c SkipCall) Subject() string { return c.Call }

// Subject implements [Change].
func (c PickCall) Subject() string { return c.Call }

// Subject implements [Change].
func (c NameIssue) Subject() string { return c.Issue }

// Subject implements [Change].
func (c KeyIssue) Subject() string { return c.Issue }

// Subject implements [Change].
func (c RecordDraw) Subject() string { return c.Draw }

// Subject implements [Change].
func (c DrawCall) Subject() string { return c.Call }

// Subject implements [Change].
func (c EndDraw) Subject() string { return c.Draw }

// Subject implements [Change].
func (c PassCall) Subject() string { return c.Call }

// Changes answers what e does, in order. An "undone" and a merge of calls have
// none of their own: their subjects are derived again. It answers [BadEvent].
func Changes(e Event) ([]Change, error) {
	body, err := Decode(e)
	if err != nil || body == nil {
		return nil, err
	}
	return ChangesOf(e, body), nil
}

// ChangesOf is [Changes] of an event whose body is decoded.
func ChangesOf(e Event, body Body) []Change {
	switch b := body.(type) {
	case DrawMade:
		return drawChanges(b, e.At)
	case DrawClosed:
		changes := []Change{EndDraw{b.Draw, e.At}}
		for _, uid := range b.Calls {
			changes = append(changes, PassCall{uid, b.Draw})
		}
		return changes
	}
	if changes, known := codebookChanges(body, e); known {
		return changes
	}
	if c := change(body, e.N); c != nil {
		return []Change{c}
	}
	return nil
}

func change(body Body, n int64) Change {
	switch b := body.(type) {
	case MomentAdded:
		return AddMoment{b}
	case MomentMoved:
		return MoveMoment{b}
	case MomentRemoved:
		return RemoveMoment{b}
	case WordsChanged:
		return SetWords{b}
	case PraiseAdded:
		if b.Praise == "" { // of a tombstone
			return PickCall{CallPicked{b.Call}}
		}
		return AddPraise{b}
	case PraiseRemoved:
		return RemovePraise{b}
	case CallHeard:
		return HearCall{b, n}
	case CallSkipped:
		return SkipCall{b}
	case CallPicked:
		return PickCall{b}
	case MomentDealt:
		return DealMoment{b}
	case IssueFollowed:
		return FollowIssue{b, n}
	}
	return nil
}

func drawChanges(b DrawMade, at int64) []Change {
	changes := make([]Change, 0, 1+len(b.Calls))
	changes = append(changes, RecordDraw{b, at})
	for i, uid := range b.Calls {
		changes = append(changes, DrawCall{Call: uid, Draw: b.Draw, Rank: i + 1, Scope: b.Scope})
	}
	return changes
}
