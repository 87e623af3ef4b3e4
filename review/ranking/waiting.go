package ranking

import "slices"

// lookedAt is c as issue i, a part of split issues, is to be estimated from it
// for as long as moments of those are still to be dealt: a call with such a
// moment may hold the issue or not, just as one that could not be heard. So it
// leaves the heard calls and stays as a bound.
//
// A call that holds moments to be dealt of two split issues is taken out twice,
// which is rare, passes, and errs towards a wider interval.
func (c Counts) lookedAt(i int) Counts {
	c.Cells = slices.Clone(c.Cells)
	for j := range c.Cells {
		c.Cells[j].Issues = slices.Clone(c.Cells[j].Issues)
	}
	for p, split := range c.Issues {
		if !slices.Contains(c.Issues[i].WaitsFor, split.ID) {
			continue
		}
		for j := range c.Cells {
			c.Cells[j].leave(c.Cells[j].Issues[p])
		}
		for _, both := range c.Overlap.of(i, p) {
			c.Cells[both.cell].Issues[i] -= both.calls
		}
	}
	for j := range c.Cells {
		c.Cells[j].Issues[i] = max(0, min(c.Cells[j].Issues[i], c.Cells[j].Heard))
	}
	return c
}

// leave takes calls from those that were heard to those that were not.
func (c *Cell) leave(calls int64) {
	calls = min(calls, c.Heard)
	c.Heard -= calls
	c.NotHeard += calls
}
