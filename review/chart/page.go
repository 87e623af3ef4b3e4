package chart

import "strings"

// A Body is a chart that can be drawn as wide as one likes.
type Body interface {
	Scene(width float64, ruler Ruler) Scene
}

// Page is a chart on a sheet of its own, with what one who is handed the file
// has to know.
type Page struct {
	Title string
	Note  string // below the title: which calls, how many were heard
	Foot  string // below the chart: how to read it
	Body  Body
}

// PageWidth is a good width for a page in a report or on a slide.
const PageWidth = 900.0

const margin = 28.0

// Scene draws the page.
func (p Page) Scene(width float64, ruler Ruler) Scene {
	s := Scene{Width: width, Title: p.Title}
	inner := width - 2*margin
	y := margin
	paragraph := func(text string, size float64, bold bool, color Role) {
		for _, line := range wrap(text, inner, 0, func(t string) float64 { return ruler(t, size, bold) }) {
			y += size * leading
			s.add(Text{X: margin, Y: y - size*0.3, Text: line, Size: size, Bold: bold, Color: color})
		}
	}
	paragraph(p.Title, titleSize, true, Ink)
	paragraph(p.Note, captionSize, false, Muted)
	y += columnGap
	body := p.Body.Scene(inner, ruler)
	s.put(body, margin, y)
	y += body.Height + columnGap
	paragraph(p.Foot, captionSize, false, Muted)
	s.Height = y + margin
	s.Shapes = append([]Shape{Rect{Width: width, Height: s.Height, Fill: Ground}}, s.Shapes...)
	return s
}

const ellipsis = "…"

// wrap breaks a text between words into lines no wider than width, at most
// most of them (0 for any number), of which the last ends in … when more was to
// come. A word that is wider than a line is broken.
func wrap(text string, width float64, most int, wide func(string) float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		for {
			longer := strings.TrimSpace(line + " " + word)
			if wide(longer) <= width {
				line = longer
				break
			}
			if line != "" {
				lines, line = append(lines, line), ""
				continue
			}
			n := fitting(word, width, wide)
			if n == len(word) {
				line = word
				break
			}
			lines, word = append(lines, word[:n]), word[n:]
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	if most > 0 && len(lines) > most {
		last := []rune(strings.Join(lines[most-1:], " "))
		for len(last) > 1 && wide(string(last)+ellipsis) > width {
			last = last[:len(last)-1]
		}
		lines = append(lines[:most-1], strings.TrimSpace(string(last))+ellipsis)
	}
	return lines
}

// fitting is how many bytes of a word fit into width: whole runes, at least
// one.
func fitting(word string, width float64, wide func(string) float64) int {
	n := len(word)
	for i := range word {
		if i > 0 && wide(word[:i]) > width {
			break
		}
		if i > 0 {
			n = i
		}
	}
	if wide(word) <= width {
		return len(word)
	}
	return n
}
