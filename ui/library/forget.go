package library

import (
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/forget"
	"github.com/earshot-app/earshot/ui/screen"
)

// forgetCommand forgets the chosen call for ever.
func (s *Screen) forgetCommand() command.Command {
	chosen := func() bool {
		call, ok := s.model.chosenCall()
		return ok && s.model.tab == calls && !s.searching() && !review.Forgotten(call.uid)
	}
	return command.Command{
		ID: "library.forget", Title: "forget.command", Menu: "library.menu", Screen: screen.Library, Enabled: chosen, Run: s.askToForget,
	}
}

func (s *Screen) askToForget() {
	call, ok := s.model.chosenCall()
	if !ok {
		return
	}
	forget.Ask(s.Shell, call.uid, func() { forget.Call(s.Shell, s.jobs, s.Desk, call.uid, nil) })
}
