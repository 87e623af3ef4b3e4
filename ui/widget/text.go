package widget

import (
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/ui/theme"
)

// A Fit says what a [Text] does when it is wider than its place.
type Fit int

// The ways to fit.
const (
	Whole Fit = iota // asks for its whole width, on one line
	Cut              // one line that ends in … where the place ends
	Wrap             // as many lines as it needs, at most Look.Lines
)

// ellipsis ends what was cut.
const ellipsis = "…"

// A Look is how a [Text] is set. The zero Look is the theme's ordinary text,
// whole, in ink.
type Look struct {
	Color fyne.ThemeColorName // "" is theme.Ink
	Size  fyne.ThemeSizeName  // "" is theme.Text
	Bold  bool
	Mono  bool
	Align fyne.TextAlign
	Fit   Fit
	Lines int // for Wrap: how many lines at most; 0 is any number
}

// Text is a line or paragraph without the margin that Fyne's label has. With
// Cut or Wrap it can be made as narrow as its place: a word that is longer
// than a line is broken.
type Text struct {
	widget.BaseWidget
	text  string
	look  Look
	lines []*canvas.Text
	laid  float32 // the width that lines were made for
}

// NewText returns a text that looks like look.
func NewText(text string, look Look) *Text {
	t := &Text{text: text, look: look}
	t.ExtendBaseWidget(t)
	return t
}

// SetText shows another text.
func (t *Text) SetText(text string) {
	if t.text != text {
		t.text = text
		t.Refresh()
	}
}

// Text returns the whole text, also what was cut.
func (t *Text) Text() string { return t.text }

// SetLook sets the text in another way.
func (t *Text) SetLook(look Look) {
	if t.look != look {
		t.look = look
		t.Refresh()
	}
}

// Shown returns the lines as they stand on the screen.
func (t *Text) Shown() []string {
	shown := make([]string, len(t.lines))
	for i, line := range t.lines {
		shown[i] = line.Text
	}
	return shown
}

// CreateRenderer is for Fyne.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	s := &sketch{owner: t, least: t.least}
	s.paint = func() { s.objects = t.set(t.Size().Width) }
	s.place = func(at fyne.Size) {
		if at.Width != t.laid {
			before := len(t.lines)
			s.objects = t.set(at.Width)
			if len(t.lines) != before { // the height asked for has changed
				canvas.Refresh(t)
			}
		}
		t.stack(at)
	}
	s.paint()
	return s
}

func (t *Text) style() fyne.TextStyle {
	return fyne.TextStyle{Bold: t.look.Bold, Monospace: t.look.Mono}
}

func (t *Text) points() float32 { return size(t, or(t.look.Size, theme.Text)) }

func (t *Text) measure(s string) fyne.Size { return fyne.MeasureText(s, t.points(), t.style()) }

func (t *Text) least() fyne.Size {
	line := t.measure(t.text)
	if t.look.Fit == Whole {
		return line
	}
	narrow := min(line.Width, t.measure(ellipsis).Width)
	return fyne.NewSize(narrow, line.Height*float32(max(1, len(t.lines))))
}

// set makes the lines for width and returns them as objects.
func (t *Text) set(width float32) []fyne.CanvasObject {
	t.laid = width
	texts := []string{t.text}
	wide := func(s string) float32 { return t.measure(s).Width }
	if width > 0 && t.look.Fit != Whole {
		most := 1
		if t.look.Fit == Wrap {
			most = t.look.Lines
		}
		texts = fold(t.text, width, most, wide)
	}
	t.lines = slices.Grow(t.lines[:0], len(texts))[:0]
	objects := make([]fyne.CanvasObject, 0, len(texts))
	for _, text := range texts {
		line := canvas.NewText(text, shade(t, or(t.look.Color, theme.Ink)))
		line.TextSize, line.TextStyle, line.Alignment = t.points(), t.style(), t.look.Align
		t.lines = append(t.lines, line)
		objects = append(objects, line)
	}
	return objects
}

func (t *Text) stack(at fyne.Size) {
	height := t.measure(t.text).Height
	top := max(0, (at.Height-height*float32(len(t.lines)))/2)
	if t.look.Fit == Wrap {
		top = 0
	}
	for i, line := range t.lines {
		line.Move(fyne.NewPos(0, top+float32(i)*height))
		line.Resize(fyne.NewSize(at.Width, height))
	}
}

// fold breaks text into lines no wider than width, between words where it can, or
// else where a syllable ends. With most above 0, the last of most lines ends in …
// when more was to come.
func fold(text string, width float32, most int, wide func(string) float32) []string {
	var lines []string
	rest := strings.TrimSpace(text)
	for rest != "" {
		if len(lines) == most-1 && most > 0 {
			return append(lines, cut(rest, width, wide))
		}
		n := fitting(rest, width, wide)
		if n < len(rest) {
			space := strings.LastIndexByte(rest[:n+1], ' ')
			if head, tail, ok := hyphenate(rest, width, wide); space <= 0 && ok {
				lines, rest = append(lines, head), tail
				continue
			}
			if space > 0 {
				n = space
			}
		}
		lines = append(lines, strings.TrimSpace(rest[:n]))
		rest = strings.TrimSpace(rest[n:])
	}
	if lines == nil {
		return []string{""}
	}
	return lines
}

// hyphenate breaks the first word of text where a syllable ends; ok is false where
// none does within width. A digest, a path or another sign of which each letter
// counts has no syllables.
func hyphenate(text string, width float32, wide func(string) float32) (head, tail string, ok bool) {
	word, after, _ := strings.Cut(text, " ")
	if strings.ContainsFunc(word, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(`/\_:@`, r) }) {
		return "", "", false
	}
	head, tail = chart.Hyphenate(word, float64(width), func(s string) float64 { return float64(wide(s)) })
	return head, strings.TrimSpace(tail + " " + after), tail != "" && strings.HasSuffix(head, "-")
}

// cut shortens text to width, with … where something is missing.
func cut(text string, width float32, wide func(string) float32) string {
	if wide(text) <= width {
		return text
	}
	n := fitting(text, width-wide(ellipsis), wide)
	return strings.TrimSpace(text[:n]) + ellipsis
}

// fitting returns how many bytes of text fit into width: whole runes, at least
// one.
func fitting(text string, width float32, wide func(string) float32) int {
	ends := make([]int, 0, len(text))
	for i := range text {
		if i > 0 {
			ends = append(ends, i)
		}
	}
	ends = append(ends, len(text))
	n, _ := slices.BinarySearchFunc(ends, width, func(end int, width float32) int {
		if wide(text[:end]) <= width {
			return -1
		}
		return 1
	})
	return ends[max(0, n-1)]
}

// or returns name, or otherwise when it is empty.
func or[N ~string](name, otherwise N) N {
	if name == "" {
		return otherwise
	}
	return name
}
