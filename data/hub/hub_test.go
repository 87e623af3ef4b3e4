package hub_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// A person is somebody in a test.
type person struct {
	seed   []byte
	author journal.Author
	said   int
}

// someone is the same person for the same number.
func someone(t testing.TB, n byte) *person {
	t.Helper()
	seed := bytes.Repeat([]byte{n}, ed25519.SeedSize)
	author, err := journal.NewAuthor(seed)
	if err != nil {
		t.Fatal(err)
	}
	return &person{seed: seed, author: author}
}

func (p *person) pass() hub.Pass { return hub.Pass{Seed: p.seed} }

// parcel is the next thing that the person says, in a round or in the log.
func (p *person) parcel(t testing.TB, sid string, round int) session.Parcel {
	t.Helper()
	p.said++
	id := fmt.Sprintf("%s-%06d", p.author.ID, p.said)
	signed, err := p.author.In(sid).Sign(id, int64(p.said), time.Unix(1700000000, 0), journal.RoundOpened{Round: p.said})
	if err != nil {
		t.Fatal(err)
	}
	return session.Parcel{
		ID: id, Author: p.author.ID, Type: string(signed.Type), Blind: round,
		Bytes: signed.Bytes, Signature: signed.Signature, Public: signed.Public,
	}
}

// A room is a hub with its host connected.
type room struct {
	*hub.Server
	config hub.Config
	host   *person
	conn   *hub.Conn
	sid    string

	mu       sync.Mutex
	admitted []hub.Member
	clock    time.Time
}

func open(t testing.TB) *room {
	t.Helper()
	host := someone(t, 1)
	r := &room{host: host, sid: session.ID(host.author.Public(), "a nonce"), clock: time.Now()}
	r.config = hub.Config{
		Dir: t.TempDir(), Session: r.sid, Host: host.author.Public(), Listen: []string{"127.0.0.1:0"},
		Now: r.now,
		Admitted: func(m hub.Member) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.admitted = append(r.admitted, m)
		},
	}
	r.start(t)
	r.conn = r.dial(t)
	return r
}

func (r *room) start(t testing.TB) {
	t.Helper()
	served, err := hub.Serve(t.Context(), r.config)
	if err != nil {
		t.Fatal(err)
	}
	r.Server = served
	t.Cleanup(func() {
		if err := served.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (r *room) now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.clock
}

func (r *room) dial(t testing.TB) *hub.Conn {
	t.Helper()
	conn, err := hub.Dial(t.Context(), r.Door(), r.host.pass())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

// invite answers an invitation for so many people and a day.
func (r *room) invite(t testing.TB, people int) (hub.Invitation, string) {
	t.Helper()
	i, id, err := r.Invite(hub.Offer{People: people, Until: r.now().Add(24 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	return i, id
}

func (r *room) join(t testing.TB, p *person) *hub.Conn {
	t.Helper()
	i, _ := r.invite(t, 1)
	conn, err := hub.Join(t.Context(), i, p.pass())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

func publish(t testing.TB, c *hub.Conn, p session.Parcel) uint64 {
	t.Helper()
	seq, err := c.Publish(t.Context(), p, 0)
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

var errEnough = errors.New("enough")

// read answers the first n deliveries behind a sequence.
func read(t testing.TB, c *hub.Conn, s session.Stream, after uint64, n int) []session.Delivery {
	t.Helper()
	var all []session.Delivery
	err := c.Read(t.Context(), s, after, func(batch []session.Delivery) error {
		if all = append(all, batch...); len(all) < n {
			return nil
		}
		return errEnough
	})
	if !errors.Is(err, errEnough) {
		t.Fatalf("read %s: %v after %d of %d deliveries", s, err, len(all), n)
	}
	return all
}

func wantCode(t testing.TB, err error, code review.Code) {
	t.Helper()
	if review.CodeOf(err) != code {
		t.Errorf("answered %v, want %s", err, code)
	}
}

func TestWhatAMemberSaysReachesAllAsItWasSigned(t *testing.T) {
	r := open(t)
	anna, ben := someone(t, 2), someone(t, 3)
	a, b := r.join(t, anna), r.join(t, ben)
	said := anna.parcel(t, r.sid, 0)
	if seq := publish(t, a, said); seq != 1 {
		t.Errorf("the first event has sequence %d, want 1", seq)
	}
	for who, conn := range map[string]*hub.Conn{"the host": r.conn, "Anna": a, "Ben": b} {
		got := read(t, conn, session.Log, 0, 1)[0]
		signed, err := journal.Open(got.Bytes, got.Signature, got.Public)
		if err != nil || signed.Author != anna.author.ID || got.Subject != anna.author.ID || got.ID != said.ID || got.Type != said.Type {
			t.Errorf("%s read %+v (%v), want what Anna said", who, got, err)
		}
	}
	if len(r.admitted) != 2 || r.admitted[0].Author != anna.author.ID {
		t.Errorf("admitted %v, want Anna and Ben", r.admitted)
	}
}

func TestBlindTagsReachTheHostAlone(t *testing.T) {
	r := open(t)
	anna := someone(t, 2)
	a := r.join(t, anna)
	publish(t, a, anna.parcel(t, r.sid, 3))
	got := read(t, r.conn, session.Blind, 0, 1)[0]
	if got.Blind != 3 || got.Subject != anna.author.ID {
		t.Errorf("the host read %+v, want Anna's of round 3", got)
	}
	wantUnread(t, a)
}

// wantUnread wants that somebody gets nothing of the blind stream. The server
// does not answer who asks for what they may not.
func wantUnread(t *testing.T, c *hub.Conn) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Second)
	defer stop()
	_ = c.Read(ctx, session.Blind, 0, func(batch []session.Delivery) error {
		t.Errorf("read %v of the blind stream", batch)
		return nil
	})
	if at, err := c.Info(ctx, session.Blind); err == nil {
		t.Errorf("was told that the blind stream is at %+v", at)
	}
}

// To reveal, the host publishes what members said in their names, byte for byte.
func TestTheHostRevealsWhatMembersSaid(t *testing.T) {
	r := open(t)
	anna := someone(t, 2)
	a := r.join(t, anna)
	publish(t, a, anna.parcel(t, r.sid, 1))
	hidden := read(t, r.conn, session.Blind, 0, 1)[0].Parcel
	hidden.Blind = 0
	for range 2 { // a reveal that crashed is done again
		if seq := publish(t, r.conn, hidden); seq != 1 {
			t.Errorf("it is in the log as %d, want 1", seq)
		}
	}
	got := read(t, a, session.Log, 0, 1)[0]
	signed, err := journal.Open(got.Bytes, got.Signature, got.Public)
	if err != nil || got.Subject != anna.author.ID || signed.ID != hidden.ID {
		t.Errorf("Anna reads %+v (%v), want what she said", got, err)
	}
}
