package session

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// arrow marks a button that offers choices.
const arrow = " ▾"

// offered are the addresses that a host listens on unless they choose others:
// the first, which others may reach if any can.
func offered(addresses []string) []string { return addresses[:min(1, len(addresses))] }

// hosting is what is being asked for in the host dialog.
type hosting struct {
	Hosting
	asFile bool
}

// A way is how the others come to a session.
type way int

// The ways: over the server of the settings, over a hub on this computer, or by
// files.
const (
	byServer way = iota
	byHub
	byFile
)

// ways are those that can be chosen, the one that is offered first.
func ways(server string) []way {
	if server == "" {
		return []way{byHub, byFile}
	}
	return []way{byServer, byHub, byFile}
}

func (h *hosting) take(w way) { h.asFile, h.Server = w == byFile, w == byServer }

func (h *hosting) way() way {
	switch {
	case h.asFile:
		return byFile
	case h.Server:
		return byServer
	}
	return byHub
}

// ok reports whether a session can be hosted so.
func (h *hosting) ok() bool {
	return h.Draw != "" && strings.TrimSpace(h.As) != "" && (h.way() != byHub || len(h.Listen) > 0 && h.Offer.ok())
}

// toggle listens on an address, or no longer.
func (h *hosting) toggle(address string) {
	if i := slices.Index(h.Listen, address); i >= 0 {
		h.Listen = slices.Delete(slices.Clone(h.Listen), i, i+1)
		return
	}
	h.Listen = append(h.Listen, address)
}

// askHost asks how to host a session; Enter takes what is offered.
func (s *Screen) askHost() {
	h := &hosting{Hosting: Hosting{
		HostRequest: desk.HostRequest{Draw: s.model.draws[0].ID, As: s.model.as(s.deps.As), Blind: true},
		Listen:      offered(s.deps.Live.Addresses()), Offer: usual,
	}}
	f := s.newHostForm(h)
	do := func() { s.host(h) }
	dismiss := s.shell.Dialog(s.shell.Say("session.host-title", nil), f.content,
		screen.Answer{Text: s.shell.Say("session.host-do", nil), Primary: true, Enabled: h.ok, Choose: do}, s.cancel())
	for _, field := range []*widget.Field{f.name, f.as, f.offer.people, f.offer.hours} {
		field.OnKey = widget.Answers(dismiss, h.ok, do)
	}
	s.shell.Canvas().Focus(f.name)
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
		s.hand(link, h.Offer)
	})
}

// doingNet is doing for what takes a network.
func (s *Screen) doingNet(title text.Key, do func(context.Context) error, done func()) {
	s.doing(s.shell.Say(title, nil), func(ctx context.Context, _ func(job.Progress)) error { return do(ctx) }, done)
}

// hostForm is what the host dialog shows.
type hostForm struct {
	screen   *Screen
	hosting  *hosting
	content  fyne.CanvasObject
	draw     *widget.Button
	name, as *widget.Field
	offer    *offerFields
	network  *fyne.Container
	about    *widget.Text
}

func (s *Screen) newHostForm(h *hosting) *hostForm {
	say := func(key text.Key) string { return s.shell.Say(key, nil) }
	f := &hostForm{screen: s, hosting: h, name: widget.NewField(say("session.name-hint")), as: widget.NewField("")}
	f.draw = widget.NewButton(s.model.drawName(s.model.draws[0])+arrow, widget.Secondary, f.chooseDraw)
	f.as.SetText(h.As)
	f.name.OnChanged = func(typed string) { h.Name = strings.TrimSpace(typed) }
	f.as.OnChanged = func(typed string) { h.As = typed }
	f.offer = s.newOfferFields(&h.Offer, f.show)
	f.about = note("")
	f.network = container.New(widget.Column{Gap: theme.GapSmall}, widget.Labelled(say("session.listen-on"), f.addresses()), f.offer.content)
	pairs := container.NewGridWithColumns(2,
		widget.Labelled(say("session.tags"), f.either("session.blind-choice", "session.open-choice", func(second bool) { h.Blind = !second })),
		widget.Labelled(say("session.pace"), f.either("session.own-choice", "session.together-choice", func(second bool) { h.Together = second })),
		widget.Labelled(say("session.recordings"), f.either("session.erase-choice", "session.keep-choice", func(second bool) { h.KeepAudio = second })),
		widget.Labelled(say("session.way"), f.ways()))
	f.content = form(widget.Labelled(say("session.which-draw"), f.draw), container.NewGridWithColumns(2,
		widget.Labelled(say("session.its-name"), f.name), widget.Labelled(say("session.my-name"), f.as)), pairs, f.network, f.about)
	f.show()
	return f
}

// ways is the choice of how the others come to the session.
func (f *hostForm) ways() fyne.CanvasObject {
	server, _ := f.screen.deps.Live.Server()
	all := ways(server)
	f.hosting.take(all[0])
	var names []string
	for _, w := range all {
		names = append(names, f.screen.shell.Say([]text.Key{"session.server-choice", "session.live-choice", "session.file-choice"}[w], nil))
	}
	return container.NewHBox(widget.NewSegmented(names, func(n int) {
		f.hosting.take(all[n])
		f.show()
	}))
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
			b.SetOn(slices.Contains(f.hosting.Listen, address))
			f.show()
		})
		b.SetOn(slices.Contains(f.hosting.Listen, address))
		row.Add(b)
	}
	return row
}

func (f *hostForm) chooseDraw() {
	var items []*fyne.MenuItem
	for _, d := range f.screen.model.draws {
		item := fyne.NewMenuItem(f.screen.model.drawName(d), func() {
			f.hosting.Draw = d.ID
			f.draw.SetText(f.screen.model.drawName(d) + arrow)
		})
		item.Checked = d.ID == f.hosting.Draw
		items = append(items, item)
	}
	f.screen.drop(items, f.draw)
}

// show says what the choices mean, and where the session will lie.
func (f *hostForm) show() {
	widget.Show(f.network, f.hosting.way() == byHub)
	f.about.SetText(f.screen.model.lies(f.hosting, f.screen.deps.Live.Server))
	if f.content != nil {
		f.content.Refresh()
	}
	f.screen.shell.Painted()
}

// lies says where a session will lie that is hosted so, and who can come.
func (m *model) lies(h *hosting, server func() (address string, leaf bool)) string {
	address, leaf := server()
	key := text.Key("session.live-about")
	switch {
	case h.way() == byFile:
		key = "session.file-about"
	case h.way() == byServer && leaf:
		key = "session.leaf-about"
	case h.way() == byServer:
		key = "session.server-about"
	}
	return m.say(key, review.Args{"address": address})
}

func list(names []string) string { return strings.Join(names, ", ") }
