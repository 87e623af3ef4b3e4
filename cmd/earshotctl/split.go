package main

import (
	"context"
	"io"

	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/desk"
)

type codebookSplitCmd struct {
	Issue    string   `arg:"" help:"arg_issue"`
	Children []string `arg:"" optional:"" name:"child" help:"arg_child"`
}

type codebookDealCmd struct {
	Moment string `arg:"" help:"arg_moment"`
	Child  string `arg:"" help:"arg_part"`
}

// splitShown is how far a split is.
type splitShown struct {
	Issue    string        `json:"issue"`
	Children []entryShown  `json:"children"`
	ToLookAt int           `json:"to_look_at"`
	Moments  []momentShown `json:"moments"` // still to be dealt
}

type momentShown struct {
	Moment string  `json:"moment"`
	Call   string  `json:"call"`
	At     float64 `json:"at"`
	Words  string  `json:"words"`
}

// Run splits an issue; without children it says what is left to be dealt.
func (c *codebookSplitCmd) Run(ctx context.Context, s *session) error {
	e, err := s.Entry(ctx, c.Issue)
	if err != nil {
		return err
	}
	if len(c.Children) > 0 || len(e.Parts) == 0 {
		if _, err := s.Split(ctx, e.ID, c.Children); err != nil {
			return err
		}
	}
	return s.showSplit(ctx, e.ID)
}

func (s *session) showSplit(ctx context.Context, id string) error {
	entries, err := s.Codebook(ctx)
	if err != nil {
		return err
	}
	e, _ := codebook.Find(entries, id)
	out := splitShown{Issue: e.Name, Children: []entryShown{}, ToLookAt: e.ToLookAt, Moments: []momentShown{}}
	for _, id := range e.Parts {
		if part, ok := codebook.Find(entries, id); ok {
			out.Children = append(out.Children, toEntry(part))
		}
	}
	for heard, err := range s.Moments(ctx, desk.Filter{}, e.ID) {
		if err != nil {
			return err
		}
		m := heard.Moment
		out.Moments = append(out.Moments, momentShown{m.ID, m.Call, m.At.Seconds(), m.Words})
	}
	return s.answer(out, func(w io.Writer) {
		s.printEntries(w, out.Children)
		for _, m := range out.Moments {
			row(w, m.Moment, m.Call, s.texts.Decimal(m.At, 1), m.Words)
		}
	})
}

// Run gives a moment to a part of what its issue was split into.
func (c *codebookDealCmd) Run(ctx context.Context, s *session) error {
	return s.onIssue(ctx, c.Child, func(id string) error { return s.Deal(ctx, c.Moment, id) })
}
