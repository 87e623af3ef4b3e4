package main

import (
	"bufio"
	"io"
	"os/user"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/cmd/internal/live"
	"github.com/earshot-app/earshot/ui"
	"github.com/earshot-app/earshot/ui/screen"
	sessionpage "github.com/earshot-app/earshot/ui/session"
)

// linkStart is how the link of an invitation begins, by which the desktop knows
// that it is for this program.
const linkStart = "earshot://"

// withLink replaces "join LINK" by the link alone, which is read from standard
// input where it is "-", so that nobody sees it among the machine's processes.
func withLink(args []string, stdin io.Reader) []string {
	last := len(args) - 1
	if last < 1 || args[last-1] != "join" || args[last] != "-" && !strings.HasPrefix(args[last], linkStart) {
		return args
	}
	link := args[last]
	if link == "-" {
		link, _ = bufio.NewReader(stdin).ReadString('\n') // whatever could be read is told to be a link or none
	}
	if link = strings.TrimSpace(link); !strings.HasPrefix(link, linkStart) {
		link = linkStart + link
	}
	return append(args[:last-1:last-1], link)
}

// newSessions makes the session page.
func (a *app) newSessions(l *library.Library, s *ui.Shell) *sessionpage.Screen {
	a.sessions = sessionpage.New(sessionpage.Deps{
		Shell: s, Desk: conductor{l.Desk, a.rooms}, Live: a.rooms, Me: l.Author, As: userName(), Copy: fyne.CurrentApp().Clipboard().SetContent,
		Pick: s.ChooseFile, Browse: browse(s), Folder: documents(), Exists: exists,
	})
	return a.sessions
}

// userName is what this machine calls its user, "" where it does not.
func userName() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	name, _, _ := strings.Cut(u.Name, ",") // on Unix a list that begins with the name
	return name
}

// inSession is told by the running session what happens in it, from any
// goroutine.
func (a *app) inSession(u live.Update) {
	a.loop.Post(func() {
		if a.shell == nil {
			return
		}
		if u.Play != nil {
			a.player.Ready() // all begin at the same time
		}
		a.listen.Told()
		switch {
		case u.Changed:
			a.shell.Wrote()
		case u.Joined != "":
			a.sessions.Joined(u.Joined)
		case u.Host != "":
			a.sessions.HandedTo(u.Host)
		case u.Audio != nil && u.Audio.Err != nil:
			a.sessions.Absent(u.Audio.Round, u.Audio.Err)
		case u.Ended != nil:
			a.sessions.Ended(u.Ended)
		case u.Roster != nil:
			a.sessions.Changed()
		}
	})
}

// asked does what a start of the app was asked for: to join a session, or to
// import.
func (a *app) asked(paths []string) {
	for _, path := range paths {
		if strings.HasPrefix(path, linkStart) {
			a.shell.Go(screen.Session)
			a.sessions.AskJoin(path)
			return
		}
	}
	a.shell.Import(paths)
}
