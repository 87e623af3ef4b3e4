package screen

import "strings"

// spaces turns the narrow spaces of numbers into those that spreadsheets know.
var spaces = strings.NewReplacer("\u202f", " ", "\u00a0", " ")

// Tabbed writes rows of a table as spreadsheets take them from the clipboard:
// cells parted by tabs, and each row ended by a new line. White space within a
// cell becomes one space, so that it stays one cell.
func Tabbed(rows ...[]string) string {
	var b strings.Builder
	for _, row := range rows {
		for i, cell := range row {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(strings.Join(strings.Fields(spaces.Replace(cell)), " "))
		}
		b.WriteByte('\n')
	}
	return b.String()
}
