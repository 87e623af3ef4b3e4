package main

import (
	"context"
	"fmt"
	"io"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

type heardCmd struct {
	UID    string  `arg:"" help:"arg_uid"`
	Played float64 `help:"played" default:"1" placeholder:"PART"`
}

// stood says how a call stands after an act.
type stood struct {
	UID   string       `json:"uid"`
	State review.State `json:"state"`
}

func (s *session) stands(ctx context.Context, uid string) error {
	v, err := s.View(ctx, uid)
	if err != nil {
		return err
	}
	out := stood{uid, v.Call.State}
	return s.answer(out, func(w io.Writer) { row(w, out.UID, string(out.State)) })
}

// Run finishes a call.
func (c *heardCmd) Run(ctx context.Context, s *session) error {
	if err := s.Hear(ctx, c.UID, c.Played); err != nil {
		return err
	}
	return s.stands(ctx, c.UID)
}

type skipCmd struct {
	UID    string `arg:"" help:"arg_uid"`
	Kind   string `required:"" enum:"not-customer,not-heard" help:"kind"`
	Reason string `required:"" help:"reason" placeholder:"TEXT"`
}

// Run skips a call.
func (c *skipCmd) Run(ctx context.Context, s *session) error {
	if err := s.Skip(ctx, c.UID, review.SkipKind(c.Kind), c.Reason); err != nil {
		return err
	}
	return s.stands(ctx, c.UID)
}

type tagCmd struct {
	UID   string  `arg:"" help:"arg_uid"`
	Issue string  `required:"" help:"issue" placeholder:"NAME"`
	At    float64 `required:"" help:"at" placeholder:"SECONDS"`
	Until float64 `help:"until" placeholder:"SECONDS"`
	Words string  `help:"words_of" placeholder:"TEXT"`
}

// Run tags an issue at a moment.
func (c *tagCmd) Run(ctx context.Context, s *session) error {
	tagged, err := s.Tag(ctx, desk.TagRequest{
		Call: c.UID, Issue: c.Issue, At: seconds(c.At), Until: seconds(c.Until), Words: c.Words,
	})
	if err != nil {
		return err
	}
	m := tagged.Moment
	out := struct {
		Moment string `json:"moment"`
		Issue  string `json:"issue"`
		Named  bool   `json:"named"`
	}{m.ID, m.Issue, tagged.Named}
	return s.answer(out, func(w io.Writer) { row(w, m.ID, m.Issue) })
}

type untagCmd struct {
	Moment string `arg:"" help:"arg_moment"`
}

// Run removes a moment.
func (c *untagCmd) Run(ctx context.Context, s *session) error {
	if err := s.Untag(ctx, c.Moment); err != nil {
		return err
	}
	return s.momentDone(c.Moment)
}

type wordsCmd struct {
	Moment string `arg:"" help:"arg_moment"`
	Text   string `arg:"" help:"arg_text"`
}

// Run sets the words of a moment or praise.
func (c *wordsCmd) Run(ctx context.Context, s *session) error {
	if err := s.SetWords(ctx, c.Moment, c.Text); err != nil {
		return err
	}
	return s.momentDone(c.Moment)
}

func (s *session) momentDone(id string) error {
	out := struct {
		Moment string `json:"moment"`
	}{id}
	return s.answer(out, func(w io.Writer) { row(w, id) })
}

type praiseCmd struct {
	UID   string  `arg:"" help:"arg_uid"`
	At    float64 `required:"" help:"at" placeholder:"SECONDS"`
	Words string  `help:"words_of" placeholder:"TEXT"`
}

// Run marks a moment of praise.
func (c *praiseCmd) Run(ctx context.Context, s *session) error {
	p, err := s.Praise(ctx, c.UID, seconds(c.At), c.Words)
	if err != nil {
		return err
	}
	out := struct {
		Praise string `json:"praise"`
	}{p.ID}
	return s.answer(out, func(w io.Writer) { row(w, p.ID) })
}

type (
	undoCmd struct{}
	redoCmd struct{}
)

// step is an act that was undone or done again.
type step struct {
	Undone journal.Type `json:"undone,omitempty"`
	Redone journal.Type `json:"redone,omitempty"`
	Call   string       `json:"call,omitempty"`
}

// Run takes the last act back.
func (undoCmd) Run(ctx context.Context, s *session) error {
	done, err := s.Undo(ctx)
	if err != nil {
		return err
	}
	return s.answer(step{Undone: done.Type, Call: done.Call}, func(w io.Writer) { row(w, string(done.Type), done.Call) })
}

// Run brings back what undo took.
func (redoCmd) Run(ctx context.Context, s *session) error {
	done, err := s.Redo(ctx)
	if err != nil {
		return err
	}
	return s.answer(step{Redone: done.Type, Call: done.Call}, func(w io.Writer) { row(w, string(done.Type), done.Call) })
}

type eventsCmd struct {
	Since string `help:"since" placeholder:"ID"`
}

// Run prints the journal: with --json each event as it was signed.
func (c *eventsCmd) Run(ctx context.Context, s *session) error {
	events := []journal.Event{}
	for e, err := range s.Events(ctx, c.Since) {
		if err != nil {
			return err
		}
		events = append(events, e.Event)
	}
	return s.answer(events, func(w io.Writer) {
		for _, e := range events {
			row(w, e.ID, local(e.Time()), string(e.Type), e.Author, string(e.Body))
		}
	})
}

type issuesCmd struct{}

// Run lists the codebook.
func (issuesCmd) Run(ctx context.Context, s *session) error {
	issues, err := s.Issues(ctx)
	if err != nil {
		return err
	}
	type issueRow struct {
		ID    string `json:"id"`
		Name  string `json:"name"`
		Key   int    `json:"key"`
		Calls int    `json:"calls"`
		way
	}
	rows := []issueRow{}
	for _, i := range issues {
		rows = append(rows, issueRow{i.ID, i.Name, i.Key, i.Calls, toWay(i.Follow)})
	}
	return s.answer(rows, func(w io.Writer) {
		s.heads(w, "key", "issue", "calls", "state", "owner", "next")
		for _, r := range rows {
			row(w, append([]string{fmt.Sprint(r.Key), r.Name, s.texts.Int(r.Calls)}, s.wayCells(r.way)...)...)
		}
	})
}
