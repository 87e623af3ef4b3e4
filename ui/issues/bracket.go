package issues

import (
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// A bracket is a run of issues of the ranking that cannot be told apart yet.
type bracket struct {
	first, last int   // places in the ranking
	more        int64 // calls to hear until the first and the last can be told apart
	known       bool  // false when they come up equally often: no number is known
	waits       bool  // moments of a split are to be dealt first: no number helps
}

// brackets are those of more than one issue. It takes a look at all calls by
// cells, so it is part of reading.
func brackets(r desk.Ranked) []bracket {
	var all []bracket
	for first := 0; first < len(r.Issues); {
		last := first
		for last+1 < len(r.Issues) && r.Issues[last+1].Bracket == r.Issues[first].Bracket {
			last++
		}
		if last > first {
			b := bracket{first: first, last: last, waits: waits(r.Issues[first].IssueCount) || waits(r.Issues[last].IssueCount)}
			if pair, ok := ranking.Compare(r.Counts, r.Issues[first].ID, r.Issues[last].ID); ok {
				b.more, b.known = pair.Apart(r.Counts.Heard, r.Counts.Frame, len(r.Issues))
			}
			all = append(all, b)
		}
		first = last + 1
	}
	return all
}

// bracketOf is the bracket of the issue at a place, or the first there is.
func (m *model) bracketOf(place int) (b bracket, ok bool) {
	for _, b := range m.brackets {
		if b.first <= place && place <= b.last {
			return b, true
		}
	}
	if len(m.brackets) == 0 {
		return bracket{}, false
	}
	return m.brackets[0], true
}

// standing is what stands below the table for as long as one is at an issue:
// the comparison that was begun, or which ranks cannot be told apart yet.
func (m *model) standing() string {
	if m.pinned != "" {
		return m.compared()
	}
	b, ok := m.bracketOf(m.at())
	if !ok {
		return ""
	}
	first, last := m.ranked.Issues[b.first], m.ranked.Issues[b.last]
	places := review.Args{"low": first.Rank, "high": max(last.Rank, b.last+1)}
	said := m.say("issues.bracket", places)
	switch {
	case b.waits:
		return said
	case !b.known:
		return said + " " + m.say("issues.bracket-equal", review.Args{"a": short(first.Name), "b": short(last.Name)})
	case b.more == 0: // only those between cannot
		return m.say("issues.bracket-overlap", places)
	}
	return said + " " + m.say("issues.bracket-more", review.Args{"n": b.more, "a": short(first.Name), "b": short(last.Name)})
}

// pin keeps the chosen issue to compare others with, or lets it go.
func (m *model) pin() {
	if m.pinned != "" {
		m.pinned = ""
		return
	}
	m.pinned = m.chosen
}

// compared says how sure the order of the pinned and the chosen issue is.
func (m *model) compared() string {
	name := map[string]string{}
	for _, r := range m.ranked.Issues {
		name[r.ID] = r.Name
	}
	if m.pinned == m.chosen {
		return m.say("issues.compare-with", review.Args{"issue": name[m.pinned]})
	}
	a, b := m.pinned, m.chosen
	pair, ok := ranking.Compare(m.ranked.Counts, a, b)
	if !ok {
		return ""
	}
	if pair.Before() < .5 { // the likelier order is the one to speak of
		a, b = b, a
		pair, _ = ranking.Compare(m.ranked.Counts, a, b)
	}
	return m.say("rank.order", review.Args{
		"a": name[a], "b": name[b], "p": m.texts.Percent(pair.Before()), "only_a": pair.OnlyA, "only_b": pair.OnlyB,
	})
}
