package listen

import (
	"context"
	"slices"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/widget"
)

// A bracket is the part of the call that a person marks for the next issue: its
// beginning, and its end once they have said so.
type bracket struct {
	begun, ended bool
	from, until  time.Duration
}

// begin marks where the part begins; a part that was marked before is dropped.
func (b *bracket) begin(at time.Duration) {
	*b = bracket{begun: true, from: at.Round(time.Millisecond)}
}

// end marks where it ends. Who has gone back meanwhile marks its beginning. It
// answers false where there is no beginning, or nothing in between.
func (b *bracket) end(at time.Duration) bool {
	at = at.Round(time.Millisecond)
	if b.ended && at > b.from {
		b.until = at
		return true
	}
	if !b.begun || at == b.from {
		return false
	}
	*b = bracket{begun: true, ended: true, from: min(b.from, at), until: max(b.from, at)}
	return true
}

// over is where an issue lies that is tagged at a time: over the part that is
// marked, up to that time if its end is not; without a part, only there.
func (b *bracket) over(at time.Duration) (from, until time.Duration) {
	switch {
	case b.ended:
		return b.from, b.until
	case b.begun && at > b.from:
		return b.from, at
	default:
		return at, 0
	}
}

// span is the part of the open call that is marked from beginning to end.
func (m *model) span() (s sound.Span, ok bool) {
	if m.call == nil || !m.call.bracket.ended {
		return sound.Span{}, false
	}
	return sound.Span{From: m.call.bracket.from, To: m.call.bracket.until}, true
}

// beginSpan marks where the call is now as the beginning of a span.
func (s *Screen) beginSpan() {
	s.model.call.bracket.begin(s.at())
	s.spanned()
}

// endSpan marks where the call is now as its end.
func (s *Screen) endSpan() {
	b := &s.model.call.bracket
	switch {
	case b.end(s.at()):
		s.spanned()
	case b.begun:
		s.shell.Toast(s.shell.Say("wave.span.no-length", review.Args{"key": s.shell.Key("listen.span-end")}), "", nil)
	default:
		s.shell.Toast(s.shell.Say("wave.span.begin-first", review.Args{"key": s.shell.Key("listen.span-begin")}), "", nil)
	}
}

// dropSpan marks nothing any more.
func (s *Screen) dropSpan() {
	s.model.call.bracket = bracket{}
	s.spanned()
}

func (s *Screen) withSpan() bool { return s.withCall() && s.model.call.bracket.begun }

// spanned follows a change of what is marked.
func (s *Screen) spanned() {
	s.loop()
	s.showSpans()
	s.refresh()
}

// moveMark moves a moment to another time.
func (s *Screen) moveMark(id string, to time.Duration) {
	to, moved := s.model.call.marks.place(id, to, s.model.call.length)
	if moved {
		s.loop()
		s.act(func(ctx context.Context) error { return s.deps.Desk.Move(ctx, id, to) }, nil)
	}
	s.refresh()
}

// zoomIn, zoomOut and zoomAll show less or more of the call on its waveform.
func (s *Screen) zoomIn()  { s.zoom((*widget.Waveform).ZoomIn) }
func (s *Screen) zoomOut() { s.zoom((*widget.Waveform).ZoomOut) }
func (s *Screen) zoomAll() { s.zoom((*widget.Waveform).ShowAll) }

// shown is the part of the call on its waveform, in seconds; nil while all is.
func (s *Screen) shown() []float64 {
	if s.view == nil || !s.loaded() {
		return nil
	}
	from, to := s.view.player.wave.Shown()
	if from == 0 && to == s.model.call.length {
		return nil
	}
	return []float64{from.Seconds(), to.Seconds()}
}

func (s *Screen) zoom(how func(*widget.Waveform)) {
	if s.view != nil {
		how(s.view.player.wave)
		s.shell.Painted()
	}
}

// revealOnWave brings a time to where it is seen.
func (s *Screen) revealOnWave(at time.Duration) {
	if s.view != nil {
		s.view.player.wave.Reveal(at)
	}
}

// when says where an issue that is found by typing will be tagged.
func (m *model) when() string {
	from, until := m.call.bracket.over(m.chooser.at)
	if until == 0 {
		return m.texts.Say("listen.field.when", review.Args{"at": m.texts.Clock(from)})
	}
	return m.texts.Say("wave.field.over", review.Args{"from": m.texts.Clock(from), "until": m.texts.Clock(until)})
}

// spans are the parts of the call that its waveform shows as such, once the
// pass over it has come to its end. What is beeped out looks like a silence, which
// it is to those who will hear it.
func (m *model) spans(l *lanes) []widget.Span {
	var spans []widget.Span
	add := func(s sound.Span, name, label text.Key) {
		long := review.Args{"long": m.texts.Clock((s.To - s.From).Round(time.Second))}
		spans = append(spans, widget.Span{
			From: s.From, To: s.To, Kind: widget.Silent, Name: m.texts.Say(name, nil), Label: m.texts.Say(label, long),
		})
	}
	for _, s := range m.call.beeps {
		add(s, "listen.beep.name", "listen.beep.label")
	}
	for _, s := range sound.Without(l.survey.Peaks.Silences(), append(slices.Clone(l.holds), m.call.beeps...)) {
		add(s, "wave.silence", "wave.silence.long")
	}
	for _, s := range l.holds {
		add(s, "transcript.hold", "transcript.hold.long")
	}
	for _, s := range l.survey.Peaks.TalkOver() {
		spans = append(spans, widget.Span{From: s.From, To: s.To, Kind: widget.Both, Name: m.texts.Say("wave.both-speak", nil)})
	}
	return spans
}
