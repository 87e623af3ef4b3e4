package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

type rankCmd struct {
	Compare string `help:"compare" placeholder:"A"`
	With    string `arg:"" optional:"" name:"b" help:"compare_with"`

	periodFlags `embed:""`
}

// Validate is called by the parser: two issues are compared, or none.
func (c *rankCmd) Validate() error {
	if (c.Compare == "") != (c.With == "") {
		return errors.New("--compare A B")
	}
	return nil
}

type rankShown struct {
	Heard          int64        `json:"heard"`
	Skipped        int64        `json:"skipped"`
	NotCustomer    int64        `json:"not_customer"`
	NotHeard       int64        `json:"not_heard"`
	NotReached     int64        `json:"not_reached"`
	Picked         int64        `json:"picked"`
	Frame          int64        `json:"frame"`
	NotCovered     int64        `json:"not_covered"`
	NextNew        *float64     `json:"next_new"`         // chance that the next call brings a new issue; null while nothing was heard
	UnheardAtLeast int          `json:"unheard_at_least"` // issues
	ToppedUp       bool         `json:"topped_up"`        // a draw was topped up after looking
	Issues         []issueShare `json:"issues"`
}

// issueInside is an issue with its share, of all calls or of a category's.
type issueInside struct {
	Issue string  `json:"issue"`
	Calls int64   `json:"calls"`
	Share float64 `json:"share"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

type issueShare struct {
	Rank int `json:"rank"`
	issueInside
	RankLow    int       `json:"rank_low"`
	RankHigh   int       `json:"rank_high"`
	Bracket    int       `json:"bracket"`      // issues of one cannot be told apart yet
	Since      *since    `json:"since_naming"` // null while fewer than 20 calls were heard since
	Bounds     bounds    `json:"bounds"`       // were none or all of the calls that could not be heard with it
	More       int64     `json:"more"`         // calls to hear to halve the interval
	PerWeek    weekRange `json:"per_week"`
	Categories []string  `json:"categories"`
	ToLookAt   int       `json:"to_look_at"` // moments of a split, still to be dealt
	way
}

// since is the share among the calls heard after the issue was named.
type since struct {
	Calls int64   `json:"calls"`
	Heard int64   `json:"heard"`
	Share float64 `json:"share"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

type bounds struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

type weekRange struct {
	Low  int64 `json:"low"`
	High int64 `json:"high"`
}

// Run ranks the issues, or compares two.
func (c *rankCmd) Run(ctx context.Context, s *session) error {
	filter, err := c.filter()
	if err != nil {
		return err
	}
	if c.Compare != "" {
		return s.compare(ctx, filter, c.Compare, c.With)
	}
	r, err := s.Rank(ctx, filter)
	if err != nil {
		return err
	}
	n := r.Counts
	out := rankShown{
		Heard: n.Heard, Skipped: n.NotHeard + n.NoCustomer, NotCustomer: n.NoCustomer, NotHeard: n.NotHeard,
		NotReached: n.NotReached, Picked: n.Picked, Frame: n.Frame, NotCovered: n.NotCovered,
		UnheardAtLeast: r.Unheard.AtLeast, ToppedUp: r.ToppedUp, Issues: []issueShare{},
	}
	if n.Heard > 0 {
		out.NextNew = &r.Unheard.NextNew
	}
	for _, i := range r.Issues {
		out.Issues = append(out.Issues, toIssueShare(i))
	}
	return s.answer(out, func(w io.Writer) { s.printRanking(w, out) })
}

func toIssueShare(i ranking.Ranked) issueShare {
	out := issueShare{
		Rank: i.Rank, issueInside: toInside(i.IssueCount, i.Share),
		RankLow: i.RankLow, RankHigh: i.RankHigh, Bracket: i.Bracket, More: i.More,
		Bounds: bounds{i.Bounds.Low, i.Bounds.High}, PerWeek: weekRange{i.PerWeek.Low, i.PerWeek.High},
		Categories: orEmpty(i.Categories), ToLookAt: i.ToLookAt, way: toWay(i.Follow),
	}
	if i.HasSince {
		s := i.Since
		out.Since = &since{s.Calls, s.Heard, s.Share.Part, s.Share.Low, s.Share.High}
	}
	return out
}

func toInside(i ranking.IssueCount, s ranking.Share) issueInside {
	return issueInside{i.Name, i.Calls, s.Part, s.Low, s.High}
}

type compared struct {
	OnlyA   int64   `json:"only_a"`
	OnlyB   int64   `json:"only_b"`
	PBefore float64 `json:"p_before"` // that A is in more calls than B, to four decimals
}

func (s *session) compare(ctx context.Context, f desk.Filter, a, b string) error {
	pair, err := s.Compare(ctx, f, a, b)
	if err != nil {
		return err
	}
	out := compared{pair.OnlyA, pair.OnlyB, math.Round(pair.Before()*1e4) / 1e4}
	return s.answer(out, func(w io.Writer) {
		row(w, s.texts.Say("rank.order", review.Args{
			"a": a, "b": b, "p": s.texts.Percent(out.PBefore), "only_a": out.OnlyA, "only_b": out.OnlyB,
		}))
	})
}

func (s *session) printRanking(w io.Writer, r rankShown) {
	row(w, s.texts.Say("ctl.ranked", review.Args{
		"heard": r.Heard, "frame": r.Frame, "skipped": r.Skipped,
		"not_reached": r.NotReached, "picked": r.Picked, "not_covered": r.NotCovered,
	}))
	if r.NextNew != nil {
		row(w, s.texts.Say("rank.next_new", review.Args{"p": s.texts.Percent(*r.NextNew), "n": r.UnheardAtLeast}))
	}
	if r.ToppedUp {
		row(w, s.texts.Say("rank.topped_up", nil))
	}
	s.heads(w, "rank", "place", "bracket", "issue", "calls", "share", "interval", "per_week", "categories")
	for _, i := range r.Issues {
		row(w, fmt.Sprint(i.Rank), s.texts.Range(i.RankLow, i.RankHigh), fmt.Sprint(i.Bracket), i.Issue, fmt.Sprint(i.Calls), s.texts.Percent(i.Share), s.texts.PercentRange(i.Low, i.High),
			s.texts.Range(int(i.PerWeek.Low), int(i.PerWeek.High)), joined(i.Categories), s.toLookAt(i.ToLookAt))
	}
}

type unlumpCmd struct {
	periodFlags `embed:""`
}

type card struct {
	Category      string      `json:"category"`
	By            ranking.By  `json:"by"` // queue, where calls have no category
	Calls         int64       `json:"calls"`
	Part          float64     `json:"part"` // of all calls
	Heard         int64       `json:"heard"`
	NoProblem     float64     `json:"no_problem"` // share of the category's calls without any issue
	NoProblemLow  float64     `json:"no_problem_low"`
	NoProblemHigh float64     `json:"no_problem_high"`
	Issues        []cardIssue `json:"issues"`
}

type cardIssue struct {
	issueInside
	ToLookAt int `json:"to_look_at"` // moments of a split, still to be dealt, in calls of the category
}

// Run opens the agents' categories.
func (c *unlumpCmd) Run(ctx context.Context, s *session) error {
	filter, err := c.filter()
	if err != nil {
		return err
	}
	found, err := s.Unlump(ctx, filter)
	if err != nil {
		return err
	}
	cards := []card{}
	for _, f := range found {
		cards = append(cards, toCard(f))
	}
	return s.answer(cards, func(w io.Writer) { s.printCards(w, cards) })
}

func toCard(f ranking.Card) card {
	out := card{
		Category: f.Category, By: f.By, Calls: f.Calls, Part: f.Part, Heard: f.Heard, Issues: []cardIssue{},
		NoProblem: f.NoProblem.Part, NoProblemLow: f.NoProblem.Low, NoProblemHigh: f.NoProblem.High,
	}
	for _, i := range f.Issues {
		out.Issues = append(out.Issues, cardIssue{toInside(i.IssueCount, i.Share), i.ToLookAt})
	}
	return out
}

func (s *session) printCards(w io.Writer, cards []card) {
	for _, c := range cards {
		row(w, s.texts.Say("ctl.card", review.Args{"category": s.categoryName(c.Category, c.By), "calls": c.Calls, "heard": c.Heard, "part": s.texts.Percent(c.Part)}))
		for _, i := range c.Issues {
			row(w, "", i.Issue, fmt.Sprint(i.Calls), s.texts.Percent(i.Share), s.texts.PercentRange(i.Low, i.High), s.toLookAt(i.ToLookAt))
		}
		row(w, "", s.texts.Say("ctl.no_problem", nil), "", s.texts.Percent(c.NoProblem), s.texts.PercentRange(c.NoProblemLow, c.NoProblemHigh))
	}
}

// toLookAt says how many moments of a split are still to be dealt, if there are
// any: until they are, a share uses only the calls looked at.
func (s *session) toLookAt(moments int) string {
	if moments == 0 {
		return ""
	}
	return s.texts.Say("codebook.waiting", review.Args{"n": moments})
}

// categoryName is a category as people read it, or the queue of calls that have
// none.
func (s *session) categoryName(name string, by ranking.By) string {
	switch {
	case by == ranking.ByQueue:
		return s.texts.Say("ctl.queue_card", review.Args{"queue": name})
	case name == "":
		return s.texts.Say("ctl.no_category", nil)
	}
	return name
}
