package listen

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
)

const (
	// nearest is the longest part of a call of which the page may show more than
	// the survey's 20 ms: what is drawn of a longer one is coarser than that.
	nearest = 12 * time.Second
	// beside is how much is read before and after what is shown, so that
	// looking around or playing on finds it there.
	beside = 4 * time.Second
)

func near(from, to time.Duration) bool { return to-from <= nearest }

// closeups reads closely what is shown of one call, through a source of its
// own, which is opened when it is first wanted. The source belongs to the
// worker's goroutine.
type closeups struct {
	worker *worker
	life   context.Context
	end    context.CancelFunc
	open   func(context.Context) (playback.Source, error)
	source playback.Source
	asked  atomic.Int64 // how often; what is not the last is not read
	wanted sound.Span   // the last that was asked for
}

func newCloseups(w *worker, open func(context.Context) (playback.Source, error)) *closeups {
	c := &closeups{worker: w, open: open}
	c.life, c.end = context.WithCancel(context.Background())
	return c
}

// ask reads about span and hands it to got, in the worker's goroutine, unless
// something else is asked for first or the recording cannot be read: the coarse
// waveform stays then.
func (c *closeups) ask(span sound.Span, got func(*sound.Closeup)) {
	if span.From >= c.wanted.From && span.To <= c.wanted.To {
		return
	}
	c.wanted = sound.Span{From: max(0, span.From-beside), To: span.To + beside}
	wanted, number := c.wanted, c.asked.Add(1)
	c.worker.do(func(context.Context) {
		if c.asked.Load() != number || c.life.Err() != nil {
			return
		}
		if c.source == nil {
			source, err := c.open(c.life)
			if err != nil {
				return
			}
			c.source = source
		}
		if closeup, err := sound.NewCloseup(c.life, c.source, wanted); err == nil {
			got(closeup)
		}
	})
}

// close ends reading. The source is closed in its own time.
func (c *closeups) close() {
	c.end()
	c.worker.do(func(context.Context) {
		if c.source != nil {
			_ = c.source.Close() // only read from
		}
	})
}

// look follows a change of what is shown. It reads that closely, if it is short
// enough to need it.
func (s *Screen) look(from, to time.Duration) {
	heads := s.view.player.heads
	heads.Layout(nil, heads.content.Size()) // the strip of the whole call makes the lanes lower
	s.shell.Painted()
	l := s.peaks
	if l == nil || !near(from, to) {
		return
	}
	if s.closeups == nil {
		recordings := s.model.call.view.Recordings
		s.closeups = newCloseups(s.looks, func(ctx context.Context) (playback.Source, error) {
			return s.deps.Open(ctx, recordings)
		})
	}
	s.closeups.ask(sound.Span{From: from, To: to}, func(c *sound.Closeup) {
		s.shell.Post(func() {
			l.closeup = c
			s.surveying(l)
		})
	})
}

// lookAway ends what look began.
func (s *Screen) lookAway() {
	if s.closeups != nil {
		s.closeups.close()
		s.closeups = nil
	}
}
