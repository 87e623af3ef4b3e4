package live

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/session"
)

// A turn is a room's part in a session as long as that has one host.
type turn struct {
	conn   *hub.Conn
	client *session.Client
	host   bool   // this person is it
	of     string // the author who is; "" while nothing of the session is here
}

func (r *Room) newTurn(conn *hub.Conn, host bool, of string) *turn {
	return &turn{conn: conn, client: session.NewClient(conn, telling{r.Desk.SessionBox(r.Session), r}, host), host: host, of: of}
}

// at is the turn that is on, or that was last.
func (r *Room) at() *turn {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.turn
}

// reached is the turn that is on. It answers [hub.HostAway] between two.
func (r *Room) reached() (*turn, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.between {
		return nil, review.Fail(hub.HostAway, nil)
	}
	return r.turn, nil
}

// errHandedOver ends a turn: the session has another host.
var errHandedOver = errors.New("the session was handed over")

// turns takes one turn after another, until ctx ends or something fails.
func (r *Room) turns(ctx context.Context) error {
	for {
		t := r.at()
		err := r.take(ctx, t)
		r.mu.Lock()
		r.between = true
		r.mu.Unlock()
		t.conn.Close()
		if !errors.Is(err, errHandedOver) {
			return err
		}
		if err := r.again(ctx); err != nil {
			return err
		}
	}
}

// take takes a turn.
func (r *Room) take(ctx context.Context, t *turn) error {
	r.begin(t)
	work := []func(context.Context) error{r.hear, r.introduce, r.clock, r.draw}
	if t.host {
		work = r.hosts()
	}
	work = append(work, t.carry, r.changes, r.lend, r.fetch, r.watch, r.served, func(ctx context.Context) error { return r.heir(ctx, t) })
	group, ctx := errgroup.WithContext(ctx)
	for _, do := range work {
		group.Go(func() error {
			err := do(ctx)
			if out := t.conn.Ended(); out != nil {
				return out // whatever else fails for it
			}
			return err
		})
	}
	return group.Wait()
}

// carry carries events. A library that was told of another host first takes no
// more that is blind.
func (t *turn) carry(ctx context.Context) error {
	err := t.client.Run(ctx)
	if t.host && review.CodeOf(err) == session.NotHost {
		return errHandedOver
	}
	return err
}

// begin readies what both sides know for a turn. Times of the host of before are
// another clock's.
func (r *Room) begin(t *turn) {
	now := r.Now()
	r.step.mu.Lock()
	before, known := r.step.follower.Clock.Host(now)
	r.step.follower.Clock = session.Clock{}
	r.step.trips = map[string]time.Duration{}
	if t.host {
		r.step.follower.Clock.Add(now, now, now) // one's own time needs no asking
	}
	r.step.mu.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	if !t.host || r.play.Epoch == 0 {
		return
	}
	for _, a := range r.roster {
		if r.names[a.Author] = a.Name; a.State != session.Away {
			r.seen[a.Author] = now
		}
	}
	if known {
		r.play.PosMS, r.play.AtHost = r.play.At(before).Milliseconds(), now.UnixMilli()
	}
	r.play.Epoch = max(r.play.Epoch+1, now.UnixMilli())
}

// heir ends a turn when another hosts the session than the one whose it is.
func (r *Room) heir(ctx context.Context, t *turn) error {
	for {
		host, err := r.hostOf(ctx)
		if err == nil && t.of == "" {
			t.of = host
		}
		if err == nil && host != "" && (host != t.of || t.host != (host == r.me)) {
			return errHandedOver
		}
		var later <-chan time.Time
		if err != nil {
			later = time.After(beat)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-r.asked:
		case <-later:
		}
	}
}

// hostOf is the author who hosts the session, "" while nothing of it is here.
func (r *Room) hostOf(ctx context.Context) (string, error) {
	r.handing.Lock()
	defer r.handing.Unlock()
	state, err := r.Desk.Session(ctx, r.Session)
	if err != nil {
		return "", err
	}
	return state.Host, nil
}

// refusals is how often the way to a new turn may fail for another reason than a
// network that is away: the hub hears of the new host as late as everybody.
const refusals = 10

// again begins the turn of the host who is now.
func (r *Room) again(ctx context.Context) error {
	for failed := 0; ; {
		err := r.comeAs(ctx)
		switch {
		case err == nil:
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case review.CodeOf(err) != hub.HubUnreachable:
			if failed++; failed == refusals {
				return err
			}
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(beat / 2):
		}
	}
}

// comeAs connects as what this person is now. A hub that this machine keeps has
// the host whom the session's events name.
func (r *Room) comeAs(ctx context.Context) error {
	host, err := r.hostOf(ctx)
	if err != nil {
		return err
	}
	way, connect := r.door, hub.Join
	if r.child != nil {
		way = r.child.Door()
		if err := r.installs(ctx, host); err != nil {
			return err
		}
	}
	if host == r.me {
		connect = hub.Dial
	}
	conn, err := connect(ctx, way, pass(r.Options))
	if err != nil {
		return err
	}
	r.mu.Lock()
	r.turn, r.between = r.newTurn(conn, host == r.me, host), false
	r.mu.Unlock()
	r.tell(Update{Host: host})
	poke(r.news)
	return nil
}

// installs has the hub of this machine obey a host. To one whose members come
// over somebody else's server it makes no difference.
func (r *Room) installs(ctx context.Context, host string) error {
	if r.door.Place != hub.OwnHub {
		return nil
	}
	return r.child.HandOver(ctx, host)
}
