package main

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

type retentionCmd struct {
	Show    retentionShowCmd    `cmd:"" default:"withargs" help:"retention_show"`
	Set     retentionSetCmd     `cmd:"" help:"retention_set"`
	Preview retentionPreviewCmd `cmd:"" help:"retention_preview"`
	Run     retentionRunCmd     `cmd:"" help:"retention_run"`
}

type retentionShown struct {
	Kept []keptShown `json:"kept"`
	Last string      `json:"last,omitempty"`

	last time.Time
}

// keptShown is how long a part of calls is kept.
type keptShown struct {
	Part  desk.Part `json:"part"`
	Days  int       `json:"days"`  // 0 for ever
	Older int64     `json:"older"` // calls of which it would be forgotten now
}

func (s *session) retention(ctx context.Context) (retentionShown, error) {
	r, err := s.Retention(ctx)
	out := retentionShown{last: r.Last}
	if !r.Last.IsZero() {
		out.Last = instant(r.Last)
	}
	for _, part := range desk.PartsOfCalls {
		kept := keptShown{Part: part, Days: r.Days[part]}
		if err == nil && kept.Days > 0 {
			kept.Older, err = s.Older(ctx, part, kept.Days)
		}
		out.Kept = append(out.Kept, kept)
	}
	return out, err
}

func (s *session) older(w io.Writer, kept keptShown) {
	row(w, s.texts.Say("privacy.older."+text.Key(kept.Part), review.Args{"n": kept.Older}))
}

type retentionShowCmd struct{}

// Run says how long what calls hold is kept.
func (retentionShowCmd) Run(ctx context.Context, s *session) error {
	out, err := s.retention(ctx)
	if err != nil {
		return err
	}
	return s.answer(out, func(w io.Writer) {
		limited := false
		for _, kept := range out.Kept {
			if kept.Days > 0 {
				limited = true
				row(w, s.texts.Say("privacy.kept."+text.Key(kept.Part), review.Args{"n": kept.Days}))
				s.older(w, kept)
			}
		}
		if !limited {
			row(w, s.texts.Say("privacy.retention.off", nil))
		}
		if out.Last != "" {
			row(w, s.texts.Say("privacy.retention.last", review.Args{"at": local(out.last)}))
		}
	})
}

type retentionSetCmd struct {
	Days int    `arg:"" help:"retention_days"`
	Of   string `default:"calls" enum:"calls,words,names,paths" help:"retention_of"`
}

// Run settles how long a part of calls is kept; what is older goes with the next
// run.
func (c *retentionSetCmd) Run(ctx context.Context, s *session) error {
	if err := s.SetRetention(ctx, desk.Part(c.Of), c.Days); err != nil {
		return err
	}
	return retentionShowCmd{}.Run(ctx, s)
}

type retentionPreviewCmd struct {
	Days int    `arg:"" help:"retention_days"`
	Of   string `default:"calls" enum:"calls,words,names,paths" help:"retention_of"`
}

// Run counts the calls of which something would be forgotten.
func (c *retentionPreviewCmd) Run(ctx context.Context, s *session) error {
	out := keptShown{Part: desk.Part(c.Of), Days: c.Days}
	var err error
	if out.Older, err = s.Older(ctx, out.Part, c.Days); err != nil {
		return err
	}
	return s.answer(out, func(w io.Writer) { s.older(w, out) })
}

type retentionRunCmd struct {
	Yes bool `help:"forget_yes"`
}

type retainedShown struct {
	Forgot map[desk.Part]int `json:"forgot"` // calls
	Rows   bool              `json:"rows"`   // what rows told that have no recording is forgotten too
	Left   []string          `json:"left"`   // uids of older calls that an open session has
	Traces bool              `json:"traces"` // are left until the library is opened next
}

// Run forgets what is older than was settled.
func (c *retentionRunCmd) Run(ctx context.Context, s *session) error {
	if err := s.confirmRetaining(ctx, c.Yes); err != nil {
		return err
	}
	done, err := s.Retain(ctx, nil)
	if err != nil {
		return err
	}
	out := retainedShown{Forgot: done.Forgot, Rows: done.Rows, Left: append([]string{}, done.Left...), Traces: done.Traces}
	return s.answer(out, func(w io.Writer) { s.retained(w, out) })
}

// rowsNotConfirmed is answered where nothing but rows of tables has what is old, and
// nobody confirmed that it is to go.
const rowsNotConfirmed review.Code = "rows-not-confirmed"

// confirmRetaining asks a person where anything is to be forgotten.
func (s *session) confirmRetaining(ctx context.Context, confirmed bool) error {
	was, err := s.retention(ctx)
	if err != nil {
		return err
	}
	var older int64
	for _, kept := range was.Kept {
		older = max(older, kept.Older)
	}
	if older > 0 {
		n := review.Args{"n": int(older)}
		return s.confirm("privacy.question", review.Fail(notConfirmed, n), confirmed)
	}
	rows, err := s.OldRows(ctx)
	if err == nil && rows {
		err = s.confirm("privacy.question.rows", review.Fail(rowsNotConfirmed, nil), confirmed)
	}
	return err
}

func (s *session) retained(w io.Writer, out retainedShown) {
	for _, part := range desk.PartsOfCalls {
		if n := out.Forgot[part]; n > 0 {
			row(w, s.texts.Say("privacy.forgot."+text.Key(part), review.Args{"n": n}))
		}
	}
	if out.Rows {
		row(w, s.texts.Say("privacy.forgot.rows", nil))
	} else if len(out.Forgot) == 0 {
		row(w, s.texts.Say("privacy.retention.none", nil))
	}
	if n := len(out.Left); n > 0 {
		row(w, s.texts.Say("privacy.retention.left", review.Args{"n": n}), strings.Join(out.Left, " "))
	}
	if out.Traces {
		row(w, s.texts.Say("forget.traces", nil))
	}
}
