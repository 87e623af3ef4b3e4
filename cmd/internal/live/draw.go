package live

import (
	"context"
	"errors"
	"time"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// made is how the session's draw was made; zero where this library lacks it.
func (r *Room) made() journal.Signed {
	shared, err := r.Desk.SharedOf(context.Background(), r.Session)
	if err != nil {
		return journal.Signed{}
	}
	return shared.Made
}

// draw makes the session's draw in a library that has the host's calls, so that
// what is heard counts there too. It ends when that is done, or never can be.
func (r *Room) draw(ctx context.Context) error {
	conn := r.at().conn
	for r.drawn(ctx, conn) != nil {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(beat):
		}
	}
	return nil
}

// errEarly says that not all of the session is here yet.
var errEarly = errors.New("not all of the session is here")

// drawn makes the draw, or answers why that must be tried again.
func (r *Room) drawn(ctx context.Context, conn *hub.Conn) error {
	state, err := r.Desk.Session(ctx, r.Session)
	if err != nil {
		return err
	}
	made := r.made()
	if made.ID == "" {
		if state.Draw == "" {
			return errEarly
		}
		if made, err = conn.Made(ctx); err != nil || made.ID == "" {
			return err // a host who lacks it has none to give
		}
		if err := r.Desk.KeepHostDraw(ctx, r.Session, made); err != nil {
			return unlessNoFrame(err)
		}
	}
	body, err := journal.Decode(made.Event)
	if told, ok := body.(journal.DrawMade); err == nil && ok && len(state.Calls) < len(told.Calls) {
		return errEarly
	}
	_, _, err = r.Desk.DrawHere(ctx, r.Session)
	return unlessNoFrame(err)
}

// unlessNoFrame is nil for a library of other calls, and for what is no draw of
// the session: there is nothing to try again.
func unlessNoFrame(err error) error {
	if review.CodeOf(err) == session.NoFrame {
		return nil
	}
	return err
}
