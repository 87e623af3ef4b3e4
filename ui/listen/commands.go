package listen

import (
	"fmt"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
)

// menuTitle is the menu of this page's commands.
const menuTitle text.Key = "listen.menu"

// Commands implements screen.Screen.
func (s *Screen) Commands() []command.Command {
	all := s.playCommands()
	all = append(all, grouped("listen.menu.sound", s.soundCommands())...)
	all = append(all, grouped("listen.menu.wave", s.waveCommands())...)
	all = append(all, s.tagCommands()...)
	all = append(all, grouped("listen.menu.moment", s.momentCommands())...)
	all = append(all, s.transcriptCommands()...)
	all = append(all, s.callCommands()...)
	all = append(all, grouped("listen.menu.draw", s.drawCommands())...)
	all = append(all, grouped("listen.menu.save", s.saving())...)
	all = append(all, grouped("listen.menu.together", s.togetherCommands())...)
	for i := range all {
		all[i].Screen = screen.Listen
	}
	return all
}

// grouped lays commands into a submenu.
func grouped(title text.Key, commands []command.Command) []command.Command {
	for i := range commands {
		commands[i].Group = title
	}
	return commands
}

// withCall reports whether a call is open and not just being finished.
func (s *Screen) withCall() bool { return s.model.call != nil && !s.ending }

func (s *Screen) withMark() bool {
	if !s.withCall() {
		return false
	}
	_, ok := s.model.call.marks.current()
	return ok
}

func (s *Screen) withMarks() bool { return s.withCall() && len(s.model.call.marks.list) > 0 }

func (s *Screen) withLanes() bool { return s.loaded() && s.model.call.channels == 2 }

func (s *Screen) playCommands() []command.Command {
	back, forward := func() { s.skipBy(-jump) }, func() { s.skipBy(jump) }
	return []command.Command{
		{ID: "listen.play", Title: "listen.play", Menu: menuTitle, Keys: keys(fyne.KeySpace), Enabled: s.loaded, Run: s.toggle},
		{ID: "listen.back", Title: "listen.back", Menu: menuTitle, Keys: keys(fyne.KeyLeft), Repeats: true, Enabled: s.loaded, Run: back},
		{ID: "listen.forward", Title: "listen.forward", Menu: menuTitle, Keys: keys(fyne.KeyRight), Repeats: true, Enabled: s.loaded, Run: forward},
	}
}

func (s *Screen) tagCommands() []command.Command {
	commands := []command.Command{
		{ID: "listen.find", Title: "listen.find", Menu: menuTitle, Keys: runes('t'), Enabled: s.withCall, Run: s.focusField},
		{
			ID: "listen.name", Title: "listen.name", FieldOnly: true, Enabled: s.typing, Run: s.tagNew,
			Keys: []command.Key{command.Named(fyne.KeyReturn, fyne.KeyModifierControl)},
		},
	}
	for key := 1; key <= desk.Keys; key++ {
		commands = append(commands, command.Command{
			ID: fmt.Sprint("listen.tag.", key), Title: "listen.tag", Keys: runes(rune('0' + key)),
			Enabled: s.withCall, Run: func() { s.tagKey(key) },
		})
	}
	return append(commands,
		command.Command{ID: "listen.none", Title: "listen.none", Menu: menuTitle, Keys: runes('n'), Enabled: s.withCall, Run: s.none},
		command.Command{ID: "listen.praise", Title: "listen.praise", Menu: menuTitle, Keys: runes('p'), Enabled: s.withCall, Run: s.praise})
}

func (s *Screen) momentCommands() []command.Command {
	up, down := func() { s.selectBy(-1) }, func() { s.selectBy(1) }
	earlier, later := func() { s.nudge(-finely) }, func() { s.nudge(finely) }
	words := func() { s.editWords(s.model.call.marks.selected) }
	return []command.Command{
		{ID: "listen.up", Title: "listen.up", Keys: keys(fyne.KeyUp), Repeats: true, Enabled: s.withMarks, Run: up},
		{ID: "listen.down", Title: "listen.down", Keys: keys(fyne.KeyDown), Repeats: true, Enabled: s.withMarks, Run: down},
		{ID: "listen.play-moment", Title: "listen.play-moment", Menu: menuTitle, Keys: keys(fyne.KeyReturn), Enabled: s.withMark, Run: s.playMark},
		{
			ID: "listen.words", Title: "listen.words", Menu: menuTitle, Enabled: s.withMark, Run: words,
			Keys: append(runes('w'), command.Named(fyne.KeyF2)),
		},
		{
			ID: "listen.earlier", Title: "listen.earlier", Menu: menuTitle, Repeats: true, Enabled: s.withMark, Run: earlier,
			Keys: []command.Key{command.Named(fyne.KeyLeft, fyne.KeyModifierShift)},
		},
		{
			ID: "listen.later", Title: "listen.later", Menu: menuTitle, Repeats: true, Enabled: s.withMark, Run: later,
			Keys: []command.Key{command.Named(fyne.KeyRight, fyne.KeyModifierShift)},
		},
		{
			ID: "listen.hair-earlier", Title: "wave.hair-earlier", Menu: menuTitle, Repeats: true, Enabled: s.withMark, Run: func() { s.nudge(-hair) },
			Keys: []command.Key{command.Named(fyne.KeyLeft, fyne.KeyModifierControl, fyne.KeyModifierShift)},
		},
		{
			ID: "listen.hair-later", Title: "wave.hair-later", Menu: menuTitle, Repeats: true, Enabled: s.withMark, Run: func() { s.nudge(hair) },
			Keys: []command.Key{command.Named(fyne.KeyRight, fyne.KeyModifierControl, fyne.KeyModifierShift)},
		},
		{ID: "listen.remove", Title: "listen.remove", Menu: menuTitle, Keys: keys(fyne.KeyDelete), Enabled: s.withMark, Run: s.remove},
	}
}

func (s *Screen) callCommands() []command.Command {
	return []command.Command{
		{ID: "listen.skip", Title: "listen.skip", Menu: menuTitle, Keys: runes('s'), Enabled: s.withCall, Run: s.askToSkip},
		{
			ID: "listen.finish", Title: "listen.finish", Menu: menuTitle, Enabled: s.withCall, Run: s.finish,
			Keys: []command.Key{command.Named(fyne.KeyReturn, fyne.KeyModifierControl)},
		},
		{ID: "listen.return", Title: "listen.return", Menu: menuTitle, Keys: runes('b'), Enabled: s.model.beside, Run: s.back},
		{ID: "listen.who", Title: "listen.who", Menu: menuTitle, Enabled: s.withCall, Run: s.askToReveal},
		{ID: "listen.forget", Title: "forget.command", Menu: menuTitle, Enabled: s.withCall, Run: s.askToForget},
	}
}

func (s *Screen) drawCommands() []command.Command {
	return []command.Command{
		{ID: "listen.draw", Title: "listen.draw", Menu: menuTitle, Keys: runes('d'), Enabled: s.canDraw, Run: s.drawNext},
		{ID: "listen.how", Title: "listen.how.made", Menu: menuTitle, Enabled: s.hasDraw, Run: s.explainDraw},
		{ID: "listen.close", Title: "listen.close", Menu: menuTitle, Enabled: s.hasDraw, Run: s.askToClose},
	}
}

func (s *Screen) canDraw() bool {
	phase := s.model.phase()
	return phase == allDone || phase == drawing && s.making == nil
}

// drawNext asks for another draw or, where it is asked for, draws.
func (s *Screen) drawNext() {
	if s.model.phase() == drawing {
		s.makeDraw()
	} else {
		s.drawAnew()
	}
}

func (s *Screen) hasDraw() bool { return s.model.open }

// typing reports whether the field of issues has the focus.
func (s *Screen) typing() bool { return s.view != nil && s.view.side.focused() }

// focusField goes to where issues are found and named.
func (s *Screen) focusField() {
	if s.view != nil {
		s.shell.Canvas().Focus(s.view.side.field)
	}
}

func keys(names ...fyne.KeyName) []command.Key {
	all := make([]command.Key, len(names))
	for i, name := range names {
		all[i] = command.Named(name)
	}
	return all
}

func runes(r rune) []command.Key { return []command.Key{command.Rune(r)} }
