package hub

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"golang.org/x/sync/errgroup"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// The ways in which a hub cannot begin.
const (
	AddressTaken review.Code = "hub-address" // args: address
	NoHub        review.Code = "hub-failed"
)

// Config is one session's server.
type Config struct {
	Dir     string            `json:"dir"` // of this session alone
	Session string            `json:"session"`
	Host    ed25519.PublicKey `json:"host"`   // whoever has it may do everything
	Listen  []string          `json:"listen"` // host:port; port 0 is any, and the same one ever after; none for those of before
	Leaf    *Outside          `json:"leaf,omitempty"`

	Now func() time.Time `json:"-"`

	// Admitted is called for each whom an invitation let in: at the start for
	// those of earlier lives, as the host may not have heard of them, then as
	// they come. It must return at once, and may be nil.
	Admitted func(Member) `json:"-"`
}

// A Server is a session's NATS server, with its gate.
type Server struct {
	config  Config
	folder  *folder
	door    *door
	secrets secrets
	nats    *server.Server
	account *server.Account
	own     string // what the hub's own connection shows
	orders  *nats.Conn
	bound   []net.Listener
	stop    context.CancelFunc
	serving *errgroup.Group
	closing sync.Once
	closed  error
}

// The limits that NATS was tried hard with.
const (
	maxPayload     = 1 << 20
	maxConnections = 600
	maxPerMember   = 4 // one for events, one for recordings, and either's next while the last one ends
	maxStore       = 8 << 30
)

// Serve starts a session's server and returns when clients can connect. It runs
// until ctx ends or [Server.Close]. It answers [HubRuns], [HubUnwritable],
// [HubDamaged], [AddressTaken] and [NoHub].
func Serve(ctx context.Context, config Config) (*Server, error) {
	f, err := openFolder(config.Dir)
	if err != nil {
		return nil, err
	}
	s := &Server{config: config, folder: f, own: rand.Text()}
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Server) start(ctx context.Context) (err error) {
	if s.door, err = openDoor(s.folder, s.config.Host, s.config.Now); err != nil {
		return err
	}
	if s.secrets, err = readSecrets(s.folder, s.config.Now()); err != nil {
		return err
	}
	if err := s.bind(ctx); err != nil {
		return err
	}
	if err := s.startNATS(); err != nil {
		return review.Fail(NoHub, nil).Because(err)
	}
	if err := s.listen(); err != nil {
		return review.Fail(NoHub, nil).Because(err)
	}
	g := &gate{
		tls: s.secrets.tls13(), inside: s.nats.InProcessConn, free: s.door.isHost,
		most: make(chan struct{}, maxConnections),
	}
	ctx, s.stop = context.WithCancel(ctx)
	s.serving, ctx = errgroup.WithContext(ctx)
	for _, m := range s.Members() {
		s.admitted(m)
	}
	for _, listener := range s.bound {
		s.serving.Go(func() error { return g.serve(ctx, listener) })
	}
	return nil
}

// bind takes the addresses. A port that was any the first time is kept, as the
// links name it.
func (s *Server) bind(ctx context.Context) error {
	return s.door.change(func(k *kept) error {
		listen := s.config.Listen
		for host := range k.Ports {
			if len(s.config.Listen) == 0 {
				listen = append(listen, net.JoinHostPort(host, "0"))
			}
		}
		for _, address := range listen {
			host, port, err := net.SplitHostPort(address)
			if err != nil {
				return review.Fail(AddressTaken, review.Args{"address": address}).Because(err)
			}
			if port == "0" {
				port = strconv.Itoa(k.Ports[host])
			}
			listener, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(host, port))
			if err != nil {
				return review.Fail(AddressTaken, review.Args{"address": net.JoinHostPort(host, port)}).Because(err)
			}
			s.bound = append(s.bound, listener)
			k.Ports[host] = listener.Addr().(*net.TCPAddr).Port
		}
		return nil
	})
}

const accountName = "SESSIONS"

// options are NATS' settings. It listens nowhere itself: the gate does.
func (s *Server) options() *server.Options {
	o := &server.Options{
		ServerName: serverName(s.config.Session), DontListen: true,
		NoSigs: true, NoLog: true, DisableJetStreamBanner: true,
		JetStream: true, StoreDir: s.folder.path,
		SyncAlways:         true, // else a power cut loses what was acknowledged
		JetStreamMaxMemory: 64 << 20, JetStreamMaxStore: maxStore,
		JetStreamKey: string(s.secrets.seal), JetStreamCipher: server.ChaCha,
		MaxPayload: maxPayload, MaxConn: maxConnections, MaxSubs: 200, MaxPending: 16 << 20,
		Accounts:                   []*server.Account{server.NewAccount(accountName)},
		CustomClientAuthentication: s, AlwaysEnableNonce: true,
		// Connections come from the gate, where TLS ended. This makes the server
		// tell clients that it has TLS, as they insist.
		TLSConfig: s.secrets.tls13(), TLSTimeout: handshakeTime.Seconds(),
		PingInterval: 15 * time.Second, MaxPingsOut: 2, WriteDeadline: 10 * time.Second,
	}
	return o
}

func (s *Server) startNATS() (err error) {
	options := s.options()
	if s.config.Leaf != nil {
		if err := s.config.Leaf.leaf(options, s.config.Session); err != nil {
			return err
		}
	}
	if s.nats, err = server.NewServer(options); err != nil {
		return fmt.Errorf("set up NATS: %w", err)
	}
	if s.account, err = s.nats.LookupAccount(accountName); err != nil {
		return fmt.Errorf("find the account: %w", err)
	}
	s.nats.Start()
	if !s.nats.ReadyForConnections(30 * time.Second) {
		return errors.New("NATS does not start")
	}
	if err := s.account.EnableJetStream(nil, nil); err != nil {
		return fmt.Errorf("read the streams: %w", err)
	}
	return nil
}

// Check implements NATS' authentication: a client is whoever signs its nonce,
// and comes in if the door knows the key or its invitation.
func (s *Server) Check(c server.ClientAuthentication) bool {
	claim := c.GetOpts()
	if s.isOwn(claim.Token) {
		c.RegisterUser(s.ownUser())
		return true
	}
	public, err := fromNkey(claim.Nkey)
	if err != nil || !proves(public, c.GetNonce(), claim.Sig) {
		return false
	}
	author := journal.AuthorID(public)
	host := s.door.isHost(public)
	if !host && len(s.connections(claim.Nkey)) >= maxPerMember {
		return false
	}
	in, first := s.door.knock(public, claim.Token)
	if !in {
		return false
	}
	user := &server.User{Username: author, Account: s.account}
	if !host {
		user.Permissions = names{s.config.Session}.rights(author)
	}
	c.RegisterUser(user)
	if first {
		s.admitted(Member{author, public})
	}
	return true
}

func (s *Server) admitted(m Member) {
	if s.config.Admitted != nil {
		s.config.Admitted(m)
	}
}

// connections are those that somebody has now who was let in by their nkey.
func (s *Server) connections(nkey string) []uint64 {
	all, err := s.nats.Connz(&server.ConnzOptions{User: nkey, Account: accountName})
	if err != nil {
		return nil
	}
	var ids []uint64
	for _, c := range all.Conns {
		ids = append(ids, c.Cid)
	}
	return ids
}

// Invite makes an invitation and the id that [Server.Revoke] takes. It answers
// [HubUnwritable].
func (s *Server) Invite(o Offer) (i Invitation, id string, err error) {
	i = s.Door()
	i.Secret, id, err = s.door.offer(o)
	return i, id, err
}

// Revoke ends an invitation; whom it let in stays. It answers [HubUnwritable].
func (s *Server) Revoke(id string) error { return s.door.revoke(id) }

// Remove puts an author out and keeps them out. It answers [HubUnwritable].
func (s *Server) Remove(author string) error {
	members := s.Members()
	if err := s.door.remove(author); err != nil {
		return err
	}
	for _, m := range members {
		if m.Author == author {
			return s.disconnect(m.Public)
		}
	}
	return nil
}

// HandOver makes a member the host: they connect again, with [Dial]. For who is
// the host already it does nothing. It answers session.NotMember and
// [HubUnwritable].
func (s *Server) HandOver(author string) error {
	cut, err := s.handOver(author)
	if err != nil {
		return err
	}
	return cut()
}

// handOver leaves the connections of both for cut to end: they have the rights
// that they began with.
func (s *Server) handOver(author string) (cut func() error, err error) {
	from, to, err := s.door.handOver(author)
	if err != nil || from.Equal(to) {
		return func() error { return nil }, err
	}
	return func() error { return errors.Join(s.disconnect(from), s.disconnect(to)) }, nil
}

func (s *Server) disconnect(public ed25519.PublicKey) error {
	nkey, err := nkeyOf(public)
	if err != nil {
		return err
	}
	for _, id := range s.connections(nkey) {
		_ = s.nats.DisconnectClientByID(id) // fails only for one that has just ended
	}
	return nil
}

// Members are who were let in, without the host.
func (s *Server) Members() []Member { return s.door.members() }

// Door is an invitation without a secret: for the host, and whoever was let in.
func (s *Server) Door() Invitation {
	i := Invitation{Place: OwnHub, Session: s.config.Session, Fingerprint: s.secrets.fingerprint()}
	for _, listener := range s.bound {
		i.Addresses = append(i.Addresses, listener.Addr().String())
	}
	return i
}

// Wait returns when the server has stopped by itself, or ctx of [Serve] ended.
func (s *Server) Wait() error { return s.serving.Wait() }

// Close stops the server and returns when everything is on the disk.
func (s *Server) Close() error {
	s.closing.Do(func() { s.closed = s.end() })
	return s.closed
}

func (s *Server) end() error {
	var failed error
	if s.serving != nil {
		s.stop()
		failed = s.serving.Wait()
	}
	for _, listener := range s.bound {
		listener.Close() // those that were never served
	}
	if s.orders != nil {
		s.orders.Close()
	}
	if s.nats != nil {
		s.nats.Shutdown()
		s.nats.WaitForShutdown()
	}
	return errors.Join(failed, s.folder.close())
}
