package session

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/widget"
)

// offerFields ask what an invitation is good for.
type offerFields struct {
	content       fyne.CanvasObject
	people, hours *widget.Field
}

func (s *Screen) newOfferFields(o *Offer, changed func()) *offerFields {
	number := func(n int, set func(n int)) *widget.Field {
		field := widget.NewField("")
		field.SetText(strconv.Itoa(n))
		field.OnChanged = func(typed string) {
			n, _ := strconv.Atoi(strings.TrimSpace(typed)) // 0 is no offer
			set(n)
			changed()
		}
		return field
	}
	f := &offerFields{
		people: number(o.People, func(n int) { o.People = n }),
		hours:  number(int(o.Good.Hours()), func(n int) { o.Good = time.Duration(min(n, mostHours+1)) * time.Hour }),
	}
	f.content = container.NewGridWithColumns(2,
		widget.Labelled(s.shell.Say("session.how-many", nil), f.people), widget.Labelled(s.shell.Say("session.how-long", nil), f.hours))
	return f
}

// mostHours is the longest that can be typed.
const mostHours = int(longest / time.Hour)

// invite shows what lets people into the running session, to copy, to revoke and to
// make anew.
func (s *Screen) invite() {
	if s.acting {
		return
	}
	s.acting = true
	job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) ([]Open, error) {
		return s.deps.Live.Invitations(ctx)
	}, nil, func(open []Open, err error) {
		s.acting = false
		if err != nil {
			s.shell.Fail(err)
			return
		}
		s.askInvite(open)
	})
}

// askInvite shows open invitations. Enter copies the latest that can be copied;
// where there is none, it makes a new one.
func (s *Screen) askInvite(open []Open) {
	offer := usual
	ok := func() bool { return offer.ok() }
	anew := func() { s.makeInvitation(offer) }
	fields := s.newOfferFields(&offer, s.shell.Painted)
	var dismiss func()
	parts := []fyne.CanvasObject{wrapped(s.shell.Say("session.no-invitation", nil))}
	if len(open) > 0 {
		parts = nil
	}
	for _, o := range open {
		parts = append(parts, s.openRow(o, func() { dismiss() }))
	}
	answers := []screen.Answer{s.cancel()}
	if !slices.ContainsFunc(open, Open.way) {
		parts = append(parts, fields.content, note(s.shell.Say("session.anew-about", nil)))
		answers = slices.Insert(answers, 0, screen.Answer{Text: s.shell.Say("session.anew", nil), Enabled: ok, Choose: anew})
	}
	if i := slices.IndexFunc(open, Open.copyable); i >= 0 {
		copied := func() { s.hand(open[i].Link, Offer{open[i].Left, open[i].Good}) }
		answers = slices.Insert(answers, 0, screen.Answer{Text: s.shell.Say("session.copy", nil), Choose: copied})
	}
	answers[0].Primary = true
	dismiss = s.shell.Dialog(s.shell.Say("session.invitations", nil), form(parts...), answers...)
	for _, field := range []*widget.Field{fields.people, fields.hours} {
		field.OnKey = widget.Answers(dismiss, ok, anew)
	}
}

// way reports whether an invitation only tells the way to a server, whose operator
// lets people in.
func (o Open) way() bool { return o.Of == 0 }

func (o Open) copyable() bool { return o.Link != "" && (o.way() || o.Left > 0) }

// openRow is an open invitation, with a button that ends it.
func (s *Screen) openRow(o Open, dismiss func()) fyne.CanvasObject {
	said := wrapped(s.model.openLine(o))
	if o.way() {
		return said
	}
	revoke := widget.NewButton(s.shell.Say("session.revoke", nil), widget.Secondary, func() {
		dismiss()
		s.act(func(ctx context.Context) error { return s.deps.Live.Revoke(ctx, o.ID) }, s.invite)
	})
	return container.New(cells{widths: []float32{0, revoke.MinSize().Width}, least: leastName, gap: 10}, said, revoke)
}

// openLine says how many an invitation let in, how long it is good for, and whether
// it can be copied again.
func (m *model) openLine(o Open) string {
	if o.way() {
		return m.say("session.way-only", nil)
	}
	hours, minutes := int(o.Good.Hours()), int(o.Good.Minutes())%60
	left := m.say("session.hours-left", review.Args{"hours": hours, "minutes": minutes})
	if hours == 0 {
		left = m.say("session.minutes-left", review.Args{"minutes": minutes})
	}
	line := m.say("session.places", review.Args{"used": o.Of - o.Left, "of": o.Of}) + " · " + left
	if o.Link == "" {
		line += " · " + m.say("session.link-gone", nil)
	}
	return line
}

// makeInvitation makes another invitation and copies it.
func (s *Screen) makeInvitation(o Offer) {
	link := ""
	s.act(func(ctx context.Context) (err error) {
		link, err = s.deps.Live.Invite(ctx, o)
		return err
	}, func() { s.hand(link, o) })
}

// hand puts an invitation that is good for an offer on the clipboard.
func (s *Screen) hand(link string, o Offer) {
	s.deps.Copy(link)
	key := text.Key("session.copied")
	if read, err := s.deps.Live.Read(link); err == nil && read.Mark == "" {
		key = "session.copied-way"
	}
	s.shell.Toast(s.shell.Say(key, review.Args{"n": o.People, "hours": int(o.Good.Round(time.Hour).Hours())}), "", nil)
}
