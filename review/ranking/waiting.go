package ranking

import "slices"

// held are the cells of a sample with what was heard in them: enough to leave
// out calls that are not looked at yet.
type held struct {
	cells   []Cell
	issues  []IssueCount // in the order of [Cell.Issues]
	overlap *Overlap
}

// lookedAt are the cells from which issue i is to be estimated while moments of
// split issues, which waitsFor names, are still to be dealt: a call with such a
// moment may hold the issue or not, just as one that could not be heard. So it
// leaves the heard calls and stays as a bound. An issue that the cells do not
// hold has an i of −1.
//
// A call that holds moments to be dealt of two split issues is taken out twice,
// which is rare, passes, and errs towards a wider interval.
func (h held) lookedAt(i int, waitsFor []string) []Cell {
	if len(waitsFor) == 0 {
		return h.cells
	}
	cells := slices.Clone(h.cells)
	for j := range cells {
		cells[j].Issues = slices.Clone(cells[j].Issues)
	}
	for p, split := range h.issues {
		if !slices.Contains(waitsFor, split.ID) {
			continue
		}
		for j := range cells {
			cells[j].leave(cells[j].Issues[p])
		}
		if i < 0 {
			continue
		}
		for _, both := range h.overlap.of(i, p) {
			cells[both.cell].Issues[i] -= both.calls
		}
	}
	for j := range cells {
		if i >= 0 {
			cells[j].Issues[i] = max(0, min(cells[j].Issues[i], cells[j].Heard))
		}
	}
	return cells
}

// leave takes calls from those that were heard to those that were not.
func (c *Cell) leave(calls int64) {
	calls = min(calls, c.Heard)
	c.Heard -= calls
	c.NotHeard += calls
}

// estimate is the part of the category's calls that hold an issue, by its index
// or −1 for one that none holds: made of all of the sample s, or of the calls
// looked at where the issue waits for splits.
func (c CategoryCount) estimate(s sample, issue int, waitsFor []string) filedPart {
	cells := c.Cells
	if len(waitsFor) > 0 {
		cells = held{c.Cells, c.Issues, c.Overlap}.lookedAt(issue, waitsFor)
		s = newSample(cells)
	}
	p, n := s.estimate(func(cell int) int64 {
		if issue < 0 {
			return 0
		}
		return cells[cell].Issues[issue]
	})
	return filedPart{c.Calls, s.heard, p, n}
}

// toLookAt is how many moments of split issues are still to be dealt in the
// category.
func (c CategoryCount) toLookAt(splits []string) (moments int) {
	for _, issue := range c.Issues {
		if slices.Contains(splits, issue.ID) {
			moments += issue.ToLookAt
		}
	}
	return moments
}
