package sqlite

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
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

// rowsAtOnce is how many rows one statement stores.
const rowsAtOnce = 50

// addFresh stores what of a batch is surely new and sets its part of added; the
// places in batch of what is left come back.
func (in *importer) addFresh(batch []desk.Entry, added []desk.Added) (left []int, err error) {
	fresh, left, err := in.fresheners(batch)
	if err != nil || len(fresh) == 0 {
		return left, err
	}
	next, err := in.nextID("call")
	if err != nil {
		return nil, err
	}
	calls, recordings := newRows(callInsert, len(fresh)), newRows(recordingInsert, len(fresh))
	for n, i := range fresh {
		e := batch[i]
		source, err := in.sourceOf(e)
		if err != nil {
			return nil, err
		}
		call, err := in.callRow(e, source, lasts(e))
		if err != nil {
			return nil, err
		}
		id := next + int64(n)
		calls.add(append([]any{id}, call...))
		recordings.add(recordingRow(e, source, id))
		added[i] = desk.Added{UID: e.UID, NewCall: true, NewFile: true}
		in.fresh[id] = true
	}
	if err := errors.Join(calls.store(in), recordings.store(in)); err != nil {
		return nil, fmt.Errorf("add calls: %w", err)
	}
	for n, i := range fresh {
		if _, err := in.correctFields(batch[i], next+int64(n)); err != nil {
			return nil, err
		}
	}
	return left, nil
}

// fresheners parts a batch into the places of what is surely new, and the rest.
func (in *importer) fresheners(batch []desk.Entry) (fresh, left []int, err error) {
	paths, uids := make([]string, len(batch)), make([]string, len(batch))
	times := map[string]int{} // that a uid comes
	for i, e := range batch {
		paths[i], uids[i] = pathOf(e), e.UID
		times[e.UID]++
		times[paths[i]]++
	}
	known := map[string]bool{}
	err = errors.Join(in.which(known, `SELECT path FROM recording WHERE path IN (SELECT value FROM json_each(?))`, paths),
		in.which(known, `SELECT uid FROM call WHERE uid IN (SELECT value FROM json_each(?))`, uids), in.spoken(known, uids))
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

// callInsert adds calls with the columns of [importer.callRow].
const callInsert = `INSERT INTO call(id, uid, started_at, start_guessed, duration_ms, told_ms, queue_id, category_id, agent_id,
	customer, direction, source_id, born, start_said, start_zone, zone_guessed) VALUES`

// callRow is the row of the call that an entry makes, but for its id.
func (in *importer) callRow(e desk.Entry, source, millis int64) ([]any, error) {
	queue, err1 := in.id("queue", "name", e.Meta.Queue)
	category, err2 := in.id("category", "name", e.Meta.Category)
	agent, err3 := in.id("agent", "name", e.Meta.Agent.Open())
	start, guessed := e.Meta.Start, e.Meta.StartRough
	if start.IsZero() {
		start, guessed = e.Recording.Modified, true
	}
	return []any{
		e.UID, start.Unix(), guessed, millis, e.Meta.Duration.Milliseconds(), queue, category, agent,
		e.Meta.Customer.Open(), e.Meta.Direction, source, in.draws,
		e.Meta.StartSaid, e.Meta.Zone, e.Meta.ZoneGuessed,
	}, errors.Join(err1, err2, err3)
}

// recordingInsert adds recordings with the columns of recordingRow.
const recordingInsert = `INSERT INTO recording(call_id, source_id, path, size, modified, format, rate, channels, frames, seen,
	leg, pair, began_ms, mark, beside) VALUES`

func recordingRow(e desk.Entry, source, call int64) []any {
	r := e.Recording
	return []any{
		call, source, pathOf(e), r.Size, r.Modified.UnixMilli(), r.Format, r.Rate, r.Channels, r.Frames, e.Look,
		string(r.Leg), e.Pair, began(e), e.Mark, e.Beside,
	}
}

// rows are stored [rowsAtOnce] by a statement.
type rows struct {
	insert string
	values [][]any
}

func newRows(insert string, n int) *rows { return &rows{insert, make([][]any, 0, n)} }

func (r *rows) add(values []any) { r.values = append(r.values, values) }

func (r *rows) store(in *importer) error {
	for len(r.values) > 0 {
		n := min(len(r.values), rowsAtOnce)
		one := ", (?" + strings.Repeat(", ?", len(r.values[0])-1) + ")"
		all := make([]any, 0, n*len(r.values[0]))
		for _, values := range r.values[:n] {
			all = append(all, values...)
		}
		if err := in.exec(r.insert+strings.Repeat(one, n)[1:], all...); err != nil {
			return err
		}
		r.values = r.values[n:]
	}
	return nil
}
