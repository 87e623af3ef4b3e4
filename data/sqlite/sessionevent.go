package sqlite

import (
	"context"
	"database/sql"
	"iter"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// signed is true of events that others take: a tombstone is for this library alone.
const signed = `length(signature) > 0`

const parcelColumns = `id, author, type, blind, bytes, signature, public`

func parcelFields(p *session.Parcel) []any {
	return []any{&p.ID, &p.Author, &p.Type, &p.Blind, &p.Bytes, &p.Signature, (*[]byte)(&p.Public)}
}

// SessionEvents implements [desk.ReadSessions].
func (q queries) SessionEvents(ctx context.Context, id string, after int64) iter.Seq2[desk.SessionEvent, error] {
	return each(ctx, q.db, func(r *sql.Rows, e *desk.SessionEvent) error {
		return r.Scan(append(parcelFields(&e.Parcel), &e.Place, &e.N, &e.About, &e.Of)...)
	}, `SELECT `+parcelColumns+`, seq, n, about, of FROM session_event WHERE sid = ? AND seq > ? ORDER BY seq`, id, after)
}

// SessionSays implements [desk.ReadSessions].
func (q queries) SessionSays(ctx context.Context, of []string) ([]desk.SessionSaid, error) {
	var said []desk.SessionSaid
	for _, id := range of {
		found, err := list(ctx, q.db, scanSaid, `SELECT e.sid, e.id, e.of, e.blind, e.bytes FROM session_event e
			JOIN session s ON s.sid = e.sid AND s.closed = 0 WHERE e.of = ? AND e.of <> '' ORDER BY e.seq`, id)
		if err != nil {
			return nil, wrap(err, "find what a session was told")
		}
		said = append(said, found...)
	}
	return said, nil
}

func scanSaid(r *sql.Rows, s *desk.SessionSaid) error {
	var raw []byte
	if err := r.Scan(&s.Session, &s.ID, &s.Of, &s.Blind, &raw); err != nil {
		return err
	}
	var e journal.Event
	err := journal.Read(raw, &e)
	s.Round = e.Round
	return err
}

// SessionKnows implements [desk.ReadSessions].
func (q queries) SessionKnows(ctx context.Context, id, issue, author string, round int) (bool, error) {
	var known bool
	err := q.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM session_event WHERE sid = ?1 AND about = ?2 AND about <> ''
		AND (blind = 0 OR (blind = ?3 AND author = ?4)))`, id, issue, round, author).Scan(&known)
	return known, wrap(failure(err), "find an issue's name in a session")
}

// SessionIssues implements [desk.ReadSessions]. The signatures were looked at when
// the events came.
func (q queries) SessionIssues(ctx context.Context, id string, most int) ([]journal.Event, error) {
	scan := func(r *sql.Rows, e *journal.Event) error {
		var bytes []byte
		if err := r.Scan(&bytes); err != nil {
			return err
		}
		return journal.Read(bytes, e)
	}
	named, err := list(ctx, q.db, scan, `SELECT bytes FROM session_event
		WHERE sid = ? AND about <> '' AND blind = 0 AND `+signed+` ORDER BY n, author, id LIMIT ?`, id, most)
	return named, wrap(err, "read the issues of a session")
}

// SessionOutbox implements [desk.ReadSessions]. What lies in the blind stream
// waits there to be revealed.
func (q queries) SessionOutbox(ctx context.Context, id, author string, most int) ([]session.Pending, error) {
	all, err := list(ctx, q.db, func(r *sql.Rows, p *session.Pending) error {
		return r.Scan(append(parcelFields(&p.Parcel), &p.Acked, &p.Try)...)
	}, `SELECT `+parcelColumns+`, acked, try FROM session_event WHERE sid = ?1 AND done = 0 AND (blind = 0 OR acked = 0) AND `+signed+`
		AND (author = ?2 OR (blind = 0 AND (SELECT hosting FROM session WHERE sid = ?1) = 1)) ORDER BY seq LIMIT ?3`, id, author, most)
	return all, wrap(err, "read what a session is to be told")
}

// SessionAt implements [desk.ReadSessions].
func (q queries) SessionAt(ctx context.Context, id string, seq uint64) (p session.Parcel, ok bool, err error) {
	ok, err = one(q.db.QueryRowContext(ctx, `SELECT `+parcelColumns+` FROM session_event
		WHERE sid = ? AND log_seq = ? AND log_seq > 0 AND `+signed, id, int64(seq)), parcelFields(&p)...)
	return p, ok, wrap(err, "find what a log had at a sequence")
}

// AddSessionEvent implements [desk.KeepSessions].
func (a act) AddSessionEvent(ctx context.Context, id string, e desk.SessionEvent) (bool, error) {
	done, err := a.tx.ExecContext(ctx, `INSERT INTO session_event(sid, id, n, author, type, bytes, signature, public, blind, about, of, log_seq, done)
		VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(sid, author, id) DO NOTHING`,
		id, e.ID, e.N, e.Author, e.Type, e.Bytes, e.Signature, []byte(e.Public), e.Blind, e.About, e.Of, int64(e.Seq), e.Seq > 0)
	if err != nil {
		return false, wrap(err, "keep a session's event")
	}
	n, err := done.RowsAffected()
	return n > 0, wrap(err, "count a session's events")
}

// SessionEchoed implements [desk.KeepSessions].
func (a act) SessionEchoed(ctx context.Context, id string, e session.Parcel, seq uint64) error {
	return wrap(exec(ctx, a.tx, `UPDATE session_event SET done = 1, blind = 0, log_seq = ? WHERE sid = ? AND author = ? AND id = ?`,
		int64(seq), id, e.Author, e.ID), "note that a session was told")
}

// SessionSent implements [desk.KeepSessions].
func (a act) SessionSent(ctx context.Context, id, event string, seq uint64, try int) error {
	return wrap(exec(ctx, a.tx, `UPDATE session_event SET acked = ?, try = ? WHERE sid = ? AND id = ? AND done = 0`,
		int64(seq), try, id, event), "note what was sent to a session")
}

// RevealRound implements [desk.KeepSessions].
func (a act) RevealRound(ctx context.Context, id string, round int) (int, error) {
	done, err := a.tx.ExecContext(ctx, `UPDATE session_event SET blind = 0, acked = 0, try = 0 WHERE sid = ? AND blind = ? AND blind > 0`, id, round)
	if err != nil {
		return 0, wrap(err, "reveal a round")
	}
	n, err := done.RowsAffected()
	return int(n), wrap(err, "count what a round revealed")
}

// NextN implements [desk.Tx]. What a session said counts: it was seen before
// what is said next. What no honest library says does not.
func (a act) NextN(ctx context.Context) (int64, error) {
	var n int64
	err := a.tx.QueryRowContext(ctx, `SELECT max((SELECT coalesce(max(n), 0) FROM event),
		(SELECT coalesce(max(n), 0) FROM session_event WHERE n < ?)) + 1`, int64(session.FarthestN)).Scan(&n)
	return n, wrap(err, "number the next event")
}
