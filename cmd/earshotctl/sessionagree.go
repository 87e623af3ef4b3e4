package main

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	shared "github.com/earshot-app/earshot/review/session"
)

type sessionRevealCmd struct {
	Session sessionRef `arg:"" help:"arg_session"`
	Round   int        `help:"session_round" placeholder:"N"`
}

// Run reveals a call, or all.
func (c *sessionRevealCmd) Run(ctx context.Context, s *session) error {
	id, err := c.Session.of(ctx, s)
	if err != nil {
		return err
	}
	revealed, err := s.RevealRound(ctx, id, c.Round)
	if err != nil {
		return err
	}
	out := struct {
		Session  string `json:"session"`
		Revealed []int  `json:"revealed"`
	}{id, orEmpty(revealed)}
	return s.answer(out, func(w io.Writer) {
		row(w, s.texts.Say("ctl.session_revealed", review.Args{"n": len(revealed)}))
	})
}

type sessionMatchCmd struct {
	Session sessionRef `arg:"" help:"arg_session"`
	From    string     `required:"" help:"session_from" placeholder:"NAME"`
	Into    string     `required:"" help:"session_into" placeholder:"NAME"`
}

// Run lets two names count as one.
func (c *sessionMatchCmd) Run(ctx context.Context, s *session) error {
	return c.Session.act(ctx, s, func(ctx context.Context, id string) error {
		state, err := s.Session(ctx, id)
		if err != nil {
			return err
		}
		from, err1 := issueIn(state, c.From)
		into, err2 := issueIn(state, c.Into)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		return s.MatchIssues(ctx, id, from, into)
	})
}

// issueIn is the issue of a session that a person names, by its id or name.
func issueIn(state *shared.State, name string) (string, error) {
	if _, ok := state.Issues[name]; ok {
		return name, nil
	}
	var found []string
	for _, i := range state.Issues {
		if review.SameName(i.Name, strings.Join(strings.Fields(name), " ")) {
			found = append(found, i.ID)
		}
	}
	if len(found) == 0 {
		return "", review.Fail(review.NoIssue, review.Args{"name": name})
	}
	return slices.Min(found), nil // those of one name count as one
}

type sessionConsensusCmd struct {
	Session sessionRef `arg:"" help:"arg_session"`
	Round   int        `required:"" help:"session_round" placeholder:"N"`
	Issue   []string   `sep:"none" help:"session_issue" placeholder:"NAME=SECONDS"`
}

// Run records what everybody agreed on.
func (c *sessionConsensusCmd) Run(ctx context.Context, s *session) error {
	return c.Session.act(ctx, s, func(ctx context.Context, id string) error {
		state, err := s.Session(ctx, id)
		if err != nil {
			return err
		}
		var agreed []journal.Consensus
		for _, text := range c.Issue {
			i := strings.LastIndex(text, "=")
			at, err := strconv.ParseFloat(text[i+1:], 64)
			if i < 0 || err != nil {
				return review.Fail(review.BadArgument, review.Args{"name": "issue", "value": text})
			}
			issue, err := issueIn(state, text[:i])
			if err != nil {
				return err
			}
			agreed = append(agreed, journal.Consensus{Issue: issue, At: seconds(at).Milliseconds()})
		}
		return s.RecordConsensus(ctx, id, c.Round, agreed)
	})
}

type sessionAdoptCmd struct {
	Session sessionRef `arg:"" help:"arg_session"`
}

// Run makes the consensus this library's findings.
func (c *sessionAdoptCmd) Run(ctx context.Context, s *session) error {
	id, err := c.Session.of(ctx, s)
	if err != nil {
		return err
	}
	did, err := s.AdoptConsensus(ctx, id)
	if err != nil {
		return err
	}
	out := struct {
		Session string `json:"session"`
		Calls   int    `json:"calls"`
		Added   int    `json:"added"`
		Removed int    `json:"removed"`
		Named   int    `json:"named"`
	}{id, did.Calls, did.Added, did.Removed, did.Named}
	return s.answer(out, func(w io.Writer) {
		row(w, s.texts.Say("ctl.session_adopted", review.Args{"n": did.Calls, "added": did.Added, "removed": did.Removed}))
	})
}
