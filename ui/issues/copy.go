package issues

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
)

// copying are the commands that put figures on the clipboard.
func (s *Screen) copying() []command.Command {
	if s.deps.Copy == nil {
		return nil
	}
	some := func() bool { return s.onIssue() || s.onCard() || s.onWhole() }
	return []command.Command{
		{ID: "issues.copy", Title: "issues.do-copy", Keys: named(fyne.KeyC, fyne.KeyModifierShortcutDefault), Enabled: some, Run: s.copyChosen},
		{
			ID: "issues.copy-table", Title: "issues.do-copy-table", Enabled: some, Run: s.copyAll,
			Keys: named(fyne.KeyC, fyne.KeyModifierShortcutDefault, fyne.KeyModifierShift),
		},
	}
}

// onCard reports whether one is at a card of un-lump.
func (s *Screen) onCard() bool {
	return s.model.tab == unlumpTab && s.model.inside == asCards && s.model.cardAt() >= 0
}

// onWhole reports whether one looks at the table of categories and issues, or the
// better list, in which no row is chosen.
func (s *Screen) onWhole() bool {
	m := s.model
	return m.tab == unlumpTab && m.known && (m.inside == asTable && len(m.mismatch.Rows) > 0 || m.inside == asList && len(m.proposal.Categories) > 0)
}

// copyChosen copies the row of the chosen issue, or the rows of the chosen card;
// where none can be chosen, all.
func (s *Screen) copyChosen() {
	if s.onWhole() {
		s.copyAll()
		return
	}
	if s.onCard() {
		s.copied(s.model.cardCells(s.model.cards[s.model.cardAt()]))
		return
	}
	s.copied([][]string{s.model.issueCells(s.model.at())})
}

// copyAll copies the table with its titles, or all cards as one.
func (s *Screen) copyAll() {
	m := s.model
	if s.onCard() {
		rows := [][]string{m.titles("issues.copy-category", "issues.column-issue", "issues.copy-share", "issues.copy-interval")}
		for _, card := range m.cards {
			rows = append(rows, m.cardCells(card)...)
		}
		s.copied(rows)
		return
	}
	if s.onWhole() {
		s.copied(m.wholeCells())
		return
	}
	rows := [][]string{m.titles("issues.column-rank-long", "issues.column-issue", "issues.copy-calls", "issues.copy-share",
		"issues.copy-interval", "issues.column-week", "issues.column-filed", "issues.column-status")}
	for i := range m.ranked.Issues {
		rows = append(rows, m.issueCells(i))
	}
	s.copied(rows)
}

func (s *Screen) copied(rows [][]string) {
	s.deps.Copy(screen.Tabbed(rows...))
	s.shell.Toast(s.shell.Say("issues.copied", nil), "", nil)
}

func (m *model) titles(keys ...text.Key) []string {
	var titles []string
	for _, key := range keys {
		titles = append(titles, m.say(key, nil))
	}
	return titles
}

// issueCells are the row of an issue in the ranking, with all that the table has
// no room for.
func (m *model) issueCells(place int) []string {
	ranked := m.ranked.Issues[place]
	r := m.row(ranked, ranked.Share.High)
	rank := r.rank
	if r.places != "" {
		rank = r.places
	}
	return []string{rank, r.name, r.calls, r.part, r.interval, r.week, strings.Join(ranked.Categories, ", "), r.status}
}

// cardCells are a row for each issue inside a category, and one for the calls
// without any.
func (m *model) cardCells(card ranking.Card) [][]string {
	var rows [][]string
	inside := append(slices.Clone(card.Issues), ranking.Inside{Share: card.NoProblem})
	for i, issue := range inside {
		name := issue.Name
		if i == len(card.Issues) {
			name = m.say("issues.no-problem", nil)
		}
		rows = append(rows, []string{m.cardTitle(card), name, m.texts.Percent(issue.Share.Part), m.interval(issue.Share)})
	}
	return rows
}

// wholeCells are the table of categories and issues as it is shown, or the better
// list with what each of its categories replaces.
func (m *model) wholeCells() [][]string {
	if m.inside == asTable {
		table := m.mismatchTable()
		rows := [][]string{append(m.titles("issues.copy-category"), table.Columns...)}
		for _, row := range table.Rows {
			cells := []string{row.Name}
			for _, c := range row.Cells {
				cells = append(cells, strings.TrimSpace(c.Sign+" "+c.Text))
			}
			rows = append(rows, cells)
		}
		return rows
	}
	rows := [][]string{m.titles("issues.copy-category", "issues.copy-share", "issues.copy-interval", "issues.column-filed")}
	for _, c := range m.proposal.Categories {
		rows = append(rows, []string{c.Name, m.texts.Percent(c.Share.Part), m.interval(c.Share), strings.Join(c.Ranked.Categories, ", ")})
	}
	other := m.proposal.Other
	return append(rows, []string{m.say("rank.other", nil), m.texts.Percent(other.Part), m.interval(other), ""})
}
