package main

import (
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"

	"github.com/earshot-app/earshot/data/hub/hubtest"
	"github.com/earshot-app/earshot/review/journal"
)

// Somebody comes when ten thousand things were said, and is told all of it. How
// long that takes is printed; it is meant to be two seconds at most on a machine
// that does nothing else.
func TestWhoComesLateIsToldEverything(t *testing.T) {
	const events = 10_000
	h, a := newCtl(t), newCtl(t)
	session := opened(h, "meeting-65", "--open")
	o := operate(t, session, "$JS.API.")
	adas := o.member(a)
	bo := newCtl(t)
	bos := o.member(bo)
	free := hubtest.Ports(t, 1)
	o.configure("company", free[0], fmt.Sprintf("jetstream { store_dir: %q }", o.file("company")))
	o.run("company")
	url := fmt.Sprintf("tls://127.0.0.1:%d", free[0])
	o.admin(url)
	hostess, ready := o.hostAt(h, append(at(url), "--user", "host")...)
	ada := joinAt(a, "Ada", ready.Link, append(adas, at(url)...)...)
	ada.here(2)
	ada.kill()
	o.says(a, hostess.place(1), events, url)
	hostess.knows(events)
	begun := time.Now()
	late := joinAt(bo, "Bo", ready.Link, append(bos, at(url)...)...)
	connected := time.Since(begun)
	n := late.knows(events)
	t.Logf("%d events after %v, of which %v until connected", n, time.Since(begun).Round(time.Millisecond), connected.Round(time.Millisecond))
	settled(t, events, []*seat{hostess, late})
	late.kill()
	used := late.process.ProcessState
	t.Logf("the joiner used %v of CPU", (used.UserTime() + used.SystemTime()).Round(time.Millisecond))
}

// knows waits until somebody holds so many events, and answers how many.
func (s *seat) knows(events int) int {
	s.t.Helper()
	for ; ; time.Sleep(100 * time.Millisecond) {
		s.do(map[string]any{"do": "status"})
		if n := s.until("status").Events; n >= events {
			return n
		}
	}
}

// place is the host's uid of a round's call.
func (s *seat) place(round int) string {
	s.t.Helper()
	return get[sessionShown](s.ctl, "session", "status", s.session()).Calls[round-1].Call
}

// session is the session that the machine's only one is.
func (s *seat) session() string {
	s.t.Helper()
	return get[[]sessionShown](s.ctl, "session", "status")[0].Session
}

// says has a member's key publish so many tags of a call.
func (o *operator) says(c *ctl, call string, events int, url string) {
	o.t.Helper()
	author := c.author()
	seed, err := os.ReadFile(o.file(author.ID))
	if err != nil {
		o.t.Fatal(err)
	}
	keys, err := nkeys.FromSeed(seed)
	if err != nil {
		o.t.Fatal(err)
	}
	public, _ := keys.PublicKey()
	conn, err := nats.Connect(url, nats.RootCAs(o.file("cert.pem")), nats.TLSHandshakeFirst(), nats.Nkey(public, keys.Sign), nats.CustomInboxPrefix("_INBOX."+author.ID))
	if err != nil {
		o.t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		o.t.Fatal(err)
	}
	signer, _ := nkeys.Encode(nkeys.PrefixByteUser, author.Public())
	for n := range events {
		id := fmt.Sprintf("said-%06d", n)
		e, err := author.In(o.sid).Hearing(1).Sign(id, int64(1000+n), time.Now(), journal.MomentAdded{Moment: id, Call: call, Issue: "late", At: int64(n)})
		if err != nil {
			o.t.Fatal(err)
		}
		msg := &nats.Msg{Subject: fmt.Sprintf("rs.%s.log.%s.%s", o.sid, author.ID, e.Type), Data: e.Bytes, Header: nats.Header{
			"Nats-Msg-Id": {id}, "Sig": {string(signer) + ":" + base64.StdEncoding.EncodeToString(e.Signature)},
		}}
		if _, err := js.PublishMsgAsync(msg); err != nil {
			o.t.Fatal(err)
		}
	}
	ctx, stop := context.WithTimeout(o.t.Context(), time.Minute)
	defer stop()
	select {
	case <-js.PublishAsyncComplete():
	case <-ctx.Done():
		o.t.Fatal(ctx.Err())
	}
}
