package meeting

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// onPraise reports whether the slide in front praises somebody.
func (s *Screen) onPraise() bool {
	at, ok := s.model.at()
	return ok && at.kind == praised
}

// askToShow asks for the note to pass on to the agent who is praised. With it
// their name is shown, which the journal keeps.
func (s *Screen) askToShow() {
	say := s.shell.Say
	note := widget.NewField(say("meeting.note-hint", nil))
	filled := func() bool { return strings.TrimSpace(note.Text) != "" }
	show := func() { s.reveal(strings.TrimSpace(note.Text)) }
	why := widget.NewText(say("meeting.show-why", nil), widget.Look{Fit: widget.Wrap})
	dismiss := s.shell.Dialog(say("meeting.show-title", nil), container.New(widget.Column{Gap: theme.GapSmall}, why, note),
		screen.Answer{Text: say("meeting.show-do", nil), Primary: true, Enabled: filled, Choose: show},
		screen.Answer{Text: say("meeting.cancel", nil)})
	note.OnKey = func(name fyne.KeyName) bool {
		switch {
		case name == fyne.KeyEscape:
			dismiss()
		case (name == fyne.KeyReturn || name == fyne.KeyEnter) && filled():
			dismiss()
			show()
		default:
			return false
		}
		return true
	}
	s.shell.Canvas().Focus(note)
}

func (s *Screen) reveal(note string) {
	p := s.model.meeting.Praise
	if p == nil {
		return
	}
	uid, id := p.Call.UID, p.Praise.ID
	job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (desk.Revealed, error) {
		return s.deps.Desk.Reveal(ctx, uid, note)
	}, nil, func(r desk.Revealed, err error) {
		if err != nil {
			s.shell.Fail(err)
			return
		}
		name := r.Agent
		if name == "" {
			name = s.shell.Say("meeting.agent-unknown", nil)
		}
		s.model.shown = &praisedAgent{praise: id, name: name, note: note}
		s.shell.Wrote()
		s.refresh()
	})
}

// copyPraise puts what is passed on to the agent on the clipboard.
func (s *Screen) copyPraise() {
	p, shown := s.model.meeting.Praise, s.model.shown
	if p == nil || shown == nil {
		return
	}
	lines := []string{shown.name, shown.note, s.model.quote(p.Praise.Words), s.model.call(p.Call, p.Praise.At)}
	s.deps.Copy(strings.Join(lines, "\n"))
	s.shell.Toast(s.shell.Say("meeting.copied", nil), "", nil)
}
