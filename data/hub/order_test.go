package hub_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"github.com/earshot-app/earshot/data/hub"
)

// Who was handed a session invites, revokes and puts out on the hub that stays
// with who opened it, and hands the session back.
func TestAHostElsewhereKeepsTheDoor(t *testing.T) {
	r := open(t)
	anna, ben, cem := someone(t, 2), someone(t, 3), someone(t, 4)
	r.join(t, anna).Close()
	if err := r.HandOver(anna.author.ID); err != nil {
		t.Fatal(err)
	}
	a, err := hub.Dial(t.Context(), r.Door(), anna.pass())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	i, id, err := a.Invite(t.Context(), hub.Offer{People: 2, Until: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	b, err := hub.Join(t.Context(), i, ben.pass())
	if err != nil {
		t.Fatalf("Ben has the new host's link: %v", err)
	}
	b.Close()
	if err := a.Revoke(t.Context(), id); err != nil {
		t.Error(err)
	}
	_, err = hub.Join(t.Context(), i, cem.pass())
	wantCode(t, err, hub.NotLetIn)
	if err := a.Remove(t.Context(), ben.author.ID); err != nil {
		t.Error(err)
	}
	_, err = hub.Join(t.Context(), r.Door(), ben.pass())
	wantCode(t, err, hub.NotLetIn)
	if err := a.HandOver(t.Context(), r.host.author.ID); err != nil {
		t.Error(err)
	}
	if in := r.Members(); len(in) != 1 || in[0].Author != anna.author.ID {
		t.Errorf("handed back, the members are %v, want Anna alone", in)
	}
}

// A member who has the server deliver an order of theirs, signed with their own
// key, is not obeyed.
func TestNobodyElseOrdersTheHub(t *testing.T) {
	r := open(t)
	anna := someone(t, 2)
	in := r.intrude(t, anna)
	orders := "rs." + r.sid + ".hub.order"
	if err := in.Publish(orders, []byte(`{"do":"host","member":"`+in.me+`"}`)); err != nil {
		t.Fatal(err)
	}
	if !in.isDenied(t, orders) {
		t.Error("a member may give orders")
	}
	hostess, err := nats.Connect("tls://"+r.Door().Addresses[0], r.raw(t, r.host)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(hostess.Close)
	seen, err := hostess.SubscribeSync(orders)
	if err != nil || hostess.Flush() != nil {
		t.Fatal(err)
	}
	m := nats.NewMsg("rs." + r.sid + ".log." + in.me + ".moment.added")
	m.Data = []byte(`{"do":"host","member":"` + in.me + `"}`)
	m.Header.Set("Sig", orderBy(t, anna, r.sid, m.Data))
	if _, err := in.RequestMsg(m, 5*time.Second); err != nil {
		t.Fatal(err)
	}
	log, shown := "RS_LOG_"+r.sid, "rs."+r.sid+".log.>"
	push := consumer(log, "c", shown)
	push["config"].(map[string]any)["deliver_subject"] = orders
	raw, err := json.Marshal(push)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := in.Request("$JS.API.CONSUMER.CREATE."+log+".c."+shown, raw, 5*time.Second); err != nil {
		t.Fatal(err)
	}
	if _, err := seen.NextMsgWithContext(t.Context()); err != nil {
		t.Fatalf("the server no longer does this, and the test shows nothing: %v", err)
	}
	// The hub reads one order after another: this one it has answered last.
	forged := nats.NewMsg(orders)
	forged.Data = []byte(`{"do":"host","member":"` + in.me + `"}`)
	forged.Reply = "_INBOX." + r.host.author.ID + ".x"
	forged.Header.Set("Sig", orderBy(t, anna, r.sid, forged.Data))
	if err := hostess.PublishMsg(forged); err != nil {
		t.Fatal(err)
	}
	if _, _, err := r.conn.Invite(t.Context(), hub.Offer{People: 1, Until: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(r.Members(), func(m hub.Member) bool { return m.Author == in.me }) {
		t.Error("a member made themselves the host")
	}
}

// orderBy signs an order of a session as a person, as a header has it.
func orderBy(t *testing.T, p *person, sid string, raw []byte) string {
	t.Helper()
	key := ed25519.NewKeyFromSeed(p.seed)
	nkey, err := nkeys.Encode(nkeys.PrefixByteUser, key.Public().(ed25519.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	text := append([]byte("earshot hub order\n"+sid+"\n"), raw...)
	return string(nkey) + ":" + base64.StdEncoding.EncodeToString(ed25519.Sign(key, text))
}
