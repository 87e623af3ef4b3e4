// Package live is one library's part in a shared session while that runs over
// a network: it carries events, says who is there and what is played, and brings
// the recordings that this machine lacks. The window and the terminal both hold a
// [Room].
//
// A host's room also keeps the hub, in a process of its own, unless somebody
// else's server carries the session. It admits whom an invitation let in, answers
// what members ask, and lends the recordings of the session's calls and no others;
// those that it lacks, as after the session was handed over, it has from a member.
//
// When the session is handed over, every room goes on by itself, as a host's or a
// member's. The hub stays with the machine that keeps it: when that machine
// leaves, nobody can exchange anything until the new host enters the session with
// [Enter], which begins a hub of its own, and invites the others to that; then
// everybody's library tells it all that it holds. See [Enter] for who goes where.
//
// What people say of calls goes through the desk as ever, which puts it into the
// session's outbox; [Room.Wake] sends it at once, and what another process wrote
// goes out within a second.
package live

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
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
	Host    string // author who hosts the session from now on
}

// Audio is how far a recording that came is.
type Audio struct {
	Round    int
	Done, Of int64 // bytes
	Err      error // why it does not come; it is tried again
}

// A Room is a running session. Its methods may be called from any goroutine.
type Room struct {
	Options
	child *hub.Child     // of the hub that this machine keeps; nil for none
	came  chan string    // authors whom that let in
	door  hub.Invitation // how others come, without a secret
	me    string

	stop   context.CancelFunc
	ended  chan struct{}
	failed error         // what the room ended of, then
	look   chan struct{} // the session may have calls that are not here
	news   chan struct{} // something came into the library
	more   chan struct{} // as news, with more to follow
	asked  chan struct{} // the session may have another host
	step   step

	handing sync.Mutex // while the session is handed over
	telling sync.Mutex // Told is called one at a time
	mu      sync.Mutex
	turn    *turn
	between bool // turns
	play    session.Play
	roster  []session.Attendee
	seen    map[string]time.Time // when each member was heard of
	names   map[string]string
	gone    map[string]bool // members who left or were put out
}

// newRoom is a room with a first connection.
func newRoom(o Options, door hub.Invitation, conn *hub.Conn, host bool) *Room {
	door.Secret = hub.Secret{}
	r := &Room{
		Options: o, door: door, me: conn.Me(), came: make(chan string, 64), ended: make(chan struct{}),
		look: make(chan struct{}, 1), asked: make(chan struct{}, 1), news: make(chan struct{}, 1), more: make(chan struct{}, 1),
		seen: map[string]time.Time{}, names: map[string]string{}, gone: map[string]bool{},
	}
	r.turn = r.newTurn(conn, host, "")
	return r
}

// start starts the room's work.
func (r *Room) start() *Room {
	ctx, stop := context.WithCancel(context.Background())
	r.stop = stop
	go func() {
		defer close(r.ended)
		r.failed = r.turns(ctx)
		if !errors.Is(r.failed, context.Canceled) {
			r.tell(Update{Ended: r.failed})
		}
	}()
	return r
}

// Close ends the room: what is on its way goes out when the session is entered
// again. It returns when everything has ended, also the hub that this machine
// keeps.
func (r *Room) Close() error {
	r.stop()
	<-r.ended
	err := r.failed
	if r.child != nil {
		err = errors.Join(err, r.child.Close())
	}
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// Hosting reports whether this is the host's room now: that changes when the
// session is handed over.
func (r *Room) Hosting() bool { return r.at().host }

// Wake sends what the library has to say.
func (r *Room) Wake() { r.at().client.Wake() }

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

// catchUpGap is how often somebody who catches up is told of what came: whoever is
// told reads all of the session anew.
const catchUpGap = 250 * time.Millisecond

// changes tells that something came into the library, at once when nothing follows.
func (r *Room) changes(ctx context.Context) error {
	var later <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-r.more:
			if later == nil {
				later = time.After(catchUpGap)
			}
			continue
		case <-r.news:
		case <-later:
		}
		later = nil
		poke(r.look)
		r.tell(Update{Changed: true})
	}
}

func poke(signal chan struct{}) {
	select {
	case signal <- struct{}{}:
	default:
	}
}

// watch sends what other processes wrote, and ends when this person was put
// out.
func (r *Room) watch(ctx context.Context) error {
	var last int64
	return every(ctx, beat/4, func() error {
		if err := r.at().conn.Ended(); err != nil {
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
	room *Room
}

// Take implements [session.Box].
func (b telling) Take(ctx context.Context, s session.Stream, batch []session.Delivery, at session.Cursor) error {
	err := b.Box.Take(ctx, s, batch, at)
	switch {
	case err != nil || len(batch) == 0:
	case batch[len(batch)-1].More:
		poke(b.room.more)
	default:
		poke(b.room.news)
	}
	if err == nil && slices.ContainsFunc(batch, ofHost) {
		poke(b.room.asked)
	}
	return err
}

// Sent implements [session.Box].
func (b telling) Sent(ctx context.Context, id string, seq uint64, try int) error {
	err := b.Box.Sent(ctx, id, seq, try)
	if err == nil {
		poke(b.room.news)
	}
	return err
}

// ofHost reports whether an event may say who hosts the session.
func ofHost(d session.Delivery) bool {
	return d.Type == string(journal.TypeSessionOpened) || d.Type == string(journal.TypeHostChanged)
}

func pass(o Options) hub.Pass { return hub.Pass{Seed: o.Seed, Outside: o.Outside} }
