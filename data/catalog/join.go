package catalog

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// Joining goes through the recordings twice: first their names only, to know
// which rows have a recording of their own ([table.see]), then in earnest
// ([table.meta]). A row whose file name several recordings have must not go to
// the first that comes along.

// see notes what the table says of a file.
func (t *table) see(root, name string) {
	if i, ok := t.exact(root, name); ok {
		t.rows[i].exact = true
		return
	}
	i, ok := t.named(name)
	if l, isLeg := legOf(name); isLeg && !ok && !t.pairs[l.pair] {
		t.pairs[l.pair] = true // both legs are one recording
		i, ok = t.whole(root, l)
	}
	if ok {
		t.rows[i].hits++
	}
}

// meta returns what the table says of a recording that was seen: by its path,
// by its file name if the row has no other recording, or by its call.
func (t *table) meta(root, name string) desk.Meta {
	l, isLeg := legOf(name)
	i, ok := t.exact(root, name)
	if !ok {
		i, ok = t.named(name)
		if !ok && isLeg {
			i, ok = t.whole(root, l)
		}
		ok = ok && !t.rows[i].exact && t.rows[i].hits == 1
	}
	if !ok {
		i, ok = t.byCall[stem(canonical(name))]
	}
	if !ok && isLeg {
		i, ok = t.byCall[stem(canonical(l.whole))]
	}
	if !ok {
		return desk.Meta{}
	}
	t.rows[i].used = true
	return t.rows[i].meta()
}

// whole finds the row that names the call of a leg, and neither leg.
func (t *table) whole(root string, l legName) (int32, bool) {
	i, ok := t.exact(root, l.whole)
	if !ok {
		i, ok = t.named(l.whole)
	}
	return i, ok
}

// exact finds the row with a recording's path, below the root or absolute.
func (t *table) exact(root, name string) (int32, bool) {
	i, ok := t.byFile[canonical(name)]
	if !ok {
		i, ok = t.byFile[canonical(root+"/"+name)]
	}
	return i, ok
}

// named finds the only row with a recording's file name, or that without its
// extension, as some exports have it.
func (t *table) named(name string) (int32, bool) {
	base := path.Base(canonical(name))
	i, ok := t.byBase[base]
	if !ok && claimsSound(base) {
		i, ok = t.byBase[stem(base)]
	}
	return i, ok && i != several
}

// stem is a path's file name without its extension.
func stem(file string) string {
	base := path.Base(file)
	return strings.TrimSuffix(base, path.Ext(base))
}

// rest lists what remains of the table when all recordings were given their
// rows: the lines that could not be used and those without a recording, in the
// order of the file.
func (t *table) rest() []fault {
	for _, r := range t.rows {
		switch {
		case r.used:
		case r.hits > 1 && !r.exact:
			t.faults = append(t.faults, fault{line: int(r.line), code: ManyRecordings, n: int(r.hits)})
		default:
			t.faults = append(t.faults, fault{line: int(r.line), code: NoRecording})
		}
	}
	slices.SortFunc(t.faults, func(a, b fault) int { return cmp.Compare(a.line, b.line) })
	return t.faults
}

// problem is the fault with the arguments of its code.
func (f fault) problem(width int) *review.Error {
	args := review.Args{}
	switch f.code {
	case BadStart, AmbiguousStart, BadDuration:
		args["column"] = f.column
	case WrongCells:
		args["n"], args["want"] = f.n, width
	case Contradicts:
		args["line"] = f.n
	case ManyRecordings:
		args["n"] = f.n
	}
	return review.Fail(f.code, args)
}
