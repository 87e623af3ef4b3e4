package listen

import (
	"context"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/review/sound"
)

const (
	jump     = 10 * time.Second // of ← and →
	leadIn   = 5 * time.Second  // before a moment, so that one hears how it came up
	finely   = 100 * time.Millisecond
	hair     = 10 * time.Millisecond // how far a moment goes by its finest key
	saveEach = time.Second           // of the recording
)

// loaded reports whether there is something to play.
func (s *Screen) loaded() bool { return s.model.call != nil && s.model.call.loaded() }

func (s *Screen) toggle() {
	if s.led() {
		s.toggleForAll()
	} else if s.deps.Player.Playing() {
		s.pause()
	} else {
		s.play()
	}
}

// play plays on. Where nobody would hear it, it looks for a sound card first: who
// wants to hear may just have plugged one in. Without one it plays silently.
func (s *Screen) play() {
	switch {
	case !s.loaded():
	case s.led():
		s.ask(session.Ask{Do: session.AskPlay})
	case s.deps.Sound() != nil:
		call := s.model.call
		s.connect(func(error) {
			if s.model.call == call && s.front {
				s.start()
			}
		})
	default:
		s.start()
	}
}

func (s *Screen) start() {
	s.deps.Player.Play()
	c := s.model.call
	c.playing, c.interrupted, c.trouble = true, false, nil // playing tries again
	if s.view != nil {
		s.view.player.wave.Follow(s.now)
	}
	s.refresh()
}

// pause stops playing and saves the place.
func (s *Screen) pause() {
	s.deps.Player.Pause()
	if s.loaded() {
		s.stopped(s.deps.Player.Position())
	}
}

// stopped shows that nothing plays any more.
func (s *Screen) stopped(at time.Duration) {
	c := s.model.call
	if c.playing {
		s.heardOn(c.at, at)
	}
	c.playing, c.at = false, at
	if s.view != nil {
		s.view.player.wave.Unfollow()
	}
	s.savePlace()
	s.refresh()
}

// now is where the call is; it is asked before every painted frame.
func (s *Screen) now() time.Duration {
	at := s.deps.Player.Position()
	s.tick(at)
	return at
}

// tick follows the player. The page changes once a second; the playhead moves
// by itself.
func (s *Screen) tick(at time.Duration) {
	c := s.model.call
	if c == nil {
		return
	}
	before := c.at
	c.at = at
	if c.playing {
		s.heardOn(before, at)
	}
	if s.view != nil {
		s.view.spoken.at(at)
	}
	if before/time.Second != at/time.Second {
		if s.view != nil {
			s.view.tick()
		}
		s.shell.Painted()
	}
	if (at - s.saved).Abs() >= saveEach {
		s.savePlace()
	}
}

// savePlace keeps where the call is and what was played of it.
func (s *Screen) savePlace() {
	c := s.model.call
	if !c.loaded() {
		return
	}
	s.saved = c.at
	s.logHeard()
	place := desk.Place{Call: c.uid(), At: c.at, Played: s.played()}
	s.acts.do(func(ctx context.Context) {
		if err := s.deps.Desk.SavePlace(ctx, place); err != nil {
			s.shell.Post(func() { s.shell.Fail(err) })
		}
	})
}

func (s *Screen) seek(to time.Duration) {
	switch {
	case !s.loaded():
	case s.led():
		s.ask(session.Ask{Do: session.AskSeek, PosMS: max(0, to).Milliseconds()})
	default:
		s.goTo(to)
	}
}

// goTo moves this window's player.
func (s *Screen) goTo(to time.Duration) {
	c := s.model.call
	c.at = max(0, min(to, c.length))
	s.deps.Player.Seek(c.at)
	if !c.playing {
		s.savePlace() // playing saves it as it goes
	}
	s.revealOnWave(c.at)
	s.refresh()
}

func (s *Screen) skipBy(by time.Duration) {
	if s.loaded() {
		s.seek(s.deps.Player.Position() + by)
	}
}

// tryAgain is for a call that could not be opened, or not be played further.
func (s *Screen) tryAgain() {
	if s.loaded() {
		s.play()
	} else if c := s.model.call; c != nil {
		s.load(way{uid: c.uid()})
	}
}

// swap turns the lanes of the call's source round, for all its calls.
func (s *Screen) swap() {
	uid, l := s.model.call.uid(), s.peaks
	var swapped bool
	s.act(func(ctx context.Context) (err error) {
		swapped, err = s.deps.Desk.SwapLanes(ctx, uid)
		return err
	}, func() {
		if s.peaks != l {
			return
		}
		l.swapped = swapped
		s.deps.Player.SetSwapped(swapped)
		if s.view != nil {
			s.view.player.wave.Redraw()
		}
		s.shell.Toast(s.shell.Say("listen.swapped", nil), "", nil)
	})
}

// on is what the player did on its own. It is stale if the person has gone on
// meanwhile.
func (s *Screen) on(e playback.Event) {
	if !s.loaded() || s.deps.Player.Playing() {
		return
	}
	s.stopped(e.At)
	switch e.Kind {
	case playback.SourceBroke:
		s.model.call.trouble = e.Err
		s.refresh()
	case playback.OutputLost:
		s.model.call.interrupted = true
	case playback.Ended:
		s.tellProblems()
	}
}

// tellProblems says, at the end of a call, where its recording is cut off or
// damaged: nobody hears what is missing.
func (s *Screen) tellProblems() {
	if s.deps.Problems == nil {
		return
	}
	var said []string
	for _, problem := range s.deps.Problems(s.model.call.source) {
		message, _ := s.model.texts.Error(problem)
		said = append(said, message)
	}
	if len(said) > 0 {
		s.shell.Toast(strings.Join(said, " "), "", nil)
	}
}

// heardPart is how much of the call's speech was played, 0 to 1; while the pass
// over the recording still runs, of the speech that it has come to.
func (s *Screen) heardPart() float64 {
	if !s.loaded() || s.peaks == nil {
		return 0
	}
	return sound.Covered(s.peaks.speech(), s.played())
}
