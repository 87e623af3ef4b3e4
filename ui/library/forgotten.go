package library

import (
	"strconv"

	"github.com/earshot-app/earshot/review"
)

// forgottenCells are what a row says of a call that was forgotten: its week is all
// that is left of its start, and nothing of its length.
func (m *model) forgottenCells(c callRow) [columns]string {
	year, week := c.start.ISOWeek()
	start := m.text.Say("library.forgotten.week", review.Args{"week": week, "year": strconv.Itoa(year)})
	state := m.text.Say("library.state.forgotten", nil)
	if c.state != review.Missing {
		state = m.text.Say("library.state.also-forgotten", review.Args{"state": m.state(c.state)})
	}
	return [columns]string{start, "–", c.queue, c.category, state}
}
