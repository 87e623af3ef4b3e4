package catalog

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

var _ desk.Names = (*Catalog)(nil)

// Pattern does what desk.Names asks; see [Pattern].
func (c *Catalog) Pattern(example string, parts []desk.NamePart) (string, error) {
	return Pattern(example, parts)
}

// ProfileName does what desk.Names asks.
func (c *Catalog) ProfileName(profile string) string {
	p, err := ProfileOf(profile)
	if p == nil || err != nil {
		return profile
	}
	return p.Name
}

// mostWords is how many words a start or an id goes over: 2026-11-10_09-42-00 has
// six.
const mostWords = 6

// NameParts does what desk.Names asks: it cuts a name at its signs, but leaves
// whole what looks like a start or like the id of a call. The ending is no part.
func (c *Catalog) NameParts(example string) (name string, parts []desk.NamePart) {
	name = norm.NFC.String(example)
	words := letters().FindAllStringIndex(strings.TrimSuffix(name, endingOf(name)), -1)
	known := map[desk.Meaning]bool{}
	place := func(at int) int { return utf8.RuneCountInString(name[:at]) }
	for i := 0; i < len(words); {
		n, means := 1, desk.Meaning("")
		for more := min(mostWords, len(words)-i); more > 0; more-- {
			if looks := looksLike(name[words[i][0]:words[i+more-1][1]]); looks != "" && !known[looks] {
				n, means, known[looks] = more, looks, true
				break
			}
		}
		parts = append(parts, desk.NamePart{Field: string(means), From: place(words[i][0]), To: place(words[i+n-1][1])})
		i += n
	}
	return name, parts
}

// looksLike is what a stretch of a name can only mean, "" where it can be much.
func looksLike(text string) desk.Meaning {
	if _, ok := laidOut(text); ok {
		return desk.MeansStart
	}
	if wholeID().MatchString(text) {
		return desk.MeansCall
	}
	return ""
}

// wholeID is a UUID, or an instant and a number as Asterisk makes them.
var wholeID = lazily(`^(?:[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|\d{9,11}\.\d+)$`)

// endingOf is the extension of a name, with its point; "" for a point that ends it.
func endingOf(name string) string {
	if at := strings.LastIndexByte(name, '.'); at >= 0 && at+1 < len(name) && !strings.Contains(name[at:], "/") {
		return name[at:]
	}
	return ""
}

// pointedAt is the part of an example that its points are about: the whole path
// if one lies in a folder, else the file's name, with the points within that.
func pointedAt(example string, points []desk.NamePart) ([]rune, []desk.NamePart) {
	folders := utf8.RuneCountInString(example[:strings.LastIndexByte(example, '/')+1])
	within := make([]desk.NamePart, len(points))
	for i, part := range points {
		if part.From < folders {
			return []rune(example), points
		}
		within[i] = desk.NamePart{Field: part.Field, From: part.From - folders, To: part.To - folders}
	}
	return []rune(example)[folders:], within
}

// badPart says which field is pointed at nowhere.
func badPart(field string) error { return review.Fail(BadPart, review.Args{"field": field}) }
