package ui

import (
	"context"
	"path"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// offerProfile looks into a folder and shows how its names are read where they
// are a vendor's, before anything is stored.
func (s *Shell) offerProfile(req desk.ImportRequest) {
	look := func(ctx context.Context, _ func(job.Progress)) (desk.Preview, error) {
		return s.parts.Desk.Preview(ctx, req)
	}
	job.Run(s.jobs, "", look, nil, func(p desk.Preview, err error) {
		if err != nil || p.Taken == desk.PlainProfile && req.Profile == "" {
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
	for _, line := range []string{s.whyProfile(p), s.Say(text.Key(p.Category), nil)} {
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
	page.Add(container.NewHBox(other))
	dismiss = s.Dialog(s.Say("profile.ask", review.Args{"folder": filepath.Base(req.Paths[0]), "name": s.nameOf(p)}), page,
		screen.Answer{Text: s.Say("profile.import", nil), Primary: true, Choose: func() {
			if req.Profile = p.Taken; p.Metadata == "" {
				s.offerTable(req)
				return
			}
			req.Metadata = p.Metadata
			s.runTable(req, false)
		}},
		screen.Answer{Text: s.Say("shell.cancel", nil)})
}

// nameOf is what the profile that is taken is called.
func (s *Shell) nameOf(p desk.Preview) string {
	for _, v := range p.Vendors {
		if v.ID == p.Taken {
			return v.Name
		}
	}
	return s.Say("profile.plain", nil)
}

// whyProfile says how the profile was found.
func (s *Shell) whyProfile(p desk.Preview) string {
	if p.Profile == desk.PlainProfile {
		return s.Say("profile.why_plain", review.Args{"n": p.Files})
	}
	return s.Say("profile.why_names", review.Args{"n": p.Files, "fit": p.Fit, "name": p.Name})
}

// previewRow is one recording: its name, and what is read of it. Names and
// numbers of people are only said to be there.
func (s *Shell) previewRow(f desk.Found) fyne.CanvasObject {
	name := widget.NewText(path.Base(f.Name), widget.Look{Bold: true, Fit: widget.Cut})
	said := widget.NewText(s.readOf(f), widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut})
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
		parts = append(parts, s.Say(key, review.Args{"start": m.Start.Local(), "zone": m.Zone}))
	}
	for _, part := range []struct {
		key   text.Key
		there bool
		value string
	}{
		{"profile.queue", f.Meta.Queue != "", f.Meta.Queue},
		{"profile.category", f.Meta.Category != "", f.Meta.Category},
		{"profile.agent", !f.Meta.Agent.Empty(), ""},
		{"profile.customer", !f.Meta.Customer.Empty(), ""},
	} {
		if part.there {
			parts = append(parts, s.Say(part.key, review.Args{"name": part.value}))
		}
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
	fynewidget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), s.Canvas(), fyne.NewPos(0, button.Size().Height), button)
}
