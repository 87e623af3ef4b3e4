package listen

import (
	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// player shows which call this is, its waveform and how it is played.
type player struct {
	head *fyne.Container // which call
	card fyne.CanvasObject
	wave *widget.Waveform

	headline, details, who *widget.Text
	filed, part            *widget.Text
	heads                  *heads
	controls               *controls
	notice                 *notice // there is no sound
	trouble                *notice // the call cannot be heard
}

func newPlayer(s *Screen) *player {
	p := &player{wave: widget.NewWaveform(), controls: newControls(s)}
	p.heads = newHeads(s, p.wave)
	p.wave.OnSeek, p.wave.OnMarker, p.wave.OnMove, p.wave.OnLook = s.seek, s.selectMark, s.moveMark, s.look
	p.wave.Decimal = s.shell.Say("text.decimal", nil)
	p.notice = newNotice(s.shell.Say("listen.retry", nil), s.retrySound)
	p.trouble = newNotice(s.shell.Say("listen.retry", nil), s.tryAgain)
	p.trouble.also(widget.NewButton(s.shell.Say("listen.skip", nil), widget.Secondary, s.askToSkip))
	p.head = p.newHead(s)
	p.card = widget.NewCard(widget.Plain, flex{vertical: true, gap: theme.GapSmall, grow: 2}.around(
		p.notice.content, p.trouble.content, p.heads.content, p.controls.content))
	return p
}

// newHead is the line above the waveform: the call, and what the agent said of
// it on a ground of its own.
func (p *player) newHead(s *Screen) *fyne.Container {
	muted := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap, Lines: 2}
	p.headline = widget.NewText("", widget.Look{Size: theme.TextTitle, Bold: true, Fit: widget.Wrap, Lines: 2})
	p.details, p.who = widget.NewText("", muted), widget.NewText("", muted)
	p.filed = widget.NewText("", widget.Look{Bold: true, Fit: widget.Wrap, Lines: 3})
	p.part = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut})
	said := widget.NewText(s.shell.Say("listen.filed", nil), muted)
	left := flex{vertical: true, gap: theme.GapTiny, grow: -1}.around(p.headline, p.details, p.who)
	right := widget.NewCard(widget.Amber, flex{vertical: true, grow: -1}.around(said, p.filed, p.part))
	return flex{gap: theme.Gap, grow: 0}.around(left, fixed{width: filedWidth}.around(right))
}

const filedWidth = 250

// open shows the peaks of another call and whose lanes they are, nil for none.
func (p *player) open(l *lanes, names ...widget.Lane) {
	p.wave.Unfollow()
	if l == nil {
		p.wave.SetPeaks(nil)
		return
	}
	p.wave.SetPeaks(l)
	p.heads.open(names...)
}

func (p *player) show(m *model) {
	p.headline.SetText(m.headline())
	p.details.SetText(m.details())
	p.who.SetText(m.who())
	widget.Show(p.who, m.who() != "")
	p.filed.SetText(m.filed())
	p.part.SetText(m.filedPart())
	widget.Show(p.part, m.filedPart() != "")
	p.showState(m)
	p.wave.SetMarkers(m.markers())
	p.wave.SetSelected(m.call.marks.selected)
	p.wave.SetChoice(m.call.bracket.begun, m.call.bracket.from, m.call.bracket.until)
	if !m.call.playing {
		p.wave.SetPlayhead(m.call.at)
	}
}

func (p *player) showState(m *model) {
	p.heads.show(m)
	p.controls.show(m)
	p.notice.show(m.silence())
	p.trouble.show(m.troubleText())
	widget.Show(p.heads.content, m.call.loaded())
}

// troubleText says why the call cannot be heard and what to do.
func (m *model) troubleText() string {
	if m.call.trouble == nil || m.onTheWay() != "" {
		return ""
	}
	message, hint := m.texts.Error(m.call.trouble)
	return message + " " + hint
}

// notice says what keeps a call from being heard, with what can be done.
type notice struct {
	content *widget.Card
	text    *widget.Text
	buttons *fyne.Container
}

func newNotice(action string, act func()) *notice {
	n := &notice{text: wrapped("")}
	n.buttons = flex{gap: theme.GapSmall, grow: -1}.around(widget.NewButton(action, widget.Secondary, act))
	n.content = widget.NewCard(widget.Amber, flex{gap: theme.Gap, grow: 0}.around(level(n.text), level(n.buttons)))
	n.content.Hide()
	return n
}

func (n *notice) also(b *widget.Button) { n.buttons.Add(b) }

func (n *notice) show(text string) {
	n.text.SetText(text)
	widget.Show(n.content, text != "")
}
