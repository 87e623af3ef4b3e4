// Package csv writes tables for spreadsheets and for programs, by RFC 4180 in
// UTF-8: a header row, fields parted by commas, rows ended by CR LF, fields
// with a comma, a quote or a line end in quotes.
//
// There are two presets. [Spreadsheet] puts an apostrophe before every text that
// begins with = + - @ tab or CR, because a spreadsheet would run it as a
// formula, and what customers say can begin with anything. [Data] writes every
// text as it is. Numbers are never touched: they have a decimal point and no
// thousands separators in either.
//
// The names of the columns are stable. [WriteRanking], [WriteMoments] and
// [WriteCodebook] say what each holds. An instant is ISO 8601; one that is not
// set, like any other value that is not, is an empty field.
//
// [WriteFile] writes any of it to a file that is either the old one or the new
// one, whole.
package csv

import (
	"bufio"
	"io"
	"strings"

	"github.com/earshot-app/earshot/review"
)

// Preset says who will read a table.
type Preset string

// The presets.
const (
	Spreadsheet Preset = "spreadsheet"
	Data        Preset = "data"
)

// ParsePreset reads a preset's name; "" is [Spreadsheet]. It answers
// [review.BadArgument].
func ParsePreset(name string) (Preset, error) {
	switch p := Preset(name); p {
	case "":
		return Spreadsheet, nil
	case Spreadsheet, Data:
		return p, nil
	}
	return "", review.Fail(review.BadArgument, review.Args{"name": "preset", "value": name})
}

// cell is one field; what is plain, such as a number, is never guarded.
type cell struct {
	text  string
	plain bool
}

// dangerous is what a text begins with that a spreadsheet would run.
const dangerous = "=+-@\t\r"

func text(s string) cell { return cell{text: strings.ToValidUTF8(s, "\ufffd")} }

// table writes rows. A bufio.Writer keeps its first error and answers it from
// then on, so it is enough to look at the end of a row.
type table struct {
	out    *bufio.Writer
	preset Preset
}

func newTable(w io.Writer, p Preset, header ...string) *table {
	t := &table{out: bufio.NewWriter(w), preset: p}
	for i, name := range header {
		t.field(i, cell{name, true})
	}
	_, _ = t.out.WriteString("\r\n")
	return t
}

func (t *table) row(cells ...cell) error {
	for i, c := range cells {
		t.field(i, c)
	}
	_, err := t.out.WriteString("\r\n")
	return err
}

func (t *table) field(i int, c cell) {
	s := c.text
	if t.preset == Spreadsheet && !c.plain && s != "" && strings.ContainsRune(dangerous, rune(s[0])) {
		s = "'" + s
	}
	if strings.ContainsAny(s, ",\"\r\n") {
		s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	if i > 0 {
		_ = t.out.WriteByte(',')
	}
	_, _ = t.out.WriteString(s)
}
