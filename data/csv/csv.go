// Package csv writes tables for spreadsheets and for programs, by RFC 4180 in
// UTF-8: a header row, fields parted by one separator, rows ended by CR LF,
// fields with a separator, a quote or a line end in quotes. Within a field a
// line ends with LF alone, since encoding/csv and others make that of CR LF;
// NUL, which most readers take for the end, is U+FFFD.
//
// A [Format] says which separator, decimal sign and mark; a [Preset] chooses
// them for a reader. For spreadsheets an apostrophe stands before every text
// that begins with = + - @ tab or CR, because a spreadsheet would run it as a
// formula, and what customers say can begin with anything. Numbers are never
// guarded and have no thousands separators.
//
// The names of the columns are stable: new ones are added behind the others.
// [Dictionary] tells what each holds, in the reader's language, and the tables
// are written by the same list. An instant is ISO 8601 with its offset; one that
// is not set, like any other value that is not, is an empty field.
//
// [ReadCodebook] and [ReadMoments] read back what was written, in any format.
//
// [WriteFile] writes any of it to a file that is either the old one or the new
// one, whole.
package csv

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// cell is one field; what is plain, such as a number, is never guarded.
type cell struct {
	text  string
	plain bool
}

// dangerous is what a text begins with that a spreadsheet would run.
const dangerous = "=+-@\t\r"

func text(s string) cell {
	if plainASCII(s) {
		return cell{text: s}
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\x00", "\ufffd")
	for strings.Contains(s, "\r\n") { // of CR CR LF, one pass would leave CR LF
		s = strings.ReplaceAll(s, "\r\n", "\n")
	}
	return cell{text: s}
}

// plainASCII reports whether there is nothing to mend: so it is nearly always,
// and to look is quicker.
func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] == 0 || s[i] == '\r' || s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// table writes rows. A bufio.Writer keeps its first error and answers it from
// then on, so it is enough to look at the end of a row.
type table struct {
	out     *bufio.Writer
	format  Format
	special [256]bool // bytes that need quotes
	of      string
}

// newTable writes the header of one of [Tables].
func newTable(w io.Writer, f Format, of string) *table {
	names := []cell{}
	for _, c := range tables[of] {
		names = append(names, cell{c.name, true})
	}
	return newRows(w, f, of, names)
}

func newRows(w io.Writer, f Format, of string, header []cell) *table {
	t := &table{out: bufio.NewWriter(w), format: f, of: of}
	for _, b := range []byte{'"', '\r', '\n', f.Separator} {
		t.special[b] = true
	}
	if f.Mark {
		_, _ = t.out.WriteString("\ufeff")
	}
	_ = t.row(header...)
	return t
}

func (t *table) row(cells ...cell) error {
	for i, c := range cells {
		if i > 0 {
			_ = t.out.WriteByte(t.format.Separator)
		}
		t.field(c)
	}
	if _, err := t.out.WriteString("\r\n"); err != nil {
		return fmt.Errorf("write %s: %w", t.of, err)
	}
	return nil
}

func (t *table) field(c cell) {
	s := c.text
	switch {
	case s == "":
		return
	case c.plain && t.format.DecimalComma:
		s = strings.Replace(s, ".", ",", 1) // only numbers hold one
	case !c.plain && t.format.Guard && runs(s):
		s = "'" + s
	}
	for i := range len(s) {
		if t.special[s[i]] {
			t.quoted(s)
			return
		}
	}
	_, _ = t.out.WriteString(s)
}

func (t *table) quoted(s string) {
	_ = t.out.WriteByte('"')
	_, _ = t.out.WriteString(strings.ReplaceAll(s, `"`, `""`))
	_ = t.out.WriteByte('"')
}

func (t *table) end() error {
	if err := t.out.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", t.of, err)
	}
	return nil
}
