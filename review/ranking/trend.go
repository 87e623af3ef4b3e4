package ranking

import "time"

// FewestPoint are the fewest heard calls of which a trend shows a share, and of
// which a change is told: with fewer, what goes up and down is chance.
const FewestPoint = 30

// A Slice counts one issue in the calls of a part of time.
type Slice struct {
	From, To   time.Time // inclusive, exclusive
	Calls      int64     // of the catalogue
	Heard      int64     // of them drawn and heard
	Held       int64     // of these with the issue
	NotCovered int64     // in no frame of a draw of which something was heard
	Cells      []Cell    // the calls by what the draws tell apart; [Cell.Issues] has the one issue
}

// share is the share of the slice's calls that hold the issue, and the size of
// the simple sample from an endless frame that would be as sure.
func (s Slice) share() (share Share, size float64) {
	p, n := newSample(s.Cells).estimate(func(cell int) int64 { return s.Cells[cell].Issues[0] })
	return shareOf(p, n), n
}

// A Point is the share of an issue in one period of a trend. Where fewer than
// [FewestPoint] calls were heard there is a gap: OK is false and the share says
// nothing.
type Point struct {
	From, To   time.Time
	Calls      int64
	Heard      int64
	Held       int64
	NotCovered int64 // calls that the share says nothing of
	Share      Share
	OK         bool
}

// Trend makes a point of each slice, in their order. Each period is estimated by
// its own cells, so that a week in which a category was heard more than others
// does not stand out for that.
func Trend(slices []Slice) []Point {
	points := make([]Point, len(slices))
	for i, s := range slices {
		points[i] = Point{
			From: s.From, To: s.To, Calls: s.Calls, Heard: s.Heard, Held: s.Held, NotCovered: s.NotCovered,
			Share: Share{0, 0, 1}, OK: s.Heard >= FewestPoint,
		}
		if points[i].OK {
			points[i].Share, _ = s.share()
		}
	}
	return points
}

// A Step is how long the periods of a trend are.
type Step string

// The steps. Automatic is by weeks where points can be shown of most of those in
// which something was heard, else by months.
const (
	Automatic Step = ""
	ByWeek    Step = "week"  // from Monday
	ByMonth   Step = "month" // of the calendar
)

// Enough reports whether points can be shown of at least half of the periods in
// which something was heard.
func Enough(points []Point) bool {
	heard, shown := 0, 0
	for _, p := range points {
		if p.Heard > 0 {
			heard++
		}
		if p.OK {
			shown++
		}
	}
	return shown > 0 && 2*shown >= heard
}

// Periods parts the time from the first call to the last by step, in the days
// of the first's zone. It answers the beginning of each period and the end of the last;
// the first and the last are cut to from and to, where those are not zero.
// Without calls there are none.
func Periods(step Step, from, to, first, last time.Time) []time.Time {
	if first.IsZero() {
		return nil
	}
	begin, next := monday, func(t time.Time) time.Time { return t.AddDate(0, 0, 7) }
	if step == ByMonth {
		begin, next = firstOfMonth, func(t time.Time) time.Time { return t.AddDate(0, 1, 0) }
	}
	at := begin(first)
	edges := []time.Time{at}
	for !at.After(last) {
		at = next(at)
		edges = append(edges, at)
	}
	if edges[0].Before(from) {
		edges[0] = from
	}
	if end := len(edges) - 1; !to.IsZero() && edges[end].After(to) {
		edges[end] = to
	}
	return edges
}

func monday(t time.Time) time.Time {
	back := (int(t.Weekday()) + 6) % 7
	return time.Date(t.Year(), t.Month(), t.Day()-back, 0, 0, 0, 0, t.Location())
}

func firstOfMonth(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
}
