package sqlite

import (
	"context"
	"database/sql"
	"time"

	"github.com/earshot-app/earshot/review/desk"
)

// The kinds of what is brought to a meeting.
const (
	storyKind  = "story"
	praiseKind = "praise"
	issueKind  = "issue"
)

// Agenda implements [desk.ReadCalls].
func (q queries) Agenda(ctx context.Context) (desk.Agenda, error) {
	var a desk.Agenda
	type row struct{ kind, ref string }
	rows, err := list(ctx, q.db, func(r *sql.Rows, at *row) error { return r.Scan(&at.kind, &at.ref) },
		`SELECT kind, ref FROM agenda ORDER BY kind, place`)
	for _, at := range rows {
		switch at.kind {
		case storyKind:
			a.Story = at.ref
		case praiseKind:
			a.Praise = at.ref
		case issueKind:
			a.Issues = append(a.Issues, at.ref)
		}
	}
	return a, wrap(err, "read what is brought to the meeting")
}

// SaveAgenda implements [desk.Store].
func (s *Store) SaveAgenda(ctx context.Context, a desk.Agenda) error {
	return s.tx(ctx, func(tx *sql.Tx) error {
		err := exec(ctx, tx, `DELETE FROM agenda`)
		put := func(kind string, place int, ref string) {
			if err == nil && ref != "" {
				err = exec(ctx, tx, `INSERT INTO agenda(kind, place, ref) VALUES(?, ?, ?)`, kind, place, ref)
			}
		}
		put(storyKind, 1, a.Story)
		put(praiseKind, 1, a.Praise)
		for i, id := range a.Issues {
			put(issueKind, i+1, id)
		}
		return wrap(err, "keep what is brought to the meeting")
	})
}

// Said implements [desk.ReadCalls].
func (q queries) Said(ctx context.Context, of desk.SaidOf, most int) ([]desk.Heard, error) {
	found, err := list(ctx, q.db, scanHeard, `SELECT `+callColumns+`, `+momentColumns+callTables+
		`JOIN finding f ON f.call_id = c.id JOIN issue i ON i.id = f.issue_id AND i.live = 1
		JOIN moment m ON m.finding_id = f.id
		WHERE m.id IN (SELECT m.id FROM moment m JOIN finding f ON f.id = m.finding_id JOIN issue i ON i.id = f.issue_id AND i.live = 1
			WHERE m.words <> '' AND (?1 = '' OR i.uid = ?1) AND (?2 = '' OR m.uid = ?2) ORDER BY m.id DESC LIMIT ?3)
		ORDER BY m.id DESC`, of.Issue, of.Moment, most)
	return found, wrap(err, "read what customers said")
}

// Praised implements [desk.ReadCalls].
func (q queries) Praised(ctx context.Context, id string, most int) ([]desk.Praised, error) {
	found, err := list(ctx, q.db, func(r *sql.Rows, p *desk.Praised) error {
		var at int64
		err := scanCall(r, &p.Call, &p.Praise.ID, &at, &p.Praise.Words)
		p.Praise.Call, p.Praise.At = p.Call.UID, time.Duration(at)*time.Millisecond
		return err
	}, `SELECT `+callColumns+`, p.uid, p.at_ms, p.words`+callTables+
		`JOIN praise p ON p.call_id = c.id WHERE ?1 = '' OR p.uid = ?1 ORDER BY p.id DESC LIMIT ?2`, id, most)
	return found, wrap(err, "read all praise")
}
