package catalog

import (
	"bytes"
	"encoding/json"
)

// What a vendor's interface answers is often one object around the list that was
// asked for: {"total": 2, "calls": [{…}, {…}]}. Where a table is that, its records
// are those of the list, and what stands around it is nobody's business. The list
// may be far longer than what is looked at, and is never held as a whole.

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
		if _, err := decoder.Token(); err == nil || g.joins(w.around) {
			return 0 // a record itself: a second value follows, or it says of what it tells
		}
	}
	if w.at == 0 {
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
