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

// knownQuery reads what is held of the paths between two, as packed rows and by
// path: a look through a million files asks for every one.
const knownQuery = `SELECT packed(id, path, size, modified, missing, format, rate, channels, frames, leg, beside)
	FROM (SELECT * FROM recording WHERE path BETWEEN ? AND ? ORDER BY path)`

// Known implements [desk.KeepSources]. The files lie in one folder and come by
// name, so that all that is held of them is one range of the index of paths, and
// in the same order. What lies between may be of a folder beneath.
func (s *Store) Known(ctx context.Context, root string, files []desk.File) ([]desk.KnownFile, error) {
	known := make([]desk.KnownFile, len(files))
	if len(files) == 0 {
		return known, nil
	}
	paths := make([]string, len(files))
	for i, f := range files {
		paths[i] = review.Under(root, f.Name)
	}
	query, err := s.prepared(ctx, knownQuery)
	if err != nil {
		return nil, err
	}
	var rows []byte
	if err := query.QueryRowContext(ctx, paths[0], paths[len(paths)-1]).Scan(&rows); err != nil {
		return nil, wrap(failure(err), "read which files are known")
	}
	i := 0
	var id, size, modified, missing, rate, channels, frames, beside int64
	var path, format, leg string
	unpack(rows, []any{&id, &path, &size, &modified, &missing, &format, &rate, &channels, &frames, &leg, &beside}, func() {
		for i < len(paths) && paths[i] < path {
			i++
		}
		if i == len(paths) || paths[i] != path {
			return
		}
		f := files[i]
		known[i] = desk.KnownFile{
			ID: id, Missing: missing == 1, Beside: beside, Same: missing == 0 && size == f.Size && modified == f.Modified.UnixMilli(),
			Recording: review.Recording{
				Path: review.Hide(path), Size: size, Modified: f.Modified, Format: format, Rate: int(rate), Channels: int(channels),
				Frames: frames, Leg: review.Leg(leg),
			},
		}
	})
	return known, nil
}

// prepared is a query that is prepared once for all readers, and closed with
// them.
func (s *Store) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	s.preparing.Lock()
	defer s.preparing.Unlock()
	if stmt := s.statements[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := s.readers.PrepareContext(ctx, query)
	if err != nil {
		return nil, failure(err)
	}
	if s.statements == nil {
		s.statements = map[string]*sql.Stmt{}
	}
	s.statements[query] = stmt
	return stmt, nil
}

// Twins implements [desk.KeepSources].
func (q queries) Twins(ctx context.Context, marks []int64) ([]desk.Twin, error) {
	text, err := json.Marshal(marks)
	if err != nil {
		return nil, fmt.Errorf("write marks: %w", err)
	}
	twins, err := list(ctx, q.db, func(r *sql.Rows, t *desk.Twin) error {
		var modified int64
		err := r.Scan(&t.ID, &t.Mark, &t.Path, &t.Size, &modified, &t.Look)
		t.Modified = time.UnixMilli(modified).UTC()
		return err
	}, `SELECT r.id, r.mark, r.path, r.size, r.modified, r.seen FROM (SELECT DISTINCT value FROM json_each(?)) m
		CROSS JOIN recording r ON r.mark = m.value AND r.mark <> 0`, string(text))
	return twins, wrap(err, "read recordings by their marks")
}

// move gives the recording that an entry moved from its new place.
func (in *importer) move(e desk.Entry, source int64) error {
	if e.From == "" {
		return nil
	}
	if err := in.exec(`UPDATE OR IGNORE recording SET path = ?, source_id = ? WHERE path = ?`, pathOf(e), source, e.From); err != nil {
		return fmt.Errorf("move a recording: %w", err)
	}
	return unsettleOthers(in.ctx, in.tx, e.Look)
}

// goneBatch is how many recordings one transaction marks as missing: a tag must
// not wait long behind it.
const goneBatch = 1000

// EndLook implements [desk.KeepSources].
func (s *Store) EndLook(ctx context.Context, root string, look int64, met func(id int64) bool) (int, error) {
	gone, err := s.gone(ctx, root, look, met)
	if err != nil {
		return 0, err
	}
	if _, err := s.writer.ExecContext(ctx, usualCache); err != nil { // an import may have raised it
		return 0, failure(err)
	}
	done := 0
	for done < len(gone) {
		batch := gone[done:min(len(gone), done+goneBatch)]
		if err := s.lose(ctx, batch, look); err != nil {
			return done, err
		}
		done += len(batch)
	}
	return done, nil
}

// gone are the recordings of a source that a look has not met.
func (s *Store) gone(ctx context.Context, root string, look int64, met func(id int64) bool) ([]int64, error) {
	var gone []int64
	var id int64
	err := s.stream(ctx, []any{&id}, func() {
		if !met(id) {
			gone = append(gone, id)
		}
	}, `SELECT r.id FROM recording r WHERE r.source_id = (SELECT id FROM source WHERE root = ?) AND r.missing = 0 AND r.seen <> ?`, root, look)
	return gone, wrap(err, "read what a look has not met")
}

// lose marks recordings as missing, and the calls of which none is left.
func (s *Store) lose(ctx context.Context, recordings []int64, look int64) error {
	ids, err := json.Marshal(recordings)
	if err != nil {
		return fmt.Errorf("write ids: %w", err)
	}
	return s.tx(ctx, func(tx *sql.Tx) error {
		const these = `(SELECT value FROM json_each(?))`
		if err := exec(ctx, tx, `UPDATE recording SET missing = 1 WHERE id IN `+these, string(ids)); err != nil {
			return fmt.Errorf("mark missing recordings: %w", err)
		}
		const gone = `missing = 0 AND id IN (SELECT call_id FROM recording WHERE id IN ` + these + `)
			AND NOT EXISTS (SELECT 1 FROM recording r WHERE r.call_id = call.id AND r.missing = 0)`
		if err := remember(ctx, tx, gone, string(ids)); err != nil {
			return err
		}
		if err := exec(ctx, tx, `UPDATE call SET missing = 1 WHERE `+gone, string(ids)); err != nil {
			return fmt.Errorf("mark missing calls: %w", err)
		}
		const other = `missing = 0 AND told_ms = 0 AND id IN (SELECT call_id FROM recording WHERE id IN ` + these + `) AND duration_ms <> ` + measured
		if err := remember(ctx, tx, other, string(ids)); err != nil {
			return err
		}
		if err := exec(ctx, tx, `UPDATE call SET duration_ms = `+measured+` WHERE `+other, string(ids)); err != nil {
			return fmt.Errorf("measure calls by what is left: %w", err)
		}
		if err := unsettleOthers(ctx, tx, look); err != nil {
			return err
		}
		return bump(ctx, tx)
	})
}
