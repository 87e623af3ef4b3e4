package live

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/earshot-app/earshot/cmd/internal/recording"
	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/session"
)

// lend lends recordings, as a host to whoever lacks them, or as a member to a host
// who does. That a connection fails at first ends nothing else.
func (r *Room) lend(ctx context.Context) error {
	t := r.at()
	lend := t.conn.Share
	if t.host {
		lend = t.conn.Lend
	}
	for {
		_ = lend(ctx, r.open)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(beat):
		}
	}
}

// open opens the recording of a content, if a call of the session has it. It answers
// [hub.NobodyLends] for one that is not on this machine.
func (r *Room) open(ctx context.Context, hash string) (content io.ReaderAt, size int64, err error) {
	found, err := r.Desk.SessionRecording(ctx, r.Session, hash)
	if err == nil {
		content, size, err = recording.Bytes(found)
	}
	if err == nil {
		return content, size, nil
	}
	state, unknown := r.Desk.Session(ctx, r.Session)
	if unknown == nil && slices.ContainsFunc(state.Calls, func(c session.Call) bool { return slices.Contains(c.Hashes, hash) }) {
		err = review.Fail(hub.NobodyLends, review.Args{"hash": hash}).Because(err)
	}
	return nil, 0, err
}
