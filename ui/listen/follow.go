package listen

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
)

// followEach is how often the player is held against the host's.
const followEach = 50 * time.Millisecond

// Told is called when something of the running session has changed, from any
// goroutine: who is there, what is played, what is on its way, or whether one
// runs at all.
func (s *Screen) Told() { s.shell.Post(s.meet) }

// Visited reports whether there is something to hear although the library may be
// empty: the calls of a session.
func (s *Screen) Visited() bool {
	return s.model.call != nil || s.model.coming || s.model.party.together()
}

// meet looks at the session that runs, and goes where its host has gone.
func (s *Screen) meet() {
	if s.deps.Together == nil {
		return
	}
	id, hosting := s.deps.Together.Running()
	before := s.model.party
	switch {
	case id == "" && before == nil:
		return
	case id == "":
		s.model.party = nil
		s.disband()
		s.refresh()
		return
	case before == nil || before.id != id:
		s.model.party = &party{id: id, me: s.deps.Together.Me()}
	}
	p, t := s.model.party, s.deps.Together
	p.hosting, p.roster, p.play = hosting, t.Roster(), t.Playing()
	p.coming, p.done, p.of = t.Coming()
	if !p.known || p.play.Round > 0 && p.call(p.play.Round) == "" {
		s.learn(p)
	}
	s.gather()
	s.refresh()
}

// learn asks the library what it knows of the session.
func (s *Screen) learn(p *party) {
	s.acts.do(func(ctx context.Context) {
		shared, err := s.deps.Desk.SharedOf(ctx, p.id)
		if err != nil {
			return // it has not come yet: asked again with the next change
		}
		places, err := s.deps.Desk.SessionPlaces(ctx, p.id)
		if err != nil {
			return
		}
		state, err := s.deps.Desk.Session(ctx, p.id)
		s.shell.Post(func() {
			if err != nil || s.model.party != p {
				return
			}
			changed := !p.known || p.shared.Closed != shared.Closed || !slices.Equal(p.places, places)
			p.known, p.shared, p.places = true, shared, places
			p.left, p.said = state.At, through(state, p.me)
			if shared.Closed {
				s.disband()
			}
			if changed {
				s.gather()
				s.refresh()
			}
		})
	})
}

// relearn asks anew what the library knows of the session that runs: it may have
// been closed since.
func (s *Screen) relearn() {
	if p := s.model.party; p != nil && p.known {
		s.learn(p)
	}
}

// gather goes where the host has taken everybody, once for each time: whoever
// leaves for another call stays there until the host opens the next. Where the
// host plays for all it keeps in step.
func (s *Screen) gather() {
	p := s.model.party
	if !p.together() {
		return
	}
	s.keepInStep()
	s.applyParty()
	uid := p.call(p.play.Round)
	if uid == "" || p.taken == p.play.Round {
		return
	}
	p.taken = p.play.Round
	if !s.front {
		s.shell.Go(screen.Listen)
	}
	s.rejoin()
}

// rejoin opens the call that the host plays.
func (s *Screen) rejoin() {
	p := s.model.party
	uid := p.call(p.play.Round)
	if uid == "" || s.model.call != nil && s.model.call.uid() == uid {
		return
	}
	s.aside, s.lent = false, ""
	s.load(way{uid: uid})
}

// keepInStep holds the player against the host's until the session ends.
func (s *Screen) keepInStep() {
	if s.following != nil {
		return
	}
	var queued atomic.Bool // Fyne's queue has no bound
	s.following = job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		ticker := time.NewTicker(followEach)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return struct{}{}, ctx.Err()
			case <-ticker.C:
			}
			if queued.CompareAndSwap(false, true) {
				s.shell.Post(func() {
					queued.Store(false)
					s.keepUp()
				})
			}
		}
	}, nil, func(struct{}, error) {})
}

// disband goes on alone, as the person likes to hear calls.
func (s *Screen) disband() {
	if s.following != nil {
		s.following.Cancel()
		s.following = nil
	}
	s.inStep, s.hushed = false, false // so that whoever comes back is put in step anew
	s.applyHabits()
}

// led reports whether the host plays the call that is open here.
func (s *Screen) led() bool {
	return s.front && !s.aside && s.loaded() && s.model.inStep() && !s.model.party.away
}

// keepUp does what the session says the player is to do now. It touches nothing
// but the player, so whoever tags, types or answers a question is not disturbed.
func (s *Screen) keepUp() {
	p := s.model.party
	if !p.together() {
		return
	}
	if id, _ := s.deps.Together.Running(); id != p.id {
		s.meet() // it was left
		return
	}
	if !s.front || s.aside || !s.loaded() || !s.model.inStep() {
		return
	}
	h := s.model.playhead(s.deps.Player)
	m := s.deps.Together.Follow(h)
	if m.Away != p.away {
		p.away = m.Away
		s.applyParty()
		s.refresh()
	}
	if m.Away || m.Open != 0 {
		return
	}
	s.move(m)
	s.hearAlong(h.Pos, h.Playing)
}

// move carries out a move.
func (s *Screen) move(m session.Move) {
	if m.Pause {
		s.pause()
	}
	if m.Seek {
		s.goTo(m.To)
	}
	if m.Speed > 0 {
		s.deps.Player.SetSpeed(m.Speed)
	}
	if m.Play {
		s.start()
	}
}

// hearAlong counts what another machine in the room lets this person hear.
func (s *Screen) hearAlong(at time.Duration, playing bool) {
	c := s.model.call
	if c == nil {
		return
	}
	if on := at - c.beside; playing && s.model.party.quiet() && on > 0 && on < 10*followEach {
		c.alongside = sound.Union(append(c.alongside, sound.Span{From: c.beside, To: at})...)
	}
	c.beside = at
}

// played is what of the open call was heard.
func (s *Screen) played() []sound.Span {
	return sound.Union(append(s.deps.Player.Played(), s.model.call.alongside...)...)
}

// applyParty lets the player sound as the session wants it: all hear the same at
// the same time, so no silence is skipped and nothing looped.
func (s *Screen) applyParty() {
	in := s.model.inStep()
	if in == s.inStep && s.model.party.quiet() == s.hushed {
		return
	}
	s.inStep, s.hushed = in, s.model.party.quiet()
	if in && s.model.call.loop.on {
		s.model.call.loop = loop{}
		s.loop()
	}
	s.applyHabits()
}

// ask asks for all, one thing after another.
func (s *Screen) ask(asks ...session.Ask) {
	s.asks.do(func(ctx context.Context) {
		for _, a := range asks {
			if err := s.deps.Together.Ask(ctx, a); err != nil {
				s.shell.Post(func() { s.shell.Fail(err) })
				return
			}
		}
	})
}

// askFrom plays for all from a time on.
func (s *Screen) askFrom(at time.Duration) {
	s.ask(session.Ask{Do: session.AskSeek, PosMS: max(0, at).Milliseconds()}, session.Ask{Do: session.AskPlay})
}

// toggleForAll is what Space does while all hear the same.
func (s *Screen) toggleForAll() {
	c := s.model.call
	switch {
	case c.playing:
		s.ask(session.Ask{Do: session.AskPause})
	case c.at >= c.length-finely:
		s.askFrom(0)
	default:
		s.ask(session.Ask{Do: session.AskPlay})
	}
}

// openRound opens a call of the session at a time: for all where the host plays
// for all, else here.
func (s *Screen) openRound(round int, at time.Duration) {
	p := s.model.party
	if !p.together() {
		s.load(way{uid: p.call(round), at: at, there: true, play: true})
		return
	}
	s.ask(session.Ask{Do: session.AskOpen, Round: round})
	s.askFrom(at)
}

// nextForAll opens the next call for all.
func (s *Screen) nextForAll() {
	if p := s.model.party; s.canGoOn() {
		s.ask(session.Ask{Do: session.AskOpen, Round: p.next()})
	}
}

// canGoOn reports whether this person opens the next call for all.
func (s *Screen) canGoOn() bool {
	p := s.model.party
	return p.together() && p.hosting && p.next() > 0
}

// backToSession shows the session where the call after a round is still on its way,
// or there is none: whoever only takes part has no draw to go on with.
func (s *Screen) backToSession(round int) {
	key := text.Key("listen.together.done-last")
	if slices.ContainsFunc(s.model.party.places, func(at desk.SessionPlace) bool { return at.Round == round+1 }) {
		key = "listen.together.coming"
	}
	s.shell.Go(screen.Session)
	s.shell.Toast(s.shell.Say(key, review.Args{"round": round + 1}), "", nil)
}

// waitForAll is what follows on a call that is finished while the host plays for
// all.
func (s *Screen) waitForAll() {
	key := text.Key("listen.together.done-wait")
	switch {
	case s.canGoOn():
		key = "listen.together.done-go-on"
	case s.model.party.next() == 0:
		key = "listen.together.done-last"
	}
	s.shell.Toast(s.shell.Say(key, review.Args{"key": s.shell.Key("listen.together.next")}), "", nil)
}

// switchRoom lets this machine alone be heard, or all again. On one that is quiet
// it is for this one only: whoever sits elsewhere needs it.
func (s *Screen) switchRoom() {
	p := s.model.party
	switch {
	case p.play.Only == p.me:
		s.ask(session.Ask{Do: session.AskAll})
	case p.play.Only != "":
		p.aloud = !p.aloud
		s.applyParty()
		s.refresh()
	default:
		p.aloud = false
		s.ask(session.Ask{Do: session.AskOnly})
	}
}

// canSwitchRoom reports whether all hear the same, so that it matters which
// machine of a room does.
func (s *Screen) canSwitchRoom() bool { return s.model.inStep() }

// canReturn reports whether the host plays another call than the open one.
func (s *Screen) canReturn() bool {
	p := s.model.party
	return p.together() && !s.model.inStep() && p.call(p.play.Round) != ""
}

// togetherCommands are what a session adds.
func (s *Screen) togetherCommands() []command.Command {
	return []command.Command{
		{ID: "listen.together.next", Title: "listen.together.next", Menu: menuTitle, Keys: runes('j'), Enabled: s.canGoOn, Run: s.nextForAll},
		{ID: "listen.together.only", Title: "listen.together.only", Menu: menuTitle, Keys: runes('o'), Enabled: s.canSwitchRoom, Run: s.switchRoom},
		{ID: "listen.together.return", Title: "listen.together.return", Menu: menuTitle, Keys: runes('y'), Enabled: s.canReturn, Run: s.rejoin},
	}
}
