package screen

import "strings"

// spaces turns the narrow spaces of numbers into those that spreadsheets know.
var spaces = strings.NewReplacer("\u202f", " ", "\u00a0", " ")

// Tabbed writes rows of a table as spreadsheets take them from the clipboard:
// cells parted by tabs, and each row ended by a new line. White space within a
// cell becomes one space, so that it stays one cell. Before a text that would run
// as a formula where it is pasted stands an apostrophe, as in the table that is
// exported for spreadsheets; numbers have none.
func Tabbed(rows ...[]string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(guarded(strings.Join(strings.Fields(spaces.Replace(cell)), " ")))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// guarded puts an apostrophe before what a spreadsheet would run.
func guarded(cell string) string {
	if cell == "" || !strings.Contains("=+-@", cell[:1]) {
		return cell
	}
	if (cell[0] == '-' || cell[0] == '+') && len(cell) > 1 && strings.Trim(cell[1:], "0123456789., %") == "" {
		return cell // a number
	}
	return "'" + cell
}
