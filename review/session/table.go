package session

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// before is how long before a moment one listens again from.
const before = 5 * time.Second

// Table answers who heard what in the call of a round. It is empty while the
// round is not revealed, and never so in a session that is not blind.
//
// The worst disagreement is first: the issue on which the largest part of the
// pairs of members differ, among those who heard it or could have; that is
// h·(n−h) of n·(n−1)/2 pairs where h of n heard it. Of equal ones the one that
// more people heard is first, then the earlier.
func (s *State) Table(round int) Table {
	t := Table{Round: round}
	c := s.Call(round)
	if c == nil || s.Blind && !c.Revealed {
		return t
	}
	t.Members = s.members(c)
	for _, heard := range s.heard(c) {
		t.Rows = append(t.Rows, s.row(c, t.Members, heard))
	}
	slices.SortFunc(t.Rows, func(a, b Row) int {
		return cmp.Or(
			cmp.Compare(b.differ()*a.pairs(), a.differ()*b.pairs()), cmp.Compare(b.Heard, a.Heard),
			cmp.Compare(a.At, b.At), cmp.Compare(a.Issue, b.Issue),
		)
	})
	return t
}

// members are those of a table: the host, then the others as they were
// admitted; of those who left, who said something of the call.
func (s *State) members(c *Call) []string {
	var all []string
	for _, author := range s.order {
		if !s.Members[author].Removed || c.Said[author] != nil {
			all = append(all, author)
		}
	}
	if i := slices.Index(all, s.Host); i > 0 {
		all = slices.Insert(slices.Delete(all, i, i+1), 0, s.Host)
	}
	return all
}

// A hearing is one issue of a call with the moments at which it was heard.
type hearing struct {
	issue   string
	moments []journal.MomentAdded
	by      map[string]bool
}

// heard are the issues of a call, those that count as one together.
func (s *State) heard(c *Call) []*hearing {
	var all []*hearing
	byIssue := map[string]*hearing{}
	for _, author := range slices.Sorted(maps.Keys(c.Said)) {
		for _, m := range c.Said[author].Moments {
			issue := s.Into(m.Issue)
			h := byIssue[issue]
			if h == nil {
				h = &hearing{issue: issue, by: map[string]bool{}}
				byIssue[issue], all = h, append(all, h)
			}
			h.moments, h.by[author] = append(h.moments, m), true
		}
	}
	return all
}

// Into is the issue that another counts as; itself while its naming is on its
// way.
func (s *State) Into(issue string) string {
	if i, ok := s.Issues[issue]; ok {
		return i.Into
	}
	return issue
}

func (s *State) row(c *Call, members []string, h *hearing) Row {
	r := Row{Issue: h.issue, Name: s.Issues[h.issue].Name}
	at := h.moments[0].At
	for _, m := range h.moments {
		at = min(at, m.At)
		name := s.Issues[m.Issue].Name
		if name != "" && !review.SameName(name, r.Name) && !slices.Contains(r.Names, name) {
			r.Names = append(r.Names, name)
		}
	}
	slices.Sort(r.Names)
	r.At = time.Duration(at) * time.Millisecond
	r.From = max(0, r.At-before)
	for _, author := range members {
		cell := s.cell(c, author, h)
		r.Cells = append(r.Cells, cell)
		switch cell {
		case Heard:
			r.Heard, r.Of = r.Heard+1, r.Of+1
		case NotHeard:
			r.Of++
		}
	}
	return r
}

func (s *State) cell(c *Call, author string, h *hearing) Cell {
	said := c.Said[author]
	switch {
	case h.by[author]:
		return Heard
	case said == nil || !said.Heard:
		return NotDone
	case !s.listed(h.issue, author, said.done):
		return Unlisted
	}
	return NotHeard
}

// listed reports whether a member had an issue, under any of its names, on
// their list at a place of the story. What was named in a blind round is on
// the others' list from its reveal on.
func (s *State) listed(issue, author string, place int) bool {
	for _, i := range s.same[issue] {
		from := i.named
		if i.Round > 0 && i.By != author {
			c := s.Call(i.Round)
			if !c.Revealed {
				continue
			}
			from = max(from, c.revealed)
		}
		if from <= place {
			return true
		}
	}
	return false
}

// differ and pairs are how many pairs of members differ on the issue, of how
// many; one of one rather than none of none.
func (r Row) differ() int { return r.Heard * (r.Of - r.Heard) }
func (r Row) pairs() int  { return max(1, r.Of*(r.Of-1)/2) }
