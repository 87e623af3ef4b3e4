package listen

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

const (
	dialogWidth = 480
	recordWidth = 620
)

// explainDraw tells how the open draw was made, and offers to check it.
func (s *Screen) explainDraw() {
	rows := flex{vertical: true, gap: theme.GapSmall, grow: -1}.around(
		wrapped(s.shell.Say("listen.how.why", nil)))
	for _, l := range s.model.record() {
		name := widget.NewText(l.Name, widget.Look{Color: theme.Muted, Fit: widget.Cut})
		value := wrapped(l.Value)
		rows.Add(flex{gap: theme.Gap, grow: 1}.around(fixed{width: 110}.around(name), value))
	}
	rows.Add(wrapped(s.shell.Say("listen.how.check", review.Args{"id": s.model.listening.Draw.ID})))
	id := s.model.listening.Draw.ID
	s.shell.Dialog(s.shell.Say("listen.how.title", nil), fixed{width: recordWidth}.around(rows),
		screen.Answer{Text: s.shell.Say("listen.how.check-now", nil), Choose: func() { s.checkDraw(id) }},
		screen.Answer{Text: s.shell.Say("listen.close-dialog", nil), Primary: true})
}

// checkDraw draws again from the frame as it was and says whether the same
// calls come out.
func (s *Screen) checkDraw(id string) {
	job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (desk.Verdict, error) {
		return s.deps.Desk.VerifyDraw(ctx, id)
	}, nil, func(verdict desk.Verdict, err error) {
		switch {
		case err != nil:
			s.shell.Fail(err)
		case len(verdict.Fails) == 0 && verdict.Forgotten > 0:
			s.shell.Toast(s.shell.Say("forget.holds_except_here", review.Args{"n": verdict.Forgotten}), "", nil)
		case len(verdict.Fails) == 0:
			s.shell.Toast(s.shell.Say("listen.how.holds", nil), "", nil)
		default:
			rows := flex{vertical: true, gap: theme.GapSmall, grow: -1}.around()
			for _, m := range verdict.Fails {
				rows.Add(wrapped(s.shell.Say(text.Key("draw.fails-"+string(m.Check)), m.Args)))
			}
			s.shell.Dialog(s.shell.Say("listen.how.fails", nil), fixed{width: recordWidth}.around(rows),
				screen.Answer{Text: s.shell.Say("listen.close-dialog", nil), Primary: true})
		}
	})
}

// askToFinish asks whether a call of which little was heard is finished.
func (s *Screen) askToFinish(played float64) {
	question := s.shell.Say("listen.little", review.Args{"part": s.shell.Text().Percent(played)})
	s.shell.Dialog(s.shell.Say("listen.little.title", nil), fixed{width: dialogWidth}.around(wrapped(question)),
		screen.Answer{Text: s.shell.Say("listen.little.finish", nil), Primary: true, Choose: func() {
			if s.withCall() {
				s.hear(played)
			}
		}},
		screen.Answer{Text: s.shell.Say("listen.little.stay", nil)})
}

// askToClose asks once whether the rest of the draw is to be left unheard.
func (s *Screen) askToClose() {
	id := s.model.listening.Draw.ID
	question := s.shell.Say("listen.close-draw.ask", review.Args{"n": s.model.unheard()})
	if s.model.unheard() == 0 {
		question = s.shell.Say("listen.close-draw.done", nil)
	}
	s.shell.Dialog(s.shell.Say("listen.close-draw.title", nil), fixed{width: dialogWidth}.around(wrapped(question)),
		screen.Answer{Text: s.shell.Say("listen.close-draw.yes", nil), Primary: true, Choose: func() { s.closeDraw(id) }},
		screen.Answer{Text: s.shell.Say("listen.close-draw.no", nil)})
}

func (s *Screen) closeDraw(id string) {
	var left int
	s.act(func(ctx context.Context) (err error) {
		left, err = s.deps.Desk.CloseDraw(ctx, id)
		return err
	}, func() {
		s.shell.Toast(s.shell.Say("listen.closed", review.Args{"n": left}), "", nil)
	})
}

// askToReveal asks for the reason to show who was on the call, which the
// journal keeps; if they are shown, it hides them.
func (s *Screen) askToReveal() {
	if s.model.call.parties != nil {
		s.hide()
		return
	}
	q := s.newQuestion("listen.who.reason", func(reason string) {
		if s.withCall() {
			s.reveal(reason)
		}
	})
	q.show("listen.who.title", "listen.who.show", flex{vertical: true, gap: theme.GapSmall, grow: -1}.around(
		wrapped(s.shell.Say("listen.who.why", nil)), q.field))
}

// skipReasons are the usual reasons of each kind.
var skipReasons = map[review.SkipKind][]text.Key{
	review.NotCustomer: {"listen.skip.internal", "listen.skip.test", "listen.skip.wrong-number", "listen.skip.nobody"},
	review.NotHeard:    {"listen.skip.silent", "listen.skip.noise", "listen.skip.language", "listen.skip.broken"},
}

// askToSkip asks for the kind and the reason of a skip.
func (s *Screen) askToSkip() {
	kinds := []review.SkipKind{review.NotCustomer, review.NotHeard}
	kind := kinds[0]
	q := s.newQuestion("listen.skip.reason", func(reason string) {
		if s.withCall() {
			s.skip(kind, reason)
		}
	})
	quick, about := flex{vertical: true, gap: theme.GapTiny, grow: -1}.around(), wrapped("")
	choose := func(n int) {
		kind = kinds[n]
		about.SetText(s.shell.Say([]text.Key{"listen.skip.not-customer.means", "listen.skip.not-heard.means"}[n], nil))
		quick.Objects, q.usual = nil, nil
		for _, key := range skipReasons[kind] {
			reason := s.shell.Say(key, nil)
			q.usual = append(q.usual, reason)
			quick.Add(widget.NewRow(widget.NewText(reason, widget.Look{Fit: widget.Cut}), func() { q.suggest(reason) }))
		}
		quick.Refresh()
	}
	names := []string{s.shell.Say("listen.skip.not-customer", nil), s.shell.Say("listen.skip.not-heard", nil)}
	segments := widget.NewSegmented(names, choose)
	if s.model.call.trouble != nil {
		segments.SetChosen(1)
	}
	choose(segments.Chosen())
	q.show("listen.skip.title", "listen.skip.do", flex{vertical: true, gap: theme.GapSmall, grow: -1}.around(
		segments, about, q.field, quick))
}

// question is a dialog that wants a line of text.
type question struct {
	s      *Screen
	field  *widget.Field
	usual  []string // answers that the arrows write
	answer func(string)
	done   func() // closes the dialog
}

func (s *Screen) newQuestion(hint text.Key, answer func(string)) *question {
	q := &question{s: s, field: widget.NewField(s.shell.Say(hint, nil)), answer: answer}
	q.field.OnKey = func(name fyne.KeyName) bool {
		switch name {
		case fyne.KeyReturn, fyne.KeyEnter:
			if q.filled() {
				q.done()
				q.give()
			}
		case fyne.KeyDown:
			q.step(1)
		case fyne.KeyUp:
			q.step(-1)
		default:
			return false
		}
		return true
	}
	q.field.OnLeave = func() { q.done() }
	return q
}

func (q *question) filled() bool { return strings.TrimSpace(q.field.Text) != "" }

func (q *question) give() { q.answer(strings.TrimSpace(q.field.Text)) }

// step writes the usual answer after or before the one that stands there, at
// first the first.
func (q *question) step(by int) {
	if len(q.usual) > 0 {
		at := slices.Index(q.usual, strings.TrimSpace(q.field.Text)) + by
		q.suggest(q.usual[max(0, min(len(q.usual)-1, at))])
	}
}

// suggest writes a usual answer, which may still be changed.
func (q *question) suggest(answer string) {
	q.field.SetText(answer)
	q.focus()
	q.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

func (q *question) focus() { q.s.shell.Canvas().Focus(q.field) }

func (q *question) show(title, yes text.Key, content fyne.CanvasObject) {
	q.done = q.s.shell.Dialog(q.s.shell.Say(title, nil), fixed{width: dialogWidth}.around(content),
		screen.Answer{Text: q.s.shell.Say(yes, nil), Primary: true, Enabled: q.filled, Choose: q.give},
		screen.Answer{Text: q.s.shell.Say("listen.cancel", nil)})
	q.focus()
}

// wrapped is a paragraph.
func wrapped(text string) *widget.Text { return widget.NewText(text, widget.Look{Fit: widget.Wrap}) }
