package listen

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/ui/job"
)

// way says how a call is to be opened.
type way struct {
	uid   string
	at    time.Duration
	there bool // go to at, else to where the call was left
	play  bool
	pick  bool // no open draw holds it
	again bool // it was heard and is to be heard once more
}

// opened is a call on its way to the page.
type opened struct {
	callPage
	trouble error // why there is no source
}

// load leaves the open call and opens another.
func (s *Screen) load(w way) {
	s.leave()
	s.model.coming, s.model.anew = true, false
	got := &playback.Handover{}
	s.source = got
	s.opening = job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (opened, error) {
		if w.pick {
			if err := s.deps.Desk.Pick(ctx, w.uid); err != nil {
				return opened{}, err
			}
		}
		page, err := readCall(ctx, s.deps.Desk, w.uid)
		if err != nil {
			return opened{}, err
		}
		o := opened{callPage: page}
		source, err := s.deps.Open(ctx, page.view.Recordings)
		if err != nil {
			o.trouble = err
			return o, nil
		}
		got.Put(source)
		return o, nil
	}, nil, func(o opened, err error) { s.arrived(w, o, err) })
	s.refresh()
}

// arrived shows the call that was opened and gets it ready to play.
func (s *Screen) arrived(w way, o opened, err error) {
	s.model.coming = false
	if err != nil {
		s.shell.Fail(err)
		s.refresh()
		return
	}
	c := &call{view: o.view, trouble: o.trouble, length: o.view.Call.Duration, part: s.parts[o.view.Call.Category]}
	c.transcript = o.transcript
	c.marks.read(o.view)
	s.model.call = c
	s.model.chooser = chooser{before: o.before, elsewhere: o.elsewhere, order: o.order}
	c.at = o.view.Place.At
	if w.there {
		c.at = w.at
	}
	if w.again {
		c.hearAgain()
	}
	s.saved, c.beside, s.unlogged = c.at, c.at, nil
	if source := s.source.Take(); source != nil {
		s.ready(source)
		if w.play && !s.led() {
			s.play()
		}
	}
	if w.pick {
		s.shell.Wrote()
	}
	s.refresh()
}

// ready hands the call's sound to the player and draws its waveform.
func (s *Screen) ready(source playback.Source) {
	c := s.model.call
	c.source = source
	c.length = time.Duration(float64(source.Frames()) / float64(source.Rate()) * float64(time.Second))
	c.channels, c.at = source.Channels(), min(c.at, c.length)
	s.peaks = newLanes(source, c.length, c.view.Swapped)
	s.peaks.holds = c.transcript.Holds
	s.deps.Player.SetSwapped(c.view.Swapped)
	s.unmute()
	s.deps.Player.Load(source, c.at, c.view.Place.Played)
	s.applyHabits()
	if s.view != nil {
		s.view.player.open(s.peaks, s.model.laneNames()...)
	}
	s.scan(s.peaks, c.view.Recordings)
}

// gone leaves a call that the library holds no longer, as one of a session whose
// lent calls are erased when it is closed. Nothing can be said of it any more:
// what was heard and typed last is dropped.
func (s *Screen) gone(uid string) {
	if s.open() == uid {
		c := s.model.call
		c.playing, c.editing, s.unlogged = false, "", nil
		s.leave()
		s.shell.Toast(s.shell.Say("listen.gone", nil), "", nil)
	}
	s.reread()
}

// leave saves where the open call is left and closes it.
func (s *Screen) leave() {
	s.pause()
	if s.opening != nil {
		s.opening.Cancel()
		s.source.Drop()
		s.opening = nil
	}
	if s.scanning != nil {
		s.scanning.Cancel()
		s.scanning = nil
	}
	s.lookAway()
	s.model.coming = false
	if s.model.call == nil {
		return
	}
	s.keepWords()
	s.deps.Player.Load(nil, 0, nil)
	s.model.call, s.peaks = nil, nil
	s.model.chooser = chooser{}
	if s.view != nil {
		s.view.player.open(nil)
	}
}
