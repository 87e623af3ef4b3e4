package listen

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// passage is the call's transcript as it is shown.
func (m *model) passage() []widget.PassageTurn {
	turns := make([]widget.PassageTurn, len(m.call.transcript.Turns))
	for i, t := range m.call.transcript.Turns {
		who, color := m.speaker(t)
		turns[i] = widget.PassageTurn{Clock: m.texts.Clock(t.At), Who: who, Color: color, Text: m.texts.Spoken(t.Text)}
	}
	return turns
}

// speaker names who says a turn, by the part that they have in the call.
func (m *model) speaker(t dialogue.Turn) (who string, color fyne.ThemeColorName) {
	switch {
	case t.Role == dialogue.Customer:
		color = theme.Customer
	case t.Role == dialogue.Agent:
		color = theme.Agent
	case t.Role == dialogue.Unknown && t.Voice > 0:
		return m.texts.Say("transcript.voice", review.Args{"n": t.Voice}), theme.Muted
	case t.Role == dialogue.Unknown:
		return "", theme.Muted
	default:
		color = theme.Muted
	}
	return m.texts.Say(text.Key("transcript."+string(t.Role)), nil), color
}

// transcribed reports whether the open call has a transcript.
func (s *Screen) transcribed() bool { return s.withCall() && !s.model.call.transcript.Empty() }

func (s *Screen) transcriptCommands() []command.Command {
	return []command.Command{
		{ID: "listen.read", Title: "transcript.read", Keys: runes('r'), Enabled: s.transcribed, Offered: s.transcribed, Run: s.readOrHeard},
		{ID: "listen.quote", Title: "transcript.quote", Keys: runes('q'), Enabled: s.transcribed, Offered: s.transcribed, Run: s.quote},
	}
}

// readOrHeard shows the transcript in place of what was heard, or the other way
// round.
func (s *Screen) readOrHeard() {
	s.model.reads = !s.model.reads
	s.refresh()
}

// quote makes the chosen words of the transcript the customer's words of the
// selected moment, or keeps them for the next one.
func (s *Screen) quote() {
	if s.view == nil {
		return
	}
	c, words := s.model.call, s.model.texts.Quoted(s.view.spoken.passage.Chosen())
	s.view.spoken.passage.Unchoose()
	k, ok := c.marks.current()
	switch {
	case words == "":
		s.shell.Toast(s.shell.Say("transcript.quote-none", nil), "", nil)
	case !ok:
		c.quoted = words
		s.shell.Toast(s.shell.Say("transcript.quote-next", nil), "", nil)
	default:
		s.act(func(ctx context.Context) error { return s.deps.Desk.SetWords(ctx, k.id, words) }, func() {
			s.shell.Toast(s.shell.Say("transcript.quoted", nil), "", nil)
		})
	}
}

// takeQuote are the words that were kept for the next moment.
func (c *call) takeQuote() string {
	words := c.quoted
	c.quoted = ""
	return words
}

// seekTurn goes to where a turn begins.
func (s *Screen) seekTurn(n int) {
	if turns := s.model.call.transcript.Turns; n < len(turns) {
		s.seek(turns[n].At)
	}
}
