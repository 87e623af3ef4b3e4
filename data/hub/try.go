package hub

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/session"
)

// The ways in which somebody else's server, whose settings make sense, is of no
// use.
const (
	ServerUnreachable review.Code = "server-unreachable"   // args: address
	ServerUntrusted   review.Code = "server-untrusted"     // args: address
	ServerRefuses     review.Code = "server-refuses"       // args: address
	ServerKeepsNone   review.Code = "server-keeps-none"    // args: address; no streams for this person
	ServerOtherPort   review.Code = "server-other-port"    // args: address; clients' instead of leaf nodes', or the other way round
	tryFor                        = 8 * time.Second        // to find somebody else's server
	leafStays                     = 500 * time.Millisecond // until a leaf node that was refused is known to be
)

// Try connects to the Outside of a pass as a session would and ends again: as a
// host whose streams are made there, or with leaf as a host's hub, which only dials
// out to it. It answers the Outside that works, which may differ in when TLS begins.
//
// It answers [BadServer] and [BadServerFile] for settings that make no sense, and
// else [ServerUnreachable], [ServerUntrusted], [ServerRefuses], [ServerKeepsNone]
// or [ServerOtherPort].
func Try(ctx context.Context, p Pass, leaf bool) (Outside, error) {
	first := *p.Outside
	err := p.try(ctx, first, leaf)
	if review.CodeOf(err) != ServerUnreachable {
		return first, err
	}
	other := first
	other.HandshakeFirst = !first.HandshakeFirst
	if again := p.try(ctx, other, leaf); review.CodeOf(again) != ServerUnreachable {
		return other, again
	}
	return first, err
}

func (p Pass) try(ctx context.Context, o Outside, leaf bool) error {
	ctx, cancel := context.WithTimeout(ctx, tryFor)
	defer cancel()
	do := p.tryAsHost
	if leaf {
		do = tryAsLeaf
	}
	err := do(ctx, o)
	var told *review.Error
	if err == nil || errors.As(err, &told) && (told.Code == BadServer || told.Code == BadServerFile || told.Code == ServerKeepsNone) {
		return err
	}
	return review.Fail(refusedFor(err), review.Args{"address": strings.Join(o.Servers, ", ")}).Because(err)
}

// refusedFor is why a connection to somebody else's server failed. A server's own
// complaints are told by their words.
func refusedFor(err error) review.Code {
	var certificate *tls.CertificateVerificationError
	said := strings.ToLower(err.Error())
	switch {
	case errors.As(err, &certificate), strings.Contains(said, "x509:"):
		return ServerUntrusted
	case review.CodeOf(err) == NotLetIn, strings.Contains(said, "authorization violation"), strings.Contains(said, "authentication"):
		return ServerRefuses
	case strings.Contains(said, strings.ToLower(server.ErrConnectedToWrongPort.Error())), strings.Contains(said, "leaf node port"):
		return ServerOtherPort
	}
	return ServerUnreachable
}

// tryAsHost makes the stream of a session that does not exist, and deletes it.
func (p Pass) tryAsHost(ctx context.Context, o Outside) error {
	nobody := Invitation{Place: Foreign, Session: "try" + strings.ToLower(rand.Text()[:13])}
	c, err := connect(ctx, nobody, Pass{Seed: p.Seed, Outside: &o}, true)
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err = c.create(ctx, session.Log); err == nil {
		err = c.js.DeleteStream(ctx, c.stream(session.Log))
	}
	if err != nil {
		return review.Fail(ServerKeepsNone, review.Args{"address": strings.Join(o.Servers, ", ")}).Because(err)
	}
	return nil
}

// tryAsLeaf dials out as a host's hub does.
func tryAsLeaf(ctx context.Context, o Outside) error {
	options := &server.Options{
		ServerName: "try", DontListen: true, NoSigs: true, NoLog: true,
		Accounts: []*server.Account{server.NewAccount(accountName)},
	}
	if err := o.leaf(options, "try"); err != nil {
		return err
	}
	s, err := server.NewServer(options)
	if err != nil {
		return fmt.Errorf("set up NATS: %w", err)
	}
	heard := &complaints{}
	s.SetLoggerV2(heard, false, false, false)
	s.Start()
	defer func() {
		s.Shutdown()
		s.WaitForShutdown()
	}()
	return stays(ctx, s, heard)
}

// stays waits until the leaf node is connected and stays so: a server that refuses
// it says so only after the connection was made.
func stays(ctx context.Context, s *server.Server, heard *complaints) error {
	since := time.Time{}
	look := time.NewTicker(leafStays / 10)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return errors.Join(ctx.Err(), heard.last())
		case now := <-look.C:
			switch {
			case s.NumLeafNodes() == 0:
				since = time.Time{}
			case since.IsZero():
				since = now
			case now.Sub(since) > leafStays:
				return nil
			}
		}
		if why := heard.last(); why != nil {
			return why
		}
	}
}

// complaints are what a server logs as errors, in place of a log.
type complaints struct {
	mu  sync.Mutex
	why error
}

func (c *complaints) last() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.why
}

// Errorf keeps an error, and what follows does nothing: they implement NATS'
// Logger.
func (c *complaints) Errorf(format string, v ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.why = fmt.Errorf(format, v...)
}

// Noticef does nothing.
func (*complaints) Noticef(string, ...any) {}

// Warnf does nothing.
func (*complaints) Warnf(string, ...any) {}

// Fatalf does nothing: the server ends by itself.
func (*complaints) Fatalf(string, ...any) {}

// Debugf does nothing.
func (*complaints) Debugf(string, ...any) {}

// Tracef does nothing.
func (*complaints) Tracef(string, ...any) {}
