package listen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// player shows which call this is, its waveform and how it is played.
type player struct {
	head *fyne.Container // which call
	card fyne.CanvasObject
	wave *widget.Waveform
	one  string    // name of the lane of a recording that does not part its voices
	two  [2]string // names of the lanes of one that does

	headline, details, who *widget.Text
	filed, part            *widget.Text
	at, of                 *widget.Text
	play, speed, swap      *widget.Button
	back, forward          *widget.Button
	notice                 *notice // there is no sound
	trouble                *notice // the call cannot be heard
}

func newPlayer(s *Screen) *player {
	p := &player{wave: widget.NewWaveform(), one: s.shell.Say("listen.both", nil), two: [2]string{
		s.shell.Say("listen.customer", nil), s.shell.Say("listen.agent", nil),
	}}
	p.wave.OnSeek, p.wave.OnMarker = s.seek, s.selectMark
	p.notice = newNotice(s.shell.Say("listen.retry", nil), s.retrySound)
	p.trouble = newNotice(s.shell.Say("listen.retry", nil), s.tryAgain)
	p.trouble.also(widget.NewButton(s.shell.Say("listen.skip", nil), widget.Secondary, s.askToSkip))
	p.head = p.newHead(s)
	p.card = widget.NewCard(widget.Plain, flex{vertical: true, gap: theme.GapSmall, grow: 2}.around(
		p.notice.content, p.trouble.content, p.wave, p.newControls(s)))
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

func (p *player) newControls(s *Screen) fyne.CanvasObject {
	p.at = widget.NewText("", widget.Look{Size: theme.TextClock, Bold: true})
	p.of = widget.NewText("", widget.Look{Color: theme.Muted})
	p.play = widget.NewIconButton(fynetheme.MediaPlayIcon(), widget.Round, s.toggle)
	p.back = widget.NewButton(s.shell.Say("listen.back-10", nil), widget.Secondary, func() { s.skipBy(-jump) })
	p.forward = widget.NewButton(s.shell.Say("listen.forward-10", nil), widget.Secondary, func() { s.skipBy(jump) })
	p.speed = widget.NewButton("", widget.Secondary, s.nextSpeed)
	p.swap = widget.NewIconButton(fynetheme.ViewRefreshIcon(), widget.Secondary, s.swap)
	p.swap.SetKey(s.shell.Key("listen.swap"))
	p.back.SetKey(s.shell.Key("listen.back"))
	p.forward.SetKey(s.shell.Key("listen.forward"))
	p.speed.SetKey(s.shell.Key("listen.slower") + " " + s.shell.Key("listen.faster"))
	clock := flex{gap: theme.GapTiny, grow: -1}.around(p.at, p.of)
	buttons := flex{gap: theme.GapSmall, grow: -1}.around(level(p.back), level(p.play), level(p.forward), level(p.speed), level(p.swap))
	return container.New(&controls{p, s.shell.Say("listen.swap-lanes", nil)}, clock, buttons)
}

// controls sets the clock and the buttons beside one another. The lanes' button
// says in words what it does where there is room; its key always stands on it.
type controls struct {
	player *player
	label  string
}

// clockWidth is enough for an hour, so that the buttons never move.
const clockWidth = 122

// MinSize implements fyne.Layout.
func (c *controls) MinSize(o []fyne.CanvasObject) fyne.Size {
	buttons := o[1].MinSize()
	if c.player.swap.Text() != "" {
		buttons.Width -= c.labelWidth()
	}
	return buttons.AddWidthHeight(clockWidth, 0)
}

func (c *controls) labelWidth() float32 {
	return fyne.MeasureText(c.label, size(theme.Text), fyne.TextStyle{}).Width + size(theme.GapSmall)
}

// Layout implements fyne.Layout.
func (c *controls) Layout(o []fyne.CanvasObject, at fyne.Size) {
	if c.MinSize(o).Width+c.labelWidth() <= at.Width {
		c.player.swap.SetText(c.label)
	} else {
		c.player.swap.SetText("")
	}
	o[0].Resize(fyne.NewSize(clockWidth, at.Height))
	o[1].Move(fyne.NewPos(clockWidth, 0))
	o[1].Resize(fyne.NewSize(at.Width-clockWidth, at.Height))
}

// open shows the peaks of another call, nil for none.
func (p *player) open(l *lanes) {
	p.wave.Unfollow()
	if l == nil {
		p.wave.SetPeaks(nil)
		return
	}
	if l.count == 1 {
		p.wave.SetLanes(widget.Lane{Name: p.one, Color: theme.Customer})
	} else {
		p.wave.SetLanes(widget.Lane{Name: p.two[0], Color: theme.Customer}, widget.Lane{Name: p.two[1], Color: theme.Agent})
	}
	p.wave.SetPeaks(l)
}

func (p *player) show(m *model) {
	p.headline.SetText(m.headline())
	p.details.SetText(m.details())
	p.who.SetText(m.who())
	set(p.who, m.who() != "")
	p.filed.SetText(m.filed())
	p.part.SetText(m.filedPart())
	set(p.part, m.filedPart() != "")
	p.showState(m)
	p.wave.SetMarkers(m.markers())
	p.wave.SetSelected(m.call.marks.selected)
	if !m.call.playing {
		p.wave.SetPlayhead(m.call.at)
	}
	p.tick(m)
}

func (p *player) showState(m *model) {
	loaded := m.call.loaded()
	for _, b := range []*widget.Button{p.back, p.forward, p.play} {
		if loaded {
			b.Enable()
		} else {
			b.Disable()
		}
	}
	p.play.SetIcon(fynetheme.MediaPlayIcon())
	if m.call.playing {
		p.play.SetIcon(fynetheme.MediaPauseIcon())
	}
	p.speed.SetText(m.rate())
	set(p.swap, m.call.channels == 2)
	p.notice.show(m.silence())
	p.trouble.show(m.troubleText())
	set(p.wave, loaded)
}

// tick shows the time.
func (p *player) tick(m *model) {
	at, of := m.clock()
	p.at.SetText(at)
	p.of.SetText(of)
}

// silence is what to say when nobody hears the call, "" when they do.
func (m *model) silence() string {
	if !m.silent {
		return ""
	}
	return m.texts.Say("listen.silent", nil)
}

// troubleText says why the call cannot be heard and what to do.
func (m *model) troubleText() string {
	if m.call.trouble == nil {
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
	set(n.content, text != "")
}
