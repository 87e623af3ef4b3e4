package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// AddFound implements [desk.Store]. A file that is known by its path keeps its
// call, whatever uid the entry proposes; otherwise it joins the call of that
// uid or of its partner, or makes one. One that moved keeps all that it was.
func (s *Store) AddFound(ctx context.Context, batch []desk.Entry) ([]desk.Added, error) {
	added := make([]desk.Added, len(batch))
	err := s.bulk(ctx, len(batch), func(tx *sql.Tx) error {
		in := importer{ctx: ctx, tx: tx, ids: map[[2]string]int64{}, fresh: map[int64]bool{}, prepared: map[string]*sql.Stmt{}}
		if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(number), 0) FROM draw`).Scan(&in.draws); err != nil {
			return fmt.Errorf("count the draws: %w", err)
		}
		left, err := in.addFresh(batch, added)
		for _, i := range left {
			if err == nil {
				added[i], err = in.add(batch[i])
			}
		}
		if err == nil {
			err = tellWaiting(ctx, tx, added)
		}
		if err != nil {
			return fmt.Errorf("add recordings: %w", err)
		}
		return bump(ctx, tx)
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

// importer adds the recordings of one transaction.
type importer struct {
	ctx   context.Context
	tx    *sql.Tx
	ids   map[[2]string]int64 // of names, by table and name
	draws int                 // made so far
	fresh map[int64]bool      // calls that it made, by id

	prepared map[string]*sql.Stmt // by statement; the transaction closes them
}

// row runs a query that is prepared once for all recordings, and scans its row.
func (in *importer) row(query string, args []any, targets ...any) (found bool, err error) {
	stmt, err := in.prepare(query)
	if err != nil {
		return false, err
	}
	return one(stmt.QueryRowContext(in.ctx, args...), targets...)
}

// exec runs a statement that is prepared once for all recordings.
func (in *importer) exec(statement string, args ...any) error {
	stmt, err := in.prepare(statement)
	if err == nil {
		_, err = stmt.ExecContext(in.ctx, args...)
	}
	return err
}

func (in *importer) prepare(statement string) (*sql.Stmt, error) {
	if stmt := in.prepared[statement]; stmt != nil {
		return stmt, nil
	}
	stmt, err := in.tx.PrepareContext(in.ctx, statement)
	in.prepared[statement] = stmt
	return stmt, err
}

// row is a call's catalogue row.
type row struct {
	uid                          string
	id, started, millis, told    int64
	guessed, missing             bool
	queue, category, agent       string
	customer, direction          string
	queueID, categoryID, agentID int64
	said                         review.Said
}

func (in *importer) add(e desk.Entry) (desk.Added, error) {
	var a desk.Added
	source, err := in.sourceOf(e)
	if err != nil {
		return a, err
	}
	if err := in.move(e, source); err != nil {
		return a, err
	}
	call, known, err := in.callOf(pathOf(e))
	if err != nil {
		return a, err
	}
	if !known {
		a.NewFile = true
		if call, known, err = in.callOfNew(e, source); err != nil {
			return a, err
		}
	}
	if !known {
		a.NewCall = true
		if call, err = in.newCall(e, source); err != nil {
			return a, err
		}
		in.fresh[call] = true
	}
	if err := errors.Join(in.keepFile(e, source, call), in.keepCopy(e)); err != nil {
		return a, err
	}
	if a, err = in.correct(a, e, call); err != nil {
		return a, err
	}
	if err := in.meet(&a, e, call); err != nil {
		return a, err
	}
	changed, err := in.correctFields(e, call)
	a.Changed = append(a.Changed, changed...)
	return a, err
}

// callOfNew finds the call that a file which is not known yet belongs to.
func (in *importer) callOfNew(e desk.Entry, source int64) (call int64, known bool, err error) {
	call, known, err = in.callByUID(e.UID)
	for _, find := range []func(desk.Entry) (int64, bool, error){
		in.callOfContact,
		func(e desk.Entry) (int64, bool, error) { return in.callOfPartner(e, source) },
		in.callOfCopy,
	} {
		if err == nil && !known {
			call, known, err = find(e)
		}
	}
	return call, known, err
}

func (in *importer) source(root string) (int64, error) {
	return in.id("source", "root", root)
}

// id finds or makes the row of a name.
func (in *importer) id(table, column, name string) (int64, error) {
	key := [2]string{table, name}
	if id, ok := in.ids[key]; ok {
		return id, nil
	}
	err := in.exec(`INSERT INTO `+table+`(`+column+`) VALUES(?) ON CONFLICT DO NOTHING`, name)
	if err != nil {
		return 0, err
	}
	var id int64
	_, err = in.row(`SELECT id FROM `+table+` WHERE `+column+` = ?`, []any{name}, &id)
	in.ids[key] = id
	return id, err
}

func (in *importer) callOf(path string) (id int64, known bool, err error) {
	known, err = in.row(`SELECT call_id FROM recording WHERE path = ?`, []any{path}, &id)
	return id, known, err
}

func (in *importer) callByUID(uid string) (id int64, known bool, err error) {
	known, err = in.row(`SELECT iif(merged > 0, merged, id) FROM call WHERE uid = ?`, []any{uid}, &id)
	if err == nil && !known {
		known, err = in.row(`SELECT c.id FROM call_merge m JOIN call c ON c.uid = m.whole WHERE m.uid = ?`, []any{uid}, &id)
	}
	return id, known, err
}

func (in *importer) newCall(e desk.Entry, source int64) (int64, error) {
	call, err := in.callRow(nil, e, source, e.Meta.Duration.Milliseconds())
	if err != nil {
		return 0, err
	}
	var id int64
	_, err = in.row(`INSERT `+callInsert+`(NULL`+strings.Repeat(`, ?`, len(call))+`) RETURNING id`, call, &id)
	return id, err
}

func (in *importer) keepFile(e desk.Entry, source, call int64) error {
	row := recordingRow(nil, e, source, call)
	return in.exec(`INSERT `+recordingInsert+`(?`+strings.Repeat(`, ?`, len(row)-1)+`)
		ON CONFLICT(path) DO UPDATE SET size = excluded.size, modified = excluded.modified,
		format = excluded.format, rate = excluded.rate, channels = excluded.channels, frames = excluded.frames,
		seen = excluded.seen, missing = 0, leg = excluded.leg, pair = excluded.pair, beside = excluded.beside,
		mark = CASE excluded.mark WHEN 0 THEN mark ELSE excluded.mark END,
		began_ms = CASE excluded.began_ms WHEN 0 THEN began_ms ELSE excluded.began_ms END`, row...)
}

// correct brings the call's row up to date with what the entry says, and lists
// the fields of a call that was here. What the metadata does not say stays as
// it is.
func (in *importer) correct(a desk.Added, e desk.Entry, call int64) (desk.Added, error) {
	was, err := in.read(call)
	if err != nil {
		return a, err
	}
	a.UID = was.uid
	is := was
	is.missing = false
	is.say(e)
	if err := in.sayOfLegs(was, &is, e); err != nil {
		return a, fmt.Errorf("read when the legs began: %w", err)
	}
	var seconds float64
	if _, err = in.row(lengthQuery+`?`+lengthGroups, []any{call}, &seconds); err != nil {
		return a, fmt.Errorf("add up the recordings: %w", err)
	}
	if is.millis = is.told; is.told == 0 {
		is.millis = int64(math.Round(seconds * 1000))
	}
	if is == was {
		return a, nil
	}
	if !in.fresh[call] {
		a.Changed = was.changes(is)
	}
	return a, in.write(was, is, a.NewCall)
}

func (in *importer) read(call int64) (row, error) {
	r := row{id: call}
	_, err := in.row(`SELECT c.uid, c.started_at, c.start_guessed, c.duration_ms, c.told_ms, q.name, k.name, a.name,
		c.customer, c.direction, c.missing, c.queue_id, c.category_id, c.agent_id`+saidColumns+callTables+`WHERE c.id = ?`, []any{call},
		&r.uid, &r.started, &r.guessed, &r.millis, &r.told, &r.queue, &r.category, &r.agent,
		&r.customer, &r.direction, &r.missing, &r.queueID, &r.categoryID, &r.agentID,
		&r.said.Text, &r.said.Zone, &r.said.Guessed)
	return r, err
}

// say overlays what the metadata says.
func (r *row) say(e desk.Entry) {
	later := r.followedBy(e)
	r.begin(e.Meta)
	if e.Meta.Duration > 0 {
		r.told = e.Meta.Duration.Milliseconds()
	}
	for _, f := range []struct {
		field *string
		says  string
	}{
		{&r.queue, e.Meta.Queue},
		{&r.category, e.Meta.Category},
		{&r.agent, e.Meta.Agent.Open()},
		{&r.customer, e.Meta.Customer.Open()},
		{&r.direction, e.Meta.Direction},
	} {
		if f.says != "" && (!later || *f.field == "") {
			*f.field = f.says
		}
	}
}

// changes lists the fields in which is differs. Private ones do not say how.
func (r row) changes(is row) []desk.FieldChange {
	var changed []desk.FieldChange
	add := func(field, from, to string) {
		if from != to {
			changed = append(changed, desk.FieldChange{Field: field, From: from, To: to})
		}
	}
	hide := func(field, from, to string) {
		if from != to {
			changed = append(changed, desk.FieldChange{Field: field, From: review.Hide(from).String(), To: review.Hide(to).String()})
		}
	}
	instant := func(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.RFC3339) }
	length := func(millis int64) string { return strconv.FormatFloat(float64(millis)/1000, 'f', -1, 64) }
	add("start", instant(r.started), instant(is.started))
	add("duration", length(r.millis), length(is.millis))
	add("queue", r.queue, is.queue)
	add("category", r.category, is.category)
	add("direction", r.direction, is.direction)
	hide("agent", r.agent, is.agent)
	hide("customer", r.customer, is.customer)
	return changed
}

// write stores a corrected row, in the call and in what copies it, and keeps
// what draws have seen.
func (in *importer) write(was, is row, isNew bool) error {
	var errs [3]error
	is.queueID, errs[0] = in.id("queue", "name", is.queue)
	is.categoryID, errs[1] = in.id("category", "name", is.category)
	is.agentID, errs[2] = in.id("agent", "name", is.agent)
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	if !isNew {
		if err := remember(in.ctx, in.tx, "id = ?", is.id); err != nil {
			return err
		}
	}
	err := in.exec(`UPDATE call SET started_at = ?, start_guessed = ?, duration_ms = ?, told_ms = ?, queue_id = ?,
		category_id = ?, agent_id = ?, customer = ?, direction = ?, missing = ?,
		start_said = ?, start_zone = ?, zone_guessed = ? WHERE id = ?`,
		is.started, is.guessed, is.millis, is.told, is.queueID, is.categoryID, is.agentID, is.customer, is.direction, is.missing,
		is.said.Text, is.said.Zone, is.said.Guessed, is.id)
	if err != nil {
		return fmt.Errorf("correct a call: %w", err)
	}
	if isNew {
		return nil
	}
	err = in.exec(`UPDATE finding SET started_at = ?, queue_id = ?, category_id = ? WHERE call_id = ?`,
		is.started, is.queueID, is.categoryID, is.id)
	return wrap(err, "correct a call's findings")
}

// remember keeps what the calls of a condition are, for the draws made so far.
func remember(ctx context.Context, tx *sql.Tx, where string, args ...any) error {
	return wrap(exec(ctx, tx, `INSERT INTO call_was SELECT id, (SELECT coalesce(max(number), 0) FROM draw), started_at, queue_id,
		category_id, duration_ms, missing FROM call WHERE `+where+` ON CONFLICT DO NOTHING`, args...), "keep what draws have seen")
}
