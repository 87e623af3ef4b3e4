package listen

import (
	"context"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
	"github.com/earshot-app/earshot/ui/job"
)

// offer is what the form for a draw offers and says.
type offer struct {
	queues, categories []string
	fields             []string // that a draw can be dealt by
	gives              string   // how many calls the draw gives, or what is wrong
	size               string   // how many to hear so as not to miss an issue
}

// unfinished says that the open draw is heard before a new one, "" without one.
func (m *model) unfinished() string {
	if !m.open || m.listening.Next() < 0 {
		return ""
	}
	return m.texts.Say("listen.draw.first", review.Args{"number": m.listening.Draw.Number, "n": m.unheard()})
}

// drawAnew asks for another draw.
func (s *Screen) drawAnew() {
	s.leave()
	s.model.anew = true
	s.offerDraw()
	s.refresh()
}

// DrawInside asks for a draw inside one of the agents' categories, or a queue;
// "" is any.
func (s *Screen) DrawInside(category, queue string) {
	s.form.category, s.form.queue = category, queue
	s.drawAnew()
}

// keepDraw goes back to the open draw.
func (s *Screen) keepDraw() {
	s.model.anew = false
	s.advance()
	s.refresh()
}

// offerDraw reads what can be chosen for a draw.
func (s *Screen) offerDraw() {
	job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (offer, error) {
		var o offer
		var err error
		if o.queues, err = s.deps.Desk.Queues(ctx); err == nil {
			o.categories, err = s.deps.Desk.Categories(ctx)
		}
		if err == nil {
			o.fields, err = groupingFields(ctx, s.deps.Desk)
		}
		return o, err
	}, nil, func(o offer, err error) {
		if err != nil {
			s.shell.Fail(err)
			return
		}
		s.offer.queues, s.offer.categories, s.offer.fields = o.queues, o.categories, o.fields
		s.formChanged()
	})
}

// groupingFields are the fields of metadata that tell groups of calls apart.
func groupingFields(ctx context.Context, d reading) ([]string, error) {
	var names []string
	fields, err := d.Fields(ctx)
	for _, f := range fields {
		if f.Groups() && f.Values > 1 {
			names = append(names, f.Name)
		}
	}
	return names, err
}

// measureFrame finds out how many calls the form's filters let in.
func (s *Screen) measureFrame(f sampling.Filter) {
	if s.measuring != nil {
		s.measuring.Cancel()
	}
	s.measuring = job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (int64, error) {
		return s.deps.Desk.FrameSize(ctx, f)
	}, nil, func(frame int64, err error) {
		if err == nil { // a nicety: it is said without the frame
			s.offer.size = s.sizeText(frame)
			s.refresh()
		}
	})
}

// formChanged says what the draw would give.
func (s *Screen) formChanged() {
	if s.counting != nil {
		s.counting.Cancel()
		s.counting = nil
	}
	req, err := s.form.request(s.model.zone, s.model.habits.Speed)
	if err == nil {
		s.measureFrame(req.Filter)
	}
	if err != nil || s.form.calls {
		s.tellGives(desk.Fits{Calls: req.N}, err)
		return
	}
	s.counting = job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (desk.Fits, error) {
		return s.deps.Desk.CallsFor(ctx, req)
	}, nil, s.tellGives)
}

func (s *Screen) tellGives(fits desk.Fits, err error) {
	if err != nil {
		message, hint := s.shell.Text().Error(err)
		s.offer.gives = message + " " + hint
	} else if s.form.calls {
		s.offer.gives = ""
	} else if args := (review.Args{"n": fits.Calls, "speed": s.model.habits.Speed}); fits.All {
		s.offer.gives = s.shell.Say("listen.draw.gives-all", args)
	} else {
		s.offer.gives = s.shell.Say("listen.draw.gives", args)
	}
	s.refresh()
}

// makeDraw draws.
func (s *Screen) makeDraw() {
	req, err := s.form.request(s.model.zone, s.model.habits.Speed)
	if s.making != nil || err != nil {
		s.tellGives(desk.Fits{}, err)
		return
	}
	if s.measuring != nil {
		s.measuring.Cancel()
	}
	s.making = job.Run(s.jobs, s.shell.Say("listen.draw.title", nil),
		func(ctx context.Context, report func(job.Progress)) (desk.Draw, error) {
			return s.deps.Desk.Draw(ctx, req, func(read int64) { report(job.Progress{Done: read}) })
		}, s.tellDrawing, s.drawn)
	s.shell.Surface()
	s.refresh()
}

func (s *Screen) tellDrawing(state job.State) {
	if state.Visible {
		s.offer.gives = s.shell.Say("listen.draw.reading", review.Args{"n": state.Progress.Done})
		s.refresh()
	}
}

func (s *Screen) stopDraw() {
	if s.making != nil {
		s.making.Cancel()
		s.making = nil
		s.formChanged()
		s.refresh()
	}
}

// drawn shows what came of a draw. Its first call waits for the person to play
// it.
func (s *Screen) drawn(d desk.Draw, err error) {
	s.making = nil
	if err != nil {
		s.tellGives(desk.Fits{}, err)
		return
	}
	if d.Wanted > d.Size {
		s.shell.Toast(s.shell.Say("listen.draw.fewer", review.Args{"n": d.Size, "wanted": d.Wanted}), "", nil)
	}
	s.model.anew, s.model.waiting = false, true
	s.form.seed = "" // it was meant for one draw
	s.reread()
	s.shell.Wrote()
	s.refresh()
}
