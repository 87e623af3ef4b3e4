package chart

// A Table is numbers by rows and columns.
type Table struct {
	Columns []string
	Rows    []TableRow
}

// A TableRow is a row with its name; Note stands below the name.
type TableRow struct {
	Name, Note string
	Cells      []TableCell // as many as there are columns
}

// A TableCell is a number. One that stands out is bold and has its sign before
// it, so that neither colour nor weight alone tells.
type TableCell struct {
	Text string
	Sign string // "" for one that does not stand out
	Pale bool   // there is nothing to see
}

const (
	headLines = 4
	cellGap   = 8.0
)

// Scene draws the table as wide as width: a third for the names, the rest in
// equal columns.
func (t Table) Scene(width float64, ruler Ruler) Scene {
	s := Scene{Width: width}
	names := width / 3
	if len(t.Columns) == 0 {
		names = width
	}
	column := (width - names) / float64(max(1, len(t.Columns)))
	y := t.heads(&s, names, column, ruler)
	for _, row := range t.Rows {
		s.add(Line{0, y, width, y, hairline, Grid})
		y += row.draw(&s, y, [2]float64{names, column}, ruler)
	}
	s.Height = y
	return s
}

// heads names the columns and returns how high the names are.
func (t Table) heads(s *Scene, names, column float64, ruler Ruler) float64 {
	height := 0.0
	for i, name := range t.Columns {
		lines := wrap(name, column-cellGap, headLines, func(l string) float64 { return ruler(l, captionSize, false) })
		for n, line := range lines {
			s.add(Text{X: names + float64(i)*column, Y: float64(n+1) * captionSize * leading, Text: line, Size: captionSize, Color: Muted})
		}
		height = max(height, float64(len(lines))*captionSize*leading)
	}
	return height + cellGap
}

// draw adds the row below y, with the widths of the names and of a column, and
// returns how high it is.
func (r TableRow) draw(s *Scene, y float64, widths [2]float64, ruler Ruler) float64 {
	bottom := y + cellGap/2
	for _, line := range wrap(r.Name, widths[0]-cellGap, nameLines, func(l string) float64 { return ruler(l, textSize, true) }) {
		bottom += textSize * leading
		s.add(Text{X: 0, Y: bottom - 5, Text: line, Size: textSize, Bold: true, Color: Ink})
	}
	bottom += captionSize * leading
	s.add(Text{X: 0, Y: bottom - 4, Text: r.Note, Size: captionSize, Color: Muted})
	bottom += cellGap / 2
	for i, cell := range r.Cells {
		text := Text{X: widths[0] + float64(i)*widths[1], Y: (y+bottom)/2 + textSize*rise, Text: cell.Text, Size: textSize, Color: Ink}
		if cell.Pale {
			text.Color = Muted
		}
		if cell.Sign != "" {
			text.Text, text.Bold = cell.Sign+" "+cell.Text, true
		}
		s.add(text)
	}
	return bottom - y
}
