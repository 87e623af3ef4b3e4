package main

import (
	"context"
	"io"
	"time"

	"github.com/earshot-app/earshot/review"
)

type retentionCmd struct {
	Show    retentionShowCmd    `cmd:"" default:"withargs" help:"retention_show"`
	Set     retentionSetCmd     `cmd:"" help:"retention_set"`
	Preview retentionPreviewCmd `cmd:"" help:"retention_preview"`
	Run     retentionRunCmd     `cmd:"" help:"retention_run"`
}

type retained struct {
	Days  int    `json:"days"` // 0 for ever
	Older int64  `json:"older"`
	Last  string `json:"last,omitempty"`

	last time.Time
}

func (s *session) retained(ctx context.Context) (retained, error) {
	r, err := s.Retention(ctx)
	out := retained{Days: r.Days, last: r.Last}
	if !r.Last.IsZero() {
		out.Last = instant(r.Last)
	}
	if err == nil && r.Days > 0 {
		out.Older, err = s.Older(ctx, r.Days)
	}
	return out, err
}

type retentionShowCmd struct{}

// Run says how long calls are kept.
func (retentionShowCmd) Run(ctx context.Context, s *session) error {
	out, err := s.retained(ctx)
	if err != nil {
		return err
	}
	return s.answer(out, func(w io.Writer) {
		if out.Days == 0 {
			row(w, s.texts.Say("privacy.retention.off", nil))
			return
		}
		row(w, s.texts.Say("privacy.retention.days", review.Args{"n": out.Days}))
		row(w, s.texts.Say("privacy.retention.older", review.Args{"n": out.Older}))
		if out.Last != "" {
			row(w, s.texts.Say("privacy.retention.last", review.Args{"at": local(out.last)}))
		}
	})
}

type retentionSetCmd struct {
	Days int `arg:"" help:"retention_days"`
}

// Run settles how long calls are kept; what is older goes with the next run.
func (c *retentionSetCmd) Run(ctx context.Context, s *session) error {
	if err := s.SetRetention(ctx, c.Days); err != nil {
		return err
	}
	return retentionShowCmd{}.Run(ctx, s)
}

type retentionPreviewCmd struct {
	Days int `arg:"" help:"retention_days"`
}

// Run counts what would be forgotten.
func (c *retentionPreviewCmd) Run(ctx context.Context, s *session) error {
	n, err := s.Older(ctx, c.Days)
	if err != nil {
		return err
	}
	return s.answer(retained{Days: c.Days, Older: n}, func(w io.Writer) {
		row(w, s.texts.Say("privacy.retention.older", review.Args{"n": n}))
	})
}

type retentionRunCmd struct {
	Yes bool `help:"forget_yes"`
}

// Run forgets what is older than was settled.
func (c *retentionRunCmd) Run(ctx context.Context, s *session) error {
	was, err := s.retained(ctx)
	if err != nil {
		return err
	}
	if was.Older > 0 {
		if err := s.confirm("forget.question", int(was.Older), c.Yes); err != nil {
			return err
		}
	}
	done, err := s.Retain(ctx, nil)
	if err != nil {
		return err
	}
	return s.forgot(done)
}
