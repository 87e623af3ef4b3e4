package live

import (
	"context"
	"crypto/ed25519"
	"errors"
	"net/url"
	"path/filepath"
	"slices"
	"time"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// Hosting is what a host runs with besides.
type Hosting struct {
	Options
	Program []string // that serves as the hub, see [hub.Program]
	Listen  []string // addresses that the host picked, host:port; none for those of before, or all at first
	// Leaf keeps the session with the host though members come to the Outside,
	// to which the hub dials out. Otherwise an Outside carries the session itself.
	Leaf bool
}

// Host runs a session that this library opened, or was handed, with a hub of its
// own or on the Outside, to which it keeps the way for [Enter]. It answers what
// hub.Start, hub.Dial and Desk.SharedOf do, or [session.NotHost].
func Host(ctx context.Context, h Hosting) (*Room, error) {
	if err := h.isHost(ctx); err != nil {
		return nil, err
	}
	if h.Outside != nil && !h.Leaf {
		return h.hostAt(ctx, h.elsewhere(hub.Foreign))
	}
	return h.serve(ctx, journal.AuthorID(h.public()), hub.Dial)
}

// serve begins a hub that obeys a host, and a room that connects to it.
func (h Hosting) serve(ctx context.Context, host string, connect dialing) (*Room, error) {
	came := make(chan string, 64)
	child, err := h.start(ctx, came)
	if err != nil {
		return nil, err
	}
	door := child.Door()
	if h.Leaf {
		door = h.elsewhere(hub.Leaf)
	} else if err := child.HandOver(ctx, host); err != nil {
		return nil, errors.Join(err, child.Close())
	}
	conn, err := connect(ctx, child.Door(), hub.Pass{Seed: h.Seed})
	if err == nil {
		err = h.forgetDoor()
	}
	if err != nil {
		return nil, errors.Join(err, child.Close())
	}
	r := newRoom(h.Options, door, conn, host == conn.Me())
	r.child, r.came = child, came
	return r.start(), nil
}

// dialing is [hub.Dial] or [hub.Join].
type dialing func(context.Context, hub.Invitation, hub.Pass) (*hub.Conn, error)

func (o Options) public() ed25519.PublicKey {
	return ed25519.NewKeyFromSeed(o.Seed).Public().(ed25519.PublicKey)
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
	config := hub.Config{
		Dir: filepath.Join(h.Dir, "hub"), Session: h.Session, Host: h.public(), Listen: h.Listen, Now: h.Now,
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
	if len(config.Listen) == 0 && !h.keeps() {
		config.Listen = Doors(Addresses())
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

// hosts is a host's work.
func (r *Room) hosts() []func(context.Context) error {
	said, asks := make(chan session.Attendee, 64), make(chan asking, 64)
	conn := r.at().conn
	return []func(context.Context) error{
		func(ctx context.Context) error { return r.grants(ctx, asks) },
		func(ctx context.Context) error { return r.admit(ctx, said) },
		func(ctx context.Context) error { return conn.Answer(ctx, r.answers(said, asks)) },
		r.announce,
	}
}

// answers passes on what members ask and say.
func (r *Room) answers(said chan<- session.Attendee, asks chan<- asking) hub.Answers {
	return hub.Answers{
		Clock: r.Now,
		Made:  r.made,
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
	}
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
func (r *Room) admit(ctx context.Context, said <-chan session.Attendee) error {
	for {
		var who session.Attendee
		select {
		case <-ctx.Done():
			return ctx.Err()
		case who.Author = <-r.came:
		case who = <-said:
			r.mu.Lock()
			r.seen[who.Author] = r.Now()
			gone := r.gone[who.Author]
			known := r.names[who.Author] == who.Name && !gone
			r.mu.Unlock()
			r.took(who)
			if known || gone && r.door.Place != hub.OwnHub {
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
	conn, blind := r.at().conn, true
	return every(ctx, beat, func() error {
		state, err := r.Desk.Session(ctx, r.Session)
		if err != nil {
			return err
		}
		roster, err := r.present(ctx, state)
		if err != nil {
			return err
		}
		blind = blind && !r.shown(ctx, conn, state)
		r.mu.Lock()
		changed := !slices.Equal(r.roster, roster)
		r.roster = roster
		play := r.play
		r.mu.Unlock()
		if changed {
			r.tell(Update{Roster: roster})
		}
		// A network that is away is told again in a second.
		_ = conn.Roster(ctx, session.Roster{Members: roster})
		if play.Epoch > 0 {
			r.heartbeat(play)
			_ = conn.Play(ctx, play)
		}
		return nil
	})
}

// shown deletes the blind stream when nothing is hidden any more and this library
// holds all of it, and reports whether it did. What fails is tried again.
func (r *Room) shown(ctx context.Context, conn *hub.Conn, state *session.State) bool {
	hidden := func(c session.Call) bool { return !c.Revealed }
	if !state.Blind || len(state.Calls) == 0 || slices.ContainsFunc(state.Calls, hidden) {
		return false
	}
	at, err := r.Desk.SessionBox(r.Session).Cursor(ctx, session.Blind)
	if err != nil {
		return false
	}
	end, err := conn.Info(ctx, session.Blind)
	return err == nil && at.Seq >= end.Seq && conn.EndBlind(ctx) == nil
}

// present is the roster of the round that is open, or of all where each goes at
// their own pace.
func (r *Room) present(ctx context.Context, state *session.State) ([]session.Attendee, error) {
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

// A keeper has the door of a hub: the process here, or the connection to one that
// another machine keeps.
type keeper interface {
	Invite(context.Context, hub.Offer) (hub.Invitation, string, error)
	Offers(context.Context) ([]hub.Standing, error)
	Revoke(ctx context.Context, id string) error
	Remove(ctx context.Context, author string) error
	HandOver(ctx context.Context, author string) error
}

// keeper is that of the session's hub, nil where the operator of somebody else's
// server lets people in. It answers [session.NotHost].
func (r *Room) keeper() (keeper, error) {
	t, err := r.reached()
	switch {
	case err != nil:
		return nil, err
	case !t.host:
		return nil, review.Fail(session.NotHost, nil)
	case r.door.Place != hub.OwnHub:
		return nil, nil
	case r.child != nil:
		return r.child, nil
	}
	return t.conn, nil
}

// Invite makes an invitation and the id to revoke it by. To somebody else's
// server it only tells the way, has no id, and is good for whomever the operator
// lets in. It answers [session.NotHost].
func (r *Room) Invite(ctx context.Context, people int, good time.Duration) (link, id string, err error) {
	k, err := r.keeper()
	if err != nil {
		return "", "", err
	}
	if k == nil {
		return r.naming(r.door).Link(), "", nil
	}
	invitation, id, err := k.Invite(ctx, hub.Offer{People: people, Until: r.Now().Add(good)})
	if err != nil {
		return "", "", err
	}
	return r.naming(invitation).Link(), id, nil
}

// Revoke ends an invitation. It answers [session.NotHost], also where there is no
// hub of the session's own.
func (r *Room) Revoke(ctx context.Context, id string) error {
	k, err := r.keeper()
	if err != nil {
		return err
	}
	if k == nil {
		return review.Fail(session.NotHost, nil)
	}
	return k.Revoke(ctx, id)
}

// Remove puts a member out. On somebody else's server the operator must do so
// too; what they send from then on is refused by everybody all the same.
func (r *Room) Remove(ctx context.Context, member string) error {
	k, err := r.keeper()
	if err != nil {
		return err
	}
	if err := r.Desk.RemoveMember(ctx, r.Session, member); err != nil {
		return err
	}
	r.Wake()
	if k == nil {
		return nil
	}
	return k.Remove(ctx, member)
}

// HandOver makes a member the host. Every room goes on by itself, this one as a
// member's; a hub that this machine keeps stays here. The recordings are then
// lent by the new host, who has those that they lack from whoever holds them.
func (r *Room) HandOver(ctx context.Context, member string) error {
	k, err := r.keeper()
	if err != nil {
		return err
	}
	if err := r.handOver(ctx, k, member); err != nil {
		return err
	}
	poke(r.asked)
	return nil
}

// handOver tells the library and the hub, before anybody acts by either.
func (r *Room) handOver(ctx context.Context, k keeper, member string) error {
	r.handing.Lock()
	defer r.handing.Unlock()
	if err := r.Desk.HandOver(ctx, r.Session, member); err != nil {
		return err
	}
	if k == nil {
		return nil
	}
	return k.HandOver(ctx, member)
}
