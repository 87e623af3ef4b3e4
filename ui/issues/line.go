package issues

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// A stretch is the place of a column in a line.
type stretch struct{ x, width float32 }

// columns are the places of the columns. Where there is little room, the share
// stands below its bar instead of beside it.
type columns struct {
	rank, name, bar, part, week, filed, status stretch
	stacked                                    bool
}

// Widths that do not grow with the table.
const (
	besideFrom  = 1000 // from here on the share stands beside its bar
	closeBelow  = 760  // below, the columns stand closer
	rankWidth   = 50   // its range too, "1–1.022"
	partWidth   = 112
	weekWidth   = 98
	statusLeast = 74
)

func columnsFor(width float32) columns {
	c := columns{stacked: width < besideFrom}
	gap := size(theme.Gap)
	if width < closeBelow {
		gap = size(theme.GapSmall)
	}
	filed := min(220, max(108, width*0.17))
	status := min(110, max(statusLeast, width*0.09))
	fixed := rankWidth + weekWidth + filed + status + 7*gap
	if !c.stacked {
		fixed += partWidth + gap
	}
	name := max(120, (width-fixed)*0.6)
	x := max(gap, joinX+joinWidth+size(theme.GapSmall))
	next := func(width float32) stretch {
		s := stretch{x, width}
		x += width + gap
		return s
	}
	c.rank, c.name, c.bar = next(rankWidth), next(name), next(max(60, width-fixed-name))
	c.part = c.bar
	if !c.stacked {
		c.part = next(partWidth)
	}
	c.week, c.filed, c.status = next(weekWidth), next(filed), next(status)
	return c
}

// at is the figure that stands at x.
func (c columns) at(x float32) figure {
	switch {
	case x < c.name.x:
		return rankFigure
	case x < c.bar.x:
		return callsFigure
	case x < c.week.x:
		return shareFigure
	case x < c.filed.x:
		return weekFigure
	case x < c.status.x:
		return filedFigure
	}
	return statusFigure
}

// lineHeight holds a bar, its share and the share since naming below one
// another, or a name on two lines and the calls below it.
const lineHeight = 64

// line is a row of the ranking in sight. It is not reached by Tab, unlike
// other rows: the arrows choose an issue wherever the focus is, and Tab leads
// on to its moments.
type line struct {
	fynewidget.BaseWidget
	row             row
	chosen, hovered bool
	columns         columns

	back, sign, rule, join *plane
	rank, places           *widget.Text
	name, calls            *widget.Text
	part, interval, since  *widget.Text
	weeks, status          *widget.Text
	bar                    *widget.IntervalBar
	filed, more            *widget.Chip
	pin                    *widget.Mark

	choose func(id string)
	look   func(id string, f figure) // id "" when the pointer has left
}

var (
	_ fyne.Tappable     = (*line)(nil)
	_ desktop.Hoverable = (*line)(nil)
)

func newLine(choose func(id string), look func(id string, f figure)) *line {
	caption := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut}
	l := &line{
		back: newPlane(""), sign: newPlane(""), rule: newPlane(theme.Border), join: newPlane(""),
		rank:   widget.NewText("", widget.Look{Bold: true}),
		places: widget.NewText("", caption), since: widget.NewText("", caption), pin: widget.NewMark(theme.Primary, widget.Diamond),
		name:  widget.NewText("", widget.Look{Fit: widget.Wrap, Lines: 2}),
		calls: widget.NewText("", caption),
		part:  widget.NewText("", widget.Look{Bold: true}), interval: widget.NewText("", caption),
		weeks: widget.NewText("", widget.Look{Fit: widget.Cut}),
		bar:   widget.NewIntervalBar(widget.Share{}, theme.Bar),
		filed: widget.NewChip(""), more: widget.NewChip(""),
		status: widget.NewText("", widget.Look{Size: theme.TextCaption, Fit: widget.Wrap, Lines: 2}),
		choose: choose, look: look,
	}
	l.ExtendBaseWidget(l)
	return l
}

// set shows a row.
func (l *line) set(r row, chosen bool) {
	if l.row == r && l.chosen == chosen {
		return
	}
	l.row, l.chosen = r, chosen
	l.rank.SetText(r.rank)
	l.places.SetText(r.places)
	l.since.SetText(r.since)
	l.status.SetText(r.status)
	l.pin.Hidden = !r.pinned
	l.name.SetText(r.name)
	l.calls.SetText(r.calls)
	l.bar.Set(r.share, theme.Bar)
	l.part.SetText(r.part)
	l.interval.SetText(r.interval)
	l.weeks.SetText(r.week)
	l.filed.SetText(r.filed)
	l.more.SetText(r.more)
	l.filed.Hidden, l.more.Hidden = r.filed == "", r.more == ""
	l.tint()
	l.place(l.Size())
}

// tint shows where one is, by a bar at the side as well as by the ground.
func (l *line) tint() {
	back, sign := fyne.ThemeColorName(""), fyne.ThemeColorName("")
	switch {
	case l.chosen:
		back, sign = theme.Tint, theme.Primary
	case l.hovered:
		back = fynetheme.ColorNameHover
	}
	l.back.set(back)
	l.sign.set(sign)
	joined := fyne.ThemeColorName("")
	if l.row.join != alone {
		joined = theme.Muted
	}
	l.join.set(joined)
}

// CreateRenderer is for Fyne.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	least := func() fyne.Size { return fyne.NewSize(0, lineHeight) }
	return within{container.New(arrange{least, l.place},
		l.back, l.sign, l.rule, l.join, l.rank, l.places, l.pin, l.name, l.calls, l.bar, l.part, l.interval, l.since,
		l.weeks, l.filed, l.more, l.status)}
}

// place sets the parts into their columns, each in the middle of the line.
func (l *line) place(at fyne.Size) {
	if at.Width == 0 {
		return
	}
	l.columns = columnsFor(at.Width)
	c, hair := l.columns, size(theme.Hairline)
	l.back.Resize(at)
	l.sign.Resize(fyne.NewSize(3, at.Height))
	l.rule.Move(fyne.NewPos(0, at.Height-hair))
	l.rule.Resize(fyne.NewSize(at.Width, hair))
	l.placeRank(c.rank, at.Height)
	middle(l.weeks, c.week, at.Height)
	l.status.Resize(fyne.NewSize(c.status.width, l.status.MinSize().Height)) // the width first: it decides the height
	middle(l.status, c.status, at.Height)
	l.placeName(c.name, at.Height)
	l.placeShare(at.Height)
	l.placeFiled(c.filed, at.Height)
}

// placeRank sets the range of ranks below the rank, and beside both the line
// that joins a bracket: it stops short where the bracket begins and ends.
func (l *line) placeRank(in stretch, height float32) {
	rank, places := l.rank.MinSize(), l.places.MinSize()
	if l.row.places == "" {
		places = fyne.Size{}
	}
	top := (height - rank.Height - places.Height) / 2
	l.rank.Move(fyne.NewPos(in.x, top))
	l.rank.Resize(rank)
	l.places.Move(fyne.NewPos(in.x, top+rank.Height))
	l.places.Resize(fyne.NewSize(in.width, places.Height))
	pin := l.pin.MinSize()
	l.pin.Move(fyne.NewPos(in.x+rank.Width+size(theme.GapTiny), top+(rank.Height-pin.Height)/2))
	l.pin.Resize(pin)
	const short = 8
	from, to := float32(0), height
	if l.row.join == begins {
		from = short
	}
	if l.row.join == ends {
		to = height - short
	}
	l.join.Move(fyne.NewPos(joinX, from))
	l.join.Resize(fyne.NewSize(joinWidth, to-from))
}

// The line that joins a bracket lies between the sign of where one is and the
// ranks.
const (
	joinX     = 5
	joinWidth = 3
)

func middle(o fyne.CanvasObject, in stretch, height float32) {
	own := o.MinSize().Height
	o.Resize(fyne.NewSize(in.width, own))
	o.Move(fyne.NewPos(in.x, (height-own)/2))
}

func (l *line) placeName(in stretch, height float32) {
	l.name.Resize(fyne.NewSize(in.width, l.name.MinSize().Height)) // the width first: it decides the height
	name, calls := l.name.MinSize().Height, l.calls.MinSize().Height
	top := max(0, (height-name-calls)/2)
	l.name.Move(fyne.NewPos(in.x, top))
	l.name.Resize(fyne.NewSize(in.width, name))
	l.calls.Move(fyne.NewPos(in.x, top+name))
	l.calls.Resize(fyne.NewSize(in.width, calls))
}

func (l *line) placeShare(height float32) {
	c, gap := l.columns, size(theme.GapTiny)
	part, bar := l.part.MinSize(), l.bar.MinSize().Height
	since := l.since.MinSize().Height
	if l.row.since == "" {
		since = 0
	}
	top := (height - part.Height - since) / 2
	middle(l.bar, c.bar, height)
	if c.stacked {
		l.bar.Move(fyne.NewPos(c.bar.x, max(2, (height-bar-gap-part.Height-since)/2)))
		top = l.bar.Position().Y + bar + gap
	}
	l.since.Move(fyne.NewPos(c.part.x, top+part.Height-1))
	l.since.Resize(fyne.NewSize(c.part.width, since))
	l.part.Move(fyne.NewPos(c.part.x, top))
	l.part.Resize(part)
	side, low := part.Width+1.5*gap, l.interval.MinSize().Height
	l.interval.Move(fyne.NewPos(c.part.x+side, top+(part.Height-low)/2+1)) // on the line of the larger letters
	l.interval.Resize(fyne.NewSize(c.part.width-side, low))
}

// placeFiled gives the first category what the number of the others leaves.
func (l *line) placeFiled(in stretch, height float32) {
	gap, more := size(theme.GapTiny), float32(0)
	if l.more.Visible() {
		more = l.more.MinSize().Width + gap
	}
	first := min(l.filed.MinSize().Width, in.width-more)
	middle(l.filed, stretch{in.x, first}, height)
	middle(l.more, stretch{in.x + first + gap, max(0, more-gap)}, height)
}

// Tapped is for Fyne.
func (l *line) Tapped(*fyne.PointEvent) {
	widget.Release(l)
	l.choose(l.row.id)
}

// MouseIn is for Fyne.
func (l *line) MouseIn(at *desktop.MouseEvent) {
	l.hovered = true
	l.tint()
	l.MouseMoved(at)
}

// MouseMoved explains what the pointer is over.
func (l *line) MouseMoved(at *desktop.MouseEvent) { l.look(l.row.id, l.columns.at(at.Position.X)) }

// MouseOut is for Fyne.
func (l *line) MouseOut() {
	l.hovered = false
	l.tint()
	l.look("", shareFigure)
}
