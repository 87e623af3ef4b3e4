package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"slices"

	"github.com/earshot-app/earshot/review"
)

// HeardThen are drawn calls that were heard before all of an issue had a name,
// so that nobody checked them for it.
type HeardThen struct {
	Total int
	Calls []review.Call // the first of them to hear again
}

// HeardBefore are the calls to hear again for an issue, at most so many of them.
// Their order is random but always the same, so that whoever hears only some
// hears a fair part; those in which the issue was found anyway are among them
// for the same reason. A call that is heard again ([Desk.Hear]) leaves the
// queue and enters the share since naming of every issue. It answers
// [review.NoIssue].
func (d *Desk) HeardBefore(ctx context.Context, issueID string, most int) (HeardThen, error) {
	if _, err := d.Entry(ctx, issueID); err != nil {
		return HeardThen{}, err
	}
	type place struct {
		order [sha256.Size]byte
		uid   string
	}
	var queue []place
	for uid, err := range d.store.HeardBefore(ctx, issueID) {
		if err != nil {
			return HeardThen{}, err
		}
		queue = append(queue, place{sha256.Sum256([]byte(issueID + "\x00" + uid)), uid})
	}
	slices.SortFunc(queue, func(a, b place) int { return bytes.Compare(a.order[:], b.order[:]) })
	then := HeardThen{Total: len(queue)}
	for _, p := range queue[:min(most, len(queue))] {
		call, err := d.store.Call(ctx, p.uid)
		if err != nil {
			return then, err
		}
		then.Calls = append(then.Calls, call)
	}
	return then, nil
}
