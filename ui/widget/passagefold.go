package widget

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
)

// line is a part of a text, from one byte to another, on one line.
type line struct{ from, to int }

// folder breaks texts into lines. It measures each word once: a call of hours
// has few different words.
type folder struct {
	points     float32
	lineHeight float32
	space      float32
	words      map[string]float32
}

// use sets the size of letters.
func (f *folder) use(points float32) {
	if f.points == points {
		return
	}
	f.points, f.words = points, map[string]float32{}
	gap := f.measure(" ")
	f.space, f.lineHeight = gap.Width, gap.Height
}

func (f *folder) measure(s string) fyne.Size { return fyne.MeasureText(s, f.points, fyne.TextStyle{}) }

func (f *folder) width(word string) float32 {
	width, ok := f.words[word]
	if !ok {
		width = f.measure(word).Width
		f.words[word] = width
	}
	return width
}

// fold breaks text between words into lines of at most width; a word that is
// longer is broken. There is at least one line.
func (f *folder) fold(text string, width float32) []line {
	var lines []line
	start, end, used := 0, 0, float32(0)
	for from := 0; from < len(text); {
		to := wordEnd(text, from)
		room := f.width(text[from:to])
		switch {
		case end > start && used+f.space+room <= width:
			end, used = to, used+f.space+room
		case room <= width:
			if end > start {
				lines = append(lines, line{start, end})
			}
			start, end, used = from, to, room
		default:
			if end > start {
				lines = append(lines, line{start, end})
			}
			for room > width {
				n := from + fitting(text[from:to], width, func(s string) float32 { return f.measure(s).Width })
				if n >= to {
					break
				}
				lines = append(lines, line{from, n})
				from = n
				room = f.measure(text[from:to]).Width
			}
			start, end, used = from, to, room
		}
		for from = to; from < len(text) && text[from] == ' '; from++ {
		}
	}
	return append(lines, line{start, end})
}

func wordEnd(text string, from int) int {
	for to := from; to < len(text); to++ {
		if text[to] == ' ' {
			return to
		}
	}
	return len(text)
}

// letterAt is the byte of a line's text that is nearest to x.
func (f *folder) letterAt(text string, x float32) int {
	before := float32(0)
	for i := 0; i < len(text); {
		_, n := utf8.DecodeRuneInString(text[i:])
		after := f.measure(text[:i+n]).Width
		if x < (before+after)/2 {
			return i
		}
		before, i = after, i+n
	}
	return len(text)
}
