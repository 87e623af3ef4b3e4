package desk

import (
	"context"
	"slices"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/sampling"
)

// A SliceRequest asks to count one issue in parts of time.
type SliceRequest struct {
	Issue string          // id
	Of    sampling.Filter // the calls that are counted; its dates are not looked at
	Edges []time.Time     // ascending: slice i goes from the i-th until before the next
	Draws []Draw          // that make the cells
	Only  bool            // calls count as heard only where one of these draws holds them
	// Except are ids of split issues of which moments are still to be dealt: a
	// call with one may hold the issue or not, and does not count as heard.
	Except []string
}

// A Trend is the share of one issue over time.
type Trend struct {
	Issue  review.Issue
	Filter Filter
	By     ranking.Step // never [ranking.Automatic]
	Points []ranking.Point
}

// Trend tells how the share of an issue went, by weeks or months of the clock's
// zone. It answers [review.NoIssue].
func (d *Desk) Trend(ctx context.Context, issueID string, f Filter, by ranking.Step) (Trend, error) {
	issue, err := d.IssueCalled(ctx, issueID)
	if err != nil {
		return Trend{}, err
	}
	t := Trend{Issue: issue, Filter: f, By: by}
	steps := []ranking.Step{by}
	if by == ranking.Automatic {
		steps = []ranking.Step{ranking.ByWeek, ranking.ByMonth}
	}
	for _, t.By = range steps {
		if t.Points, err = d.points(ctx, t); err != nil || ranking.Enough(t.Points) {
			break
		}
	}
	return t, err
}

func (d *Desk) points(ctx context.Context, t Trend) ([]ranking.Point, error) {
	first, last, err := d.store.Span(ctx, t.Filter)
	if err != nil {
		return nil, err
	}
	draws, err := d.store.Designs(ctx)
	if err != nil {
		return nil, err
	}
	edges := ranking.Periods(t.By, t.Filter.From, t.Filter.To, first.In(d.clock.Now().Location()), last)
	waits, err := d.waits(ctx)
	if err != nil {
		return nil, err
	}
	found, err := d.store.SliceCounts(ctx, SliceRequest{
		Issue: t.Issue.ID, Of: sampling.Filter{Queue: t.Filter.Queue}, Edges: edges, Draws: draws, Except: waits.of(t.Issue.ID),
	})
	return ranking.Trend(found), err
}

// NotFixed is answered for an issue of which nobody said that it is fixed. Args:
// name.
const NotFixed review.Code = "not-fixed"

// An Effect is what became of an issue that was fixed.
type Effect struct {
	ranking.Effect
	Issue review.Issue
	Fixed time.Time       // the first instant of the day of the fix
	Of    sampling.Filter // the calls that are compared, without dates
	// Like is the draw whose design the calls after the fix are drawn by; its id
	// is "" while nothing was heard of any draw from before the fix.
	Like Draw
}

// Effect compares an issue before and after its fix, in calls of the design by
// which it was heard before: the same queue, category and length. Where enough
// was drawn of before the fix after the issue was chosen for it, only that is
// compared: see [ranking.Effect.Luck]. It answers [review.NoIssue] or [NotFixed].
func (d *Desk) Effect(ctx context.Context, issueID string) (Effect, error) {
	issue, err := d.IssueCalled(ctx, issueID)
	if err != nil {
		return Effect{}, err
	}
	e := Effect{Issue: issue, Fixed: issue.Follow.Since(d.clock.Now().Location())}
	if e.Fixed.IsZero() {
		return Effect{}, review.Fail(NotFixed, review.Args{"name": issue.Name})
	}
	draws, err := d.store.Designs(ctx)
	if err != nil {
		return Effect{}, err
	}
	if e.Like, err = d.like(ctx, e, draws); err != nil {
		return Effect{}, err
	}
	if e.Like.ID != "" {
		if e.Of, err = sampling.ParseFilter(e.Like.Filter); err != nil {
			return Effect{}, err
		}
		e.Of.From, e.Of.To = time.Time{}, time.Time{}
	}
	err = d.compareFix(ctx, &e, draws)
	return e, err
}

// like is the draw that told of an issue before its fix: of those of which
// something was heard the newest, one of all categories and one in which the
// issue was heard before others.
func (d *Desk) like(ctx context.Context, e Effect, draws []Draw) (Draw, error) {
	held, err := d.store.DrawsWith(ctx, e.Issue.ID)
	if err != nil {
		return Draw{}, err
	}
	var like Draw
	best := -1
	for _, draw := range draws {
		filter, err := sampling.ParseFilter(draw.Filter)
		if err != nil {
			return Draw{}, err
		}
		if draw.TopsUp != "" || !draw.Begun || !filter.From.Before(e.Fixed) {
			continue
		}
		rank := 0
		if held[draw.ID] {
			rank += 2
		}
		if draw.Scope == review.Everywhere {
			rank++
		}
		if rank >= best {
			like, best = draw, rank
		}
	}
	return like, nil
}

// compareFix counts the calls before and after the fix.
func (d *Desk) compareFix(ctx context.Context, e *Effect, draws []Draw) error {
	first, last, err := d.store.Span(ctx, Filter{Queue: e.Of.Queue})
	if err != nil {
		return err
	}
	if first.IsZero() || first.After(e.Fixed) {
		first = e.Fixed
	}
	if last = last.Add(time.Second); last.Before(e.Fixed) {
		last = e.Fixed
	}
	waits, err := d.waits(ctx)
	if err != nil {
		return err
	}
	request := SliceRequest{
		Issue: e.Issue.ID, Of: e.Of, Edges: []time.Time{first, e.Fixed, last}, Draws: draws, Except: waits.of(e.Issue.ID),
	}
	all, err := d.store.SliceCounts(ctx, request)
	if err != nil {
		return err
	}
	chosen, err := d.store.DrawsSinceChosen(ctx, e.Issue.ID)
	if err != nil {
		return err
	}
	request.Only = true
	request.Edges = request.Edges[:2]
	request.Draws = slices.DeleteFunc(slices.Clone(draws), func(d Draw) bool { return !chosen[d.ID] })
	since, err := d.store.SliceCounts(ctx, request)
	if err != nil {
		return err
	}
	if clean := since[0]; clean.Heard >= ranking.FewestPoint {
		e.Effect = ranking.NewEffect(clean, all[1], true)
		return nil
	}
	e.Effect = ranking.NewEffect(all[0], all[1], false)
	return nil
}

// EffectDraw draws calls from after the fix of an issue, by the design of the
// draw that told of it before ([Effect.Like]): as many from as it, or as many as
// are missing when some were heard already. While such a draw is not heard to
// the end it answers that one. It answers [review.NoIssue], [NotFixed],
// [NothingBefore] or [NothingAfter].
func (d *Desk) EffectDraw(ctx context.Context, issueID string, progress func(read int64)) (Draw, error) {
	e, err := d.Effect(ctx, issueID)
	if err != nil {
		return Draw{}, err
	}
	if e.Like.ID == "" {
		return Draw{}, review.Fail(NothingBefore, review.Args{"name": e.Issue.Name})
	}
	req := DrawRequest{N: e.Like.Wanted, Filter: e.Of, Strata: e.Like.Strata, Equal: e.Like.Equal}
	req.Filter.From = e.Fixed
	draws, err := d.store.Draws(ctx)
	if err != nil {
		return Draw{}, err
	}
	for _, draw := range draws {
		if draw.Filter != req.Filter.String() {
			continue
		}
		if !draw.Closed && draw.Done < draw.Size {
			return draw, nil
		}
		if e.HearMore > 0 {
			req.N = int(e.HearMore)
		}
	}
	draw, err := d.Draw(ctx, req, progress)
	if code := review.CodeOf(err); code == sampling.EmptyFrame || code == sampling.FrameUsedUp {
		err = review.Fail(NothingAfter, review.Args{"name": e.Issue.Name, "day": e.Fixed}).Because(err)
	}
	return draw, err
}

// NothingAfter is answered where no call from after a fix is left to be drawn by
// the design of the draw before it. Args: name, day.
const NothingAfter review.Code = "nothing-after"

// NothingBefore is answered where no call from before a fix was heard, so that
// there is no design to draw by and nothing to compare with. Args: name.
const NothingBefore review.Code = "nothing-before"
