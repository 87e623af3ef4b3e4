package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/earshot-app/earshot/review/desk"
	shared "github.com/earshot-app/earshot/review/session"
)

type sessionStatusCmd struct {
	Session sessionRef `arg:"" optional:"" help:"arg_session"`
}

// sessionShown is how a session stands, as scripts read it.
type sessionShown struct {
	Session  string          `json:"session"`
	Name     string          `json:"name"`
	Draw     string          `json:"draw"`
	Hosting  bool            `json:"hosting"`
	Blind    bool            `json:"blind"`
	Together bool            `json:"together"`
	Closed   bool            `json:"closed"`
	Calls    []roundShown    `json:"calls,omitempty"`
	Members  []memberShown   `json:"members,omitempty"`
	Issues   []issueOfShared `json:"issues,omitempty"`
	Missing  map[string]int  `json:"missing,omitempty"` // events on their way, by author
	Refused  map[string]int  `json:"refused,omitempty"`
}

type roundShown struct {
	Round    int    `json:"round"`
	Call     string `json:"call"` // this library's uid, "" where it was not looked for
	Revealed bool   `json:"revealed"`
	Agreed   bool   `json:"agreed"`
}

type memberShown struct {
	Author string          `json:"author"`
	Name   string          `json:"name"`
	State  shared.Presence `json:"state"`
}

type issueOfShared struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Into string `json:"into"`
}

func toSessionShown(s desk.Shared) sessionShown {
	return sessionShown{
		Session: s.ID, Name: s.Name, Draw: s.Draw, Hosting: s.Hosting, Blind: s.Blind, Together: s.Together, Closed: s.Closed,
	}
}

// Run lists the sessions, or says how one stands.
func (c *sessionStatusCmd) Run(ctx context.Context, s *session) error {
	if c.Session != "" {
		return c.one(ctx, s)
	}
	all, err := s.Sessions(ctx)
	if err != nil {
		return err
	}
	rows := []sessionShown{}
	for _, one := range all {
		rows = append(rows, toSessionShown(one))
	}
	return s.answer(rows, func(w io.Writer) {
		s.heads(w, "session", "name", "draw", "state")
		for _, r := range rows {
			row(w, r.Session, r.Name, r.Draw, s.part(r))
		}
	})
}

// part says which part this library takes in a session.
func (s *session) part(r sessionShown) string {
	switch {
	case r.Closed:
		return s.texts.Say("ctl.session_closed", nil)
	case r.Hosting:
		return s.texts.Say("ctl.session_hosting", nil)
	}
	return s.texts.Say("ctl.session_member", nil)
}

func (c *sessionStatusCmd) one(ctx context.Context, s *session) error {
	out, err := s.sessionShown(ctx, c.Session)
	if err != nil {
		return err
	}
	return s.answer(out, func(w io.Writer) {
		s.heads(w, "members", "state")
		for _, m := range out.Members {
			row(w, m.Name, s.presence(m.State))
		}
		s.heads(w, "place", "call", "revealed", "agreed")
		for _, r := range out.Calls {
			row(w, s.texts.Int(r.Round), r.Call, tick(r.Revealed), tick(r.Agreed))
		}
	})
}

func tick(yes bool) string {
	if yes {
		return "✓"
	}
	return ""
}

func (s *session) presence(p shared.Presence) string {
	if p == shared.Done {
		return s.texts.Say("ctl.session_all_done", nil)
	}
	return s.texts.Say("ctl.session_listening", nil)
}

// sessionShown reads how a session stands.
func (s *session) sessionShown(ctx context.Context, ref sessionRef) (sessionShown, error) {
	id, err := ref.of(ctx, s)
	if err != nil {
		return sessionShown{}, err
	}
	joined, err1 := s.SharedOf(ctx, id)
	state, err2 := s.Session(ctx, id)
	roster, err3 := s.SessionRoster(ctx, id, desk.AllRounds)
	places, err4 := s.SessionPlaces(ctx, id)
	for _, err := range []error{err1, err2, err3, err4} {
		if err != nil {
			return sessionShown{}, err
		}
	}
	out := toSessionShown(joined)
	for _, p := range places {
		at := roundShown{Round: p.Round, Call: p.Local, Revealed: p.Revealed}
		if call := state.Call(p.Round); call != nil {
			at.Agreed = call.Consensus != nil
		}
		out.Calls = append(out.Calls, at)
	}
	for _, a := range roster {
		out.Members = append(out.Members, memberShown{a.Author, a.Name, a.State})
	}
	for _, i := range state.Issues {
		out.Issues = append(out.Issues, issueOfShared{i.ID, i.Name, i.Into})
	}
	slices.SortFunc(out.Issues, func(a, b issueOfShared) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	out.Missing, _ = state.Complete()
	out.Refused = map[string]int{}
	for why, n := range state.Refused {
		out.Refused[string(why)] = n
	}
	return out, nil
}

type sessionTableCmd struct {
	Session sessionRef `arg:"" help:"arg_session"`
	Round   int        `required:"" help:"session_round" placeholder:"N"`
}

// tableRow is one issue of a revealed call, as scripts read it.
type tableRow struct {
	Issue string   `json:"issue"`
	Name  string   `json:"name"`
	Names []string `json:"names"`    // others under which it was tagged
	By    []string `json:"heard_by"` // authors
	Heard int      `json:"heard"`
	Of    int      `json:"of"`
	At    float64  `json:"at"`
	From  float64  `json:"from"` // where to listen again
}

// Run prints who heard what in a revealed call.
func (c *sessionTableCmd) Run(ctx context.Context, s *session) error {
	id, err := c.Session.of(ctx, s)
	if err != nil {
		return err
	}
	table, err := s.SessionTable(ctx, id, c.Round)
	if err != nil {
		return err
	}
	rows := []tableRow{}
	for _, r := range table.Rows {
		out := tableRow{r.Issue, r.Name, orEmpty(r.Names), []string{}, r.Heard, r.Of, r.At.Seconds(), r.From.Seconds()}
		for i, cell := range r.Cells {
			if cell == shared.Heard {
				out.By = append(out.By, table.Members[i])
			}
		}
		rows = append(rows, out)
	}
	return s.answer(rows, func(w io.Writer) {
		s.heads(w, "issue", "heard_by", "place")
		for _, r := range rows {
			row(w, r.Name, fmt.Sprintf("%d/%d", r.Heard, r.Of), fmt.Sprintf("%.1f", r.At))
		}
	})
}
