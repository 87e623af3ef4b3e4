package ui

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"reflect"
	"sync"
	"time"

	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
)

// pulseEvery is how often the shell looks at what nobody tells it: the playing
// position, a click into a field, a line typed into a dialog.
const (
	pulseEvery  = 250 * time.Millisecond
	pulseJitter = 10 * time.Millisecond // by which a look may come early
)

// tracer notes what the window shows. All but write belongs to Fyne's
// goroutine.
type tracer struct {
	out  io.Writer
	log  *slog.Logger
	last screen.Trace
	at   time.Time // when last was taken
	due  bool      // a look waits for its frame

	mu    sync.Mutex
	lines [][]byte // not yet written; no bound, so that the window never waits
	more  chan struct{}
}

func newTracer(out io.Writer, log *slog.Logger) *tracer {
	return &tracer{out: out, log: log, more: make(chan struct{}, 1)}
}

// Painted implements screen.Shell.
func (s *Shell) Painted() {
	if m := s.modal(); m != nil {
		m.update()
	}
	if s.menus != nil { // nil while the screens are being made
		s.menus.Update()
	}
	if s.tracer == nil || s.tracer.due {
		return
	}
	s.tracer.due = true
	s.frames(func() func() {
		s.tracer.due = false
		return s.trace()
	})
}

// pulse looks four times a second while anything may happen, until the shell is
// closed.
func (s *Shell) pulse() {
	tick := time.NewTicker(pulseEvery)
	defer tick.Stop()
	for {
		select {
		case <-s.life.Done():
			return
		case <-tick.C:
			if !s.parts.Loop.sleeps() {
				s.Post(s.beat)
			}
		}
	}
}

func (s *Shell) beat() {
	if m := s.modal(); m != nil {
		m.update()
	}
	if s.tracer != nil {
		s.trace()()
	}
}

// trace looks at what the window shows, and answers how to note it, if it differs
// from what was noted.
func (s *Shell) trace() (note func()) {
	if s.closed.Load() {
		return func() {}
	}
	t := screen.Trace{
		Screen: s.screenName(), Focus: s.focus(), Toast: s.toast.Shown(),
		Moments: []screen.TraceMoment{}, Rows: []string{},
	}
	if m := s.modal(); m != nil {
		t.Dialog = m.title
	}
	if s.front != nil {
		s.front.Trace(&t)
	} else {
		t.Rows = append(t.Rows, s.frame.welcomeRows()...)
	}
	return func() { s.tracer.note(t, time.Now()) }
}

// focus names what hears the keys.
func (s *Shell) focus() string {
	switch command.PlaceOn(s.Canvas()) {
	case command.Dialog:
		return "dialog"
	case command.Field:
		return "field"
	default:
		return "surface"
	}
}

// note queues the line of t unless it says nothing new, or a new position
// alone too soon.
func (tr *tracer) note(t screen.Trace, now time.Time) {
	still := t
	still.Pos = tr.last.Pos
	if reflect.DeepEqual(still, tr.last) && (t.Pos == tr.last.Pos || now.Sub(tr.at) < pulseEvery-pulseJitter) {
		return
	}
	tr.last, tr.at = t, now
	t.Time = now.UTC()
	line, err := json.Marshal(t)
	if err != nil {
		tr.log.Error("trace", "error", err)
		return
	}
	tr.mu.Lock()
	tr.lines = append(tr.lines, append(line, '\n'))
	tr.mu.Unlock()
	select {
	case tr.more <- struct{}{}:
	default:
	}
}

// write writes lines as they come, each at once, until ctx ends; what was noted
// until then is still written.
func (tr *tracer) write(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			tr.flush()
			return
		case <-tr.more:
			tr.flush()
		}
	}
}

func (tr *tracer) flush() {
	tr.mu.Lock()
	lines := tr.lines
	tr.lines = nil
	tr.mu.Unlock()
	for _, line := range lines {
		if _, err := tr.out.Write(line); err != nil {
			tr.log.Error("write the trace", "error", err)
			return
		}
	}
}
