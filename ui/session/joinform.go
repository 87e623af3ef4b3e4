package session

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/widget"
)

// joining is what is being asked for in the join dialog.
type joining struct {
	link, as string
	read     Invitation
	err      error // why link is no invitation
}

func (j *joining) ok() bool { return j.err == nil && j.link != "" && strings.TrimSpace(j.as) != "" }

// AskJoin asks whether to take part in a session. It shows who hosts it, as the
// invitation says, and tells what a joiner should know; nothing is sent before
// they say yes. A link may be "", for one that is to be pasted.
func (s *Screen) AskJoin(link string) {
	j := &joining{as: s.model.as(s.deps.As)}
	say := func(key text.Key) string { return s.shell.Say(key, nil) }
	field, as, found := widget.NewField(say("session.link-hint")), widget.NewField(""), wrapped("")
	content := form(widget.Labelled(say("session.link"), field), found, widget.Labelled(say("session.my-name"), as), s.known())
	look := func(typed string) {
		j.link = strings.TrimSpace(typed)
		j.read, j.err = s.deps.Live.Read(j.link)
		found.SetText(s.found(j))
		content.Refresh()
		s.shell.Painted()
	}
	field.OnChanged = look
	as.OnChanged = func(typed string) { j.as = typed }
	as.SetText(j.as)
	do := func() { s.join(j) }
	dismiss := s.shell.Dialog(say("session.join-title"), content,
		screen.Answer{Text: say("session.join-do"), Primary: true, Enabled: j.ok, Choose: do}, s.cancel())
	field.OnKey, as.OnKey = widget.Answers(dismiss, j.ok, do), widget.Answers(dismiss, j.ok, do)
	field.SetText(link)
	look(link)
	if link == "" {
		s.shell.Canvas().Focus(field)
	}
}

// found says where an invitation leads.
func (s *Screen) found(j *joining) string {
	switch {
	case j.link == "":
		return s.shell.Say("session.paste", nil)
	case j.err != nil:
		message, hint := s.shell.Text().Error(j.err)
		return message + " " + hint
	}
	key := text.Key("session.leads-to")
	if j.read.Mark == "" {
		key = "session.leads-to-server"
	}
	leads := s.shell.Say(key, review.Args{"addresses": list(j.read.Addresses), "mark": j.read.Mark})
	if j.read.Host == "" {
		return leads
	}
	return s.shell.Say("session.invited-by", review.Args{"name": j.read.Host}) + " " + leads
}

// known is what a joiner should know.
func (s *Screen) known() fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(s.shell.Say("session.know", nil), widget.Look{Bold: true})}
	for _, key := range []text.Key{"session.know-blind", "session.know-fields", "session.know-stays", "session.know-sent"} {
		parts = append(parts, wrapped("• "+s.shell.Say(key, nil)))
	}
	return column(parts...)
}

func (s *Screen) join(j *joining) {
	id := ""
	s.doingNet("session.connecting", func(ctx context.Context) (err error) {
		id, err = s.deps.Live.Join(ctx, j.link, strings.TrimSpace(j.as))
		return err
	}, func() { s.open(id) })
}

// askFile lets a person choose a session's file and, under a name, takes it in.
func (s *Screen) askFile() {
	s.deps.Pick(s.shell.Say("session.file-title", nil), func(path string) {
		as := widget.NewField("")
		as.SetText(s.model.as(s.deps.As))
		ok := func() bool { return strings.TrimSpace(as.Text) != "" }
		do := func() { s.load(path, strings.TrimSpace(as.Text)) }
		dismiss := s.shell.Dialog(s.shell.Say("session.take-in", review.Args{"file": filepath.Base(path)}),
			form(wrapped(s.shell.Say("session.take-in-about", nil)), widget.Labelled(s.shell.Say("session.my-name", nil), as)),
			screen.Answer{Text: s.shell.Say("session.take-in-do", nil), Primary: true, Enabled: ok, Choose: do}, s.cancel())
		as.OnKey = widget.Answers(dismiss, ok, do)
		s.shell.Canvas().Focus(as)
	})
}

func (s *Screen) load(path, as string) {
	id := ""
	s.doingNet("session.taking-in", func(ctx context.Context) (err error) {
		id, err = s.deps.Live.Load(ctx, path, as)
		return err
	}, func() { s.open(id) })
}
