package session

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// enter opens what one is at: a session, a call in Listen, or what can be done
// about a person.
func (s *Screen) enter() {
	m := s.model
	switch {
	case m.shown == "" && m.chosen < len(m.all):
		s.open(m.all[m.chosen].ID)
	case m.room != nil && m.room.zone == inPeople:
		if m.room.other() != "" {
			s.askMember()
		}
	case m.room != nil:
		uid, at := m.room.place()
		if uid == "" {
			if m.room.call() != nil {
				s.shell.Toast(s.shell.Say("session.not-here", nil), "", nil)
			}
			return
		}
		s.shell.Open(uid, at)
	}
}

// open puts a session in front.
func (s *Screen) open(id string) {
	s.model.show(id)
	s.refresh()
	s.read()
}

// back leads to all sessions; one that runs goes on.
func (s *Screen) back() { s.open("") }

// next takes everybody to the next call.
func (s *Screen) next() {
	r := s.model.room
	id, round := r.state.ID, r.next()
	s.act(func(ctx context.Context) error { return s.deps.Desk.OpenRound(ctx, id, round) }, func() {
		if r := s.model.room; r != nil {
			r.goTo(slices.Index(r.numbers(), round))
		}
	})
}

// canConnect reports whether the session in front can be entered again.
func (s *Screen) canConnect() bool {
	r := s.model.room
	return r != nil && !r.running && !r.state.Closed && !r.shared.Closed
}

// connect enters a session again that was left, or handed round as a file.
func (s *Screen) connect() {
	r := s.model.room
	id, link := r.state.ID, ""
	server, _ := s.deps.Live.Server() // for a session that lies nowhere yet
	h := Hosting{HostRequest: desk.HostRequest{As: r.names[r.me]}, Server: server != "", Listen: offered(s.deps.Live.Addresses()), Offer: usual}
	s.doingNet("session.connecting", func(ctx context.Context) (err error) {
		link, err = s.deps.Live.Enter(ctx, id, h)
		return err
	}, func() {
		if link != "" {
			s.hand(link, h.Offer)
		}
	})
}

// ask asks a question before something is done.
func (s *Screen) ask(title string, said []string, do text.Key, act func()) {
	column := container.New(widget.Column{Gap: theme.GapSmall})
	for _, sentence := range said {
		column.Add(wrapped(sentence))
	}
	s.shell.Dialog(title, column,
		screen.Answer{Text: s.shell.Say(do, nil), Primary: true, Choose: act}, s.cancel())
}

func (s *Screen) cancel() screen.Answer {
	return screen.Answer{Text: s.shell.Say("session.cancel", nil)}
}

// askReveal asks before the chosen call is revealed, or all are.
func (s *Screen) askReveal(all bool) {
	r := s.model.room
	id, round := r.state.ID, r.number()
	title := r.say("session.reveal-title", review.Args{"n": round})
	said := []string{r.say("session.reveal-ask", nil)}
	if all {
		round, title = desk.AllRounds, r.say("session.reveal-all-title", nil)
	} else if waiting, _ := r.waiting(); len(waiting) > 0 {
		said = append(said, r.say("session.waiting-for", review.Args{"names": list(waiting)}))
	}
	s.ask(title, said, "session.reveal-do", func() {
		s.act(func(ctx context.Context) error {
			_, err := s.deps.Desk.RevealRound(ctx, id, round)
			return err
		}, nil)
	})
}

// askAdopt says what adopting the consensus does, and does it.
func (s *Screen) askAdopt() {
	r := s.model.room
	id := r.state.ID
	s.ask(r.say("session.adopt-title", nil), []string{r.say("session.adopt-ask", nil), r.say("session.adopt-once", nil)}, "session.adopt-do", func() {
		var did desk.AdoptedConsensus
		s.act(func(ctx context.Context) (err error) {
			did, err = s.deps.Desk.AdoptConsensus(ctx, id)
			return err
		}, func() {
			s.shell.Toast(s.shell.Say("session.adopted", review.Args{"n": did.Calls, "added": did.Added, "removed": did.Removed}), "", nil)
		})
	})
}

// askLeave asks before this window's part in the running session ends.
func (s *Screen) askLeave() {
	r := s.model.room
	key := text.Key("session.leave-ask")
	if r.hosting() {
		key = "session.leave-host"
	}
	s.ask(r.say("session.leave-title", nil), []string{r.say(key, nil)}, "session.leave-do", func() { s.act(s.deps.Live.Leave, s.back) })
}

// askClose asks before the session ends for everybody.
func (s *Screen) askClose() {
	r := s.model.room
	id := r.state.ID
	s.ask(r.say("session.close-title", nil), []string{r.say("session.close-ask", nil)}, "session.close-do", func() {
		s.act(func(ctx context.Context) error { return s.deps.Desk.CloseSession(ctx, id) }, nil)
	})
}

// askMember offers what the host can do about the chosen person.
func (s *Screen) askMember() {
	r := s.model.room
	author := r.other()
	name := r.name(author)
	act := func(do func(ctx context.Context, member string) error) func() {
		return func() { s.act(func(ctx context.Context) error { return do(ctx, author) }, nil) }
	}
	column := container.New(widget.Column{Gap: theme.GapSmall},
		wrapped(r.say("session.remove-about", nil)), wrapped(r.say("session.hand-over-about", nil)))
	s.shell.Dialog(name, column,
		screen.Answer{Text: r.say("session.remove", nil), Choose: act(s.deps.Live.Remove)},
		screen.Answer{Text: r.say("session.hand-over", nil), Choose: act(s.deps.Live.HandOver)}, s.cancel())
}

// drop shows choices below a button.
func (s *Screen) drop(items []*fyne.MenuItem, button fyne.CanvasObject) {
	widget.Offer(items, s.shell.Canvas(), button, s.shell.Say("shell.offer", nil))
}
