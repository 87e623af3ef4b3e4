package main

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
)

type followCmd struct {
	Issue string  `arg:"" help:"arg_issue"`
	Owner *string `help:"owner" placeholder:"NAME"`
	State string  `enum:",open,fixing,fixed" default:"" help:"progress"`
	On    string  `help:"fixed_on" placeholder:"DAY"`
	Next  *string `help:"next_step" placeholder:"TEXT"`
}

// Validate is called by the parser: only what is fixed has a day of it.
func (c *followCmd) Validate() error {
	if c.On != "" && c.State != "" && c.State != string(review.Fixed) {
		return errors.New("ISSUE --state=fixed --on=DAY")
	}
	return nil
}

// way is who sees to an issue, how far they are and what comes next.
type way struct {
	State    review.Progress `json:"state"`
	Owner    string          `json:"owner"`
	FixedOn  string          `json:"fixed_on"` // a day; "" unless it is fixed
	NextStep string          `json:"next_step"`
}

func toWay(f review.Follow) way { return way{f.State, f.Owner, f.On, f.Next} }

// Run says what is arranged about an issue, after setting what was given.
func (c *followCmd) Run(ctx context.Context, s *session) error {
	issue, err := s.IssueCalled(ctx, c.Issue)
	if err != nil {
		return err
	}
	follow := c.change(issue.Follow)
	if follow != issue.Follow {
		if err := s.Follow(ctx, issue.ID, follow); err != nil {
			return err
		}
		if issue, err = s.IssueCalled(ctx, issue.ID); err != nil {
			return err
		}
	}
	out := struct {
		Issue string `json:"issue"`
		way
	}{issue.Name, toWay(issue.Follow)}
	return s.answer(out, func(w io.Writer) {
		s.heads(w, "issue", "state", "owner", "next")
		row(w, append([]string{out.Issue}, s.wayCells(out.way)...)...)
	})
}

// change is f with what the command line gives; a day of a fix alone says that
// it is fixed.
func (c *followCmd) change(f review.Follow) review.Follow {
	if c.Owner != nil {
		f.Owner = *c.Owner
	}
	if c.Next != nil {
		f.Next = *c.Next
	}
	if c.On != "" {
		f.State, f.On = review.Fixed, c.On
	}
	if c.State != "" {
		f.State = review.Progress(c.State)
	}
	return f
}

// wayCells are the cells of a table for people: state, owner, next step.
func (s *session) wayCells(w way) []string {
	state := string(w.State) // one that a newer version knows is told as it is
	if key, ok := states[w.State]; ok {
		fixed := review.Follow{On: w.FixedOn}.Since(time.Local)
		state = s.texts.Say(key, review.Args{"day": s.texts.Date(fixed, time.Local)})
	}
	return []string{state, w.Owner, w.NextStep}
}

var states = map[review.Progress]text.Key{
	review.Open: "rank.state_open", review.Fixing: "rank.state_fixing", review.Fixed: "rank.state_fixed",
}
