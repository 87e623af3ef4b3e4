package listen

import "time"

// Lend stops the open call and leaves the player to another page. The call is
// open again, where it was left, when this page comes to the front.
func (s *Screen) Lend() {
	if c := s.model.call; c != nil && !s.aside {
		s.lent = c.uid()
	}
	s.aside = false
	s.leave()
}

// PlayAside plays a call from a time for another page, which stays in front. It
// is neither picked nor listened to: [Screen.EndAside] closes it, and the call
// that was open is open again when this page comes to the front.
func (s *Screen) PlayAside(uid string, at time.Duration) {
	c := s.model.call
	switch {
	case c == nil:
	case c.uid() == uid:
		s.seek(at)
		s.play()
		return
	case !s.aside:
		s.lent = c.uid()
	}
	s.aside = true
	s.load(way{uid: uid, at: at, there: true, play: true})
}

// EndAside ends what [Screen.PlayAside] plays.
func (s *Screen) EndAside() {
	if s.aside {
		s.aside = false
		s.leave()
		return
	}
	s.pause()
}

// takeBack opens the call that was open before the player was lent.
func (s *Screen) takeBack() {
	if s.aside {
		s.EndAside()
	}
	if s.lent != "" && s.model.call == nil && !s.model.coming {
		s.load(way{uid: s.lent})
	}
	s.lent = ""
}
