package transcript

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// mostLine is how much of a line is read; no one says more in one cue.
const mostLine = 1 << 20

// lines reads lines that end in LF, CR LF or CR, and counts them.
type lines struct {
	r    *bufio.Reader
	n    int // of the line that was read last, from 1
	line []byte
}

// next reads a line. Letters that are not UTF-8 are read as Windows-1252, which
// is what older tools write.
func (l *lines) next() (string, error) {
	l.line = l.line[:0]
	for {
		b, err := l.r.ReadByte()
		if err != nil && (len(l.line) == 0 || !errors.Is(err, io.EOF)) {
			return "", err
		}
		if err == nil && b != '\n' && b != '\r' {
			if len(l.line) < mostLine {
				l.line = append(l.line, b)
			}
			continue
		}
		if b == '\r' {
			if after, _ := l.r.Peek(1); len(after) > 0 && after[0] == '\n' {
				_, _ = l.r.Discard(1) // it was just seen
			}
		}
		l.n++
		if utf8.Valid(l.line) {
			return string(l.line), nil
		}
		text, err := charmap.Windows1252.NewDecoder().Bytes(l.line)
		return string(text), err
	}
}

// cues reads the cues of WebVTT and SubRip, which differ in what may stand
// between them and in the sign before the milliseconds.
type cues struct {
	lines *lines
	sink  *sink
	vtt   bool

	open        bool // a cue's time was read, its words are next
	refused     bool // a cue's time could not be read, its words are next
	aside       bool // this is a block of WebVTT that is no cue
	at, until   time.Duration
	words       []string
	strayLine   int // of the first line that stands before a time
	strayNumber bool
}

func readCues(r *bufio.Reader, s *sink, isVTT bool) error {
	c := &cues{lines: &lines{r: r}, sink: s, vtt: isVTT, aside: isVTT} // WebVTT begins with its header
	for {
		line, err := c.lines.next()
		if errors.Is(err, io.EOF) {
			c.end()
			return nil
		}
		if err != nil {
			return err
		}
		c.take(strings.TrimPrefix(line, "\ufeff"))
	}
}

func (c *cues) take(line string) {
	switch {
	case strings.TrimSpace(line) == "":
		c.end()
	case c.aside:
	case strings.Contains(line, "-->"):
		c.begin(line)
	case c.open:
		c.words = append(c.words, line)
	case c.refused:
	case c.vtt && aside(line):
		c.aside = true
	case c.strayLine == 0:
		c.strayLine, c.strayNumber = c.lines.n, digits(strings.TrimSpace(line))
	}
}

// aside reports whether a line begins a block of WebVTT that is no cue.
func aside(line string) bool {
	for _, name := range []string{"NOTE", "STYLE", "REGION"} {
		if rest, ok := strings.CutPrefix(line, name); ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t') {
			return true
		}
	}
	return false
}

// begin reads a cue's time. A cue that is still open ends: some writers leave
// out the empty line, and then its last line is the number of the next.
func (c *cues) begin(line string) {
	if last := len(c.words) - 1; c.open && !c.vtt && last >= 0 && digits(strings.TrimSpace(c.words[last])) {
		c.words = c.words[:last]
	}
	c.strayLine = 0
	c.end()
	at, until, ok := timing(line, c.vtt)
	if !ok {
		c.sink.bad(c.lines.n, BadCue)
		c.refused = true
		return
	}
	c.open, c.at, c.until = true, at, until
}

// end hands on the cue that is open.
func (c *cues) end() {
	switch {
	case c.open:
		c.sink.cue(c.at, c.until, strings.Join(c.words, "\n"), c.vtt)
	case c.strayLine > 0 && !c.vtt && !c.strayNumber:
		c.sink.bad(c.strayLine, BadCue)
	}
	c.open, c.refused, c.aside, c.strayLine, c.words = false, false, false, 0, c.words[:0]
}

// timing reads "from --> to", behind which settings may stand.
func timing(line string, isVTT bool) (at, until time.Duration, ok bool) {
	from, rest, found := strings.Cut(line, "-->")
	to, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(rest), "\t", " "), " ")
	at, ok1 := stamp(strings.TrimSpace(from), isVTT)
	until, ok2 := stamp(to, isVTT)
	return at, until, found && ok1 && ok2 && until >= at
}

// stamp reads h:mm:ss.mmm, where the hours may be left out and SubRip has a
// comma; SubRip's writers also leave out the milliseconds.
func stamp(s string, isVTT bool) (time.Duration, bool) {
	whole, milli, found := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	if found != (milli != "") || isVTT && len(milli) != 3 || len(milli) > 3 || milli != "" && !digits(milli) {
		return 0, false
	}
	parts := strings.Split(whole, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	var total int64
	for i, part := range parts {
		hours := i == 0 && len(parts) == 3
		n, err := strconv.ParseInt(part, 10, 64)
		if !digits(part) || err != nil || len(part) > 4 || !hours && (len(part) > 2 || n > 59) {
			return 0, false
		}
		total = total*60 + n
	}
	ms, _ := strconv.ParseInt((milli + "000")[:3], 10, 64) // digits, or none
	return time.Duration(total)*time.Second + time.Duration(ms)*time.Millisecond, true
}
