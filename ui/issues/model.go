package issues

import (
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// A tab is one of the views of the page.
type tab int

const (
	rankingTab tab = iota
	unlumpTab
	trendTab
)

// A model is what the page knows: what was read last, through which filter, and
// where one is in it.
type model struct {
	texts *text.Catalog
	zone  *time.Location
	now   func() time.Time

	tab    tab
	period period
	queue  string

	known    bool // ranked or cards were read for this tab and filter
	busy     bool // reading takes long enough to say so
	ranked   desk.Ranked
	cards    []ranking.Card
	brackets []bracket
	codebook []review.Issue // in the order in which they were named
	entries  map[string]codebook.Entry
	queues   []string
	sessions []desk.Shared // the latest first

	chosen  string // id of the issue in the ranking one is at
	pinned  string // id of the issue to compare with, "" for none
	figure  figure // what the line below the table explains
	moments []desk.Heard
	heard   bool // moments are those of chosen
	most    int  // moments shown

	step     ranking.Step // of trends
	course   course       // of the chosen issue
	followed bool         // course is of chosen

	inside   inside // what the un-lump tab shows
	mismatch ranking.Mismatch
	above    float64 // the share that a category of the better list has at least
	proposal ranking.Proposal

	card   cardKey          // one is at
	open   map[cardKey]bool // whose rarer issues are shown
	mostOf int              // cards shown
}

// Beyond these a person looks on with a button, so that no page holds
// thousands of widgets.
const (
	momentsAtOnce = 30
	mostMoments   = 1000 // of the newest, that one can look on to
	cardsAtOnce   = 20
)

func newModel(c *text.Catalog, zone *time.Location, now func() time.Time) *model {
	return &model{
		texts: c, zone: zone, now: now,
		figure: shareFigure, most: momentsAtOnce, mostOf: cardsAtOnce, open: map[cardKey]bool{}, above: .03,
	}
}

// filter is the period and queue to read through.
func (m *model) filter() desk.Filter {
	from, to := m.period.bounds(m.now().In(m.zone))
	return desk.Filter{From: from, To: to, Queue: m.queue}
}

// narrowed reports whether the filter leaves anything out.
func (m *model) narrowed() bool { return m.period != period{} || m.queue != "" }

// turn shows another tab, which has to be read.
func (m *model) turn(to tab) { m.tab, m.known = to, false }

// narrow sets another filter, which has to be read.
func (m *model) narrow(p period, queue string) {
	m.period, m.queue, m.known = p, queue, false
	m.mostOf = cardsAtOnce
	m.forget()
}

// forget drops the moments and the trend, which are of another issue or filter.
func (m *model) forget() {
	m.moments, m.heard, m.most = nil, false, momentsAtOnce
	m.course, m.followed = course{}, false
}

// A reading is what was read of the library for one tab.
type reading struct {
	ranked   desk.Ranked
	brackets []bracket
	cards    []ranking.Card
	mismatch ranking.Mismatch
	proposal ranking.Proposal
	codebook []review.Issue
	entries  map[string]codebook.Entry // by id
	queues   []string
	sessions []desk.Shared
}

// take shows what was read. The issue and the card one was at stay chosen
// wherever they have moved to.
func (m *model) take(r reading) {
	m.known, m.codebook, m.entries, m.queues = true, r.codebook, r.entries, r.queues
	m.sessions = r.sessions
	if m.tab == unlumpTab {
		m.mismatch, m.proposal = r.mismatch, r.proposal
		if m.inside != asCards {
			return
		}
		m.cards = r.cards
		if m.cardAt() < 0 {
			m.card = cardKey{}
			if len(m.cards) > 0 {
				m.card = keyOf(m.cards[0])
			}
		}
		return
	}
	m.ranked, m.brackets = r.ranked, r.brackets
	if m.place(m.pinned) < 0 {
		m.pinned = ""
	}
	if m.at() < 0 {
		m.choose(0)
	}
}

// at is the place of the chosen issue in the ranking, -1 for none.
func (m *model) at() int { return m.place(m.chosen) }

func (m *model) place(issueID string) int {
	return slices.IndexFunc(m.ranked.Issues, func(r ranking.Ranked) bool { return r.ID == issueID })
}

// choose goes to the issue at a place, or to the nearest there is, and reports
// whether that is another one.
func (m *model) choose(place int) (other bool) {
	id := ""
	if n := len(m.ranked.Issues); n > 0 {
		id = m.ranked.Issues[min(max(0, place), n-1)].ID
	}
	if id == m.chosen {
		return false
	}
	m.chosen = id
	m.forget()
	return true
}

// hears takes the moments of an issue, newest call first and within a call in
// order of time, unless another was chosen meanwhile.
func (m *model) hears(issueID string, moments []desk.Heard) {
	if issueID != m.chosen {
		return
	}
	slices.SortStableFunc(moments, func(a, b desk.Heard) int { return b.Call.Start.Compare(a.Call.Start) })
	m.moments, m.heard = moments, true
}

// cardAt is the place of the chosen card, -1 for none.
func (m *model) cardAt() int {
	return slices.IndexFunc(m.cards, func(c ranking.Card) bool { return keyOf(c) == m.card })
}

// chooseCard goes to the card at a place, or to the nearest that is shown.
func (m *model) chooseCard(place int) {
	if n := min(len(m.cards), m.mostOf); n > 0 {
		m.card = keyOf(m.cards[min(max(0, place), n-1)])
	}
}

// codes is the place of each issue in the codebook, which is its colour.
func (m *model) codes() map[string]int {
	places := make(map[string]int, len(m.codebook))
	for i, issue := range m.codebook {
		places[issue.ID] = i
	}
	return places
}

// holder is the issue that has a key, ok false when none has.
func (m *model) holder(key int) (issue review.Issue, ok bool) {
	i := slices.IndexFunc(m.codebook, func(i review.Issue) bool { return i.Key == key })
	if i < 0 || key == 0 {
		return review.Issue{}, false
	}
	return m.codebook[i], true
}

func (m *model) say(key text.Key, args review.Args) string { return m.texts.Say(key, args) }

// trace is what the page lists, a line each, with ordinary spaces, so that it
// is easy to look for.
func (m *model) trace() []string {
	var lines []string
	switch e := m.empty(); {
	case !m.known:
		return nil
	case e.title != "":
		lines = []string{e.title}
	case m.tab == unlumpTab && m.inside != asCards:
		lines = m.insideTrace()
	case m.tab == unlumpTab:
		for _, card := range m.cardRows() {
			lines = append(lines, card.trace...)
		}
	case m.tab == trendTab:
		lines = m.trendTrace()
	default:
		for _, row := range m.rows() {
			lines = append(lines, row.trace)
		}
	}
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(line, "\u202f", " ")
	}
	return lines
}
