package widget

import "fyne.io/fyne/v2"

// line is a part of a text, from one byte to another, on one line.
type line struct{ from, to int }

// folder breaks texts into lines. It measures each letter once and adds up:
// measuring the words of an hour would take a second. What letters move closer
// together is little, and makes no line too long.
type folder struct {
	points     float32
	lineHeight float32
	letters    map[rune]float32
}

// use sets the size of letters.
func (f *folder) use(points float32) {
	if f.points != points {
		f.points, f.letters = points, map[rune]float32{}
		f.lineHeight = f.measure(" ").Height
	}
}

func (f *folder) measure(s string) fyne.Size { return fyne.MeasureText(s, f.points, fyne.TextStyle{}) }

// width is about how wide a text is.
func (f *folder) width(text string) float32 {
	sum := float32(0)
	for _, r := range text {
		width, ok := f.letters[r]
		if !ok {
			width = f.measure(string(r)).Width
			f.letters[r] = width
		}
		sum += width
	}
	return sum
}

// fold breaks text between words into lines of at most width; a word that is
// longer is broken. There is at least one line.
func (f *folder) fold(text string, width float32) []line {
	var lines []line
	start, end, used, space := 0, 0, float32(0), f.width(" ")
	for from := 0; from < len(text); {
		to := wordEnd(text, from)
		room := f.width(text[from:to])
		switch {
		case end > start && used+space+room <= width:
			end, used = to, used+space+room
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
				n := from + fitting(text[from:to], width, f.width)
				if n >= to {
					break
				}
				lines = append(lines, line{from, n})
				from = n
				room = f.width(text[from:to])
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
	for i, r := range text {
		after := before + f.width(string(r))
		if x < (before+after)/2 {
			return i
		}
		before = after
	}
	return len(text)
}
