package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/earshot-app/earshot/cmd/internal/live"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	shared "github.com/earshot-app/earshot/review/session"
)

// liveFlags say how a session is carried.
type liveFlags struct {
	Listen []string `help:"listen" placeholder:"HOST:PORT"`
	People int      `help:"people" default:"5" placeholder:"N"`
	Hours  float64  `help:"hours" default:"24" placeholder:"N"`

	outsideFlags `embed:""`
}

// doors are where the session's own hub listens: at all of this machine's
// addresses unless some are picked, and for a leaf's host alone at none but the
// loopback one.
func (f liveFlags) doors() []string {
	switch {
	case len(f.Listen) > 0:
		return f.Listen
	case f.Leaf:
		return live.Doors([]string{"127.0.0.1"})
	}
	return live.Doors(live.Addresses())
}

// outsideFlags name a NATS server that somebody else runs.
type outsideFlags struct {
	Server         []string `help:"server" placeholder:"ADDRESS"`
	HandshakeFirst bool     `help:"handshake_first"`
	CA             string   `name:"ca" help:"ca" placeholder:"FILE"`
	Creds          string   `help:"creds" placeholder:"FILE"`
	Nkey           string   `help:"nkey" placeholder:"FILE"`
	User           string   `help:"user" placeholder:"NAME"`
	Leaf           bool     `help:"leaf"`
}

// passwordVariable holds the password of a user of somebody else's server: a
// command line can be read by others on the machine.
const passwordVariable = "EARSHOT_NATS_PASSWORD"

// outside is the server that was named, or nil for none.
func (f outsideFlags) outside(getenv func(string) string) *hub.Outside {
	if len(f.Server) == 0 {
		return nil
	}
	return &hub.Outside{
		Servers: f.Server, HandshakeFirst: f.HandshakeFirst, CA: f.CA, Creds: f.Creds, Nkey: f.Nkey, User: f.User,
		Password: getenv(passwordVariable),
	}
}

// live runs a session that was opened, in the foreground, or goes on with it.
func (c *sessionHostCmd) live(ctx context.Context, s *session, id string, host hosting) error {
	st, err := s.stage(id, c.Name, c.outside(s.getenv))
	if err != nil {
		return err
	}
	program, err := hub.Program()
	if err != nil {
		return err
	}
	if c.Hub != "" {
		if host, err = st.atHub(c.Hub); err != nil {
			return err
		}
	}
	room, err := host(ctx, live.Hosting{Options: st.options, Program: program, Listen: c.doors(), Leaf: c.Leaf})
	if err != nil {
		return err
	}
	link, invitation, err := room.Invite(ctx, c.People, time.Duration(c.Hours*float64(time.Hour)))
	if err != nil {
		return errors.Join(err, room.Close())
	}
	return st.run(ctx, room, said{Event: "ready", Session: id, Link: link, Invitation: invitation})
}

// hosting is [live.Host] or [live.Enter], or what [stage.atHub] answers.
type hosting func(context.Context, live.Hosting) (*live.Room, error)

type joinCmd struct {
	Link   string     `arg:"" optional:"" help:"arg_link" placeholder:"-"`
	Resume sessionRef `help:"session_enter" placeholder:"SESSION"`
	Name   string     `help:"member_name" placeholder:"NAME"`

	outsideFlags `embed:""`
}

// Validate is called by the parser.
func (c *joinCmd) Validate() error {
	if (c.Link == "") == (c.Resume == "") || c.Link != "" && c.Name == "" {
		return errors.New("- --name NAME | --resume SESSION")
	}
	return nil
}

// Run takes part in a session in the foreground. The link is read from standard
// input where it is "-", so that nobody sees it among the machine's processes.
func (c *joinCmd) Run(ctx context.Context, s *session) error {
	if c.Resume != "" {
		return c.enter(ctx, s)
	}
	lines := live.NewLines(s.in)
	if c.Link == "-" {
		var err error
		if c.Link, err = lines.Next(); err != nil {
			return fmt.Errorf("read the invitation: %w", err)
		}
	}
	invitation, err := hub.ParseInvitation(strings.TrimSpace(c.Link))
	if err != nil {
		return err
	}
	st, err := s.stage(invitation.Session, c.Name, c.outside(s.getenv))
	if err != nil {
		return err
	}
	st.orders = lines
	room, err := live.Join(ctx, st.options, invitation)
	if err != nil {
		return err
	}
	return st.run(ctx, room, said{Event: "ready", Session: invitation.Session})
}

// enter goes on with a session without its link, as what this person is in it
// now.
func (c *joinCmd) enter(ctx context.Context, s *session) error {
	id, err := c.Resume.of(ctx, s)
	if err != nil {
		return err
	}
	names, err := s.SessionNames(ctx, id)
	if err != nil {
		return err
	}
	st, err := s.stage(id, cmp.Or(c.Name, names[s.Author]), c.outside(s.getenv))
	if err != nil {
		return err
	}
	program, err := hub.Program()
	if err != nil {
		return err
	}
	room, err := live.Enter(ctx, live.Hosting{Options: st.options, Program: program, Leaf: c.Leaf})
	if err != nil {
		return err
	}
	return st.run(ctx, room, said{Event: "ready", Session: id})
}

// A stage is a session in the foreground of a terminal: what happens is printed,
// an object a line, and what is to be done is read.
type stage struct {
	*session
	options live.Options
	id      string
	room    *live.Room
	orders  *live.Lines

	mail   mailbox
	before *shared.State
	closed bool         // the end was told
	placed map[int]bool // rounds whose calls were told where each goes at their own pace
	// reopened is of a host who goes on though the session was closed.
	reopened bool
	synced   bool
	over     bool
	left     bool
}

// stage prepares a session of this library.
func (s *session) stage(id, as string, outside *hub.Outside) (*stage, error) {
	folders := config.Standard()
	seed, err := folders.Identity(rand.Reader)
	if err != nil {
		return nil, err
	}
	st := &stage{session: s, id: id, orders: live.NewLines(s.in), before: &shared.State{}, placed: map[int]bool{}}
	st.mail.signal = make(chan struct{}, 1)
	st.options = live.Options{
		Desk: s.Desk, Seed: seed, Session: id, As: as, Dir: filepath.Join(filepath.Dir(s.File), "sessions", id),
		Outside: outside, Now: time.Now, Told: st.mail.put,
	}
	return st, os.MkdirAll(st.options.Dir, 0o700)
}

// run prints and obeys until the session is left or over, or ctx ends.
func (st *stage) run(ctx context.Context, room *live.Room, ready said) (err error) {
	st.room = room
	defer func() { err = errors.Join(err, room.Close()) }()
	if err := st.print(ready); err != nil {
		return err
	}
	if err := st.resumed(ctx); err != nil && ctx.Err() == nil {
		return err
	}
	orders := st.orders.Rest(ctx)
	for !st.over {
		select {
		case <-ctx.Done():
			return nil
		case <-st.mail.signal:
			err = st.hear(ctx)
		case line, ok := <-orders:
			if !ok {
				orders = nil
				continue
			}
			err = st.order(ctx, line)
		}
		if err != nil && ctx.Err() == nil {
			return err
		}
	}
	return st.linger(ctx)
}

// resumed prints how a session stands that goes on.
func (st *stage) resumed(ctx context.Context) error {
	state, err := st.Session(ctx, st.id)
	if err != nil {
		return err
	}
	st.reopened = st.room.Hosting() && state.Closed
	return st.changes(ctx)
}

// parting is how long a host stays after the end, so that it reaches those who
// are connected, and at most somebody who leaves.
const parting = 2 * time.Second

// linger gives the others the time to hear of the end, or of who leaves.
func (st *stage) linger(ctx context.Context) error {
	if !st.left && !(st.room.Hosting() && st.before.Closed) {
		return nil
	}
	enough := time.After(parting)
	for {
		if waiting, err := st.waiting(ctx); st.left && (err != nil || waiting == 0) {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-enough:
			return nil
		case <-st.mail.signal:
		}
	}
}

func (st *stage) print(what said) error { return printJSON(st.out, what) }

// A mailbox keeps what a room tells until it is read; news of the same is kept
// once.
type mailbox struct {
	mu sync.Mutex
	news
	signal chan struct{}
}

// news is what a room told since it was read last.
type news struct {
	changed bool
	roster  []shared.Attendee
	joined  []string
	absent  []live.Audio // what does not come
	ended   error
}

func (m *mailbox) put(u live.Update) {
	m.mu.Lock()
	switch {
	case u.Changed:
		m.changed = true
	case u.Roster != nil:
		m.roster = u.Roster
	case u.Joined != "":
		m.joined = append(m.joined, u.Joined)
	case u.Audio != nil && u.Audio.Err != nil:
		m.absent = append(m.absent, *u.Audio)
	case u.Ended != nil:
		m.ended = u.Ended
	}
	m.mu.Unlock()
	select {
	case m.signal <- struct{}{}:
	default:
	}
}

// take empties the mailbox.
func (m *mailbox) take() news {
	m.mu.Lock()
	defer m.mu.Unlock()
	told := m.news
	m.news = news{ended: told.ended}
	return told
}

// badOrder is answered for a line that is no order. Args: value.
const badOrder review.Code = "bad-order"

// order obeys one line. What cannot be done is printed; only what ends the
// session is returned.
func (st *stage) order(ctx context.Context, line []byte) error {
	if len(strings.TrimSpace(string(line))) == 0 {
		return nil
	}
	var o order
	err := json.Unmarshal(line, &o)
	if err == nil {
		err = st.obey(ctx, o)
	} else {
		err = review.Fail(badOrder, review.Args{"value": string(line)}).Because(err)
	}
	if err != nil {
		return st.print(st.failed(err, said{Do: o.Do}))
	}
	st.room.Wake()
	return st.changes(ctx)
}

// failed says what went wrong, of what.
func (st *stage) failed(err error, of said) said {
	problem := st.problem(err)
	of.Event, of.Error, of.Message, of.Hint = "error", string(problem.Error), problem.Message, problem.Hint
	return of
}

// place finds a call by either library's uid, or where none is given by its round.
func (st *stage) place(ctx context.Context, uid string, round int) (desk.SessionPlace, error) {
	places, err := st.SessionPlaces(ctx, st.id)
	if err != nil {
		return desk.SessionPlace{}, err
	}
	for _, p := range places {
		if p.Local != "" && (uid == "" && p.Round == round || uid != "" && (p.Call == uid || p.Local == uid)) {
			return p, nil
		}
	}
	if uid == "" {
		return desk.SessionPlace{}, review.Fail(shared.NoRound, review.Args{"round": round})
	}
	return desk.SessionPlace{}, fmt.Errorf("find the call: %w", review.Fail(review.NoCall, review.Args{"uid": uid}))
}
