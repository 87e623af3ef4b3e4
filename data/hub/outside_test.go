package hub_test

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/data/hub/hubtest"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/session"
)

// An operator runs NATS for a company: a certificate of its own authority, and a
// user for each person with the rights that the package's manual lists.
type operator struct {
	certificate tls.Certificate
	ca          string // file
	dir         string
	sid         string
	account     *server.Account
}

func operate(t *testing.T, sid string) *operator {
	t.Helper()
	o := &operator{dir: t.TempDir(), sid: sid}
	var key string
	o.ca, key = hubtest.Certify(t, o.dir)
	var err error
	if o.certificate, err = tls.LoadX509KeyPair(o.ca, key); err != nil {
		t.Fatal(err)
	}
	return o
}

// users are the host, by password, and members, by nkey.
func (o *operator) users(t *testing.T, to *server.Options, members ...*person) {
	t.Helper()
	o.account = server.NewAccount("TEAM")
	system := server.NewAccount("SYS")
	to.Accounts = []*server.Account{o.account, system}
	to.SystemAccount = "SYS"
	to.Users = []*server.User{{Username: "host", Password: "secret", Account: o.account}}
	for _, m := range members {
		rs, me := "rs."+o.sid+".", m.author.ID
		to.Nkeys = append(to.Nkeys, &server.NkeyUser{
			Nkey: o.nkey(t, m), Account: o.account,
			Permissions: &server.Permissions{
				Publish: &server.SubjectPermission{Allow: []string{
					rs + "log." + me + ".>", rs + "blind." + me + ".>", rs + "live." + me + ".>", rs + "req." + me + ".>",
					"$JS.*.API.STREAM.INFO.RS_LOG_" + o.sid, "$JS.API.STREAM.INFO.RS_LOG_" + o.sid,
					"$JS.*.API.CONSUMER.CREATE.RS_LOG_" + o.sid + ".*." + rs + "log.>", "$JS.API.CONSUMER.CREATE.RS_LOG_" + o.sid + ".*." + rs + "log.>",
					"$JS.*.API.CONSUMER.MSG.NEXT.RS_LOG_" + o.sid + ".*", "$JS.API.CONSUMER.MSG.NEXT.RS_LOG_" + o.sid + ".*",
				}},
				Subscribe: &server.SubjectPermission{Allow: []string{"_INBOX." + me + ".>", rs + "ctl.>", rs + "live.>"}},
			},
		})
	}
}

// nkey is the member's at this operator: not the key that signs their events.
func (o *operator) nkey(t *testing.T, p *person) string {
	t.Helper()
	keys, err := nkeys.FromRawSeed(nkeys.PrefixByteUser, append([]byte("theirs"), p.seed[6:]...))
	if err != nil {
		t.Fatal(err)
	}
	seed, _ := keys.Seed()
	if err := os.WriteFile(o.seed(p), seed, 0o600); err != nil {
		t.Fatal(err)
	}
	public, _ := keys.PublicKey()
	return public
}

func (o *operator) seed(p *person) string { return filepath.Join(o.dir, p.author.ID+".nk") }

func (o *operator) options(name string) *server.Options {
	return &server.Options{
		ServerName: name, Host: "127.0.0.1", Port: -1, NoSigs: true, NoLog: true, DisableJetStreamBanner: true,
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{o.certificate}, MinVersion: tls.VersionTLS13}, TLSTimeout: 5,
		TLSHandshakeFirst: true,
	}
}

// as is how somebody connects to these servers.
func (o *operator) as(p *person, host bool, servers ...*server.Server) hub.Pass {
	out := &hub.Outside{CA: o.ca, HandshakeFirst: true, Nkey: o.seed(p)}
	if host {
		out.Nkey, out.User, out.Password = "", "host", "secret"
	}
	for _, s := range servers {
		out.Servers = append(out.Servers, fmt.Sprintf("tls://127.0.0.1:%d", s.Addr().(*net.TCPAddr).Port))
	}
	return hub.Pass{Seed: p.seed, Outside: out}
}

// cluster is three servers that keep three copies of every stream.
func (o *operator) cluster(t *testing.T, members ...*person) (servers []*server.Server) {
	t.Helper()
	routes := hubtest.Ports(t, 3)
	for i := range 3 {
		options := o.options(fmt.Sprintf("nats-%d", i))
		options.JetStream, options.StoreDir, options.SyncAlways = true, filepath.Join(o.dir, options.ServerName), true
		options.Cluster = server.ClusterOpts{Name: "team", Host: "127.0.0.1", Port: routes[i]}
		for _, port := range routes {
			options.Routes = append(options.Routes, &url.URL{Scheme: "nats", Host: fmt.Sprintf("127.0.0.1:%d", port)})
		}
		o.users(t, options, members...)
		s := hubtest.Start(t, options)
		if acc, err := s.LookupAccount("TEAM"); err != nil || acc.EnableJetStream(nil, nil) != nil {
			t.Fatal("the account has no JetStream")
		}
		servers = append(servers, s)
	}
	return servers
}

func TestASessionOutlivesItsClustersLeader(t *testing.T) {
	host, anna := someone(t, 1), someone(t, 2)
	sid := session.ID(host.author.Public(), "a nonce")
	o := operate(t, sid)
	servers := o.cluster(t, anna)
	invitation := hub.Invitation{Place: hub.Foreign, Session: sid}
	h := connected(t, func() (*hub.Conn, error) { return hub.Dial(t.Context(), invitation, o.as(host, true, servers...)) })
	a := connected(t, func() (*hub.Conn, error) { return hub.Join(t.Context(), invitation, o.as(anna, false, servers...)) })
	var said []string
	for range 20 {
		p := anna.parcel(t, sid, 0)
		eventually(t, a, p)
		said = append(said, p.ID)
	}
	before := cursor(t, h)
	stopped := leader(t, servers, "RS_LOG_"+sid)
	stopped.Shutdown()
	stopped.WaitForShutdown()
	for range 20 {
		p := anna.parcel(t, sid, 0)
		eventually(t, a, p)
		said = append(said, p.ID)
	}
	if after := cursor(t, h); !after.Created.Equal(before.Created) {
		t.Errorf("the log was made at %v and now at %v: everybody would begin anew", before.Created, after.Created)
	}
	got := readAgain(t, h, len(said))
	for i, d := range got {
		if d.ID != said[i] || d.Mend {
			t.Errorf("delivery %d is %s, want %s", i, d.ID, said[i])
		}
	}
	eventually(t, a, anna.parcel(t, sid, 1))
}

// readAgain reads the log's first n as a client does: from where it was when the
// connection was cut.
func readAgain(t *testing.T, c *hub.Conn, n int) (all []session.Delivery) {
	t.Helper()
	for len(all) < n && t.Context().Err() == nil {
		_ = c.Read(t.Context(), session.Log, uint64(len(all)), func(batch []session.Delivery) error {
			if all = append(all, batch...); len(all) < n {
				return nil
			}
			return errEnough
		})
	}
	return all
}

// connected tries until the servers have found each other.
func connected(t *testing.T, connect func() (*hub.Conn, error)) *hub.Conn {
	t.Helper()
	for {
		c, err := connect()
		if err == nil {
			t.Cleanup(c.Close)
			return c
		}
		if t.Context().Err() != nil {
			t.Fatal(err)
		}
		t.Logf("not yet: %v", err)
		time.Sleep(100 * time.Millisecond)
	}
}

func leader(t *testing.T, servers []*server.Server, stream string) *server.Server {
	t.Helper()
	for t.Context().Err() == nil {
		for _, s := range servers {
			if s.JetStreamIsStreamLeader("TEAM", stream) {
				return s
			}
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("no server leads the stream")
	return nil
}

// The host's own server dials out to a hub that members can reach.
func TestMembersMeetAHostThatNobodyCanReach(t *testing.T) {
	host, anna := someone(t, 1), someone(t, 2)
	sid := session.ID(host.author.Public(), "a nonce")
	o := operate(t, sid)
	options := o.options("company")
	o.users(t, options, anna)
	options.LeafNode = server.LeafNodeOpts{
		Host: "127.0.0.1", Port: -1, TLSConfig: options.TLSConfig, TLSTimeout: 5, TLSHandshakeFirst: true,
		Users: []*server.User{{Username: "leaf", Password: "secret", Account: o.account}},
	}
	company := hubtest.Start(t, options)
	leaf := &hub.Outside{
		Servers:        []string{fmt.Sprintf("tls://127.0.0.1:%d", options.LeafNode.Port)},
		HandshakeFirst: true, CA: o.ca, User: "leaf", Password: "secret",
	}
	served, err := hub.Serve(t.Context(), hub.Config{
		Dir: t.TempDir(), Session: sid, Host: host.author.Public(), Listen: []string{"127.0.0.1:0"}, Leaf: leaf, Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { served.Close() })
	h, err := hub.Dial(t.Context(), served.Door(), host.pass())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.Close)
	a := connected(t, func() (*hub.Conn, error) {
		return hub.Join(t.Context(), hub.Invitation{Place: hub.Leaf, Session: sid}, o.as(anna, false, company))
	})
	cursor(t, a) // until the leaf is there
	said, blind := anna.parcel(t, sid, 0), anna.parcel(t, sid, 1)
	eventually(t, a, said)
	eventually(t, a, blind)
	for who, c := range map[string]*hub.Conn{"the host": h, "Anna": a} {
		if got := read(t, c, session.Log, 0, 1)[0]; got.ID != said.ID || got.Subject != anna.author.ID {
			t.Errorf("%s read %+v, want what Anna said", who, got)
		}
	}
	if got := read(t, h, session.Blind, 0, 1)[0]; got.ID != blind.ID || got.Blind != 1 {
		t.Errorf("the host read %+v, want Anna's of round 1", got)
	}
	wantUnread(t, a)
}

func TestServersAreReachedEncrypted(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "none")
	tls := []string{"tls://127.0.0.1:1"}
	tests := map[string]struct {
		hub.Outside
		want review.Code
	}{
		"none":           {hub.Outside{}, hub.BadServer},
		"in the clear":   {hub.Outside{Servers: []string{"nats://nats.example.com:4222"}}, hub.BadServer},
		"ws":             {hub.Outside{Servers: []string{"ws://nats.example.com"}}, hub.BadServer},
		"password in it": {hub.Outside{Servers: []string{"tls://a:b@nats.example.com"}}, hub.BadServer},
		"no host":        {hub.Outside{Servers: []string{"tls://"}}, hub.BadServer},
		"no authority":   {hub.Outside{Servers: tls, CA: missing}, hub.BadServerFile},
		"no credentials": {hub.Outside{Servers: tls, Creds: missing}, hub.BadServerFile},
		"no nkey":        {hub.Outside{Servers: tls, Nkey: missing}, hub.BadServerFile},
		"nobody there":   {hub.Outside{Servers: tls, User: "a", Password: "b"}, hub.HubUnreachable},
	}
	for name, test := range tests {
		pass := hub.Pass{Seed: someone(t, 2).seed, Outside: &test.Outside}
		c, err := hub.Join(t.Context(), hub.Invitation{Place: hub.Foreign, Session: "abcdefghijklmnop"}, pass)
		if review.CodeOf(err) != test.want {
			t.Errorf("%s: answered %v, want %s", name, err, test.want)
		}
		if c != nil {
			c.Close()
		}
	}
	_, err := hub.Join(t.Context(), hub.Invitation{Place: hub.Foreign, Session: "abcdefghijklmnop"}, someone(t, 2).pass())
	wantCode(t, err, hub.BadServer)
}
