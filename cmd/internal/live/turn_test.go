package live

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/session"
)

// hosted runs the session of a library, with a hub of its own.
func hosted(t *testing.T, o Options) *Room {
	t.Helper()
	r, err := Host(context.Background(), asHost(o))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func asHost(o Options) Hosting {
	return Hosting{Options: o, Program: []string{os.Args[0], "hub", "--pipe"}, Listen: []string{"127.0.0.1:0"}}
}

// hostedAndJoined lets one host a session about a call, and the other join it.
func hostedAndJoined(t *testing.T, h, m *Options) (host, member *Room) {
	t.Helper()
	opened(t, h)
	host = hosted(t, *h)
	member, err := Join(context.Background(), *m, invited(t, host))
	if err != nil {
		t.Fatal(err)
	}
	m.Session = h.Session
	return host, member
}

func closed(t *testing.T, rooms ...*Room) {
	t.Helper()
	for _, r := range rooms {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

// Where a session is handed over, the new host's room is the host's by itself:
// it plays for all, lets people in and puts them out, while the others, and the
// host of before, follow. It can be handed back.
func TestARoomBecomesTheHostsByItself(t *testing.T) {
	ctx := context.Background()
	atHedda, atAda, atBo := make(seen, 1000), make(seen, 1000), make(seen, 1000)
	h, a, b := somebody(t, "Hedda", 1, atHedda.told), somebody(t, "Ada", 2, atAda.told), somebody(t, "Bo", 3, atBo.told)
	hedda, ada := hostedAndJoined(t, &h, &a)
	atHedda.until(func(u Update) bool { return u.Joined != "" })
	for _, ask := range []session.Ask{{Do: session.AskOpen, Round: 1}, {Do: session.AskSeek, PosMS: 250}} {
		if err := hedda.Ask(ctx, ask); err != nil {
			t.Fatal(err)
		}
	}
	atAda.until(func(u Update) bool { return u.Play != nil && u.Play.PosMS == 250 })
	if err := hedda.HandOver(ctx, ada.me); err != nil {
		t.Fatal(err)
	}
	atAda.until(func(u Update) bool { return u.Host == ada.me })
	atHedda.until(func(u Update) bool { return u.Host == ada.me })
	if !ada.Hosting() || hedda.Hosting() {
		t.Errorf("Ada hosts: %v, Hedda hosts: %v", ada.Hosting(), hedda.Hosting())
	}
	if _, _, err := hedda.Invite(ctx, 1, time.Hour); review.CodeOf(err) != session.NotHost {
		t.Errorf("the host of before invites: %v", err)
	}
	bo, err := Join(ctx, b, invited(t, ada))
	if err != nil {
		t.Fatal(err)
	}
	atAda.until(func(u Update) bool { return u.Joined == bo.me })
	atBo.until(func(u Update) bool { return len(u.Roster) == 3 })
	if err := ada.Ask(ctx, session.Ask{Do: session.AskPlay}); err != nil {
		t.Error(err)
	}
	for _, others := range []seen{atHedda, atBo} {
		if p := others.until(func(u Update) bool { return u.Play != nil && u.Play.Playing }).Play; p.PosMS != 250 || p.By != ada.me {
			t.Errorf("the others play %+v", p)
		}
	}
	if err := hedda.Ask(ctx, session.Ask{Do: session.AskPause}); err != nil {
		t.Errorf("the host of before asks: %v", err)
	}
	if err := ada.Remove(ctx, bo.me); err != nil {
		t.Error(err)
	}
	if out := atBo.until(func(u Update) bool { return u.Ended != nil }).Ended; review.CodeOf(out) != hub.PutOut {
		t.Errorf("Bo's room ended of %v", out)
	}
	if err := ada.HandOver(ctx, hedda.me); err != nil {
		t.Error(err)
	}
	atHedda.until(func(u Update) bool { return u.Host == hedda.me })
	if _, _, err := hedda.Invite(ctx, 1, time.Hour); err != nil {
		t.Error(err)
	}
	_ = bo.Close() // says again why it ended
	closed(t, ada, hedda)
}

// The hub stays with the machine that keeps it. Both come back after a crash
// without a link: the one serves it as a member, the other finds it as the host.
// When it is gone for good, the host begins one of their own.
func TestEverybodyComesBackAfterASessionWasHandedOver(t *testing.T) {
	ctx := context.Background()
	atHedda, atAda := make(seen, 1000), make(seen, 1000)
	h, a := somebody(t, "Hedda", 1, atHedda.told), somebody(t, "Ada", 2, atAda.told)
	hedda, ada := hostedAndJoined(t, &h, &a)
	atHedda.until(func(u Update) bool { return u.Joined != "" })
	if err := hedda.HandOver(ctx, ada.me); err != nil {
		t.Fatal(err)
	}
	atAda.until(func(u Update) bool { return u.Host == ada.me })
	closed(t, ada, hedda)

	hedda, err := Enter(ctx, asHost(h))
	if err != nil {
		t.Fatal(err)
	}
	if ada, err = Enter(ctx, asHost(a)); err != nil {
		t.Fatal(err)
	}
	if ada.child != nil || !ada.Hosting() || hedda.Hosting() {
		t.Errorf("Ada hosts %v with a hub of her own %v, Hedda hosts %v", ada.Hosting(), ada.child != nil, hedda.Hosting())
	}
	if _, _, err := ada.Invite(ctx, 1, time.Hour); err != nil {
		t.Error(err)
	}
	closed(t, ada, hedda)

	if ada, err = Enter(ctx, asHost(a)); err != nil { // Hedda and her hub are gone
		t.Fatal(err)
	}
	if ada.child == nil || !ada.Hosting() {
		t.Errorf("Ada hosts %v with a hub of her own %v", ada.Hosting(), ada.child != nil)
	}
	hedda, err = Join(ctx, h, invited(t, ada))
	if err != nil {
		t.Fatal(err)
	}
	sameDigest(t, h, a)
	closed(t, hedda, ada)
}

// sameDigest waits until two libraries hold the same of a session.
func sameDigest(t *testing.T, a, b Options) {
	t.Helper()
	for {
		one, err1 := a.Desk.SessionDigest(context.Background(), a.Session)
		other, err2 := b.Desk.SessionDigest(context.Background(), b.Session)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if one == other {
			return
		}
		time.Sleep(20 * time.Millisecond) // until it came
	}
}
