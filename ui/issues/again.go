package issues

import (
	"context"

	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// againAtOnce are the calls that are listed to hear again.
const againAtOnce = 8

// askAgain lists the calls that were heard before the chosen issue had its name,
// and opens the first of them to be heard again.
func (s *Screen) askAgain() {
	e := s.entry()
	job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (desk.HeardThen, error) {
		return s.desk.HeardBefore(ctx, e.ID, againAtOnce)
	}, nil, func(then desk.HeardThen, err error) {
		if err != nil {
			s.shell.Fail(err)
			return
		}
		s.showAgain(e.Name, then)
	})
}

func (s *Screen) showAgain(name string, then desk.HeardThen) {
	said := s.shell.Say("codebook.heard-before", review.Args{"n": then.Total})
	if then.Total == 0 {
		said = s.shell.Say("codebook.none-before", nil)
	}
	content := container.New(widget.Column{Gap: theme.GapSmall}, widget.NewText(said, widget.Look{Fit: widget.Wrap}))
	hear := func(uid string) {
		if s.deps.Again != nil {
			s.deps.Again(uid)
		}
	}
	var dismiss func()
	for _, call := range then.Calls {
		place := s.shell.Text().DateTime(call.Start, s.shell.Zone()) + " · " + s.shell.Text().Clock(call.Duration)
		content.Add(widget.NewRow(widget.NewText(place, widget.Look{Fit: widget.Cut}), func() {
			dismiss()
			hear(call.UID)
		}))
	}
	title := s.shell.Say("codebook.again-title", review.Args{"issue": short(name)})
	if len(then.Calls) == 0 {
		dismiss = s.shell.Dialog(title, content, screen.Answer{Text: s.shell.Say("issues.close", nil), Primary: true})
		return
	}
	dismiss = s.shell.Dialog(title, content,
		screen.Answer{Text: s.shell.Say("codebook.again-do", nil), Primary: true, Choose: func() { hear(then.Calls[0].UID) }},
		screen.Answer{Text: s.shell.Say("issues.close", nil)})
}
