package sqlite

import (
	"context"
	"fmt"

	"github.com/earshot-app/earshot/review"
)

// guestSource is the source of all guests. It is no folder, so that no look
// through one finds them gone.
const guestSource = "session"

// AddGuest implements [desk.KeepSessions]. A call that an import brought, also
// later, is no guest.
func (a act) AddGuest(ctx context.Context, c review.Call) error {
	for _, name := range []struct{ table, column, value string }{
		{"source", "root", guestSource}, {"queue", "name", c.Queue}, {"category", "name", c.Category}, {"agent", "name", ""},
	} {
		err := exec(ctx, a.tx, `INSERT INTO `+name.table+`(`+name.column+`) VALUES(?) ON CONFLICT DO NOTHING`, name.value)
		if err != nil {
			return fmt.Errorf("name the %s of a guest: %w", name.table, err)
		}
	}
	return wrap(exec(ctx, a.tx, `INSERT INTO call(uid, started_at, duration_ms, told_ms, queue_id, category_id, agent_id, source_id, born, missing, guest)
		SELECT ?, ?, ?, ?, (SELECT id FROM queue WHERE name = ?), (SELECT id FROM category WHERE name = ?), (SELECT id FROM agent WHERE name = ''),
			(SELECT id FROM source WHERE root = ?), (SELECT coalesce(max(number), 0) FROM draw), 1, 1 WHERE true ON CONFLICT(uid) DO NOTHING`,
		c.UID, c.Start.Unix(), c.Duration.Milliseconds(), c.Duration.Milliseconds(), c.Queue, c.Category, guestSource), "keep a guest")
}

// AddGuestAudio implements [desk.KeepSessions].
func (a act) AddGuestAudio(ctx context.Context, uid string, r review.Recording) error {
	return wrap(exec(ctx, a.tx, `INSERT INTO recording(call_id, source_id, path, size, modified, format, rate, channels, frames, seen, leg)
		SELECT id, source_id, ?, ?, ?, ?, ?, ?, ?, 0, ? FROM call WHERE uid = ? AND guest = 1
		ON CONFLICT(path) DO UPDATE SET size = excluded.size, modified = excluded.modified, format = excluded.format,
			rate = excluded.rate, channels = excluded.channels, frames = excluded.frames, missing = 0`,
		r.Path.Open(), r.Size, r.Modified.UnixMilli(), r.Format, r.Rate, r.Channels, r.Frames, r.Leg, uid), "keep a guest's recording")
}

// DropGuests implements [desk.KeepSessions].
func (a act) DropGuests(ctx context.Context, id string) error {
	const guests = `(SELECT c.id FROM call c JOIN session_call p ON p.local = c.uid AND p.local <> '' WHERE c.guest = 1 AND p.sid = ?1
		AND NOT EXISTS (SELECT 1 FROM session_call x JOIN session s ON s.sid = x.sid WHERE x.local = c.uid AND x.sid <> ?1 AND s.closed = 0))`
	for _, statement := range []string{
		`DELETE FROM finding WHERE call_id IN ` + guests,
		`DELETE FROM praise WHERE call_id IN ` + guests,
		`DELETE FROM call_field WHERE call_id IN ` + guests,
		`DELETE FROM turn WHERE transcript_id IN (SELECT id FROM transcript WHERE call_id IN ` + guests + `)`,
		`DELETE FROM transcript WHERE call_id IN ` + guests,
		`DELETE FROM recording_hash WHERE path IN (SELECT path FROM recording WHERE call_id IN ` + guests + `)`,
		`DELETE FROM recording WHERE call_id IN ` + guests,
		`DELETE FROM place WHERE uid IN (SELECT uid FROM call WHERE id IN ` + guests + `)`,
		`DELETE FROM call WHERE id IN ` + guests,
	} {
		if err := exec(ctx, a.tx, statement, id); err != nil {
			return fmt.Errorf("let a session's guests go: %w", err)
		}
	}
	return exec(ctx, a.tx, `UPDATE session_call SET local = '' WHERE sid = ? AND local NOT IN (SELECT uid FROM call)`, id)
}
