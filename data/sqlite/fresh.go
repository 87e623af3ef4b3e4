package sqlite

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// Most of an import are new recordings that each make a call, and one statement
// for each step of each of them costs more than all that SQLite does. So those
// of a batch are found by two questions and stored by a few statements of many
// rows. What needs a closer look goes the long way of [importer.add]: a file
// that is known or has moved, a leg, a call of several recordings.

// addFresh stores what of a batch is surely new and sets its part of added; the
// places in batch of what is left come back, in their order.
func (in *importer) addFresh(batch []desk.Entry, added []desk.Added) (left []int, err error) {
	if len(batch) == 0 {
		return nil, nil
	}
	fresh, left, err := in.fresheners(batch)
	if err != nil || len(fresh) == 0 {
		return left, err
	}
	next, err := in.nextID("call")
	if err != nil {
		return nil, err
	}
	kept, err := in.addCalls(batch, fresh, next)
	if err != nil {
		return nil, fmt.Errorf("add calls: %w", err)
	}
	recordings := in.rows(recordingInsert, recordingValues)
	for n, i := range fresh {
		id := next + int64(n)
		if kept != nil && !kept[id] {
			left = append(left, i)
			continue
		}
		source, err := in.sourceOf(batch[i])
		if err == nil {
			err = recordings.add(recordingRow(recordings.room(), batch[i], source, id))
		}
		if err != nil {
			return nil, fmt.Errorf("add recordings: %w", err)
		}
		added[i] = desk.Added{UID: batch[i].UID, NewCall: true, NewFile: true}
		in.fresh[id] = true
	}
	if _, err := recordings.end(); err != nil {
		return nil, fmt.Errorf("add recordings: %w", err)
	}
	for n, i := range fresh {
		if !added[i].NewCall {
			continue // left to [importer.add], which knows its call
		}
		if _, err := in.correctFields(batch[i], next+int64(n)); err != nil {
			return nil, err
		}
	}
	slices.Sort(left)
	return left, nil
}

// addCalls adds a call for each of fresh, with ids from next on. Where one of
// their uids is known, nothing is added for it, and it answers the ids of those
// that were; nil says all: to ask for each before would cost more.
func (in *importer) addCalls(batch []desk.Entry, fresh []int, next int64) (kept map[int64]bool, err error) {
	calls := in.rows(callInsert, callValues)
	for n, i := range fresh {
		source, err := in.sourceOf(batch[i])
		if err != nil {
			return nil, err
		}
		row, err := in.callRow(append(calls.room(), next+int64(n)), batch[i], source, lasts(batch[i]))
		if err == nil {
			err = calls.add(row)
		}
		if err != nil {
			return nil, err
		}
	}
	stored, err := calls.end()
	if err != nil || stored == int64(len(fresh)) {
		return nil, err
	}
	kept = map[int64]bool{}
	var id int64
	err = queries{db: in.tx}.stream(in.ctx, []any{&id}, func() { kept[id] = true }, `SELECT id FROM call WHERE id >= ?`, next)
	return kept, err
}

// fresheners parts a batch into the places of what is new as far as is known
// without its uid, and the rest.
func (in *importer) fresheners(batch []desk.Entry) (fresh, left []int, err error) {
	paths, uids := make([]string, len(batch)), make([]string, len(batch))
	times := make(map[string]int, 2*len(batch)) // that a uid or a path comes
	for i, e := range batch {
		paths[i], uids[i] = pathOf(e), e.UID
		times[e.UID]++
		times[paths[i]]++
	}
	known := map[string]bool{}
	err = errors.Join(in.held(known, paths), in.spoken(known, uids))
	for i, e := range batch {
		plain := e.From == "" && e.Copy == "" && e.Pair == "" && e.Recording.Leg == review.WholeCall && utf8.ValidString(paths[i]) // as JSON is
		if plain && times[e.UID] == 1 && times[paths[i]] == 1 && !known[e.UID] && !known[paths[i]] {
			fresh = append(fresh, i)
		} else {
			left = append(left, i)
		}
	}
	return fresh, left, err
}

// held adds to known those of paths that the library holds. Of a source that is
// looked through for the first time it holds none that lies between any two.
func (in *importer) held(known map[string]bool, paths []string) error {
	var some bool
	_, err := in.row(`SELECT EXISTS (SELECT 1 FROM recording WHERE path BETWEEN ? AND ?)`, []any{slices.Min(paths), slices.Max(paths)}, &some)
	if err != nil || !some {
		return err
	}
	return in.which(known, `SELECT path FROM recording WHERE path IN (SELECT value FROM json_each(?))`, paths)
}

// which adds to known those of names that a query finds.
func (in *importer) which(known map[string]bool, query string, names []string) error {
	text, err := json.Marshal(names)
	if err != nil {
		return fmt.Errorf("write names: %w", err)
	}
	return queries{db: in.tx}.stream(in.ctx, []any{&query}, func() { known[query] = true }, query, string(text))
}

func pathOf(e desk.Entry) string { return review.Under(e.Root, e.Name) }

func (in *importer) nextID(table string) (int64, error) {
	var next int64
	_, err := in.row(`SELECT coalesce(max(id), 0) + 1 FROM `+table, nil, &next)
	return next, err
}

// lasts is how long the call of a lone recording lasts, in milliseconds: as
// long as the metadata says, or as the recording.
func lasts(e desk.Entry) int64 {
	if e.Meta.Duration > 0 || e.Recording.Rate <= 0 {
		return e.Meta.Duration.Milliseconds()
	}
	return int64(math.Round(float64(e.Recording.Frames) / float64(e.Recording.Rate) * 1000))
}

// callInsert is where calls go, with an id and the columns of [importer.callRow].
const callInsert = `INTO call(id, uid, started_at, start_guessed, duration_ms, told_ms, queue_id, category_id, agent_id,
	customer, direction, source_id, born, start_said, start_zone, zone_guessed) VALUES`

const callValues = 16

// callRow adds to row what the call that an entry makes has beside its id.
func (in *importer) callRow(row []any, e desk.Entry, source, millis int64) ([]any, error) {
	queue, err1 := in.id("queue", "name", e.Meta.Queue)
	category, err2 := in.id("category", "name", e.Meta.Category)
	agent, err3 := in.id("agent", "name", e.Meta.Agent.Open())
	start, guessed := e.Meta.Start, e.Meta.StartRough
	if start.IsZero() {
		start, guessed = e.Recording.Modified, true
	}
	return append(row,
		e.UID, start.Unix(), guessed, millis, e.Meta.Duration.Milliseconds(), queue, category, agent,
		e.Meta.Customer.Open(), e.Meta.Direction, source, int64(in.draws),
		e.Meta.StartSaid, e.Meta.Zone, e.Meta.ZoneGuessed), errors.Join(err1, err2, err3)
}

// recordingInsert is where recordings go, with the columns of recordingRow.
const recordingInsert = `INTO recording(call_id, source_id, path, size, modified, format, rate, channels, frames, seen,
	leg, pair, began_ms, mark, beside) VALUES`

const recordingValues = 15

// recordingRow adds a recording's columns to row.
func recordingRow(row []any, e desk.Entry, source, call int64) []any {
	r := e.Recording
	return append(row,
		call, source, pathOf(e), r.Size, r.Modified.UnixMilli(), r.Format, int64(r.Rate), int64(r.Channels), r.Frames, e.Look,
		string(r.Leg), e.Pair, began(e), e.Mark, e.Beside)
}

// rowsAtOnce is how many rows one statement stores: what SQLite does for each
// statement, and for each page that it touches, is much beside a row.
const rowsAtOnce = 500

// rows gathers rows of one table, to store many by a statement. A row that is
// there already is left out.
type rows struct {
	in      *importer
	insert  string
	columns int
	values  []any // of as many rows as fit
	stored  int64
}

func (in *importer) rows(insert string, columns int) *rows {
	return &rows{in: in, insert: insert, columns: columns}
}

// room is where the columns of the next row go; add takes it back with them.
func (r *rows) room() []any { return r.values }

func (r *rows) add(values []any) error {
	r.values = values
	if len(r.values) < rowsAtOnce*r.columns {
		return nil
	}
	return r.store()
}

// end stores what is left, and answers how many rows were stored in all.
func (r *rows) end() (int64, error) {
	err := r.store()
	return r.stored, err
}

func (r *rows) store() error {
	n := len(r.values) / r.columns
	if n == 0 {
		return nil
	}
	one := ", (?" + strings.Repeat(", ?", r.columns-1) + ")"
	stmt, err := r.in.prepare(`INSERT OR IGNORE ` + r.insert + strings.Repeat(one, n)[1:])
	if err != nil {
		return err
	}
	done, err := stmt.ExecContext(r.in.ctx, r.values...)
	if err != nil {
		return err
	}
	stored, err := done.RowsAffected()
	r.stored, r.values = r.stored+stored, r.values[:0]
	return err
}
