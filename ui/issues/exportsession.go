package issues

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// sessionRow chooses the session whose agreement is exported. It is seen while
// that is the table.
type sessionRow struct {
	form   *exportForm
	row    fyne.CanvasObject
	button *widget.Button
}

func newSessionRow(f *exportForm) *sessionRow {
	r := &sessionRow{form: f}
	r.button = widget.NewButton("", widget.Secondary, r.offer)
	name := widget.NewText(f.screen.shell.Say("issues.export-session", nil), widget.Look{Size: theme.TextCaption, Color: theme.Muted})
	r.row = container.New(layout.NewCustomPaddedHBoxLayout(size(theme.GapSmall)), name, r.button)
	return r
}

// show names the chosen session.
func (r *sessionRow) show() {
	e := r.form.export
	for _, session := range e.sessions {
		if session.ID == e.Of {
			r.button.SetText(r.form.screen.sessionName(session) + arrow)
		}
	}
	widget.Show(r.row, e.What == Agreement)
}

// offer shows the sessions below the button. Arrows and Enter choose, Escape
// leaves it.
func (r *sessionRow) offer() {
	s, e := r.form.screen, r.form.export
	var items []*fyne.MenuItem
	for _, session := range e.sessions {
		item := fyne.NewMenuItem(s.sessionName(session), func() { r.form.change(func() { e.Of = session.ID }) })
		item.Checked = session.ID == e.Of
		items = append(items, item)
	}
	widget.Offer(items, s.shell.Canvas(), r.button, s.shell.Say("shell.offer", nil))
}

// sessionName tells a session from others, of which some may have one name.
func (s *Screen) sessionName(session desk.Shared) string {
	date := s.model.texts.DateTime(session.Joined, s.model.zone)
	if session.Name == "" {
		return date
	}
	return s.shell.Say("issues.export-session-name", review.Args{"name": session.Name, "date": date})
}
