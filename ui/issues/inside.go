package issues

import (
	"slices"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/review/ranking"
)

// An inside is a way to look at what the categories hide.
type inside int

const (
	asCards inside = iota
	asTable        // categories and issues: what is filed under which
	asList         // a better list of categories
	insides        // how many there are
)

// shares are those that a category of the better list may be asked to have.
var shares = []float64{.01, .02, .03, .05, .1}

// What a table on the screen shows of a large library; a file holds all.
const (
	tableColumns = 8
	tableRows    = 30
)

// The signs of what is surely otherwise than elsewhere.
var signs = map[ranking.Surprise]string{ranking.Commoner: "▲", ranking.Rarer: "▼"}

// waitingSign marks what is made of the calls looked at, as moments of a split
// are still to be dealt.
const waitingSign = "…"

// mismatchTable is the commonest issues inside the biggest categories.
func (m *model) mismatchTable() chart.Table {
	found := m.mismatch
	issues := found.Issues[:min(len(found.Issues), tableColumns)]
	var t chart.Table
	for _, issue := range issues {
		t.Columns = append(t.Columns, issue.Name)
	}
	for _, row := range found.Rows[:min(len(found.Rows), tableRows)] {
		shown := chart.TableRow{
			Name: m.cardTitle(ranking.Card{Category: row.Category, By: row.By}),
			Note: m.say("issues.table-heard", review.Args{"n": row.Heard}),
		}
		for i := range issues {
			cell := m.mismatchCell(row, row.Cells[i])
			if row.Cells[i].ToLookAt > 0 && waits(issues[i]) {
				cell.Sign += waitingSign
			}
			shown.Cells = append(shown.Cells, cell)
		}
		t.Rows = append(t.Rows, shown)
	}
	return t
}

func (m *model) mismatchCell(row ranking.Filed, c ranking.FiledCell) chart.TableCell {
	if row.Heard == 0 || c.Calls == 0 && c.Surprise == ranking.AsElsewhere {
		return chart.TableCell{Text: "–", Pale: true}
	}
	return chart.TableCell{Text: m.texts.Percent(c.Share.Part), Sign: signs[c.Surprise]}
}

func waits(i ranking.IssueCount) bool { return i.ToLookAt > 0 && !i.Dealing }

// mismatchNote says how to read the table, and what it leaves out.
func (m *model) mismatchNote() string {
	said := m.say("issues.table-signs", nil)
	if n := m.mismatch.ToLookAt(); n > 0 && slices.ContainsFunc(m.mismatch.Issues[:min(len(m.mismatch.Issues), tableColumns)], waits) {
		said += " " + m.say("issues.table-waiting", review.Args{"n": n})
	}
	if n := len(m.mismatch.Issues) - tableColumns; n > 0 {
		said += " " + m.say("issues.table-left-issues", review.Args{"n": n})
	}
	if n := len(m.mismatch.Rows) - tableRows; n > 0 {
		said += " " + m.say("issues.table-left-rows", review.Args{"n": n})
	}
	return said
}

// proposalBars are the categories of a better list, and what stays "other".
func (m *model) proposalBars() chart.Bars {
	var b chart.Bars
	codes := m.codes()
	for _, c := range m.proposal.Categories {
		row := chart.NewRow(c.Name, c.Share, chart.Issue(codes[c.ID]), m.texts)
		if len(c.Ranked.Categories) > 0 {
			row.Note = m.say("issues.list-replaces", review.Args{"list": strings.Join(c.Ranked.Categories, ", ")})
		}
		if !c.Sure {
			row.Note = beside(row.Note, m.say("issues.list-unsure", review.Args{"p": m.texts.Percent(m.above)}))
		}
		if c.ToLookAt > 0 {
			row.Note = beside(row.Note, m.say("codebook.waiting", review.Args{"n": c.ToLookAt}))
		}
		b.Rows = append(b.Rows, row)
	}
	other := chart.NewRow(m.say("rank.other", nil), m.proposal.Other, chart.Rest, m.texts)
	other.Pattern = chart.Hatched
	if n := len(m.proposal.Rest); n > 0 {
		other.Note = m.say("issues.list-rest", review.Args{"n": n})
	}
	if n := m.proposal.ToLookAt; n > 0 {
		other.Note = beside(other.Note, m.say("codebook.waiting", review.Args{"n": n}))
	}
	b.Rows = append(b.Rows, other)
	b.Ticks = chart.Ticks(chart.Highest(b.Rows), m.texts)
	return b
}

// beside puts one note behind another.
func beside(note, more string) string { return strings.TrimPrefix(note+" · "+more, " · ") }

// insideTrace is what the table or the list shows, a line for each row.
func (m *model) insideTrace() []string {
	var lines []string
	if m.inside == asTable {
		for _, row := range m.mismatchTable().Rows {
			line := row.Name
			for _, c := range row.Cells {
				line += " | " + strings.TrimSpace(c.Sign+" "+c.Text)
			}
			lines = append(lines, line)
		}
		return lines
	}
	for _, row := range m.proposalBars().Rows {
		lines = append(lines, row.Name+" "+row.Value)
	}
	return lines
}

// heardInside is how many heard calls the tab tells of.
func (m *model) heardInside() int64 {
	var heard int64
	switch m.inside {
	case asTable:
		for _, row := range m.mismatch.Rows {
			heard += row.Heard
		}
	case asList:
		heard = m.proposal.Heard
	default:
		for _, card := range m.cards {
			heard += card.Heard
		}
	}
	return heard
}
