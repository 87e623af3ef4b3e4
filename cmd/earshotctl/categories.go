package main

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/ranking"
)

type categoriesCmd struct {
	Propose proposeCmd `cmd:"" help:"propose"`
}

// proposalFlags say what a category must have.
type proposalFlags struct {
	Above percent `default:"3%" help:"above" placeholder:"PERCENT"`
	Most  int     `default:"9" help:"most" placeholder:"N"`
}

type proposeCmd struct {
	proposalFlags `embed:""`
	periodFlags   `embed:""`
}

// percent is a share as a person types it: 3%, 2.5 % or 0.03.
type percent float64

// UnmarshalText reads a share. It answers [review.BadArgument], also for a bare
// 3, which might be either.
func (p *percent) UnmarshalText(raw []byte) error {
	number, hundredths := strings.CutSuffix(strings.TrimSpace(string(raw)), "%")
	x, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(number), ",", ".", 1), 64)
	if hundredths {
		x /= 100
	}
	if err != nil || !(x >= 0 && x < 1) {
		return review.Fail(review.BadArgument, review.Args{"name": "above", "value": string(raw)})
	}
	*p = percent(x)
	return nil
}

type proposalShown struct {
	Above      float64    `json:"above"`
	Most       int        `json:"most"`
	Heard      int64      `json:"heard"`
	NotCovered int64      `json:"not_covered"`
	ToLookAt   int        `json:"to_look_at"` // moments of splits, still to be dealt; shares use only the calls looked at
	Categories []proposed `json:"categories"`
	Other      otherShown `json:"other"`
}

type proposed struct {
	Category string   `json:"category"`
	Share    float64  `json:"share"`
	Low      float64  `json:"low"`
	High     float64  `json:"high"`
	Sure     bool     `json:"sure"`     // the low end too is above
	Replaces []string `json:"replaces"` // categories that its calls are filed under now, most first
	ToLookAt int      `json:"to_look_at"`
}

// otherShown is what no proposed category holds. Its share is null while nothing
// was heard.
type otherShown struct {
	Share  *float64 `json:"share"`
	Low    *float64 `json:"low"`
	High   *float64 `json:"high"`
	Issues []string `json:"issues"` // that stay in it
}

// Run proposes a better list of categories.
func (c *proposeCmd) Run(ctx context.Context, s *session) error {
	filter, err := c.filter()
	if err != nil {
		return err
	}
	p, err := s.Propose(ctx, filter, float64(c.Above), c.Most)
	if err != nil {
		return err
	}
	out := toProposal(p)
	return s.answer(out, func(w io.Writer) { s.printProposal(w, out) })
}

func toProposal(p ranking.Proposal) proposalShown {
	out := proposalShown{
		Above: p.Above, Most: p.Most, Heard: p.Heard, NotCovered: p.NotCovered, ToLookAt: p.ToLookAt,
		Categories: []proposed{}, Other: otherShown{Issues: []string{}},
	}
	for _, c := range p.Categories {
		out.Categories = append(out.Categories, proposed{
			c.Name, c.Share.Part, c.Share.Low, c.Share.High, c.Sure, orEmpty(c.Ranked.Categories), c.ToLookAt,
		})
	}
	if p.Heard > 0 {
		out.Other.Share, out.Other.Low, out.Other.High = &p.Other.Part, &p.Other.Low, &p.Other.High
	}
	for _, r := range p.Rest {
		out.Other.Issues = append(out.Other.Issues, r.Name)
	}
	return out
}

func (s *session) printProposal(w io.Writer, p proposalShown) {
	s.heads(w, "category", "share", "interval", "replaces")
	for _, c := range p.Categories {
		row(w, c.Category, s.texts.Percent(c.Share), s.texts.PercentRange(c.Low, c.High), joined(c.Replaces), s.toLookAt(c.ToLookAt))
	}
	if p.Other.Share != nil {
		row(w, s.texts.Say("rank.other", nil), s.texts.Percent(*p.Other.Share), s.texts.PercentRange(*p.Other.Low, *p.Other.High), "", s.toLookAt(p.ToLookAt))
	}
}
