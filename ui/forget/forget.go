// Package forget asks whether a call is to be forgotten for ever, and forgets
// it. What stays is said before; see review/desk.
package forget

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// Desk is what forgets; *desk.Desk is one.
type Desk interface {
	Forget(ctx context.Context, uids []string, progress func(done int)) (desk.ForgottenCalls, error)
}

// Ask asks whether the call of a uid is to be forgotten, and calls yes where a
// person means it. Return and Escape both give the safe answer.
func Ask(s screen.Shell, uid string, yes func()) {
	say := func(key string) *widget.Text { return widget.NewText(s.Say(key, nil), widget.Look{Fit: widget.Wrap}) }
	which := widget.NewText(uid, widget.Look{Mono: true, Fit: widget.Wrap})
	content := container.New(widget.Column{Gap: theme.Gap}, which, say("forget.gone"), say("forget.stays"), say("forget.beyond"))
	s.Dialog(s.Say("forget.title", nil), container.New(wide{}, content),
		screen.Answer{Text: s.Say("forget.do", nil), Choose: yes},
		screen.Answer{Text: s.Say("forget.no", nil), Primary: true}) // the last is also what Escape answers
}

// Call forgets a call, says so and calls done. The library is read anew by all
// that show it.
func Call(s screen.Shell, jobs *job.Runner, d Desk, uid string, done func()) {
	work := func(ctx context.Context, _ func(job.Progress)) (desk.ForgottenCalls, error) {
		return d.Forget(ctx, []string{uid}, nil)
	}
	job.Run(jobs, s.Say("forget.doing", nil), work, nil, func(out desk.ForgottenCalls, err error) {
		if err != nil {
			s.Fail(err)
		}
		if out.Calls > 0 {
			said := s.Say("forget.done", review.Args{"n": out.Calls})
			if out.Traces {
				said += " " + s.Say("forget.traces", nil)
			}
			s.Toast(said, "", nil)
			s.Wrote()
		}
		if done != nil {
			done()
		}
	})
}

// wide keeps the text of the question in lines of one width.
type wide struct{}

const width = 460

func (wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	objects[0].Resize(fyne.NewSize(width, objects[0].MinSize().Height)) // wraps its text
	return fyne.NewSize(width, objects[0].MinSize().Height)
}

func (wide) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }
