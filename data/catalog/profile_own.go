package catalog

import (
	"cmp"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// BadPart is answered for a part of an example name that is none, or a start
// that cannot be read. Args: field.
const BadPart review.Code = "bad-part"

// starts are the layouts in which a start in a name is recognised.
var starts = func() []string {
	var all []string
	for _, day := range []string{"20060102", "2006-01-02", "2006/01/02", "2006_01_02", "2006.01.02", "02.01.2006", "02-01-2006", "2.1.2006"} {
		for _, between := range []string{"", "T", "-", "_", " ", ".", "/"} {
			for _, clock := range []string{"150405", "15-04-05", "15_04_05", "15:04:05", "15.04.05", "1504", "15-04", "15_04", "15:04", "15.04"} {
				all = append(all, day+between+clock)
			}
		}
	}
	return all
}()

// Pattern makes a profile of one example name by pointing at its parts, and
// returns it in the form that [ProfileOf] reads. An example with a slash is a
// path below the folder that is imported, but the folders matter only if a part
// lies in them. Digits of the example stand for as many as there are, other
// letters for any, and signs for themselves, as far as the last part. It answers
// [BadPart].
func Pattern(example string, points []desk.NamePart) (string, error) {
	name, points := pointedAt(norm.NFC.String(example), points)
	points = slices.SortedFunc(slices.Values(points), func(a, b desk.NamePart) int { return cmp.Compare(a.From, b.From) })
	p := ownProfile{ID: desk.OwnProfile, Name: desk.OwnProfile, Category: "profile.category_own", Fields: []ownRule{{map[string]string{}}}}
	var re strings.Builder
	end := 0
	for i, part := range points {
		if part.From < end || part.To <= part.From || part.To > len(name) || part.Field == "" || len(part.Field) > longestName {
			return "", badPart(part.Field)
		}
		re.WriteString(between(string(name[end:part.From])))
		if err := p.point(&re, groupOf(i), part.Field, string(name[part.From:part.To])); err != nil {
			return "", err
		}
		end = part.To
	}
	if len(points) == 0 {
		return "", badPart("")
	}
	re.WriteString(behind(string(name[end:])))
	p.Recordings = []ownPattern{{`^` + re.String() + `$`, slices.Contains(name, '/')}}
	raw, err := json.Marshal(p)
	return string(raw), err
}

func groupOf(i int) string { return "part" + string(rune('a'+i%26)) + strings.Repeat("x", i/26) }

// An ownProfile is what of a [Profile] an example tells.
type ownProfile struct {
	ID         string       `json:"id"`
	Name       string       `json:"name"`
	Category   string       `json:"category"`
	Recordings []ownPattern `json:"recordings"`
	Start      []ownStart   `json:"start,omitempty"`
	Fields     []ownRule    `json:"fields"`
}

type ownPattern struct {
	Pattern string `json:"pattern"`
	Path    bool   `json:"path"`
}

type ownStart struct {
	Text   string `json:"text"`
	Layout string `json:"layout"`
	Zone   string `json:"zone"`
	Rough  bool   `json:"rough"`
}

type ownRule struct {
	Set map[string]string `json:"set"`
}

// point adds the part that has been pointed at. A start has the shape of the
// example; every other part is as long as it must be.
func (p *ownProfile) point(re *strings.Builder, group, field, text string) error {
	open := `(?P<` + group + `>`
	if field != "start" {
		p.Fields[0].Set[field] = "{" + group + "}"
		re.WriteString(open + `.+?)`)
		return nil
	}
	start, err := startLike(text)
	if err != nil {
		return err
	}
	start.Text = "{" + group + "}"
	p.Start = append(p.Start, start)
	re.WriteString(open + shape(text) + `)`)
	return nil
}

// startLike finds the layout of a start.
func startLike(text string) (ownStart, error) {
	if _, ok := parseUnix(text); ok {
		return ownStart{Zone: "utc"}, nil
	}
	if start, ok := laidOut(text); ok {
		return start, nil
	}
	if _, err := parseStart(text, time.UTC); err != nil {
		return ownStart{}, badPart("start")
	}
	return ownStart{Zone: "local"}, nil
}

// laidOut finds the layout of a date and time, or of a day alone.
func laidOut(text string) (start ownStart, ok bool) {
	for _, layout := range starts {
		if t, err := time.Parse(layout, text); err == nil && plausible(t) {
			return ownStart{Layout: layout, Zone: "local"}, true
		}
	}
	for _, layout := range []string{"20060102", "2006-01-02", "02.01.2006"} {
		if t, err := time.Parse(layout, text); err == nil && plausible(t) {
			return ownStart{Layout: layout, Zone: "local", Rough: true}, true
		}
	}
	return ownStart{}, false
}

func plausible(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }

var letters = lazily(`[\p{L}\p{M}\p{N}]+`)

// between matches what stands between parts: signs as they are, words as any.
func between(text string) string {
	return replaceRest(text, func(word string) string {
		if digits(word) {
			return `\d+`
		}
		return `.*?`
	})
}

// behind matches what stands behind the last part: its first signs, then anything,
// and some extension where the example has one.
func behind(rest string) string {
	extension := path.Ext(rest)
	if len(extension) < 2 {
		extension = ""
	}
	re := ""
	if rest = strings.TrimSuffix(rest, extension); rest != "" {
		signs := rest
		if at := letters().FindStringIndex(rest); at != nil {
			signs = rest[:at[0]]
		}
		re = regexp.QuoteMeta(signs) + `.*`
	}
	if extension != "" {
		re += `\.[^./]+`
	}
	return re
}

// shape matches texts with digits and letters where the example has them.
func shape(text string) string {
	var re strings.Builder
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			re.WriteString(`\d`)
		case unicode.IsLetter(r):
			re.WriteString(`\pL`)
		default:
			re.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	return re.String()
}

// replaceRest quotes a text but for its words, which are replaced.
func replaceRest(text string, word func(string) string) string {
	var re strings.Builder
	end := 0
	for _, at := range letters().FindAllStringIndex(text, -1) {
		re.WriteString(regexp.QuoteMeta(text[end:at[0]]) + word(text[at[0]:at[1]]))
		end = at[1]
	}
	return re.String() + regexp.QuoteMeta(text[end:])
}
