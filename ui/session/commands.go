package session

import (
	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
)

// The commands whose keys stand on buttons.
const (
	hostCommand      = "session.host"
	joinCommand      = "session.join"
	fileCommand      = "session.file"
	backCommand      = "session.back"
	inviteCommand    = "session.invite"
	nextCommand      = "session.next"
	connectCommand   = "session.connect"
	revealCommand    = "session.reveal"
	revealAllCommand = "session.reveal-all"
	agreeCommand     = "session.agree"
	matchCommand     = "session.match"
	memberCommand    = "session.member"
	adoptCommand     = "session.adopt"
	saveCommand      = "session.save"
	leaveCommand     = "session.leave"
	closeCommand     = "session.close"
)

// Commands implements [screen.Screen].
func (s *Screen) Commands() []command.Command {
	all := append(s.lobbyCommands(), s.moves()...)
	all = append(all, s.roomCommands()...)
	all = append(all, s.copying()...)
	for i := range all {
		all[i].Screen = screen.Session
	}
	return all
}

// letter is a command in the menu with a letter as its key.
func letter(id string, title text.Key, key rune, enabled func() bool, run func()) command.Command {
	return command.Command{ID: id, Title: title, Menu: "session.menu", Keys: []command.Key{command.Rune(key)}, Enabled: enabled, Run: run}
}

func (s *Screen) lobbyCommands() []command.Command {
	lobby := func() bool { return s.model.shown == "" }
	drawn := func() bool { return lobby() && len(s.model.draws) > 0 }
	return []command.Command{
		letter(hostCommand, "session.host", 'h', drawn, s.askHost),
		letter(joinCommand, "session.join", 'j', lobby, func() { s.AskJoin("") }),
		letter(fileCommand, "session.open-file", 'o', lobby, s.askFile),
	}
}

func (s *Screen) roomCommands() []command.Command {
	when := func(so func(*room) bool) func() bool {
		return func() bool { return s.model.room != nil && so(s.model.room) }
	}
	hosts := when(func(r *room) bool { return r.hosting() && r.running })
	return []command.Command{
		letter(nextCommand, "session.next", 'n', when(func(r *room) bool { return r.hosting() && r.running && r.next() > 0 }), s.next),
		letter(revealCommand, "session.reveal", 'r', when(func(r *room) bool { return r.canReveal(false) }), func() { s.askReveal(false) }),
		letter(revealAllCommand, "session.reveal-all", 'a', when(func(r *room) bool { return r.canReveal(true) }), func() { s.askReveal(true) }),
		letter(agreeCommand, "session.agree", 'c', when(func(r *room) bool { return r.hosting() && r.shownToAll() }), s.askConsensus),
		letter(matchCommand, "session.match", 'm', when(func(r *room) bool { return r.hosting() && len(r.table.Rows) > 0 }), s.askMatch),
		letter(inviteCommand, "session.invite", 'i', hosts, s.invite),
		letter(memberCommand, "session.member", 'p', when(func(r *room) bool { return r.other() != "" }), s.askMember),
		letter(adoptCommand, "session.adopt", 'd', when((*room).agreed), s.askAdopt),
		letter(saveCommand, "session.save", 's', when(func(*room) bool { return true }), s.askSave),
		letter(connectCommand, "session.connect", 'e', s.canConnect, s.connect),
		letter(leaveCommand, "session.leave", 'l', when(func(r *room) bool { return r.running }), s.askLeave),
		letter(closeCommand, "session.close", 'x', when((*room).hosting), s.askClose),
		{ID: backCommand, Title: "session.all", Menu: "session.menu", Keys: []command.Key{command.Named(fyne.KeyEscape)}, Enabled: func() bool { return s.model.shown != "" }, Run: s.back},
	}
}

func (s *Screen) moves() []command.Command {
	move := func(by int) func() {
		return func() {
			s.model.move(by)
			s.refresh()
			s.look()
		}
	}
	turn := func(by int) func() {
		return func() {
			s.model.room.turn(by)
			s.refresh()
		}
	}
	inRoom := func() bool { return s.model.room != nil }
	key := func(name fyne.KeyName) []command.Key { return []command.Key{command.Named(name)} }
	return []command.Command{
		{ID: "session.down", Title: "session.down", Keys: key(fyne.KeyDown), Repeats: true, Run: move(1)},
		{ID: "session.up", Title: "session.up", Keys: key(fyne.KeyUp), Repeats: true, Run: move(-1)},
		{ID: "session.right", Title: "session.right", Keys: key(fyne.KeyRight), Enabled: inRoom, Run: turn(1)},
		{ID: "session.left", Title: "session.left", Keys: key(fyne.KeyLeft), Enabled: inRoom, Run: turn(-1)},
		{ID: "session.enter", Title: "session.enter", Keys: key(fyne.KeyReturn), Run: s.enter},
	}
}
