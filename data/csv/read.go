package csv

import (
	"bufio"
	"bytes"
	stdcsv "encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A reader reads the rows of a table with a header, whatever its separator.
type reader struct {
	in     *stdcsv.Reader
	header []string // in lower case
	raw    bool     // nothing is guarded
}

// newReader reads the header; also is what other programs call its columns.
func newReader(r io.Reader, raw bool, also map[string]string) (*reader, error) {
	buffered := bufio.NewReaderSize(r, 1<<16)
	skipMark(buffered)
	in := stdcsv.NewReader(buffered)
	in.FieldsPerRecord, in.ReuseRecord = -1, true
	in.Comma = separatorOf(buffered)
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF // an empty file is no table without rows
	}
	if err != nil {
		return nil, fmt.Errorf("read the header: %w", err)
	}
	out := &reader{in: in, raw: raw}
	for _, name := range header {
		name = strings.ToLower(strings.TrimSpace(name))
		if known, ok := also[name]; ok {
			name = known
		}
		out.header = append(out.header, name)
	}
	return out, nil
}

// skipMark passes over the byte order mark that a table may begin with.
func skipMark(r *bufio.Reader) {
	if mark, _ := r.Peek(3); string(mark) == "\ufeff" {
		_, _ = r.Discard(3)
	}
}

// separatorOf is the separator that the first line has most of: no column's name
// holds one.
func separatorOf(r *bufio.Reader) rune {
	start, _ := r.Peek(4096) // a shorter file is all there
	line, _, _ := bytes.Cut(start, []byte("\n"))
	best, most := ',', 0
	for _, separator := range ",;\t" {
		if n := bytes.Count(line, []byte(string(separator))); n > most {
			best, most = separator, n
		}
	}
	return best
}

// next answers the fields of the next row, as many as the header has at most,
// which the row after it overwrites. It answers io.EOF after the last.
func (r *reader) next() ([]string, error) {
	row, err := r.in.Read()
	if err != nil {
		return nil, err
	}
	row = row[:min(len(row), len(r.header))]
	for i, field := range row {
		if !r.raw {
			row[i] = unguarded(field)
		}
	}
	return row, nil
}

// line is where the row that was read last begins.
func (r *reader) line() int {
	line, _ := r.in.FieldPos(0)
	return line
}

// badLine is the line in which a table cannot be read.
func badLine(err error) int {
	var parse *stdcsv.ParseError
	if errors.As(err, &parse) {
		return parse.Line
	}
	return 1
}

// runs reports whether a spreadsheet would run the text, or whether it looks
// like one that was guarded: that is guarded again, so that each is read back.
func runs(s string) bool {
	s = strings.TrimLeft(s, "'")
	return s != "" && strings.IndexByte(dangerous, s[0]) >= 0
}

// unguarded is a field without the apostrophe of a guard.
func unguarded(field string) string {
	if strings.HasPrefix(field, "'") && runs(field) {
		return field[1:]
	}
	return field
}
