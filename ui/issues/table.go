package issues

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// table is the ranking: titles, the issues, and below them what the figure one
// looks at means. Only the lines in sight are widgets, which take turns.
type table struct {
	screen *Screen
	card   *widget.Card
	titles []title
	scroll *container.Scroll
	sheet  *fyne.Container // as high as all lines
	lines  []*line         // the n-th row is shown by line n modulo their number
	rows   []row
	looked string // id of the issue under the pointer

	standing *widget.Text // which ranks cannot be told apart, or a comparison
	hint     *widget.KeyHint
	note     *widget.Text
}

// A title heads a column and can be explained.
type title struct {
	figure figure
	text   *widget.Text
	under  *plane
	sensor *sensor
}

const (
	titleHeight = 38
	noteLines   = 3 // of the longest explanation in a narrow table
	standLines  = 3 // two long names compared, in a narrow table
)

func newTable(s *Screen) *table {
	t := &table{screen: s, hint: widget.NewKeyHint(s.shell.Key(explainCommand))}
	t.standing = widget.NewText("", widget.Look{Size: theme.TextCaption, Fit: widget.Wrap, Lines: standLines})
	t.note = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap, Lines: noteLines})
	for _, of := range []struct {
		figure figure
		key    text.Key
	}{
		{figure: rankFigure, key: "issues.column-rank"},
		{figure: callsFigure, key: "issues.column-issue"},
		{figure: shareFigure, key: "issues.column-share"},
		{figure: weekFigure, key: "issues.column-week"},
		{figure: filedFigure, key: "issues.column-filed"},
		{figure: statusFigure, key: "issues.column-status"},
	} {
		words := widget.NewText(s.shell.Say(of.key, nil), widget.Look{})
		t.titles = append(t.titles, title{of.figure, words, newPlane(""), newSensor(words, func() { s.explain(of.figure) })})
	}
	t.sheet = container.New(arrange{
		func() fyne.Size { return fyne.NewSize(0, lineHeight*float32(len(t.rows))) },
		func(fyne.Size) { t.fill() },
	})
	t.scroll = container.NewVScroll(t.sheet)
	t.scroll.OnScrolled = func(fyne.Position) { t.fill() }
	t.card = widget.NewFlushCard(t.assemble())
	return t
}

func (t *table) assemble() *fyne.Container {
	rule := newPlane(theme.Border)
	objects := []fyne.CanvasObject{rule, t.scroll, t.standing, t.hint, t.note}
	for _, title := range t.titles {
		objects = append(objects, title.under, title.sensor)
	}
	least := func() fyne.Size { return fyne.NewSize(480, titleHeight+2*lineHeight) }
	return container.New(arrange{least, func(at fyne.Size) {
		c := columnsFor(at.Width)
		for i, in := range []stretch{c.rank, c.name, {c.bar.x, c.part.x + c.part.width - c.bar.x}, c.week, c.filed, c.status} {
			middle(t.titles[i].sensor, in, titleHeight)
			t.titles[i].under.Move(fyne.NewPos(in.x, titleHeight-2))
			t.titles[i].under.Resize(fyne.NewSize(in.width, 2))
		}
		rule.Move(fyne.NewPos(0, titleHeight-1))
		rule.Resize(fyne.NewSize(at.Width, 1))
		gap, foot := size(theme.Gap), t.foot(at.Width)
		t.scroll.Move(fyne.NewPos(0, titleHeight))
		t.scroll.Resize(fyne.NewSize(at.Width, max(0, at.Height-titleHeight-foot)))
		stand := t.stand(at.Width)
		y := at.Height - foot + gap/2
		t.standing.Move(fyne.NewPos(gap, y))
		t.standing.Resize(fyne.NewSize(at.Width-2*gap, stand))
		if stand > 0 {
			y += stand + size(theme.GapTiny)
		}
		hint := t.hint.MinSize()
		t.hint.Move(fyne.NewPos(gap, y))
		t.hint.Resize(hint)
		t.note.Move(fyne.NewPos(2*gap+hint.Width, y))
		t.note.Resize(fyne.NewSize(at.Width-3*gap-hint.Width, at.Height-y))
		t.fill()
	}}, objects...)
}

// foot is the height of the explanation, the same for all, so that the table
// does not jump.
func (t *table) foot(width float32) float32 {
	letters := fyne.MeasureText("X", size(theme.TextCaption), fyne.TextStyle{}).Height
	lines := float32(noteLines)
	if width >= closeBelow {
		lines--
	}
	height := lines*letters + size(theme.Gap)
	if stand := t.stand(width); stand > 0 {
		height += stand + size(theme.GapTiny)
	}
	return height
}

// stand is the height of what stands below the table, whatever it says, and
// nothing where there is never anything to say.
func (t *table) stand(width float32) float32 {
	if t.standing.Text() == "" {
		return 0
	}
	lines := float32(standLines)
	if width >= closeBelow {
		lines--
	}
	return lines * fyne.MeasureText("X", size(theme.TextCaption), fyne.TextStyle{}).Height
}

// set shows rows.
func (t *table) set(rows []row) {
	if !slices.Equal(t.rows, rows) {
		t.rows = rows
		t.sheet.Refresh()
		t.scroll.Refresh()
	}
	if before, now := t.standing.Text(), t.screen.model.standing(); now != before {
		t.standing.SetText(now)
		if (now == "") != (before == "") {
			t.card.Refresh()
		}
	}
	t.fill()
	t.explain()
}

// fill shows the rows that are in sight.
func (t *table) fill() {
	width, height := t.sheet.Size().Width, t.scroll.Size().Height
	for len(t.lines) < int(math.Ceil(float64(height/lineHeight)))+1 {
		l := newLine(t.tapped, t.look)
		t.lines = append(t.lines, l)
		t.sheet.Objects = append(t.sheet.Objects, l)
	}
	first := max(0, int(t.scroll.Offset.Y/lineHeight))
	for i := first; i < first+len(t.lines); i++ {
		l := t.lines[i%len(t.lines)]
		if i >= len(t.rows) {
			l.Hide()
			continue
		}
		l.set(t.rows[i], t.rows[i].id == t.screen.model.chosen)
		l.Move(fyne.NewPos(0, float32(i)*lineHeight))
		l.Resize(fyne.NewSize(width, lineHeight))
		l.Show()
	}
}

// reveal scrolls as little as brings a row into sight.
func (t *table) reveal(row int) {
	top, height := float32(row)*lineHeight, t.scroll.Size().Height
	y := min(top, max(t.scroll.Offset.Y, top+lineHeight-height))
	if row >= 0 && y != t.scroll.Offset.Y {
		t.scroll.ScrollToOffset(fyne.NewPos(0, y))
		t.fill()
	}
}

// page is how many rows are in sight, at least one.
func (t *table) page() int { return max(1, int(t.scroll.Size().Height/lineHeight)-1) }

func (t *table) tapped(id string) {
	s := t.screen
	s.goTo(slices.IndexFunc(t.rows, func(r row) bool { return r.id == id }))
}

func (t *table) look(id string, f figure) {
	if id == "" {
		f = t.screen.model.figure
	}
	if t.looked != id || t.screen.model.figure != f {
		t.looked, t.screen.model.figure = id, f
		t.explain()
	}
}

// explain says what the figure one looks at means, and marks its column.
func (t *table) explain() {
	m := t.screen.model
	id := t.looked
	if id == "" {
		id = m.chosen
	}
	t.note.SetText(m.explain(m.figure, id))
	for _, title := range t.titles {
		look := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap, Lines: 2}
		under := fyne.ThemeColorName("")
		if title.figure == m.figure {
			look.Color, look.Bold, under = theme.Ink, true, theme.Primary
		}
		title.text.SetLook(look)
		title.under.set(under)
	}
}
