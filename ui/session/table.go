package session

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// The widths of the table's columns.
const (
	memberWidth  = 52 // of a member's name
	letterWidth  = 22 // of their initials, where there are more than fewMembers
	fewMembers   = 6
	discussWidth = 170
	leastName    = 140
	rowHeight    = 40 // as with a name of two lines
)

// tableView shows who heard what in the chosen call.
type tableView struct {
	screen      *Screen
	content     fyne.CanvasObject
	title       *widget.Text
	alpha       *widget.Button // tells more of it
	none, words *widget.Text
	why         *fyne.Container // around none
	rows        *fyne.Container
	scroll      *container.Scroll
	acts        *fyne.Container

	reveal, agree, match *widget.Button
}

func newTableView(s *Screen) *tableView {
	v := &tableView{screen: s}
	v.title = widget.NewText("", widget.Look{Size: theme.TextTitle, Bold: true, Fit: widget.Cut})
	v.alpha = widget.NewButton("", widget.Quiet, func() { s.Explain() })
	v.alpha.SetKey(s.shell.Key("app.explain"))
	v.none = widget.NewText("", widget.Look{Color: theme.Muted, Fit: widget.Wrap})
	v.words = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap, Lines: 3})
	v.reveal = s.button("session.reveal", revealCommand, widget.Secondary, func() { s.askReveal(false) })
	v.agree = s.button("session.agree", agreeCommand, widget.Secondary, s.askConsensus)
	v.match = s.button("session.match", matchCommand, widget.Secondary, s.askMatch)
	v.rows = container.New(widget.Column{})
	v.scroll = container.NewScroll(v.rows)
	v.acts = container.New(layout.NewCustomPaddedHBoxLayout(10), layout.NewSpacer(), v.reveal, v.agree, v.match) // toasts lie on the left
	head := container.New(layout.NewCustomPaddedLayout(12, 8, 18, 18), container.NewBorder(nil, nil, nil, v.alpha, v.title))
	foot := container.New(layout.NewCustomPaddedLayout(8, 12, 18, 18), container.New(widget.Column{Gap: theme.GapSmall}, v.words, v.acts))
	v.why = container.New(layout.NewCustomPaddedLayout(8, 8, 18, 18), v.none)
	v.content = widget.NewFlushCard(container.NewBorder(container.New(widget.Column{}, head, v.why), foot, nil, nil, v.scroll))
	return v
}

func (v *tableView) show(r *room) {
	listed := r != nil && len(r.table.Rows) > 0
	widget.Show(v.why, r != nil && !listed)
	widget.Show(v.alpha, listed)
	widget.Show(v.words, listed)
	widget.Show(v.reveal, r != nil && r.canReveal(false))
	widget.Show(v.agree, r != nil && r.hosting() && r.shownToAll())
	widget.Show(v.match, listed && r.hosting())
	v.rows.Objects = nil
	if r == nil {
		v.title.SetText("")
		return
	}
	v.title.SetText(r.tableTitle())
	v.none.SetText(r.noTable())
	v.alpha.SetText(r.alpha())
	v.words.SetText(strings.TrimSpace(r.inWords(r.line) + " " + r.agreedOn(r.line)))
	if listed {
		v.rows.Objects = append(v.rows.Objects, v.heads(r))
	}
	for n := range r.table.Rows {
		v.rows.Objects = append(v.rows.Objects, v.row(r, n))
	}
	v.rows.Refresh()
	v.scroll.Refresh()
}

func (v *tableView) layout(members int) cells {
	width, gap := float32(memberWidth), float32(4)
	if members > fewMembers {
		width, gap = letterWidth, 0
	}
	return cells{widths: append(append([]float32{0}, slices.Repeat([]float32{width}, members)...), discussWidth), least: leastName, gap: gap}
}

// heads name the columns. What does not fit is told by the chosen line's words.
func (v *tableView) heads(r *room) fyne.CanvasObject {
	look := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut}
	objects := []fyne.CanvasObject{widget.NewText(r.say("session.issue", nil), look)}
	look.Align = fyne.TextAlignCenter
	for _, member := range r.table.Members {
		objects = append(objects, widget.NewText(r.head(member), look))
	}
	row := widget.NewRow(padded(container.New(v.layout(len(r.table.Members)), append(objects, widget.NewText("", look))...)), nil)
	row.SetLined(true)
	return row
}

// row is one issue: who heard it, and where to talk it over.
func (v *tableView) row(r *room, n int) fyne.CanvasObject {
	l := r.tableLine(n)
	objects := []fyne.CanvasObject{widget.NewText(l.name, widget.Look{Fit: widget.Wrap, Lines: 2})}
	for _, cell := range l.cells {
		look := widget.Look{Color: theme.Muted, Align: fyne.TextAlignCenter}
		if cell == session.Heard {
			look.Color = theme.Link
		}
		objects = append(objects, widget.NewText(signs[cell], look))
	}
	here := func() {
		r.zone, r.line = inTable, n
		v.screen.refresh()
	}
	var last fyne.CanvasObject = widget.NewText(l.note, widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut})
	if l.discuss != "" {
		discuss := widget.NewButton(l.discuss, widget.Secondary, func() {
			r.zone, r.line = inTable, n
			v.screen.enter()
		})
		discuss.SetIcon(fynetheme.MediaPlayIcon())
		last = discuss
	}
	columns := v.layout(len(l.cells))
	columns.height = rowHeight
	row := widget.NewRow(padded(container.New(columns, append(objects, last)...)), here)
	row.SetLined(true)
	row.SetChosen(n == r.line && r.zone == inTable)
	return row
}
