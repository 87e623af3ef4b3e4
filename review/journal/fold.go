package journal

import (
	"maps"
	"reflect"
	"slices"
	"sort"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
)

// State is what the tables must say, by call, issue and draw.
type State struct {
	Calls  map[string]*CallState
	Issues map[string]*IssueState
	Draws  map[string]*DrawState
}

// CallState is what the journal says of one call.
type CallState struct {
	State   review.State
	Scope   review.Scope
	Picked  bool
	Passed  bool // left unheard by a closed draw, whatever came after
	Draw    string
	Rank    int
	Played  float64
	HeardN  int64 // of the event that it was heard by; 0 when it was not
	Skip    review.SkipKind
	Reason  string
	Moments map[string]MomentState
	Praise  map[string]PraiseAdded
	Found   map[string]review.Scope // by issue: where the finding counts

	drawScope review.Scope
}

// MomentState is a moment, of the issue that it was tagged or dealt to last,
// and whether it counts, being tagged when an open draw held the call.
type MomentState struct {
	MomentAdded
	Counts bool
}

// IssueState is what the journal says of one issue.
type IssueState struct {
	Name    string
	Key     int
	Named   codebook.Naming // the first
	Retired bool
	codebook.Description
	Survivor string          // in which its moments count: itself, unless it was merged
	Split    bool            // its moments are being dealt
	Since    codebook.Naming // when all of it had a name
	Follow   Followed
}

// DrawState is what the journal says of one draw.
type DrawState struct {
	DrawMade
	Closed bool
}

// Fold tells the story of events from the start: sorted by [Before], each id
// once, without what was undone. It answers [BadEvent].
func Fold(events []Event) (*State, error) {
	s := &State{map[string]*CallState{}, map[string]*IssueState{}, map[string]*DrawState{}}
	story, err := active(events)
	if err != nil {
		return nil, err
	}
	contacts, err := contactsIn(story)
	if err != nil {
		return nil, err
	}
	var steps []codebook.Step
	for _, e := range story {
		changes, err := Changes(e)
		if err != nil {
			return nil, err
		}
		for _, c := range changes {
			s.apply(contacts.About(c))
		}
		body, err := Decode(e)
		if err != nil {
			return nil, err
		}
		if step, ok := Step(body); ok {
			steps = append(steps, step)
		}
	}
	s.traced(steps)
	return s, nil
}

// contactsIn are the merges of calls that a story tells.
func contactsIn(story []Event) (Contacts, error) {
	var merges []CallMerged
	for _, e := range story {
		if e.Type != TypeCallMerged {
			continue
		}
		body, err := Decode(e)
		if err != nil {
			return nil, err
		}
		if m, ok := body.(CallMerged); ok {
			merges = append(merges, m)
		}
	}
	return MergeCalls(merges), nil
}

// active sorts events, drops repeats, and leaves out what is undone. An undo
// comes after what it undoes, so reading backwards each event's own standing
// is settled before it can undo another.
func active(events []Event) ([]Event, error) {
	byID := make(map[string]Event, len(events))
	for _, e := range events {
		byID[e.ID] = e
	}
	story := make([]Event, 0, len(byID))
	for _, e := range byID {
		story = append(story, e)
	}
	sort.Slice(story, func(i, j int) bool { return Before(story[i], story[j]) })
	undone := map[string]bool{}
	for i := len(story) - 1; i >= 0; i-- {
		e := story[i]
		if e.Type != TypeUndone || undone[e.ID] {
			continue
		}
		body, err := Decode(e)
		if err != nil {
			return nil, err
		}
		u, _ := body.(Undone)
		for _, id := range u.Of {
			if t, ok := byID[id]; ok && CanUndo(e, t) {
				undone[id] = true
			}
		}
	}
	kept := story[:0]
	for _, e := range story {
		if !undone[e.ID] {
			kept = append(kept, e)
		}
	}
	return kept, nil
}

// CanUndo reports whether the "undone" event u may take t out of the story:
// it is the same author's, earlier, and undoable or itself an undo.
func CanUndo(u, t Event) bool {
	return u.Author == t.Author && Before(t, u) && (Undoable(t.Type) || t.Type == TypeUndone)
}

// Differences names what got, the tables of a library, says otherwise than s:
// calls, issues and draws, in order. A call that the library does not hold is
// passed over: what was said of it waits for it.
func (s *State) Differences(got *State) []string {
	var differ []string
	for uid, c := range got.Calls {
		if !same(s.call(uid), c) {
			differ = append(differ, uid)
		}
	}
	for id := range union(s.Issues, got.Issues) {
		if a, b := s.Issues[id], got.Issues[id]; a == nil || b == nil || *a != *b {
			differ = append(differ, id)
		}
	}
	for id := range union(s.Draws, got.Draws) {
		if a, b := s.Draws[id], got.Draws[id]; a == nil || b == nil || !reflect.DeepEqual(*a, *b) {
			differ = append(differ, id)
		}
	}
	slices.Sort(differ)
	return differ
}

func same(want, got *CallState) bool {
	return maps.Equal(want.Moments, got.Moments) && maps.Equal(want.Praise, got.Praise) &&
		maps.Equal(want.Found, got.Found) && want.standing() == got.standing()
}

// standing is the call's state without what hangs on it, for comparison.
func (c *CallState) standing() any {
	return [...]any{c.State, c.Scope, c.Picked, c.Passed, c.Draw, c.Rank, c.Played, c.HeardN, c.Skip, c.Reason}
}

func union[V any](a, b map[string]V) map[string]bool {
	all := map[string]bool{}
	for id := range a {
		all[id] = true
	}
	for id := range b {
		all[id] = true
	}
	return all
}

func (s *State) call(uid string) *CallState {
	c := s.Calls[uid]
	if c == nil {
		c = &CallState{State: review.New, Moments: map[string]MomentState{}, Praise: map[string]PraiseAdded{}}
		s.Calls[uid] = c
	}
	return c
}

func (s *State) apply(c Change) {
	switch c := c.(type) {
	case NameIssue, KeyIssue, RenameIssue, DescribeIssue, RetireIssue, TraceIssue:
		s.applyIssue(c)
	case FollowIssue:
		if i := s.Issues[c.Issue]; i != nil {
			i.Follow = i.Follow.apply(c)
		}
	case RecordDraw:
		s.Draws[c.Draw] = &DrawState{DrawMade: c.DrawMade}
	case EndDraw:
		if d := s.Draws[c.Draw]; d != nil {
			d.Closed = true
		}
	default:
		s.call(c.Subject()).apply(c)
	}
}

func (c *CallState) apply(change Change) {
	switch m := change.(type) {
	case AddMoment:
		c.Moments[m.Moment] = MomentState{m.MomentAdded, c.held()}
		c.Picked = c.Picked || !c.held()
	case MoveMoment:
		if was, ok := c.Moments[m.Moment]; ok {
			was.At, was.Until = m.At, m.Until
			c.Moments[m.Moment] = was
		}
	case DealMoment:
		if was, ok := c.Moments[m.Moment]; ok {
			was.Issue = m.Issue
			c.Moments[m.Moment] = was
		}
	case RemoveMoment:
		delete(c.Moments, m.Moment)
	case SetWords:
		c.setWords(m)
	case AddPraise:
		c.Praise[m.Praise] = m.PraiseAdded
		c.Picked = c.Picked || !c.held()
	case RemovePraise:
		delete(c.Praise, m.Praise)
	default:
		c.stand(change)
	}
}

// stand applies the changes to how the call stands as a whole.
func (c *CallState) stand(change Change) {
	switch m := change.(type) {
	case HearCall:
		c.finish(review.Heard)
		c.Played, c.HeardN = m.Played, m.N
	case SkipCall:
		c.finish(review.Skipped)
		c.Skip, c.Reason = m.Kind, m.Reason
	case PickCall:
		c.Picked = c.Picked || !c.held()
	case DrawCall:
		if c.Draw == "" || c.Passed {
			c.Draw, c.Rank, c.drawScope = m.Draw, m.Rank, m.Scope
			c.State, c.Scope, c.Passed = review.Drawn, review.Nowhere, false
			c.Played, c.HeardN, c.Skip, c.Reason = 0, 0, "", ""
		}
	case PassCall:
		if c.State == review.Drawn && c.Draw == m.Draw {
			c.State, c.Passed = review.NotReached, true
		}
	}
}

// held reports whether a draw holds the call, so that what is said counts.
func (c *CallState) held() bool { return c.Draw != "" && !c.Passed }

func (c *CallState) finish(state review.State) {
	c.State, c.Scope = state, review.Nowhere
	c.Played, c.HeardN, c.Skip, c.Reason = 0, 0, "", ""
	if c.held() {
		c.Scope = c.drawScope
	} else {
		c.Picked = true
	}
}

func (c *CallState) setWords(m SetWords) {
	if was, ok := c.Moments[m.Of]; ok {
		was.Words = m.Words
		c.Moments[m.Of] = was
	}
	if was, ok := c.Praise[m.Of]; ok {
		was.Words = m.Words
		c.Praise[m.Of] = was
	}
}

// findings are the issues of the call in which a moment counts, with the scope
// in which each does.
func (c *CallState) findings(l codebook.Lineage) map[string]review.Scope {
	found := map[string]review.Scope{}
	for _, m := range c.Moments {
		issue := l.Survivor(m.Issue)
		scope := found[issue]
		if m.Counts && c.State == review.Heard {
			scope = c.Scope
		}
		found[issue] = scope
	}
	return found
}
