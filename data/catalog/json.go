package catalog

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// A table may be JSON: a record a line, a list of records however they stand, or
// one object around such a list, see [guide.wrapped].
// A record is a row, and what lies in it a cell, under its path: "queue.name",
// "agents.0.name", and the key of a list of keys and values.

// jsonText is the name of the separator of a table that is JSON.
const jsonText = "json"

const (
	// namedBy is how many records are looked at for the names of the columns,
	// which not every record has.
	namedBy = 10_000
	// mostNames is how many columns a table of records has at most.
	mostNames = 500
)

// recordsBegin is how a table that is JSON begins, and no table in cells.
var recordsBegin = lazily(`^\s*(?:\[\s*\{|\{\s*["}])`)

// studyRecords looks at the first records to know what they hold.
func (g guide) studyRecords(d *dialect, open opener) error {
	d.records, d.comma, d.oldMac = true, 0, false
	file, rows, err := d.rowsOf(open)
	if err != nil {
		return err
	}
	defer file.Close()
	reader := rows.(*recordReader)
	var names []string
	var sample []map[string]string
	for range namedBy {
		record, _, err := reader.record()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		said := map[string]string{}
		leavesOf(record, func(name, value string) {
			if _, known := reader.names[name]; value == "" || !known && len(names) == mostNames {
				return
			} else if !known {
				reader.names[name] = len(names)
				names = append(names, name)
			}
			said[name] = value
		})
		if len(said) > 0 && len(sample) < sampled {
			sample = append(sample, said)
		}
	}
	lines := [][]string{names}
	for _, said := range sample {
		cells := make([]string, len(names))
		for i, name := range names {
			cells[i] = said[name]
		}
		lines = append(lines, cells)
	}
	g.arranged.Header = "yes"
	if err := g.columnsOf(d, lines); err != nil {
		return err
	}
	d.header = false // no line of the file is one
	return nil
}

// A recordReader reads the records of a table as rows. A broken one costs itself
// alone: where a line begins a record that stands no deeper than the one before
// began, that one has lost its end.
type recordReader struct {
	in     *bufio.Reader
	names  map[string]int // of columns, to their places
	text   splitter       // knows the letters
	line   int            // of the byte that is read next, from 1
	indent int            // of that line, as far as it is read
	inside bool           // of that line something but blanks was read
	cells  []string

	before  int64    // bytes that stand before the list of records; 0 where nothing is put around it
	list    []string // the way to it; nil where nothing is put around it
	way     way      // where something is
	between bool     // behind the list of one page, and before that of the next
}

// newRecordReader reads records by the names of the dialect's columns, if it has
// any yet.
func newRecordReader(text *bufio.Reader, d *dialect) *recordReader {
	r := &recordReader{in: text, names: map[string]int{}, text: splitter{latin: d.latin}, line: 1, before: d.wrapped}
	for i, one := range d.columns.all {
		r.names[one.name] = i
	}
	return r
}

// next implements rower.
func (r *recordReader) next() (rowText, error) {
	tree, row, err := r.record()
	if err != nil || row.bad != "" {
		return row, err
	}
	r.cells = r.cells[:0]
	for range r.names {
		r.cells = append(r.cells, "")
	}
	said, kept := false, false
	leavesOf(tree, func(name, value string) {
		said = said || value != ""
		if at, ok := r.names[name]; ok {
			r.cells[at], kept = value, kept || value != ""
		}
	})
	if row.cells = r.cells; said && !kept {
		row.bad = NoKey // nothing in it has a column
	}
	return row, nil
}

// record reads the next record; row says where it begins, and what is wrong with it.
func (r *recordReader) record() (tree any, row rowText, err error) {
	if err := r.enter(); err != nil {
		return nil, rowText{}, err
	}
	for {
		if r.between {
			if row, err := r.turn(); err != nil || row.bad != "" {
				return nil, row, err
			}
		}
		b, err := r.byte()
		if err != nil {
			return nil, rowText{}, err
		}
		switch b {
		case ']':
			r.way.pass(b)
			r.between = r.list != nil
			continue
		case ' ', '\t', '\r', '\n', ',', '[':
			continue
		}
		row.line = r.line
		if b != '{' {
			row.bad = BadRecord
			return nil, row, r.skip(r.indent)
		}
		var text []byte
		if text, row.bad, err = r.object(); err != nil || row.bad != "" {
			return nil, row, err
		}
		letters, bad := r.text.letters(string(text))
		if row.bad = bad; bad != "" {
			return nil, row, nil
		}
		decoder := json.NewDecoder(strings.NewReader(letters))
		decoder.UseNumber()
		if err := decoder.Decode(&tree); err != nil {
			row.bad = BadRecord
		}
		return tree, row, nil
	}
}

// byte reads one, and notes where it stands.
func (r *recordReader) byte() (byte, error) {
	b, err := r.in.ReadByte()
	switch {
	case err != nil:
		return 0, err
	case b == '\n':
		r.line++
		r.indent, r.inside = 0, false
	case !r.inside && (b == ' ' || b == '\t'):
		r.indent++
	default:
		r.inside = true
	}
	return b, nil
}

// object reads to the end of an object that has been opened. bad says why it has
// none; what follows is then read as if it had.
func (r *recordReader) object() (text []byte, bad review.Code, err error) {
	text = append(text, '{')
	indent, depth, quoted, escaped := r.indent, 1, false, false
	for depth > 0 {
		if anew, err := r.anew(indent); anew || err != nil {
			return nil, BadRecord, upToEnd(err)
		}
		b, err := r.byte()
		if err != nil {
			return nil, BadRecord, upToEnd(err)
		}
		text = append(text, b)
		switch {
		case quoted && b == '\n':
			return nil, BadRecord, r.skip(indent)
		case len(text) > longestLine:
			return nil, LongLine, r.skip(indent)
		case escaped:
			escaped = false
		case quoted && b == '\\':
			escaped = true
		case b == '"':
			quoted = !quoted
		case quoted:
		case b == '{' || b == '[':
			depth++
		case b == '}' || b == ']':
			depth--
		}
	}
	return text, "", nil
}

// anew reports whether the next line begins a record that stands no deeper than
// indent.
func (r *recordReader) anew(indent int) (bool, error) {
	if r.inside || r.indent > indent {
		return false, nil
	}
	ahead, err := r.in.Peek(1)
	return err == nil && ahead[0] == '{', err
}

// skip drops what is left before the next record that stands no deeper than
// indent.
func (r *recordReader) skip(indent int) error {
	for {
		if anew, err := r.anew(indent); anew || err != nil {
			return upToEnd(err)
		}
		if _, err := r.byte(); err != nil {
			return upToEnd(err)
		}
	}
}

// upToEnd is no error at the end, which is told by the next record.
func upToEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// leavesOf tells what lies in a record under its path.
func leavesOf(tree any, tell func(name, value string)) {
	object, _ := tree.(map[string]any)
	for _, name := range sortedNames(object) {
		leavesUnder(Clean(name), object[name], deepest, tell)
	}
}

func leavesUnder(name string, tree any, left int, tell func(name, value string)) {
	if name == "" || left == 0 {
		return
	}
	switch at := tree.(type) {
	case map[string]any:
		for _, member := range sortedNames(at) {
			leavesUnder(name+"."+Clean(member), at[member], left-1, tell)
		}
	case []any:
		if len(at) == 0 || !composed(at[0]) {
			tell(name, scalar(at))
			return
		}
		for i, element := range at {
			if key, value, ok := pair(element); ok {
				leavesUnder(name+"."+key, value, left-1, tell)
			} else {
				leavesUnder(name+"."+strconv.Itoa(i), element, left-1, tell)
			}
		}
	default:
		tell(name, scalar(at))
	}
}

func composed(tree any) bool {
	switch tree.(type) {
	case map[string]any, []any:
		return true
	}
	return false
}

// pair is an element of a list of keys and values.
func pair(tree any) (key string, value any, ok bool) {
	object, _ := tree.(map[string]any)
	key, ok = object["key"].(string)
	value, has := object["value"]
	key = Clean(key)
	return key, value, ok && has && len(object) == 2 && key != ""
}

// aboutRecord are the things that the members of a record are gathered under, without
// meaning more than the record itself.
var aboutRecord = map[string]bool{
	"call": true, "contact": true, "conversation": true, "interaction": true, "recording": true, "anruf": true, "gespräch": true,
	"metadata": true, "metadaten": true, "attribute": true, "properties": true, "data": true, "detail": true, "info": true, "timing": true,
}

// nested gives columns the meanings that their paths have: "agents.0.name" is
// that of "agent name", "call.direction" that of "direction".
func (c *columns) nested() {
	for i := range c.all {
		one := &c.all[i]
		parts := pathParts(one.name)
		for skipped := range parts {
			if m, ok := meanings[strings.Join(parts[skipped:], "")]; ok && one.by == desk.ByNothing {
				one.field, one.rank, one.by = m.field, m.rank+skipped*len(meanings), desk.ByName
			}
			if !aboutRecord[parts[skipped]] {
				break
			}
		}
	}
	c.settle()
}

// pathParts are the names in a path, of the first element of a list that of one
// element. That of another element has none: it is told beside the first.
func pathParts(path string) []string {
	var parts []string
	for part := range strings.SplitSeq(path, ".") {
		if n, err := strconv.Atoi(part); err == nil {
			if n > 0 {
				return nil
			}
			continue
		}
		parts = append(parts, plain(part))
	}
	for i, part := range parts {
		if meant := strings.TrimSuffix(part, "s"); part != "properties" && len(meant) > 3 {
			parts[i] = meant
		}
	}
	return parts
}

// beginsRecords reports whether the beginning of a table is that of records.
func beginsRecords(start []byte) bool {
	return recordsBegin().Match(bytes.TrimPrefix(start, []byte("\uFEFF")))
}

var _ rower = (*recordReader)(nil)

// A rower reads the rows of a table: a [splitter] or a [recordReader]. It answers
// io.EOF behind the last.
type rower interface{ next() (rowText, error) }
