package sqlite

import (
	"context"
	"database/sql"

	"github.com/earshot-app/earshot/review/desk"
)

// tellWaiting tells of calls that were just added what the journal has of them
// already: they were here before, and were lost with a part of the file. In a
// library in which nothing was said yet it asks nothing of single calls.
func tellWaiting(ctx context.Context, tx *sql.Tx, added []desk.Added) error {
	var said bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM event_subject)`).Scan(&said)
	if err != nil || !said {
		return wrap(err, "ask whether anything was said")
	}
	for _, a := range added {
		if !a.NewCall {
			continue
		}
		if err := deriveIfTold(ctx, tx, a.UID); err != nil {
			return err
		}
	}
	return nil
}
