package prove

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/data/sqlite/pages"
)

// pageSize is that of every library.
const pageSize = 4096

// flipBytes changes bytes of some pages of a library, or all bytes of them, and
// rescues it. What lies on the other pages must be in the new library, whose
// events and tables must agree. Only a recording whose call is gone is left out,
// and listed: the next look at its folder brings it back with the call, and with
// what was said of that.
func flipBytes(ctx context.Context, p *prover, rounds int) (t tally, err error) {
	who, err := p.with(ctx, 400)
	if err != nil {
		return t, err
	}
	for range 12 {
		if err := who.tagAndKill(ctx, 40, 20, map[string]bool{}); err != nil {
			return t, err
		}
	}
	if wrong := who.whole(ctx); wrong != "" { // it also moves the log into the file
		return t, errors.New(wrong)
	}
	whole, err := os.ReadFile(who.library)
	if err != nil {
		return t, err
	}
	leaves, err := leavesOf(who.library)
	if err != nil {
		return t, err
	}
	for ; t.rounds < rounds; t.rounds++ {
		if err := who.flip(ctx, &t, whole, leaves); err != nil {
			return t, err
		}
	}
	return t, nil
}

// flip goes through one round.
func (p *person) flip(ctx context.Context, t *tally, whole []byte, leaves []leaf) error {
	spoiled, hit := slices.Clone(whole), map[uint32]bool{}
	for range 1 + p.random.IntN(8) {
		page := p.random.IntN(len(whole) / pageSize)
		hit[uint32(page+1)] = true
		p.spoil(spoiled[page*pageSize : (page+1)*pageSize])
	}
	broken, saved := filepath.Join(p.home, "broken.earshot"), p.at(filepath.Join(p.home, "saved.earshot"))
	if err := os.WriteFile(broken, spoiled, 0o600); err != nil {
		return err
	}
	var told struct {
		Events int
		Lost   []struct{ Table, What string }
	}
	// It exits as failed when something is lost, and has said what.
	if err := saved.get(ctx, &told, "rescue", broken, saved.library); err != nil && told.Events == 0 && len(told.Lost) == 0 {
		t.lose("pages %v: %v", hit, err)
		return nil
	}
	var checked struct {
		Integrity string
		Unsigned  int
		Agree     bool `json:"tables_agree"`
	}
	if err := saved.get(ctx, &checked, "check"); checked.Integrity != "ok" || checked.Unsigned > 0 || !checked.Agree {
		t.lose("pages %v: the rescued library: %+v, %v", hit, checked, err)
	}
	missing, err := lacks(saved.library, leaves, hit)
	if err != nil {
		return err
	}
	for _, l := range told.Lost {
		i := slices.IndexFunc(missing, func(key string) bool { return strings.HasPrefix(key, "recording ") })
		if l.Table == "recording" && l.What == "parent" && i >= 0 {
			missing = slices.Delete(missing, i, i+1)
		}
	}
	for _, key := range missing {
		t.lose("pages %v: %s is gone; listed are %+v", hit, key, told.Lost)
	}
	return removeLibraryFiles(saved.library)
}

// spoil changes bytes of a page, or writes noise over all of it.
func (p *prover) spoil(page []byte) {
	if p.random.IntN(3) == 0 {
		for i := range page {
			page[i] = byte(p.random.Uint32())
		}
		return
	}
	for range 1 + p.random.IntN(20) {
		page[p.random.IntN(len(page))] ^= byte(1 + p.random.IntN(255))
	}
}

// A leaf is a page of a table, and what its rows are known by.
type leaf struct {
	page  uint32
	table string
	keys  []string
}

// known are the tables of which the rows are compared: the place of the column
// that they are known by, and its name.
var known = map[string]struct {
	place int
	name  string
}{"call": {1, "uid"}, "recording": {3, "path"}, "event": {1, "id"}, "source": {1, "root"}}

// leavesOf reads which page holds what: SQLite's dbstat says of which table each
// is.
func leavesOf(library string) (leaves []leaf, err error) {
	db, err := sql.Open("sqlite", "file:"+library)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	file, err := pages.Open(library)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	rows, err := db.Query(`SELECT pageno, name FROM dbstat WHERE pagetype = 'leaf'`)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var l leaf
		if err := rows.Scan(&l.page, &l.table); err != nil {
			return nil, err
		}
		if k, ok := known[l.table]; ok {
			if l.keys, err = keysOn(file, l.page, k.place); err != nil {
				return nil, err
			}
		}
		leaves = append(leaves, l)
	}
	return leaves, rows.Err()
}

// keysOn are the values of a column of the rows of a page that lie on it whole.
func keysOn(f *pages.File, page uint32, column int) (keys []string, err error) {
	node, err := f.Node(page)
	if err != nil {
		return nil, err
	}
	for _, cell := range node.Cells {
		row, err := pages.Record(cell.Payload)
		if err != nil {
			return nil, err
		}
		if key, ok := row[column].(string); ok && len(cell.Payload) < pageSize-35 {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

// lacks are the rows on pages that were not hit which a library has not.
func lacks(library string, leaves []leaf, hit map[uint32]bool) (missing []string, err error) {
	db, err := sql.Open("sqlite", "file:"+library)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, l := range leaves {
		if hit[l.page] {
			continue
		}
		for _, key := range l.keys {
			var there bool
			query := fmt.Sprintf(`SELECT EXISTS (SELECT 1 FROM %s WHERE %s = ?)`, l.table, known[l.table].name)
			if err := db.QueryRow(query, key).Scan(&there); err != nil {
				return nil, err
			}
			if !there {
				missing = append(missing, l.table+" "+key)
			}
		}
	}
	return missing, nil
}
