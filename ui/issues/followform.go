package issues

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// states are those of an issue, in the order in which they are offered.
var states = []review.Progress{review.Open, review.Fixing, review.Fixed}

// A followForm is what is being typed of an issue's follow-through.
type followForm struct {
	screen           *Screen
	issue            string // id
	state            review.Progress
	owner, day, next *widget.Field
	dayRow, note     fyne.CanvasObject
	content          *fyne.Container
}

// askFollow asks who sees to the chosen issue, how far they are and what comes
// next.
func (s *Screen) askFollow() {
	at := s.model.at()
	if at < 0 {
		return
	}
	issue := s.model.ranked.Issues[at]
	f := s.newFollowForm(issue.ID)
	dismiss := s.shell.Dialog(s.shell.Say("issues.follow-title", review.Args{"issue": short(issue.Name)}), f.content,
		screen.Answer{Text: s.shell.Say("issues.follow-do", nil), Primary: true, Enabled: f.ok, Choose: f.save},
		screen.Answer{Text: s.shell.Say("issues.cancel", nil)})
	for _, field := range []*widget.Field{f.owner, f.day, f.next} {
		field.OnKey = widget.Answers(dismiss, f.ok, f.save)
	}
	s.shell.Canvas().Focus(f.owner)
}

func (s *Screen) newFollowForm(issueID string) *followForm {
	say, was := s.shell.Say, s.model.follow(issueID)
	f := &followForm{screen: s, issue: issueID, state: was.State}
	f.owner, f.day, f.next = widget.NewField(say("issues.follow-owner-hint", nil)), widget.NewField(say("issues.dates-hint", nil)), widget.NewField("")
	f.owner.SetText(was.Owner)
	f.next.SetText(was.Next)
	f.day.SetText(was.On)
	if was.On == "" {
		f.day.SetText(typeDay(s.model.now().In(s.model.zone)))
	}
	names := []string{say("issues.status-open", nil), say("issues.status-fixing", nil), say("issues.follow-fixed", nil)}
	state := widget.NewSegmented(names, func(n int) {
		f.state = states[n]
		f.show()
	})
	state.SetChosen(slices.Index(states, was.State))
	f.dayRow = widget.Labelled(say("issues.follow-day", nil), f.day)
	f.note = widget.NewText(say("issues.follow-note", nil), widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
	f.content = container.New(widget.Column{Gap: theme.GapSmall},
		widget.Labelled(say("issues.follow-owner", nil), f.owner),
		widget.Labelled(say("issues.column-status", nil), container.NewHBox(state)), f.dayRow, f.note,
		widget.Labelled(say("issues.follow-next", nil), f.next))
	f.show()
	return f
}

// show asks for the day only of what is fixed.
func (f *followForm) show() {
	setVisible(f.dayRow, f.state == review.Fixed)
	setVisible(f.note, f.state == review.Fixed)
	f.content.Refresh()
}

func (f *followForm) follow() review.Follow {
	follow := review.Follow{Owner: f.owner.Text, State: f.state, Next: f.next.Text}
	if day, ok := typedDay(f.day.Text, f.screen.model.zone); ok && f.state == review.Fixed {
		follow.On = typeDay(day)
	}
	return follow
}

func (f *followForm) ok() bool {
	_, err := f.follow().Clean()
	return err == nil
}

func (f *followForm) save() {
	s, follow := f.screen, f.follow()
	if s.writing {
		return
	}
	s.writing = true
	job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		return struct{}{}, s.desk.Follow(ctx, f.issue, follow)
	}, nil, func(_ struct{}, err error) {
		s.writing = false
		if err != nil {
			s.shell.Fail(err)
			return
		}
		s.shell.Wrote()
	})
}
