package listen

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/job"
)

// Surveys keeps what passes over recordings have found, so that a call that is
// opened again shows its waveform at once. Its methods may be called from any
// goroutine.
type Surveys interface {
	// Recall answers the survey of recordings that play as one; ok is false
	// where none is kept.
	Recall(ctx context.Context, recordings []review.Recording) (s *sound.Survey, ok bool)
	// Keep keeps one, if it can.
	Keep(ctx context.Context, recordings []review.Recording, s *sound.Survey)
}

// scan gets the survey of the call that is open: the one that is kept, or by a
// pass over the recording, through a source of its own, so that playing never
// waits for it.
func (s *Screen) scan(l *lanes, recordings []review.Recording) {
	fresh := l.survey
	s.scanning = job.Run(s.jobs, "", func(ctx context.Context, report func(job.Progress)) (*sound.Survey, error) {
		if kept, ok := s.deps.Surveys.Recall(ctx, recordings); ok && l.fits(kept) {
			return kept, nil
		}
		source, err := s.deps.Open(ctx, recordings)
		if err != nil {
			return fresh, err
		}
		defer source.Close()
		err = fresh.Scan(ctx, source, func(to time.Duration) {
			report(job.Progress{Done: int64(to), Total: int64(l.length)})
		})
		if err == nil {
			s.deps.Surveys.Keep(ctx, recordings, fresh)
		}
		return fresh, err
	}, func(job.State) { s.surveying(l) }, func(got *sound.Survey, err error) {
		l.survey, l.whole = got, err == nil
		s.surveyed(l)
	})
}

// surveying shows what is known so far.
func (s *Screen) surveying(l *lanes) {
	if s.view != nil && s.peaks == l {
		s.view.player.wave.Redraw()
	}
}

// surveyed takes up what is known of the call when its survey is there, or has
// come as far as it can.
func (s *Screen) surveyed(l *lanes) {
	if s.peaks != l {
		return
	}
	l.ended = true
	s.applySurvey()
	s.showSpans()
	s.surveying(l)
}

// showSpans shows the parts of the call that are known by now.
func (s *Screen) showSpans() {
	if s.view != nil && s.peaks != nil && s.peaks.ended {
		s.view.player.wave.SetSpans(s.model.spans(s.peaks))
	}
}
