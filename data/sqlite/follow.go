package sqlite

import (
	"context"
	"database/sql"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// followColumns are the columns of an issue i that [followed] reads.
const followColumns = `i.owner, i.progress, i.fixed_on, i.next_step`

func followed(f *review.Follow) []any { return []any{&f.Owner, &f.State, &f.On, &f.Next} }

func followIssue(ctx context.Context, tx *sql.Tx, c journal.FollowIssue) error {
	return exec(ctx, tx, `UPDATE issue SET owner = ?1, progress = ?2, fixed_on = ?3, next_step = ?4,
		chosen_n = CASE WHEN ?2 = ?5 THEN 0 WHEN chosen_n > 0 THEN chosen_n ELSE ?6 END WHERE uid = ?7 AND live = 1`,
		c.Owner, c.State, c.On, c.Next, review.Open, c.N, c.Issue)
}

// resetFollow takes away what the journal said of an issue's way.
const resetFollow = `UPDATE issue SET owner = '', progress = 'open', fixed_on = '', next_step = '', chosen_n = 0 WHERE uid = ?`
