package desk

import (
	"context"

	"github.com/earshot-app/earshot/review/journal"
)

// forgot reports whether what a body says is of a call that this library was to
// forget: another member's library may still hold it, and bring it again.
func forgot(ctx context.Context, tx Tx, body journal.Body) (bool, error) {
	uid := journal.CallOf(body)
	if named, ok := body.(journal.SessionCall); ok {
		uid = named.Call
	}
	if uid == "" {
		return false, nil
	}
	some, err := tx.Forgets(ctx)
	if err != nil || !some {
		return false, err
	}
	salt, err := tx.Salt(ctx)
	if err != nil {
		return false, err
	}
	hash := forgottenHash(salt, "uid", uid)
	known, err := tx.Forgotten(ctx, []string{hash})
	return known[hash], err
}
