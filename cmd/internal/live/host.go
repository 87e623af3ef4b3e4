package live

import (
	"context"
	"errors"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"time"

	"github.com/earshot-app/earshot/cmd/internal/recording"
	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// Hosting is what a host runs with besides.
type Hosting struct {
	Options
	Program []string // that serves as the hub, see [hub.Program]
	Listen  []string // addresses that the host picked, host:port
	// Leaf keeps the session with the host though members come to the Outside,
	// to which the hub dials out. Otherwise an Outside carries the session itself.
	Leaf bool
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
	if h.Outside != nil && !h.Leaf {
		conn, err := hub.Dial(ctx, h.elsewhere(hub.Foreign), pass(h.Options))
		if err != nil {
			return nil, err
		}
		return h.begin(newRoom(h.Options, conn), nil, nil), nil
	}
	came := make(chan string, 64)
	child, err := h.start(ctx, came)
	if err != nil {
		return nil, err
	}
	conn, err := hub.Dial(ctx, child.Door(), hub.Pass{Seed: h.Seed})
	if err != nil {
		return nil, errors.Join(err, child.Close())
	}
	return h.begin(newRoom(h.Options, conn), child, came), nil
}

// elsewhere is where members meet the session on somebody else's server.
func (h Hosting) elsewhere(place hub.Place) hub.Invitation {
	i := hub.Invitation{Place: place, Session: h.Session}
	for _, server := range h.Outside.Servers {
		if u, err := url.Parse(server); err == nil {
			i.Addresses = append(i.Addresses, u.Host)
		}
	}
	return i
}

// start starts the hub. Whom it lets in it tells came.
func (h Hosting) start(ctx context.Context, came chan<- string) (*hub.Child, error) {
	me, err := journal.NewAuthor(h.Seed)
	if err != nil {
		return nil, err
	}
	config := hub.Config{
		Dir: filepath.Join(h.Dir, "hub"), Session: h.Session, Host: me.Public(), Listen: h.Listen, Now: h.Now,
		Admitted: func(m hub.Member) {
			select {
			case came <- m.Author:
			default: // told of again when they say who they are
			}
		},
	}
	if h.Leaf {
		config.Leaf = h.Outside
	}
	for until := h.Now().Add(passing); ; {
		child, err := hub.Start(context.WithoutCancel(ctx), h.Program, config)
		if review.CodeOf(err) != hub.HubRuns || !h.Now().Before(until) {
			return child, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(beat / 4):
		}
	}
}

// passing is how long the hub of a host who was killed may take to end.
const passing = 5 * time.Second

// begin starts a host's work. child is nil where somebody else's server carries
// the session: its operator lets people in.
func (h Hosting) begin(r *Room, child *hub.Child, came chan string) *Room {
	r.host, r.child, r.hosting = true, child, h
	said, asks := make(chan session.Attendee, 64), make(chan asking, 64)
	r.ownClock()
	r.run(
		func(ctx context.Context) error { return r.asked(ctx, asks) },
		func(ctx context.Context) error { return r.admit(ctx, came, said) },
		func(ctx context.Context) error {
			return r.conn.Answer(ctx, hub.Answers{
				Clock: h.Now,
				Ask: func(by string, a session.Ask, done func(error)) {
					select {
					case asks <- asking{a, by, done}:
					default: // too many at once
						done(review.Fail(session.NotGranted, nil))
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
		r.served,
	)
	return r
}

// served ends with the hub, if it is this room's.
func (r *Room) served(ctx context.Context) error {
	var over <-chan struct{} // nil is never over
	if r.child != nil {
		over = r.child.Done()
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-over:
		return r.child.Err()
	}
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
			gone := r.gone[who.Author]
			known := r.names[who.Author] == who.Name && !gone
			r.mu.Unlock()
			r.took(who)
			if known || gone && r.child == nil {
				continue // or put out, where somebody else's server lets them talk on
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
	round := 0
	if state.Together {
		round = state.At
	}
	roster, err := r.Desk.SessionRoster(ctx, r.Session, round)
	r.mu.Lock()
	defer r.mu.Unlock()
	clear(r.gone)
	for author, m := range state.Members {
		r.gone[author] = m.Removed
	}
	for i, a := range roster {
		if a.Author != r.me && r.Now().Sub(r.seen[a.Author]) > awayGap {
			roster[i].State = session.Away
		}
	}
	return roster, err
}

// Invite makes an invitation and the id to revoke it by. To somebody else's
// server it only tells the way, has no id, and is good for whomever the operator
// lets in.
func (r *Room) Invite(ctx context.Context, people int, good time.Duration) (link, id string, err error) {
	switch {
	case !r.host:
		return "", "", review.Fail(session.NotHost, nil)
	case r.hosting.Leaf:
		return r.hosting.elsewhere(hub.Leaf).Link(), "", nil
	case r.child == nil:
		return r.hosting.elsewhere(hub.Foreign).Link(), "", nil
	}
	invitation, id, err := r.child.Invite(ctx, hub.Offer{People: people, Until: r.Now().Add(good)})
	if err != nil {
		return "", "", err
	}
	return invitation.Link(), id, nil
}

// Revoke ends an invitation. It answers [session.NotHost] where there is no hub
// of one's own.
func (r *Room) Revoke(ctx context.Context, id string) error {
	if r.child == nil {
		return review.Fail(session.NotHost, nil)
	}
	return r.child.Revoke(ctx, id)
}

// Remove puts a member out. On somebody else's server the operator must do so
// too; what they send from then on is refused by everybody all the same.
func (r *Room) Remove(ctx context.Context, member string) error {
	if err := r.Desk.RemoveMember(ctx, r.Session, member); err != nil {
		return err
	}
	r.Wake()
	if r.child == nil {
		return nil
	}
	return r.child.Remove(ctx, member)
}

// open opens the recording of a content, if a call of the session has it.
func (r *Room) open(ctx context.Context, hash string) (io.ReaderAt, int64, error) {
	found, err := r.Desk.SessionRecording(ctx, r.Session, hash)
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
	if r.child == nil {
		return nil
	}
	return r.child.HandOver(ctx, member)
}
