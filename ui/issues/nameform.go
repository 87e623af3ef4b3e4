package issues

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// askName asks for another name of the chosen issue and shows which issues it
// looks like.
func (s *Screen) askName() {
	e := s.entry()
	field := widget.NewField(s.shell.Say("codebook.name-hint", nil))
	field.SetText(e.Name)
	like := widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
	field.OnChanged = func(name string) { like.SetText(s.looksLike(name, e.ID)) }
	ok := func() bool {
		clean, err := review.CleanName(field.Text)
		return err == nil && clean != e.Name
	}
	save := func() {
		name := field.Text
		s.write(func(ctx context.Context) error { return s.desk.Rename(ctx, e.ID, name) },
			s.told("codebook.renamed", review.Args{"issue": short(strings.TrimSpace(name))}))
	}
	dismiss := s.shell.Dialog(s.shell.Say("codebook.rename-title", review.Args{"issue": short(e.Name)}),
		container.New(widget.Column{Gap: theme.GapSmall}, field, like),
		screen.Answer{Text: s.shell.Say("codebook.rename", nil), Primary: true, Enabled: ok, Choose: save},
		screen.Answer{Text: s.shell.Say("issues.cancel", nil)})
	field.OnKey = widget.Answers(dismiss, ok, save)
	s.shell.Canvas().Focus(field)
}

// looksLike says which issues but one have names near to a name, "" for none.
func (s *Screen) looksLike(name, but string) string {
	var names []codebook.Name
	for _, issue := range s.model.codebook {
		if issue.ID != but {
			names = append(names, codebook.Name{ID: issue.ID, Text: issue.Name})
		}
	}
	near := codebook.Near(name, names)
	if len(near) == 0 {
		return ""
	}
	var said []string
	for _, n := range near {
		said = append(said, n.Text)
	}
	return s.shell.Say("codebook.looks-like", review.Args{"issues": strings.Join(said, "; ")})
}

// A describing is the form of an issue's description.
type describing struct {
	was    codebook.Description
	fields []*widget.Field
}

// describingKeys are the captions of the fields, in the order of values.
var describingKeys = []text.Key{
	"codebook.definition", "codebook.include", "codebook.exclude", "codebook.example", "codebook.prevented", "codebook.fixer",
}

func values(d codebook.Description) []string {
	return []string{d.Definition, d.Include, d.Exclude, d.Example, d.Prevented, d.Fixer}
}

// askDescription asks what the chosen issue is.
func (s *Screen) askDescription() {
	e := s.entry()
	form := &describing{was: e.Description}
	content := container.New(widget.Column{Gap: theme.GapSmall})
	for i, value := range values(e.Description) {
		field := widget.NewField(s.shell.Say(describingKeys[i]+"-hint", nil))
		field.SetText(value)
		form.fields = append(form.fields, field)
		content.Add(widget.Labelled(s.shell.Say(describingKeys[i], nil), field))
	}
	save := func() {
		body := form.body(e.ID)
		s.write(func(ctx context.Context) error { return s.desk.Describe(ctx, body) },
			s.told("codebook.described", review.Args{"issue": short(e.Name)}))
	}
	dismiss := s.shell.Dialog(s.shell.Say("codebook.describe-title", review.Args{"issue": short(e.Name)}), content,
		screen.Answer{Text: s.shell.Say("codebook.save", nil), Primary: true, Enabled: form.changed, Choose: save},
		screen.Answer{Text: s.shell.Say("issues.cancel", nil)})
	for _, field := range form.fields {
		field.OnKey = widget.Answers(dismiss, form.changed, save)
	}
	s.shell.Canvas().Focus(form.fields[0])
}

func (d *describing) changed() bool {
	for i, was := range values(d.was) {
		if d.fields[i].Text != was {
			return true
		}
	}
	return false
}

// body sets what was changed and nothing else.
func (d *describing) body(issueID string) journal.IssueDescribed {
	body := journal.IssueDescribed{Issue: issueID}
	to := []**string{&body.Definition, &body.Include, &body.Exclude, &body.Example, &body.Prevented, &body.Fixer}
	for i, was := range values(d.was) {
		if typed := d.fields[i].Text; typed != was {
			*to[i] = &typed
		}
	}
	return body
}
