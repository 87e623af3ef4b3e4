package review

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxUID is the longest source's call id that becomes a uid, in bytes: with a
// drawn seed of 20 digits a key is one block of SHA-256.
const MaxUID = 64

// UID answers the id that a call is known by for ever. It is the source's own
// call id if that holds no name or number; else 26 lower-case base32
// characters of SHA-256 over the library's salt, the source and the path
// within it, parted by NUL: the same file has the same uid in one library, and
// says nothing in another.
func UID(callID string, names []Private, salt, source, path string) string {
	if shareable(callID, names) {
		return callID
	}
	sum := sha256.Sum256([]byte(salt + "\x00" + source + "\x00" + path))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:26]
}

// shareable reports whether a call id may be shown to anyone: it is printable,
// not too long, and holds none of the names and numbers of its call, nor
// anything that looks like a telephone number or an e-mail address.
func shareable(id string, names []Private) bool {
	if id == "" || len(id) > MaxUID || !utf8.ValidString(id) || strings.TrimSpace(id) != id {
		return false
	}
	if strings.ContainsFunc(id, func(r rune) bool { return !unicode.IsGraphic(r) }) {
		return false
	}
	if strings.ContainsAny(id, "@") || strings.HasPrefix(id, "+") || Forgotten(id) {
		return false
	}
	for _, name := range names {
		if holds(id, name.Open()) {
			return false
		}
	}
	return true
}

// holds reports whether id contains a word of the name, of three letters or
// more, or the last seven digits of the number: enough to dial or recognise.
func holds(id, name string) bool {
	folded := strings.ToLower(id)
	for word := range strings.FieldsFuncSeq(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if utf8.RuneCountInString(word) >= 3 && strings.Contains(folded, word) {
			return true
		}
	}
	number := digits(name)
	if len(number) < 5 {
		return number != "" && number == id
	}
	return strings.Contains(digits(id), number[max(0, len(number)-7):])
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
