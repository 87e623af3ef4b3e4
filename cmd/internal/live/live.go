// Package live is one library's part in a shared session while that runs over
// a network: it carries events, says who is there and what is played, and brings
// the recordings that this machine lacks. The window and the terminal both hold a
// [Room].
//
// A host's room also keeps the hub, in a process of its own, unless somebody
// else's server carries the session. It admits whom an invitation let in, answers
// what members ask, and lends the recordings of the session's calls and no others.
//
// What people say of calls goes through the desk as ever, which puts it into the
// session's outbox; [Room.Wake] sends it at once, and what another process wrote
// goes out within a second.
package live

import (
	"context"
	"errors"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
)

// How often things are told and looked at, and how long somebody who says
// nothing counts as there.
const (
	beat     = time.Second
	stateGap = 3 * time.Second
	awayGap  = 3*stateGap + beat
)

// Options are what both sides of a session run with.
type Options struct {
	Desk    *desk.Desk
	Seed    []byte // of the person's events
	Session string
	As      string // what this person is called
	Dir     string // of this session on this machine: the hub's files, and recordings that came
	Outside *hub.Outside
	Now     func() time.Time
	// Told is called for whatever happens, one at a time, and returns at once.
	Told func(Update)
}

// An Update is one thing that happened; one field is set.
type Update struct {
	Changed bool // this library holds more of the session
	Roster  []session.Attendee
	Play    *session.Play
	Ask     *session.Ask // that the host granted to By
	By      string
	Audio   *Audio
	Joined  string // author whom the host let in
	Ended   error  // the room is over, and nobody closed it
}

// Audio is how far a recording that came is.
type Audio struct {
	Round    int
	Done, Of int64 // bytes
}

// A Room is a running session. Its methods may be called from any goroutine.
type Room struct {
	Options
	conn    *hub.Conn
	child   *hub.Child // of a host's own hub
	hosting Hosting    // of a host
	client  *session.Client
	host    bool
	me      string

	stop  context.CancelFunc
	group *errgroup.Group
	look  chan struct{} // the session may have calls that are not here
	step  step

	telling sync.Mutex // Told is called one at a time
	mu      sync.Mutex
	play    session.Play
	roster  []session.Attendee
	seen    map[string]time.Time // when each member was heard of
	names   map[string]string
	gone    map[string]bool // members who left or were put out
}

// newRoom connects what both sides have.
func newRoom(o Options, conn *hub.Conn) *Room {
	return &Room{
		Options: o, conn: conn, me: conn.Me(), look: make(chan struct{}, 1),
		seen: map[string]time.Time{}, names: map[string]string{}, gone: map[string]bool{}, step: step{trips: map[string]time.Duration{}},
	}
}

// run starts the room's work: what both sides do, and what work adds.
func (r *Room) run(work ...func(context.Context) error) {
	ctx, stop := context.WithCancel(context.Background())
	r.stop = stop
	r.client = session.NewClient(r.conn, telling{r.Desk.SessionBox(r.Session), r.changed}, r.host)
	r.group, ctx = errgroup.WithContext(ctx)
	for _, do := range append(work, r.client.Run, r.watch) {
		r.group.Go(func() error {
			err := do(ctx)
			if out := r.conn.Ended(); out != nil {
				return out // whatever else fails for it
			}
			return err
		})
	}
	r.group.Go(func() error {
		<-ctx.Done()
		if why := context.Cause(ctx); !errors.Is(why, context.Canceled) {
			r.tell(Update{Ended: why})
		}
		return nil
	})
}

// Close ends the room: what is on its way goes out when the session is entered
// again. It returns when everything has ended.
func (r *Room) Close() error {
	r.stop()
	err := r.group.Wait()
	r.conn.Close()
	if r.child != nil {
		err = errors.Join(err, r.child.Close())
	}
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// Hosting reports whether this is the host's room.
func (r *Room) Hosting() bool { return r.host }

// Wake sends what the library has to say.
func (r *Room) Wake() { r.client.Wake() }

// Roster is who is there, as far as the host has told.
func (r *Room) Roster() []session.Attendee {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.roster
}

// Playing is what the host plays for all.
func (r *Room) Playing() session.Play {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.play
}

func (r *Room) tell(u Update) {
	if r.Told != nil {
		r.telling.Lock()
		defer r.telling.Unlock()
		r.Told(u)
	}
}

// changed is told when something came into the library.
func (r *Room) changed() {
	select {
	case r.look <- struct{}{}:
	default:
	}
	r.tell(Update{Changed: true})
}

// watch sends what other processes wrote, and ends when this person was put
// out.
func (r *Room) watch(ctx context.Context) error {
	var last int64
	return every(ctx, beat/4, func() error {
		if err := r.conn.Ended(); err != nil {
			return err
		}
		version, err := r.Desk.Version(ctx)
		if err == nil && version != last {
			last = version
			r.Wake()
		}
		return nil
	})
}

// every calls do now and once in each gap until ctx ends or do fails.
func every(ctx context.Context, gap time.Duration, do func() error) error {
	ticker := time.NewTicker(gap)
	defer ticker.Stop()
	for {
		if err := do(); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-ticker.C:
		}
	}
}

// telling is a box that tells when something came in, or was taken from here:
// what is blind does not come back before it is revealed.
type telling struct {
	session.Box
	changed func()
}

// Take implements [session.Box].
func (b telling) Take(ctx context.Context, s session.Stream, batch []session.Delivery, at session.Cursor) error {
	err := b.Box.Take(ctx, s, batch, at)
	if err == nil && len(batch) > 0 {
		b.changed()
	}
	return err
}

// Sent implements [session.Box].
func (b telling) Sent(ctx context.Context, id string, seq uint64, try int) error {
	err := b.Box.Sent(ctx, id, seq, try)
	if err == nil {
		b.changed()
	}
	return err
}

func pass(o Options) hub.Pass { return hub.Pass{Seed: o.Seed, Outside: o.Outside} }
