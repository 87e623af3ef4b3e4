package catalog

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"path"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// A table is what a metadata file says, ready to be joined: its usable rows,
// and what was wrong with the others. Rows lie in a scratch file and are found by
// a register, so that a table of any length takes little memory: two bytes a row,
// and what the register holds.
type table struct {
	rows      spool
	register  *register
	times     *register  // of numbers and starts; nil until one is asked for
	packed    []byte     // the last row, in place of a new piece of memory each
	standing  []standing // of the usable rows, by place
	width     int        // cells of a whole row
	tolerance time.Duration
	pairs     map[string]bool // of legs that were seen
}

// A standing is what became of a row: flags, and the recordings of other
// folders that have its file name.
type standing uint16

const (
	exactly     standing = 1 << iota // a recording has the row's very path
	used                             // a recording was given the row
	repeated                         // another row tells the same, or newer
	contradicts                      // an earlier row tells otherwise
	oneHit
)

func (s standing) hits() int { return int(s / oneHit) }

// A guide is what is known of how to read a table, before it is opened.
type guide struct {
	zone     *time.Location // of the person who imports
	arranged desk.Arrangement
	vendor   *Table // or nil
}

// An opener opens a table from its start. It may be read more than once.
type opener func() (io.ReadCloser, error)

// readTable reads a whole metadata file. It returns ctx's error, the reader's,
// [NotText], [NoColumns] or one about the guide's arrangement. A table is to be
// closed.
func readTable(ctx context.Context, open opener, g guide) (*table, error) {
	d, err := g.study(open)
	if err != nil {
		return nil, err
	}
	if !d.columns.usable() {
		return nil, review.Fail(NoColumns, nil)
	}
	if d.columns.days == unknownOrder && d.ambiguous {
		if d.columns.days, err = d.readOrder(ctx, open); err != nil {
			return nil, err
		}
	}
	t := &table{register: newRegister(registerMost), width: d.columns.width, tolerance: g.arranged.Tolerance, pairs: map[string]bool{}}
	if t.tolerance == 0 {
		t.tolerance = desk.StandardTolerance
	}
	err = d.each(ctx, open, func(r rowText) error { return t.add(r, &d.columns) })
	if err == nil {
		err = t.seal()
	}
	if err != nil {
		return nil, errors.Join(err, t.close())
	}
	return t, nil
}

func (t *table) close() error {
	err := errors.Join(t.rows.close(), t.register.close())
	if t.times != nil {
		err = errors.Join(err, t.times.close())
	}
	return err
}

// A dialect is how a table is written.
type dialect struct {
	encoding  string
	comma     byte
	named     string // the separator that a line before the table names, or ""
	records   bool   // it is JSON, and has no separator
	wrapped   int64  // bytes before its list of records; 0 where nothing is put around that
	header    bool
	columns   columns
	sample    [][]string // rows behind the header
	ambiguous bool       // the sample has a day that can be read in two ways
	oldMac    bool
	latin     bool
}

// rowsOf begins to read a table of the dialect.
func (d *dialect) rowsOf(open opener) (io.Closer, rower, error) {
	file, err := open()
	if err != nil {
		return nil, nil, err
	}
	text, _, err := decoded(file, d.encoding)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	if d.records {
		return file, newRecordReader(text, d), nil
	}
	if d.oldMac {
		text = bufio.NewReaderSize(oldMac{text}, head)
	}
	rows := &splitter{in: text, comma: d.comma, latin: d.latin, width: d.columns.width}
	if d.named != "" {
		if _, err := rows.readLine(); err != nil {
			return nil, nil, errors.Join(err, file.Close())
		}
	}
	return file, rows, nil
}

// each yields the rows of a table behind its header.
func (d *dialect) each(ctx context.Context, open opener, yield func(rowText) error) (err error) {
	file, rows, err := d.rowsOf(open)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	for first := d.header; ; first = false {
		r, err := rows.next()
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case first:
			continue
		}
		if err := yield(r); err != nil {
			return err
		}
	}
}

// readOrder reads the whole table for the order of its days and months.
func (d *dialect) readOrder(ctx context.Context, open opener) (dayOrder, error) {
	var guess orderGuess
	err := d.each(ctx, open, func(r rowText) error {
		if at := d.columns.at[fieldStart]; at < len(r.cells) {
			guess.add(Clean(r.cells[at]))
		}
		return nil
	})
	return guess.order(), err
}

// oldMac reads lines that end in a carriage return alone, as "CSV (Macintosh)"
// of a spreadsheet program has them.
type oldMac struct{ io.Reader }

func (m oldMac) Read(p []byte) (int, error) {
	n, err := m.Reader.Read(p)
	copy(p, bytes.ReplaceAll(p[:n], []byte("\r"), []byte("\n")))
	return n, err
}

// add takes a row in, or notes why it cannot be used.
func (t *table) add(text rowText, c *columns) error {
	r := row{line: text.line, fault: fault{code: text.bad}}
	if text.bad == "" {
		cells := trimRight(text.cells, c.width)
		if len(cells) == 0 {
			return nil
		}
		if len(cells) != c.width {
			r.fault = fault{code: WrongCells, n: len(cells)}
		} else {
			r.fault = c.read(cells, &r)
		}
	}
	if r.fault.code != "" {
		r = row{line: r.line, fault: r.fault}
	} else {
		r.place = len(t.standing)
		t.standing = append(t.standing, 0)
	}
	t.packed = r.pack(t.packed[:0])
	at, err := t.rows.add(t.packed)
	if err != nil || r.fault.code != "" {
		return err
	}
	return t.index(&r, at)
}

// index notes by which keys a row is found.
func (t *table) index(r *row, at int64) error {
	key := ""
	if r.file != "" {
		key = fileKey(r.file)
		if err := t.register.add(key, at); err != nil {
			return err
		}
	}
	if r.callID == "" || r.callID == key {
		return nil
	}
	return t.register.add(r.callID, at)
}

// indexTimes makes the register of numbers and starts. Few tables need one.
func (t *table) indexTimes() error {
	t.times = newRegister(registerMost)
	err := t.rows.each(func(record []byte, at int64) error {
		r, err := unpack(record)
		if err != nil || r.fault.code != "" || r.start == unset {
			return err
		}
		if number := numberKey(r.customer); number != "" {
			return t.times.add(timeKey(number, r.start/t.tolerance.Milliseconds()), at)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return t.times.seal()
}

// fileKey is what the names of one recording share: the last part of its path,
// without the extension of a recording, which some exports leave out.
func fileKey(file string) string {
	if base := path.Base(file); !claimsSound(base) {
		return base
	}
	return stem(file)
}

// about is what a row is about, for those that are about the same: its file,
// or all recordings of its call.
func (r *row) about() (about, key string) {
	if r.file != "" {
		return r.file, fileKey(r.file)
	}
	return "\x00" + r.callID, r.callID
}

// seal ends reading: it settles which of several rows about one recording
// holds.
func (t *table) seal() error {
	if err := errors.Join(t.rows.seal(), t.register.seal()); err != nil {
		return err
	}
	return t.register.groups(t.settle)
}

func (t *table) row(at int64) (row, error) {
	record, err := t.rows.read(at)
	if err != nil {
		return row{}, err
	}
	return unpack(record)
}

// settle compares the rows of a key. Of those about one recording the newest
// holds, or the first of a contact's; another that contradicts it is a fault.
func (t *table) settle(hash uint64, ats []int64) error {
	holds := map[string]row{}
	for _, at := range ats {
		r, err := t.row(at)
		if err != nil {
			return err
		}
		about, key := r.about()
		if r.file == "" && r.callID == "" || t.register.hash(key) != hash {
			continue
		}
		was, taken := holds[about]
		if !taken {
			holds[about] = r
			continue
		}
		switch {
		case r.updated > was.updated:
			t.standing[was.place] |= repeated
			holds[about] = r
		case r.updated < was.updated, r.same(&was), r.contact != "" && r.contact == was.contact:
			t.standing[r.place] |= repeated
		default:
			t.standing[r.place] |= contradicts
		}
	}
	return nil
}

// trimRight drops the empty cells beyond width, and all cells of a line that
// has only empty ones, as spreadsheets append.
func trimRight(cells []string, width int) []string {
	last := len(cells)
	for last > 0 && cells[last-1] == "" {
		last--
	}
	if last == 0 {
		return nil
	}
	return cells[:min(len(cells), max(last, width))]
}

// read reads a row's cells. What cannot be read is a fault without its line.
func (c *columns) read(cells []string, r *row) fault {
	r.file = canonical(c.cell(cells, fieldFile))
	r.callID, r.contact = Clean(c.cell(cells, fieldCallID)), Clean(c.cell(cells, fieldContact))
	if r.callID == "" {
		r.callID = r.contact
	}
	r.queue, r.category = Clean(c.cell(cells, fieldQueue)), Clean(c.cell(cells, fieldCategory))
	r.agent, r.customer = Clean(c.cell(cells, fieldAgent)), Clean(c.cell(cells, fieldCustomer))
	r.direction = parseDirection(c.cell(cells, fieldDirection))
	r.fields = c.fields(cells)
	r.start = unset
	if bad := c.readTimes(cells, r); bad.code != "" {
		return bad
	}
	if r.file == "" && r.callID == "" && (r.start == unset || numberKey(r.customer) == "") {
		return fault{code: NoKey}
	}
	return fault{}
}

func (c *columns) readTimes(cells []string, r *row) fault {
	if cell := Clean(c.cell(cells, fieldStart)); cell != "" {
		if c.at[fieldTime] >= 0 && dayAlone(cell) {
			cell = strings.TrimSpace(cell + " " + Clean(c.cell(cells, fieldTime)))
		}
		start, err := parseStartIn(cell, c.zone, c.days)
		if err != nil {
			return fault{code: review.CodeOf(err), column: c.name(fieldStart)}
		}
		r.start, r.said = start.UnixMilli(), cell
		r.offset, r.guessed = c.zoneOf(cell, start)
	}
	if cell := Clean(c.cell(cells, fieldUpdated)); cell != "" {
		if t, err := parseStartIn(cell, c.zone, c.days); err == nil {
			r.updated = t.UnixMilli()
		}
	}
	if cell := Clean(c.cell(cells, fieldDuration)); cell != "" {
		var err error
		if r.duration, err = parseDuration(cell, c.unit); err != nil {
			return fault{code: BadDuration, column: c.name(fieldDuration)}
		}
	}
	return fault{}
}

// zoneOf is the offset at which a start was read, and whether nothing in the
// table says so.
func (c *columns) zoneOf(cell string, start time.Time) (offset int64, guessed bool) {
	if _, plain := parsePlain(cell, time.UTC); !plain {
		if own, is := ownOffset(cell, ""); is {
			_, seconds := start.In(own).Zone()
			return int64(seconds), false
		}
	}
	_, seconds := start.In(c.zone).Zone()
	return int64(seconds), !c.utc
}

// canonical is the form in which paths of the table and of the disk are
// compared: composed letters, forward slashes, no detours.
func canonical(file string) string {
	file = strings.TrimSpace(file)
	if file == "" {
		return ""
	}
	return path.Clean(strings.ReplaceAll(norm.NFC.String(file), `\`, "/"))
}
