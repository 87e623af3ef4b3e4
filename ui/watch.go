package ui

import (
	"time"
)

// lookEvery is how often the shell looks whether another program has written
// to the library.
const lookEvery = time.Second

// Wrote implements screen.Shell.
func (s *Shell) Wrote() {
	if s.parts.Wrote != nil {
		s.parts.Wrote()
	}
	select {
	case s.wrote <- struct{}{}:
	default: // a look is due anyway
	}
	s.Painted()
}

// watch looks at the library now, after every act and every second, until the
// shell is closed.
func (s *Shell) watch() {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	var seen look
	for {
		seen = s.look(seen)
		select {
		case <-s.life.Done():
			return
		case <-tick.C:
		case <-s.wrote:
		}
	}
}

// look is what was last seen of the library.
type look struct {
	version int64
	any     bool
	failed  bool // and the person has been told
}

// look tells the screens if the library has changed since before.
func (s *Shell) look(before look) look {
	version, err := s.parts.Desk.Version(s.life)
	if err == nil && before.any && version == before.version {
		return look{version: version, any: true}
	}
	var size int64
	if err == nil {
		size, err = s.parts.Desk.Size(s.life)
	}
	if err != nil {
		if !before.failed && s.life.Err() == nil {
			s.Post(func() { s.Fail(err) })
		}
		return look{version: before.version, any: before.any, failed: true}
	}
	s.Post(func() { s.changed(size) })
	return look{version: version, any: true}
}

// changed passes on that the library is another than it was.
func (s *Shell) changed(size int64) {
	first := !s.known
	s.known, s.empty = true, size == 0
	if first && s.chosen == nil { // else something was asked for at the start
		s.Go(s.screens[0].Name())
		return
	}
	s.arrange()
	s.Changed()
}

// Changed has the screens read again what they show. It is for what no library
// tells of, such as a sound card that is gone.
func (s *Shell) Changed() {
	for _, sc := range s.screens {
		sc.Changed()
	}
	s.Painted()
}
