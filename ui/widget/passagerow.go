package widget

import (
	"image/color"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
)

// turnRow are the objects of a turn in sight.
type turnRow struct {
	back, bar, ring *canvas.Rectangle
	when, who       *canvas.Text
	over            []*canvas.Rectangle // behind the chosen words, by line
	lines           []*canvas.Text
}

// paint makes the objects of what has come into sight, drops the others and
// colours all. It returns them from back to front.
func (s *sheet) paint() []fyne.CanvasObject {
	s.objects = s.objects[:0]
	if len(s.places) == 0 {
		return s.objects
	}
	if points := size(s, theme.Text); s.folder.points != points {
		s.fold(s.Size().Width)
	}
	first, last := s.inSight()
	for n := range s.rows {
		if n < first || n > last {
			delete(s.rows, n)
		}
	}
	for n := first; n <= last; n++ {
		row := s.rows[n]
		if row == nil {
			row = s.newRow(n)
			s.rows[n] = row
		}
		s.colour(n, row)
		s.objects = append(s.objects, row.back, row.bar)
		for i, line := range row.lines {
			s.objects = append(s.objects, row.over[i], line)
		}
		s.objects = append(s.objects, row.when, row.who, row.ring)
	}
	return s.objects
}

func (s *sheet) newRow(n int) *turnRow {
	turn, place := s.turns[n], s.places[n]
	width, pad, left := s.Size().Width, size(s, theme.GapTiny), size(s, theme.GapSmall)
	row := &turnRow{back: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil), ring: canvas.NewRectangle(color.Transparent)}
	put := func(o fyne.CanvasObject, x, y, w, h float32) {
		o.Move(fyne.NewPos(x, place.top+y))
		o.Resize(fyne.NewSize(w, h))
	}
	put(row.back, 0, 0, width, place.height)
	put(row.ring, 0, 0, width, place.height)
	put(row.bar, 0, 0, 3, place.height)
	text := func(words string) *canvas.Text {
		t := canvas.NewText(words, nil)
		t.TextSize = s.folder.points
		return t
	}
	row.when = text(turn.Clock)
	row.who = text(cut(turn.Who, whoWidth-size(s, theme.GapSmall), func(words string) float32 { return s.folder.measure(words).Width }))
	put(row.when, left, pad, whenWidth, s.folder.lineHeight)
	put(row.who, left+whenWidth, pad, whoWidth, s.folder.lineHeight)
	for i, l := range place.lines {
		words, over := text(turn.Text[l.from:l.to]), canvas.NewRectangle(nil)
		put(words, s.textLeft(), pad+float32(i)*s.folder.lineHeight, width-s.textLeft(), s.folder.lineHeight)
		row.lines, row.over = append(row.lines, words), append(row.over, over)
	}
	return row
}

// colour shows what is heard, where the keys are and which words are chosen.
// What is heard has a bar and a bold time, so that it is not told by colour
// alone.
func (s *sheet) colour(n int, row *turnRow) {
	heard := n == s.current
	row.back.FillColor, row.back.CornerRadius = color.Transparent, size(s, theme.RadiusSmall)
	if heard {
		row.back.FillColor = shade(s, theme.Tint)
	}
	row.bar.FillColor, row.bar.Hidden = shade(s, theme.Primary), !heard
	row.when.Color, row.when.TextStyle.Bold = shade(s, theme.Muted), heard
	row.who.Color = shade(s, or(s.turns[n].Color, theme.Muted))
	row.ring.StrokeColor, row.ring.StrokeWidth = shade(s, theme.FocusRing), size(s, theme.FocusLine)
	row.ring.CornerRadius, row.ring.Hidden = size(s, theme.RadiusSmall), !s.focused || n != s.cursor
	for i, l := range row.lines {
		l.Color = shade(s, theme.Ink)
		s.colourWords(n, i, row.over[i])
	}
	for _, o := range []fyne.CanvasObject{row.back, row.bar, row.when} {
		o.Refresh()
	}
}

// colourWords lays the colour of chosen words behind those of one line.
func (s *sheet) colourWords(n, i int, over *canvas.Rectangle) {
	l := s.places[n].lines[i]
	text := s.turns[n].Text
	from, to := s.chosenIn(n)
	from, to = max(from, l.from), min(to, l.to)
	over.Hidden = from >= to
	if over.Hidden {
		return
	}
	x, w := s.folder.measure(text[l.from:from]).Width, s.folder.measure(text[from:to]).Width
	over.FillColor = shade(s, fynetheme.ColorNameSelection)
	over.Move(fyne.NewPos(s.textLeft()+x, s.places[n].top+size(s, theme.GapTiny)+float32(i)*s.folder.lineHeight))
	over.Resize(fyne.NewSize(w, s.folder.lineHeight))
	over.Refresh()
}

// choose chooses the words between two marks.
func (s *sheet) choose(from, to mark) {
	if s.from == from && s.to == to {
		return
	}
	s.from, s.to = from, to
	s.Refresh()
	if s.passage.OnChoose != nil {
		s.passage.OnChoose()
	}
}

// chosenIn is the part of a turn's text that is chosen: whole words, as no one
// quotes half of one.
func (s *sheet) chosenIn(n int) (from, to int) {
	first, last := s.from, s.to
	if last.before(first) {
		first, last = last, first
	}
	if first == last || n < first.turn || n > last.turn {
		return 0, 0
	}
	text := s.turns[n].Text
	to = len(text)
	if n == first.turn {
		from = first.letter
	}
	if n == last.turn {
		to = last.letter
	}
	return wholeWords(text, from, to)
}

// wholeWords grows a part of text to the words that it touches.
func wholeWords(text string, from, to int) (int, int) {
	for from < to {
		r, n := utf8.DecodeRuneInString(text[from:])
		if !unicode.IsSpace(r) {
			break
		}
		from += n
	}
	if from >= to {
		return 0, 0
	}
	for from > 0 && text[from-1] != ' ' {
		from--
	}
	for to < len(text) && text[to] != ' ' && text[to-1] != ' ' {
		to++
	}
	return from, to
}

// chosen are the chosen words, or all of the turn that one is at.
func (s *sheet) chosen() string {
	var parts []string
	for n := range s.turns {
		if from, to := s.chosenIn(n); from < to {
			parts = append(parts, strings.TrimSpace(s.turns[n].Text[from:to]))
		}
	}
	at := s.cursor
	if at < 0 {
		at = s.current
	}
	if len(parts) == 0 && at >= 0 && at < len(s.turns) {
		return s.turns[at].Text
	}
	return strings.Join(parts, " ")
}

// markAt is the place between letters that is nearest to the pointer.
func (s *sheet) markAt(at fyne.Position) mark {
	n := s.turnAt(at.Y)
	place := s.places[n]
	i := int((at.Y - place.top - size(s, theme.GapTiny)) / s.folder.lineHeight)
	l := place.lines[max(0, min(i, len(place.lines)-1))]
	return mark{n, l.from + s.folder.letterAt(s.turns[n].Text[l.from:l.to], at.X-s.textLeft())}
}
