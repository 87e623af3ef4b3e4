package library

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// sourceRow is where recordings come from: what was found there, and what was
// wrong.
type sourceRow struct {
	root     string
	facts    []screen.Fact
	failed   string // why the last look could not begin
	problems []string
	unjoined bool // something did not join
}

// sourceRows are the sources by root.
func (m *model) sourceRows() []sourceRow {
	var rows []sourceRow
	for i, s := range m.contents.sources {
		row := sourceRow{root: s.Root, facts: m.sourceFacts(s), unjoined: m.unjoined(s.Root) != ""}
		if s.Failed != nil {
			reason, hint := m.text.Error(s.Failed)
			row.failed = reason + " " + hint
		}
		for _, p := range m.contents.problems[i] {
			row.problems = append(row.problems, screen.Problem(m.text, p))
		}
		if more := int(s.Problems) - len(row.problems); more > 0 {
			row.problems = append(row.problems, m.text.Say("library.source.more-problems", review.Args{"n": more}))
		}
		rows = append(rows, row)
	}
	return rows
}

func (m *model) sourceFacts(s desk.LookedAt) []screen.Fact {
	recordings := m.text.Int(int(s.Recordings))
	if s.Missing > 0 {
		recordings += ", " + m.text.Say("library.source.missing", review.Args{"n": int(s.Missing)})
	}
	dates, looked := m.text.Say("library.source.no-calls", nil), m.text.Say("library.source.never", nil)
	if !s.First.IsZero() {
		dates = m.text.Date(s.First, m.zone) + " – " + m.text.Date(s.Last, m.zone)
	}
	if !s.Whole.IsZero() {
		looked = m.text.When(s.Whole, m.zone) + ", " + m.text.Say("library.source.files", review.Args{"n": int(s.Files)})
	}
	facts := []screen.Fact{
		{Name: m.text.Say("library.source.recordings", nil), Value: recordings},
		{Name: m.text.Say("library.source.dates", nil), Value: dates},
		{Name: m.text.Say("library.source.looked", nil), Value: looked},
	}
	if read := m.readBy(s); read != "" {
		facts = append(facts, screen.Fact{Name: m.text.Say("library.source.names", nil), Value: read})
	}
	if s.Metadata != "" {
		facts = append(facts, screen.Fact{Name: m.text.Say("library.source.table", nil), Value: s.Metadata})
	}
	if unjoined := m.unjoined(s.Root); unjoined != "" {
		facts = append(facts, screen.Fact{Name: m.text.Say("library.unjoined", nil), Value: unjoined})
	}
	if s.Problems > 0 {
		facts = append(facts, screen.Fact{Name: m.text.Say("library.source.problems", nil), Value: m.text.Int(int(s.Problems))})
	}
	return facts
}

// readBy says by whose names recordings are read, "" where nobody asked.
func (m *model) readBy(s desk.LookedAt) string {
	switch name := m.contents.profiles[s.Profile]; s.Profile {
	case "":
		return ""
	case desk.PlainProfile:
		return m.text.Say("library.source.names.plain", nil)
	default:
		if name == desk.OwnProfile {
			return m.text.Say("library.source.names.own", nil)
		}
		return m.text.Say("library.source.names.of", review.Args{"name": name})
	}
}

// sourceLines are what the tab says, for the trace.
func (m *model) sourceLines() []string {
	var lines []string
	for _, row := range m.sourceRows() {
		lines = append(lines, row.root)
		for _, fact := range row.facts {
			lines = append(lines, fact.Name+": "+fact.Value)
		}
		if row.failed != "" {
			lines = append(lines, row.failed)
		}
		lines = append(lines, row.problems[:min(len(row.problems), 30)]...)
	}
	return lines
}

// sourceCards are the sources, a card each, below what looks through them again.
func (v *view) sourceCards() fyne.CanvasObject {
	m := v.screen.model
	rows := m.sourceRows()
	if len(rows) == 0 {
		none := widget.NewText(m.text.Say("library.source.none", nil), widget.Look{Color: theme.Muted, Fit: widget.Wrap})
		return widget.NewCard(widget.Plain, none)
	}
	again := widget.NewButton(m.text.Say("library.source.again", nil), widget.Secondary, v.screen.Rescan)
	again.SetKey(v.screen.Shell.Key("app.rescan"))
	box := container.New(layout.NewCustomPaddedVBoxLayout(14), container.NewHBox(again))
	for _, row := range rows {
		card := container.New(layout.NewCustomPaddedVBoxLayout(6), widget.NewText(row.root, widget.Look{Bold: true, Fit: widget.Wrap}))
		for _, fact := range row.facts {
			card.Add(factLine(fact))
		}
		card.Add(v.sourceActs(row))
		if row.failed != "" {
			card.Add(widget.NewText(row.failed, widget.Look{Fit: widget.Wrap}))
		}
		if len(row.problems) > 0 {
			card.Add(container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0), widget.NewLines(row.problems)))
		}
		box.Add(widget.NewCard(widget.Plain, card))
	}
	return container.NewVScroll(box)
}

func factLine(fact screen.Fact) fyne.CanvasObject {
	name := widget.NewText(fact.Name, widget.Look{Color: theme.Muted, Fit: widget.Cut})
	return container.NewBorder(nil, nil, container.New(&factName{}, name), nil, widget.NewText(fact.Value, widget.Look{Fit: widget.Wrap}))
}
