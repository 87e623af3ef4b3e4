package hub_test

import (
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/nats-io/jwt/v2"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nkeys"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/data/hub/hubtest"
	"github.com/earshot-app/earshot/review/session"
)

// A team is an account of an operator who signs people's rights: the host's key
// may do everything, the members' is scoped, so that whoever is made with it has
// the rights that the package's manual lists, under their own name.
type team struct {
	*operator
	signing, members nkeys.KeyPair
	public           string
	claims           *jwt.AccountClaims
}

func keys(t *testing.T, make func() (nkeys.KeyPair, error)) (nkeys.KeyPair, string) {
	t.Helper()
	pair, err := make()
	if err != nil {
		t.Fatal(err)
	}
	public, err := pair.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	return pair, public
}

func (o *operator) team(t *testing.T) *team {
	t.Helper()
	tm := &team{operator: o}
	var members string
	tm.signing, tm.public = keys(t, nkeys.CreateAccount)
	tm.members, members = keys(t, nkeys.CreateAccount)
	tm.claims = jwt.NewAccountClaims(tm.public)
	tm.claims.Limits.JetStreamLimits = jwt.JetStreamLimits{DiskStorage: 1 << 30, MemoryStorage: 1 << 26, Streams: -1, Consumer: -1}
	scope := jwt.NewUserScope()
	scope.Key, scope.Role = members, "member"
	me := "{{name()}}"
	scope.Template.Permissions.Pub.Allow.Add(
		"rs.*.log."+me+".>", "rs.*.blind."+me+".>", "rs.*.live."+me+".>", "rs.*.req."+me+".>",
		"$JS.API.STREAM.INFO.RS_LOG_"+o.sid, "$JS.API.CONSUMER.CREATE.RS_LOG_"+o.sid+".*.rs."+o.sid+".log.>",
		"$JS.API.CONSUMER.MSG.NEXT.RS_LOG_"+o.sid+".*",
	)
	scope.Template.Permissions.Sub.Allow.Add("_INBOX."+me+".>", "rs.*.ctl.>", "rs.*.live.>")
	tm.claims.SigningKeys.AddScopedSigner(scope)
	return tm
}

// serve runs NATS in operator mode.
func (tm *team) serve(t *testing.T) *server.Server {
	t.Helper()
	root, rootKey := keys(t, nkeys.CreateOperator)
	_, system := keys(t, nkeys.CreateAccount)
	claims := jwt.NewOperatorClaims(rootKey)
	claims.SystemAccount = system
	resolver := &server.MemAccResolver{}
	for public, account := range map[string]*jwt.AccountClaims{tm.public: tm.claims, system: jwt.NewAccountClaims(system)} {
		token, err := account.Encode(root)
		if err != nil {
			t.Fatal(err)
		}
		if err := resolver.Store(public, token); err != nil {
			t.Fatal(err)
		}
	}
	options := tm.options("jwt")
	options.JetStream, options.StoreDir = true, filepath.Join(tm.dir, "jwt")
	options.TrustedOperators, options.AccountResolver, options.SystemAccount = []*jwt.OperatorClaims{claims}, resolver, system
	return hubtest.Start(t, options)
}

// creds makes somebody's file.
func (tm *team) creds(t *testing.T, p *person, by nkeys.KeyPair) string {
	t.Helper()
	user, public := keys(t, nkeys.CreateUser)
	claims := jwt.NewUserClaims(public)
	claims.Name = p.author.ID
	claims.IssuerAccount = tm.public
	if by == tm.members {
		claims.SetScoped(true)
	}
	token, err := claims.Encode(by)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := user.Seed()
	if err != nil {
		t.Fatal(err)
	}
	content, err := jwt.FormatUserConfig(token, seed)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(tm.dir, p.author.ID+".creds")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestASessionRunsOnCredentialsFiles(t *testing.T) {
	host, anna, ben := someone(t, 1), someone(t, 2), someone(t, 3)
	sid := session.ID(host.author.Public(), "a nonce")
	tm := operate(t, sid).team(t)
	s := tm.serve(t)
	pass := func(p *person, by nkeys.KeyPair) hub.Pass {
		return hub.Pass{Seed: p.seed, Outside: &hub.Outside{
			Servers: []string{"tls://" + s.Addr().(*net.TCPAddr).String()}, HandshakeFirst: true, CA: tm.ca, Creds: tm.creds(t, p, by),
		}}
	}
	invitation := hub.Invitation{Place: hub.Foreign, Session: sid}
	h := connected(t, func() (*hub.Conn, error) { return hub.Dial(t.Context(), invitation, pass(host, tm.signing)) })
	a := connected(t, func() (*hub.Conn, error) { return hub.Join(t.Context(), invitation, pass(anna, tm.members)) })
	said := anna.parcel(t, sid, 0)
	publish(t, a, said)
	publish(t, a, anna.parcel(t, sid, 2))
	if got := read(t, a, session.Log, 0, 1)[0]; got.ID != said.ID {
		t.Errorf("Anna read %s, want %s", got.ID, said.ID)
	}
	if got := read(t, h, session.Blind, 0, 1)[0]; got.Blind != 2 || got.Subject != anna.author.ID {
		t.Errorf("the host read %+v, want Anna's of round 2", got)
	}
	wantUnread(t, a)

	// Ben with Anna's file is still not Anna: the rights go with the file's name,
	// the subject with his key.
	theirs := pass(anna, tm.members)
	theirs.Seed = ben.seed
	if c, err := hub.Join(t.Context(), invitation, theirs); err == nil {
		defer c.Close()
		if seq, err := c.Publish(t.Context(), ben.parcel(t, sid, 0), 0); err == nil {
			t.Errorf("Ben published as %d with Anna's rights", seq)
		}
	}
}
