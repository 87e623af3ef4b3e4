package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/widget"
)

// Server is a NATS server that somebody else runs, on which sessions may lie.
type Server struct {
	Addresses string // parted by commas or spaces; "" for no server
	File      string // that its operator gave this person
	Authority string // file of who signed its certificate; "" where every computer knows them
	Leaf      bool   // the events stay with the host
}

// serverPart is the section of the server.
type serverPart struct {
	screen *Screen
	kept   Server
	server Server
	found  *widget.Text
	try    *widget.Button
	trying *job.Job
}

// server asks where sessions may lie besides this computer.
func (s *Screen) server() part {
	p := &serverPart{screen: s, kept: s.Server, server: s.Server}
	p.found = widget.NewText("", widget.Look{Fit: widget.Wrap})
	p.try = widget.NewButton(s.say("settings.server.try"), widget.Secondary, p.look)
	lies := widget.NewSegmented([]string{s.say("settings.server.there"), s.say("settings.server.here")}, func(n int) {
		p.edit(func(to *Server) { to.Leaf = n == 1 })
		p.keep()
	})
	if p.server.Leaf {
		lies.SetChosen(1)
	}
	address := p.field("settings.server.address-hint", p.server.Addresses, func(to *Server, typed string) { to.Addresses = typed })
	p.show()
	p.found.Hide()
	return part{
		title: "settings.server",
		content: []fyne.CanvasObject{
			s.words("settings.server.text", nil),
			widget.Labelled(s.say("settings.server.address"), address),
			widget.Labelled(s.say("settings.server.file"), p.file("settings.server.file", p.server.File, func(to *Server, path string) { to.File = path })),
			widget.Labelled(s.say("settings.server.authority"), p.file("settings.server.authority", p.server.Authority, func(to *Server, path string) { to.Authority = path })),
			widget.Labelled(s.say("settings.server.lies"), container.NewHBox(lies)),
			container.NewHBox(p.try), p.found,
		},
		left: p.keep,
		said: func() []string { return []string{p.server.Addresses, p.found.Text()} },
	}
}

// field is one line of the settings, which is kept when it loses the focus.
func (p *serverPart) field(hint text.Key, said string, set func(to *Server, typed string)) *widget.Field {
	f := widget.NewField(p.screen.say(hint))
	f.SetText(said)
	f.OnChanged = func(typed string) { p.edit(func(to *Server) { set(to, typed) }) }
	f.OnFocus = func(gained bool) {
		if !gained {
			p.keep()
		}
	}
	f.OnSubmitted = func(string) { p.keep() }
	return f
}

// file is a field for a file's path, with a button that chooses one.
func (p *serverPart) file(title text.Key, path string, set func(to *Server, typed string)) fyne.CanvasObject {
	f := p.field("settings.server.file-hint", path, set)
	choose := widget.NewButton(p.screen.say("settings.server.choose"), widget.Secondary, func() {
		p.screen.Pick(p.screen.say(title), func(path string) {
			f.SetText(path)
			p.keep()
		})
	})
	return container.NewBorder(nil, nil, nil, choose, f)
}

// edit changes the settings. What was found out of the ones before is no longer
// true.
func (p *serverPart) edit(change func(*Server)) {
	change(&p.server)
	if p.trying != nil {
		p.trying.Cancel()
		p.trying = nil
	}
	p.tell("")
	p.show()
}

// keep hands on what was changed.
func (p *serverPart) keep() {
	if p.server != p.kept {
		p.kept = p.server
		p.screen.KeepServer(p.server)
	}
}

func (p *serverPart) show() {
	p.try.SetEnabled(p.server.Addresses != "" && p.trying == nil)
}

// look tries the server, and says what is wrong and what to do.
func (p *serverPart) look() {
	p.keep()
	server := p.server
	p.tell(p.screen.say("settings.server.trying"))
	p.trying = job.Run(p.screen.jobs(), "", func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		return struct{}{}, p.screen.TryServer(ctx, server)
	}, nil, func(_ struct{}, err error) {
		p.trying = nil
		switch {
		case err != nil:
			message, hint := p.screen.Shell.Text().Error(err)
			p.tell(message + " " + hint)
		case server.Leaf:
			p.tell(p.screen.say("settings.server.passes"))
		default:
			p.tell(p.screen.say("settings.server.answers"))
		}
		p.show()
	})
	p.show()
}

// tell tells what was found out of the server, "" for nothing.
func (p *serverPart) tell(found string) {
	p.found.SetText(found)
	widget.Show(p.found, found != "")
	if p.screen.scroll != nil {
		p.screen.scroll.Refresh() // the section may be higher now
	}
	p.screen.Shell.Painted()
}

// jobs are the page's, begun when they are first asked for.
func (s *Screen) jobs() *job.Runner {
	if s.runner == nil {
		s.runner = job.NewRunner(s.Shell.Post)
	}
	return s.runner
}
