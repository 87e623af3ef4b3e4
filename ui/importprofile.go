package ui

import (
	"cmp"
	"context"
	"path"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// offerProfile looks into a folder and shows how its names are read where they
// are a vendor's, or seem to say something, before anything is stored.
func (s *Shell) offerProfile(req desk.ImportRequest) {
	look := func(ctx context.Context, _ func(job.Progress)) (desk.Preview, error) {
		return s.parts.Desk.Preview(ctx, req)
	}
	job.Run(s.jobs, "", look, nil, func(p desk.Preview, err error) {
		if err != nil || p.Taken == desk.PlainProfile && req.Profile == "" && !s.telling(p.Rows) {
			s.offerTable(req) // which tells what is wrong
			return
		}
		s.askProfile(req, p)
	})
}

// askProfile shows the first recordings as a vendor's names tell of them, and
// lets a person read them otherwise.
func (s *Shell) askProfile(req desk.ImportRequest, p desk.Preview) {
	page := container.New(widget.Column{Gap: theme.Gap})
	for _, line := range s.aboutProfile(p) {
		page.Add(widget.NewText(line, widget.Look{Fit: widget.Wrap}))
	}
	for _, found := range p.Rows {
		page.Add(s.previewRow(found))
	}
	var other *widget.Button
	var dismiss func()
	other = widget.NewButton(s.Say("profile.other", nil), widget.Secondary, func() {
		s.offerVendors(p, other, func(profile string) {
			dismiss()
			req.Profile = profile
			s.offerProfile(req)
		})
	})
	choices := container.New(&widget.Flow{Least: previewWidth}, other)
	page.Add(choices)
	if len(p.Rows) > 0 {
		choices.Add(widget.NewButton(s.Say("profile.point", nil), widget.Secondary, func() {
			dismiss()
			s.askParts(req, p)
		}))
	}
	if p.Redacts {
		page.Add(s.redaction(req, func(req desk.ImportRequest) {
			dismiss()
			s.offerProfile(req)
		}))
	}
	title := text.Key("profile.ask")
	if p.Taken == desk.PlainProfile {
		title = "profile.ask_plain"
	}
	dismiss = s.Dialog(s.Say(title, review.Args{"folder": filepath.Base(req.Paths[0]), "name": s.nameOf(p)}), page,
		screen.Answer{Text: s.Say("profile.import", nil), Primary: true, Choose: func() {
			if req.Profile == "" && p.Taken != desk.OwnProfile {
				req.Profile = p.Taken
			}
			s.importBy(req, p.Metadata)
		}},
		screen.Answer{Text: s.Say("shell.cancel", nil)})
}

// importBy imports as a person chose to read the names, with the table that goes
// with them, or else one that lies in the folder.
func (s *Shell) importBy(req desk.ImportRequest, table string) {
	if table == "" {
		s.offerTable(req)
		return
	}
	req.Metadata = table
	s.runTable(req, false)
}

// redaction asks which recording of a call is heard where a redacted one stands
// beside the one with all words.
func (s *Shell) redaction(req desk.ImportRequest, ask func(desk.ImportRequest)) fyne.CanvasObject {
	choice := widget.NewSegmented([]string{s.Say("profile.redacted", nil), s.Say("profile.unredacted", nil)}, func(n int) {
		req.Unredacted = n == 1
		ask(req)
	})
	if req.Unredacted {
		choice.SetChosen(1)
	}
	return container.NewHBox(choice)
}

// nameOf is what the profile that is taken is called.
func (s *Shell) nameOf(p desk.Preview) string {
	if p.Taken == desk.OwnProfile {
		return s.Say("profile.own", nil)
	}
	for _, v := range p.Vendors {
		if v.ID == p.Taken {
			return v.Name
		}
	}
	return s.Say("profile.plain", nil)
}

// aboutProfile says how the profile was found, and where the category is.
func (s *Shell) aboutProfile(p desk.Preview) []string {
	lines := []string{s.whyProfile(p), s.Say(text.Key(p.Category), nil)}
	if p.Taken == desk.PlainProfile && s.telling(p.Rows) {
		lines[1] = s.Say("profile.telling", nil)
	}
	return lines
}

// whyProfile says how the profile was found.
func (s *Shell) whyProfile(p desk.Preview) string {
	if p.Taken == desk.OwnProfile {
		return s.Say("profile.why_own", nil)
	}
	if p.Profile == desk.PlainProfile {
		return s.Say("profile.why_plain", review.Args{"n": p.Files})
	}
	return s.Say("profile.why_names", review.Args{"n": p.Files, "fit": p.Fit, "name": p.Name})
}

// previewWidth lets what is read of a name mostly be seen whole.
const previewWidth = 620

// previewRow is one recording: its name, and what is read of it. Names and
// numbers of people are only said to be there.
func (s *Shell) previewRow(f desk.Found) fyne.CanvasObject {
	if f.Line > 0 {
		return widget.NewText(screen.Problem(s.Text(), desk.Problem{File: f.Name, Line: f.Line, Reason: f.Problem}), widget.Look{Fit: widget.Wrap, Lines: 2})
	}
	name := widget.NewText(path.Base(f.Name), widget.Look{Bold: true, Fit: widget.Cut})
	said := widget.NewText(cmp.Or(s.readOf(f), s.Say("profile.nothing", nil)), widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap, Lines: 2})
	return container.New(layout.NewCustomPaddedVBoxLayout(2), name, said)
}

func (s *Shell) readOf(f desk.Found) string {
	if f.Problem != nil {
		reason, _ := s.Text().Error(f.Problem)
		return reason
	}
	var parts []string
	if m := f.Meta; !m.Start.IsZero() {
		key := text.Key("profile.start")
		if m.ZoneGuessed {
			key = "profile.start_guessed"
		}
		start := s.Text().When(m.Start, time.Local)
		parts = append(parts, s.Say(key, review.Args{"start": start, "said": m.StartSaid, "zone": m.Zone}))
	}
	m, call := f.Meta, ""
	if review.UID(m.CallID, []review.Private{m.Agent, m.Customer}, "", f.Root, f.Name) == m.CallID {
		call = m.CallID
	}
	for _, part := range []struct {
		key   text.Key
		there bool
		value string
	}{
		{"profile.duration", m.Duration > 0, s.Text().Clock(m.Duration)},
		{"profile.call", call != "", call},
		{"profile.queue", m.Queue != "", m.Queue},
		{"profile.category", m.Category != "", m.Category},
		{text.Key("profile." + m.Direction), m.Direction != "", ""},
		{"profile.agent", !m.Agent.Empty(), ""},
		{"profile.customer", !m.Customer.Empty(), ""},
		{"profile.agent_left", f.AgentFirst, ""},
	} {
		if part.there {
			parts = append(parts, s.Say(part.key, review.Args{"name": part.value}))
		}
	}
	for _, field := range m.Fields {
		parts = append(parts, s.Say("profile.field", review.Args{"name": field.Name}))
	}
	return strings.Join(parts, "  ·  ")
}

// offerVendors shows the other ways to read the names below a button.
func (s *Shell) offerVendors(p desk.Preview, button fyne.CanvasObject, choose func(profile string)) {
	var items []*fyne.MenuItem
	add := func(id, name string) {
		item := fyne.NewMenuItem(name, func() { choose(id) })
		item.Checked = p.Taken == id
		items = append(items, item)
	}
	add(desk.PlainProfile, s.Say("profile.plain", nil))
	for _, v := range p.Vendors {
		add(v.ID, v.Name)
	}
	widget.Offer(items, s.Canvas(), button, s.Say("shell.offer", nil))
}
