package session

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/widget"
)

// people is how many an invitation lets in, unless the host says otherwise.
const people = 5

// offered are the addresses that a host listens on unless they choose others:
// the first, which others may reach if any can.
func offered(addresses []string) []string { return addresses[:min(1, len(addresses))] }

// hosting is what is being asked for in the host dialog.
type hosting struct {
	Hosting
	asFile bool
}

// ok reports whether a session can be hosted so.
func (h *hosting) ok() bool {
	return h.Draw != "" && strings.TrimSpace(h.As) != "" && (h.asFile || len(h.Listen) > 0 && h.People > 0)
}

// toggle listens on an address, or no longer.
func (h *hosting) toggle(address string) {
	for i, a := range h.Listen {
		if a == address {
			h.Listen = append(h.Listen[:i:i], h.Listen[i+1:]...)
			return
		}
	}
	h.Listen = append(h.Listen, address)
}

func (h *hosting) listens(address string) bool {
	for _, a := range h.Listen {
		if a == address {
			return true
		}
	}
	return false
}

// askHost asks how to host a session; Enter takes what is offered.
func (s *Screen) askHost() {
	h := &hosting{Hosting: Hosting{
		HostRequest: desk.HostRequest{Draw: s.model.draws[0].ID, As: s.model.as(s.deps.As), Blind: true},
		Listen:      offered(s.deps.Live.Addresses()), People: people, Good: invitation,
	}}
	f := s.newHostForm(h)
	do := func() { s.host(h) }
	dismiss := s.shell.Dialog(s.shell.Say("session.host-title", nil), f.content,
		screen.Answer{Text: s.shell.Say("session.host-do", nil), Primary: true, Enabled: h.ok, Choose: do}, s.cancel())
	for _, field := range []*widget.Field{f.name, f.as, f.people} {
		field.OnKey = widget.Answers(dismiss, h.ok, do)
	}
}

// host opens the session, over the network or to be handed out as a file.
func (s *Screen) host(h *hosting) {
	id, link := "", ""
	tell := func(report func(job.Progress)) func(done, all int) {
		return func(done, all int) { report(job.Progress{Done: int64(done), Total: int64(all)}) }
	}
	s.doing(s.shell.Say("session.opening", nil), func(ctx context.Context, report func(job.Progress)) (err error) {
		if h.asFile {
			shared, err := s.deps.Desk.HostSession(ctx, h.HostRequest, tell(report))
			id = shared.ID
			return err
		}
		link, err = s.deps.Live.Host(ctx, h.Hosting, tell(report))
		return err
	}, func() {
		if h.asFile {
			s.open(id)
			s.askSaveOf(id, h.Name)
			return
		}
		id, _ = s.deps.Live.Running()
		s.open(id)
		s.hand(link, h.People)
	})
}

// doingNet is doing for what takes a network.
func (s *Screen) doingNet(title text.Key, do func(context.Context) error, done func()) {
	s.doing(s.shell.Say(title, nil), func(ctx context.Context, _ func(job.Progress)) error { return do(ctx) }, done)
}

// hostForm is what the host dialog shows.
type hostForm struct {
	screen           *Screen
	hosting          *hosting
	content          fyne.CanvasObject
	draw             *widget.Button
	name, as, people *widget.Field
	network          *fyne.Container
	about            *widget.Text
}

func (s *Screen) newHostForm(h *hosting) *hostForm {
	say := func(key text.Key) string { return s.shell.Say(key, nil) }
	f := &hostForm{screen: s, hosting: h, name: widget.NewField(say("session.name-hint")), as: widget.NewField(""), people: widget.NewField("")}
	f.draw = widget.NewButton(s.model.drawName(s.model.draws[0]), widget.Secondary, f.chooseDraw)
	f.draw.SetIcon(fynetheme.MenuDropDownIcon())
	f.as.SetText(h.As)
	f.people.SetText(strconv.Itoa(h.People))
	f.name.OnChanged = func(typed string) { h.Name = strings.TrimSpace(typed) }
	f.as.OnChanged = func(typed string) { h.As = typed }
	f.people.OnChanged = func(typed string) { h.People, _ = strconv.Atoi(strings.TrimSpace(typed)) }
	f.about = note("")
	f.network = container.New(widget.Column{Gap: "gapSmall"},
		widget.Labelled(say("session.listen-on"), f.addresses()), widget.Labelled(say("session.how-many"), f.people))
	pairs := container.NewGridWithColumns(2,
		widget.Labelled(say("session.tags"), f.either("session.blind-choice", "session.open-choice", func(second bool) { h.Blind = !second })),
		widget.Labelled(say("session.pace"), f.either("session.own-choice", "session.together-choice", func(second bool) { h.Together = second })),
		widget.Labelled(say("session.recordings"), f.either("session.erase-choice", "session.keep-choice", func(second bool) { h.KeepAudio = second })),
		widget.Labelled(say("session.way"), f.either("session.live-choice", "session.file-choice", func(second bool) { h.asFile = second })))
	f.content = form(widget.Labelled(say("session.which-draw"), f.draw), container.NewGridWithColumns(2,
		widget.Labelled(say("session.its-name"), f.name), widget.Labelled(say("session.my-name"), f.as)), pairs, f.network, f.about)
	f.show()
	return f
}

// either is a choice between two.
func (f *hostForm) either(first, second text.Key, choose func(second bool)) fyne.CanvasObject {
	say := f.screen.shell.Say
	return container.NewHBox(widget.NewSegmented([]string{say(first, nil), say(second, nil)}, func(n int) {
		choose(n == 1)
		f.show()
	}))
}

// addresses are switches, one for each address of this machine.
func (f *hostForm) addresses() fyne.CanvasObject {
	row := container.NewGridWithColumns(3)
	for _, address := range f.screen.deps.Live.Addresses() {
		var b *widget.Button
		b = widget.NewButton(address, widget.Secondary, func() {
			f.hosting.toggle(address)
			b.SetOn(f.hosting.listens(address))
			f.show()
		})
		b.SetOn(f.hosting.listens(address))
		row.Add(b)
	}
	return row
}

func (f *hostForm) chooseDraw() {
	var items []*fyne.MenuItem
	for _, d := range f.screen.model.draws {
		item := fyne.NewMenuItem(f.screen.model.drawName(d), func() {
			f.hosting.Draw = d.ID
			f.draw.SetText(f.screen.model.drawName(d))
		})
		item.Checked = d.ID == f.hosting.Draw
		items = append(items, item)
	}
	f.screen.drop(items, f.draw)
}

// show says what the choices mean.
func (f *hostForm) show() {
	key := text.Key("session.live-about")
	if f.hosting.asFile {
		key = "session.file-about"
	}
	widget.Show(f.network, !f.hosting.asFile)
	f.about.SetText(f.screen.shell.Say(key, review.Args{"hours": int(invitation.Hours())}))
	if f.content != nil {
		f.content.Refresh()
	}
	f.screen.shell.Painted()
}

// showMenu shows choices below a button. Arrows and Enter choose, Escape leaves.
func showMenu(items []*fyne.MenuItem, canvas fyne.Canvas, button fyne.CanvasObject) {
	fynewidget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), canvas, fyne.NewPos(0, button.Size().Height), button)
}

func list(names []string) string { return strings.Join(names, ", ") }
