package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
)

// onScreen reports whether a person at a screen reads what is written there.
func onScreen(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// progress reads a file and tells how far it is, on one line that it writes over.
type progress struct {
	in         io.Reader
	read, size int64 // bytes
	out        io.Writer
	say        func(share float64) string
	shown      string // the line that stands there
}

// watch reads a file for a command that takes long. Where standard error is a
// screen, the text under key tells there how far it is, by its argument "part"; a
// script that asked for JSON is told nothing. After the last read, end takes away
// what was told.
func (s *session) watch(file *os.File, key text.Key) (in io.Reader, end func()) {
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() || s.json || !onScreen(s.errs) {
		return file, func() {}
	}
	p := &progress{in: file, size: info.Size(), out: s.errs, say: func(share float64) string {
		return s.texts.Say(key, review.Args{"part": s.texts.Percent(share)})
	}}
	return p, func() { p.write("") }
}

// Read implements io.Reader.
func (p *progress) Read(into []byte) (int, error) {
	n, err := p.in.Read(into)
	p.read += int64(n)
	share := float64(p.read) / float64(max(p.size, p.read, 1)) // the file may have grown
	if line := p.say(share); line != p.shown {
		p.write(line)
	}
	return n, err
}

// write puts a line over the one that stands there. Blanks and a return are
// understood by every terminal. That it cannot be written is no reason to stop.
func (p *progress) write(line string) {
	rest := max(utf8.RuneCountInString(p.shown)-utf8.RuneCountInString(line), 0)
	_, _ = fmt.Fprintf(p.out, "\r%s%s\r", line, strings.Repeat(" ", rest))
	p.shown = line
}
