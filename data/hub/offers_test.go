package hub_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/hub"
)

// The host sees what lets people in: how many places are taken, how long it is
// good for, and not what was revoked or has expired. A hub that was killed still
// knows.
func TestTheHostSeesWhichInvitationsAreGood(t *testing.T) {
	n := raise(t)
	ctx := t.Context()
	team, first, err := n.Invite(ctx, hub.Offer{People: 5, Until: time.Now().Add(24 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		conn, err := hub.Join(ctx, team, someone(t, byte(2+i)).pass())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(conn.Close)
	}
	_, second, err := n.Invite(ctx, hub.Offer{People: 1, Until: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	want := []hub.Standing{{ID: second, Left: 1, Of: 1, Hours: 1}, {ID: first, Left: 3, Of: 5, Hours: 24}}
	for _, ask := range []func() ([]hub.Standing, error){
		func() ([]hub.Standing, error) { return n.Offers(ctx) },
		func() ([]hub.Standing, error) { return n.conn.Offers(ctx) },
		func() ([]hub.Standing, error) {
			n.kill(t)
			return n.Offers(ctx)
		},
	} {
		got, err := ask()
		for i := range got {
			got[i].Hours = math.Ceil(got[i].Hours)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("good are %+v, %v; want %+v", got, err, want)
		}
	}
	if err := n.Revoke(ctx, first); err != nil {
		t.Fatal(err)
	}
	if got, err := n.Offers(ctx); err != nil || len(got) != 1 || got[0].ID != second {
		t.Errorf("after one was revoked good are %+v, %v", got, err)
	}
}

func TestAnInvitationThatExpiredIsNotGood(t *testing.T) {
	r := open(t)
	r.invite(t, 2)
	r.mu.Lock()
	r.clock = r.clock.Add(24 * time.Hour)
	r.mu.Unlock()
	if got := r.Offers(); len(got) != 0 {
		t.Errorf("after a day good are %+v", got)
	}
}
