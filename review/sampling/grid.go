package sampling

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"
)

// A Design is what of a draw decides which calls it could have drawn, and how
// likely each was.
type Design struct {
	Number int // of the draw that froze the frame: calls added after it are not in it
	Filter Filter
	Strata Strata
}

// An Arrival says when the calls began that were added to the catalogue after
// draw number After and before the next.
type Arrival struct {
	After       int
	First, Last time.Time
}

// A Grid parts the calls of a period into spots, fine enough that all calls of a
// spot were drawn alike by every design. It asks no more of a call than is
// needed to tell the designs apart: for draws that differ in their dates only, a
// spot is a period and nothing else.
type Grid struct {
	Bounds     []time.Time     // ascending; period i goes from the i-th to the next
	Queues     bool            // spots are of one queue
	Categories bool            // spots are of one category
	Fields     []string        // names; no spot has calls of which one of these says different things
	Lengths    []time.Duration // ascending; no spot has calls on both sides of one
	Added      []int           // ascending; nor calls of before and after one of these draws

	designs []Design
}

// A Spot is a part of a [Grid]. What the grid does not tell apart is zero.
type Spot struct {
	Period          int
	Queue, Category string
	Fields          []string // what each of the grid's fields says
	Length          int      // how many of the grid's lengths the calls have
	Added           int      // how many of the grid's draws they were added after
}

// NewGrid parts the calls that start from one instant until before another.
func NewGrid(from, to time.Time, designs []Design, arrivals []Arrival) Grid {
	g := Grid{Bounds: []time.Time{from, to}}
	for _, d := range designs {
		first, last := d.Filter.within(from, to)
		if !first.Before(last) {
			continue
		}
		g.designs = append(g.designs, d)
		g.Bounds = append(g.Bounds, first, last)
		g.part(d, first, last)
		late := func(a Arrival) bool { return a.After >= d.Number && a.First.Before(last) && !a.Last.Before(first) }
		if slices.ContainsFunc(arrivals, late) {
			g.Added = append(g.Added, d.Number)
		}
	}
	slices.SortFunc(g.Bounds, time.Time.Compare)
	g.Bounds = slices.CompactFunc(g.Bounds, time.Time.Equal)
	g.Lengths, g.Added, g.Fields = distinct(g.Lengths), distinct(g.Added), distinct(g.Fields)
	return g
}

// part notes what else than its dates a design tells apart.
func (g *Grid) part(d Design, first, last time.Time) {
	g.Queues = g.Queues || d.Filter.Queue != "" || d.Strata == ByQueue
	g.Categories = g.Categories || d.Filter.Category != "" || d.Strata == ByCategory
	if field := d.Strata.Field(); field != "" {
		g.Fields = append(g.Fields, field)
	}
	if d.Filter.MinDuration > 0 {
		g.Lengths = append(g.Lengths, d.Filter.MinDuration)
	}
	if d.Strata == ByWeek {
		for at := d.Filter.weekOf(first).Add(week); at.Before(last); at = at.Add(week) {
			g.Bounds = append(g.Bounds, at)
		}
	}
}

// within is the part of a period that the filter takes.
func (f Filter) within(from, to time.Time) (first, last time.Time) {
	if f.From.After(from) {
		from = f.From
	}
	if !f.To.IsZero() && f.To.Before(to) {
		to = f.To
	}
	return from, to
}

func distinct[T cmp.Ordered](list []T) []T {
	slices.Sort(list)
	return slices.Compact(list)
}

// Alike reports whether all calls of a period are of one spot.
func (g Grid) Alike() bool {
	return !g.Queues && !g.Categories && len(g.Fields) == 0 && len(g.Lengths) == 0 && len(g.Added) == 0
}

// Cell names the cell of a spot: spots with the same name were drawn alike by
// every design. Kind leaves their time out, and covered reports whether any
// design could have drawn them.
func (g Grid) Cell(s Spot) (name, kind string, covered bool) {
	var cell strings.Builder
	kinds := map[string]bool{}
	for _, d := range g.designs {
		takes, stratum := g.takes(d, s)
		mark := "-"
		if takes && g.reaches(d, s) {
			covered = true
			mark = "+" + d.Filter.StratumOf(d.Strata, g.traits(d, s))
		}
		cell.WriteString(mark + "\x00")
		if takes {
			kinds[stratum] = true
		}
	}
	return cell.String(), strings.Join(slices.Sorted(maps.Keys(kinds)), "\x00"), covered
}

// traits are what tells the stratum of the calls of a spot.
func (g Grid) traits(d Design, s Spot) Traits {
	t := Traits{Start: g.Bounds[s.Period], Queue: s.Queue, Category: s.Category}
	if i := slices.Index(g.Fields, d.Strata.Field()); i >= 0 {
		t.Field = s.Fields[i]
	}
	return t
}

// takes reports whether a design takes the calls of a spot, whenever they were,
// and what it knows them by.
func (g Grid) takes(d Design, s Spot) (takes bool, by string) {
	f := d.Filter
	takes = (f.Queue == "" || f.Queue == s.Queue) && (f.Category == "" || f.Category == s.Category) &&
		(f.MinDuration == 0 || s.Length > slices.Index(g.Lengths, f.MinDuration))
	by = f.Queue + "\x01" + f.Category + "\x01" + f.MinDuration.String()
	if d.Strata != ByWeek {
		by += "\x01" + f.StratumOf(d.Strata, g.traits(d, s))
	}
	return takes, by
}

// reaches reports whether the calls of a spot were there at the time that a
// design is about and when it was made.
func (g Grid) reaches(d Design, s Spot) bool {
	at := g.Bounds[s.Period]
	if at.Before(d.Filter.From) || (!d.Filter.To.IsZero() && !at.Before(d.Filter.To)) {
		return false
	}
	late := slices.Index(g.Added, d.Number)
	return late < 0 || s.Added <= late
}
