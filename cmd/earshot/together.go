package main

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/cmd/internal/live"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/ui/listen"
)

var _ listen.Together = (*rooms)(nil)

// hear keeps what the room tells of recordings that are on their way, and passes
// everything on.
func (r *rooms) hear(u live.Update) {
	if u.Audio != nil {
		r.mu.Lock()
		r.coming = *u.Audio
		if u.Audio.Done == u.Audio.Of {
			r.coming = live.Audio{}
		}
		r.mu.Unlock()
	}
	r.told(u)
}

// Me implements the listening page's Together.
func (r *rooms) Me() string { return r.library.Author }

// Playing implements the listening page's Together.
func (r *rooms) Playing() session.Play {
	if room, err := r.now(); err == nil {
		return room.Playing()
	}
	return session.Play{}
}

// Coming implements the listening page's Together.
func (r *rooms) Coming() (round int, done, of int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.coming.Round, r.coming.Done, r.coming.Of
}

// Follow implements the listening page's Together.
func (r *rooms) Follow(h session.Playhead) session.Move {
	room, err := r.now()
	if err != nil {
		return session.Move{Speed: h.Speed}
	}
	h.Now = time.Now()
	return room.Follow(h)
}

// Ask implements the listening page's Together.
func (r *rooms) Ask(ctx context.Context, a session.Ask) error {
	room, err := r.now()
	if err != nil {
		return err
	}
	return room.Ask(ctx, a)
}

// A conductor is the desk of somebody who may host: the call that they open while
// the session runs is played for all.
type conductor struct {
	*desk.Desk
	rooms *rooms
}

// OpenRound takes everybody to a call, as [desk.Desk.OpenRound] does.
func (c conductor) OpenRound(ctx context.Context, id string, round int) error {
	if running, hosting := c.rooms.Running(); running == id && hosting {
		return c.rooms.Ask(ctx, session.Ask{Do: session.AskOpen, Round: round})
	}
	return c.Desk.OpenRound(ctx, id, round)
}
