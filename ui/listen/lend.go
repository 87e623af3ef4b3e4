package listen

// Lend stops the open call and leaves the player to another page. The call is
// open again, where it was left, when this page comes to the front.
func (s *Screen) Lend() {
	if c := s.model.call; c != nil {
		s.lent = c.uid()
	}
	s.leave()
}

// takeBack opens the call that was open before the player was lent.
func (s *Screen) takeBack() {
	if s.lent != "" && s.model.call == nil && !s.model.coming {
		s.load(way{uid: s.lent})
	}
	s.lent = ""
}
