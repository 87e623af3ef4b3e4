package hub

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"time"
)

// A gate lets connections in to a server: it listens, ends TLS, and delays what
// a member sends faster than people work. NATS itself limits how large a
// message is, not how many there are, and every stored message is waited for on
// the disk, so one member could hold up all others.
type gate struct {
	tls    *tls.Config
	inside func() (net.Conn, error)     // a connection to the server
	free   func(ed25519.PublicKey) bool // of the limits, if the key is proven
	most   chan struct{}                // connections at one time
}

// bufferSize holds the longest line of NATS, 4 KiB, and little more, as there are
// three buffers to each connection.
const bufferSize = 16 << 10

// A pace is how many messages one connection may send: at once, and then each
// second. An outbox of 64 that waits for answers stays below it.
type pace struct{ burst, rate float64 }

// How fast a member may send, and ask for new readers of a stream: those have
// places, which one member must not take up.
var (
	memberPace = pace{burst: 128, rate: 250}
	readerPace = pace{burst: 16, rate: 0.25}
)

// How long a newcomer may take to finish TLS, and a client to take what it is
// sent.
const (
	handshakeTime = 5 * time.Second
	takeTime      = 20 * time.Second
)

// serve lets connections in until ctx ends, and returns when all are gone.
func (g *gate) serve(ctx context.Context, listener net.Listener) error {
	var all sync.WaitGroup
	defer all.Wait()
	defer context.AfterFunc(ctx, func() { listener.Close() })()
	for {
		conn, err := listener.Accept()
		if ctx.Err() != nil {
			return nil
		}
		var temporary interface{ Temporary() bool }
		if errors.As(err, &temporary) && temporary.Temporary() { // such as too many open files
			pause(ctx, 100*time.Millisecond)
			continue
		}
		if err != nil {
			return err
		}
		select {
		case g.most <- struct{}{}:
			all.Go(func() {
				defer func() { <-g.most }()
				g.admit(ctx, conn)
			})
		default:
			conn.Close()
		}
	}
}

// admit carries one connection until either side ends it.
func (g *gate) admit(ctx context.Context, outside net.Conn) {
	conn := tls.Server(outside, g.tls)
	defer outside.Close() // not conn: its farewell could wait for a client that is gone
	in, stop := context.WithTimeout(ctx, handshakeTime)
	err := conn.HandshakeContext(in)
	stop()
	if err != nil {
		return
	}
	server, err := g.inside()
	if err != nil {
		return
	}
	defer server.Close()
	defer context.AfterFunc(ctx, func() { outside.Close(); server.Close() })()
	var sending sync.WaitGroup
	sending.Go(func() {
		_ = g.carry(ctx, server, conn) // an end is nobody's failure
		server.Close()
	})
	_ = deliver(conn, server) // until the server's last word is out, such as why it refuses
	outside.Close()
	sending.Wait()
}

// deliver copies what the server says. A client who takes nothing for a while is
// gone: the server has given up on it by then.
func deliver(conn, server net.Conn) error {
	buffer := make([]byte, bufferSize)
	for {
		n, err := server.Read(buffer)
		if err != nil {
			return err
		}
		if err := conn.SetWriteDeadline(time.Now().Add(takeTime)); err != nil {
			return err
		}
		if _, err := conn.Write(buffer[:n]); err != nil {
			return err
		}
	}
}

// carry copies what a client sends, at its pace. The protocol is lines: the
// first must be CONNECT and says who it is; PUB and HPUB are followed by a
// payload, whose length is their last word.
func (g *gate) carry(ctx context.Context, server io.Writer, client io.Reader) error {
	r := bufio.NewReaderSize(client, bufferSize)
	w := bufio.NewWriterSize(server, bufferSize)
	line, err := r.ReadSlice('\n')
	if err != nil {
		return err
	}
	free := g.free(keyIn(line))
	if _, err := server.Write(line); err != nil {
		return err
	}
	if free {
		_, err := io.Copy(server, r)
		return err
	}
	messages, makers := full(memberPace), full(readerPace)
	for {
		if r.Buffered() == 0 {
			if err := w.Flush(); err != nil {
				return err
			}
		}
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		subject, payload, err := published(line)
		if err != nil {
			return err
		}
		var wait time.Duration
		if subject != "" {
			wait = messages.take()
		}
		if strings.HasPrefix(subject, "$JS.API.CONSUMER.CREATE.") {
			wait += makers.take()
		}
		if wait > 0 {
			if err := w.Flush(); err != nil {
				return err
			}
			pause(ctx, wait)
		}
		if _, err := w.Write(line); err != nil {
			return err
		}
		if _, err := io.CopyN(w, r, payload); err != nil {
			return err
		}
	}
}

// keyIn is the key that a CONNECT claims; the server refuses those who cannot
// prove it, before it reads on.
func keyIn(connect []byte) ed25519.PublicKey {
	var claim struct {
		Nkey string `json:"nkey"`
	}
	_, rest, _ := bytes.Cut(connect, []byte(" "))
	if json.Unmarshal(rest, &claim) != nil {
		return nil
	}
	public, _ := fromNkey(claim.Nkey)
	return public
}

// published is the subject of a line that publishes and how many bytes follow
// it; for others none.
func published(line []byte) (subject string, payload int64, err error) {
	words := bytes.Fields(line)
	if len(words) == 0 || !bytes.EqualFold(words[0], []byte("PUB")) && !bytes.EqualFold(words[0], []byte("HPUB")) {
		return "", 0, nil
	}
	if len(words) < 3 {
		return "", 0, errors.New("a message without a subject or a length")
	}
	size, err := strconv.ParseUint(string(words[len(words)-1]), 10, 31)
	return string(words[1]), int64(size) + int64(len("\r\n")), err
}

// A bucket empties by one for each message and fills at its pace.
type bucket struct {
	pace
	level float64
	at    time.Time
}

func full(p pace) *bucket { return &bucket{pace: p, level: p.burst, at: time.Now()} }

// take answers how long to wait until there is one to take.
func (b *bucket) take() time.Duration {
	now := time.Now()
	b.level = min(b.burst, b.level+now.Sub(b.at).Seconds()*b.rate) - 1
	b.at = now
	if b.level >= 0 {
		return 0
	}
	return time.Duration(-b.level / b.rate * float64(time.Second))
}

// pause waits for d, or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
