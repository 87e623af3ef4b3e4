package main

import (
	"context"
	"io"

	shared "github.com/earshot-app/earshot/review/session"
)

type sessionAgreementCmd struct {
	Session sessionRef `arg:"" help:"arg_session"`
}

// agreementShown is how far members tagged alike, as scripts read it. Figures
// that say nothing are null.
type agreementShown struct {
	Session string        `json:"session"`
	Calls   int           `json:"calls"`
	Alpha   *float64      `json:"alpha"`
	Percent *float64      `json:"percent"`
	Issues  []issueAgreed `json:"issues"`
}

type issueAgreed struct {
	Issue   string    `json:"issue"`
	Name    string    `json:"name"`
	HeardIn []heardIn `json:"heard_in"`
	Alpha   *float64  `json:"alpha"`
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
	out := agreementShown{Session: id, Calls: a.Calls, Alpha: tested(a.Tested, a.Alpha), Percent: tested(a.Tested, a.Percent), Issues: []issueAgreed{}}
	for _, i := range a.Issues {
		issue := issueAgreed{
			Issue: i.Issue, Name: i.Name,
			Alpha: tested(i.Tested, i.Alpha), AC1: tested(i.Tested, i.AC1), Percent: tested(i.Tested, i.Percent),
		}
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
		row(w, s.texts.Say("ctl.session_all", nil), s.texts.Int(out.Calls), s.figure(out.Alpha), "", s.figure(out.Percent))
		for _, i := range out.Issues {
			row(w, i.Name, s.texts.Int(len(i.HeardIn)), s.figure(i.Alpha), s.figure(i.AC1), s.figure(i.Percent))
		}
	})
}

// figure is a number of agreement for people, "" for none.
func (s *session) figure(value *float64) string {
	if value == nil {
		return ""
	}
	return s.texts.Decimal(*value, 2)
}
