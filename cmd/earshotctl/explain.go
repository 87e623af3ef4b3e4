package main

import (
	"io"

	"github.com/earshot-app/earshot/assets/text"
)

type explainCmd struct{}

// figures are the numbers that the commands tell, by their names in JSON, and
// what each means.
var figures = []struct {
	command, figure string
	means           text.Key
}{
	{"rank", "share, low, high", "rank.explain_share"},
	{"rank", "share", "rank.explain_weighed"},
	{"rank", "rank_low, rank_high", "rank.explain_range"},
	{"rank", "bracket", "rank.explain_bracket"},
	{"rank", "per_week", "rank.explain_week"},
	{"rank", "more", "rank.explain_more"},
	{"rank", "since_naming", "rank.explain_since"},
	{"rank", "bounds", "rank.explain_bounds"},
	{"rank", "not_covered", "rank.explain_not_covered"},
	{"rank", "next_new", "rank.explain_next_new"},
	{"rank", "unheard_at_least", "rank.explain_unheard"},
	{"rank", "picked", "rank.explain_picked"},
	{"rank --compare", "p_before", "rank.explain_order"},
	{"unlump", "share, low, high", "rank.explain_inside"},
	{"unlump", "no_problem", "rank.explain_no_problem"},
	{"trend", "share, low, high", "rank.explain_trend"},
	{"effect", "change, low, high", "rank.explain_effect"},
	{"effect", "hear_more", "rank.explain_hear_more"},
	{"effect", "luck", "rank.effect_luck"},
	{"mismatch", "share, surprise", "rank.explain_filed"},
	{"mismatch", "of_issue", "rank.explain_of_issue"},
	{"categories propose", "share, low, high", "rank.explain_proposal"},
	{"categories propose", "other", "rank.explain_other"},
}

type explained struct {
	Command string `json:"command"`
	Figure  string `json:"figure"`
	Means   string `json:"means"`
}

// Run says what each figure means.
func (explainCmd) Run(s *session) error {
	var out []explained
	for _, f := range figures {
		out = append(out, explained{f.command, f.figure, s.texts.Say(f.means, nil)})
	}
	return s.answer(out, func(w io.Writer) {
		s.heads(w, "command", "figure", "means")
		for _, e := range out {
			row(w, e.Command, e.Figure, e.Means)
		}
	})
}
