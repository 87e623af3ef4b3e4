package issues

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// askMerge asks which issue the chosen one becomes.
func (s *Screen) askMerge() {
	from := s.entry()
	p := newPicker(s.mergeable(from), func(into review.Issue) {
		s.write(func(ctx context.Context) error { return s.desk.Merge(ctx, from.ID, into.ID) },
			s.told("codebook.merged-now", review.Args{"issue": short(from.Name), "into": short(into.Name)}))
	}, s.shell.Say("codebook.merge-hint", nil))
	note := widget.NewText(s.shell.Say("codebook.merge-note", nil), widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
	p.dismiss = s.shell.Dialog(s.shell.Say("codebook.merge-title", review.Args{"issue": short(from.Name)}),
		container.New(widget.Column{Gap: theme.GapSmall}, p.field, p.list, note),
		screen.Answer{Text: s.shell.Say("codebook.merge-do", nil), Primary: true, Enabled: p.any, Choose: p.give},
		screen.Answer{Text: s.shell.Say("issues.cancel", nil)})
	s.shell.Canvas().Focus(p.field)
}

// mergeable are the issues that another can become: those whose names are near
// to its first.
func (s *Screen) mergeable(from codebook.Entry) []review.Issue {
	var names []codebook.Name
	byID := map[string]review.Issue{}
	for _, issue := range s.model.codebook {
		if issue.ID != from.ID {
			names = append(names, codebook.Name{ID: issue.ID, Text: issue.Name})
			byID[issue.ID] = issue
		}
	}
	var all []review.Issue
	for _, name := range append(codebook.Near(from.Name, names), names...) {
		if issue := byID[name.ID]; !slices.ContainsFunc(all, func(i review.Issue) bool { return i.ID == issue.ID }) {
			all = append(all, issue)
		}
	}
	return all
}

// pickedAtOnce are the lines of a picker: the rest is found by typing.
const pickedAtOnce = 7

// A picker finds one of many issues by a part of its name.
type picker struct {
	all, shown []review.Issue
	choice     int
	field      *widget.Field
	list       *fyne.Container
	rows       []*widget.Row
	names      []*widget.Text
	pick       func(review.Issue)
	dismiss    func()
}

func newPicker(issues []review.Issue, pick func(review.Issue), hint string) *picker {
	p := &picker{all: issues, pick: pick, field: widget.NewField(hint), list: container.New(widget.Column{})}
	for i := range pickedAtOnce {
		name := widget.NewText("", widget.Look{Fit: widget.Cut})
		p.names = append(p.names, name)
		p.rows = append(p.rows, widget.NewRow(name, func() {
			p.choice = i
			p.dismiss()
			p.give()
		}))
		p.list.Add(p.rows[i])
	}
	p.field.OnChanged = func(string) {
		p.choice = 0
		p.show()
	}
	p.field.OnKey = p.key
	p.show()
	return p
}

// key lets the arrows choose and Enter and Escape end the dialog.
func (p *picker) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyDown:
		p.choice = min(p.choice+1, len(p.shown)-1)
	case fyne.KeyUp:
		p.choice = max(p.choice-1, 0)
	default:
		return widget.Answers(p.dismiss, p.any, p.give)(name)
	}
	p.show()
	return true
}

func (p *picker) any() bool { return len(p.shown) > 0 }

func (p *picker) give() { p.pick(p.shown[p.choice]) }

// show lists the first issues that hold every word that was typed.
func (p *picker) show() {
	words := strings.Fields(strings.ToLower(p.field.Text))
	p.shown = nil
	for _, issue := range p.all {
		name := strings.ToLower(issue.Name)
		missing := slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(name, word) })
		if !missing && len(p.shown) < pickedAtOnce {
			p.shown = append(p.shown, issue)
		}
	}
	for i, row := range p.rows {
		row.Hidden = i >= len(p.shown)
		if !row.Hidden {
			p.names[i].SetText(p.shown[i].Name)
			row.SetChosen(i == p.choice)
		}
	}
	p.list.Refresh()
}
