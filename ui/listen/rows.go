package listen

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// issueRow is a line beside the field: a heading or an issue.
type issueRow struct {
	heading string // "" for an issue
	issue   review.Issue
	color   fyne.ThemeColorName
	chosen  bool // Enter tags it
}

// String is the row as the trace tells it.
func (r issueRow) String() string { return trimmed(r.sign(), r.issue.Name) }

// sign is the issue's key as its cap shows it.
func (r issueRow) sign() string {
	if r.issue.Key == 0 {
		return ""
	}
	return strconv.Itoa(r.issue.Key)
}

func trimmed(sign, name string) string {
	if sign == "" {
		return name
	}
	return sign + " " + name
}

// issueRows are the issues that can be tagged, as they are listed.
func (m *model) issueRows() []issueRow {
	before, elsewhere := m.chooser.shown()
	var rows []issueRow
	add := func(heading string, issues []review.Issue, first int) {
		if len(issues) == 0 {
			return
		}
		if heading != "" {
			rows = append(rows, issueRow{heading: heading})
		}
		for i, issue := range issues {
			rows = append(rows, issueRow{
				issue: issue, color: m.color(issue.ID),
				chosen: m.chooser.entered && first+i == m.chooser.choice,
			})
		}
	}
	near := func() { add(m.texts.Say("listen.same-as", nil), m.chooser.near, len(before)+len(elsewhere)) }
	if len(before) == 0 {
		add("", elsewhere, 0)
		near()
		return rows
	}
	heading := m.texts.Say("listen.before", review.Args{"category": m.filed()})
	if m.call == nil || m.call.view.Call.Category == "" {
		heading = m.texts.Say("listen.before-none", nil)
	}
	add(heading, before, 0)
	add(m.texts.Say("listen.elsewhere", nil), elsewhere, len(before))
	near()
	return rows
}

// noIssues says why no issue is listed and what to do, "" where some are.
func (m *model) noIssues() string {
	switch {
	case len(m.chooser.before)+len(m.chooser.elsewhere) == 0:
		return m.texts.Say("listen.no-issues", nil)
	case len(m.chooser.listed()) == 0:
		return m.texts.Say("listen.none-matches", nil)
	default:
		return ""
	}
}

func (m *model) color(issueID string) fyne.ThemeColorName {
	return theme.Issue(m.chooser.order[issueID])
}

// markRow is a line of what was heard in the call.
type markRow struct {
	id       string
	clock    string
	name     string
	color    fyne.ThemeColorName
	shape    widget.Shape
	words    string
	wanted   string // stands in place of words that nobody has typed
	selected bool
	editing  bool
}

func (m *model) markRows() []markRow {
	c := m.call
	rows := make([]markRow, len(c.marks.list))
	for i, k := range c.marks.list {
		rows[i] = markRow{
			id: k.id, clock: m.texts.Clock(k.at), name: k.issue, color: m.color(k.issueID), words: m.texts.Spoken(k.words),
			wanted: m.texts.Say("listen.words.add", nil), selected: k.id == c.marks.selected, editing: k.id == c.editing,
		}
		if k.until > k.at {
			rows[i].name = m.texts.Say("wave.over", review.Args{"issue": k.issue, "long": m.texts.Length(k.until - k.at)})
		}
		if k.praise() {
			rows[i].name, rows[i].color, rows[i].shape = m.texts.Say("listen.praise-row", nil), theme.Primary, widget.Diamond
			rows[i].wanted = m.texts.Say("listen.words.praise", nil)
		}
	}
	return rows
}

// praiseSign marks praise on the waveform: its key.
const praiseSign = "P"

// markers are the marks on the waveform. An issue with a key shows it, praise
// its letter.
func (m *model) markers() []widget.Marker {
	keys := map[string]int{}
	for _, issue := range append(m.chooser.before[:len(m.chooser.before):len(m.chooser.before)], m.chooser.elsewhere...) {
		keys[issue.ID] = issue.Key
	}
	var markers []widget.Marker
	for _, k := range m.call.marks.list {
		marker := widget.Marker{ID: k.id, At: k.at, Until: k.until, Color: m.color(k.issueID)}
		if key := keys[k.issueID]; key > 0 {
			marker.Sign = strconv.Itoa(key)
		}
		if k.praise() {
			marker.Color, marker.Shape, marker.Sign, marker.Fixed = theme.Primary, widget.Diamond, praiseSign, true
		}
		markers = append(markers, marker)
	}
	return markers
}

// clock is where the call is, and how long it is.
func (m *model) clock() (at, of string) {
	return m.texts.Clock(m.call.at), "/ " + m.texts.Clock(m.call.length.Truncate(time.Second))
}
