package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// Sessions implements [desk.ReadSessions].
func (q queries) Sessions(ctx context.Context) ([]desk.Shared, error) {
	all, err := list(ctx, q.db, scanShared, `SELECT sid, hosting, name, draw, blind, together, keep_audio, joined_at, closed,
		made, made_sig, made_key FROM session ORDER BY joined_at DESC, sid`)
	return all, wrap(err, "read the sessions")
}

func scanShared(r *sql.Rows, s *desk.Shared) error {
	var joined int64
	var made, signature, public []byte
	err := r.Scan(&s.ID, &s.Hosting, &s.Name, &s.Draw, &s.Blind, &s.Together, &s.KeepAudio, &joined, &s.Closed, &made, &signature, &public)
	s.Joined = time.UnixMilli(joined).UTC()
	if err != nil || len(made) == 0 {
		return err
	}
	s.Made, err = journal.Open(made, signature, public)
	return err
}

// KeepSession implements [desk.KeepSessions].
func (a act) KeepSession(ctx context.Context, s desk.Shared) error {
	return wrap(exec(ctx, a.tx, `INSERT INTO session(sid, hosting, name, draw, blind, together, keep_audio, joined_at, closed, made, made_sig, made_key)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(sid) DO UPDATE SET hosting = excluded.hosting, name = excluded.name, draw = excluded.draw,
		blind = excluded.blind, together = excluded.together, keep_audio = excluded.keep_audio, closed = excluded.closed,
		made = excluded.made, made_sig = excluded.made_sig, made_key = excluded.made_key`,
		s.ID, s.Hosting, s.Name, s.Draw, s.Blind, s.Together, s.KeepAudio, s.Joined.UnixMilli(), s.Closed,
		blob(s.Made.Bytes), blob(s.Made.Signature), blob(s.Made.Public)), "keep a session")
}

// blob is never NULL.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

const placeColumns = `SELECT p.sid, p.round, p.uid, p.local, s.blind, p.revealed FROM session_call p JOIN session s ON s.sid = p.sid `

func scanPlace(row interface{ Scan(...any) error }, p *desk.SessionPlace) error {
	return row.Scan(&p.Session, &p.Round, &p.Call, &p.Local, &p.Blind, &p.Revealed)
}

// SessionPlaces implements [desk.ReadSessions].
func (q queries) SessionPlaces(ctx context.Context, id string) ([]desk.SessionPlace, error) {
	all, err := list(ctx, q.db, func(r *sql.Rows, p *desk.SessionPlace) error { return scanPlace(r, p) },
		placeColumns+`WHERE p.sid = ? ORDER BY p.round`, id)
	return all, wrap(err, "read a session's rounds")
}

// SessionPlace implements [desk.ReadSessions].
func (q queries) SessionPlace(ctx context.Context, uid string) (desk.SessionPlace, error) {
	found, err := list(ctx, q.db, func(r *sql.Rows, p *desk.SessionPlace) error { return scanPlace(r, p) },
		placeColumns+`WHERE p.local = ? AND p.local <> '' AND s.closed = 0 ORDER BY s.joined_at DESC LIMIT 1`, uid)
	if err != nil || len(found) == 0 {
		return desk.SessionPlace{}, wrap(err, "find a call's session")
	}
	return found[0], nil
}

// KeepSessionPlace implements [desk.KeepSessions].
func (a act) KeepSessionPlace(ctx context.Context, p desk.SessionPlace) error {
	return wrap(exec(ctx, a.tx, `INSERT INTO session_call(sid, round, uid, local, revealed) VALUES(?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET local = excluded.local, revealed = excluded.revealed`,
		p.Session, p.Round, p.Call, p.Local, p.Revealed), "keep a session's round")
}

// SessionNames implements [desk.ReadSessions].
func (q queries) SessionNames(ctx context.Context, id string) (map[string]string, error) {
	names := map[string]string{}
	for n, err := range each(ctx, q.db, func(r *sql.Rows, n *[2]string) error { return r.Scan(&n[0], &n[1]) },
		`SELECT author, name FROM session_member WHERE sid = ?`, id) {
		if err != nil {
			return nil, wrap(err, "read the names of a session's members")
		}
		names[n[0]] = n[1]
	}
	return names, nil
}

// NameMember implements [desk.KeepSessions].
func (a act) NameMember(ctx context.Context, id, author, name string) error {
	return wrap(exec(ctx, a.tx, `INSERT INTO session_member(sid, author, name) VALUES(?, ?, ?)
		ON CONFLICT DO UPDATE SET name = excluded.name`, id, author, name), "keep a member's name")
}

// SessionRefused implements [desk.ReadSessions].
func (q queries) SessionRefused(ctx context.Context, id string) (map[session.Reason]int, error) {
	type counted struct {
		why session.Reason
		n   int
	}
	refused := map[session.Reason]int{}
	all, err := list(ctx, q.db, func(r *sql.Rows, c *counted) error { return r.Scan(&c.why, &c.n) },
		`SELECT reason, n FROM session_refused WHERE sid = ?`, id)
	for _, c := range all {
		refused[c.why] = c.n
	}
	return refused, wrap(err, "count what a session refused")
}

// RefuseSessionEvent implements [desk.KeepSessions].
func (a act) RefuseSessionEvent(ctx context.Context, id string, why session.Reason) error {
	return wrap(exec(ctx, a.tx, `INSERT INTO session_refused(sid, reason, n) VALUES(?, ?, 1)
		ON CONFLICT DO UPDATE SET n = n + 1`, id, why), "count what a session refused")
}

// SessionCursor implements [desk.ReadSessions].
func (q queries) SessionCursor(ctx context.Context, id string, s session.Stream) (session.Cursor, error) {
	var at session.Cursor
	var created, seq int64
	var holes []byte
	found, err := one(q.db.QueryRowContext(ctx, `SELECT created, seq, last, holes FROM session_cursor
		WHERE sid = ? AND stream = ?`, id, s), &created, &seq, &at.Last, &holes)
	if err == nil && found {
		at.Created, at.Seq = time.Unix(0, created).UTC(), uint64(seq)
		err = json.Unmarshal(holes, &at.Holes)
	}
	return at, wrap(err, "read a session's cursor")
}

// MoveSessionCursor implements [desk.KeepSessions].
func (a act) MoveSessionCursor(ctx context.Context, id string, s session.Stream, at session.Cursor) error {
	holes, err := json.Marshal(at.Holes)
	if err == nil {
		err = exec(ctx, a.tx, `INSERT INTO session_cursor(sid, stream, created, seq, last, holes) VALUES(?, ?, ?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET created = excluded.created, seq = excluded.seq, last = excluded.last, holes = excluded.holes`,
			id, s, at.Created.UnixNano(), int64(at.Seq), at.Last, string(holes))
	}
	return wrap(err, "keep a session's cursor")
}

// RewindSession implements [desk.KeepSessions].
func (a act) RewindSession(ctx context.Context, id string, s session.Stream) error {
	err := exec(ctx, a.tx, `DELETE FROM session_cursor WHERE sid = ? AND stream = ?`, id, s)
	if err == nil && s == session.Log {
		err = exec(ctx, a.tx, `UPDATE session_event SET done = 0, log_seq = 0 WHERE sid = ? AND blind = 0`, id)
	}
	if err == nil {
		err = exec(ctx, a.tx, `UPDATE session_event SET acked = 0, try = 0 WHERE sid = ? AND (blind > 0 OR ?)`, id, s == session.Log)
	}
	return wrap(err, "rewind a session's stream")
}

// MadeDraw implements [desk.ReadSessions].
func (q queries) MadeDraw(ctx context.Context, draw string) (journal.Signed, error) {
	var raw, signature, public []byte
	found, err := one(q.db.QueryRowContext(ctx, `SELECT e.bytes, e.signature, a.public FROM event_subject s
		JOIN event e ON e.seq = s.seq JOIN author a ON a.id = e.author WHERE s.subject = ? AND e.type = ?`, draw, journal.TypeDrawMade),
		&raw, &signature, &public)
	if err == nil && !found {
		err = review.Fail(review.NoDraw, review.Args{"id": draw})
	}
	if err != nil {
		return journal.Signed{}, wrap(err, "read how a draw was made")
	}
	made, err := openEvent(raw, signature, public)
	if err == nil && made.Tombstone() {
		err = forgottenIn(made)
	}
	return made, err
}

// forgottenIn says which calls of a draw were forgotten, by their places.
func forgottenIn(made journal.Signed) error {
	body, err := journal.Decode(made.Event)
	if err != nil {
		return err
	}
	drawn, _ := body.(journal.DrawMade)
	var places []string
	for i, uid := range drawn.Calls {
		if review.Forgotten(uid) {
			places = append(places, strconv.Itoa(i+1))
		}
	}
	return review.Fail(desk.DrawForgotten, review.Args{"id": drawn.Draw, "n": len(places), "places": strings.Join(places, ", ")})
}

// Adopted implements [desk.ReadSessions].
func (q queries) Adopted(ctx context.Context) (map[string]journal.ConsensusAdopted, error) {
	events, err := readEvents(ctx, q.db, `SELECT bytes FROM event WHERE type = ? AND active = 1 ORDER BY n, author, id`, journal.TypeConsensusAdopted)
	if err != nil {
		return nil, wrap(err, "read what was adopted")
	}
	adopted := map[string]journal.ConsensusAdopted{}
	for _, e := range events {
		body, err := journal.Decode(e)
		if err != nil {
			return nil, err
		}
		if a, ok := body.(journal.ConsensusAdopted); ok {
			adopted[a.Call] = a
		}
	}
	return adopted, nil
}

// Alike implements [desk.ReadSessions]. A call's length is read to the
// millisecond, so few have it by chance.
func (q queries) Alike(ctx context.Context, c journal.SessionCall) ([]string, error) {
	uids, err := list(ctx, q.db, func(r *sql.Rows, uid *string) error { return r.Scan(uid) }, `SELECT uid FROM call
		WHERE guest = 0 AND (uid = ?1 OR started_at = ?2 OR duration_ms = ?3) ORDER BY uid <> ?1, started_at <> ?2, uid`, c.Call, c.Start, c.Length)
	return uids, wrap(err, "find calls alike")
}

// ContentHash implements [desk.ReadSessions].
func (q queries) ContentHash(ctx context.Context, r review.Recording) (string, error) {
	var sum string
	_, err := one(q.db.QueryRowContext(ctx, `SELECT sha256 FROM recording_hash WHERE path = ? AND size = ? AND modified = ?`,
		r.Path.Open(), r.Size, r.Modified.UnixMilli()), &sum)
	return sum, wrap(err, "read a recording's content hash")
}

// KeepContentHash implements [desk.KeepSessions].
func (a act) KeepContentHash(ctx context.Context, r review.Recording, sha256 string) error {
	return wrap(exec(ctx, a.tx, `INSERT INTO recording_hash(path, size, modified, sha256) VALUES(?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET size = excluded.size, modified = excluded.modified, sha256 = excluded.sha256`,
		r.Path.Open(), r.Size, r.Modified.UnixMilli(), sha256), "keep a recording's content hash")
}
