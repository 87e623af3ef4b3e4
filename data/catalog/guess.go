package catalog

import (
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review/desk"
)

// What names do not tell, cells may: a column of file names, of points in time,
// of ids. Queue, category and agent are only words; nobody can tell them apart
// but the person who imports.

// A kind is what a cell looks like.
type kind int

const (
	kindEmpty kind = iota
	kindText
	kindFile
	kindStart
	kindClock
	kindID
	kindNumber
	kindPhone
	kindDirection
	kindCount
)

var (
	// idShape is a UUID, or what Asterisk makes: an instant and a number, with the
	// system's name before it or not.
	idShape    = lazily(`^(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|(?:.+-)?\d{9,11}\.\d+)$`)
	clockShape = lazily(`^\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?$`)
	phoneShape = lazily(`^\+?[\d ()/-]{6,20}$`)
)

func kindOf(cell string) kind {
	cell = Clean(cell)
	switch {
	case cell == "":
		return kindEmpty
	case claimsSound(cell):
		return kindFile
	case idShape().MatchString(cell):
		return kindID
	case clockShape().MatchString(cell):
		return kindClock
	case parseDirection(cell) != "":
		return kindDirection
	}
	figures := 0
	for i := range len(cell) {
		if cell[i] >= '0' && cell[i] <= '9' {
			figures++
		}
	}
	if figures < len(cell) && isStart(cell) { // ten digits are rather a telephone number
		return kindStart
	}
	switch {
	case phoneShape().MatchString(cell) && figures >= 6:
		return kindPhone
	case figures > 0 && strings.Trim(cell, "0123456789.,:") == "":
		return kindNumber
	}
	return kindText
}

func isStart(cell string) bool {
	_, day := parseStartIn(cell, time.UTC, dayFirst)
	_, month := parseStartIn(cell, time.UTC, monthFirst)
	return day == nil || month == nil
}

// kindsOf counts the kinds of a column's cells.
func kindsOf(rows [][]string, at int) (counts [kindCount]int) {
	for _, cells := range rows {
		if at < len(cells) {
			counts[kindOf(cells[at])]++
		}
	}
	return counts
}

// mostly reports whether the cells that are not empty are, but for a tenth, of
// one kind.
func mostly(counts [kindCount]int, k kind) bool {
	filled := 0
	for other, n := range counts {
		if kind(other) != kindEmpty {
			filled += n
		}
	}
	return filled > 0 && 10*counts[k] >= 9*filled
}

// isHeader reports whether the first of a table's rows names its columns: it
// has known names, or nothing in it looks like data while what follows does.
func isHeader(rows [][]string) bool {
	if len(rows) == 0 {
		return false
	}
	first := rows[0]
	for _, cell := range first {
		if _, known := meanings[plain(cell)]; known && cell != "" {
			return true
		}
	}
	named := trimRight(first, 0)
	for i, cell := range named {
		if k := kindOf(cell); k != kindText && k != kindDirection || slices.Contains(named[:i], cell) {
			return false
		}
	}
	data := len(rows) == 1
	for i := range named {
		data = data || !mostly(kindsOf(rows[1:], i), kindText)
	}
	return data
}

// outcomes are what Asterisk notes of a call's end in a column "disposition":
// none is what an agent filed a call under.
var outcomes = strings.Fields("ANSWERED NOANSWER FAILED BUSY CONGESTION CANCEL CANCELED UNKNOWN")

func isOutcome(cell string) bool { return slices.Contains(outcomes, strings.ToUpper(plain(cell))) }

// guessed are the fields that a column's cells tell, where no name did, the
// surest first.
var guessed = []struct {
	field field
	kind  kind
}{
	{fieldFile, kindFile},
	{fieldStart, kindStart},
	{fieldCallID, kindID},
	{fieldDirection, kindDirection},
	{fieldCustomer, kindPhone},
	{fieldTime, kindClock},
}

// guess fills in what the names of the columns leave open by some rows, and
// corrects what they get wrong.
func (c *columns) guess(rows [][]string) {
	if len(rows) == 0 {
		return
	}
	kinds := make([][kindCount]int, len(c.all))
	for i := range c.all {
		kinds[i] = kindsOf(rows, i)
	}
	c.correct(rows, kinds)
	c.settle()
	for _, g := range guessed {
		if c.at[g.field] >= 0 || g.field == fieldTime {
			continue
		}
		for i := range c.all {
			if one := &c.all[i]; one.by == desk.ByNothing && mostly(kinds[i], g.kind) {
				one.field, one.by = g.field, desk.ByContent
				break
			}
		}
	}
	c.settle()
}

// correct takes back what a name promises and no cell holds: a category that is
// a call's outcome, a start that is only the time of day.
func (c *columns) correct(rows [][]string, kinds [][kindCount]int) {
	for i := range c.all {
		one := &c.all[i]
		if one.by != desk.ByName {
			continue
		}
		switch one.field {
		case fieldStart:
			if mostly(kinds[i], kindClock) {
				one.field = fieldTime
			}
		case fieldCategory:
			if plain(one.name) == "disposition" && onlyOutcomes(rows, i) {
				one.field = fieldNone
			}
		}
	}
}

func onlyOutcomes(rows [][]string, at int) bool {
	ends := 0
	for _, cells := range rows {
		switch {
		case at >= len(cells) || cells[at] == "":
		case !isOutcome(cells[at]):
			return false
		default:
			ends++
		}
	}
	return ends > 0
}
