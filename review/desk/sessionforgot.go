package desk

import (
	"context"

	"github.com/earshot-app/earshot/review/journal"
)

// forgot reports whether what a body says is of a call that this library was to
// forget: another member's library may still hold it, and bring it again.
func (in *intake) forgot(ctx context.Context, body journal.Body) (bool, error) {
	uid := journal.CallOf(body)
	if named, ok := body.(journal.SessionCall); ok {
		uid = named.Call
	}
	if uid == "" {
		return false, nil
	}
	if in.buried == nil {
		some, err := in.tx.Forgets(ctx)
		if err != nil {
			return false, err
		}
		in.buried = &some
	}
	if !*in.buried {
		return false, nil
	}
	salt, err := in.tx.Salt(ctx)
	if err != nil {
		return false, err
	}
	hash := forgottenHash(salt, "uid", uid)
	known, err := in.tx.Forgotten(ctx, []string{hash})
	return known[hash], err
}
