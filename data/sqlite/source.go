package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// Sources implements [desk.KeepSources]. All counts come from indexes.
func (q queries) Sources(ctx context.Context) ([]desk.LookedAt, error) {
	all, err := list(ctx, q.db, scanSource, lookColumns+`,
		(SELECT count(*) FROM recording r WHERE r.source_id = s.id),
		(SELECT count(*) FROM recording r WHERE r.source_id = s.id AND r.missing = 1),
		(SELECT min(c.started_at) FROM call c WHERE c.source_id = s.id),
		(SELECT max(c.started_at) FROM call c WHERE c.source_id = s.id)
		FROM source s ORDER BY s.root`)
	return all, wrap(err, "read the sources")
}

// Looks implements [desk.KeepSources].
func (q queries) Looks(ctx context.Context) ([]desk.LookedAt, error) {
	all, err := list(ctx, q.db, scanSource, lookColumns+`, 0, 0, NULL, NULL FROM source s ORDER BY s.root`)
	return all, wrap(err, "read how sources were looked through")
}

const lookColumns = `SELECT s.root, s.looked_at, s.files, s.problems, s.failed, s.profile, s.metadata, s.manner`

func scanSource(r *sql.Rows, s *desk.LookedAt) error {
	var whole int64
	var failed string
	var first, last sql.NullInt64
	err := r.Scan(&s.Root, &whole, &s.Files, &s.Problems, &failed, &s.Profile, &s.Metadata, &s.Manner,
		&s.Recordings, &s.Missing, &first, &last)
	if err != nil {
		return err
	}
	if whole > 0 {
		s.Whole = time.UnixMilli(whole).UTC()
	}
	if first.Valid {
		s.First, s.Last = time.Unix(first.Int64, 0).UTC(), time.Unix(last.Int64, 0).UTC()
	}
	s.Failed, err = reasonOf(failed)
	return err
}

// A reason is a *review.Error as it is kept: without what caused it, which may
// hold a path.
type reason struct {
	Code review.Code `json:"code"`
	Args review.Args `json:"args,omitempty"`
}

// reasonText writes an error to be kept, "" for nil.
func reasonText(e *review.Error) (string, error) {
	if e == nil {
		return "", nil
	}
	text, err := json.Marshal(reason{e.Code, e.Args})
	return string(text), wrap(err, "write a reason")
}

// reasonOf reads what reasonText wrote.
func reasonOf(text string) (*review.Error, error) {
	if text == "" {
		return nil, nil
	}
	var r reason
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return nil, fmt.Errorf("read a reason: %w", err)
	}
	for name, arg := range r.Args {
		if n, ok := arg.(float64); ok { // JSON has no other numbers
			r.Args[name] = int(n)
		}
	}
	return review.Fail(r.Code, r.Args), nil
}

// ProblemsOf implements [desk.KeepSources].
func (q queries) ProblemsOf(ctx context.Context, root string) ([]desk.Problem, error) {
	all, err := list(ctx, q.db, func(r *sql.Rows, p *desk.Problem) error {
		var text string
		err := r.Scan(&p.File, &p.Line, &text)
		if err == nil {
			p.Reason, err = reasonOf(text)
		}
		return err
	}, `SELECT p.file, p.line, p.reason FROM source_problem p JOIN source s ON s.id = p.source_id
		WHERE s.root = ? ORDER BY p.place`, root)
	return all, wrap(err, "read the problems of a source")
}

// SaveLook implements [desk.KeepSources].
func (s *Store) SaveLook(ctx context.Context, l desk.LookedAt, problems []desk.Problem) error {
	failed, err := reasonText(l.Failed)
	if err != nil {
		return err
	}
	whole := int64(0)
	if !l.Whole.IsZero() {
		whole = l.Whole.UnixMilli()
	}
	return s.tx(ctx, func(tx *sql.Tx) error {
		err := exec(ctx, tx, `INSERT INTO source(root, looked_at, files, problems, failed, profile, metadata, manner)
			VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(root) DO UPDATE SET looked_at = excluded.looked_at, files = excluded.files,
			problems = excluded.problems, failed = excluded.failed, profile = excluded.profile, metadata = excluded.metadata, manner = excluded.manner`,
			l.Root, whole, l.Files, l.Problems, failed, l.Profile, l.Metadata, l.Manner)
		if err != nil {
			return fmt.Errorf("keep how a source was looked through: %w", err)
		}
		return keepProblems(ctx, tx, l.Root, problems)
	})
}

func keepProblems(ctx context.Context, tx *sql.Tx, root string, problems []desk.Problem) error {
	var source int64
	err := tx.QueryRowContext(ctx, `SELECT id FROM source WHERE root = ?`, root).Scan(&source)
	if err == nil {
		err = exec(ctx, tx, `DELETE FROM source_problem WHERE source_id = ?`, source)
	}
	for i, p := range problems[:min(len(problems), desk.MostProblems)] {
		var text string
		if err == nil {
			text, err = reasonText(p.Reason)
		}
		if err == nil {
			err = exec(ctx, tx, `INSERT INTO source_problem VALUES(?, ?, ?, ?, ?)`, source, i+1, p.File, p.Line, text)
		}
	}
	return wrap(err, "keep the problems of a source")
}
