package listen

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// weekdays are the days of a week as it is shown, and their texts.
var weekdays = []time.Weekday{
	time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday,
}

func weekdayText(day time.Weekday) text.Key { return text.Key("plan." + strings.ToLower(day.String())) }

// RunPlan makes the draw that the weekly plan has due, if there is a plan, and
// says so in passing.
func (s *Screen) RunPlan() {
	type ran struct {
		desk.Planned
		made bool
	}
	job.Run(s.jobs, s.shell.Say("listen.weekly.title", nil), func(ctx context.Context, report func(job.Progress)) (r ran, err error) {
		r.Planned, r.made, err = s.deps.Desk.RunPlan(ctx, s.model.zone, func(read int64) { report(job.Progress{Done: read}) })
		return r, err
	}, nil, func(r ran, err error) {
		switch code := review.CodeOf(err); {
		case code == desk.NoPlan || err == nil && !r.made:
		case code == sampling.EmptyFrame || code == sampling.FrameUsedUp:
			message, _ := s.shell.Text().Error(err)
			s.shell.Toast(s.shell.Say("listen.weekly.nothing", review.Args{"why": message}), "", nil)
		case err != nil:
			s.shell.Fail(err)
		default:
			s.toldOfPlan(r.Planned)
		}
	})
}

// toldOfPlan names the draw that was made.
func (s *Screen) toldOfPlan(p desk.Planned) {
	_, week := p.Draw.At.In(s.model.zone).ISOWeek()
	name := s.shell.Say("listen.title", review.Args{"number": p.Draw.Number, "week": week})
	said := s.shell.Say("listen.weekly.made", review.Args{"name": name, "n": p.Draw.Size})
	if len(p.Missed) > 0 {
		said += " " + s.shell.Say("plan.missed", review.Args{"n": len(p.Missed), "weeks": strings.Join(p.Missed, ", ")})
	}
	s.shell.Toast(said, "", nil)
	s.reread()
	s.shell.Wrote()
}

// askForPlan reads the weekly plan and offers to change it.
func (s *Screen) askForPlan() {
	job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (desk.Planned, error) {
		p, err := s.deps.Desk.WeeklyPlan(ctx, s.model.zone)
		if review.CodeOf(err) == desk.NoPlan {
			return p, nil
		}
		return p, err
	}, nil, func(p desk.Planned, err error) {
		if err != nil {
			s.shell.Fail(err)
			return
		}
		s.showPlan(p)
	})
}

// showPlan offers a weekly draw of the minutes and filters in the form: on which
// day is asked.
func (s *Screen) showPlan(p desk.Planned) {
	set := !p.Since.IsZero()
	day, minutes := time.Monday, "30"
	if set {
		day, minutes = p.Weekday, s.shell.Text().Decimal(p.Minutes, 0)
	} else if !s.form.calls && strings.TrimSpace(s.form.amount) != "" {
		minutes = s.form.amount
	}
	var names []string
	chosen := 0
	for i, d := range weekdays {
		names = append(names, s.shell.Say(weekdayText(d), nil))
		if d == day {
			chosen = i
		}
	}
	days := widget.NewSegmented(names, func(n int) { day = weekdays[n] })
	days.SetChosen(chosen)
	field := widget.NewField("")
	field.SetText(minutes)
	rows := flex{vertical: true, gap: theme.GapSmall, grow: -1}.around(wrapped(s.shell.Say("listen.weekly.why", nil)))
	for _, line := range s.planLines(p) {
		rows.Add(wrapped(line))
	}
	rows.Add(days)
	rows.Add(flex{gap: theme.GapSmall, grow: -1}.around(fixed{width: 90}.around(field),
		level(widget.NewText(s.shell.Say("listen.weekly.minutes", nil), widget.Look{}))))
	answers := []screen.Answer{{
		Text: s.shell.Say("listen.weekly.set", nil), Primary: true, Choose: func() { s.setPlan(field.Text, day) },
	}}
	if set {
		answers = append(answers, screen.Answer{Text: s.shell.Say("listen.weekly.clear", nil), Choose: s.clearPlan})
	}
	answers = append(answers, screen.Answer{Text: s.shell.Say("listen.cancel", nil)})
	s.shell.Dialog(s.shell.Say("listen.weekly.title", nil), fixed{width: recordWidth}.around(fyne.CanvasObject(rows)), answers...)
}

// planLines say what has become of the plan.
func (s *Screen) planLines(p desk.Planned) []string {
	if p.Since.IsZero() {
		return nil
	}
	lines := []string{s.shell.Say("plan.next", review.Args{"day": s.shell.Text().Date(p.Next, s.model.zone)})}
	if len(p.Missed) > 0 {
		lines = append(lines, s.shell.Say("plan.missed", review.Args{"n": len(p.Missed), "weeks": strings.Join(p.Missed, ", ")}))
	}
	if p.Late > 0 {
		lines = append(lines, s.shell.Say("plan.late", review.Args{"n": p.Late}))
	}
	return lines
}

// setPlan plans so many minutes of the calls that the form's filters let in.
func (s *Screen) setPlan(minutes string, day time.Weekday) {
	f := s.form
	f.calls, f.amount, f.from, f.to, f.seed = false, minutes, "", "", ""
	req, err := f.request(s.model.zone, s.model.habits.Speed)
	if err != nil {
		s.shell.Fail(err)
		return
	}
	plan := desk.Plan{Minutes: req.Minutes, Speed: req.Speed, Weekday: day, Filter: req.Filter, Strata: req.Strata, Equal: req.Equal}
	s.act(func(ctx context.Context) error { return s.deps.Desk.SetPlan(ctx, plan) }, func() {
		s.shell.Toast(s.shell.Say("listen.weekly.is-set", review.Args{"day": s.shell.Say(weekdayText(day), nil)}), "", nil)
		s.RunPlan() // this week's is due
	})
}

func (s *Screen) clearPlan() {
	s.act(s.deps.Desk.ClearPlan, func() { s.shell.Toast(s.shell.Say("plan.cleared", nil), "", nil) })
}

// The figures of the sentence that says how many calls to hear.
const (
	rareShare = 0.05
	certainty = 0.95
)

// sizeText says how many of the frame's calls to hear so as not to miss an
// issue; frame is 0 while it is not known. Of a single call there is nothing to say.
func (s *Screen) sizeText(frame int64) string {
	args := review.Args{"share": s.shell.Text().Percent(rareShare), "certainty": s.shell.Text().Percent(certainty)}
	n, all := sampling.CallsToHearOf(frame, rareShare, certainty), sampling.CallsToHear(rareShare, certainty)
	if frame == 1 {
		return ""
	}
	if frame == 0 || n == all {
		args["n"] = all
		return s.shell.Say("listen.draw.size", args)
	}
	args["n"], args["frame"] = n, frame
	return s.shell.Say("listen.draw.size-of", args)
}
