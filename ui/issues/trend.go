package issues

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// trend is the tab that shows how the share of the chosen issue went, and
// whether its fix did work. The arrows go to the issues before and after it.
type trend struct {
	screen *Screen
	scroll *container.Scroll
	all    *fyne.Container

	mark           *widget.Mark
	name, place    *widget.Text
	steps          *widget.Segmented
	chart          *widget.Chart
	none, gaps     *widget.Text
	verdict, aside *widget.Text
	draw           *widget.Button
}

func newTrend(s *Screen) *trend {
	say := s.shell.Say
	caption := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap}
	t := &trend{
		screen: s, mark: widget.NewMark(theme.Issue(0), widget.Circle), chart: widget.NewChart(nil),
		name:  widget.NewText("", widget.Look{Size: theme.TextTitle, Bold: true, Fit: widget.Wrap, Lines: 2}),
		place: widget.NewText("", caption), none: widget.NewText(say("issues.trend-none", nil), caption), gaps: widget.NewText("", caption),
		verdict: widget.NewText("", widget.Look{Size: theme.TextTitle, Bold: true, Fit: widget.Wrap}), aside: widget.NewText("", caption),
	}
	t.steps = widget.NewSegmented([]string{say("issues.trend-auto", nil), say("issues.trend-weeks", nil), say("issues.trend-months", nil)},
		func(n int) { s.stepBy(steps[n]) })
	t.draw = widget.NewButton(say("issues.second-draw", nil), widget.Secondary, s.drawAfter)
	t.draw.SetKey(s.shell.Key(drawAfterCommand))
	back := widget.NewIconButton(fynetheme.MoveUpIcon(), widget.Secondary, func() { s.goTo(s.model.at() - 1) })
	on := widget.NewIconButton(fynetheme.MoveDownIcon(), widget.Secondary, func() { s.goTo(s.model.at() + 1) })
	head := container.NewBorder(nil, nil, nil, container.NewVBox(container.NewHBox(back, on)), container.New(widget.Column{Gap: theme.GapTiny}, container.New(signed{}, t.mark, t.name), t.place))
	save := widget.NewButton(say("issues.do-chart", nil), widget.Secondary, s.askChart)
	how := widget.NewText(say("rank.explain_trend", nil), caption)
	course := widget.NewCard(widget.Plain, container.New(widget.Column{Gap: theme.Gap}, head, container.NewBorder(nil, nil, t.steps, save), t.chart, t.none, t.gaps, how))
	effect := widget.NewCard(widget.Plain, container.New(widget.Column{Gap: theme.GapSmall},
		widget.NewText(say("issues.effect", nil), caption), t.verdict, t.aside, container.NewHBox(t.draw)))
	t.all = container.New(widget.Column{Gap: theme.Gap, Margin: theme.Gap}, course, effect)
	t.scroll = container.NewVScroll(t.all)
	return t
}

// show sets the tab to the model.
func (t *trend) show() {
	m := t.screen.model
	at := m.at()
	if at < 0 {
		return
	}
	issue := m.ranked.Issues[at]
	t.mark.Set(theme.Issue(m.codes()[issue.ID]), widget.Circle)
	t.name.SetText(issue.Name)
	t.place.SetText(m.say("issues.trend-place", review.Args{"place": at + 1, "n": len(m.ranked.Issues)}))
	t.steps.SetChosen(slices.Index(steps, m.step))
	body, ok := m.chart()
	t.chart.Hidden, t.none.Hidden = !ok, ok || !m.followed
	if ok {
		t.chart.SetBody(body)
	}
	t.gaps.SetText(m.gaps())
	t.gaps.Hidden = t.gaps.Text() == ""
	said, beside := m.effect()
	if !m.followed {
		said, beside = "", ""
	}
	t.verdict.SetText(said)
	t.aside.SetText(beside)
	t.draw.Hidden = !m.followed || !m.course.fixed
	t.all.Refresh()
	t.scroll.Refresh()
}

// stepBy shows the trend by other periods.
func (s *Screen) stepBy(step ranking.Step) {
	if s.model.step != step {
		s.model.step, s.model.followed = step, false
		s.trace()
		s.painted()
	}
}

// nextStep shows the trend by the next kind of periods.
func (s *Screen) nextStep() {
	s.stepBy(steps[(slices.Index(steps, s.model.step)+1)%len(steps)])
}

// trace reads how the share of the chosen issue went.
func (s *Screen) trace() {
	s.drop(&s.tracing)
	id, filter, step := s.model.chosen, s.model.filter(), s.model.step
	if id == "" || s.model.tab != trendTab {
		return
	}
	fixed := s.model.follow(id).State == review.Fixed
	work := func(ctx context.Context, _ func(job.Progress)) (c course, err error) {
		if c.trend, err = s.desk.Trend(ctx, id, filter, step); err == nil && fixed {
			c.fixed = true
			c.effect, err = s.desk.Effect(ctx, id)
		}
		return c, err
	}
	s.tracing = job.Run(s.jobs, "", work, nil, func(c course, err error) {
		s.tracing = nil
		if err != nil {
			s.shell.Fail(err)
			return
		}
		s.model.course, s.model.followed = c, true
		s.painted()
	})
}

// drawAfter draws calls from after the fix of the chosen issue, by the design
// that it was heard by before.
func (s *Screen) drawAfter() {
	id := s.model.chosen
	if s.writing || !s.onFixed() {
		return
	}
	s.writing = true
	var drawing *job.Job
	told := false
	tell := func(state job.State) {
		if state.Visible && !told {
			told = true
			s.shell.Toast(state.Title, s.shell.Say("issues.cancel", nil), func() { drawing.Cancel() })
		}
	}
	drawing = job.Run(s.jobs, s.shell.Say("issues.drawing", nil), func(ctx context.Context, progress func(job.Progress)) (desk.Draw, error) {
		return s.desk.EffectDraw(ctx, id, func(read int64) { progress(job.Progress{Done: read}) })
	}, tell, func(draw desk.Draw, err error) {
		s.writing = false
		if err != nil {
			s.shell.Fail(err)
			return
		}
		s.shell.Wrote()
		s.shell.Toast(s.shell.Say("issues.drawn", review.Args{"n": draw.Size}), s.shell.Say("issues.go-listen", nil), func() { s.shell.Go(screen.Listen) })
	})
}

// onFixed reports whether one looks at the trend of an issue that was fixed.
func (s *Screen) onFixed() bool {
	return s.model.tab == trendTab && s.model.followed && s.model.course.fixed
}
