package meeting

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/ui/job"
)

// clip is what the player plays of a call for a slide.
type clip struct {
	uid string
	at  time.Duration
}

// toggle plays what the slide is about, from its moment, or stops it.
func (s *Screen) toggle() {
	uid, at, ok := s.model.heard()
	switch {
	case !ok || s.opening != nil:
	case s.clip == nil || *s.clip != clip{uid, at}:
		s.open(clip{uid, at})
	case s.deps.Player.Playing():
		s.deps.Player.Pause()
	default:
		s.deps.Player.Play()
	}
	s.refresh()
}

// open opens the call of a slide and plays it.
func (s *Screen) open(c clip) {
	s.logHeard()
	s.deps.Borrow()
	got := &playback.Handover{}
	s.source = got
	var swapped bool
	s.opening = job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		view, err := s.deps.Desk.View(ctx, c.uid)
		if err != nil {
			return struct{}{}, err
		}
		swapped = view.Swapped
		source, err := s.deps.Open(ctx, view.Recordings)
		if err == nil {
			got.Put(source)
		}
		return struct{}{}, err
	}, nil, func(_ struct{}, err error) {
		s.opening = nil
		if err != nil {
			s.shell.Fail(err)
			return
		}
		s.clip = &c
		s.deps.Player.SetSwapped(swapped)
		s.deps.Player.Load(got.Take(), c.at, nil)
		s.deps.Player.Play()
		s.refresh()
	})
}

// silence stops the slide's call and gives it back.
func (s *Screen) silence() {
	if s.opening != nil {
		s.opening.Cancel()
		s.source.Drop()
		s.opening = nil
	}
	if s.clip != nil {
		s.logHeard()
		s.deps.Player.Load(nil, 0, nil)
		s.clip = nil
	}
}

// logHeard tells the listening log how much of the slide's call was heard.
func (s *Screen) logHeard() {
	if s.clip == nil {
		return
	}
	var heard time.Duration
	for _, span := range s.deps.Player.Played() {
		heard += span.To - span.From
	}
	uid := s.clip.uid
	keep := func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		return struct{}{}, s.deps.Desk.Listened(context.WithoutCancel(ctx), uid, heard) // also when the window closes
	}
	job.Run(s.jobs, "", keep, nil, func(_ struct{}, err error) {
		if err != nil {
			s.shell.Fail(err)
		}
	})
}

// Event takes what the player did on its own; it belongs to Fyne's goroutine.
func (s *Screen) Event(e playback.Event) {
	if s.clip == nil {
		return
	}
	if e.Kind == playback.SourceBroke {
		s.shell.Fail(e.Err)
	}
	s.refresh()
}
