package ui

import (
	"context"
	"strings"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
)

// The shell waits a minute after a look through the sources before it looks again
// of its own accord, and rescanRest times as long as the look took: who has a
// million files does not want the disk to be busy at every change of window.
const (
	rescanEvery = time.Minute
	rescanRest  = 30
)

// Rescan looks through the sources again, as at the start and whenever a person
// comes back to the window: unless it has just done so, or something else is
// under way. It is told of in the strip below the page if it takes long, and in
// passing only if it finds something.
func (s *Shell) Rescan() {
	if s.importing == nil && s.rescanning == nil && time.Now().After(s.rescanDue) {
		s.rescan(false)
	}
}

// RescanNow looks through the sources because a person asked for it, and says
// what it found, be it nothing.
func (s *Shell) RescanNow() {
	if s.importing != nil || s.rescanning != nil {
		s.Toast(s.Say("shell.busy", nil), "", nil)
		return
	}
	s.rescan(true)
}

func (s *Shell) rescan(asked bool) {
	work := func(ctx context.Context, report func(job.Progress)) (desk.Rescanned, error) {
		return s.parts.Desk.Rescan(ctx, nil, func(done desk.Imported) { report(walked(done)) })
	}
	s.frame.status.begin()
	began := time.Now()
	s.rescanning = job.Run(s.jobs, s.Say("shell.rescanning", nil), work, func(state job.State) {
		s.frame.status.show(state, "shell.importing.text")
		if state.Ended {
			s.rescanning, s.rescanDue = nil, time.Now().Add(max(rescanEvery, rescanRest*time.Since(began)))
		}
	}, func(done desk.Rescanned, err error) {
		if !done.Quiet() {
			s.Wrote()
		}
		switch {
		case err != nil && asked:
			s.Fail(err)
		case err == nil && (asked || !done.Quiet()):
			s.Toast(s.rescanText(done), "", nil)
		}
	})
	s.frame.status.follow(s.rescanning)
}

// yield ends a look of the shell's own accord: what a person asks for comes
// first.
func (s *Shell) yield() {
	if s.rescanning != nil {
		s.rescanning.Cancel()
	}
}

// rescanText says what a look found, most important first.
func (s *Shell) rescanText(done desk.Rescanned) string {
	var parts []string
	for _, found := range []struct {
		key text.Key
		n   int
	}{
		{"shell.rescanned.new", done.Recordings},
		{"shell.rescanned.gone", done.Gone},
		{"shell.rescanned.back", done.Back},
		{"shell.rescanned.moved", done.Moved},
		{"shell.rescanned.corrected", done.Updated},
		{"shell.rescanned.failed", len(done.Failed)},
	} {
		if found.n > 0 {
			parts = append(parts, s.Say(found.key, review.Args{"n": found.n}))
		}
	}
	if parts == nil {
		return s.Say("shell.rescanned.nothing", nil)
	}
	return strings.Join(parts, ", ")
}
