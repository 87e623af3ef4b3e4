package live

import (
	"context"
	"io"
	"time"

	"github.com/earshot-app/earshot/cmd/internal/recording"
	"github.com/earshot-app/earshot/data/hub"
)

// lend lends recordings. That their own connection fails at first ends nothing
// else.
func (r *Room) lend(ctx context.Context, conn *hub.Conn) error {
	for {
		_ = conn.Lend(ctx, r.open)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(beat):
		}
	}
}

// open opens the recording of a content, if a call of the session has it.
func (r *Room) open(ctx context.Context, hash string) (io.ReaderAt, int64, error) {
	found, err := r.Desk.SessionRecording(ctx, r.Session, hash)
	if err != nil {
		return nil, 0, err
	}
	return recording.Bytes(found)
}
