package session

// Playing is what the host plays, as far as the follower was told.
func (f *Follower) Playing() (p Play, ok bool) { return f.play, f.told }
