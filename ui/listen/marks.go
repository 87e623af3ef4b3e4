package listen

import (
	"cmp"
	"slices"
	"time"

	"github.com/earshot-app/earshot/review/desk"
)

// A mark is a moment or praise of the call.
type mark struct {
	id      string
	issueID string // "" for praise
	issue   string // its name, "" for praise
	at      time.Duration
	until   time.Duration // 0 for a point in time
	words   string
}

func (m mark) praise() bool { return m.issueID == "" }

// marks are those of one call, by time, and the one that keys act on.
type marks struct {
	list     []mark
	selected string // id, "" for none
}

// read takes over what the library says. When the selected mark is gone, the
// next one takes its place, so that Delete can be pressed again.
func (m *marks) read(view desk.CallView) {
	place := m.index()
	m.list = m.list[:0]
	for _, v := range view.Moments {
		m.list = append(m.list, mark{v.ID, v.IssueID, v.Issue, v.At, v.Until, v.Words})
	}
	for _, p := range view.Praise {
		m.list = append(m.list, mark{id: p.ID, at: p.At, words: p.Words})
	}
	m.sort()
	if place < 0 || m.index() >= 0 {
		return
	}
	m.selected = ""
	if len(m.list) > 0 {
		m.selected = m.list[min(place, len(m.list)-1)].id
	}
}

func (m *marks) sort() {
	slices.SortStableFunc(m.list, func(a, b mark) int { return cmp.Compare(a.at, b.at) })
}

func (m *marks) index() int {
	return slices.IndexFunc(m.list, func(k mark) bool { return k.id == m.selected })
}

// current is the selected mark.
func (m *marks) current() (mark, bool) {
	if i := m.index(); i >= 0 {
		return m.list[i], true
	}
	return mark{}, false
}

// move selects the next mark or the one before; without a selection, the first
// or the last.
func (m *marks) move(by int) {
	i := m.index()
	switch {
	case len(m.list) == 0:
		return
	case i < 0 && by < 0:
		i = len(m.list) - 1
	case i < 0:
		i = 0
	default:
		i = max(0, min(i+by, len(m.list)-1))
	}
	m.selected = m.list[i].id
}

// place moves a moment at once, before the library has it, so that a key that
// is held down goes on from where the last press has led. It answers where the
// moment is then, and whether that is another time; praise stays where it is.
func (m *marks) place(id string, to, end time.Duration) (at time.Duration, moved bool) {
	i := slices.IndexFunc(m.list, func(k mark) bool { return k.id == id })
	if i < 0 || m.list[i].praise() {
		return 0, false
	}
	k := &m.list[i]
	length := max(0, k.until-k.at)
	to = max(0, min(to.Round(time.Millisecond), end-length))
	if to == k.at {
		return to, false
	}
	k.at = to
	if length > 0 {
		k.until = to + length
	}
	m.sort()
	return to, true
}

// moments is how many of the marks are moments of an issue.
func (m *marks) moments() int {
	n := 0
	for _, k := range m.list {
		if !k.praise() {
			n++
		}
	}
	return n
}
