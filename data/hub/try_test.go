package hub_test

import (
	"fmt"
	"net"
	"path/filepath"
	"testing"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/data/hub/hubtest"
	"github.com/earshot-app/earshot/review"
)

// carrier is a server that keeps streams for the host, and takes leaf nodes.
func (o *operator) carrier(t *testing.T, keeps bool) (s *server.Server, leafs string) {
	t.Helper()
	options := o.options("company")
	o.users(t, options)
	options.LeafNode = server.LeafNodeOpts{
		Host: "127.0.0.1", Port: -1, TLSConfig: options.TLSConfig, TLSTimeout: 5,
		Users: []*server.User{{Username: "leaf", Password: "secret", Account: o.account}},
	}
	options.JetStream, options.StoreDir = keeps, t.TempDir()
	s = hubtest.Start(t, options)
	if keeps {
		if account, err := s.LookupAccount("TEAM"); err != nil || account.EnableJetStream(nil, nil) != nil {
			t.Fatal("the account has no JetStream")
		}
	}
	return s, fmt.Sprintf("tls://127.0.0.1:%d", options.LeafNode.Port)
}

// Whoever wrote down wrongly what the operator told them learns what it is.
func TestTryingAServerSaysWhatIsWrong(t *testing.T) {
	host := someone(t, 1)
	o, stranger := operate(t, "abcdefghijklmnop"), operate(t, "abcdefghijklmnop")
	keeping, leafs := o.carrier(t, true)
	idle, _ := o.carrier(t, false)
	at := func(s *server.Server) string {
		return fmt.Sprintf("tls://127.0.0.1:%d", s.Addr().(*net.TCPAddr).Port)
	}
	login := hub.Outside{Servers: []string{at(keeping)}, CA: o.ca, User: "host", Password: "secret", HandshakeFirst: true}
	tests := []struct {
		name string
		leaf bool
		edit func(*hub.Outside)
		want review.Code
	}{
		{"all is right", false, func(*hub.Outside) {}, ""},
		{"TLS begins later than they thought", false, func(o *hub.Outside) { o.HandshakeFirst = false }, ""},
		{"password", false, func(o *hub.Outside) { o.Password = "other" }, hub.ServerRefuses},
		{"authority", false, func(o *hub.Outside) { o.CA = stranger.ca }, hub.ServerUntrusted},
		{"no JetStream", false, func(o *hub.Outside) { o.Servers = []string{at(idle)} }, hub.ServerKeepsNone},
		{"nobody there", false, func(o *hub.Outside) { o.Servers = []string{"tls://127.0.0.1:1"} }, hub.ServerUnreachable},
		{"the leaf nodes' port", false, func(o *hub.Outside) { o.Servers, o.User = []string{leafs}, "leaf" }, hub.ServerOtherPort},
		{"no address", false, func(o *hub.Outside) { o.Servers = nil }, hub.BadServer},
		{"no file", false, func(o *hub.Outside) { o.Creds = filepath.Join(t.TempDir(), "none") }, hub.BadServerFile},
		{"a leaf", true, func(o *hub.Outside) { o.Servers, o.User = []string{leafs}, "leaf" }, ""},
		{"a leaf's password", true, func(o *hub.Outside) { o.Servers = []string{leafs} }, hub.ServerRefuses},
		{"a leaf's authority", true, func(o *hub.Outside) { o.Servers, o.CA = []string{leafs}, stranger.ca }, hub.ServerUntrusted},
		{"a leaf at the clients' port", true, func(o *hub.Outside) { o.User = "leaf" }, hub.ServerOtherPort},
		{"no leaf there", true, func(o *hub.Outside) { o.Servers = []string{"tls://127.0.0.1:1"} }, hub.ServerUnreachable},
	}
	for _, test := range tests {
		outside := login
		outside.HandshakeFirst = !test.leaf
		test.edit(&outside)
		works, err := hub.Try(t.Context(), hub.Pass{Seed: host.seed, Outside: &outside}, test.leaf)
		if review.CodeOf(err) != test.want {
			t.Errorf("%s: answered %v, want %s", test.name, err, test.want)
		}
		if err == nil && !test.leaf && !works.HandshakeFirst {
			t.Errorf("%s: what works is %+v", test.name, works)
		}
	}
	if n := streams(t, keeping); n != 0 {
		t.Errorf("trying left %d streams behind", n)
	}
}

func streams(t *testing.T, s *server.Server) int {
	t.Helper()
	all, err := s.Jsz(&server.JSzOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return all.Streams
}
