package sqlite

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
)

// matching is a query in the language of FTS5. Every term is a string in
// quotation marks, so nothing that was typed means anything to FTS5.
func matching(q dialogue.Query) string {
	var terms []string
	for _, t := range q.Terms {
		term := `"` + strings.ReplaceAll(t.Text, `"`, `""`) + `"`
		if t.Prefix {
			term += "*"
		}
		terms = append(terms, term)
	}
	return strings.Join(terms, " ")
}

// Find implements [desk.ReadTranscripts].
func (q queries) Find(ctx context.Context, query dialogue.Query, page desk.Page) (found desk.Findings, err error) {
	if query.Empty() {
		return found, nil
	}
	err = q.snapshot(ctx, func(q queries) error {
		found, err = q.find(ctx, matching(query), page)
		return err
	})
	return found, wrap(err, "search transcripts")
}

// match is a call that was found, and where its hits lie.
type match struct {
	desk.FoundCall
	first, last int64 // turns
	hits, total int
}

func (q queries) find(ctx context.Context, matching string, page desk.Page) (found desk.Findings, err error) {
	matches, err := list(ctx, q.db, func(r *sql.Rows, m *match) error {
		return scanCall(r, &m.Call, &m.first, &m.last, &m.hits, &m.total)
	}, `WITH hit AS (
			SELECT x.call_id, min(t.id) AS first, max(t.id) AS last, count(*) AS hits
			FROM turn_words w CROSS JOIN turn t ON t.id = w.rowid CROSS JOIN transcript x ON x.id = t.transcript_id
			WHERE w.turn_words MATCH ? AND x.shown = 1 GROUP BY x.call_id)
		SELECT `+callColumns+`, h.first, h.last, h.hits, count(*) OVER () `+callTables+`JOIN hit h ON h.call_id = c.id
		ORDER BY c.started_at DESC, c.uid LIMIT ? OFFSET ?`, matching, page.Limit, page.Skip)
	if err != nil {
		return found, err
	}
	for _, m := range matches {
		if m.Hits, err = q.hits(ctx, matching, m); err != nil {
			return found, err
		}
		m.More, found.Total = m.hits-len(m.Hits), m.total
		found.Calls = append(found.Calls, m.FoundCall)
	}
	return found, nil
}

// The signs around what was found in a snippet; a transcript has none, see
// [dialogue.Tidy].
const opening, closing = "\x02", "\x03"

// hits are the first turns of a call that were found. The range of turns keeps
// FTS5 from looking through all other calls.
func (q queries) hits(ctx context.Context, matching string, m match) ([]desk.Hit, error) {
	starts, err := q.starts(ctx, m.Call.UID)
	if err != nil {
		return nil, err
	}
	return list(ctx, q.db, func(r *sql.Rows, h *desk.Hit) error {
		var at, recording int64
		var snippet string
		err := r.Scan(&at, &h.Role, &h.Voice, &recording, &snippet)
		h.At, h.Snippet = time.Duration(at)*time.Millisecond+starts[recording], pieces(snippet)
		return err
	}, `SELECT t.at_ms, t.role, t.voice, coalesce(x.recording_id, 0), snippet(turn_words, 0, char(2), char(3), '…', 16)
		FROM turn_words CROSS JOIN turn t ON t.id = turn_words.rowid CROSS JOIN transcript x ON x.id = t.transcript_id
		WHERE turn_words MATCH ? AND turn_words.rowid BETWEEN ? AND ? AND x.shown = 1
		AND x.call_id = (SELECT id FROM call WHERE uid = ?) ORDER BY x.path, t.at_ms LIMIT ?`,
		matching, m.first, m.last, m.Call.UID, desk.MostHits)
}

// pieces takes a snippet apart at the signs around what was found.
func pieces(snippet string) []desk.Piece {
	var all []desk.Piece
	for snippet != "" {
		before, rest, marked := strings.Cut(snippet, opening)
		if before != "" {
			all = append(all, desk.Piece{Text: before})
		}
		if !marked {
			break
		}
		word, after, _ := strings.Cut(rest, closing)
		all = append(all, desk.Piece{Text: word, Found: true})
		snippet = after
	}
	return all
}
