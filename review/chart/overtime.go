package chart

// A Level is how many there were of something in each period.
type Level struct {
	Name    string
	Value   string // in all, in words
	Note    string // below the value, such as how many at the most; "" for none
	Heights []float64
	Whole   bool // all of them together, to a scale of its own
	Rest    bool // what is left over, together, likewise; the others share a scale
}

// OverTime are levels below one another, each as columns along the same time:
// which of them rise and fall can be compared at a glance, and each stands beside
// its name.
type OverTime struct {
	Levels []Level
	Labels []string // of the periods
}

const (
	levelHeight = 40.0
	levelGap    = 14.0
	columnLeast = 1.0 // of a period with any
)

// Scene draws the levels; the height follows from how many there are.
func (o OverTime) Scene(width float64, ruler Ruler) Scene {
	s := Scene{Width: width}
	value := 0.0
	for _, l := range o.Levels {
		value = max(value, ruler(l.Value, textSize, true), ruler(l.Note, captionSize, false))
	}
	name := max(0, width-value-2*columnGap) * 0.3
	p := plane{left: name + columnGap, width: max(0, width-name-value-2*columnGap), height: levelHeight}
	most := o.highest()
	for i, l := range o.Levels {
		p.top = float64(i) * (levelHeight + levelGap)
		p.highest = most
		if l.Whole || l.Rest {
			p.highest = highest(l.Heights)
		}
		l.draw(&s, p, name, ruler)
	}
	s.Height = float64(len(o.Levels)) * (levelHeight + levelGap)
	if len(o.Levels) > 0 {
		o.labels(&s, p, ruler)
		s.Height += captionSize * leading
	}
	return s
}

// highest is the most of any period, of the levels that share a scale.
func (o OverTime) highest() float64 {
	most := 0.0
	for _, l := range o.Levels {
		if !l.Whole && !l.Rest {
			most = max(most, highest(l.Heights))
		}
	}
	return most
}

func highest(of []float64) float64 {
	most := 0.0
	for _, height := range of {
		most = max(most, height)
	}
	return most
}

func (l Level) draw(s *Scene, p plane, name float64, ruler Ruler) {
	base := p.top + p.height
	for i, line := range wrap(l.Name, name, nameLines, func(t string) float64 { return ruler(t, textSize, l.Whole) }) {
		s.add(Text{X: 0, Y: p.top + textSize*(1+float64(i)*leading), Text: line, Size: textSize, Bold: l.Whole, Color: Ink})
	}
	s.add(Line{p.left, base, p.left + p.width, base, hairline, Grid})
	fill, pattern := Bar, Solid
	if l.Rest {
		pattern = Hatched
	}
	step := p.width / float64(max(1, len(l.Heights)))
	gap := min(3, step*0.25)
	for i, height := range l.Heights {
		if height <= 0 {
			continue
		}
		high := max(columnLeast, base-p.y(height))
		s.add(Rect{X: p.left + float64(i)*step + gap/2, Y: base - high, Width: max(columnLeast, step-gap), Height: high, Fill: fill, Pattern: pattern})
	}
	right := p.left + p.width + columnGap
	s.add(Text{X: right, Y: p.top + textSize, Text: l.Value, Size: textSize, Bold: true, Color: Ink})
	if l.Note != "" {
		s.add(Text{X: right, Y: p.top + textSize + captionSize*leading, Text: l.Note, Size: captionSize, Color: Muted})
	}
}

// labels names as many periods as have room, from the first on.
func (o OverTime) labels(s *Scene, p plane, ruler Ruler) {
	step, free := p.width/float64(max(1, len(o.Labels))), 0.0
	for i, label := range o.Labels {
		x, wide := p.left+float64(i)*step, ruler(label, captionSize, false)
		if x < free || x+wide > p.left+p.width+columnGap {
			continue
		}
		s.add(Text{X: x, Y: s.Height + captionSize*rise, Text: label, Size: captionSize, Color: Muted})
		free = x + wide + 14
	}
}
