package session

import (
	"context"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// A proposal is an issue that a call may be agreed to hold.
type proposal struct {
	session.Row
	name string
	in   bool
}

// proposals are the issues of the chosen call, in the order of the table: held
// as was agreed before, or else as most say who heard it.
func (r *room) proposals() []*proposal {
	var all []*proposal
	before := r.call().Consensus
	for n, row := range r.table.Rows {
		p := &proposal{Row: row, name: r.tableLine(n).name, in: mostHeard(row)}
		if before != nil {
			p.in = slices.ContainsFunc(before.Issues, func(c journal.Consensus) bool { return r.into(c.Issue) == row.Issue })
		}
		all = append(all, p)
	}
	return all
}

// mostHeard reports whether most of those who heard the call heard the issue, also
// those who had no name for it.
func mostHeard(row session.Row) bool {
	all := row.Of
	for _, cell := range row.Cells {
		if cell == session.Unlisted {
			all++
		}
	}
	return 2*row.Heard > all
}

// into is the issue that another counts as.
func (r *room) into(issue string) string {
	if i, ok := r.state.Issues[issue]; ok {
		return i.Into
	}
	return issue
}

// countWidth is as wide as "255 of 255".
const countWidth = 84

// consensus is what the proposals come to.
func consensus(all []*proposal) []journal.Consensus {
	agreed := []journal.Consensus{}
	for _, p := range all {
		if p.in {
			agreed = append(agreed, journal.Consensus{Issue: p.Issue, At: p.At.Milliseconds()})
		}
	}
	return agreed
}

// askConsensus asks what everybody agreed that the chosen call holds.
func (s *Screen) askConsensus() { s.propose(s.model.room.proposals()) }

// propose asks that with issues ticked already.
func (s *Screen) propose(all []*proposal) {
	r := s.model.room
	id, round := r.state.ID, r.number()
	parts := []fyne.CanvasObject{wrapped(r.say("session.agree-about", nil))}
	var dismiss func()
	for n, p := range all {
		var b *widget.Button
		b = widget.NewButton(p.name, widget.Secondary, func() {
			p.in = !p.in
			b.SetOn(p.in)
		})
		b.SetOn(p.in)
		heard := widget.NewText(r.say("session.of", review.Args{"n": p.Heard, "of": p.Of}), widget.Look{Color: theme.Muted, Align: fyne.TextAlignTrailing})
		same := widget.NewButton(r.say("session.same-as", nil), widget.Secondary, nil)
		same.OnTap = func() { s.offerMatches(n, same, func() { dismiss() }, func() { s.propose(s.model.room.again(all)) }) }
		widths := []float32{0, countWidth, same.MinSize().Width}
		parts = append(parts, container.New(cells{widths: widths, least: leastName, gap: 10}, b, heard, same))
	}
	if len(all) == 0 {
		parts = append(parts, wrapped(r.say("session.agree-none", nil)))
	}
	do := func() {
		s.act(func(ctx context.Context) error {
			return s.deps.Desk.RecordConsensus(ctx, id, round, consensus(all))
		}, func() { s.shell.Toast(s.shell.Say("session.recorded", review.Args{"n": round}), "", nil) })
	}
	dismiss = s.shell.Dialog(r.say("session.agree-title", review.Args{"n": round}), form(parts...),
		screen.Answer{Text: r.say("session.agree-do", nil), Primary: true, Choose: do}, s.cancel())
}

// matches are the issues that another may count as: those of the call first,
// then the rest of the session's by name.
func (r *room) matches(issue string) []session.Issue {
	var all []session.Issue
	add := func(id string) {
		i, ok := r.state.Issues[id]
		if ok && i.Name != "" && i.Into == i.ID && i.ID != issue && !slices.ContainsFunc(all, func(a session.Issue) bool { return a.ID == i.ID }) {
			all = append(all, i)
		}
	}
	for _, row := range r.table.Rows {
		add(row.Issue)
	}
	byName := func(a, b string) int {
		return strings.Compare(r.state.Issues[a].Name+a, r.state.Issues[b].Name+b)
	}
	for _, id := range slices.SortedFunc(maps.Keys(r.state.Issues), byName) {
		add(id)
	}
	return all
}

// again are the proposals after some came to count as one, ticked as before: one
// that was ticked under any of its names stays so.
func (r *room) again(before []*proposal) []*proposal {
	all := r.proposals()
	for _, p := range all {
		p.in = slices.ContainsFunc(before, func(b *proposal) bool { return b.in && r.into(b.Issue) == p.Issue })
	}
	return all
}

// askMatch offers what the chosen issue may count as.
func (s *Screen) askMatch() {
	s.offerMatches(s.model.room.line, s.view.room.table.match, func() {}, nil)
}

// offerMatches offers below a button what an issue of the table may count as,
// and asks before it does. Then it goes on, if there is something to go on with.
func (s *Screen) offerMatches(n int, button fyne.CanvasObject, chosen, then func()) {
	r := s.model.room
	if n >= len(r.table.Rows) {
		return
	}
	from := r.table.Rows[n]
	var items []*fyne.MenuItem
	for _, into := range r.matches(from.Issue) {
		items = append(items, fyne.NewMenuItem(into.Name, func() {
			chosen()
			s.askToMatch(from, into, then)
		}))
	}
	if len(items) == 0 {
		s.shell.Toast(r.say("session.no-match", nil), "", nil)
		return
	}
	s.drop(items, button)
}

func (s *Screen) askToMatch(from session.Row, into session.Issue, then func()) {
	r := s.model.room
	id, args := r.state.ID, review.Args{"from": r.issueName(from.Issue, from.Name), "into": into.Name}
	do := func() {
		s.act(func(ctx context.Context) error { return s.deps.Desk.MatchIssues(ctx, id, from.Issue, into.ID) }, func() { s.then = then })
	}
	cancel := s.cancel()
	cancel.Choose = then
	s.shell.Dialog(r.say("session.match-title", nil), column(wrapped(r.say("session.match-ask", args))),
		screen.Answer{Text: r.say("session.match-do", nil), Primary: true, Choose: do}, cancel)
}
