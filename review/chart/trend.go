package chart

import "github.com/earshot-app/earshot/review/ranking"

// A Period is a stretch of a trend's time axis, as parts of it from 0 to 1.
type Period struct {
	From, To float64
	Label    string // below it: "2 Nov"
	Value    string // above its mark: "17 %"
	Known    bool   // false for a gap: too little was heard in it
	Share    ranking.Share
	Color    Role
}

// An Event is a moment of the time axis that one should know of: a fix.
type Event struct {
	At    float64 // 0 to 1
	Label string
}

// Trend is a share over time: a mark with its interval for each period; a
// line joins those between which none is missing.
type Trend struct {
	Periods []Period
	Events  []Event
	Ticks   []Tick // of the share's axis, from 0
	Max     float64
	Gap     string // on a gap that has room for it: "too few calls"
}

const (
	trendHeight = 240.0
	axisWidth   = 48.0
	markRadius  = 4.5
)

// plane is the part of a trend between its axes.
type plane struct{ left, top, width, height, highest float64 }

func (p plane) x(part float64) float64 { return p.left + p.width*part }

func (p plane) y(share float64) float64 {
	if !(p.highest > 0) {
		return p.top + p.height
	}
	return p.top + p.height*(1-min(1, max(0, share/p.highest)))
}

// Scene draws the trend; its height is always the same.
func (t Trend) Scene(width float64, ruler Ruler) Scene {
	s := Scene{Width: width, Height: trendHeight}
	p := plane{left: axisWidth, top: 30, width: max(0, width-axisWidth-columnGap), height: trendHeight - 30 - 30, highest: t.Max}
	for _, period := range t.Periods {
		if t.Max <= 0 && period.Known {
			p.highest = max(p.highest, period.Share.High)
		}
	}
	for _, tick := range t.Ticks {
		y := p.y(tick.At)
		s.add(Line{p.left, y, p.left + p.width, y, hairline, Grid},
			Text{X: p.left - 8, Y: y + captionSize*rise, Text: tick.Label, Size: captionSize, Anchor: End, Color: Muted})
	}
	t.gaps(&s, p, ruler)
	t.events(&s, p, ruler)
	t.line(&s, p)
	t.labels(&s, p, ruler)
	for i, period := range t.Periods {
		if ruler(period.Value, captionSize, true)+2*markRadius > p.width*(period.To-period.From) {
			period.Value = "" // it would lie over the next
		}
		period.mark(&s, p, i+1 < len(t.Periods) && t.Periods[i+1].above(period))
	}
	return s
}

func (p Period) middle() float64 { return (p.From + p.To) / 2 }

// above reports whether a line leads up to p from the period before.
func (p Period) above(before Period) bool {
	return p.Known && before.Known && p.Share.Part > before.Share.Part
}

func (t Trend) gaps(s *Scene, p plane, ruler Ruler) {
	for _, period := range t.Periods {
		if period.Known {
			continue
		}
		left, right := p.x(period.From)+1, p.x(period.To)-1
		s.add(Rect{X: left, Y: p.top, Width: max(0, right-left), Height: p.height, Fill: Grid, Pattern: Hatched})
		if wide := ruler(t.Gap, captionSize, false); t.Gap != "" && wide+12 < right-left {
			x, y := (left+right)/2, p.top+p.height/2
			s.add(Rect{X: x - wide/2 - 4, Y: y - captionSize, Width: wide + 8, Height: 2 * captionSize, Fill: Ground},
				Text{X: x, Y: y + captionSize*rise, Text: t.Gap, Size: captionSize, Anchor: Middle, Color: Muted})
		}
	}
}

func (t Trend) events(s *Scene, p plane, ruler Ruler) {
	for _, e := range t.Events {
		x := p.x(min(1, max(0, e.At)))
		text := Text{X: x + 6, Y: 14, Text: e.Label, Size: captionSize, Bold: true, Color: Accent}
		if text.X+ruler(e.Label, captionSize, true) > s.Width {
			text.X, text.Anchor = x-6, End
		}
		s.add(Line{x, 4, x, p.top + p.height, 2 * stroke, Accent}, text)
	}
}

// line joins periods that follow one another and are known.
func (t Trend) line(s *Scene, p plane) {
	for i := 1; i < len(t.Periods); i++ {
		a, b := t.Periods[i-1], t.Periods[i]
		if a.Known && b.Known {
			s.add(Line{p.x(a.middle()), p.y(a.Share.Part), p.x(b.middle()), p.y(b.Share.Part), stroke, b.Color})
		}
	}
}

// labels names every period, or every second, third and so on where there is
// no room for more, from the last one back.
func (t Trend) labels(s *Scene, p plane, ruler Ruler) {
	for step := 1; step <= len(t.Periods); step++ {
		if named, ok := t.named(p, step, s.Width, ruler); ok {
			s.add(named...)
			return
		}
	}
}

// named are the names of each so many-th period; ok is false when two of them
// touch.
func (t Trend) named(p plane, step int, width float64, ruler Ruler) (names []Shape, ok bool) {
	free := width
	for i := len(t.Periods) - 1; i >= 0; i -= step {
		period := t.Periods[i]
		half := ruler(period.Label, captionSize, false) / 2
		x := min(p.x(period.middle()), width-half)
		if x+half > free {
			return nil, false
		}
		names = append(names, Text{X: x, Y: trendHeight - 10, Text: period.Label, Size: captionSize, Anchor: Middle, Color: Muted})
		free = x - half - 8
	}
	return names, true
}

// mark draws the share and its interval, and writes it where the line to the
// next period, which may lead up, leaves room.
func (p Period) mark(s *Scene, at plane, up bool) {
	if !p.Known {
		return
	}
	x, y := at.x(p.middle()), at.y(p.Share.Part)
	low, high := at.y(p.Share.Low), at.y(p.Share.High)
	if high < low {
		const end = barHeight * 0.3
		s.add(Line{x, low, x, high, stroke, Ink}, Line{x - end, low, x + end, low, stroke, Ink}, Line{x - end, high, x + end, high, stroke, Ink})
	}
	text := Text{X: x + markRadius + 4, Y: y - 4, Text: p.Value, Size: captionSize, Bold: true, Color: Ink}
	switch below := y + captionSize + 2; {
	case up && below < at.top+at.height:
		text.Y = below
	case up: // below are the names of the periods
		text.X, text.Anchor = x-markRadius-4, End
	}
	s.add(Mark{X: x, Y: y, Radius: markRadius, Color: p.Color})
	if p.Value == "" {
		return
	}
	s.add(text)
}
