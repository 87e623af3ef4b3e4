package desk

import (
	"context"
	"errors"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/sampling"
)

// A Plan is the draw that a library gets every week: as many calls of the week
// before as fit into so many minutes. It is due from the beginning of its day on
// and made when somebody next asks. Weeks are those of ISO 8601, days those of
// the person's zone.
type Plan struct {
	Minutes float64
	Speed   float64 // of listening; 0 for as spoken
	Weekday time.Weekday
	// Filter says which calls of the week; its dates are left open.
	Filter sampling.Filter
	Strata sampling.Strata
	Equal  bool
	Since  time.Time // when it was set
}

// NoPlan is answered where no weekly plan is set.
const NoPlan review.Code = "no-plan"

// Planned is a plan with what has become of it by now.
type Planned struct {
	Plan
	Week string          // in which it was last due, as 2026-W47
	Of   sampling.Filter // the calls that its draw is about
	Next time.Time       // when it is due again
	// Draw is the one of this week; without an ID it is still to be made.
	Draw Draw
	// Late is how many calls of the draw's period were added after it was made:
	// they are not in its frame.
	Late int64
	// Missed are the weeks before in which nobody asked, since the last draw that
	// was made or since the plan was set. They are left out: only the newest is
	// made.
	Missed []string
}

// Due reports whether its draw is still to be made.
func (p Planned) Due() bool { return p.Draw.ID == "" }

// SetPlan sets the weekly plan in place of any other. It answers
// [review.BadArgument], [NoField], [TooManyStrata] or what the filter's Validate
// answers.
func (d *Desk) SetPlan(ctx context.Context, p Plan) error {
	p.Filter.From, p.Filter.To = time.Time{}, time.Time{}
	if p.Weekday < time.Sunday || p.Weekday > time.Saturday {
		return review.Fail(review.BadArgument, review.Args{"name": "weekday", "value": int(p.Weekday)})
	}
	var err error
	if p.Strata, err = d.knownStrata(ctx, p.Strata); err != nil {
		return err
	}
	if _, err := p.request(p.Filter).time(); err != nil {
		return err
	}
	p.Since = d.clock.Now()
	return d.store.SavePlan(ctx, p)
}

// ClearPlan forgets the weekly plan; the draws that it made stay.
func (d *Desk) ClearPlan(ctx context.Context) error { return d.store.SavePlan(ctx, Plan{}) }

// WeeklyPlan answers the plan and what has become of it, in the person's zone. It
// answers [NoPlan].
func (d *Desk) WeeklyPlan(ctx context.Context, zone *time.Location) (Planned, error) {
	plan, err := d.store.Plan(ctx)
	if err != nil {
		return Planned{}, err
	}
	if plan.Since.IsZero() {
		return Planned{}, review.Fail(NoPlan, nil)
	}
	draws, err := d.store.Draws(ctx)
	if err != nil {
		return Planned{}, err
	}
	p := plan.asOf(d.clock.Now(), zone)
	p.findDraws(draws, zone)
	if !p.Due() {
		p.Late, err = d.store.FrameSize(ctx, p.Of, p.Draw.Number)
	}
	return p, err
}

// asOf is the plan at an instant, without its draws.
func (p Plan) asOf(now time.Time, zone *time.Location) Planned {
	due := dateOf(now, zone).latest(p.Weekday)
	monday := due.latest(time.Monday)
	out := Planned{Plan: p, Week: due.week(), Of: p.Filter, Next: due.plus(7).begins(zone)}
	out.Of.From, out.Of.To = monday.plus(-7).begins(zone), monday.begins(zone)
	return out
}

// findDraws finds the draw of the week, and the weeks without one since the
// planned draw before it.
func (p *Planned) findDraws(draws []Draw, zone *time.Location) {
	before := ""
	for _, draw := range draws {
		switch {
		case draw.Planned == p.Week:
			p.Draw = draw
		case draw.Planned < p.Week:
			before = max(before, draw.Planned)
		}
	}
	for day := dateOf(p.Since, zone).latest(p.Weekday); day.week() < p.Week; day = day.plus(7) {
		if day.week() > before {
			p.Missed = append(p.Missed, day.week())
		}
	}
}

// request asks for the plan's draw from the calls of a filter.
func (p Plan) request(f sampling.Filter) DrawRequest {
	return DrawRequest{Minutes: p.Minutes, Speed: p.Speed, Filter: f, Strata: p.Strata, Equal: p.Equal}
}

// errPlanned says that this week's draw is there.
var errPlanned = errors.New("the planned draw is made")

// RunPlan makes the draw that is due, if it is not there yet; asked again in the
// same week it answers the same draw. made tells whether it was made now. It
// answers [NoPlan] and what [Desk.Draw] answers.
func (d *Desk) RunPlan(ctx context.Context, zone *time.Location, progress func(read int64)) (p Planned, made bool, err error) {
	_, err = d.drawFrom(ctx, func() (order, error) {
		p, err = d.WeeklyPlan(ctx, zone)
		if err == nil && !p.Due() {
			err = errPlanned
		}
		if err != nil {
			return order{}, err
		}
		plan, err := d.plan(ctx, p.request(p.Of))
		return order{plan: plan, frame: Frame{Filter: p.Of, Strata: p.Strata}, planned: p.Week}, err
	}, progress)
	if errors.Is(err, errPlanned) {
		p.Draw, err = d.store.Draw(ctx, p.Draw.ID)
		return p, false, err
	}
	if err != nil {
		return p, false, err
	}
	if p, err = d.WeeklyPlan(ctx, zone); err != nil {
		return p, true, err
	}
	p.Draw, err = d.store.Draw(ctx, p.Draw.ID)
	return p, true, err
}
