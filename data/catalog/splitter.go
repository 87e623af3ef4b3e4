package catalog

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/earshot-app/earshot/review"
)

const (
	// tallest is how many lines one row may go over. One that takes more has
	// lost a quotation mark.
	tallest = 100
	// longestLine is how many bytes a line may have. A longer one is no line of a
	// table, and is not kept in memory.
	longestLine = 1 << 20
)

// A splitter cuts a table into rows of cells. It reads as encoding/csv does
// with lazy quotes, since some exports do not escape them, but a quotation mark
// that is never closed costs one line and not all that follow.
type splitter struct {
	in    *bufio.Reader
	comma byte
	latin bool // lines that are no UTF-8 are Windows-1252
	width int  // cells of a whole row, 0 while that is not known

	many  bool // lines hold letters beyond ASCII in UTF-8
	line  int  // the last that was read
	ahead []string
	cells []string
}

// A rowText is a row as it stands in the table.
type rowText struct {
	cells []string // until the next is read
	line  int      // its first, from 1
	bad   review.Code
}

// next reads a row; bad says why it has no cells. It answers io.EOF behind the
// last.
func (s *splitter) next() (rowText, error) {
	text, err := s.physical()
	if err != nil {
		return rowText{}, err
	}
	row := rowText{line: s.line - len(s.ahead)}
	if text, row.bad = s.letters(text); row.bad != "" {
		return row, nil
	}
	if strings.IndexByte(text, '"') < 0 {
		row.cells = s.plain(text)
		return row, nil
	}
	if s.quoted(text) {
		if !s.fits() && !(s.loose(text) && s.fits()) {
			_ = s.quoted(text) // as it was
		}
		row.cells = s.cells
		return row, nil
	}
	row.cells, row.bad, err = s.tall(text)
	return row, err
}

// fits reports whether the row has the cells of a whole one.
func (s *splitter) fits() bool { return s.width == 0 || len(trimRight(s.cells, s.width)) == s.width }

// letters makes UTF-8 of a line, or says that it is none.
func (s *splitter) letters(text string) (string, review.Code) {
	switch {
	case len(text) > longestLine:
		return "", LongLine
	case isASCII(text):
	case utf8.ValidString(text):
		s.many = true
	case s.latin || !s.many:
		s.latin = true
		return latin(text), ""
	default:
		return "", BadText
	}
	return text, ""
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// tall reads a row of several lines. Where it does not come out right, its
// first line has lost a quotation mark, and the others are rows.
func (s *splitter) tall(first string) ([]string, review.Code, error) {
	if s.loose(first) && s.fits() {
		return s.cells, "", nil
	}
	text, more := first, 0
	for more < tallest {
		line, err := s.peek(more)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, "", err
		}
		more++
		line, bad := s.letters(line)
		if bad != "" || len(text)+len(line) > longestLine {
			break
		}
		if text += "\n" + line; !s.mayClose(line) || !s.quoted(text) {
			continue
		}
		if !s.fits() {
			break
		}
		s.ahead = s.ahead[more:]
		return s.cells, "", nil
	}
	return nil, OpenQuote, nil
}

// loose cuts a line as spreadsheets do, where a cell goes on behind its closing
// quotation mark: "Jo" <5550100>. It answers false for one that has another mark
// there, or is not closed.
func (s *splitter) loose(text string) bool {
	s.cells = s.cells[:0]
	for more := true; more; {
		cell := ""
		for quoted := strings.HasPrefix(text, `"`); quoted; quoted = strings.HasPrefix(text, `"`) {
			inside, behind, closed := strings.Cut(text[1:], `"`)
			if !closed {
				return false
			}
			cell, text = cell+inside, behind
			if strings.HasPrefix(text, `"`) {
				cell += `"` // a doubled one
			}
		}
		var rest string
		if rest, text, more = strings.Cut(text, string(rune(s.comma))); cell != "" && strings.Contains(rest, `"`) {
			return false
		}
		s.cells = append(s.cells, cell+rest)
	}
	return true
}

// mayClose reports whether a line holds a quotation mark that ends a cell.
func (s *splitter) mayClose(line string) bool {
	for {
		_, rest, found := strings.Cut(line, `"`)
		if !found {
			return false
		}
		if line = rest; rest == "" || rest[0] == s.comma {
			return true
		}
	}
}

// physical reads the next line without its end.
func (s *splitter) physical() (string, error) {
	if len(s.ahead) > 0 {
		line := s.ahead[0]
		s.ahead = s.ahead[1:]
		return line, nil
	}
	return s.readLine()
}

// peek answers the line that comes n lines after the next.
func (s *splitter) peek(n int) (string, error) {
	for len(s.ahead) <= n {
		line, err := s.readLine()
		if err != nil {
			return "", err
		}
		s.ahead = append(s.ahead, line)
	}
	return s.ahead[n], nil
}

// readLine reads a line of the file. Of one that is too long it answers a byte
// more than is allowed.
func (s *splitter) readLine() (string, error) {
	var long []byte
	for {
		part, err := s.in.ReadSlice('\n')
		if long == nil && err == nil {
			s.line++
			return string(trimEnd(part)), nil
		}
		if room := longestLine + 1 - len(long); room > 0 {
			long = append(long, part[:min(room, len(part))]...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err == nil || errors.Is(err, io.EOF) && len(long) > 0:
			s.line++
			return string(trimEnd(long)), nil
		default:
			return "", err
		}
	}
}

func trimEnd(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\n' {
		line = line[:n-1]
	}
	if n := len(line); n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	return line
}

// plain cuts a line without quotation marks.
func (s *splitter) plain(line string) []string {
	s.cells = s.cells[:0]
	for {
		at := strings.IndexByte(line, s.comma)
		if at < 0 {
			s.cells = append(s.cells, line)
			return s.cells
		}
		s.cells = append(s.cells, line[:at])
		line = line[at+1:]
	}
}

// quoted cuts a row that may hold quotation marks into s.cells. It answers
// false for one that ends within a quoted cell.
func (s *splitter) quoted(text string) (whole bool) {
	s.cells = s.cells[:0]
	for {
		cell, rest, more := "", "", false
		if strings.HasPrefix(text, `"`) {
			if cell, rest, more, whole = s.unquote(text[1:]); !whole {
				return false
			}
		} else if at := strings.IndexByte(text, s.comma); at >= 0 {
			cell, rest, more = text[:at], text[at+1:], true
		} else {
			cell = text
		}
		s.cells = append(s.cells, cell)
		if !more {
			return true
		}
		text = rest
	}
}

// unquote reads a cell behind its opening quotation mark, and what follows it.
// A mark within that is not doubled stands for itself.
func (s *splitter) unquote(text string) (cell, rest string, more, whole bool) {
	doubled := false
	for from := 0; ; {
		at := strings.IndexByte(text[from:], '"')
		if at < 0 {
			return "", "", false, false
		}
		at += from
		behind := text[at+1:]
		switch {
		case strings.HasPrefix(behind, `"`):
			doubled, from = true, at+2
			continue
		case behind == "":
			cell, whole = text[:at], true
		case behind[0] == s.comma:
			cell, rest, more, whole = text[:at], behind[1:], true, true
		default:
			from = at + 1
			continue
		}
		if doubled {
			cell = strings.ReplaceAll(cell, `""`, `"`)
		}
		return cell, rest, more, whole
	}
}
