package library

import (
	"context"
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
	draws
	imports
	tabs // how many there are
)

// callRow is one call of the list: what is shown of it, and no name.
type callRow struct {
	uid      string
	start    time.Time
	duration time.Duration
	queue    string // shared by all rows of it
	category string
	state    review.State
	picked   bool
}

// contents are what the library held when it was read.
type contents struct {
	calls       []callRow // newest first
	states      map[review.State]int
	queues      []count // most first
	categories  []count
	draws       []desk.Draw // newest first
	first, last time.Time   // starts; zero when there are no calls
	transcribed int         // calls with a transcript
}

// count is how many calls go by a name; the name is "" for those without.
type count struct {
	name string
	n    int
}

// readAll reads the library once through.
func readAll(ctx context.Context, d Desk) (*contents, error) {
	c := &contents{states: map[review.State]int{}}
	queues, categories := map[string]int{}, map[string]int{}
	names := map[string]string{} // so that equal names are kept once
	share := func(name string) string {
		if kept, ok := names[name]; ok {
			return kept
		}
		names[name] = name
		return name
	}
	for call, err := range d.Calls(ctx, "") {
		if err != nil {
			return nil, err
		}
		row := callRow{
			uid: call.UID, start: call.Start, duration: call.Duration,
			queue: share(call.Queue), category: share(call.Category), state: call.State, picked: call.Picked,
		}
		c.calls = append(c.calls, row)
		c.states[row.state]++
		queues[row.queue]++
		categories[row.category]++
	}
	if len(c.calls) > 0 { // they come by start
		c.first, c.last = c.calls[0].start, c.calls[len(c.calls)-1].start
	}
	slices.Reverse(c.calls)
	c.queues, c.categories = ordered(queues), ordered(categories)
	var err error
	c.draws, err = d.Draws(ctx)
	slices.Reverse(c.draws)
	if err == nil {
		c.transcribed, err = d.Transcribed(ctx)
	}
	return c, err
}

// ordered are counts, most first.
func ordered(counts map[string]int) []count {
	var all []count
	for name, n := range counts {
		all = append(all, count{name, n})
	}
	slices.SortFunc(all, func(a, b count) int {
		if a.n != b.n {
			return b.n - a.n
		}
		return strings.Compare(a.name, b.name)
	})
	return all
}

// model is what the page shows.
type model struct {
	text *text.Catalog
	zone *time.Location

	contents *contents // nil until it was read
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
	return len(m.contents.calls)
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

func (m *model) chosenCall() (uid string, ok bool) {
	if m.chosen >= m.size() {
		return "", false
	}
	return m.contents.calls[m.chosen].uid, true
}

// subtitle says how many calls there are, and from when.
func (m *model) subtitle() string {
	c := m.contents
	if c == nil || len(c.calls) == 0 {
		return m.text.Say("library.none", nil)
	}
	from, to := m.text.Date(c.first, m.zone), m.text.Date(c.last, m.zone)
	if from == to {
		return m.text.Say("library.span-day", review.Args{"n": len(c.calls), "day": from})
	}
	return m.text.Say("library.span", review.Args{"n": len(c.calls), "from": from, "to": to})
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

// cells are what a row of the list of calls says.
func (m *model) cells(n int) [columns]string {
	c := m.contents.calls[n]
	state := m.state(c.state)
	if c.picked {
		state = m.text.Say("library.state.picked", review.Args{"state": state})
	}
	return [columns]string{
		m.text.DateTime(c.start, m.zone), m.text.Clock(c.duration), c.queue, c.category, state,
	}
}

// detail is all that the list says of the chosen call, with its uid.
func (m *model) detail() string {
	if m.chosen >= m.size() {
		return ""
	}
	cells := m.cells(m.chosen)
	full := append([]string{m.contents.calls[m.chosen].uid}, cells[:]...)
	return strings.Join(slices.DeleteFunc(full, func(s string) bool { return s == "" }), " · ")
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
