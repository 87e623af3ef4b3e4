package main

import (
	"context"
	"io"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/agreement"
	shared "github.com/earshot-app/earshot/review/session"
)

type sessionAgreementCmd struct {
	Session sessionRef `arg:"" help:"arg_session"`
}

// agreementShown is how far members tagged alike, as scripts read it. Figures
// that say nothing are null. Low and High are where Alpha lies with 95 %.
type agreementShown struct {
	Session string        `json:"session"`
	Calls   int           `json:"calls"`
	Alpha   *float64      `json:"alpha"`
	Low     *float64      `json:"low"`
	High    *float64      `json:"high"`
	Percent *float64      `json:"percent"`
	Issues  []issueAgreed `json:"issues"`
}

type issueAgreed struct {
	Issue   string    `json:"issue"`
	Name    string    `json:"name"`
	HeardIn []heardIn `json:"heard_in"`
	Alpha   *float64  `json:"alpha"`
	Low     *float64  `json:"low"`
	High    *float64  `json:"high"`
	AC1     *float64  `json:"ac1"`
	Percent *float64  `json:"percent"`
}

type heardIn struct {
	Round int `json:"round"`
	Heard int `json:"heard"`
	Of    int `json:"of"`
}

func toAgreement(id string, a shared.Agreement) agreementShown {
	tested := func(ok bool, value float64) *float64 {
		if !ok {
			return nil
		}
		return &value
	}
	known := func(in agreement.Interval) (low, high *float64) {
		return tested(in.Known, in.Low), tested(in.Known, in.High)
	}
	out := agreementShown{Session: id, Calls: a.Calls, Alpha: tested(a.Tested, a.Alpha), Percent: tested(a.Tested, a.Percent), Issues: []issueAgreed{}}
	out.Low, out.High = known(a.Between)
	for _, i := range a.Issues {
		issue := issueAgreed{
			Issue: i.Issue, Name: i.Name,
			Alpha: tested(i.Tested, i.Alpha), AC1: tested(i.Tested, i.AC1), Percent: tested(i.Tested, i.Percent),
		}
		issue.Low, issue.High = known(i.Between)
		for _, c := range i.HeardIn {
			issue.HeardIn = append(issue.HeardIn, heardIn(c))
		}
		out.Issues = append(out.Issues, issue)
	}
	return out
}

// Run says how far the members tagged alike.
func (c *sessionAgreementCmd) Run(ctx context.Context, s *session) error {
	id, err := c.Session.of(ctx, s)
	if err != nil {
		return err
	}
	state, err := s.Session(ctx, id)
	if err != nil {
		return err
	}
	out := toAgreement(id, state.Agreement())
	return s.answer(out, func(w io.Writer) {
		if out.Alpha == nil {
			row(w, s.texts.Say("ctl.session_untested", nil))
		}
		s.heads(w, "issue", "calls", "alpha", "ac1", "percent")
		row(w, s.texts.Say("ctl.session_all", nil), s.texts.Int(out.Calls), s.between(out.Alpha, out.Low, out.High), "", s.figure(out.Percent))
		for _, i := range out.Issues {
			row(w, i.Name, s.texts.Int(len(i.HeardIn)), s.between(i.Alpha, i.Low, i.High), s.figure(i.AC1), s.figure(i.Percent))
		}
	})
}

// between is a figure for people with where it lies, as far as that is known.
func (s *session) between(value, low, high *float64) string {
	if value == nil || low == nil || high == nil {
		return s.figure(value)
	}
	return s.texts.Say("session.alpha-between", review.Args{"alpha": s.figure(value), "low": s.figure(low), "high": s.figure(high)})
}

// figure is a number of agreement for people, "" for none.
func (s *session) figure(value *float64) string {
	if value == nil {
		return ""
	}
	return s.texts.Decimal(*value, 2)
}
