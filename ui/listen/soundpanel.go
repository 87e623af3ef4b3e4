package listen

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

func (s *Screen) soundCommands() []command.Command {
	slower, faster := func() { s.faster(-1) }, func() { s.faster(1) }
	customer, agent := func() { s.toggleMute(playback.Customer) }, func() { s.toggleMute(playback.Agent) }
	return []command.Command{
		{ID: "listen.slower", Title: "listen.slower", Menu: menuTitle, Keys: runes('['), Enabled: s.withCall, Run: slower},
		{ID: "listen.faster", Title: "listen.faster", Menu: menuTitle, Keys: runes(']'), Enabled: s.withCall, Run: faster},
		{ID: "listen.skip-silence", Title: "listen.skip-silence", Menu: menuTitle, Keys: runes('g'), Enabled: s.withCall, Run: s.toggleSkipping},
		{ID: "listen.loop", Title: "listen.loop", Menu: menuTitle, Keys: runes('l'), Enabled: s.canLoop, Run: s.toggleLoop},
		{ID: "listen.mute-customer", Title: "listen.mute-customer", Menu: menuTitle, Keys: runes('c'), Enabled: s.withLanes, Run: customer},
		{ID: "listen.mute-agent", Title: "listen.mute-agent", Menu: menuTitle, Keys: runes('a'), Enabled: s.withLanes, Run: agent},
		{ID: "listen.sound", Title: "listen.sound", Menu: menuTitle, Keys: runes('v'), Enabled: s.withCall, Run: s.showSound},
		{ID: "listen.mix", Title: "listen.mix", Menu: menuTitle, Keys: runes('m'), Enabled: s.withCall, InDialog: s.panelOpen, Run: s.toggleMono},
		{ID: "listen.even", Title: "listen.even", Menu: menuTitle, Keys: runes('e'), Enabled: s.withCall, InDialog: s.panelOpen, Run: s.toggleEven},
		{ID: "listen.swap", Title: "listen.swap", Menu: menuTitle, Keys: runes('x'), Enabled: s.withLanes, InDialog: s.panelOpen, Run: s.swap},
	}
}

// showSound opens what of the sound is chosen seldom.
func (s *Screen) showSound() {
	mono := widget.NewButton(s.shell.Say("listen.mix", nil), widget.Secondary, nil)
	even := widget.NewButton(s.shell.Say("listen.even", nil), widget.Secondary, nil)
	for _, b := range []*widget.Button{mono, even} {
		b.SetIcon(fynetheme.CheckButtonIcon())
	}
	mono.SetKey(s.shell.Key("listen.mix"))
	even.SetKey(s.shell.Key("listen.even"))
	s.panel = func() {
		mono.SetOn(s.model.habits.Mono)
		even.SetOn(s.model.habits.Even)
	}
	mono.OnTap, even.OnTap = s.toggleMono, s.toggleEven
	s.panel()
	rows := flex{vertical: true, gap: theme.Gap, grow: -1}.around(
		s.explained(even, "listen.even.why"), s.explained(mono, "listen.mix.why"))
	if s.withLanes() {
		swap := widget.NewButton(s.shell.Say("listen.swap-lanes", nil), widget.Secondary, s.swap)
		swap.SetKey(s.shell.Key("listen.swap"))
		rows.Add(s.explained(swap, "listen.swap-lanes.why"))
	}
	s.shell.Dialog(s.shell.Say("listen.sound", nil), rows, screen.Answer{
		Text: s.shell.Say("listen.close-dialog", nil), Primary: true, Choose: func() { s.panel = nil },
	})
}

// panelOpen reports whether the keys of the sound panel are seen.
func (s *Screen) panelOpen() bool { return s.panel != nil }

// explained sets what a button does below it.
func (s *Screen) explained(b *widget.Button, why text.Key) fyne.CanvasObject {
	line := flex{gap: theme.GapSmall, grow: -1}.around(b)
	said := widget.NewText(s.shell.Say(why, nil), widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
	return flex{vertical: true, gap: theme.GapTiny, grow: -1}.around(line, said)
}
