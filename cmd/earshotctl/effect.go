package main

import (
	"context"
	"io"
	"time"

	"github.com/earshot-app/earshot/data/render"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/report"
)

type effectCmd struct {
	Issue string `arg:"" help:"arg_issue"`
	Draw  bool   `help:"effect_draw"`
}

type effectShown struct {
	Issue          string          `json:"issue"`
	FixedOn        string          `json:"fixed_on"`
	Before         measured        `json:"before"`
	After          measured        `json:"after"`
	Change         *float64        `json:"change"` // after − before; null, as low and high, while either has nothing heard
	Low            *float64        `json:"low"`
	High           *float64        `json:"high"`
	Verdict        ranking.Verdict `json:"verdict"`
	HearMore       int64           `json:"hear_more"`        // calls from after the fix
	HearMoreBefore int64           `json:"hear_more_before"` // and from before it
	Luck           bool            `json:"luck"`             // before was drawn before the issue was chosen
}

// measured is the issue before or after its fix. Share, low and high are null
// while nothing was heard.
type measured struct {
	Share      *float64 `json:"share"`
	Low        *float64 `json:"low"`
	High       *float64 `json:"high"`
	Heard      int64    `json:"heard"`
	Calls      int64    `json:"calls"` // of these with the issue
	Frame      int64    `json:"frame"`
	NotCovered int64    `json:"not_covered"`
}

func toMeasured(m ranking.Measured) measured {
	out := measured{Heard: m.Heard, Calls: m.Held, Frame: m.Calls, NotCovered: m.NotCovered}
	if m.Heard > 0 {
		out.Share, out.Low, out.High = &m.Share.Part, &m.Share.Low, &m.Share.High
	}
	return out
}

// Run compares an issue before and after its fix, or draws the calls to compare.
func (c *effectCmd) Run(ctx context.Context, s *session) error {
	issue, err := s.IssueCalled(ctx, c.Issue)
	if err != nil {
		return err
	}
	if c.Draw {
		made, err := s.EffectDraw(ctx, issue.ID, nil)
		if err != nil {
			return err
		}
		return s.drew(made)
	}
	e, err := s.Effect(ctx, issue.ID)
	if err != nil {
		return err
	}
	out := effectShown{
		Issue: issue.Name, FixedOn: issue.Follow.On, Before: toMeasured(e.Before), After: toMeasured(e.After),
		Verdict: e.Verdict, HearMore: e.HearMore, HearMoreBefore: e.HearBefore, Luck: e.Luck,
	}
	if e.Before.Heard > 0 && e.After.Heard > 0 {
		out.Change, out.Low, out.High = &e.Change.Part, &e.Change.Low, &e.Change.High
	}
	return s.answer(out, func(w io.Writer) { s.printEffect(w, e.Effect) })
}

func (s *session) printEffect(w io.Writer, e ranking.Effect) {
	words := render.Words{Texts: s.texts, Zone: time.Local}
	for _, line := range report.Told(e) {
		row(w, words.Line(line))
	}
}
