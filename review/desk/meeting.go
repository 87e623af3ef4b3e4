package desk

import (
	"context"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/ranking"
)

// MeetingIssues is how many issues a team meeting decides about.
const MeetingIssues = 3

// An Agenda is what a leader chose to bring to the next team meeting. What is
// not chosen, "" or nil, [Desk.Meeting] chooses.
type Agenda struct {
	Story  string   // id of a moment with the customer's words
	Praise string   // id
	Issues []string // ids
}

// Praised is a praise with its call.
type Praised struct {
	Praise review.Praise
	Call   review.Call
}

// A Meeting is what there is to hear and to decide in a team meeting.
type Meeting struct {
	Ranked Ranked           // of the period that the meeting looks at
	Issues []ranking.Ranked // at most [MeetingIssues], in the order of the ranking
	Story  *Heard           // nil where no words were noted
	Praise *Praised         // nil where nobody was praised
}

// Meeting answers what was chosen for the next meeting. For what was not, or is
// gone, stand the issues that come up most, the newest words about the first of
// them that has some, and the newest praise.
func (d *Desk) Meeting(ctx context.Context, f Filter) (Meeting, error) {
	chosen, err := d.store.Agenda(ctx)
	if err != nil {
		return Meeting{}, err
	}
	m := Meeting{}
	if m.Ranked, err = d.Rank(ctx, f); err != nil {
		return m, err
	}
	m.Issues = decided(m.Ranked.Issues, chosen.Issues)
	if m.Story, err = d.story(ctx, chosen.Story, m.Issues); err != nil {
		return m, err
	}
	m.Praise, err = first(d.store.Praised(ctx, chosen.Praise, 1))
	if err == nil && m.Praise == nil && chosen.Praise != "" {
		m.Praise, err = first(d.store.Praised(ctx, "", 1))
	}
	return m, err
}

// decided are the chosen issues, filled up with those that come up most.
func decided(ranked []ranking.Ranked, chosen []string) []ranking.Ranked {
	places := func(want bool) (at []int) {
		for i, r := range ranked {
			if slices.Contains(chosen, r.ID) == want {
				at = append(at, i)
			}
		}
		return at
	}
	at := append(places(true), places(false)...)
	at = at[:min(len(at), MeetingIssues)]
	slices.Sort(at)
	var out []ranking.Ranked
	for _, i := range at {
		out = append(out, ranked[i])
	}
	return out
}

// story is the chosen moment, or the newest words about the first of the issues
// that has some, or the newest words at all.
func (d *Desk) story(ctx context.Context, chosen string, issues []ranking.Ranked) (*Heard, error) {
	asked := []SaidOf{{}}
	for _, issue := range slices.Backward(issues) {
		asked = append(asked, SaidOf{Issue: issue.ID})
	}
	if chosen != "" {
		asked = append(asked, SaidOf{Moment: chosen})
	}
	for _, of := range slices.Backward(asked) {
		if story, err := first(d.store.Said(ctx, of, 1)); story != nil || err != nil {
			return story, err
		}
	}
	return nil, nil
}

func first[T any](all []T, err error) (*T, error) {
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// Agenda is what was chosen for the next meeting.
func (d *Desk) Agenda(ctx context.Context) (Agenda, error) { return d.store.Agenda(ctx) }

// SetAgenda keeps what is chosen for the next meeting.
func (d *Desk) SetAgenda(ctx context.Context, a Agenda) error { return d.store.SaveAgenda(ctx, a) }

// A SaidOf asks for what customers said about an issue or in one moment; the
// zero one for all they said. Both are ids.
type SaidOf struct{ Issue, Moment string }

// Said are the newest moments with the customer's words, at most so many.
func (d *Desk) Said(ctx context.Context, of SaidOf, most int) ([]Heard, error) {
	return d.store.Said(ctx, of, most)
}

// Praised are the newest praises, at most so many.
func (d *Desk) Praised(ctx context.Context, most int) ([]Praised, error) {
	return d.store.Praised(ctx, "", most)
}
