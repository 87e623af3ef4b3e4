package catalog

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"path"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// A table is what a metadata file says, ready to be joined: its usable lines,
// and what was wrong with the others. It is kept in memory, some 300 bytes a
// line.
type table struct {
	rows   []row
	faults []fault
	width  int              // cells of the header
	byFile map[string]int32 // canonical path → row
	byBase map[string]int32 // last element of it → row, or several
	byCall map[string]int32 // call id → its first row
	pairs  map[string]bool  // of legs that were seen
}

// several stands in byBase for a name that more than one row ends with.
const several = -1

// A fault is a line that cannot be used, kept small: a table may hold many.
type fault struct {
	line   int
	code   review.Code
	column string // of the header, "" when it is about the whole line
	n      int    // the cells it has, the line it contradicts, its recordings
}

// head is how much of a table is looked at to know its shape. A header is
// shorter by far.
const head = 64 << 10

// readTable reads a whole metadata file. It returns ctx's error, the reader's,
// [NotText] or [NoColumns].
func readTable(ctx context.Context, r io.Reader, zone *time.Location) (*table, error) {
	buffered := bufio.NewReaderSize(r, head)
	start, err := buffered.Peek(head)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if bom := []byte("\uFEFF"); bytes.HasPrefix(start, bom) {
		_, _ = buffered.Discard(len(bom)) // it is in the buffer
		start = start[len(bom):]
	}
	var text io.Reader = buffered
	if bytes.IndexByte(start, '\n') < 0 {
		text, start = oldMac{buffered}, bytes.ReplaceAll(start, []byte("\r"), []byte("\n"))
	}
	if !isText(start) {
		return nil, review.Fail(NotText, nil)
	}
	comma, found := sniff(start, zone)
	if !found.usable() {
		return nil, review.Fail(NoColumns, nil)
	}
	t := &table{
		width:  found.width,
		byFile: map[string]int32{}, byBase: map[string]int32{}, byCall: map[string]int32{}, pairs: map[string]bool{},
	}
	return t, t.read(ctx, lines(text, comma), &found)
}

// oldMac reads lines that end in a carriage return alone, as "CSV (Macintosh)"
// of a spreadsheet program has them.
type oldMac struct{ io.Reader }

func (m oldMac) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	for i := range p[:n] {
		if p[i] == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// isText refuses what a spreadsheet program writes that is not UTF-8: the
// first line of UTF-16 holds zero bytes, and one in another code page has, if
// it is not English, bytes that are no UTF-8.
func isText(start []byte) bool {
	line, _, _ := bytes.Cut(start, []byte("\n"))
	return utf8.Valid(line) && !bytes.Contains(line, []byte{0})
}

// sniff finds the separator that makes most of the header.
func sniff(start []byte, zone *time.Location) (comma rune, best columns) {
	best = matchColumns(nil, zone)
	for _, try := range ",;\t|" {
		header, err := lines(bytes.NewReader(start), try).Read()
		if err != nil {
			continue
		}
		if c := matchColumns(header, zone); comma == 0 || c.found() > best.found() {
			comma, best = try, c
		}
	}
	return comma, best
}

func lines(r io.Reader, comma rune) *csv.Reader {
	lines := csv.NewReader(r)
	lines.Comma = comma
	lines.FieldsPerRecord = -1
	lines.LazyQuotes = true // some exports do not escape quotes
	lines.ReuseRecord = true
	return lines
}

func (t *table) read(ctx context.Context, lines *csv.Reader, c *columns) error {
	if _, err := lines.Read(); err != nil { // the header
		return err
	}
	for {
		cells, err := lines.Read()
		switch {
		case errors.Is(err, io.EOF):
			return ctx.Err()
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		}
		line, _ := lines.FieldPos(0)
		t.add(cells, line, c)
	}
}

// add takes a line in, or notes why it cannot be used.
func (t *table) add(cells []string, line int, c *columns) {
	cells = trimRight(cells, c.width)
	if len(cells) == 0 {
		return
	}
	bad := c.check(cells)
	if bad.code == "" {
		bad = t.take(cells, line, c)
	}
	if bad.code != "" {
		bad.line = line
		t.faults = append(t.faults, bad)
	}
}

// take makes a row of a line with the right number of cells.
func (t *table) take(cells []string, line int, c *columns) fault {
	meta, bad := c.meta(cells)
	if bad.code != "" {
		return bad
	}
	file := canonical(c.cell(cells, fieldFile))
	if file == "" && meta.CallID == "" {
		return fault{code: NoKey}
	}
	return t.keep(file, meta, line)
}

// trimRight drops the empty cells beyond width, and all cells of a line that
// has only empty ones, as spreadsheets append.
func trimRight(cells []string, width int) []string {
	last := len(cells)
	for last > 0 && cells[last-1] == "" {
		last--
	}
	if last == 0 {
		return nil
	}
	return cells[:min(len(cells), max(last, width))]
}

// tallest is how many lines one row may go over. One that takes more has lost
// a quotation mark and holds the rows after it.
const tallest = 100

// check finds what makes a line unreadable as a whole.
func (c *columns) check(cells []string) fault {
	lines := 1
	for _, cell := range cells {
		if !utf8.ValidString(cell) {
			return fault{code: BadText}
		}
		lines += strings.Count(cell, "\n")
	}
	if lines > tallest {
		return fault{code: OpenQuote}
	}
	if len(cells) != c.width {
		return fault{code: WrongCells, n: len(cells)}
	}
	return fault{}
}

// keep adds a row, unless an earlier one says the same of its recording, or
// something else.
func (t *table) keep(file string, meta desk.Meta, line int) fault {
	if i, ok := t.same(file, meta.CallID); ok {
		if !reflect.DeepEqual(t.rows[i].meta(), meta) {
			return fault{code: Contradicts, n: int(t.rows[i].line)}
		}
		return fault{}
	}
	i := int32(len(t.rows))
	t.rows = append(t.rows, pack(meta, line))
	if file != "" {
		file = strings.Clone(file)
		t.byFile[file] = i
		base := path.Base(file)
		if _, taken := t.byBase[base]; taken {
			t.byBase[base] = several
		} else {
			t.byBase[base] = i
		}
	}
	if _, taken := t.byCall[meta.CallID]; !taken && meta.CallID != "" {
		t.byCall[t.rows[i].callID] = i
	}
	return fault{}
}

// same finds an earlier row about the same recording. A row without a file is
// about all recordings of its call.
func (t *table) same(file, callID string) (int32, bool) {
	if file != "" {
		i, ok := t.byFile[file]
		return i, ok
	}
	i, ok := t.byCall[callID]
	return i, ok
}

// meta reads a line's cells. What cannot be read is a fault without its line.
func (c *columns) meta(cells []string) (desk.Meta, fault) {
	meta := desk.Meta{
		CallID:    Clean(c.cell(cells, fieldCallID)),
		Queue:     Clean(c.cell(cells, fieldQueue)),
		Category:  Clean(c.cell(cells, fieldCategory)),
		Direction: parseDirection(c.cell(cells, fieldDirection)),
		Agent:     review.Hide(Clean(c.cell(cells, fieldAgent))),
		Customer:  review.Hide(strings.Clone(Clean(c.cell(cells, fieldCustomer)))),
		Fields:    c.fields(cells),
	}
	var err error
	if cell := Clean(c.cell(cells, fieldStart)); cell != "" {
		if meta.Start, err = parseStart(cell, c.zone); err != nil {
			return meta, fault{code: review.CodeOf(err), column: c.names[fieldStart]}
		}
	}
	if cell := Clean(c.cell(cells, fieldDuration)); cell != "" {
		if meta.Duration, err = parseDuration(cell, c.unit); err != nil {
			return meta, fault{code: BadDuration, column: c.names[fieldDuration]}
		}
	}
	return meta, fault{}
}

// canonical is the form in which paths of the table and of the disk are
// compared: composed letters, forward slashes, no detours.
func canonical(file string) string {
	file = strings.TrimSpace(file)
	if file == "" {
		return ""
	}
	return path.Clean(strings.ReplaceAll(norm.NFC.String(file), `\`, "/"))
}
