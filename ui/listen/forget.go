package listen

import (
	"context"

	"github.com/earshot-app/earshot/ui/forget"
)

// askToForget asks whether the open call is to be forgotten for ever. It is
// closed first, and what was done to it before reaches the library before.
func (s *Screen) askToForget() {
	uid := s.model.call.uid()
	forget.Ask(s.shell, uid, func() {
		if c := s.model.call; c != nil && c.uid() == uid {
			s.leave()
			s.refresh()
		}
		s.acts.do(func(context.Context) {
			s.shell.Post(func() {
				forget.Call(s.shell, s.jobs, s.deps.Desk, uid, func() { s.goOn(false) })
			})
		})
	})
}
