package issues

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui/widget"
)

// A row is one issue of the ranking as the table shows it.
type row struct {
	id             string
	rank           string // ties are ties: 1, 2, 2, 4
	places         string // of its rank: "2–6", "" where it is sure
	join           join   // the line that joins it to its bracket
	pinned         bool   // others are compared with it
	name           string
	calls          string // "11 of 64 calls"
	share          widget.Share
	part, interval string // "17 %", "10–28 %"
	since          string // the share among the calls since it was named, "" when it says no more
	week           string
	filed, more    string // the commonest category, and "+1" for what is beside it
	status         string
	trace          string
}

// A join says where in its bracket a row is.
type join int

const (
	alone join = iota
	begins
	goesOn
	ends
)

// rows are the issues of the ranking. All bars have one scale, up to the
// highest end of an interval.
func (m *model) rows() []row {
	widest := 0.0
	for _, r := range m.ranked.Issues {
		widest = max(widest, r.Share.High)
	}
	rows := make([]row, len(m.ranked.Issues))
	for i, r := range m.ranked.Issues {
		rows[i] = m.row(r, widest)
	}
	for _, b := range m.brackets {
		for i := b.first; i <= b.last; i++ {
			rows[i].join = goesOn
		}
		rows[b.first].join, rows[b.last].join = begins, ends
	}
	return rows
}

func (m *model) row(r ranking.Ranked, widest float64) row {
	heard := m.ranked.Counts.Heard
	out := row{
		id: r.ID, rank: strconv.Itoa(r.Rank), name: r.Name,
		calls:    m.say("issues.calls-of", review.Args{"calls": r.Calls, "n": heard}),
		share:    bar(r.Share, widest),
		part:     m.texts.Percent(r.Share.Part),
		interval: m.interval(r.Share),
		week:     m.texts.Range(int(r.PerWeek.Low), int(r.PerWeek.High)),
		status:   m.status(r.ID),
		pinned:   r.ID == m.pinned,
	}
	if r.ToLookAt > 0 {
		out.calls = m.say("codebook.calls-waiting", review.Args{"calls": r.Calls, "of": heard, "n": r.ToLookAt})
	}
	if r.RankLow < r.RankHigh {
		out.places = m.texts.Range(r.RankLow, r.RankHigh)
	}
	if since := m.texts.Percent(r.Since.Share.Part); r.HasSince && since != out.part {
		out.since = m.say("issues.since-named", review.Args{"p": since})
	}
	if n := len(r.Categories); n > 0 {
		out.filed = r.Categories[0]
		if n > 1 {
			out.more = "+" + strconv.Itoa(n-1)
		}
	}
	out.trace = fmt.Sprintf("%s %s %d/%d %s", out.rank, out.name, r.Calls, heard, out.part)
	if r.ToLookAt > 0 {
		out.trace += " · " + m.say("codebook.waiting", review.Args{"n": r.ToLookAt})
	}
	return out
}

func bar(s ranking.Share, widest float64) widget.Share {
	return widget.Share{Share: s.Part, Low: s.Low, High: s.High, Max: widest}
}

// interval writes an interval, and nothing where all calls were heard.
func (m *model) interval(s ranking.Share) string {
	if s.Low == s.High {
		return ""
	}
	return m.texts.PercentRange(s.Low, s.High)
}

func keyText(key int) string {
	if key == 0 {
		return ""
	}
	return strconv.Itoa(key)
}

// A tally is one of the cards above the table: a number and what it is of.
type tally struct{ title, number, rest string }

// tallies are what was heard, how many issues came up, and how many more there
// may be.
func (m *model) tallies() [3]tally {
	c := m.ranked.Counts
	filed := map[string]bool{}
	for _, issue := range c.Issues {
		for _, category := range issue.Categories {
			filed[category] = true
		}
	}
	inside := ""
	if len(filed) > 0 {
		inside = m.say("issues.inside", review.Args{"n": len(filed)})
	}
	of := m.say("issues.heard-of", review.Args{"frame": c.Frame, "skipped": c.NotHeard + c.NoCustomer})
	if m.ranked.ToppedUp {
		of += " · " + m.say("rank.topped_up", nil)
	}
	chance, ahead := m.ahead()
	return [3]tally{
		{m.say("issues.heard", nil), m.say("issues.calls", review.Args{"n": c.Heard}), of},
		{m.say("issues.distinct", nil), m.texts.Int(len(m.ranked.Issues)), inside},
		{m.say("issues.ahead", nil), chance, ahead},
	}
}

// ahead says whether enough was heard: the chance that the next call brings a
// new issue as "1 in 8", and how much is unheard or out of reach.
func (m *model) ahead() (chance, rest string) {
	u, c := m.ranked.Unheard, m.ranked.Counts
	switch {
	case m.allHeard():
		return "", m.say("issues.ahead-all", nil)
	case u.NextNew <= 0:
		rest = m.say("issues.ahead-none", nil)
	case u.NextNew > 2.0/3:
		chance, rest = m.texts.Percent(u.NextNew), m.say("issues.ahead-new", nil)
	default:
		chance = m.say("issues.one-in", review.Args{"n": int(math.Round(1 / u.NextNew))})
		rest = m.say("issues.ahead-new", nil)
	}
	if u.AtLeast > 0 {
		rest += " · " + m.say("issues.ahead-least", review.Args{"n": u.AtLeast})
	}
	if c.NotCovered > 0 && c.Frame > 0 {
		rest += " · " + m.say("issues.not-covered", review.Args{"p": m.texts.Percent(float64(c.NotCovered) / float64(c.Frame))})
	}
	return chance, rest
}

// allHeard reports whether there is no next call: all were heard, or had no
// customer in them.
func (m *model) allHeard() bool {
	c := m.ranked.Counts
	return c.Frame > 0 && c.Heard+c.NoCustomer == c.Frame
}

// beside names what enters no share, leaving out what there is none of: "" when
// nothing was left out.
func (m *model) beside() string {
	c, out := m.ranked.Counts, ""
	for _, part := range []struct {
		n   int64
		key text.Key
	}{
		{n: c.Picked, key: "issues.beside-picked"},
		{n: c.NotReached, key: "issues.beside-not-reached"},
		{n: c.NotHeard, key: "issues.beside-not-heard"},
	} {
		if part.n > 0 {
			if out != "" {
				out += " · "
			}
			out += m.say(part.key, review.Args{"n": part.n})
		}
	}
	return out
}

// A momentRow is a moment of the chosen issue.
type momentRow struct {
	words string // the customer's, in quotation marks, "" if none were noted
	place string // "10 Nov, at 2:40"
	aside string // why its call enters no share, "" if it does
}

// momentRows are the first of the moments; more tells how many are left.
func (m *model) momentRows() (rows []momentRow, more int) {
	shown := min(len(m.moments), m.most)
	for _, h := range m.moments[:shown] {
		row := momentRow{aside: m.aside(h.Call)}
		if h.Moment.Words != "" {
			row.words = m.say("issues.words", review.Args{"words": m.texts.Spoken(h.Moment.Words)})
		}
		date := m.texts.Date(h.Call.Start, m.zone)
		if h.Call.Start.In(m.zone).Year() == m.now().In(m.zone).Year() {
			date = m.texts.Day(h.Call.Start, m.zone)
		}
		row.place = m.say("issues.moment-at", review.Args{"date": date, "at": m.texts.Clock(h.Moment.At)})
		rows = append(rows, row)
	}
	return rows, len(m.moments) - shown
}

// aside says why a call enters no share of the ranking.
func (m *model) aside(c review.Call) string {
	switch {
	case c.Scope != review.Nowhere && c.State == review.Heard:
		return ""
	case c.Picked && c.Draw == "":
		return m.say("issues.aside-picked", nil)
	}
	return m.say("issues.aside-unfinished", nil)
}

// A side is what the panel says of the chosen issue.
type side struct {
	name, calls, filed string
	definition         string // "" while nobody gave one
	code               int    // its place in the codebook
	owner, state, next string // its follow-through
	key                string // on its button
	keyNote            string
	moments            []momentRow
	more               string // on the button that shows more of them, "" for none
	note               string // in place of moments
}

// side answers ok false when no issue is chosen.
func (m *model) side() (s side, ok bool) {
	at := m.at()
	if at < 0 {
		return side{}, false
	}
	r := m.ranked.Issues[at]
	row := m.row(r, 1)
	s = side{name: r.Name, code: m.codes()[r.ID], calls: row.calls + " · " + row.part}
	if row.interval != "" {
		s.calls += " (" + row.interval + ")"
	}
	s.definition = m.entries[r.ID].Definition
	s.owner, s.state, s.next = m.following(r.ID)
	if len(r.Categories) > 0 {
		s.filed = m.say("issues.filed-list", review.Args{"list": strings.Join(r.Categories, ", ")})
	}
	s.key, s.keyNote = m.say("issues.no-key", nil), m.say("issues.no-key-note", nil)
	if r.Key != 0 {
		s.key, s.keyNote = keyText(r.Key), m.say("issues.key-note", review.Args{"key": r.Key})
	}
	var more int
	if s.moments, more = m.momentRows(); more > 0 {
		s.more = m.say("issues.more-moments", review.Args{"n": min(more, momentsAtOnce)})
	}
	if m.heard && len(m.moments) == 0 {
		s.note = m.say("issues.no-moments", nil)
	}
	return s, true
}

// keyChoices are the answers to which key an issue shall have, from none to 9;
// a key says whose it is now.
func (m *model) keyChoices() []string {
	choices := []string{m.say("issues.no-key", nil)}
	for key := 1; key <= desk.Keys; key++ {
		holder, taken := m.holder(key)
		switch {
		case !taken:
			choices = append(choices, m.say("issues.key-free", review.Args{"key": key}))
		case holder.ID == m.chosen:
			choices = append(choices, m.say("issues.key-own", review.Args{"key": key}))
		default:
			choices = append(choices, m.say("issues.key-of", review.Args{"key": key, "issue": short(holder.Name)}))
		}
	}
	return choices
}

// short cuts a name for where nothing can wrap.
func short(name string) string {
	const most = 44
	if letters := []rune(name); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return name
}

// An emptiness says that there is nothing to show and what to do next.
type emptiness struct {
	title, text string
	listen      bool // the next thing is to listen, else to widen the filter
	widen       bool
}

// empty answers without a title when there is something to show.
func (m *model) empty() emptiness {
	heard, found := m.ranked.Counts.Heard, len(m.ranked.Issues) > 0
	if m.tab == unlumpTab {
		heard, found = m.heardInside(), true
	}
	e := emptiness{listen: true, widen: m.narrowed()}
	switch {
	case !m.known || heard > 0 && found:
		return emptiness{}
	case heard > 0:
		e.title = m.say("issues.no-issue", nil)
		e.text = m.say("issues.no-issue-text", review.Args{"n": heard})
	case m.narrowed():
		e.title, e.text = m.say("issues.none-here", nil), m.say("issues.none-here-text", nil)
	default:
		e.title, e.text = m.say("issues.nothing", nil), m.say("issues.nothing-text", nil)
	}
	return e
}
