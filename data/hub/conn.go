package hub

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// The ways in which nobody gets in.
const (
	HubUnreachable   review.Code = "hub-unreachable"   // args: address
	WrongCertificate review.Code = "wrong-certificate" // args: address
	NotLetIn         review.Code = "not-let-in"        // the server does not say why
	PutOut           review.Code = "put-out"           // let in once, and no longer
	WrongSession     review.Code = "wrong-session"     // the server carries another one
)

// A Pass is what a person shows: the Ed25519 seed that signs their events, 32
// bytes, and for somebody else's server what its operator gave them.
type Pass struct {
	Seed    []byte
	Outside *Outside
}

// A Conn is one person's connection to a session. It connects again by itself
// until [Conn.Close]; meanwhile its methods answer errors. All may be called
// from any goroutine.
type Conn struct {
	names
	me     string
	key    ed25519.PrivateKey
	place  Place
	host   bool
	nats   *nats.Conn
	js     jetstream.JetStream
	audio  second
	doubts sync.Map      // lots that came wrong or not at all
	window chan struct{} // one for each parcel on its way
	shown  atomic.Bool   // the blind stream has been deleted
	barred chan struct{} // the server denied to tell of the log

	closing context.Context // ends with Close, or when this person is put out
	close   context.CancelFunc

	mu      sync.Mutex
	life    context.Context // ends when the connection is cut
	cut     context.CancelFunc
	refused int // times in a row that the server would not let in
	ended   error
}

var _ session.Link = (*Conn)(nil)

// What is answered while there is no connection, and when there never will be.
var (
	errCut    = errors.New("the connection to the session was cut")
	errClosed = errors.New("the connection to the session was closed")
)

// window is how many parcels may be on their way.
const window = 64

// refusals is how often the server must refuse to let in somebody whom it had
// let in, until they are taken to be put out.
const refusals = 3

// Join connects a member. It answers [HubUnreachable], [WrongCertificate],
// [NotLetIn] and [WrongSession], and with an Outside [BadServer] and
// [BadServerFile].
func Join(ctx context.Context, i Invitation, p Pass) (*Conn, error) {
	c, err := connect(ctx, i, p, false)
	if err == nil && i.Place == Foreign {
		if err = c.finds(ctx); err != nil {
			c.Close()
		}
	}
	return c, err
}

// finds answers [WrongSession] where somebody else's server has no such session, or
// not for this person. Any other failure may pass.
func (c *Conn) finds(ctx context.Context) error {
	asking, stop := context.WithCancel(ctx)
	defer stop()
	told := make(chan error, 1)
	go func() {
		_, err := c.Info(asking, session.Log)
		told <- err
	}()
	select {
	case err := <-told:
		if errors.Is(err, jetstream.ErrStreamNotFound) {
			return review.Fail(WrongSession, nil).Because(err)
		}
	case <-c.barred:
		stop()
		return review.Fail(WrongSession, nil).Because(errors.Join(nats.ErrPermissionViolation, <-told))
	}
	return ctx.Err()
}

// Dial connects the host, and makes the session's streams where they are
// missing. It answers what [Join] does.
func Dial(ctx context.Context, i Invitation, p Pass) (*Conn, error) {
	c, err := connect(ctx, i, p, true)
	if err != nil {
		return nil, err
	}
	for _, s := range []session.Stream{session.Log, session.Blind} {
		if _, err := c.Info(ctx, s); err != nil {
			c.Close()
			return nil, err
		}
	}
	return c, nil
}

func connect(ctx context.Context, i Invitation, p Pass, host bool) (*Conn, error) {
	if len(p.Seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("a seed has %d bytes, not %d", len(p.Seed), ed25519.SeedSize)
	}
	key := ed25519.NewKeyFromSeed(p.Seed)
	me := journal.AuthorID(key.Public().(ed25519.PublicKey))
	c := &Conn{names: names{i.Session}, me: me, key: key, place: i.Place, host: host, window: make(chan struct{}, window), barred: make(chan struct{}, 1)}
	c.closing, c.close = context.WithCancel(context.Background())
	c.life, c.cut = context.WithCancel(c.closing)
	servers, options, err := c.options(i, p, key)
	if err != nil {
		return nil, err
	}
	watch := append(slices.Clip(options), nats.DisconnectErrHandler(c.disconnected), nats.ReconnectHandler(c.reconnected), nats.ErrorHandler(c.failed))
	if c.nats, err = dial(ctx, servers, watch); err != nil {
		return nil, err
	}
	c.audio.dial = func(ctx context.Context) (*nats.Conn, error) { return dial(ctx, servers, options) }
	if c.js, err = c.jetstream(); err != nil {
		c.Close()
		return nil, err
	}
	if i.Place == OwnHub && c.nats.ConnectedServerName() != serverName(i.Session) {
		c.Close()
		return nil, review.Fail(WrongSession, nil)
	}
	return c, nil
}

func (c *Conn) jetstream() (jetstream.JetStream, error) {
	const wait = 5 * time.Second
	options := []jetstream.JetStreamOpt{
		jetstream.WithPublishAsyncMaxPending(window), jetstream.WithPublishAsyncTimeout(wait), jetstream.WithDefaultTimeout(wait),
	}
	js, err := jetstream.New(c.nats, options...)
	if c.place == Leaf {
		js, err = jetstream.NewWithDomain(c.nats, domain(c.session), options...)
	}
	if err != nil {
		return nil, fmt.Errorf("set up JetStream: %w", err)
	}
	return js, nil
}

// options are how to connect, and whom to.
func (c *Conn) options(i Invitation, p Pass, key ed25519.PrivateKey) (servers string, options []nats.Option, err error) {
	options = []nats.Option{
		nats.Name("earshot"), nats.CustomInboxPrefix(inbox(c.me)),
		nats.MaxReconnects(-1), nats.ReconnectWait(250 * time.Millisecond), nats.ReconnectJitter(100*time.Millisecond, 500*time.Millisecond),
		nats.ReconnectBufSize(-1), // the outbox is the buffer
		nats.PingInterval(10 * time.Second), nats.MaxPingsOutstanding(2), nats.Timeout(5 * time.Second), nats.FlusherTimeout(5 * time.Second),
		nats.IgnoreAuthErrorAbort(),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}), // else it prints
	}
	if i.Place != OwnHub {
		if p.Outside == nil {
			return "", nil, review.Fail(BadServer, review.Args{"address": ""})
		}
		servers, more, err := p.Outside.options()
		return servers, append(options, more...), err
	}
	public, err := nkeyOf(key.Public().(ed25519.PublicKey))
	if err != nil {
		return "", nil, err
	}
	options = append(options, nats.Secure(pin(i.Fingerprint)), nats.TLSHandshakeFirst(), nats.Nkey(public, signNonce(key)), nats.DontRandomize())
	if i.Secret != (Secret{}) {
		options = append(options, nats.Token(i.Secret.text()))
	}
	for n, address := range i.Addresses {
		if n > 0 {
			servers += ","
		}
		servers += "tls://" + address
	}
	return servers, options, nil
}

var errOtherCertificate = errors.New("the server's certificate is not the one of the invitation")

// pin trusts the one certificate whose fingerprint came with the invitation,
// which is as good as an authority's. It is checked before anything is sent.
func pin(fingerprint [32]byte) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS13,
		InsecureSkipVerify: true, // no authority knows a host's laptop; VerifyConnection does
		VerifyConnection: func(state tls.ConnectionState) error {
			sum := sha256.Sum256(state.PeerCertificates[0].Raw)
			if subtle.ConstantTimeCompare(sum[:], fingerprint[:]) != 1 {
				return errOtherCertificate
			}
			return nil
		},
	}
}

// dial connects, or answers why a person cannot be.
func dial(ctx context.Context, servers string, options []nats.Option) (*nats.Conn, error) {
	first := &dialer{ctx: ctx}
	conn, err := nats.Connect(servers, append(slices.Clip(options), nats.SetCustomDialer(first))...)
	first.through()
	if ctx.Err() != nil {
		if conn != nil {
			conn.Close()
		}
		return nil, ctx.Err()
	}
	return conn, refusal(servers, err)
}

// A dialer lets a context end what NATS knows no context for: the first
// connection.
type dialer struct {
	mu   sync.Mutex
	ctx  context.Context
	stop []func() bool
}

// Dial implements NATS' dialer.
func (d *dialer) Dial(network, address string) (net.Conn, error) {
	d.mu.Lock()
	ctx := d.ctx
	d.mu.Unlock()
	conn, err := (&net.Dialer{Timeout: 5 * time.Second}).DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.stop = append(d.stop, context.AfterFunc(d.ctx, func() { conn.Close() }))
	return conn, nil
}

// through is when the first connection is there: the context is over for it.
func (d *dialer) through() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ctx = context.Background()
	for _, stop := range d.stop {
		stop()
	}
	d.stop = nil
}

func refusal(servers string, err error) error {
	args := review.Args{"address": strings.ReplaceAll(servers, "tls://", "")}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errOtherCertificate):
		return review.Fail(WrongCertificate, args).Because(err)
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired):
		return review.Fail(NotLetIn, nil).Because(err)
	}
	return review.Fail(HubUnreachable, args).Because(err)
}

// Me is the author's id.
func (c *Conn) Me() string { return c.me }

// Close ends the connection.
func (c *Conn) Close() {
	c.audio.close()
	c.nats.Close()
	c.close()
}

// Ended answers [PutOut] when the host put this person out, and nil before.
func (c *Conn) Ended() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ended
}

func (c *Conn) disconnected(*nats.Conn, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut()
}

func (c *Conn) reconnected(*nats.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refused = 0
	c.life, c.cut = context.WithCancel(c.closing)
}

// failed hears of what goes wrong by itself: only being refused matters here,
// everything else reaches whoever asked. What is denied is answered to nobody.
func (c *Conn) failed(conn *nats.Conn, _ *nats.Subscription, err error) {
	if errors.Is(err, nats.ErrPermissionViolation) && strings.Contains(err.Error(), "STREAM.INFO."+c.stream(session.Log)) {
		select {
		case c.barred <- struct{}{}:
		default:
		}
	}
	if !errors.Is(err, nats.ErrAuthorization) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.refused++; c.refused == refusals {
		c.ended = review.Fail(PutOut, nil)
		c.close()
		conn.Close()
	}
}

// alive is ctx that also ends when the connection is cut.
func (c *Conn) alive(ctx context.Context) (context.Context, context.CancelFunc) {
	c.mu.Lock()
	life := c.life
	c.mu.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	stop := context.AfterFunc(life, cancel)
	return ctx, func() { stop(); cancel() }
}

// why is the error to answer for err: of ctx when that ended, of being put out,
// of the cut or err itself.
func (c *Conn) why(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if ended := c.Ended(); ended != nil {
		return ended
	}
	if errors.Is(err, context.Canceled) {
		return errCut
	}
	return err
}
