package journal

import "github.com/earshot-app/earshot/review"

// TypeIssueFollowed is what a leader arranged about an issue.
const TypeIssueFollowed Type = "issue.followed"

// IssueFollowed says who sees to an issue, how far they are and what comes
// next. It says all of it each time.
type IssueFollowed struct {
	Issue string          `json:"issue"`
	Owner string          `json:"owner,omitempty"`
	State review.Progress `json:"state"`
	On    string          `json:"on,omitempty"` // the day of the fix, as 2026-11-10
	Next  string          `json:"next,omitempty"`
}

// Type implements [Body].
func (IssueFollowed) Type() Type { return TypeIssueFollowed }

// FollowIssue sets who sees to an issue. N is the event's: what was drawn after
// the issue was chosen for fixing tells of it without the luck of the choice.
type FollowIssue struct {
	IssueFollowed
	N int64
}

// Subject implements [Change].
func (c FollowIssue) Subject() string { return c.Issue }

// Followed is what the journal says of the way of an issue.
type Followed struct {
	review.Follow
	// ChosenN is of the event since which it is being fixed or fixed; 0 while it
	// is open.
	ChosenN int64
}

// unfollowed is how every issue begins.
var unfollowed = Followed{Follow: review.Follow{State: review.Open}}

func (f Followed) apply(c FollowIssue) Followed {
	f.Follow = review.Follow{Owner: c.Owner, State: c.State, On: c.On, Next: c.Next}
	switch {
	case c.State == review.Open:
		f.ChosenN = 0
	case f.ChosenN == 0:
		f.ChosenN = c.N
	}
	return f
}
