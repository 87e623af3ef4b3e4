package sqlite

import (
	"cmp"
	"context"
	"crypto/ed25519"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/data/sqlite/pages"
	"github.com/earshot-app/earshot/review/journal"
)

// read puts the rows of a table that can be read into the new library: those of
// pages in which all is in order first, so that a row of another page that was
// changed into one of them does not take its place.
func (r *rescue) read(ctx context.Context, t *oldTable) error {
	if t.derived() {
		return nil
	}
	r.seen[t.name] = map[int64]bool{}
	var doubtful []pages.Node
	for _, l := range t.pages {
		node, err := r.old.Node(l.page)
		if err != nil {
			return err // it could be read before
		}
		if !t.orderly(node, l.in) {
			doubtful = append(doubtful, node)
			continue
		}
		if err := r.readPage(ctx, t, node); err != nil {
			return err
		}
	}
	for _, node := range doubtful {
		if err := r.readPage(ctx, t, node); err != nil {
			return err
		}
	}
	return nil
}

// orderly reports whether all cells of a page are rows whose rowids follow one
// another and lie where they should.
func (t *oldTable) orderly(node pages.Node, in hole) bool {
	if node.Bad > 0 {
		return false
	}
	for _, cell := range node.Cells {
		row, err := pages.Record(cell.Payload)
		if fits, _ := t.fits(row); err != nil || !fits {
			return false
		}
		if t.sorted {
			continue
		}
		if cell.Rowid <= in.after || cell.Rowid > in.upTo {
			return false
		}
		in.after = cell.Rowid
	}
	return true
}

// readPage reads the rows of a page, and notes between which rowids some cannot
// be read.
func (r *rescue) readPage(ctx context.Context, t *oldTable, node pages.Node) error {
	seen, bad := r.seen[t.name], node.Bad
	here := hole{math.MaxInt64, math.MinInt64}
	for _, cell := range node.Cells {
		row, err := pages.Record(cell.Payload)
		if fits, _ := t.fits(row); err != nil || !fits || seen[cell.Rowid] && !t.sorted {
			bad++
			continue
		}
		stays, err := r.keep(ctx, t, cell.Rowid, row)
		if err != nil {
			return err
		}
		if !stays {
			bad++
			continue
		}
		seen[cell.Rowid] = true
		here = hole{min(here.after, cell.Rowid-1), max(here.upTo, cell.Rowid)}
	}
	if bad > 0 {
		t.bad = append(t.bad, here)
	}
	return nil
}

// keep puts a row into the new library. It answers false where another row has
// its place.
func (r *rescue) keep(ctx context.Context, t *oldTable, rowid int64, row []any) (bool, error) {
	switch t.name {
	case "event":
		r.events = append(r.events, oldEvent{
			seq: rowid, act: textAt(row, 5), bytes: bytesAt(row, 8), signature: bytesAt(row, 9),
		})
		return true, nil
	case "author":
		if key := ed25519.PublicKey(bytesAt(row, 1)); journal.AuthorID(key) == textAt(row, 0) {
			r.keys[textAt(row, 0)] = key
		}
		return true, nil
	case "session_event":
		key := ed25519.PublicKey(bytesAt(row, 8))
		e, err := journal.Open(bytesAt(row, 6), bytesAt(row, 7), key)
		if err != nil {
			r.lose(Loss{Table: t.name, From: rowid, To: rowid, What: LostEvent, Detail: textAt(row, 2)})
			return true, nil
		}
		r.keys[e.Author] = key
	}
	names, values := t.values(rowid, row)
	return r.insert(ctx, t.name, names, values)
}

func textAt(row []any, i int) string  { s, _ := row[i].(string); return s }
func bytesAt(row []any, i int) []byte { b, _ := row[i].([]byte); return b }

// values are what a row says that is not derived.
func (t *oldTable) values(rowid int64, row []any) (names []string, values []any) {
	for i, value := range row {
		c := t.columns[i]
		switch {
		case c.rowid:
			value = rowid
		case t.name == "call" && standingColumns[c.name]:
			continue
		case t.name == "call" && c.name == "rank":
			value = min(value.(int64), 0) // below it says more than the journal
		}
		names, values = append(names, c.name), append(values, value)
	}
	return names, values
}

// insert answers false where another row has the place of this one.
func (r *rescue) insert(ctx context.Context, table string, names []string, values []any) (bool, error) {
	statement := fmt.Sprintf(`INSERT OR IGNORE INTO %q("%s") VALUES(?%s)`, table, strings.Join(names, `", "`), strings.Repeat(", ?", len(names)-1))
	done, err := r.tx.ExecContext(ctx, statement, values...)
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	r.out.Rows += n
	return n > 0, err
}

// complete makes rows of which the table has nothing any more from what its
// indexes say, and lists what is lost.
func (r *rescue) complete(ctx context.Context, t *oldTable) error {
	if t.derived() || len(t.holes) == 0 && len(t.bad) == 0 {
		return nil
	}
	partial := map[int64]map[string]any{}
	whole := false // an index knows all rows
	for _, index := range t.indexes {
		whole = whole || len(index.holes) == 0 && !index.partial
		r.eachRow(index.pages, func(_ int64, row []any) { r.learn(t, index, row, partial) })
	}
	var made, gone []int64
	for _, rowid := range sortedKeys(partial) {
		ok, err := r.makeRow(ctx, t, rowid, partial[rowid])
		if err != nil {
			return err
		}
		if ok {
			made = append(made, rowid)
		} else {
			gone = append(gone, rowid)
		}
	}
	r.loseRows(t.name, LostPart, made)
	r.loseRows(t.name, LostRows, gone)
	if !whole {
		r.loseHoles(t)
	}
	return nil
}

// learn notes what an entry of an index says of a row that is lost.
func (r *rescue) learn(t *oldTable, index *oldTree, row []any, partial map[int64]map[string]any) {
	if fits, full := index.fits(row); !fits || !full {
		return
	}
	rowid, _ := row[len(row)-1].(int64)
	if r.seen[t.name][rowid] {
		return
	}
	if partial[rowid] == nil {
		partial[rowid] = map[string]any{}
	}
	for i, c := range index.columns[:len(row)-1] {
		partial[rowid][c.name] = row[i]
	}
}

func sortedKeys[V any](m map[int64]V) []int64 {
	keys := make([]int64, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// makeRow makes a row of what is known of it, and of nothing where nothing is.
// It must have what tells it from all others. An event is never made up.
func (r *rescue) makeRow(ctx context.Context, t *oldTable, rowid int64, known map[string]any) (bool, error) {
	if t.name == "event" || t.name == "session_event" || !t.tells(known) {
		return false, nil
	}
	var names []string
	var values []any
	for _, c := range t.columns {
		value, ok := known[c.name]
		switch {
		case c.rowid:
			value = rowid
		case t.name == "call" && (standingColumns[c.name] || c.name == "rank"), !ok && c.empty:
			continue
		case !ok && standIns[c.refers] != "":
			var err error
			if value, err = r.nameless(ctx, c.refers); err != nil {
				return false, err
			}
		case !ok && c.kind == "TEXT":
			value = ""
		case !ok:
			value = 0
		}
		names, values = append(names, c.name), append(values, value)
	}
	return r.insert(ctx, t.name, names, values)
}

// tells reports whether all columns of one of a table's unique indexes are known.
func (t *oldTable) tells(known map[string]any) bool {
	for _, index := range t.indexes {
		all := index.unique
		for _, c := range index.columns[:len(index.columns)-1] {
			_, ok := known[c.name]
			all = all && ok
		}
		if all {
			return true
		}
	}
	return false
}

// loseRows lists rowids as ranges.
func (r *rescue) loseRows(table string, what LossKind, rowids []int64) {
	for i := 0; i < len(rowids); {
		j := i
		for j+1 < len(rowids) && rowids[j+1] == rowids[j]+1 {
			j++
		}
		r.lose(Loss{Table: table, From: rowids[i], To: rowids[j], What: what})
		i = j + 1
	}
}

// loseHoles lists what cannot be read of a table of which no index tells.
func (r *rescue) loseHoles(t *oldTable) {
	holes := slices.Concat(t.holes, t.bad)
	slices.SortFunc(holes, func(a, b hole) int { return cmp.Or(cmp.Compare(a.after, b.after), cmp.Compare(a.upTo, b.upTo)) })
	for _, h := range slices.Compact(holes) {
		l := Loss{Table: t.name, What: LostRows}
		if !t.sorted {
			l.From = max(h.after, 0) + 1
			if h.upTo < math.MaxInt64 {
				l.To = max(h.upTo, l.From)
			}
		}
		if last := len(r.out.Lost) - 1; last < 0 || r.out.Lost[last] != l {
			r.lose(l)
		}
	}
}
