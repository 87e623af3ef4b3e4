package review

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Mask hides the people of a call in what was said: their names, word by word,
// and their numbers.
type Mask struct {
	words  map[string]bool // of names, lower case
	number map[string]bool // last digits
}

// Masked stands in a text for what a mask hides.
const Masked = "[" + Hidden + "]"

// The shortest parts of names and numbers that tell who it is.
const (
	leastLetters = 3
	leastDigits  = 7
)

// NewMask returns the mask of some names and numbers.
func NewMask(names ...Private) Mask {
	m := Mask{map[string]bool{}, map[string]bool{}}
	for _, name := range names {
		for word := range strings.FieldsFuncSeq(strings.ToLower(name.value), func(r rune) bool { return !unicode.IsLetter(r) }) {
			if utf8.RuneCountInString(word) >= leastLetters {
				m.words[word] = true
			}
		}
		if number := digits(name.value); len(number) >= leastDigits {
			m.number[number[len(number)-leastDigits:]] = true
		}
	}
	return m
}

// Hide answers text with what the mask hides as "[hidden]". A word that is a name
// and an ordinary word too, such as Will, is hidden only where it begins with a
// capital, unless the whole text has none.
func (m Mask) Hide(text string) string {
	if len(m.words)+len(m.number) == 0 || text == "" {
		return text
	}
	anyCase := text == strings.ToLower(text)
	var b strings.Builder
	for len(text) > 0 {
		n, kind := token(text)
		part := text[:n]
		switch {
		case kind == letters && m.words[strings.ToLower(part)] && (anyCase || part != strings.ToLower(part)),
			kind == figures && m.holds(digits(part)):
			b.WriteString(Masked)
		default:
			b.WriteString(part)
		}
		text = text[n:]
	}
	return b.String()
}

func (m Mask) holds(number string) bool {
	return len(number) >= leastDigits && m.number[number[len(number)-leastDigits:]]
}

type tokenKind int

const (
	between tokenKind = iota
	letters
	figures
)

// token is the first run of letters, of figures with what may part those of a
// number, or of neither: how long it is in bytes, and which.
func token(text string) (n int, kind tokenKind) {
	kindOf := func(r rune) tokenKind {
		switch {
		case unicode.IsLetter(r):
			return letters
		case '0' <= r && r <= '9' || r == '+':
			return figures
		}
		return between
	}
	end := 0
	for i := 0; i < len(text); {
		r, width := utf8.DecodeRuneInString(text[i:])
		switch k := kindOf(r); {
		case i == 0:
			kind = k
		case k == kind:
		case kind == figures && strings.ContainsRune(" -/().", r): // may part two figures, or follow the last
			i += width
			continue
		default:
			return end, kind
		}
		i += width
		end = i
	}
	return end, kind
}
