package desk

import (
	"cmp"
	"context"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// While a call of an open session is heard, the keys 1 to 9 are those of the issues
// that the session began with, in the order in which its host told them: a key means
// the same to everybody. Keys of several libraries would not go together, so nothing
// of it is sent or stored, and the next call that is none of a session's has the
// library's own keys again.

// inOrderOfKeys sorts issues as a new session is told them: those with a key first,
// by their keys, so that the host's keys are everybody's where none is left out.
func inOrderOfKeys(issues []review.Issue) {
	place := func(i review.Issue) int { return cmp.Or(i.Key, Keys+1) }
	slices.SortStableFunc(issues, func(a, b review.Issue) int { return place(a) - place(b) })
}

// sessionKeys gives issues the keys that they have while a call is heard, if it is
// one of an open session.
func (d *Desk) sessionKeys(ctx context.Context, uid string, issues []review.Issue) error {
	at, err := d.store.SessionPlace(ctx, uid)
	if err != nil || at.Session == "" {
		return err
	}
	named, err := d.store.SessionIssues(ctx, at.Session, Keys)
	if err != nil {
		return err
	}
	began, err := beganWith(named)
	if err == nil {
		rekey(issues, began)
	}
	return err
}

// beganWith are the issues of a session that its first host told when it was opened:
// the first, and said of no round.
func beganWith(named []journal.Event) ([]journal.IssueNamed, error) {
	var began []journal.IssueNamed
	for _, event := range named {
		body, err := journal.Decode(event)
		if err != nil {
			return nil, err
		}
		if issue, ok := body.(journal.IssueNamed); ok && event.Round == 0 && event.Author == named[0].Author {
			began = append(began, issue)
		}
	}
	return began, nil
}

// rekey gives issues the keys of a session, each to one. One that is none of the
// session's keeps its own if none of those has it.
func rekey(issues []review.Issue, began []journal.IssueNamed) {
	theirs := keysOf(issues, began)
	for n := range issues {
		own := &issues[n]
		switch key, ok := theirs[own.ID]; {
		case ok:
			own.Key = key
		case own.Key <= len(began):
			own.Key = 0
		}
	}
}

// keysOf are the keys of a session by the ids of the issues that have them here. An
// issue of another id and the same name has a key only where none is of its id: one
// that was renamed since may be called here as another is there.
func keysOf(issues []review.Issue, began []journal.IssueNamed) map[string]int {
	keys, given := map[string]int{}, make([]bool, len(began))
	for _, same := range []func(own review.Issue, i journal.IssueNamed) bool{
		func(own review.Issue, i journal.IssueNamed) bool { return own.ID == i.Issue },
		func(own review.Issue, i journal.IssueNamed) bool { return review.SameName(own.Name, i.Name) },
	} {
		for k, i := range began {
			n := slices.IndexFunc(issues, func(own review.Issue) bool { return keys[own.ID] == 0 && same(own, i) })
			if n >= 0 && !given[k] {
				keys[issues[n].ID], given[k] = k+1, true
			}
		}
	}
	return keys
}
