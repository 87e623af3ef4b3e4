package listen

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/review/sound"
)

// logEach is how much of a recording is heard before the listening log is told,
// also while the call plays on.
const logEach = 30 * time.Second

// heardOn notes that the call was played from one time to another. What was
// jumped over was not, and without a sound card nobody hears anything.
func (s *Screen) heardOn(from, to time.Duration) {
	if to <= from || s.model.mute != nil {
		return
	}
	if last := len(s.unlogged) - 1; last >= 0 && s.unlogged[last].To == from {
		s.unlogged[last].To = to
	} else {
		s.unlogged = append(s.unlogged, sound.Span{From: from, To: to})
	}
}

// logHeard tells the listening log how much speech was heard since it was told
// last: when playing stops, and each time that it is much.
func (s *Screen) logHeard() {
	c := s.model.call
	var all time.Duration
	for _, span := range s.unlogged {
		all += span.To - span.From
	}
	if all == 0 || c.playing && all < logEach {
		return
	}
	heard := all
	if s.peaks != nil && s.peaks.whole { // else its speech is not known yet
		heard = 0
		speech := s.peaks.speech()
		for _, span := range s.unlogged { // one by one, as a part may be heard twice
			heard += time.Duration(sound.Covered([]sound.Span{span}, speech) * float64(span.To-span.From))
		}
	}
	s.unlogged = nil
	uid := c.uid()
	s.acts.do(func(ctx context.Context) {
		if err := s.deps.Desk.Listened(ctx, uid, heard); err != nil {
			s.shell.Post(func() { s.shell.Fail(err) })
		}
	})
}
