package meeting

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
)

// The commands whose keys stand on buttons.
const (
	startCommand = "meeting.start"
	bringCommand = "meeting.bring"
	hearCommand  = "meeting.hear"
	agentCommand = "meeting.agent"
	endCommand   = "meeting.end"
	enterCommand = "meeting.enter"
	leftCommand  = "meeting.left"
	rightCommand = "meeting.right"
)

// Commands implements [screen.Screen].
func (s *Screen) Commands() []command.Command {
	held := func() bool { return s.model.held }
	preparing := func() bool { return !s.model.held }
	key := func(name fyne.KeyName) []command.Key { return []command.Key{command.Named(name)} }
	move := func(by int) func() {
		return func() {
			s.model.move(by)
			s.refresh()
		}
	}
	all := []command.Command{
		{
			ID: startCommand, Title: "meeting.start", Menu: "meeting.menu", Run: func() { s.start(0) },
			Keys:    []command.Key{command.Named(fyne.KeyReturn, fyne.KeyModifierShortcutDefault)},
			Enabled: func() bool { return preparing() && len(s.model.slides()) > 0 },
		},
		{ID: "meeting.tab", Title: "meeting.next-tab", Menu: "meeting.menu", Keys: []command.Key{command.Rune('v')}, Enabled: preparing, Run: s.nextTab},
		{ID: bringCommand, Title: "meeting.bring", Menu: "meeting.menu", Keys: []command.Key{command.Rune('s')}, Enabled: preparing, Run: s.bring},
		{ID: "meeting.down", Title: "meeting.down", Keys: key(fyne.KeyDown), Enabled: preparing, Repeats: true, Run: move(1)},
		{ID: "meeting.up", Title: "meeting.up", Keys: key(fyne.KeyUp), Enabled: preparing, Repeats: true, Run: move(-1)},
		{ID: enterCommand, Title: "meeting.enter", Keys: key(fyne.KeyReturn), Run: s.enter},
		{ID: rightCommand, Title: "meeting.right", Menu: "meeting.menu", Keys: key(fyne.KeyRight), Enabled: held, Run: func() { s.turn(1) }},
		{ID: leftCommand, Title: "meeting.left", Menu: "meeting.menu", Keys: key(fyne.KeyLeft), Enabled: held, Run: func() { s.turn(-1) }},
		{ID: hearCommand, Title: "meeting.hear", Menu: "meeting.menu", Keys: key(fyne.KeySpace), Enabled: held, Run: s.toggle},
		{ID: agentCommand, Title: "meeting.show-agent", Menu: "meeting.menu", Keys: []command.Key{command.Rune('a')}, Enabled: s.onPraise, Run: s.askToShow},
		{ID: endCommand, Title: "meeting.end", Menu: "meeting.menu", Keys: key(fyne.KeyEscape), Enabled: held, Run: s.end},
	}
	for i := range all {
		all[i].Screen = screen.Meeting
	}
	return all
}

func (s *Screen) nextTab() {
	s.model.tab = (s.model.tab + 1) % tab(tabs)
	s.refresh()
}

// bring brings the chosen words or praise to the meeting.
func (s *Screen) bring() {
	if a, ok := s.model.bring(); ok {
		s.write(func(ctx context.Context) error { return s.deps.Desk.SetAgenda(ctx, a) }, func() {
			s.shell.Toast(s.shell.Say("meeting.brought", nil), "", nil)
		})
	}
}

// enter begins at the chosen slide, opens the chosen call, or decides.
func (s *Screen) enter() {
	if at, ok := s.model.at(); ok {
		if at.kind == decide && s.view != nil {
			s.view.decide()
		}
		return
	}
	if uid, at, ok := s.model.place(); ok {
		s.shell.Open(uid, at)
	} else if s.model.size() > 0 {
		s.start(s.model.chosen[agenda])
	}
}

// start fills the window with the slides, beginning with one of them.
func (s *Screen) start(slide int) {
	s.model.held, s.model.slide, s.model.shown = true, slide, nil
	s.shell.Full(true)
	s.shell.Surface()
	s.refresh()
}

// end goes back to what the meeting is made of.
func (s *Screen) end() {
	if !s.model.held {
		return
	}
	s.silence()
	s.keep()
	s.model.held, s.model.shown = false, nil
	s.shell.Full(false)
	s.refresh()
}

func (s *Screen) turn(by int) {
	s.keep()
	if s.model.turn(by) {
		s.silence()
		s.refresh()
	}
}

// keep keeps what was typed of a decision.
func (s *Screen) keep() {
	at, ok := s.model.at()
	if !ok || at.kind != decide || s.view == nil {
		return
	}
	id := s.model.meeting.Issues[at.issue].ID
	was := s.model.follow(id)
	typed := was
	typed.Owner, typed.Next = s.view.decision()
	follow, err := typed.Clean()
	if err != nil {
		s.shell.Fail(err)
		return
	}
	if follow == was {
		return
	}
	s.write(func(ctx context.Context) error { return s.deps.Desk.Follow(ctx, id, follow) }, func() {
		s.shell.Toast(s.shell.Say("meeting.kept", review.Args{"issue": s.name(id)}), "", nil)
	})
}

func (s *Screen) name(issueID string) string {
	for _, i := range s.model.issues {
		if i.ID == issueID {
			return i.Name
		}
	}
	return ""
}
