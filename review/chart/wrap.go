package chart

import (
	"slices"
	"strings"
)

const ellipsis = "…"

// wrap breaks a text between words into lines no wider than width, at most
// most of them (0 for any number), of which the last ends in … when more was to
// come. A word that is wider than a line is broken where a syllable ends.
func wrap(text string, width float64, most int, wide func(string) float64) []string {
	var lines, said []string // said is what stands on each, with the space after it
	line := ""
	end := func() {
		if line != "" {
			lines, said, line = append(lines, line), append(said, line+" "), ""
		}
	}
	for _, word := range strings.Fields(text) {
		if longer := strings.TrimSpace(line + " " + word); wide(longer) <= width {
			line = longer
			continue
		}
		end()
		head, rest := Hyphenate(word, width, wide)
		for rest != "" {
			lines, said = append(lines, head), append(said, strings.TrimSuffix(word, rest))
			word = rest
			head, rest = Hyphenate(word, width, wide)
		}
		line = head
	}
	end()
	if most > 0 && len(lines) > most {
		last := []rune(strings.Join(said[most-1:], ""))
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

// Hyphenate breaks a word so that its head with a hyphen fits into width: after
// a hyphen of its own, or else where a syllable ends. A word without such a
// place is broken anywhere, and of one that fits there is no rest. The wide of a
// text is its width, in the unit of width.
func Hyphenate(word string, width float64, wide func(string) float64) (head, rest string) {
	if wide(word) <= width {
		return word, ""
	}
	letters := []rune(word)
	for i := len(letters) - 2; i >= 2; i-- {
		head, hyphen := string(letters[:i]), "-"
		switch {
		case letters[i-1] == '-' || letters[i-1] == '/':
			hyphen = ""
		case !syllable(letters, i):
			continue
		}
		if wide(head+hyphen) <= width {
			return head + hyphen, string(letters[i:])
		}
	}
	n := fitting(word, width, wide)
	return word[:n], word[n:]
}

// syllable reports whether a syllable may begin at letter i of a word: at the
// last consonant before a vowel, of which some go together (“Ver-trag”,
// “Ma-schine”), after a head with a vowel of its own. It is the rule of German
// and near enough to that of English, without a list of either's exceptions.
func syllable(letters []rune, i int) bool {
	lower := []rune(strings.ToLower(string(letters)))
	if len(lower) != len(letters) || !slices.ContainsFunc(lower[:i], vowel) || !plainLetter(lower[i-1]) {
		return false
	}
	next := i // vowel
	for next < len(lower) && !vowel(lower[next]) {
		next++
	}
	if next == i || next == len(lower) {
		return false
	}
	begin := next - 1
	for n := min(longestOnset, next); n > 1; n-- {
		if together[string(lower[next-n:next])] {
			begin = next - n
			break
		}
	}
	return i == begin
}

// together are consonants that no line parts.
var together = func() map[string]bool {
	all := map[string]bool{}
	for _, s := range strings.Fields("ch ck ph th sh sch schr schl bl br cl cr dr fl fr gl gr kl kr pl pr tr") {
		all[s] = true
	}
	return all
}()

const longestOnset = 4 // letters

func vowel(r rune) bool { return strings.ContainsRune("aeiouyäöüáàâéèêíóôúœæ", r) }

// plainLetter is false of a digit or sign, at which no syllable ends.
func plainLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'ß' }
