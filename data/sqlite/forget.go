package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

// forgottenSource is the source of all forgotten calls, as a folder may be named
// after a person. It is no folder.
const forgottenSource = "forgotten"

// asJSON writes what a statement reads by json_each.
func asJSON(values any) (string, error) {
	text, err := json.Marshal(values)
	return string(text), wrap(err, "write a list")
}

// Contact implements [desk.Forget].
func (a act) Contact(ctx context.Context, uid string) ([]string, error) {
	parts, err := partsOf(ctx, a.tx, uid)
	if err != nil {
		return nil, err
	}
	if _, err := a.Call(ctx, uid); err != nil {
		return nil, err
	}
	return parts, nil
}

// KnownAs implements [desk.Forget].
func (a act) KnownAs(ctx context.Context, uids []string) ([]desk.KnownAs, error) {
	text, err := asJSON(uids)
	if err != nil {
		return nil, err
	}
	known, err := list(ctx, a.tx, func(r *sql.Rows, k *desk.KnownAs) error {
		return r.Scan(&k.UID, &k.Contact, &k.Path, &k.Mark, &k.Size, &k.Modified)
	}, `SELECT c.uid, coalesce(r.contact, ''), coalesce(r.path, ''), coalesce(r.mark, 0), coalesce(r.size, 0), coalesce(r.modified, 0)
		FROM json_each(?) u JOIN call c ON c.uid = u.value LEFT JOIN recording r ON r.call_id = c.id`, text)
	return known, wrap(err, "read what calls are known by")
}

// Told implements [desk.Forget].
func (a act) Told(ctx context.Context, uids []string) ([]journal.Signed, error) {
	text, err := asJSON(uids)
	if err != nil {
		return nil, err
	}
	events, err := list(ctx, a.tx, func(r *sql.Rows, e *journal.Signed) error {
		if err := r.Scan(&e.Bytes, &e.Signature, (*[]byte)(&e.Public)); err != nil {
			return err
		}
		return journal.Read(e.Bytes, &e.Event)
	}, `SELECT e.bytes, e.signature, a.public FROM event e JOIN author a ON a.id = e.author WHERE e.seq IN (
			SELECT s.seq FROM json_each(?) u CROSS JOIN event_subject s ON s.subject = u.value
			UNION SELECT s.seq FROM issue i CROSS JOIN event_subject s ON s.subject = i.uid CROSS JOIN event d ON d.seq = s.seq WHERE d.type = ?
			UNION SELECT seq FROM event WHERE type = 'private.revealed')
		ORDER BY e.seq`, text, journal.TypeIssueDescribed)
	return events, wrap(err, "read what was said of calls")
}

// ForgetCalls implements [desk.Forget].
func (a act) ForgetCalls(ctx context.Context, f desk.Forgetting) error {
	uids := make([]string, 0, len(f.As))
	for uid := range f.As {
		uids = append(uids, uid)
	}
	text, err := asJSON(uids)
	if err != nil {
		return err
	}
	told, err := list(ctx, a.tx, scanText, `SELECT DISTINCT s.subject FROM json_each(?) u CROSS JOIN event_subject s ON s.subject = u.value`, text)
	if err != nil {
		return wrap(err, "read which calls were spoken of")
	}
	steps := []func() error{
		func() error {
			return remember(ctx, a.tx, `id IN (SELECT c.id FROM json_each(?) u CROSS JOIN call c ON c.uid = u.value)`, text)
		},
		func() error { return a.forgetSessions(ctx, f.As) }, // and notes that a purge is due
		func() error { return a.forgetRows(ctx, text, f.Fields) },
		func() error { return a.coarsen(ctx, text, f) },
		func() error { return a.bury(ctx, f.Tombs) },
		func() error { return a.rename(ctx, f.As) },
		func() error { return a.deriveForgotten(ctx, told, f) },
		func() error { return a.keepHashes(ctx, f.Hashes) },
		func() error { return bump(ctx, a.tx) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return fmt.Errorf("forget calls: %w", err)
		}
	}
	return nil
}

func scanText(r *sql.Rows, text *string) error { return r.Scan(text) }

// theseCalls are the rows of the calls of argument 1.
const theseCalls = `(SELECT c.id FROM json_each(?1) u CROSS JOIN call c ON c.uid = u.value)`

// forgetRows deletes what lies beside the rows of calls. What did not join in
// their sources is read anew by the next look, which goes through all.
func (a act) forgetRows(ctx context.Context, uids string, fields []string) error {
	if err := a.forgetFields(ctx, uids, fields); err != nil {
		return err
	}
	const sources = `(SELECT source_id FROM call WHERE id IN ` + theseCalls + ` UNION SELECT source_id FROM recording WHERE call_id IN ` + theseCalls + `)`
	for _, statement := range []string{
		`DELETE FROM agenda WHERE ref IN (SELECT m.uid FROM finding f JOIN moment m ON m.finding_id = f.id WHERE f.call_id IN ` + theseCalls + `
			UNION SELECT uid FROM praise WHERE call_id IN ` + theseCalls + `)`,
		`DELETE FROM turn WHERE transcript_id IN (SELECT id FROM transcript WHERE call_id IN ` + theseCalls + `)`,
		`DELETE FROM transcript WHERE call_id IN ` + theseCalls,
		`DELETE FROM unjoined WHERE source_id IN ` + sources,
		`DELETE FROM source_problem WHERE source_id IN ` + sources,
		`DELETE FROM recording_hash WHERE path IN (SELECT path FROM recording WHERE call_id IN ` + theseCalls + `)`,
		`DELETE FROM recording WHERE call_id IN ` + theseCalls,
		`DELETE FROM place WHERE uid IN (SELECT value FROM json_each(?1))`,
	} {
		if err := exec(ctx, a.tx, statement, uids); err != nil {
			return err
		}
	}
	return a.lookAtAll(ctx)
}

// forgetFields deletes the fields of calls but some.
func (a act) forgetFields(ctx context.Context, uids string, but []string) error {
	kept, err := asJSON(append([]string{}, but...))
	if err != nil {
		return err
	}
	const other = ` AND field_id NOT IN (SELECT id FROM field WHERE name IN (SELECT value FROM json_each(?2)))`
	for _, statement := range []string{
		`DELETE FROM call_field WHERE call_id IN ` + theseCalls + other,
		`DELETE FROM call_field_was WHERE call_id IN ` + theseCalls + other,
	} {
		if err := exec(ctx, a.tx, statement, uids, kept); err != nil {
			return err
		}
	}
	return nil
}

// coarsen leaves of the rows of calls what stays, also of what they were.
func (a act) coarsen(ctx context.Context, uids string, f desk.Forgetting) error {
	for _, name := range []struct{ table, column, value string }{{"source", "root", forgottenSource}, {"agent", "name", ""}} {
		err := exec(ctx, a.tx, `INSERT INTO `+name.table+`(`+name.column+`) VALUES(?) ON CONFLICT DO NOTHING`, name.value)
		if err != nil {
			return err
		}
	}
	type times struct{ id, until, started, millis int64 }
	scan := func(r *sql.Rows, t *times) error { return r.Scan(&t.id, &t.until, &t.started, &t.millis) }
	was, err := list(ctx, a.tx, scan, `SELECT call_id, until, started_at, duration_ms FROM call_was WHERE call_id IN `+theseCalls, uids)
	if err != nil {
		return err
	}
	is, err := list(ctx, a.tx, scan, `SELECT id, 0, started_at, duration_ms FROM call WHERE id IN `+theseCalls, uids)
	if err != nil {
		return err
	}
	coarse := func(t times) (start, millis int64) {
		return f.Start(time.Unix(t.started, 0)).Unix(), f.Length(time.Duration(t.millis) * time.Millisecond).Milliseconds()
	}
	for _, t := range was {
		start, millis := coarse(t)
		err := exec(ctx, a.tx, `UPDATE call_was SET started_at = ?, duration_ms = ? WHERE call_id = ? AND until = ?`, start, millis, t.id, t.until)
		if err != nil {
			return err
		}
	}
	for _, t := range is {
		start, millis := coarse(t)
		err := exec(ctx, a.tx, `UPDATE call SET started_at = ?1, duration_ms = ?2, start_guessed = 0, told_ms = 0, customer = '', direction = '',
			agent_id = (SELECT id FROM agent WHERE name = ''), source_id = (SELECT id FROM source WHERE root = ?3),
			rank = iif(missing = 0 AND rank = 0, -1, rank), missing = 1, guest = 0, played = 0, reason = '', start_said = '', start_zone = '', zone_guessed = 0
			WHERE id = ?4`, start, millis, forgottenSource, t.id)
		if err != nil {
			return err
		}
	}
	return nil
}

// bury puts tombstones in the places of the events that they stand for. None is
// undone any more.
func (a act) bury(ctx context.Context, tombs []journal.Signed) error {
	for _, e := range tombs {
		err := exec(ctx, a.tx, `UPDATE event SET bytes = ?, signature = x'', undoable = 0 WHERE id = ?`, e.Bytes, e.ID)
		if err != nil {
			return err
		}
	}
	return nil
}

// rename gives calls their opaque ids wherever they are named.
func (a act) rename(ctx context.Context, as map[string]string) error {
	for uid, opaque := range as {
		for _, statement := range []string{
			`UPDATE call SET uid = ?2 WHERE uid = ?1`,
			`UPDATE draw_call SET uid = ?2 WHERE uid = ?1`,
			`UPDATE event_subject SET subject = ?2 WHERE subject = ?1`,
			`UPDATE call_merge SET uid = ?2 WHERE uid = ?1`,
			`UPDATE call_merge SET whole = ?2 WHERE whole = ?1`,
			`UPDATE listening_call SET uid = ?2, nonce = '' WHERE uid = ?1`,
		} {
			if err := exec(ctx, a.tx, statement, uid, opaque); err != nil {
				return err
			}
		}
	}
	return nil
}

// deriveForgotten derives the calls that were spoken of from their tombstones,
// and the issues of which a description quoted one.
func (a act) deriveForgotten(ctx context.Context, told []string, f desk.Forgetting) error {
	for _, uid := range told {
		if err := derive(ctx, a.tx, f.As[uid]); err != nil {
			return err
		}
	}
	for _, tomb := range f.Tombs {
		body, err := journal.Decode(tomb.Event)
		if err != nil {
			return err
		}
		if d, ok := body.(journal.IssueDescribed); ok {
			if err := derive(ctx, a.tx, d.Issue); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a act) keepHashes(ctx context.Context, hashes []string) error {
	text, err := asJSON(hashes)
	if err != nil {
		return err
	}
	return exec(ctx, a.tx, `INSERT INTO forgotten(hash) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`, text)
}

// forgetSessions takes what closed sessions say of calls out of their stores,
// and notes which they were for the purge.
func (a act) forgetSessions(ctx context.Context, as map[string]string) error {
	var sessions []string
	for uid := range as {
		type place struct{ sid, theirs string }
		places, err := list(ctx, a.tx, func(r *sql.Rows, p *place) error { return r.Scan(&p.sid, &p.theirs) },
			`SELECT sid, uid FROM session_call WHERE local = ?1 OR uid = ?1`, uid)
		for _, p := range places {
			if err == nil {
				sessions, err = append(sessions, p.sid), a.forgetInSession(ctx, p.sid, p.theirs)
			}
		}
		if err != nil {
			return err
		}
	}
	return a.notePurge(ctx, sessions)
}

// notePurge notes that something was forgotten, and which sessions had it.
func (a act) notePurge(ctx context.Context, sessions []string) error {
	_, before, err := a.purging(ctx)
	if err != nil {
		return err
	}
	sessions = append(append([]string{}, before...), sessions...)
	slices.Sort(sessions)
	text, err := asJSON(slices.Compact(sessions))
	if err != nil {
		return err
	}
	return a.set(ctx, purgeSetting, text)
}

// forgetInSession deletes what a session was told of a call, by the uid that it
// knows it under.
func (a act) forgetInSession(ctx context.Context, sid, uid string) error {
	quoted, err := asJSON(uid)
	if err != nil {
		return err
	}
	for _, statement := range []string{
		`DELETE FROM session_event WHERE sid = ?1 AND instr(bytes, CAST(?2 AS BLOB)) > 0`,
		`UPDATE session SET made = x'', made_sig = x'', made_key = x'' WHERE sid = ?1 AND instr(made, CAST(?2 AS BLOB)) > 0`,
	} {
		if err := exec(ctx, a.tx, statement, sid, quoted); err != nil {
			return err
		}
	}
	return exec(ctx, a.tx, `DELETE FROM session_call WHERE sid = ? AND uid = ?`, sid, uid)
}

// Forgets implements [desk.KeepPrivacy].
func (q queries) Forgets(ctx context.Context) (some bool, err error) {
	err = q.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM forgotten)`).Scan(&some)
	return some, wrap(failure(err), "ask for forgotten calls")
}

// Forgotten implements [desk.KeepPrivacy].
func (q queries) Forgotten(ctx context.Context, hashes []string) (map[string]bool, error) {
	text, err := asJSON(hashes)
	if err != nil {
		return nil, err
	}
	found := map[string]bool{}
	var hash string
	err = q.stream(ctx, []any{&hash}, func() { found[hash] = true },
		`SELECT hash FROM forgotten WHERE hash IN (SELECT value FROM json_each(?))`, text)
	return found, wrap(err, "find forgotten calls")
}

var _ desk.Forget = act{}
