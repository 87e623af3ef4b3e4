package catalog

import (
	"bytes"
	"encoding/json"
	"slices"
)

// What a vendor's interface answers is often one object around the list that was
// asked for: {"total": 2, "calls": [{…}, {…}]}. Where a table is that, its records
// are those of the list, and what stands around it is nobody's business. The list
// may be far longer than what is looked at, and is never held as a whole. More such
// objects may follow, where the pages of an answer were kept in one file.

// mostWrapped is how many objects may stand around a list.
const mostWrapped = 4

// wrapped looks at the beginning of a table of records and answers how many bytes
// stand before the records of a list that an object is put around; 0 for none.
func (g guide) wrapped(start []byte) int64 {
	text := bytes.TrimPrefix(start, []byte("\uFEFF"))
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if opened, err := decoder.Token(); err != nil || opened != json.Delim('{') {
		return 0
	}
	w := wrapping{guide: g, decoder: decoder, around: map[string]any{}}
	if whole := w.object(1); whole {
		if _, err := decoder.Token(); err == nil {
			return 0 // a record itself: a second value follows
		}
	}
	if w.at == 0 || g.joins(w.around) { // or it says itself of what it tells
		return 0
	}
	return w.at + int64(len(start)-len(text))
}

// A wrapping is the search for a list of records.
type wrapping struct {
	guide   guide
	decoder *json.Decoder
	around  map[string]any // what stands beside lists
	at      int64          // where the first element of the list begins; 0 for no list
	joins   bool           // its elements may say of which recording they tell
}

// object goes through one that has been opened, and reports whether it has an end
// before that of what is looked at.
func (w *wrapping) object(depth int) (whole bool) {
	for w.decoder.More() {
		name, err := w.decoder.Token()
		if err != nil {
			return false
		}
		value, err := w.decoder.Token()
		if err != nil {
			return false
		}
		key, _ := name.(string)
		switch value {
		case json.Delim('['):
			whole = w.list()
		case json.Delim('{'):
			whole = depth < mostWrapped && w.object(depth+1)
		default:
			w.around[key], whole = value, true
		}
		if !whole {
			return false
		}
	}
	_, err := w.decoder.Token()
	return err == nil
}

// list goes through one that has been opened. The first whose elements could be
// records is taken, else the first of objects.
func (w *wrapping) list() (whole bool) {
	begins := w.decoder.InputOffset()
	for first := true; w.decoder.More(); first = false {
		var element any
		err := w.decoder.Decode(&element)
		if first {
			w.consider(begins, element, err)
		}
		if err != nil {
			return false
		}
	}
	_, err := w.decoder.Token()
	return err == nil
}

func (w *wrapping) consider(begins int64, element any, err error) {
	_, isObject := element.(map[string]any)
	if err == nil && !isObject {
		return
	}
	joins := isObject && w.guide.joins(element)
	if w.at == 0 || joins && !w.joins {
		w.at, w.joins = begins, joins
	}
}

// joins reports whether a record says of which recording it tells, as far as the
// names of what it holds say.
func (g guide) joins(record any) bool {
	var names, cells []string
	leavesOf(record, func(name, value string) { names, cells = append(names, name), append(cells, value) })
	g.arranged.Header, g.arranged.Columns = "yes", nil
	d := dialect{records: true}
	return g.columnsOf(&d, [][]string{names, cells}) == nil && d.columns.usable()
}

// A way is to where a reader stands: the names of what is open around it, from the
// outermost. What is no member has none.
type way struct {
	open            []string
	name            []byte // the last text
	quoted, escaped bool
}

// pass takes in the byte that is read next.
func (w *way) pass(b byte) {
	switch {
	case w.escaped:
		w.escaped = false
	case w.quoted && b == '\\':
		w.escaped = true
	case b == '"':
		if w.quoted = !w.quoted; w.quoted {
			w.name = w.name[:0]
		}
	case w.quoted:
		if len(w.name) < head { // so long is no name before the list
			w.name = append(w.name, b)
		}
	case b == '{' || b == '[':
		w.open, w.name = append(w.open, string(w.name)), w.name[:0]
	case (b == '}' || b == ']') && len(w.open) > 0:
		w.open, w.name = w.open[:len(w.open)-1], w.name[:0]
	}
}

// enter reads to where the list begins that something is put around.
func (r *recordReader) enter() error {
	if r.before == 0 {
		return nil
	}
	for ; r.before > 0; r.before-- {
		b, err := r.byte()
		if err != nil {
			return err
		}
		r.way.pass(b)
	}
	r.list = slices.Clone(r.way.open)
	return nil
}

// turn reads from behind the list of a page to where that of the next begins. A
// page that has none, or no end, is bad.
func (r *recordReader) turn() (page rowText, err error) {
	page.line = r.line
	for another := false; ; {
		b, err := r.byte()
		if err != nil {
			if len(r.way.open) > 0 {
				page.bad, r.way.open, err = BadRecord, nil, upToEnd(err)
			}
			return page, err
		}
		within := len(r.way.open) > 0
		r.way.pass(b)
		switch {
		case slices.Equal(r.way.open, r.list):
			r.between = false
			return page, nil
		case !within && len(r.way.open) > 0:
			another, page.line = true, r.line
		case within && len(r.way.open) == 0 && another:
			page.bad = BadRecord
			return page, nil
		}
	}
}
