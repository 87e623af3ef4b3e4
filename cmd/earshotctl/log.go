package main

import (
	"context"
	"io"
	"time"

	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

type logCmd struct {
	List   logListCmd   `cmd:"" default:"withargs" help:"log_list"`
	Verify logVerifyCmd `cmd:"" help:"log_verify"`
	Export logExportCmd `cmd:"" help:"log_export"`
}

type logListCmd struct{}

type logged struct {
	At     string  `json:"at"`
	Kind   string  `json:"kind"` // heard or shown
	Author string  `json:"author"`
	Call   string  `json:"call"`
	Heard  float64 `json:"heard,omitempty"` // seconds of speech
	Shown  string  `json:"shown,omitempty"`
	Reason string  `json:"reason,omitempty"`
	Digest string  `json:"digest,omitempty"`

	at time.Time
}

func toLogged(l desk.Logged) logged {
	out := logged{
		At: instant(l.At), Kind: "heard", Author: l.Author, Call: l.Call, Heard: l.Heard.Seconds(), Shown: l.Shown, Reason: l.Reason,
		Digest: l.Digest, at: l.At,
	}
	if l.Shown != "" {
		out.Kind = "shown"
	}
	return out
}

// Run lists who heard and saw what.
func (logListCmd) Run(ctx context.Context, s *session) error {
	all, err := s.Log(ctx)
	if err != nil {
		return err
	}
	rows := []logged{}
	for _, l := range all {
		rows = append(rows, toLogged(l))
	}
	return s.answer(rows, func(w io.Writer) {
		if len(rows) == 0 {
			row(w, s.texts.Say("privacy.log.empty", nil))
		}
		for _, r := range rows {
			if r.Shown == "" {
				row(w, local(r.at), r.Author, r.Call, s.texts.Length(time.Duration(r.Heard*float64(time.Second))))
			} else {
				row(w, local(r.at), r.Author, r.Call, r.Shown, r.Reason)
			}
		}
	})
}

type logVerifyCmd struct{}

// Run checks the chain of the listening log.
func (logVerifyCmd) Run(ctx context.Context, s *session) error {
	v, err := s.VerifyLog(ctx)
	if err != nil {
		return err
	}
	out := struct {
		OK     bool    `json:"ok"`
		Rows   int64   `json:"rows"`
		Broken []int64 `json:"broken"`
		Last   string  `json:"last"`
	}{len(v.Broken) == 0, v.Rows, orEmpty(v.Broken), v.Last}
	err = s.answer(out, func(w io.Writer) { row(w, s.logVerdict(v)) })
	if err == nil && !out.OK {
		err = errNo
	}
	return err
}

func (s *session) logVerdict(v desk.LogVerdict) string {
	switch {
	case len(v.Broken) > 0:
		return s.texts.Say("privacy.log.broken", review.Args{"n": len(v.Broken)})
	case v.Rows == 0:
		return s.texts.Say("privacy.log.empty", nil)
	}
	return s.texts.Say("privacy.log.holds", review.Args{"n": v.Rows, "digest": v.Last})
}

type logExportCmd struct {
	Output string `short:"o" help:"output" placeholder:"FILE"`

	formatFlags `embed:""`
}

// Run writes the log as CSV.
func (c *logExportCmd) Run(ctx context.Context, s *session) error {
	format, err := c.options(s.program).Format()
	if err != nil {
		return err
	}
	all, err := s.Log(ctx)
	if err != nil {
		return err
	}
	return s.writes(ctx, c.Output, "", func(w io.Writer) error { return csv.WriteLog(w, format, all) })
}
