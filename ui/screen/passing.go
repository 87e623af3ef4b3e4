package screen

import (
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/job"
)

// passingAgain is after how many states of a job it is told again although
// nothing has changed, before the toast that tells of it goes.
const passingAgain = 50

// Passing tells of a job in passing while it is worth it: how far it has come,
// and a button that stops it, or that it was stopped. It is what [job.Run] calls
// with the states of the job.
func Passing(s Shell, stop func()) func(job.State) {
	said, states := "", 0
	return func(state job.State) {
		switch {
		case state.Ended && review.CodeOf(state.Err) == review.Cancelled:
			s.Toast(s.Say("ui.stopped", nil), "", nil)
		case state.Visible:
			now := state.Title
			if part, known := state.Progress.Part(); known {
				now = s.Say("ui.part", review.Args{"title": state.Title, "part": s.Text().Percent(part)})
			}
			if now != said || states%passingAgain == 0 {
				said = now
				s.Toast(now, s.Say("ui.stop", nil), stop)
			}
			states++
		}
	}
}
