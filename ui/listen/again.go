package listen

// HearAgain opens a heard call from its beginning, to be heard and finished once
// more: for an issue that had no name yet when it was heard.
func (s *Screen) HearAgain(uid string) {
	s.load(way{uid: uid, there: true, play: true, again: true})
}

// hearAgain forgets what was played of a call that is to be heard again.
func (c *call) hearAgain() {
	c.again = true
	c.view.Place.Played = nil
}
