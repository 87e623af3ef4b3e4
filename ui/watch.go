package ui

import (
	"context"
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
	version, size, err := s.read(s.life)
	switch {
	case err != nil:
		if !before.failed && s.life.Err() == nil {
			s.Post(func() { s.Fail(err) })
		}
		return look{version: before.version, any: before.any, failed: true}
	case !before.any || version != before.version:
		s.Post(func() { s.changed(size) })
	}
	return look{version: version, any: true}
}

func (s *Shell) read(ctx context.Context) (version, size int64, err error) {
	if version, err = s.parts.Desk.Version(ctx); err != nil {
		return 0, 0, err
	}
	size, err = s.parts.Desk.Size(ctx)
	return version, size, err
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
