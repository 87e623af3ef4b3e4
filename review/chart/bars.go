package chart

import (
	"math"

	"github.com/earshot-app/earshot/review/ranking"
)

// A Row is one bar beside its name and number.
type Row struct {
	Rank    string // "" in a chart without ranks
	Name    string
	Note    string // below the name, "" for none
	Value   string // the share in words, "17 %"
	Range   string // its interval in words, "" for none
	Share   ranking.Share
	Fill    Role
	Pattern Pattern
	// Joined is set when the row cannot be told apart from the next: a line at
	// the side joins them.
	Joined bool
}

// Bars are shares below one another: a ranking, or what is inside a category.
type Bars struct {
	Rows  []Row
	Max   float64 // what the whole room of a bar stands for; 0 for the highest of its ends
	Ticks []Tick  // of the axis above the bars; none leaves it out
}

// A Tick is a value that an axis names.
type Tick struct {
	At    float64
	Label string
}

// Steps are about five round values from 0 up to highest, for an axis.
func Steps(highest float64) []float64 {
	if !(highest > 0) || math.IsInf(highest, 1) {
		return []float64{0}
	}
	unit := math.Pow(10, math.Floor(math.Log10(highest/5)))
	step := unit
	for _, of := range []float64{2, 5, 10} {
		if highest/step > 5 {
			step = of * unit
		}
	}
	var steps []float64
	for i := 0; float64(i)*step <= highest*(1+1e-9); i++ {
		steps = append(steps, float64(i)*step)
	}
	return steps
}

// Highest is the highest end of the rows' bars and intervals.
func Highest(rows []Row) float64 {
	highest := 0.0
	for _, r := range rows {
		highest = max(highest, r.Share.Part, r.Share.High)
	}
	return highest
}

const (
	barHeight  = 13.0
	rowGap     = 8.0
	columnGap  = 14.0
	sideRoom   = 11.0 // for the line that joins rows
	joinWidth  = 3.0
	nameLines  = 2
	nameEnough = 236.0 // holds most names on one line
	noteLines  = 2     // of a note too long for the column of names
	axisHeight = 22.0
)

// barColumns are the places of a chart's columns.
type barColumns struct{ name, nameWidth, bar, barWidth, value, valueWidth float64 }

func (b Bars) columns(width float64, ruler Ruler) barColumns {
	// Room for most shares, so that charts beside one another have one scale.
	c := barColumns{valueWidth: ruler("88 %", textSize, true) + 6 + ruler("88–88 %", captionSize, false)}
	for _, r := range b.Rows {
		if r.Rank != "" {
			c.name = max(c.name, sideRoom+ruler(r.Rank, textSize, true)+columnGap)
		}
		wide := ruler(r.Value, textSize, true)
		if r.Range != "" {
			wide += 6 + ruler(r.Range, captionSize, false)
		}
		c.valueWidth = max(c.valueWidth, wide)
	}
	room := max(0, width-c.name-c.valueWidth-2*columnGap)
	c.nameWidth = max(room*0.46, min(nameEnough, room*0.56))
	c.bar = c.name + c.nameWidth + columnGap
	c.barWidth = room - c.nameWidth
	c.value = c.bar + c.barWidth + columnGap
	return c
}

// Scene draws the bars as wide as width; the height follows from the names,
// each on two lines at most.
func (b Bars) Scene(width float64, ruler Ruler) Scene {
	c := b.columns(width, ruler)
	highest := b.Max
	if highest <= 0 {
		highest = Highest(b.Rows)
	}
	at := func(part float64) float64 {
		if !(highest > 0) {
			return c.bar
		}
		return c.bar + c.barWidth*min(1, max(0, part/highest))
	}
	s := Scene{Width: width}
	y := 0.0
	if len(b.Ticks) > 0 {
		y = axisHeight
	}
	var rows Scene
	for i, r := range b.Rows {
		row, clear := r.scene(c, at, ruler)
		rows.put(row, 0, y)
		for _, t := range b.Ticks { // not through notes
			s.add(Line{at(t.At), y - rowGap, at(t.At), y + clear, hairline, Grid})
		}
		if r.Joined && i+1 < len(b.Rows) {
			rows.add(Rect{X: 0, Y: y, Width: joinWidth, Height: row.Height + rowGap + 2, Fill: Muted})
		} else if i > 0 && b.Rows[i-1].Joined {
			rows.add(Rect{X: 0, Y: y, Width: joinWidth, Height: row.Height, Fill: Muted})
		}
		y += row.Height + rowGap
	}
	s.Height = max(0, y-rowGap)
	for _, t := range b.Ticks {
		s.add(Text{X: at(t.At), Y: captionSize, Text: t.Label, Size: captionSize, Anchor: Middle, Color: Muted})
	}
	s.put(rows, 0, 0)
	return s
}

// scene draws one row; at tells where a share lies on the bar's axis. Down to
// clear there is no note in the column of the bars.
func (r Row) scene(c barColumns, at func(float64) float64, ruler Ruler) (s Scene, clear float64) {
	ink := Ink
	if r.Fill == None {
		ink = Muted
	}
	names := wrap(r.Name, c.nameWidth, nameLines, func(t string) float64 { return ruler(t, textSize, false) })
	y := 0.0
	for _, name := range names {
		y += textSize * leading
		s.add(Text{X: c.name, Y: y - 5, Text: name, Size: textSize, Color: ink})
	}
	middle := y / 2
	clear = y
	caption := func(t string) float64 { return ruler(t, captionSize, false) }
	for _, note := range wrap(r.Note, c.value+c.valueWidth-c.name, noteLines, caption) {
		y += captionSize * leading
		s.add(Text{X: c.name, Y: y - 4, Text: note, Size: captionSize, Color: Muted})
	}
	if caption(r.Note) <= c.nameWidth { // beside it there is room for the bar
		middle, clear = y/2, y
	}
	s.Height = y
	base := middle + textSize*rise
	if r.Rank != "" {
		s.add(Text{X: sideRoom, Y: base, Text: r.Rank, Size: textSize, Bold: true, Color: Ink})
	}
	s.add(Rect{c.bar, middle - barHeight/2, at(r.Share.Part) - c.bar, barHeight, 2, r.Fill, r.Pattern})
	s.add(whisker(at(r.Share.Low), at(r.Share.High), middle)...)
	s.add(Text{X: c.value, Y: base, Text: r.Value, Size: textSize, Bold: true, Color: ink})
	if r.Range != "" {
		x := c.value + ruler(r.Value, textSize, true) + 6
		s.add(Text{X: x, Y: base, Text: r.Range, Size: captionSize, Color: Muted})
	}
	return s, clear
}

// whisker draws an interval, and nothing where it is a point.
func whisker(low, high, y float64) []Shape {
	if !(high > low) {
		return nil
	}
	const end = barHeight * 0.3
	return []Shape{
		Line{low, y, high, y, stroke, Ink},
		Line{low, y - end, low, y + end, stroke, Ink},
		Line{high, y - end, high, y + end, stroke, Ink},
	}
}
