package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/earshot-app/earshot/review/ranking"
)

type trendCmd struct {
	Issue string `arg:"" help:"arg_issue"`
	By    string `enum:",week,month" default:"" help:"by" placeholder:"week|month"`

	periodFlags `embed:""`
}

type trendShown struct {
	Issue  string       `json:"issue"`
	By     ranking.Step `json:"by"`
	Points []point      `json:"points"`
}

// point is one period of a trend. Share, low and high are null where fewer than
// 30 calls were heard.
type point struct {
	From       string   `json:"from"`
	To         string   `json:"to"` // exclusive
	Heard      int64    `json:"heard"`
	Calls      int64    `json:"calls"` // of these with the issue
	Share      *float64 `json:"share"`
	Low        *float64 `json:"low"`
	High       *float64 `json:"high"`
	Frame      int64    `json:"frame"`
	NotCovered int64    `json:"not_covered"`

	from, to time.Time
}

// Run tells how the share of an issue went.
func (c *trendCmd) Run(ctx context.Context, s *session) error {
	filter, err := c.filter()
	if err != nil {
		return err
	}
	trend, err := s.Trend(ctx, c.Issue, filter, ranking.Step(c.By))
	if err != nil {
		return err
	}
	out := trendShown{Issue: trend.Issue.Name, By: trend.By, Points: []point{}}
	for _, p := range trend.Points {
		shown := point{
			From: p.From.Format(time.RFC3339), To: p.To.Format(time.RFC3339), Heard: p.Heard, Calls: p.Held,
			Frame: p.Calls, NotCovered: p.NotCovered, from: p.From, to: p.To,
		}
		if p.OK {
			shown.Share, shown.Low, shown.High = &p.Share.Part, &p.Share.Low, &p.Share.High
		}
		out.Points = append(out.Points, shown)
	}
	return s.answer(out, func(w io.Writer) { s.printTrend(w, out) })
}

func (s *session) printTrend(w io.Writer, t trendShown) {
	s.heads(w, "from", "heard", "calls", "share", "interval")
	for _, p := range t.Points {
		share, interval := s.texts.Say("rank.gap", nil), ""
		if p.Share != nil {
			share, interval = s.texts.Percent(*p.Share), s.texts.PercentRange(*p.Low, *p.High)
		}
		row(w, s.texts.Date(p.from, p.from.Location()), fmt.Sprint(p.Heard), fmt.Sprint(p.Calls), share, interval)
	}
}
