package sqlite

import (
	"context"
	"database/sql"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
)

// AddSpoken implements [desk.KeepTranscripts]. All turns of the batch go into
// the index of words by one statement, since FTS5 writes at the end of each.
func (s *Store) AddSpoken(ctx context.Context, batch []desk.Spoken) error {
	return s.tx(ctx, func(tx *sql.Tx) error {
		in := importer{ctx: ctx, tx: tx, ids: map[[2]string]int64{}, prepared: map[string]*sql.Stmt{}}
		return wrap(in.speak(batch), "keep transcripts")
	})
}

func (in *importer) speak(batch []desk.Spoken) error {
	files, calls := make([]int64, len(batch)), make([]int64, len(batch))
	for i, spoken := range batch {
		var err error
		if files[i], calls[i], err = in.sidecar(spoken); err != nil {
			return err
		}
	}
	var before int64 // the last turn, now that those of the same files are gone
	if _, err := in.row(`SELECT coalesce(max(id), 0) FROM turn`, nil, &before); err != nil {
		return err
	}
	for i, spoken := range batch {
		if err := in.turns(files[i], spoken.Transcript.Turns); err != nil {
			return err
		}
	}
	err := in.exec(`INSERT INTO turn_words(rowid, text) SELECT id, text FROM turn WHERE id > ?`, before)
	for i := range batch {
		if err == nil {
			err = in.exec(choose, calls[i])
		}
	}
	return err
}

// sidecar keeps what is known of a file, and drops what it said before.
func (in *importer) sidecar(s desk.Spoken) (id, call int64, err error) {
	call, known, err := in.callByUID(s.UID)
	if err == nil && !known {
		err = review.Fail(review.NoCall, review.Args{"uid": s.UID})
	}
	if err != nil {
		return 0, 0, err
	}
	source, err := in.source(s.Root)
	if err != nil {
		return 0, 0, err
	}
	t := s.Transcript
	_, err = in.row(`INSERT INTO transcript(call_id, recording_id, source_id, path, size, modified, seen, place, turns, holds, quiet, overtalk)
		VALUES(?, (SELECT id FROM recording WHERE path = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT(path) DO UPDATE SET call_id = excluded.call_id, recording_id = excluded.recording_id, size = excluded.size,
		modified = excluded.modified, seen = excluded.seen, place = excluded.place, turns = excluded.turns,
		holds = excluded.holds, quiet = excluded.quiet, overtalk = excluded.overtalk RETURNING id`,
		[]any{
			call, s.Recording, source, review.Under(s.Root, s.Name), s.Size, s.Modified.UnixMilli(), s.Look, s.Place, len(t.Turns),
			spanText(t.Holds), spanText(t.Quiet), spanText(t.Overtalk),
		}, &id)
	if err != nil {
		return 0, 0, err
	}
	return id, call, in.exec(`DELETE FROM turn WHERE transcript_id = ?`, id)
}

func (in *importer) turns(file int64, turns []dialogue.Turn) error {
	for _, t := range turns {
		err := in.exec(`INSERT INTO turn(transcript_id, at_ms, until_ms, role, voice, text) VALUES(?, ?, ?, ?, ?, ?)`,
			file, t.At.Milliseconds(), t.Until.Milliseconds(), string(t.Role), t.Voice, t.Text)
		if err != nil {
			return err
		}
	}
	return nil
}

// choose marks the sidecars of a call that are shown: of several that tell of
// the same sound, the one of the lowest place.
const choose = `UPDATE transcript SET shown = turns > 0 AND NOT EXISTS (SELECT 1 FROM transcript b
	WHERE b.call_id = transcript.call_id AND b.turns > 0
	AND (b.recording_id IS transcript.recording_id OR b.recording_id IS NULL OR transcript.recording_id IS NULL)
	AND (b.place, b.path) < (transcript.place, transcript.path)) WHERE call_id = ?`

// endBatch is how many transcripts one transaction forgets.
const endBatch = 200

// EndSidecars implements [desk.KeepTranscripts].
func (s *Store) EndSidecars(ctx context.Context, root string, look int64) (int, error) {
	for all := 0; ; {
		n, err := s.endSidecars(ctx, root, look)
		all += n
		if err != nil || n < endBatch {
			return all, wrap(err, "forget transcripts")
		}
	}
}

func (s *Store) endSidecars(ctx context.Context, root string, look int64) (n int, err error) {
	err = s.tx(ctx, func(tx *sql.Tx) error {
		gone, err := list(ctx, tx, func(r *sql.Rows, g *[2]int64) error { return r.Scan(&g[0], &g[1]) },
			`SELECT id, call_id FROM transcript WHERE seen <> ? AND source_id = (SELECT id FROM source WHERE root = ?)
			LIMIT ?`, look, root, endBatch)
		if err != nil {
			return err
		}
		in := importer{ctx: ctx, tx: tx, prepared: map[string]*sql.Stmt{}}
		for _, g := range gone {
			if err := in.exec(`DELETE FROM turn WHERE transcript_id = ?`, g[0]); err != nil {
				return err
			}
			if err := in.exec(`DELETE FROM transcript WHERE id = ?`, g[0]); err != nil {
				return err
			}
			if err := in.exec(choose, g[1]); err != nil {
				return err
			}
		}
		n = len(gone)
		return nil
	})
	return n, err
}

// Transcribed implements [desk.ReadTranscripts].
func (q queries) Transcribed(ctx context.Context) (int, error) {
	var n int
	err := q.db.QueryRowContext(ctx, `SELECT count(DISTINCT call_id) FROM transcript WHERE shown = 1`).Scan(&n)
	return n, wrap(failure(err), "count transcripts")
}

// part is a sidecar that is shown.
type part struct {
	id, recording          int64
	holds, quiet, overtalk string
}

// Transcript implements [desk.ReadTranscripts].
func (q queries) Transcript(ctx context.Context, uid string) (t dialogue.Transcript, err error) {
	err = q.snapshot(ctx, func(q queries) error {
		t, err = q.transcript(ctx, uid)
		return err
	})
	return t, wrap(err, "read a transcript")
}

func (q queries) transcript(ctx context.Context, uid string) (t dialogue.Transcript, err error) {
	parts, err := list(ctx, q.db, func(r *sql.Rows, p *part) error {
		return r.Scan(&p.id, &p.recording, &p.holds, &p.quiet, &p.overtalk)
	}, `SELECT x.id, coalesce(x.recording_id, 0), x.holds, x.quiet, x.overtalk FROM transcript x JOIN call c ON c.id = x.call_id
		WHERE c.uid = ? AND x.shown = 1 ORDER BY x.path`, uid)
	if err != nil || len(parts) == 0 {
		return t, err
	}
	starts, err := q.starts(ctx, uid)
	if err != nil {
		return t, err
	}
	for _, p := range parts {
		turns, err := list(ctx, q.db, scanTurn,
			`SELECT at_ms, until_ms, role, voice, text FROM turn WHERE transcript_id = ? ORDER BY at_ms, id`, p.id)
		if err != nil {
			return t, err
		}
		t.Add(dialogue.Transcript{
			Turns: turns, Holds: spans(p.holds), Quiet: spans(p.quiet), Overtalk: spans(p.overtalk),
		}, starts[p.recording])
	}
	return t, nil
}

func scanTurn(r *sql.Rows, t *dialogue.Turn) error {
	var at, until int64
	err := r.Scan(&at, &until, &t.Role, &t.Voice, &t.Text)
	t.At, t.Until = time.Duration(at)*time.Millisecond, time.Duration(until)*time.Millisecond
	return err
}

// starts are the times at which the recordings of a call begin in its sound, by
// id: one after the other, the two legs of a part together.
func (q queries) starts(ctx context.Context, uid string) (map[int64]time.Duration, error) {
	type file struct {
		id     int64
		pair   string
		length float64
	}
	files, err := list(ctx, q.db, func(r *sql.Rows, f *file) error { return r.Scan(&f.id, &f.pair, &f.length) },
		`SELECT r.id, r.pair, CASE WHEN r.rate > 0 THEN 1.0 * r.frames / r.rate ELSE 0 END
		FROM recording r JOIN call c ON c.id = r.call_id WHERE c.uid = ? ORDER BY r.path`, uid)
	starts := map[int64]time.Duration{}
	from, next, pair := 0.0, 0.0, ""
	for _, f := range files {
		if f.pair == "" || f.pair != pair {
			from, pair = next, f.pair
		}
		starts[f.id] = time.Duration(from * float64(time.Second))
		next = max(next, from+f.length)
	}
	return starts, err
}
