package sqlite

import (
	"slices"

	"github.com/earshot-app/earshot/data/sqlite/pages"
)

// findRoots finds where the trees begin: in the schema, whose own pages are found
// by their look where the way to them is broken.
func (r *rescue) findRoots() {
	roots := map[string]uint32{}
	r.eachRow(r.schemaPages(), func(_ int64, row []any) {
		if fits, _ := schemaTree.fits(row); !fits || len(row) < 5 || !isSchema(row) {
			return
		}
		name, _ := row[1].(string)
		root, _ := row[3].(int64)
		if _, known := roots[name]; !known && root > 1 && root <= int64(r.old.Count()) {
			roots[name] = uint32(root)
		}
	})
	for _, t := range r.tables {
		t.root = roots[t.name]
		for _, index := range t.indexes {
			index.root = roots[index.name]
		}
	}
}

// schemaPages are the leaves of the schema.
func (r *rescue) schemaPages() []leaf {
	schema := &oldTree{name: schemaTree.name, columns: schemaTree.columns, root: 1}
	r.descend(schema, 1, everywhere, 0)
	if len(schema.holes) == 0 {
		return schema.pages
	}
	for n := uint32(2); n <= r.old.Count(); n++ {
		if r.claimed[n] {
			continue
		}
		node, err := r.old.Node(n)
		if err != nil || node.Kind != pages.TableLeaf {
			continue
		}
		mine := 0
		for _, cell := range node.Cells {
			row, err := pages.Record(cell.Payload)
			if err == nil && len(row) == 5 && isSchema(row) {
				mine++
			}
		}
		if mine > 0 && 2*mine >= len(node.Cells) {
			r.claimed[n] = true
			schema.pages = append(schema.pages, leaf{n, everywhere})
		}
	}
	return schema.pages
}

// eachRow yields the records of pages that can be read.
func (r *rescue) eachRow(from []leaf, do func(rowid int64, row []any)) {
	for _, l := range from {
		node, err := r.old.Node(l.page)
		if err != nil {
			continue // it could be read before
		}
		for _, cell := range node.Cells {
			if row, err := pages.Record(cell.Payload); err == nil && cell.Payload != nil {
				do(cell.Rowid, row)
			}
		}
	}
}

// walk follows the trees of a table from their roots.
func (r *rescue) walk(t *oldTable) {
	for _, tree := range append([]*oldTree{&t.oldTree}, t.indexes...) {
		if tree.root == 0 {
			tree.holes = append(tree.holes, everywhere)
			continue
		}
		r.descend(tree, tree.root, everywhere, 0)
	}
}

// deepest is more than any tree of a file has levels.
const deepest = 32

// descend takes a page and what lies below it for a tree whose rowids there are
// in a range. What does not look like it is a hole.
func (r *rescue) descend(t *oldTree, n uint32, in hole, depth int) {
	node, err := r.old.Node(n)
	if err != nil || r.claimed[n] || node.Kind.Index() != t.sorted || depth > deepest {
		t.holes = append(t.holes, in)
		return
	}
	rows := !node.Kind.Interior() || t.sorted
	if fits, _ := t.fitting(node); rows && !fits && len(node.Cells) > 0 {
		t.holes = append(t.holes, in)
		return
	}
	r.claimed[n] = true
	if rows {
		t.pages = append(t.pages, leaf{n, in})
	}
	if node.Bad > 0 {
		t.holes = append(t.holes, in)
	}
	if !node.Kind.Interior() {
		return
	}
	after := in.after
	for _, cell := range node.Cells {
		upTo := in.upTo
		if !t.sorted {
			upTo = cell.Rowid
		}
		r.descend(t, cell.Left, hole{after, upTo}, depth+1)
		after = upTo
		if t.sorted {
			after = in.after
		}
	}
	r.descend(t, node.Right, hole{after, in.upTo}, depth+1)
}

// placeOrphans gives pages that no tree leads to any more to the one tree with a
// hole that they can be of.
func (r *rescue) placeOrphans() {
	var open []*oldTree
	for _, t := range r.tables {
		for _, tree := range append([]*oldTree{&t.oldTree}, t.indexes...) {
			if len(tree.holes) > 0 && tree.typed() {
				open = append(open, tree)
			}
		}
	}
	if len(open) == 0 {
		return
	}
	for n := uint32(2); n <= r.old.Count(); n++ {
		if r.claimed[n] {
			continue
		}
		node, err := r.old.Node(n)
		if err != nil || node.Kind == pages.TableInterior || len(node.Cells) == 0 {
			continue
		}
		may := candidates(open, node)
		if len(may) == 1 {
			r.claimed[n] = true
			may[0].pages = append(may[0].pages, leaf{n, everywhere})
		} else if len(may) > 1 {
			r.lose(Loss{Table: unknownTable, From: int64(n), To: int64(n), What: LostPage})
		}
	}
}

// candidates are the trees that a page can be of: those of which it has all
// columns before others, and of these those with a hole where its rows are.
func candidates(open []*oldTree, node pages.Node) []*oldTree {
	var may, full, placed []*oldTree
	for _, t := range open {
		if t.sorted != node.Kind.Index() {
			continue
		}
		fits, all := t.fitting(node)
		if fits {
			may = append(may, t)
		}
		if all {
			full = append(full, t)
		}
	}
	if len(full) > 0 {
		may = full
	}
	for _, t := range may {
		if !t.sorted && t.misses(node.Cells[0].Rowid) && t.misses(node.Cells[len(node.Cells)-1].Rowid) {
			placed = append(placed, t)
		}
	}
	if len(placed) > 0 {
		return placed
	}
	return may
}

// typed reports whether every column has a type. Those of FTS5 have none, and
// anything fits them.
func (t *oldTree) typed() bool {
	return !slices.ContainsFunc(t.columns, func(c column) bool { return c.kind == "" })
}

// misses reports whether a rowid lies in a hole.
func (t *oldTree) misses(rowid int64) bool {
	for _, h := range t.holes {
		if h.after < rowid && rowid <= h.upTo {
			return true
		}
	}
	return false
}
