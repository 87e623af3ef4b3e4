package mp3

// A layout is how the 576 lines of a granule are split into scale factor bands,
// in the order in which they are sent: long bands, then for each short band its
// three windows.
type layout struct {
	ends []int // first line after each band
	long int   // how many bands are long
	kind int   // column of lsfPartitions
}

// end is the first line after a band; there is nothing after the last.
func (l *layout) end(band int) int { return l.ends[min(band, len(l.ends)-1)] }

// window is which of three windows a band belongs to, 0 for a long one.
func (l *layout) window(band int) int { return max(0, band-l.long) % 3 }

// Layouts by row of the tables below.
var (
	longBands  = layouts(func(long, _ []int) layout { return newLayout(long, nil, 0) })
	shortBands = layouts(func(_, short []int) layout { return newLayout(nil, short, 1) })
	// Mixed blocks have long bands up to where the fourth short band begins.
	mixedBands = layouts(func(long, short []int) layout {
		n, lines := 0, 0
		for lines < 3*(short[0]+short[1]+short[2]) {
			lines += long[n]
			n++
		}
		return newLayout(long[:n], short[3:], 2)
	})
)

// bandRow is the row of the tables for a version and rate as a header names
// them. MPEG-2.5 has the bands of 16 kHz, except at 8 kHz.
func bandRow(version, rate int) int {
	if version == 0 {
		return [3]int{5, 5, 6}[rate]
	}
	return 3*(3-version) + rate
}

// Widths of scale factor bands (ISO/IEC 11172-3, table B.8; ISO/IEC 13818-3,
// table B.2): 44.1, 48, 32 kHz; 22.05, 24, 16 kHz; 8 kHz.
var longWidths = [7][22]int{
	{4, 4, 4, 4, 4, 4, 6, 6, 8, 8, 10, 12, 16, 20, 24, 28, 34, 42, 50, 54, 76, 158},
	{4, 4, 4, 4, 4, 4, 6, 6, 6, 8, 10, 12, 16, 18, 22, 28, 34, 40, 46, 54, 54, 192},
	{4, 4, 4, 4, 4, 4, 6, 6, 8, 10, 12, 16, 20, 24, 30, 38, 46, 56, 68, 84, 102, 26},
	{6, 6, 6, 6, 6, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 38, 46, 52, 60, 68, 58, 54},
	{6, 6, 6, 6, 6, 6, 8, 10, 12, 14, 16, 18, 22, 26, 32, 38, 46, 54, 62, 70, 76, 36},
	{6, 6, 6, 6, 6, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 38, 46, 52, 60, 68, 58, 54},
	{12, 12, 12, 12, 12, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 76, 90, 2, 2, 2, 2, 2},
}

var shortWidths = [7][13]int{
	{4, 4, 4, 4, 6, 8, 10, 12, 14, 18, 22, 30, 56},
	{4, 4, 4, 4, 6, 6, 10, 12, 14, 16, 20, 26, 66},
	{4, 4, 4, 4, 6, 8, 12, 16, 20, 26, 34, 42, 12},
	{4, 4, 4, 6, 6, 8, 10, 14, 18, 26, 32, 42, 18},
	{4, 4, 4, 6, 8, 10, 12, 14, 18, 24, 32, 44, 12},
	{4, 4, 4, 6, 8, 10, 12, 14, 18, 24, 30, 40, 18},
	{8, 8, 8, 12, 16, 20, 24, 28, 36, 2, 2, 2, 26},
}

func layouts(build func(long, short []int) layout) (rows [7]layout) {
	for i := range rows {
		rows[i] = build(longWidths[i][:], shortWidths[i][:])
	}
	return rows
}

func newLayout(long, short []int, kind int) layout {
	l := layout{long: len(long), kind: kind}
	end := 0
	for _, width := range long {
		end += width
		l.ends = append(l.ends, end)
	}
	for _, width := range short {
		for range 3 {
			end += width
			l.ends = append(l.ends, end)
		}
	}
	return l
}
