package listen

import (
	"slices"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// issueList lists issues and headings in a scroll. Only rows in sight are on
// the canvas: while a call plays, every object there is walked sixty times a
// second, seen or not. Fyne's own list takes the focus and with it the keys,
// and has one height for all rows, where a long name needs two lines.
type issueList struct {
	fynewidget.BaseWidget
	tap     func(review.Issue)
	rows    []issueRow
	tops    []float32 // of each row, and the end
	width   float32   // that heights were worked out for
	heights map[string]float32
	ruler   *widget.Text
	scroll  *container.Scroll
	inner   *fyne.Container
	lines   []*issueLine // a pool; those in sight come first, from the row first on
	first   int
	chosen  int
}

func newIssueList(tap func(review.Issue)) *issueList {
	l := &issueList{tap: tap, chosen: -1, heights: map[string]float32{}, ruler: widget.NewText("", nameLook)}
	l.inner = container.New(&issueLayout{l})
	l.scroll = container.NewVScroll(l.inner)
	l.scroll.OnScrolled = func(fyne.Position) { l.place() }
	l.ExtendBaseWidget(l)
	return l
}

// Held implements [widget.Holder].
func (l *issueList) Held() []fyne.CanvasObject { return []fyne.CanvasObject{l.scroll} }

// CreateRenderer is for Fyne.
func (l *issueList) CreateRenderer() fyne.WidgetRenderer {
	return fynewidget.NewSimpleRenderer(l.scroll)
}

// Resize is for Fyne.
func (l *issueList) Resize(at fyne.Size) {
	changed := at != l.Size()
	l.BaseWidget.Resize(at)
	if changed {
		l.measure()
		l.place()
	}
}

// show lists rows, and scrolls to the chosen one when that is another.
func (l *issueList) show(rows []issueRow) {
	if slices.Equal(rows, l.rows) {
		return
	}
	chosen := -1
	for i, r := range rows {
		if r.chosen {
			chosen = i
		}
	}
	l.rows = rows
	l.measure()
	if chosen >= 0 && chosen != l.chosen {
		l.reveal(chosen)
	}
	l.chosen = chosen
	l.place()
}

// measure works out where each row begins.
func (l *issueList) measure() {
	if width := l.Size().Width; width != l.width {
		l.width, l.heights = width, map[string]float32{}
		l.ruler.Resize(fyne.NewSize(width-signsWidth-2*size(theme.GapSmall), 0))
	}
	l.tops = append(l.tops[:0], 0)
	at := float32(0)
	for _, r := range l.rows {
		at += l.height(r.issue.Name) + 2*size(theme.GapSmall)
		l.tops = append(l.tops, at)
	}
	l.inner.Resize(fyne.NewSize(l.width, max(at, l.scroll.Size().Height)))
	l.scroll.Refresh()
}

// height is that of a name in as many lines as it needs. It is remembered,
// because rows are shown anew with every letter that is typed.
func (l *issueList) height(name string) float32 {
	height, known := l.heights[name]
	if !known {
		l.ruler.SetText(name)
		height = l.ruler.MinSize().Height
		l.heights[name] = height
	}
	return height
}

// reveal scrolls so far that a row is in sight, with the heading above the
// first one.
func (l *issueList) reveal(row int) {
	top, bottom := l.tops[row], l.tops[row+1]
	if row == 1 && l.rows[0].heading != "" {
		top = 0
	}
	offset, high := l.scroll.Offset.Y, l.scroll.Size().Height
	switch {
	case top < offset:
		offset = top
	case bottom > offset+high:
		offset = bottom - high
	}
	if offset != l.scroll.Offset.Y {
		l.scroll.ScrollToOffset(fyne.NewPos(0, max(0, offset)))
	}
}

// place puts a line on the canvas for each row in sight, or just outside: Tab goes
// on there.
func (l *issueList) place() {
	from, to := l.scroll.Offset.Y, l.scroll.Offset.Y+l.scroll.Size().Height
	l.turn(sort.Search(len(l.rows), func(i int) bool { return l.tops[i+1] >= from }))
	used := 0
	for i, r := range l.rows[l.first:] {
		i += l.first
		if l.tops[i] > to {
			break
		}
		if used == len(l.lines) {
			l.lines = append(l.lines, newIssueLine(l))
			l.inner.Objects = append(l.inner.Objects, l.lines[used].content)
		}
		line := l.lines[used]
		used++
		line.show(r)
		line.content.Move(fyne.NewPos(0, l.tops[i]))
		line.content.Resize(fyne.NewSize(l.width, l.tops[i+1]-l.tops[i]))
		widget.Show(line.content, true)
	}
	for _, line := range l.lines[used:] {
		widget.Show(line.content, false)
	}
}

// turn begins the lines with a row. Rows that were in sight before keep their
// lines: the focus lies on a line, and must not come to another issue.
func (l *issueList) turn(first int) {
	if n := len(l.lines); n > 0 && first != l.first {
		by := ((first-l.first)%n + n) % n
		l.lines = slices.Concat(l.lines[by:], l.lines[:by])
		l.inner.Objects = slices.Concat(l.inner.Objects[by:], l.inner.Objects[:by])
	}
	l.first = first
}

// issueLayout is as high as all rows together; the list places its lines.
type issueLayout struct{ list *issueList }

// MinSize implements fyne.Layout.
func (i *issueLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	if len(i.list.tops) == 0 {
		return fyne.Size{}
	}
	return fyne.NewSize(1, i.list.tops[len(i.list.tops)-1])
}

// Layout implements fyne.Layout.
func (i *issueLayout) Layout([]fyne.CanvasObject, fyne.Size) {}

// issueLine shows one row: a heading, or an issue that can be tapped.
type issueLine struct {
	content *fyne.Container
	heading *widget.Text
	row     *widget.Row
	key     *widget.KeyHint
	mark    *widget.Mark
	name    *widget.Text
	issue   review.Issue
}

// signsWidth is the room for an issue's key and mark.
const signsWidth = 56

// nameLook is how an issue's name is set: a very long one is cut, and is whole
// on the Issues page.
var nameLook = widget.Look{Fit: widget.Wrap, Lines: 4}

func newIssueLine(l *issueList) *issueLine {
	i := &issueLine{key: widget.NewKeyHint(""), mark: widget.NewMark(theme.Issue(0), widget.Circle)}
	i.heading = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut})
	i.name = widget.NewText("", nameLook)
	signs := fixed{width: signsWidth - size(theme.GapSmall)}.around(flex{gap: theme.GapSmall, grow: -1}.around(
		fixed{width: 22}.around(i.key), i.mark))
	i.row = widget.NewRow(flex{gap: theme.GapSmall, grow: 1}.around(signs, level(i.name)),
		func() { l.tap(i.issue) })
	i.content = container.NewStack(i.heading, i.row)
	return i
}

func (i *issueLine) show(r issueRow) {
	widget.Show(i.heading, r.heading != "")
	widget.Show(i.row, r.heading == "")
	if r.heading != "" {
		i.heading.SetText(r.heading)
		return
	}
	i.issue = r.issue
	i.key.SetKey(r.sign())
	i.mark.Set(r.color, widget.Circle)
	i.name.SetText(r.issue.Name)
	i.row.SetChosen(r.chosen)
}
