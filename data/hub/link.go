package hub

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// sigHeader carries who signed the bytes, and how: "nkey:base64".
const sigHeader = "Sig"

// Publish implements [session.Link].
func (c *Conn) Publish(ctx context.Context, p session.Parcel, try int) (uint64, error) {
	select {
	case c.window <- struct{}{}:
		defer func() { <-c.window }()
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	alive, stop := c.alive(ctx)
	defer stop()
	seq, err := c.publish(alive, p, try)
	if err != nil {
		return 0, fmt.Errorf("publish %s: %w", p.ID, c.why(ctx, err))
	}
	return seq, nil
}

func (c *Conn) publish(ctx context.Context, p session.Parcel, try int) (uint64, error) {
	signer, err := nkeyOf(p.Public)
	if err != nil {
		return 0, err
	}
	id := p.ID
	if try > 0 {
		id += "#" + strconv.Itoa(try)
	}
	stream, subject := c.of(p, c.author(p))
	msg := nats.NewMsg(subject)
	msg.Data = p.Bytes
	msg.Header.Set(sigHeader, signer+":"+base64.StdEncoding.EncodeToString(p.Signature))
	ack, err := c.js.PublishMsgAsync(msg, jetstream.WithMsgID(id), jetstream.WithExpectStream(c.stream(stream)))
	if err != nil {
		return 0, err
	}
	select {
	case ok := <-ack.Ok():
		return ok.Sequence, nil
	case err := <-ack.Err():
		return 0, err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// author is whose subject a parcel goes to: only the host may write in
// another's, to reveal or to mend.
func (c *Conn) author(p session.Parcel) string {
	if c.host {
		return p.Author
	}
	return c.me
}

// Info implements [session.Link]. The host makes a stream that is missing: the
// folder of the streams may have been lost, and the libraries hold what was in
// it.
func (c *Conn) Info(ctx context.Context, s session.Stream) (session.Cursor, error) {
	if s == session.Blind && c.shown.Load() {
		return session.Cursor{}, session.ErrOver
	}
	alive, stop := c.alive(ctx)
	defer stop()
	stream, err := c.js.Stream(alive, c.names.stream(s))
	if c.host && errors.Is(err, jetstream.ErrStreamNotFound) {
		stream, err = c.create(alive, s)
	}
	if err != nil {
		return session.Cursor{}, fmt.Errorf("ask where the %s ends: %w", s, c.why(ctx, err))
	}
	info := stream.CachedInfo()
	return session.Cursor{Created: info.Created, Seq: info.State.LastSeq}, nil
}

// NATS' numbers for a server that is alone, and for an account that has no room
// for three copies: one is kept there.
const (
	notClustered jetstream.ErrorCode = 10074
	noRoom       jetstream.ErrorCode = 10047
)

// create makes a stream, on three servers where somebody else's is a cluster. One
// that has not found its servers yet refuses, and is asked again.
func (c *Conn) create(ctx context.Context, s session.Stream) (jetstream.Stream, error) {
	config := c.config(s)
	if c.place == Foreign {
		config.Replicas = 3
		stream, err := c.js.CreateStream(ctx, config)
		var refused *jetstream.APIError
		if !errors.As(err, &refused) || refused.ErrorCode != notClustered && refused.ErrorCode != noRoom {
			return stream, err
		}
		config.Replicas = 1
	}
	return c.js.CreateStream(ctx, config)
}

// EndBlind deletes the blind stream from the server and its disk: everything that
// was in it has been revealed. Only the host may. What somebody still sends there
// is refused, and goes to the log once they have heard of the reveal.
func (c *Conn) EndBlind(ctx context.Context) error {
	alive, stop := c.alive(ctx)
	defer stop()
	err := c.js.DeleteStream(alive, c.stream(session.Blind))
	if err != nil && !errors.Is(err, jetstream.ErrStreamNotFound) {
		return fmt.Errorf("delete what was blind: %w", c.why(ctx, err))
	}
	c.shown.Store(true)
	return nil
}

// config is how a stream is made. No record is ever taken out by itself, so
// that a gap means damage.
func (c *Conn) config(s session.Stream) jetstream.StreamConfig {
	limit := map[session.Stream]int64{session.Log: 512 << 20, session.Blind: 128 << 20}
	return jetstream.StreamConfig{
		Name:         c.stream(s),
		Subjects:     []string{c.all(s)},
		Storage:      jetstream.FileStorage,
		Retention:    jetstream.LimitsPolicy,
		Discard:      jetstream.DiscardNew,
		Replicas:     1,
		Duplicates:   24 * time.Hour,
		MaxMsgSize:   maxMessage,
		MaxBytes:     limit[s],
		MaxConsumers: 4*maxMembers + 16,
	}
}

// maxMessage is the longest event, with its header.
const (
	maxMessage = journal.MaxBytes + 1<<10
	maxMembers = 256
)

// Read implements [session.Link]. Sequences that the stream gives no record for
// come as a delivery with Mend set, each.
func (c *Conn) Read(ctx context.Context, s session.Stream, after uint64, deliver func([]session.Delivery) error) error {
	alive, stop := c.alive(ctx)
	defer stop()
	r := reader{conn: c, of: s, next: after + 1, given: 1}
	err := r.run(alive, deliver)
	return fmt.Errorf("read the %s: %w", s, c.why(ctx, err))
}

// Missing implements [session.Link].
func (c *Conn) Missing(ctx context.Context, seq uint64) error {
	return c.say(ctx, c.subject("live", c.me, "missing"), []byte(strconv.FormatUint(seq, 10)))
}

// Lost implements [session.Link].
func (c *Conn) Lost(ctx context.Context, each func(seq uint64)) error {
	return c.hear(ctx, []string{c.subject("live", "*", "missing")}, func(m *nats.Msg) {
		if seq, err := strconv.ParseUint(string(m.Data), 10, 64); err == nil && seq > 0 {
			each(seq)
		}
	})
}

// signed reads who signed a message; without that it is nobody's.
func signed(header string) (public ed25519.PublicKey, signature []byte) {
	nkey, text, _ := strings.Cut(header, ":")
	public, err := fromNkey(nkey)
	if err != nil {
		return nil, nil
	}
	if signature, err = base64.StdEncoding.DecodeString(text); err != nil {
		return nil, nil
	}
	return public, signature
}
