package codebook

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// MostNear is how many near names are worth showing while somebody types.
const MostNear = 3

// A Name is a name and what it belongs to.
type Name struct{ ID, Text string }

// Near answers the names that look like name under another wording, nearest
// first and at most [MostNear], each id once. The same name is not near: it is
// the same issue anyway.
func Near(name string, names []Name) []Name {
	type near struct {
		Name
		alike float64
	}
	typed := readName(name)
	var found []near
	for _, other := range names {
		if strings.EqualFold(other.Text, name) {
			continue
		}
		if alike := typed.alike(readName(other.Text)); alike > 0 {
			found = append(found, near{other, alike})
		}
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(b.alike, a.alike) })
	var best []Name
	for _, n := range found {
		seen := slices.ContainsFunc(best, func(b Name) bool { return b.ID == n.ID })
		if !seen && len(best) < MostNear {
			best = append(best, n.Name)
		}
	}
	return best
}

// The likeness from which two names are near. Where one name says everything
// that the other does and more, less is needed than where each says something
// that the other does not: "goes to the old address" is not "goes to the new
// address".
const (
	nearWithin = .6
	nearBeside = .87
	nearAlone  = .85 // of names of which only one word is shared
)

// alike is how alike two names are, up to 1, or 0 when they are not near. It is
// the part of their letters that stand in words which both have (Dice's
// coefficient by letters, so that a long word counts for more than a short
// one).
func (n words) alike(m words) float64 { return max(n.likeness(m), m.likeness(n)) }

// likeness is alike as seen from n's words, of which the first may take what a
// later one would have fitted better.
func (n words) likeness(m words) float64 {
	if n.denies != m.denies || !slices.Equal(n.numbers, m.numbers) {
		return 0
	}
	mine, theirs, shared := n.shared(m)
	all := n.letters() + m.letters()
	if all == 0 || shared == 0 {
		return 0
	}
	alike := float64(mine+theirs) / float64(all)
	least := nearWithin
	switch {
	case mine < n.letters() && theirs < m.letters():
		least = nearBeside
	case shared < 2:
		least = nearAlone
	}
	if alike < least {
		return 0
	}
	return alike
}

// shared answers how many letters of n and of m stand in words that both have,
// and how many words those are. A long word may hold several of the other
// name's, as German compounds do.
func (n words) shared(m words) (mine, theirs, count int) {
	used := make([]int, len(m.words)) // letters of m's words that are spoken for
	for _, a := range n.words {
		best := -1
		for j, b := range m.words {
			if used[j] == 0 && sameWord(a, b) {
				best = j
				break
			}
		}
		if best >= 0 {
			used[best] = len(m.words[best])
			mine, count = mine+len(a), count+1
			continue
		}
		if got := compound(a, m.words, used); got > 0 {
			mine, count = mine+got, count+1
		}
	}
	for _, letters := range used {
		theirs += letters
	}
	return mine, theirs, count
}

// compound finds a as a part of one of words, or words as parts of a, marks
// what it used of them and answers how many letters of a that explains.
func compound(a string, words []string, used []int) int {
	got := 0
	for j, b := range words {
		switch free := len(b) - used[j]; {
		case free >= len(a) && holds(b, a):
			used[j] += len(a)
			if len(b)-used[j] <= joint {
				used[j] = len(b)
			}
			return len(a)
		case used[j] == 0 && len(a)-got >= len(b) && holds(a, b):
			used[j] = len(b)
			got += len(b)
		}
	}
	if got > 0 && len(a)-got <= joint {
		got = len(a)
	}
	return got
}

// joint is how many letters a compound may have between and after its parts:
// "Rechnung-s-adresse".
const joint = 2

// holds reports whether part begins or ends the compound whole.
func holds(whole, part string) bool {
	return len(part) >= 4 && (strings.HasPrefix(whole, part) || strings.HasSuffix(whole, part))
}

// words is a name as it is compared.
type words struct {
	words   []string // without those that say little
	numbers []string // which must be the same: error 503 is not error 504
	denies  bool     // it says not, no or without
}

func (n words) letters() int {
	sum := 0
	for _, w := range n.words {
		sum += len(w)
	}
	return sum
}

// readName parts a name into words of plain small letters.
func readName(name string) words {
	var n words
	for _, w := range strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' }) {
		w = strings.NewReplacer("'", "", "’", "").Replace(w)
		switch {
		case denials[w]:
			n.denies = true
		case fillers[w] || w == "":
		case strings.ContainsFunc(w, unicode.IsDigit):
			n.numbers = append(n.numbers, w)
		default:
			n.words = append(n.words, plain(w))
		}
	}
	slices.Sort(n.numbers)
	return n
}

var (
	denials = set(`no not never none without cannot cant dont doesnt didnt isnt wont wasnt nicht kein keine keinen keiner nie ohne`)
	fillers = set(`a an the to of in on at for from by with and or is are was were be been it its my our your their this that
		der die das dem den des ein eine einen einem einer eines zu zum zur im in am an auf aus bei für mit von vom und oder ist sind
		war wird werden wurde sich es ihr ihre mein meine`)
)

func set(list string) map[string]bool {
	all := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		all[w] = true
	}
	return all
}

// plain folds what people write in several ways: letters with marks, umlauts
// as two letters, and doubled letters, which are the most common slip.
func plain(word string) string {
	word = umlauts.Replace(strings.Map(fold, word))
	var b strings.Builder
	var last rune
	for _, r := range word {
		if r != last {
			b.WriteRune(r)
		}
		last = r
	}
	return b.String()
}

var umlauts = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u", "ß", "ss", "æ", "a", "œ", "o")

// fold gives a Latin letter without its mark; combining marks fall away.
func fold(r rune) rune {
	if unicode.Is(unicode.Mn, r) {
		return -1
	}
	for _, group := range marked {
		if strings.ContainsRune(group[1:], r) {
			return rune(group[0])
		}
	}
	return r
}

var marked = []string{
	"aàáâãäåāăą", "cçćĉċč", "dďđ", "eèéêëēĕėęě", "gĝğġģ", "iìíîïĩīĭįı", "lĺļľł", "nñńņň", "oòóôõöøōŏő",
	"rŕŗř", "sśŝşš", "tţťŧ", "uùúûüũūŭůűų", "yýÿŷ", "zźżž",
}

// sameWord reports whether two plain words are one: the same but for an ending
// or, in longer words, a slip of the hand.
func sameWord(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a == b {
		return true
	}
	if len(a) >= 2 && strings.HasPrefix(b, a) && slices.Contains(endings, b[len(a):]) || stem(a) == stem(b) {
		return true
	}
	slips := 0
	switch {
	case len(b) > longest:
	case len(a) >= 8:
		slips = 2
	case len(a) >= 5:
		slips = 1
	}
	return slips > 0 && len(b)-len(a) <= slips && distance(a, b) <= slips
}

// endings are those of English and German words, long ones first.
var endings = strings.Fields(`ungen ing ung es en er ed em s e n d r t`)

// stem takes the ending from a word of which enough is left.
func stem(word string) string {
	for _, ending := range endings {
		if rest, ok := strings.CutSuffix(word, ending); ok && len(rest) >= 4 {
			return rest
		}
	}
	return word
}

// longest is the longest word, in bytes, that slips are looked for in.
const longest = 50

// distance is how many letters must be put in, taken out, changed or swapped
// with their neighbour to get from a to b (optimal string alignment).
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			changed := last[j-1]
			if a[i-1] != b[j-1] {
				changed++
			}
			row[j] = min(changed, last[j]+1, row[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
