package listen

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// controls are the row below the waveform: the clock, and how the call is
// played.
type controls struct {
	screen  *Screen
	content *fyne.Container

	at, of              *widget.Text
	back, play, forward *widget.Button
	speed, skip, sound  *widget.Button
	loop                *widget.Button
	loopPlace           *fyne.Container // hidden where there is nothing to loop

	buttons *fyne.Container
	wordy   []wordy
	wide    wide
}

// wide is how much the buttons say: as much as there is room for.
type wide int

const (
	tight   wide = iota // next to nothing
	bare                // no keys, and the clock in two lines
	narrow              // no keys
	medium              // keys on those whose key is no arrow
	talking             // all keys, and words on all buttons
)

// A wordy button says something only where it is wide enough.
type wordy struct {
	button *widget.Button
	from   wide
	keys   *widget.KeyHint // its width is what the keys take on the button
	words  string
}

func newControls(s *Screen) *controls {
	c := &controls{screen: s}
	c.at = widget.NewText("", widget.Look{Size: theme.TextClock, Bold: true})
	c.of = widget.NewText("", widget.Look{Color: theme.Muted})
	c.play = widget.NewIconButton(fynetheme.MediaPlayIcon(), widget.Round, s.toggle)
	c.back = widget.NewButton(s.shell.Say("listen.back-10", nil), widget.Secondary, func() { s.skipBy(-jump) })
	c.forward = widget.NewButton(s.shell.Say("listen.forward-10", nil), widget.Secondary, func() { s.skipBy(jump) })
	c.speed = widget.NewButton("", widget.Secondary, s.nextSpeed)
	c.skip = widget.NewIconButton(fynetheme.MediaFastForwardIcon(), widget.Secondary, s.toggleSkipping)
	c.loop = widget.NewIconButton(fynetheme.MediaReplayIcon(), widget.Secondary, s.toggleLoop)
	c.loopPlace = level(c.loop)
	c.loopPlace.Hide()
	c.sound = widget.NewIconButton(fynetheme.VolumeUpIcon(), widget.Secondary, s.showSound)
	c.buttons = flex{gap: theme.GapSmall, grow: -1}.around(
		level(c.back), level(c.play), level(c.forward), level(c.speed), level(c.skip), c.loopPlace, level(c.sound))
	c.keys(c.back, talking, "listen.back")
	c.keys(c.forward, talking, "listen.forward")
	c.keys(c.speed, medium, "listen.slower", "listen.faster")
	c.keys(c.skip, medium, "listen.skip-silence")
	c.keys(c.loop, medium, "listen.loop")
	c.keys(c.sound, medium, "listen.sound")
	c.words(c.skip, bare, "listen.skip-silence.short")
	c.words(c.loop, talking, "listen.loop.short")
	c.words(c.sound, talking, "listen.sound")
	c.say(tight)
	c.content = container.New(c, c.at, c.of, c.buttons)
	return c
}

// keys notes which keys a button shows, and from what width on.
func (c *controls) keys(b *widget.Button, from wide, commands ...string) {
	keys := make([]string, len(commands))
	for i, id := range commands {
		keys[i] = c.screen.shell.Key(id)
	}
	c.wordy = append(c.wordy, wordy{b, from, widget.NewKeyHint(strings.TrimSpace(strings.Join(keys, " "))), ""})
}

// words notes what a button says, and from what width on.
func (c *controls) words(b *widget.Button, from wide, said text.Key) {
	c.wordy = append(c.wordy, wordy{b, from, widget.NewKeyHint(""), c.screen.shell.Say(said, nil)})
}

// say lets the buttons say more or less.
func (c *controls) say(w wide) {
	c.wide = w
	for _, b := range c.wordy {
		keys, words := b.keys.Key(), b.words
		if w < b.from {
			keys, words = "", ""
		}
		if b.words == "" {
			b.button.SetKey(keys)
		} else {
			b.button.SetText(words)
		}
	}
}

// extra is how much wider the buttons are for what they say.
func (c *controls) extra(w wide) float32 {
	var extra float32
	for _, b := range c.wordy {
		if w < b.from || b.button == c.loop && !c.loopPlace.Visible() {
			continue
		}
		if b.words != "" {
			extra += size(theme.GapSmall) + fyne.MeasureText(b.words, size(theme.Text), fyne.TextStyle{}).Width
		} else if b.keys.Key() != "" {
			extra += size(theme.GapSmall) + b.keys.MinSize().Width
		}
	}
	return extra
}

// width is that of the row where the buttons say so much.
func (c *controls) width(w wide) float32 {
	return c.clockWidth(w) + c.buttons.MinSize().Width - c.extra(c.wide) + c.extra(w)
}

// MinSize implements fyne.Layout: as if the buttons said nothing.
func (c *controls) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(c.width(tight), c.buttons.MinSize().Height)
}

// clockWidth is enough for the end of the call, so that the buttons never move.
func (c *controls) clockWidth(w wide) float32 {
	of := c.of.Text()
	first := fyne.MeasureText(strings.TrimPrefix(of, "/ "), size(theme.TextClock), fyne.TextStyle{Bold: true}).Width
	second := fyne.MeasureText(of, size(theme.Text), fyne.TextStyle{}).Width
	if w <= bare {
		return max(first, second) + size(theme.Gap)
	}
	return first + size(theme.GapTiny) + second + size(theme.Gap)
}

// Layout implements fyne.Layout.
func (c *controls) Layout(_ []fyne.CanvasObject, at fyne.Size) {
	w := talking
	for w > tight && c.width(w) > at.Width {
		w--
	}
	c.say(w)
	width := c.clockWidth(w)
	first, second := c.at.MinSize(), c.of.MinSize()
	top := (at.Height - first.Height) / 2
	beside := fyne.NewPos(natural(c.at, theme.TextClock, true)+size(theme.GapTiny), (at.Height-second.Height)/2)
	if w <= bare {
		top = (at.Height - first.Height - second.Height) / 2
		beside = fyne.NewPos(0, top+first.Height)
	}
	c.at.Move(fyne.NewPos(0, top))
	c.at.Resize(fyne.NewSize(width, first.Height))
	c.of.Move(beside)
	c.of.Resize(fyne.NewSize(max(0, width-beside.X), second.Height))
	c.buttons.Move(fyne.NewPos(width, 0))
	c.buttons.Resize(fyne.NewSize(at.Width-width, at.Height))
}

func (c *controls) show(m *model) {
	for _, b := range []*widget.Button{c.back, c.forward, c.play} {
		b.SetEnabled(m.call.loaded())
	}
	c.play.SetIcon(fynetheme.MediaPlayIcon())
	if m.call.playing {
		c.play.SetIcon(fynetheme.MediaPauseIcon())
	}
	c.speed.SetText(m.rate())
	c.skip.SetOn(m.habits.Skipping && !m.inStep())
	if offered := m.offersLoop(); offered != c.loopPlace.Visible() {
		widget.Show(c.loopPlace, offered)
		c.content.Refresh()
	}
	c.loop.SetOn(m.call.loop.on)
	c.tick(m)
}

// tick shows the time.
func (c *controls) tick(m *model) {
	at, of := m.clock()
	if at != c.at.Text() || of != c.of.Text() {
		c.at.SetText(at)
		c.of.SetText(of)
		c.Layout(nil, c.content.Size())
	}
}
