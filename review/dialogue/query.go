package dialogue

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Term is one thing that a turn must hold to be found: a word, words in a
// row, or the beginning of a word.
type Term struct {
	Text   string // as typed, without its quotation marks and the star
	Prefix bool   // the last word may go on
}

// A Query is what a person searches transcripts for. A turn is found when it
// holds every term; case and accents make no difference.
type Query struct{ Terms []Term }

// Empty reports whether there is nothing to search for.
func (q Query) Empty() bool { return len(q.Terms) == 0 }

// longestQuery is how much of what was typed is read, in bytes: more than
// anyone types, less than a search engine chokes on.
const longestQuery = 1000

// quotes open and close words in a row, in the pairs of several languages.
const quotes = "\"„“”«»"

// ParseQuery reads what a person typed. Words in quotation marks are found in
// that row; a star at the end of a word or row finds all that begins so. Every
// other sign parts words and means nothing, and what holds no letter or digit
// is left out: a query of punctuation is empty.
func ParseQuery(typed string) Query {
	typed = strings.ToValidUTF8(clip(typed, longestQuery), " ")
	typed = strings.ReplaceAll(typed, "\x00", " ")
	var q Query
	for typed != "" {
		open := strings.IndexAny(typed, quotes)
		if open < 0 {
			q.words(typed)
			break
		}
		_, mark := utf8.DecodeRuneInString(typed[open:])
		q.words(typed[:open])
		typed = typed[open+mark:]
		row := typed
		if end := strings.IndexAny(typed, quotes); end >= 0 {
			_, mark = utf8.DecodeRuneInString(typed[end:])
			row, typed = typed[:end], typed[end+mark:]
		} else {
			typed = ""
		}
		rest, starred := strings.CutPrefix(typed, "*")
		if starred {
			row, typed = row+"*", rest
		}
		q.add(row)
	}
	return q
}

func (q *Query) words(typed string) {
	for _, word := range strings.Fields(typed) {
		q.add(word)
	}
}

func (q *Query) add(text string) {
	text = strings.Join(strings.Fields(text), " ")
	bare := strings.TrimRight(text, "*")
	if strings.ContainsFunc(bare, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
		q.Terms = append(q.Terms, Term{Text: bare, Prefix: bare != text})
	}
}

// clip shortens text to at most n bytes, between runes.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}
