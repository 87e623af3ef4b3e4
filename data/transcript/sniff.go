package transcript

import (
	"bufio"
	"bytes"
)

// kind is what a file's first bytes say that it is.
type kind int

const (
	none kind = iota
	vtt
	srt
	object // JSON; which, its keys say
)

// head is how far into a file its kind must show.
const head = 4096

// sniff looks ahead into r.
func sniff(r *bufio.Reader) kind {
	first, _ := r.Peek(head) // what there is, is enough
	first = bytes.TrimPrefix(first, []byte("\ufeff"))
	if rest, ok := bytes.CutPrefix(first, []byte("WEBVTT")); ok && (len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n"), rest[0]) >= 0) {
		return vtt
	}
	first = bytes.TrimSpace(first)
	if bytes.HasPrefix(first, []byte("{")) {
		return object
	}
	lines := bytes.FieldsFunc(first, func(r rune) bool { return r == '\r' || r == '\n' })
	for i, line := range lines[:min(2, len(lines))] {
		line = bytes.TrimSpace(line)
		if _, _, ok := timing(string(line), false); ok {
			return srt
		}
		if i == 0 && !digits(string(line)) {
			return none
		}
	}
	return none
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
