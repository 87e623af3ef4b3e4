package sqlite

import (
	"context"
	"database/sql"
	"math"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/data/sqlite/pages"
)

// A column is what a field of a record may be.
type column struct {
	name, kind string // INTEGER, REAL, TEXT or BLOB
	empty      bool   // it may be NULL or be left out at the end of a row
	rowid      bool   // it is the rowid, and NULL in the record
	refers     string // to the rowids of this table
}

// An oldTree is a table or an index of the broken library.
type oldTree struct {
	name    string
	columns []column // as a record has them
	sorted  bool     // it is a tree of keys: an index, or a table without rowids
	unique  bool     // of an index: no two rows have the same
	partial bool     // of an index: not all rows are in it
	root    uint32   // 0 where nobody knows
	pages   []leaf   // with rows
	holes   []hole
}

// A hole is a part of a tree that cannot be read: rowids after the one and up to
// the other.
type hole struct{ after, upTo int64 }

// A leaf is a page with rows, whose rowids lie in a range as far as the tree above
// it tells.
type leaf struct {
	page uint32
	in   hole
}

// everywhere is the range of all rowids.
var everywhere = hole{math.MinInt64, math.MaxInt64}

// An oldTable is a table with its indexes.
type oldTable struct {
	oldTree
	indexes []*oldTree
	bad     []hole // rows of readable pages that cannot be read
}

func (t *oldTable) derived() bool { return derived[t.name] }

// shapes reads the tables of a library and what their rows look like.
func shapes(ctx context.Context, tx *sql.Tx) ([]*oldTable, error) {
	tables, err := list(ctx, tx, func(r *sql.Rows, t *oldTable) error { return r.Scan(&t.name, &t.sorted) },
		`SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') AND name NOT LIKE 'sqlite_%' ORDER BY name`)
	if err != nil {
		return nil, err
	}
	all := make([]*oldTable, len(tables))
	for i := range tables {
		t := &tables[i]
		if t.columns, err = columnsOf(ctx, tx, t); err != nil {
			return nil, err
		}
		if t.indexes, err = indexesOf(ctx, tx, t); err != nil {
			return nil, err
		}
		all[i] = t
	}
	return all, nil
}

// columnsOf are a table's columns as its records have them: the key first where
// there are no rowids.
func columnsOf(ctx context.Context, tx *sql.Tx, t *oldTable) ([]column, error) {
	type told struct {
		column
		required, key int
	}
	order := `cid`
	if t.sorted {
		order = `iif(pk = 0, 1000 + cid, pk)`
	}
	columns, err := list(ctx, tx, func(r *sql.Rows, c *told) error {
		return r.Scan(&c.name, &c.kind, &c.required, &c.empty, &c.key, &c.refers)
	}, `SELECT c.name, upper(c.type), c."notnull", c.dflt_value IS NOT NULL, c.pk, coalesce(f."table", '')
		FROM pragma_table_info(?1) c LEFT JOIN pragma_foreign_key_list(?1) f ON f."from" = c.name ORDER BY `+order, t.name)
	if err != nil {
		return nil, err
	}
	all := make([]column, len(columns))
	for i, c := range columns {
		all[i] = c.column
		all[i].empty = c.empty || c.required == 0
		all[i].rowid = !t.sorted && c.key == 1 && c.kind == "INTEGER"
	}
	return all, nil
}

// indexesOf are the indexes of a table with rowids, but for those of expressions,
// which say nothing that a row could be made of.
func indexesOf(ctx context.Context, tx *sql.Tx, t *oldTable) ([]*oldTree, error) {
	if t.sorted {
		return nil, nil
	}
	found, err := list(ctx, tx, func(r *sql.Rows, i *oldTree) error { return r.Scan(&i.name, &i.unique, &i.partial) },
		`SELECT name, "unique", partial FROM pragma_index_list(?)`, t.name)
	if err != nil {
		return nil, err
	}
	var all []*oldTree
	for i := range found {
		index := &found[i]
		index.sorted = true
		names, err := list(ctx, tx, func(r *sql.Rows, name *string) error { return r.Scan(name) },
			`SELECT coalesce(name, '') FROM pragma_index_info(?) ORDER BY seqno`, index.name)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			if i := slices.IndexFunc(t.columns, func(c column) bool { return c.name == name && !c.rowid }); i >= 0 {
				index.columns = append(index.columns, t.columns[i])
			}
		}
		if len(index.columns) == len(names) {
			index.columns = append(index.columns, column{kind: "INTEGER"})
			all = append(all, index)
		}
	}
	return all, nil
}

// fits reports whether a record can be a row of a tree, and whether it has all
// of its columns.
func (t *oldTree) fits(row []any) (fits, full bool) {
	if len(row) > len(t.columns) {
		return false, false
	}
	for i, c := range t.columns {
		if i >= len(row) {
			if !c.empty {
				return false, false
			}
			continue
		}
		if !c.holds(row[i]) {
			return false, false
		}
	}
	return true, len(row) == len(t.columns)
}

func (c column) holds(value any) bool {
	switch value.(type) {
	case nil:
		return c.rowid || c.empty
	case int64:
		return !c.rowid && (c.kind == "INTEGER" || c.kind == "REAL" || c.kind == "")
	case float64:
		return c.kind == "REAL" || c.kind == ""
	case string:
		return c.kind == "TEXT" || c.kind == ""
	}
	return c.kind == "BLOB" || c.kind == ""
}

// fitting reports whether most cells of a page are rows of a tree, and whether
// those have all columns. An empty page fits nothing.
func (t *oldTree) fitting(node pages.Node) (fits, full bool) {
	good, whole := 0, 0
	for _, cell := range node.Cells {
		row, err := pages.Record(cell.Payload)
		if err != nil {
			continue
		}
		if ok, all := t.fits(row); ok {
			good++
			if all {
				whole++
			}
		}
	}
	return good > 0 && 2*good >= len(node.Cells), whole > 0 && 2*whole >= len(node.Cells)
}

// schemaTree is what the schema itself looks like: kind, name, table, root and
// statement.
var schemaTree = &oldTree{name: "sqlite_schema", columns: []column{
	{kind: "TEXT"}, {kind: "TEXT"}, {kind: "TEXT"}, {kind: "INTEGER"}, {kind: "TEXT", empty: true},
}}

// isSchema reports whether a row is one of the schema.
func isSchema(row []any) bool {
	kind, _ := row[0].(string)
	statement, _ := row[4].(string)
	return slices.Contains([]string{"table", "index", "trigger", "view"}, kind) && (statement == "" || strings.HasPrefix(statement, "CREATE "))
}
