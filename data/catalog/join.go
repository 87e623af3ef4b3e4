package catalog

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// Joining goes through the recordings twice: first their names only, to know
// which rows have a recording of their own ([table.see]), then in earnest
// ([table.meta]). A row whose file name several recordings have must not go to
// the first that comes along.

// rowsOf yields the rows that a key finds in a register and that hold.
func (t *table) rowsOf(in *register, key string, yield func(*row) (more bool)) error {
	return in.find(key, func(at int64) (bool, error) {
		r, err := t.row(at)
		if err != nil {
			return false, err
		}
		if t.standing[r.place]&(repeated|contradicts) != 0 {
			return true, nil
		}
		return yield(&r), nil
	})
}

// A match is the rows that may be about a recording, each nil for none.
type match struct {
	exact   *row // has its path
	named   *row // the only one with its file name
	called  *row // has its file name as call id, or one of its keys
	several bool // more than one has its file name
}

// match finds the rows about a file.
func (t *table) match(root, name string, keys []string) (match, error) {
	var m match
	path := canonical(name)
	base := pathBase(path)
	full := canonical(root + "/" + name)
	short := "" // what a row may call it that leaves the extension out
	if claimsSound(base) {
		short = stem(base)
	}
	look := func(key string) error {
		return t.rowsOf(t.register, key, func(r *row) bool {
			switch called := pathBase(r.file); {
			case r.file == path || r.file == full:
				m.exact = r
			case r.file != "" && (called == base || called == short || slices.Contains(keys, called)):
				m.several = m.several || m.named != nil && m.named.place != r.place
				m.named = r
			}
			if m.called == nil && r.callID != "" && (r.callID == key || r.callID == stem(base)) {
				m.called = r
			}
			return true
		})
	}
	all := append([]string{fileKey(path)}, keys...)
	if key := stem(base); key != all[0] {
		all = append(all, key)
	}
	for i, key := range all {
		if i > 0 && key == all[0] {
			continue
		}
		if err := look(key); err != nil {
			return m, err
		}
	}
	if m.several {
		m.named = nil
	}
	return m, nil
}

func pathBase(file string) string {
	if file == "" {
		return ""
	}
	return path.Base(file)
}

// see notes what the table says of a file, which it may call by one of keys.
func (t *table) see(root, name string, keys ...string) error {
	m, err := t.match(root, name, keys)
	if err != nil {
		return err
	}
	if m.exact != nil {
		t.standing[m.exact.place] |= exactly
		return nil
	}
	found := m.named
	if l, isLeg := legOf(name); isLeg && !names(found, name) {
		if t.pairs[l.pair] {
			return nil // both legs are one recording
		}
		t.pairs[l.pair] = true
		if found == nil {
			if found, err = t.whole(root, l); err != nil {
				return err
			}
		}
	}
	if found != nil && t.standing[found.place].hits() < 1<<10 {
		t.standing[found.place] += oneHit
	}
	return nil
}

// names reports whether a row has the very file name of a recording, with its
// extension or without.
func names(r *row, name string) bool {
	base := pathBase(canonical(name))
	return r != nil && (pathBase(r.file) == base || pathBase(r.file) == stem(base))
}

// whole finds the row that names the call of a leg, and neither leg.
func (t *table) whole(root string, l legName) (*row, error) {
	m, err := t.match(root, l.whole, nil)
	if m.exact != nil {
		return m.exact, err
	}
	return m.named, err
}

// meta returns what the table says of a recording that was seen: by its path,
// by its file name if the row has no other recording, by its call or one of the
// keys that its name holds, else by a number and time that its name tells, which
// hint has. It answers the contact that the row names, and false when no row is
// about the recording.
func (t *table) meta(root, name string, hint desk.Meta, keys ...string) (m desk.Meta, contact string, told bool, err error) {
	r, err := t.rowOf(root, name, hint, keys)
	if err != nil || r == nil {
		return desk.Meta{}, "", false, err
	}
	t.standing[r.place] |= used
	return r.meta(), r.contact, true, nil
}

func (t *table) rowOf(root, name string, hint desk.Meta, keys []string) (*row, error) {
	m, err := t.match(root, name, keys)
	if err != nil || m.exact != nil {
		return m.exact, err
	}
	own := func(r *row) bool {
		return r != nil && t.standing[r.place]&exactly == 0 && t.standing[r.place].hits() == 1
	}
	if own(m.named) {
		return m.named, nil
	}
	l, isLeg := legOf(name)
	if isLeg {
		whole, err := t.whole(root, l)
		if err != nil || m.named == nil && own(whole) {
			return whole, err
		}
	}
	if m.called == nil && isLeg {
		of, err := t.match(root, l.whole, nil)
		if err != nil {
			return nil, err
		}
		m.called = of.called
	}
	if m.called != nil {
		return m.called, nil
	}
	return t.near(hint)
}

// near finds the one row with a number and a start near those of a recording.
func (t *table) near(hint desk.Meta) (*row, error) {
	number := numberKey(hint.Customer.Open())
	if number == "" || hint.Start.IsZero() || hint.StartRough {
		return nil, nil
	}
	if t.times == nil {
		if err := t.indexTimes(); err != nil {
			return nil, err
		}
	}
	var nearest *row
	start, within := hint.Start.UnixMilli(), t.tolerance.Milliseconds()
	many := false
	for slot := start/within - 1; slot <= start/within+1; slot++ {
		err := t.rowsOf(t.times, timeKey(number, slot), func(r *row) bool {
			off := r.start - start
			if off < -within || off > within || numberKey(r.customer) != number || otherCall(r.callID, hint.CallID) {
				return true
			}
			many = many || nearest != nil && nearest.place != r.place
			nearest = r
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	if many {
		return nil, nil // two calls of one customer, a minute apart
	}
	return nearest, nil
}

// otherCall reports whether two ids are of one kind and differ: then a number
// and a time that are alike are those of another call.
func otherCall(a, b string) bool {
	return a != b && idShape().MatchString(a) && idShape().MatchString(b)
}

// numberKey is what the spellings of one telephone number share, with or without
// the codes before it; "" for one that is too short to tell customers apart.
func numberKey(number string) string {
	figures := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
	const tells = 7
	if len(figures) < tells {
		return ""
	}
	return figures[len(figures)-tells:]
}

// timeKey is a number at one stretch of time.
func timeKey(number string, slot int64) string { return number + "@" + strconv.FormatInt(slot, 10) }

// stem is a path's file name without its extension.
func stem(file string) string {
	base := path.Base(file)
	return strings.TrimSuffix(base, path.Ext(base))
}

// noRecording is the problem of most rows that are left over.
var noRecording = review.Fail(NoRecording, nil)

// rest yields what remains of the table when all recordings were given their
// rows: the lines that could not be used and the rows without a recording, in
// the order of the file. Of the first of those it says what they tell.
func (t *table) rest(yield func(desk.Found) error) error {
	said := 0
	return t.rows.each(func(record []byte, _ int64) error {
		line, place, usable := glance(record)
		if usable && t.standing[place]&(used|repeated) != 0 {
			return nil
		}
		if alone := usable && t.standing[place] == 0; alone && said >= desk.MostTold {
			return yield(desk.Found{Line: line, Problem: noRecording, Alone: true})
		}
		r, err := unpack(record)
		if err == nil && usable {
			r.fault, err = t.leftOver(&r)
		}
		if err != nil {
			return err
		}
		found := desk.Found{Line: line, Problem: r.fault.problem(t.width)}
		if r.fault.code == NoRecording || r.fault.code == ManyRecordings {
			found.Alone, found.Said = true, r.tells()
			said++
		}
		return yield(found)
	})
}

// leftOver says why a usable row was given to no recording.
func (t *table) leftOver(r *row) (fault, error) {
	switch s := t.standing[r.place]; {
	case s&contradicts != 0:
		about, key := r.about()
		line := 0
		err := t.rowsOf(t.register, key, func(other *row) bool {
			if theirs, _ := other.about(); theirs == about {
				line = other.line
			}
			return line == 0
		})
		return fault{code: Contradicts, n: line}, err
	case s.hits() > 1 && s&exactly == 0:
		return fault{code: ManyRecordings, n: s.hits()}, nil
	}
	return fault{code: NoRecording}, nil
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
