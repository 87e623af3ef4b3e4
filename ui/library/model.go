package library

import (
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/screen"
)

// A tab is one of the lists of the page.
type tab int

const (
	calls tab = iota
	overTime
	sources
	draws
	imports
	tabs // how many there are
)

// model is what the page shows.
type model struct {
	text *text.Catalog
	zone *time.Location

	contents *contents // nil until it was read
	all      *counts   // of the library; nil until they were counted
	listed   *counts   // of what the filter lets in
	filter   desk.CallFilter
	tab      tab
	chosen   int // of the calls
	search   search
	imported bool
	what     string   // was imported last
	problems []string // of the last import
}

func (m *model) size() int {
	if m.contents == nil {
		return 0
	}
	return m.contents.list.size()
}

// move chooses another call, or another hit while one searches.
func (m *model) move(by int) {
	if m.search.asked != "" {
		m.search.chosen += by
	} else {
		m.chosen += by
	}
	m.keepInside()
}

func (m *model) keepInside() {
	m.chosen = max(0, min(m.chosen, m.size()-1))
	m.search.chosen = max(0, min(m.search.chosen, len(m.search.hits)-1))
}

// chosenCall is the chosen row; ok is false while it is not there.
func (m *model) chosenCall() (c callRow, ok bool) {
	if m.contents == nil {
		return c, false
	}
	return m.contents.list.row(m.chosen)
}

// subtitle says how many calls there are, and from when.
func (m *model) subtitle() string {
	c := m.contents
	if c == nil || c.size == 0 {
		return m.text.Say("library.none", nil)
	}
	from, to := m.text.Date(c.first, m.zone), m.text.Date(c.last, m.zone)
	if from == to {
		return m.text.Say("library.span-day", review.Args{"n": c.size, "day": from})
	}
	return m.text.Say("library.span", review.Args{"n": c.size, "from": from, "to": to})
}

// stateText are the states in the order of a call's life.
var stateText = []struct {
	state review.State
	key   text.Key
}{
	{review.New, "library.state.new"},
	{review.Drawn, "library.state.drawn"},
	{review.Heard, "library.state.heard"},
	{review.Skipped, "library.state.skipped"},
	{review.NotReached, "library.state.not-reached"},
	{review.Missing, "library.state.missing"},
}

func (m *model) state(of review.State) string {
	for _, s := range stateText {
		if s.state == of {
			return m.text.Say(s.key, nil)
		}
	}
	return string(of)
}

// states are the counts by state, without those of none.
func (m *model) states() []count {
	var all []count
	for _, s := range stateText {
		if n := m.contents.states[s.state]; n > 0 {
			all = append(all, count{m.text.Say(s.key, nil), n})
		}
	}
	return all
}

// named gives the calls without a name one.
func (m *model) named(counts []count, none text.Key) []count {
	all := slices.Clone(counts)
	for i := range all {
		if all[i].name == "" {
			all[i].name = m.text.Say(none, nil)
		}
	}
	return all
}

// cells are what a row of the list of calls says; of one that is still being
// read that there is something.
func (m *model) cells(n int) [columns]string {
	c, ok := m.contents.list.row(n)
	if !ok {
		return [columns]string{"…"}
	}
	return m.cellsOf(c)
}

func (m *model) cellsOf(c callRow) [columns]string {
	if review.Forgotten(c.uid) {
		return m.forgottenCells(c)
	}
	state := m.state(c.state)
	if c.picked {
		state = m.text.Say("library.state.picked", review.Args{"state": state})
	}
	return [columns]string{
		m.start(c.start), m.text.Clock(c.duration), c.queue, c.category, state,
	}
}

// start says when a call began: with the year where the library has calls of more
// than one, else with the day of the week.
func (m *model) start(t time.Time) string {
	if c := m.contents; c.first.In(m.zone).Year() != c.last.In(m.zone).Year() {
		return m.text.When(t, m.zone)
	}
	return m.text.DateTime(t, m.zone)
}

// detail is all that the list says of the chosen call, with its uid.
func (m *model) detail() string {
	c, ok := m.chosenCall()
	if !ok {
		return ""
	}
	cells := m.cellsOf(c)
	full := append(append([]string{c.uid}, cells[:]...), m.told(c))
	return strings.Join(slices.DeleteFunc(full, func(s string) bool { return s == "" }), " · ")
}

// told says how the source told the start of a call, and whether its zone, or all
// of it, is a guess.
func (m *model) told(c callRow) string {
	args := review.Args{"text": c.said.Text, "zone": c.said.Zone}
	switch {
	case c.rough:
		return m.text.Say("library.told.rough", nil)
	case c.said.Text == "":
		return ""
	case c.said.Guessed:
		return m.text.Say("library.told.guessed", args)
	}
	return m.text.Say("library.told", args)
}

// drawRow is a draw: what has become of it, and how it was made.
type drawRow struct {
	title string
	facts []screen.Fact
}

// drawRows are the draws, newest first.
func (m *model) drawRows() []drawRow {
	var rows []drawRow
	for _, d := range m.contents.draws {
		state := text.Key("library.draw.open")
		if d.Closed {
			state = "library.draw.closed"
		}
		title := m.text.Say("library.draw", review.Args{"number": d.Number, "n": d.Size, "done": d.Done}) + " " + m.text.Say(state, nil)
		rows = append(rows, drawRow{title, screen.Record(m.text, m.zone, d)})
	}
	return rows
}

// importLines are what the last import left out or corrected.
func (m *model) importLines() []string {
	if !m.imported {
		return []string{m.text.Say("library.import.none", nil)}
	}
	if len(m.problems) == 0 {
		return []string{m.text.Say("library.import.fine", review.Args{"folder": m.what})}
	}
	return m.problems
}

// lines are what the page shows, for the trace: at most a screenful of calls.
func (m *model) lines() []string {
	if m.contents == nil {
		return nil
	}
	lines := []string{m.subtitle()}
	switch m.tab {
	case draws:
		for _, row := range m.drawRows() {
			lines = append(lines, row.title)
			for _, fact := range row.facts {
				lines = append(lines, fact.Name+": "+fact.Value)
			}
		}
		return lines
	case imports:
		return append(lines, m.importLines()...)
	case sources:
		return append(lines, m.sourceLines()...)
	case overTime:
		return append(lines, m.chartLines()...)
	}
	if m.search.asked != "" {
		return append(lines, m.foundLines()...)
	}
	for n := range min(m.size(), 30) {
		cells := m.cells(n)
		lines = append(lines, strings.Join(cells[:], " · "))
	}
	return lines
}
