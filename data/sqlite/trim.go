package sqlite

import (
	"context"
	"database/sql"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

// TranscriptPaths implements [desk.Forget].
func (a act) TranscriptPaths(ctx context.Context, uids []string) ([]review.Private, error) {
	text, err := asJSON(uids)
	if err != nil {
		return nil, err
	}
	paths, err := list(ctx, a.tx, func(r *sql.Rows, p *review.Private) error {
		var path string
		err := r.Scan(&path)
		*p = review.Hide(path)
		return err
	}, `SELECT path FROM transcript WHERE call_id IN `+theseCalls, text)
	return paths, wrap(err, "read where transcripts lie")
}

// TrimCalls implements [desk.Forget].
func (a act) TrimCalls(ctx context.Context, t desk.Trimming) error {
	text, err := asJSON(t.UIDs)
	if err != nil {
		return err
	}
	switch t.Part {
	case desk.PartWords:
		err = a.trimWords(ctx, text, t)
	case desk.PartNames:
		err = a.trimNames(ctx, text, t.Fields)
	case desk.PartPaths:
		err = a.trimPaths(ctx, text, t.Hashes)
	}
	if err == nil {
		err = bump(ctx, a.tx)
	}
	return wrap(err, "forget a part of calls")
}

// each runs statements on the calls of argument 1.
func (a act) each(ctx context.Context, uids string, statements ...string) error {
	for _, statement := range statements {
		if err := exec(ctx, a.tx, statement, uids); err != nil {
			return err
		}
	}
	return nil
}

// trimWords empties transcripts, which stay as files that were looked into, and
// puts tombstones into the places of events. These can be undone as before.
func (a act) trimWords(ctx context.Context, uids string, t desk.Trimming) error {
	err := a.each(ctx, uids,
		`DELETE FROM turn WHERE transcript_id IN (SELECT id FROM transcript WHERE call_id IN `+theseCalls+`)`,
		`UPDATE transcript SET turns = 0, holds = '', quiet = '', overtalk = '', shown = 0 WHERE call_id IN `+theseCalls)
	if err != nil {
		return err
	}
	for _, e := range t.Tombs {
		if err := exec(ctx, a.tx, `UPDATE event SET bytes = ?, signature = x'' WHERE id = ?`, e.Bytes, e.ID); err != nil {
			return err
		}
	}
	if err := a.hushSessions(ctx, uids); err != nil {
		return err
	}
	told, err := list(ctx, a.tx, scanText, `SELECT DISTINCT s.subject FROM json_each(?) u CROSS JOIN event_subject s ON s.subject = u.value`, uids)
	if err != nil {
		return err
	}
	as := map[string]string{}
	for _, uid := range t.UIDs {
		as[uid] = uid
	}
	return a.deriveForgotten(ctx, told, desk.Forgetting{As: as, Tombs: t.Tombs})
}

// hushSessions takes the words out of what closed sessions were told of calls,
// and notes these for the purge: their stores have them too.
func (a act) hushSessions(ctx context.Context, uids string) error {
	type saying struct {
		seq       int64
		sid, uid  string
		raw, sign []byte
	}
	told, err := list(ctx, a.tx, func(r *sql.Rows, s *saying) error { return r.Scan(&s.seq, &s.sid, &s.uid, &s.raw, &s.sign) },
		`SELECT e.seq, e.sid, p.uid, e.bytes, e.signature FROM json_each(?1) u CROSS JOIN session_call p ON p.local = u.value
			CROSS JOIN session_event e ON e.sid = p.sid AND CAST(e.bytes AS TEXT) ->> '$.b.call' = p.uid WHERE `+wordyEvents, uids)
	if err != nil {
		return err
	}
	var sessions []string
	for _, s := range told {
		event := journal.Signed{Bytes: s.raw, Signature: s.sign}
		if err := journal.Read(s.raw, &event.Event); err != nil {
			return err
		}
		tomb, found, err := journal.Hush{Calls: map[string]bool{s.uid: true}}.Bury(event)
		if err != nil {
			return err
		}
		if !found {
			continue // a later version has words where this one knows of none
		}
		if err := exec(ctx, a.tx, `UPDATE session_event SET bytes = ?, signature = x'' WHERE seq = ?`, tomb.Bytes, s.seq); err != nil {
			return err
		}
		sessions = append(sessions, s.sid)
	}
	return a.notePurge(ctx, sessions)
}

// trimNames takes the names out of calls, but for the values that draws divided
// them by. What did not join in their sources is read anew by the next look.
func (a act) trimNames(ctx context.Context, uids string, divided []string) error {
	if err := exec(ctx, a.tx, `INSERT INTO agent(name) VALUES('') ON CONFLICT DO NOTHING`); err != nil {
		return err
	}
	if err := a.forgetFields(ctx, uids, divided); err != nil {
		return err
	}
	err := a.each(ctx, uids,
		`UPDATE call SET customer = '', agent_id = (SELECT id FROM agent WHERE name = '') WHERE id IN `+theseCalls,
		`DELETE FROM unjoined WHERE source_id IN (SELECT source_id FROM call WHERE id IN `+theseCalls+`)`)
	if err != nil {
		return err
	}
	if err := a.lookAtAll(ctx); err != nil {
		return err
	}
	return a.notePurge(ctx, nil)
}

// pathless are paths of the files f of the calls of argument 1 that tell only the
// order of those before: parts follow one another by it.
const pathless = `printf('forgotten:%010d.%06d.%d', f.call_id, row_number() OVER (PARTITION BY f.call_id ORDER BY f.path), f.id) AS path`

// trimPaths leaves of recordings and transcripts that there were any, which of them
// are heard, and which are the legs of one part. Their calls are missing from now
// on: in the frames of shares as before, and in no draw's.
func (a act) trimPaths(ctx context.Context, uids string, hashes []string) error {
	if err := remember(ctx, a.tx, `id IN (SELECT c.id FROM json_each(?) u CROSS JOIN call c ON c.uid = u.value)`, uids); err != nil {
		return err
	}
	sessions, err := list(ctx, a.tx, scanText, `SELECT DISTINCT p.sid FROM json_each(?) u CROSS JOIN session_call p ON p.local = u.value`, uids)
	if err != nil {
		return err
	}
	if err := exec(ctx, a.tx, `INSERT INTO source(root) VALUES(?) ON CONFLICT DO NOTHING`, forgottenSource); err != nil {
		return err
	}
	const gone, sources = `(SELECT id FROM source WHERE root = '` + forgottenSource + `')`,
		`(SELECT source_id FROM call WHERE id IN ` + theseCalls + ` UNION SELECT source_id FROM recording WHERE call_id IN ` + theseCalls + `)`
	err = a.each(ctx, uids,
		`DELETE FROM unjoined WHERE source_id IN `+sources,
		`DELETE FROM source_problem WHERE source_id IN `+sources,
		`DELETE FROM recording_hash WHERE path IN (SELECT path FROM recording WHERE call_id IN `+theseCalls+`)`,
		`UPDATE recording AS r SET beside = -1 WHERE r.call_id IN `+theseCalls+` AND NOT `+plays, // copies are known by their marks, which go
		`UPDATE recording AS r SET path = o.path, pair = o.pair, source_id = `+gone+`, size = 0, modified = 0, mark = 0, beside = iif(r.beside = -1, -1, 0), missing = 1
			FROM (SELECT f.id, `+pathless+`, iif(f.pair = '', '', 'forgotten:' || min(f.id) OVER (PARTITION BY f.call_id, f.source_id, f.pair)) AS pair
				FROM recording f WHERE f.call_id IN `+theseCalls+`) o WHERE o.id = r.id`,
		`UPDATE transcript AS t SET path = o.path, source_id = `+gone+`, size = 0, modified = 0
			FROM (SELECT f.id, `+pathless+` FROM transcript f WHERE f.call_id IN `+theseCalls+`) o WHERE o.id = t.id`,
		`UPDATE call SET rank = iif(missing = 0 AND rank = 0, -1, rank), missing = 1 WHERE id IN `+theseCalls)
	if err != nil {
		return err
	}
	if err := a.keepHashes(ctx, hashes); err != nil {
		return err
	}
	if err := a.lookAtAll(ctx); err != nil {
		return err
	}
	return a.notePurge(ctx, sessions)
}
