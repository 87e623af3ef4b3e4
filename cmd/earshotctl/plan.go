package main

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/data/catalog"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

type planCmd struct {
	Set   planSetCmd   `cmd:"" help:"plan_set"`
	Show  planShowCmd  `cmd:"" help:"plan_show"`
	Run   planRunCmd   `cmd:"" help:"plan_run"`
	Clear planClearCmd `cmd:"" help:"plan_clear"`
	Size  planSizeCmd  `cmd:"" lone:"" help:"plan_size"`
}

// strataFlag is what a person types to deal a draw by: category, queue, week or
// the name of a field, which "field:" before it tells from the first three.
type strataFlag sampling.Strata

// UnmarshalText reads the strata.
func (f *strataFlag) UnmarshalText(raw []byte) error {
	s := sampling.Strata(catalog.Clean(string(raw)))
	if s.Validate() != nil {
		s = sampling.ByField(string(s))
	}
	*f = strataFlag(s)
	return s.Validate()
}

// strataName is how strata are typed and shown.
func strataName(s sampling.Strata) string {
	if field := s.Field(); field != "" {
		return field
	}
	return string(s)
}

// lastWeek is the only period that a plan draws from yet.
const lastWeek = "last-week"

type planSetCmd struct {
	Minutes float64 `required:"" help:"minutes" placeholder:"M"`
	Weekday string  `enum:"monday,tuesday,wednesday,thursday,friday,saturday,sunday" default:"monday" help:"plan_weekday" placeholder:"DAY"`
	From    string  `enum:"last-week" default:"last-week" help:"plan_from"`

	designFlags `embed:""`
}

// Run sets the weekly plan.
func (c *planSetCmd) Run(ctx context.Context, s *session) error {
	filter, err := c.filter()
	if err != nil {
		return err
	}
	day := time.Sunday
	for strings.ToLower(day.String()) != c.Weekday {
		day++
	}
	err = s.SetPlan(ctx, desk.Plan{
		Minutes: c.Minutes, Speed: c.Speed, Weekday: day, Filter: filter, Strata: sampling.Strata(c.Stratify), Equal: c.Equal,
	})
	if err != nil {
		return err
	}
	return (&planShowCmd{}).Run(ctx, s)
}

type planned struct {
	Minutes     float64  `json:"minutes"`
	Speed       float64  `json:"speed"`
	Weekday     string   `json:"weekday"`
	From        string   `json:"from"`
	Queue       string   `json:"queue,omitempty"`
	Category    string   `json:"category,omitempty"`
	MinDuration float64  `json:"min_duration,omitempty"`
	Stratify    string   `json:"stratify,omitempty"`
	Equal       bool     `json:"equal,omitempty"`
	Week        string   `json:"week"` // ISO, in which it was last due
	Next        string   `json:"next"` // when it is due again
	Due         bool     `json:"due"`  // the week's draw is still to be made
	Made        bool     `json:"made"` // by this command
	Missed      []string `json:"missed"`
	Late        int64    `json:"late"` // calls of the draw's week that were added after it
	Draw        *drawn   `json:"draw"`

	next time.Time
}

func toPlanned(p desk.Planned, made bool) (planned, error) {
	out := planned{
		Minutes: p.Minutes, Speed: p.Speed, Weekday: strings.ToLower(p.Weekday.String()), From: lastWeek,
		Queue: p.Filter.Queue, Category: p.Filter.Category, MinDuration: p.Filter.MinDuration.Seconds(),
		Stratify: strataName(p.Strata), Equal: p.Equal, Week: p.Week, Next: instant(p.Next), Due: p.Due(), Made: made,
		Missed: orEmpty(p.Missed), Late: p.Late, next: p.Next,
	}
	if p.Due() {
		return out, nil
	}
	draw, err := toDrawn(p.Draw)
	out.Draw = &draw
	return out, err
}

type planShowCmd struct{}

// Run shows the weekly plan and what has become of it.
func (*planShowCmd) Run(ctx context.Context, s *session) error {
	p, err := s.WeeklyPlan(ctx, time.Local)
	if err != nil {
		return err
	}
	return s.planned(p, false)
}

type planRunCmd struct{}

// Run makes the draw that is due; in the same week it answers the same again.
func (*planRunCmd) Run(ctx context.Context, s *session) error {
	p, made, err := s.RunPlan(ctx, time.Local, nil)
	if err != nil {
		return err
	}
	return s.planned(p, made)
}

func (s *session) planned(p desk.Planned, made bool) error {
	out, err := toPlanned(p, made)
	if err != nil {
		return err
	}
	return s.answer(out, func(w io.Writer) { s.printPlan(w, out) })
}

func (s *session) printPlan(w io.Writer, p planned) {
	say := func(key text.Key, args review.Args) { row(w, s.texts.Say(key, args)) }
	say("plan.every", review.Args{"weekday": s.texts.Say(text.Key("plan."+p.Weekday), nil), "minutes": p.Minutes, "speed": p.Speed})
	if len(p.Missed) > 0 {
		say("plan.missed", review.Args{"n": len(p.Missed), "weeks": joined(p.Missed)})
	}
	if p.Due {
		say("plan.due", review.Args{"week": p.Week})
	} else {
		say("plan.drawn", review.Args{"week": p.Week})
		s.printDraw(w, *p.Draw)
	}
	if p.Late > 0 {
		say("plan.late", review.Args{"n": p.Late})
	}
	say("plan.next", review.Args{"day": local(p.next)})
}

type planClearCmd struct{}

// Run forgets the plan.
func (*planClearCmd) Run(ctx context.Context, s *session) error {
	if err := s.ClearPlan(ctx); err != nil {
		return err
	}
	out := struct {
		Set bool `json:"set"`
	}{}
	return s.answer(out, func(w io.Writer) { row(w, s.texts.Say("plan.cleared", nil)) })
}

// hundredths is a percentage as a person types it: 5, 5% or 2,5 %.
type hundredths float64

// UnmarshalText reads a percentage. It answers [review.BadArgument].
func (h *hundredths) UnmarshalText(raw []byte) error {
	number := strings.TrimSpace(strings.TrimSuffix(string(raw), "%"))
	x, err := strconv.ParseFloat(strings.Replace(number, ",", ".", 1), 64)
	if err != nil || !(0 < x && x < 100) {
		return review.Fail(review.BadArgument, review.Args{"name": "PERCENT", "value": string(raw)})
	}
	*h = hundredths(x)
	return nil
}

type planSizeCmd struct {
	Share     hundredths `required:"" help:"plan_share" placeholder:"PERCENT"`
	Certainty hundredths `default:"95" help:"plan_certainty" placeholder:"PERCENT"`
	Frame     *int64     `help:"plan_frame" placeholder:"CALLS"`
}

// Run says how many calls to hear, so that an issue is not missed.
func (c *planSizeCmd) Run(s *session) error {
	out := struct {
		Share     float64 `json:"share"`
		Certainty float64 `json:"certainty"`
		Frame     int64   `json:"frame,omitempty"`
		Calls     int     `json:"calls"`
	}{Share: float64(c.Share / 100), Certainty: float64(c.Certainty / 100)}
	if c.Frame != nil && *c.Frame <= 0 {
		return review.Fail(review.BadArgument, review.Args{"name": "frame", "value": *c.Frame})
	}
	if out.Calls = sampling.CallsToHear(out.Share, out.Certainty); c.Frame != nil {
		out.Frame = *c.Frame
		out.Calls = sampling.CallsToHearOf(out.Frame, out.Share, out.Certainty)
	}
	return s.answer(out, func(w io.Writer) {
		row(w, s.texts.Say("plan.size", review.Args{
			"n": out.Calls, "share": s.texts.Percent(out.Share), "certainty": s.texts.Percent(out.Certainty),
		}))
	})
}

type fieldsCmd struct{}

type fieldShown struct {
	Field    string `json:"field"`
	Values   int    `json:"values"`
	Stratify bool   `json:"stratify"` // few enough values to deal a draw by
}

// Run lists the fields that metadata told of calls, without what they say.
func (fieldsCmd) Run(ctx context.Context, s *session) error {
	fields, err := s.Fields(ctx)
	if err != nil {
		return err
	}
	rows := []fieldShown{}
	for _, f := range fields {
		rows = append(rows, fieldShown{f.Name, f.Values, f.Groups()})
	}
	return s.answer(rows, func(w io.Writer) {
		for _, r := range rows {
			row(w, r.Field, s.texts.Say("plan.values", review.Args{"n": r.Values}))
		}
	})
}
