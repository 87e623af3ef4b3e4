package widget

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// sheet is what scrolls in a [Passage]: as high as all turns, with objects for
// those in sight.
type sheet struct {
	widget.BaseWidget
	passage *Passage
	turns   []PassageTurn
	folder  folder
	places  []turnPlace // by turn, for the width that the folder has
	height  float32
	rows    map[int]*turnRow // in sight
	objects []fyne.CanvasObject

	current  int // is heard; −1 for none
	cursor   int // the keys are at; −1 for none
	focused  bool
	from, to mark // chosen words, in any order; equal for none
	anchor   mark // where dragging began
	dragging bool
}

// turnPlace is where a turn lies.
type turnPlace struct {
	top, height float32
	lines       []line
}

// mark is a place between the letters of a turn.
type mark struct{ turn, letter int }

func (m mark) before(o mark) bool { return m.turn < o.turn || m.turn == o.turn && m.letter < o.letter }

var (
	_ fyne.Tappable      = (*sheet)(nil)
	_ fyne.Draggable     = (*sheet)(nil)
	_ fyne.Focusable     = (*sheet)(nil)
	_ desktop.Keyable    = (*sheet)(nil)
	_ desktop.Cursorable = (*sheet)(nil)
)

func newSheet(p *Passage) *sheet {
	s := &sheet{passage: p, current: -1, cursor: -1, rows: map[int]*turnRow{}}
	s.ExtendBaseWidget(s)
	return s
}

func (s *sheet) set(turns []PassageTurn) {
	s.turns, s.current, s.cursor, s.from, s.to = turns, -1, -1, mark{}, mark{}
	s.fold(s.Size().Width)
	s.passage.scroll.Refresh()
}

// The columns: when and who before the words.
const (
	whenWidth = 56
	whoWidth  = 96
)

func (s *sheet) textLeft() float32 { return size(s, theme.GapSmall) + whenWidth + whoWidth }

// fold breaks all turns into lines for a width.
func (s *sheet) fold(width float32) {
	points := size(s, theme.Text)
	s.folder.use(points)
	s.places, s.rows = make([]turnPlace, len(s.turns)), map[int]*turnRow{}
	top, room := float32(0), max(40, width-s.textLeft()-size(s, theme.Gap))
	for i, turn := range s.turns {
		lines := s.folder.fold(turn.Text, room)
		height := float32(len(lines))*s.folder.lineHeight + 2*size(s, theme.GapTiny)
		s.places[i] = turnPlace{top, height, lines}
		top += height
	}
	s.height = top
}

// MinSize is as high as all turns.
func (s *sheet) MinSize() fyne.Size { return fyne.NewSize(120, s.height) }

// Resize folds the turns anew when the width is another.
func (s *sheet) Resize(at fyne.Size) {
	if at.Width != s.Size().Width {
		s.fold(at.Width)
		s.BaseWidget.Resize(at)
		s.passage.scroll.Refresh()
		return
	}
	s.BaseWidget.Resize(at)
}

// inSight are the numbers of the first and last turn that can be seen.
func (s *sheet) inSight() (first, last int) {
	top := s.passage.scroll.Offset.Y
	return s.turnAt(top), s.turnAt(top + s.passage.scroll.Size().Height)
}

// turnAt is the turn at a height, the nearest if there is none.
func (s *sheet) turnAt(y float32) int {
	n := sort.Search(len(s.places), func(i int) bool { return s.places[i].top > y }) - 1
	return max(0, min(n, len(s.places)-1))
}

// CreateRenderer is for Fyne.
func (s *sheet) CreateRenderer() fyne.WidgetRenderer {
	k := &sketch{owner: s, least: s.MinSize}
	k.place = func(fyne.Size) {}
	k.paint = func() { k.objects = s.paint() }
	k.paint()
	return k
}

// Tapped goes to the turn.
func (s *sheet) Tapped(e *fyne.PointEvent) {
	Release(s)
	s.choose(mark{}, mark{})
	if len(s.places) > 0 {
		s.seek(s.turnAt(e.Position.Y))
	}
}

func (s *sheet) seek(n int) {
	s.passage.setFollows(true)
	if s.passage.OnSeek != nil {
		s.passage.OnSeek(n)
	}
}

// Dragged chooses the words that the pointer has gone over.
func (s *sheet) Dragged(e *fyne.DragEvent) {
	if len(s.places) == 0 {
		return
	}
	if !s.dragging {
		s.dragging = true
		Release(s)
		s.anchor = s.markAt(e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY))
	}
	s.passage.setFollows(false) // words do not run away while they are chosen
	s.choose(s.anchor, s.markAt(e.Position))
}

// DragEnd is for Fyne.
func (s *sheet) DragEnd() { s.dragging = false }

// Cursor is a caret, as words can be chosen.
func (s *sheet) Cursor() desktop.Cursor { return desktop.TextCursor }

// FocusGained lets the arrows go from turn to turn.
func (s *sheet) FocusGained() {
	s.focused, s.cursor = true, max(0, s.current)
	s.Refresh()
}

// FocusLost is the opposite.
func (s *sheet) FocusLost() {
	s.focused, s.cursor = false, -1
	s.Refresh()
}

// TypedKey goes from turn to turn, to one by Enter, and hands on the rest.
func (s *sheet) TypedKey(key *fyne.KeyEvent) {
	first, last := s.inSight()
	page := max(1, last-first-1)
	switch key.Name {
	case fyne.KeyUp:
		s.step(s.cursor - 1)
	case fyne.KeyDown:
		s.step(s.cursor + 1)
	case fyne.KeyPageUp:
		s.step(s.cursor - page)
	case fyne.KeyPageDown:
		s.step(s.cursor + page)
	case fyne.KeyHome:
		s.step(0)
	case fyne.KeyEnd:
		s.step(len(s.turns))
	case fyne.KeyReturn, fyne.KeyEnter:
		if s.cursor >= 0 && s.cursor < len(s.turns) {
			s.seek(s.cursor)
		}
	case fyne.KeyEscape:
		Release(s)
	default:
		handOn(s, func(to fyne.Canvas) func(*fyne.KeyEvent) { return to.OnTypedKey() }, key)
	}
}

func (s *sheet) step(to int) {
	if len(s.turns) == 0 {
		return
	}
	s.cursor = max(0, min(to, len(s.turns)-1))
	s.passage.setFollows(false)
	s.passage.show(s.cursor)
	s.Refresh()
}

// TypedRune hands the rune on to the surface.
func (s *sheet) TypedRune(r rune) {
	handOn(s, func(to fyne.Canvas) func(rune) { return to.OnTypedRune() }, r)
}

// KeyDown hands the key on to the surface.
func (s *sheet) KeyDown(key *fyne.KeyEvent) { handOn(s, onDesktop(desktop.Canvas.OnKeyDown), key) }

// KeyUp hands the key on to the surface.
func (s *sheet) KeyUp(key *fyne.KeyEvent) { handOn(s, onDesktop(desktop.Canvas.OnKeyUp), key) }
