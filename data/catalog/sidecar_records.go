package catalog

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/review"
)

// mostFaults is after how many records that cannot be read a file is given up:
// it is something else.
const mostFaults = 100

// records reads a file that tells of many recordings.
func (r *reading) records(ctx context.Context, i int, root, name string) error {
	rule := &r.Sidecars[i]
	file, err := r.open(review.Under(root, name))
	if err == nil {
		defer file.Close()
		switch rule.Kind {
		case "log":
			err = r.log(ctx, i, asUTF8(file))
		case "csv":
			err = r.rows(ctx, i, asUTF8(file))
		default:
			err = r.documents(ctx, i, asUTF8(file))
		}
	}
	if err != nil && ctx.Err() == nil {
		r.blame(root, name, err)
	}
	return ctx.Err()
}

// documents reads JSON values one after another, as delivery streams write them
// with or without line ends. After one that is broken it goes on with the next
// line. It returns the first fault.
func (r *reading) documents(ctx context.Context, i int, from io.Reader) error {
	var first error
	for range mostFaults {
		decoder := json.NewDecoder(from)
		decoder.UseNumber()
		err := r.values(ctx, i, decoder)
		if errors.Is(err, io.EOF) || ctx.Err() != nil {
			return first
		}
		if first == nil {
			first = err
		}
		rest := bufio.NewReader(io.MultiReader(decoder.Buffered(), from))
		if err := skipLine(rest); err != nil {
			return first
		}
		from = rest
	}
	return first
}

// skipLine drops what is left of a line, however long.
func skipLine(from *bufio.Reader) error {
	for {
		_, err := from.ReadSlice('\n')
		if !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

func (r *reading) values(ctx context.Context, i int, decoder *json.Decoder) error {
	for ctx.Err() == nil {
		var tree any
		if err := decoder.Decode(&tree); err != nil {
			return err
		}
		r.take(i, tree)
	}
	return ctx.Err()
}

// take keeps the records of a value: itself, the elements of a list, or those of
// the member that holds the list.
func (r *reading) take(i int, tree any) {
	rule := &r.Sidecars[i]
	if rule.List != "" {
		if list, ok := find(tree, strings.Split(rule.List, ".")).([]any); ok {
			tree = list
		}
	}
	if list, ok := tree.([]any); ok {
		for _, element := range list {
			r.keep(i, r.note(rule, element))
		}
		return
	}
	r.keep(i, r.note(rule, tree))
}

// keep notes a record under its keys, unless a newer one is known.
func (r *reading) keep(i int, n *note) {
	of := n.parts(r.Profile)
	for j := range r.Sidecars[i].Key {
		key := r.Sidecars[i].Key[j].fill(of)
		if key == "" {
			continue
		}
		sum := r.index.sum(i, key)
		if before := r.index.notes[sum]; before == nil || before.newest <= n.newest {
			r.index.notes[sum] = n
		}
	}
}

// joined is the form in which keys are compared: the name of a file without its
// folders, and without the colons that some file systems refuse.
func joined(key string) string {
	return strings.ReplaceAll(path.Base(canonical(key)), ":", "_")
}

// mostLine is how long a line of a log may be.
const mostLine = 1 << 20

// log reads lines of cells with bars between, as Asterisk's queue_log: those of
// a call tell of it together, and of each event the first counts.
func (r *reading) log(ctx context.Context, i int, from io.Reader) error {
	rule := &r.Sidecars[i]
	call, event := slices.Index(rule.Columns, "call"), slices.Index(rule.Columns, "event")
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, mostLine)
	for lines.Scan() && ctx.Err() == nil {
		cells := bytes.Split(lines.Bytes(), []byte("|"))
		if len(cells) <= max(call, event) {
			continue
		}
		id := string(cells[call])
		sum := r.index.sum(i, id)
		n := r.index.notes[sum]
		if n == nil {
			n = &note{values: make([]string, len(r.docs))}
			r.index.notes[sum] = n
		}
		r.logged(n, rule, cells, string(cells[event]))
	}
	return lines.Err()
}

// logged fills what a line says of its event.
func (r *reading) logged(n *note, rule *sidecarRule, cells [][]byte, event string) {
	for i, doc := range r.docs {
		if len(doc.path) != 2 || doc.path[0] != event || n.values[i] != "" {
			continue
		}
		if at := slices.Index(rule.Columns, doc.path[1]); at >= 0 && at < len(cells) {
			n.values[i] = string(bytes.TrimSpace(cells[at]))
		}
	}
}

// rows reads a table with a header, as a record a row whose members have the names
// of the columns as [plain] writes them.
func (r *reading) rows(ctx context.Context, i int, from io.Reader) error {
	text := bufio.NewReader(from)
	begin, _ := text.Peek(mostHeader) // what is wrong shows where it is read
	line, _, _ := bytes.Cut(begin, []byte("\n"))
	cells := csv.NewReader(text)
	cells.LazyQuotes, cells.FieldsPerRecord, cells.ReuseRecord = true, -1, true
	for _, comma := range ";\t|" {
		if bytes.ContainsRune(line, comma) && !bytes.ContainsRune(line, ',') {
			cells.Comma = comma
		}
	}
	var names []string
	for ctx.Err() == nil {
		row, err := cells.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if names == nil {
			for _, name := range row {
				names = append(names, plain(name))
			}
			continue
		}
		record := map[string]any{}
		for at, value := range row[:min(len(row), len(names))] {
			record[names[at]] = Clean(value)
		}
		r.take(i, record)
	}
	return ctx.Err()
}

// mostHeader is how long a header may be for its separator to be seen.
const mostHeader = 4096
