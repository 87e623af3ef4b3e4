package main

import (
	"context"
	"io"
)

type checkCmd struct{}

type checked struct {
	OK          bool     `json:"ok"`
	Integrity   string   `json:"integrity"`
	Events      int64    `json:"events"`
	Unsigned    int64    `json:"unsigned"`
	TablesAgree bool     `json:"tables_agree"`
	Differ      []string `json:"differ"`
	LastEvent   string   `json:"last_event"`
	Chain       string   `json:"chain"` // "ok" or "broken"
	Broken      []int    `json:"broken_draws"`
}

// Run reads the whole library and says whether all is well.
func (checkCmd) Run(ctx context.Context, s *session) error {
	c, err := s.Check(ctx)
	if err != nil {
		return err
	}
	out := checked{
		OK: c.OK(), Integrity: c.Integrity, Events: c.Events, Unsigned: c.Unsigned, TablesAgree: len(c.Differ) == 0,
		Differ: orEmpty(c.Differ), LastEvent: c.LastEvent, Chain: "ok", Broken: orEmpty(c.Broken),
	}
	if len(c.Broken) > 0 || c.Unsigned > 0 {
		out.Chain = "broken"
	}
	err = s.answer(out, func(w io.Writer) {
		if out.OK {
			row(w, s.texts.Say("ctl.check_ok", map[string]any{"events": out.Events}))
			return
		}
		row(w, s.texts.Say("ctl.check_bad", map[string]any{
			"integrity": out.Integrity, "differ": len(out.Differ), "unsigned": out.Unsigned, "broken": len(out.Broken),
		}))
	})
	if err == nil && !out.OK {
		err = errNo
	}
	return err
}
