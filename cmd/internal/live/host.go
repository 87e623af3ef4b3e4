package live

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/earshot-app/earshot/cmd/internal/recording"
	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/session"
)

// Hosting is what a host runs with besides.
type Hosting struct {
	Options
	Program []string // that serves as the hub, see [hub.Program]
	Listen  []string // addresses that the host picked, host:port
	Leaf    *hub.Outside
}

// Host runs a session that this library opened. It answers what hub.Start,
// hub.Dial and Desk.SharedOf do, or [session.NotHost].
func Host(ctx context.Context, h Hosting) (*Room, error) {
	shared, err := h.Desk.SharedOf(ctx, h.Session)
	if err != nil {
		return nil, err
	}
	if !shared.Hosting {
		return nil, review.Fail(session.NotHost, nil)
	}
	me, err := author(h.Seed)
	if err != nil {
		return nil, err
	}
	came := make(chan string, 64)
	child, err := hub.Start(context.WithoutCancel(ctx), h.Program, hub.Config{
		Dir: filepath.Join(h.Dir, "hub"), Session: h.Session, Host: me.Public(), Listen: h.Listen, Leaf: h.Leaf, Now: h.Now,
		Admitted: func(m hub.Member) {
			select {
			case came <- m.Author:
			default: // told of again when they say who they are
			}
		},
	})
	if err != nil {
		return nil, err
	}
	conn, err := hub.Dial(ctx, child.Door(), pass(h.Options))
	if err != nil {
		return nil, errors.Join(err, child.Close())
	}
	r := newRoom(h.Options, conn, child)
	h.begin(r, came)
	return r, nil
}

// begin starts a host's work.
func (h Hosting) begin(r *Room, came chan string) {
	said, asks := make(chan session.Attendee, 64), make(chan asking, 64)
	r.ownClock()
	r.run(
		func(ctx context.Context) error { return r.asked(ctx, asks) },
		func(ctx context.Context) error { return r.admit(ctx, came, said) },
		func(ctx context.Context) error {
			return r.conn.Answer(ctx, hub.Answers{
				Clock: h.Now,
				Ask: func(by string, a session.Ask) {
					select {
					case asks <- asking{a, by}:
					default: // too many at once
					}
				},
				State: func(a session.Attendee) {
					select {
					case said <- a:
					default: // it says so again
					}
				},
			})
		},
		func(ctx context.Context) error { return r.conn.Lend(ctx, r.open) },
		r.announce,
		func(ctx context.Context) error {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-r.child.Done():
				return r.child.Err()
			}
		},
	)
}

// admit lets those take part whom the hub let in, and keeps what they are
// called.
func (r *Room) admit(ctx context.Context, came <-chan string, said <-chan session.Attendee) error {
	for {
		var who session.Attendee
		select {
		case <-ctx.Done():
			return ctx.Err()
		case who.Author = <-came:
		case who = <-said:
			r.mu.Lock()
			r.seen[who.Author] = r.Now()
			known := r.names[who.Author] == who.Name
			r.mu.Unlock()
			r.took(who)
			if known {
				continue
			}
		}
		err := r.Desk.Admit(ctx, r.Session, who.Author, who.Name)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			continue // a name that cannot be, or a session that is over
		}
		r.mu.Lock()
		first := who.Name != "" && r.names[who.Author] == ""
		r.names[who.Author] = who.Name
		r.mu.Unlock()
		r.Wake()
		if first {
			r.tell(Update{Joined: who.Author})
		}
	}
}

// announce tells once a second who is there and what is played.
func (r *Room) announce(ctx context.Context) error {
	return every(ctx, beat, func() error {
		roster, err := r.present(ctx)
		if err != nil {
			return err
		}
		r.mu.Lock()
		changed := !slices.Equal(r.roster, roster)
		r.roster = roster
		play := r.play
		r.mu.Unlock()
		if changed {
			r.tell(Update{Roster: roster})
		}
		// A network that is away is told again in a second.
		_ = r.conn.Roster(ctx, session.Roster{Members: roster})
		if play.Epoch > 0 {
			r.heartbeat(play)
			_ = r.conn.Play(ctx, play)
		}
		return nil
	})
}

// present is the roster of the round that is open, or of all where each goes at
// their own pace.
func (r *Room) present(ctx context.Context) ([]session.Attendee, error) {
	state, err := r.Desk.Session(ctx, r.Session)
	if err != nil {
		return nil, err
	}
	names, err := r.Desk.SessionNames(ctx, r.Session)
	if err != nil {
		return nil, err
	}
	round := 0
	if state.Together {
		round = state.At
	}
	roster, err := r.Desk.SessionRoster(ctx, r.Session, round)
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, a := range roster {
		roster[i].Name = names[a.Author]
		if a.Author != r.me && r.Now().Sub(r.seen[a.Author]) > awayGap {
			roster[i].State = session.Away
		}
	}
	return roster, err
}

// Invite makes an invitation and the id to revoke it by.
func (r *Room) Invite(ctx context.Context, people int, good time.Duration) (link, id string, err error) {
	if r.child == nil {
		return "", "", review.Fail(session.NotHost, nil)
	}
	invitation, id, err := r.child.Invite(ctx, hub.Offer{People: people, Until: r.Now().Add(good)})
	if err != nil {
		return "", "", err
	}
	return invitation.Link(), id, nil
}

// Revoke ends an invitation.
func (r *Room) Revoke(ctx context.Context, id string) error { return r.child.Revoke(ctx, id) }

// Remove puts a member out.
func (r *Room) Remove(ctx context.Context, member string) error {
	if err := r.Desk.RemoveMember(ctx, r.Session, member); err != nil {
		return err
	}
	r.Wake()
	return r.child.Remove(ctx, member)
}

// open opens the recording of a content, if a call of the session has it.
func (r *Room) open(hash string) (io.ReaderAt, int64, error) {
	found, err := r.Desk.SessionRecording(context.Background(), r.Session, hash)
	if err != nil {
		return nil, 0, err
	}
	return recording.Bytes(found)
}

// HandOver makes a member the host. This room goes on as a member's would when
// the session is joined again.
func (r *Room) HandOver(ctx context.Context, member string) error {
	if err := r.Desk.HandOver(ctx, r.Session, member); err != nil {
		return err
	}
	r.Wake()
	return r.child.HandOver(ctx, member)
}
