package listen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// view is the page on the canvas. show sets everything from the model; the
// widgets compare and repaint only what differs.
type view struct {
	screen  *Screen
	content fyne.CanvasObject
	header  *header
	strip   *strip
	player  *player
	heard   *heard
	spoken  *spoken
	side    *side
	setup   *setup
	done    *widget.EmptyState
	hearing fyne.CanvasObject
}

func newView(s *Screen) *view {
	v := &view{screen: s}
	v.strip = newStrip(s)
	v.header, v.player, v.heard, v.side, v.setup = newHeader(s), newPlayer(s), newHeard(s), newSide(s), newSetup(s)
	v.spoken = newSpoken(s, v.heard)
	again := widget.NewButton(s.shell.Say("listen.done.new", nil), widget.Secondary, s.drawAnew)
	again.SetKey(s.shell.Key("listen.draw"))
	v.done = widget.NewEmptyState(fynetheme.ConfirmIcon(), "", "",
		widget.NewButton(s.shell.Say("listen.done.ranking", nil), widget.Primary, func() { s.shell.Go(screen.Issues) }),
		again,
		widget.NewButton(s.shell.Say("listen.close", nil), widget.Secondary, s.askToClose))
	centre := container.New(&centre{}, v.player.head, v.player.card, v.spoken.content)
	v.hearing = flex{grow: 0}.around(inset{theme.GapWide, theme.Gap}.around(centre), v.side.content)
	pages := container.NewStack(v.hearing, v.done, v.setup.content)
	v.content = flex{vertical: true, grow: 2}.around(v.header.content, v.strip.content, pages)
	return v
}

// show brings the page to what the model says.
func (v *view) show() {
	m := &v.screen.model
	phase := m.phase()
	v.header.show(m)
	v.strip.show(m)
	widget.Show(v.hearing, phase == hearing)
	widget.Show(v.done, phase == allDone)
	widget.Show(v.setup.content, phase == drawing)
	switch phase {
	case hearing:
		v.player.show(m)
		v.heard.show(m)
		v.spoken.show(m)
		v.side.show(m)
	case allDone:
		v.done.Set(m.doneTitle(), m.doneText())
	case drawing:
		v.setup.show()
	}
}

// tick shows what changes with every second that is played.
func (v *view) tick() {
	v.header.tick(&v.screen.model)
	v.player.controls.tick(&v.screen.model)
}

func (m *model) doneTitle() string {
	if m.missing() > 0 {
		return m.texts.Say("listen.done.missing-title", review.Args{"n": m.missing()})
	}
	return m.texts.Say("listen.done.title", nil)
}

func (m *model) doneText() string {
	heard, skipped := 0, 0
	for _, c := range m.listening.Calls {
		switch c.State {
		case review.Heard:
			heard++
		case review.Skipped:
			skipped++
		}
	}
	if m.missing() > 0 {
		return m.texts.Say("listen.done.missing", review.Args{"heard": heard, "skipped": skipped})
	}
	return m.texts.Say("listen.done.text", review.Args{"heard": heard, "skipped": skipped})
}

// centre sets the call's head, its waveform and what was heard in it below one
// another. The waveform grows with the window, within limits.
type centre struct{}

const (
	waveLeast = 250
	waveMost  = 380
	wavePart  = 0.4
)

// MinSize implements fyne.Layout.
func (*centre) MinSize(o []fyne.CanvasObject) fyne.Size {
	width := max(o[0].MinSize().Width, o[1].MinSize().Width, o[2].MinSize().Width)
	return fyne.NewSize(width, o[0].MinSize().Height+o[1].MinSize().Height+o[2].MinSize().Height+2*size(theme.Gap))
}

// Layout implements fyne.Layout.
func (*centre) Layout(o []fyne.CanvasObject, at fyne.Size) {
	gap := size(theme.Gap)
	o[0].Resize(fyne.NewSize(at.Width, o[0].MinSize().Height))
	head := o[0].MinSize().Height
	wave := max(o[1].MinSize().Height, min(waveMost, max(waveLeast, at.Height*wavePart)))
	o[0].Resize(fyne.NewSize(at.Width, head))
	o[1].Move(fyne.NewPos(0, head+gap))
	o[1].Resize(fyne.NewSize(at.Width, wave))
	o[2].Move(fyne.NewPos(0, head+wave+2*gap))
	o[2].Resize(fyne.NewSize(at.Width, max(0, at.Height-head-wave-2*gap)))
}
