package sampling

import (
	"slices"
	"time"
)

// Split parts the grid further: at the given instants, and so that a filter
// takes all calls of a spot or none, whenever they were.
func (g *Grid) Split(at []time.Time, f Filter) {
	g.Queues = g.Queues || f.Queue != ""
	g.Categories = g.Categories || f.Category != ""
	if f.MinDuration > 0 {
		g.Lengths = distinct(append(g.Lengths, f.MinDuration))
	}
	first, last := g.Bounds[0], g.Bounds[len(g.Bounds)-1]
	for _, t := range at {
		if t.After(first) && t.Before(last) {
			g.Bounds = append(g.Bounds, t)
		}
	}
	slices.SortFunc(g.Bounds, time.Time.Compare)
	g.Bounds = slices.CompactFunc(g.Bounds, time.Time.Equal)
}

// Takes reports whether a filter that the grid was split by takes the calls of a
// spot, whenever they were.
func (g Grid) Takes(f Filter, s Spot) bool {
	takes, _ := g.takes(Design{Filter: f}, s)
	return takes
}
