package meeting

import (
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// tab is one of the lists from which a meeting is made.
type tab int

const (
	agenda tab = iota // what is brought
	words             // what customers said
	praise
	tabs int = iota
)

// kind is what a slide is for.
type kind int

const (
	story kind = iota
	praised
	decide    // about one issue
	decisions // all of them
)

// A slide is one page of the meeting.
type slide struct {
	kind  kind
	issue int // of the meeting's, to decide about
}

// model is what the page shows, without Fyne.
type model struct {
	contents
	texts *text.Catalog
	zone  *time.Location
	known bool // the library was read

	tab    tab
	chosen [tabs]int // row of each tab
	held   bool      // the slides fill the window
	slide  int
	shown  *praisedAgent // nil while the agent is hidden
}

// praisedAgent is who was praised, shown on purpose, with the note to pass on.
type praisedAgent struct{ praise, name, note string }

func (m *model) say(key text.Key, args review.Args) string { return m.texts.Say(key, args) }

// took takes over what was read.
func (m *model) took(c contents) {
	m.contents, m.known = c, true
	m.move(0)
	m.slide = min(m.slide, max(0, len(m.slides())-1))
}

// period says of which calls the figures are.
func (m *model) period() string {
	if m.older {
		return m.say("meeting.period-older", review.Args{"n": weeks})
	}
	return m.say("meeting.period", review.Args{"n": weeks})
}

// slides are those that there is something for.
func (m *model) slides() []slide {
	var all []slide
	if m.meeting.Story != nil {
		all = append(all, slide{kind: story})
	}
	if m.meeting.Praise != nil {
		all = append(all, slide{kind: praised})
	}
	for i := range m.meeting.Issues {
		all = append(all, slide{decide, i})
	}
	if len(m.meeting.Issues) > 0 {
		all = append(all, slide{kind: decisions})
	}
	return all
}

// at is the slide in front; ok is false when there is none.
func (m *model) at() (at slide, ok bool) {
	all := m.slides()
	if !m.held || m.slide >= len(all) {
		return slide{}, false
	}
	return all[m.slide], true
}

// turn goes so many slides on and reports whether there was one.
func (m *model) turn(by int) bool {
	to := max(0, min(m.slide+by, len(m.slides())-1))
	moved := to != m.slide
	m.slide = to
	if moved {
		m.shown = nil
	}
	return moved
}

// move chooses another row of the tab.
func (m *model) move(by int) {
	at := &m.chosen[m.tab]
	*at = max(0, min(*at+by, m.size()-1))
}

// size is the number of rows of the tab.
func (m *model) size() int {
	switch m.tab {
	case words:
		return len(m.words)
	case praise:
		return len(m.praise)
	}
	return max(0, len(m.slides())-1) // the last slide only looks back
}

// A line is one row of a tab.
type line struct {
	title, text, aside string
	brought            bool // to the meeting
}

// line is the n-th row of the tab.
func (m *model) line(n int) line {
	switch {
	case n < 0 || n >= m.size():
		return line{}
	case m.tab == words:
		h := m.words[n]
		return line{h.Moment.Issue, m.quote(h.Moment.Words), m.call(h.Call, h.Moment.At), m.isStory(h.Moment.ID)}
	case m.tab == praise:
		p := m.praise[n]
		return line{m.say("meeting.praise", nil), m.quote(p.Praise.Words), m.call(p.Call, p.Praise.At), m.isPraise(p.Praise.ID)}
	}
	return m.agendaLine(m.slides()[n])
}

func (m *model) agendaLine(s slide) line {
	switch s.kind {
	case story:
		h := m.meeting.Story
		return line{title: m.say("meeting.story", nil), text: m.quote(h.Moment.Words), aside: m.call(h.Call, h.Moment.At)}
	case praised:
		p := m.meeting.Praise
		return line{title: m.say("meeting.praise", nil), text: m.quote(p.Praise.Words), aside: m.call(p.Call, p.Praise.At)}
	}
	r := m.meeting.Issues[s.issue]
	return line{title: m.say("meeting.decide", nil), text: r.Name, aside: m.share(r)}
}

func (m *model) isStory(id string) bool {
	return m.meeting.Story != nil && m.meeting.Story.Moment.ID == id
}

func (m *model) isPraise(id string) bool {
	return m.meeting.Praise != nil && m.meeting.Praise.Praise.ID == id
}

// bring is the agenda after the chosen row was brought to the meeting.
func (m *model) bring() (desk.Agenda, bool) {
	a, at := m.agenda, m.chosen[m.tab]
	switch {
	case at >= m.size() || m.tab == agenda:
		return a, false
	case m.tab == words:
		a.Story = m.words[at].Moment.ID
	default:
		a.Praise = m.praise[at].Praise.ID
	}
	return a, true
}

// place is the call and time that the chosen row is about.
func (m *model) place() (uid string, at time.Duration, ok bool) {
	n := m.chosen[m.tab]
	switch {
	case n >= m.size() || m.tab == agenda:
		return "", 0, false
	case m.tab == words:
		return m.words[n].Call.UID, m.words[n].Moment.At, true
	}
	return m.praise[n].Call.UID, m.praise[n].Praise.At, true
}

// heard is the call and time that the slide in front plays.
func (m *model) heard() (uid string, at time.Duration, ok bool) {
	s, ok := m.at()
	switch {
	case ok && s.kind == story:
		return m.meeting.Story.Call.UID, m.meeting.Story.Moment.At, true
	case ok && s.kind == praised:
		return m.meeting.Praise.Call.UID, m.meeting.Praise.Praise.At, true
	}
	return "", 0, false
}

// quote sets words between quotation marks; where none were noted it says so.
func (m *model) quote(words string) string {
	if words == "" {
		return m.say("meeting.no-words", nil)
	}
	return m.say("meeting.quote", review.Args{"words": m.texts.Spoken(words)})
}

// call names a call without the people on it.
func (m *model) call(c review.Call, at time.Duration) string {
	parts := []string{m.texts.DateTime(c.Start, m.zone), m.say("meeting.at", review.Args{"at": m.texts.Clock(at)})}
	if c.Queue != "" {
		parts = append(parts, c.Queue)
	}
	if c.Category != "" {
		parts = append(parts, m.say("meeting.filed", review.Args{"category": c.Category}))
	}
	return strings.Join(parts, " · ")
}

// share says how many calls an issue is in and how sure that is.
func (m *model) share(r ranking.Ranked) string {
	args := review.Args{"p": m.texts.Percent(r.Share.Part), "calls": r.Calls, "n": m.meeting.Ranked.Counts.Heard}
	if r.Share.Low == r.Share.High {
		return m.say("meeting.share-sure", args)
	}
	args["interval"] = m.texts.PercentRange(r.Share.Low, r.Share.High)
	return m.say("meeting.share", args)
}

// weekly says how many calls a week that is, and which place it has.
func (m *model) weekly(r ranking.Ranked) string {
	said := m.say("meeting.weekly", review.Args{"calls": m.texts.Range(int(r.PerWeek.Low), int(r.PerWeek.High))})
	if r.RankLow < r.RankHigh {
		return said + " " + m.say("meeting.places", review.Args{"places": m.texts.Range(r.RankLow, r.RankHigh)})
	}
	return said + " " + m.say("meeting.place", review.Args{"n": r.Rank})
}

// follow is what was decided about an issue so far.
func (m *model) follow(id string) review.Follow {
	i := slices.IndexFunc(m.issues, func(i review.Issue) bool { return i.ID == id })
	if i < 0 || m.issues[i].Follow.State == "" {
		return review.Follow{State: review.Open}
	}
	return m.issues[i].Follow
}

// decided says what was decided about an issue, in one line.
func (m *model) decided(id string) string {
	f := m.follow(id)
	switch {
	case f.Owner == "" && f.Next == "":
		return m.say("meeting.undecided", nil)
	case f.Next == "":
		return f.Owner
	case f.Owner == "":
		return f.Next
	}
	return m.say("meeting.decided", review.Args{"owner": f.Owner, "next": f.Next})
}

// title names the slide in front.
func (m *model) title(s slide) string {
	switch s.kind {
	case story:
		return m.say("meeting.story", nil)
	case praised:
		return m.say("meeting.praise", nil)
	case decide:
		return m.say("meeting.decide-of", review.Args{"i": s.issue + 1, "n": len(m.meeting.Issues)})
	}
	return m.say("meeting.decisions", nil)
}

// trace is what the page shows, a line each.
func (m *model) trace() []string {
	s, ok := m.at()
	if !ok {
		rows := []string{}
		for n := range m.size() {
			l := m.line(n)
			rows = append(rows, l.title+": "+l.text)
		}
		return rows
	}
	rows := []string{m.title(s)}
	switch s.kind {
	case story:
		rows = append(rows, m.quote(m.meeting.Story.Moment.Words), m.meeting.Story.Moment.Issue)
	case praised:
		rows = append(rows, m.quote(m.meeting.Praise.Praise.Words))
	case decide:
		r := m.meeting.Issues[s.issue]
		rows = append(rows, r.Name, m.share(r), m.decided(r.ID))
	case decisions:
		for _, r := range m.meeting.Issues {
			rows = append(rows, r.Name+": "+m.decided(r.ID))
		}
	}
	return rows
}
