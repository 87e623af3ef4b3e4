package hub

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// A reader goes through a stream once, in order. It is NATS' ordered consumer
// without its repairs: at anything unusual it ends with an error, and whoever
// reads begins again behind what they have, after asking whether the stream is
// still the same one.
type reader struct {
	conn  *Conn
	of    session.Stream
	next  uint64 // sequence of the stream
	given uint64 // next sequence of the consumer
	ahead uint64 // where the stream ended when nothing had come for a while
}

const (
	largestBatch = 512
	heartbeat    = time.Second           // of a consumer that has nothing; two that fail to come mean that it is gone
	quiet        = 3 * heartbeat         // after which the end of the stream is compared; each wait counts heartbeats anew
	linger       = 20 * time.Millisecond // for more of a batch; damage makes NATS promise too many
)

func (r *reader) run(ctx context.Context, deliver func([]session.Delivery) error) error {
	consumer, err := r.conn.js.CreateConsumer(ctx, r.conn.stream(r.of), jetstream.ConsumerConfig{
		FilterSubject: r.conn.all(r.of), // exactly one, else no member may
		DeliverPolicy: jetstream.DeliverByStartSequencePolicy,
		OptStartSeq:   r.next,
		AckPolicy:     jetstream.AckNonePolicy,
		MemoryStorage: true, Replicas: 1, InactiveThreshold: time.Minute,
	})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	messages, err := consumer.Messages(jetstream.PullHeartbeat(heartbeat), jetstream.PullExpiry(10*time.Second))
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer messages.Stop()
	for {
		batch, failed := r.batch(ctx, messages)
		if len(batch) > 0 {
			if err := deliver(batch); err != nil {
				return err
			}
		}
		if failed != nil {
			return failed
		}
	}
}

// batch waits for a message and takes those that are already on their way. It
// may answer both messages and an error.
func (r *reader) batch(ctx context.Context, messages jetstream.MessagesContext) (batch []session.Delivery, err error) {
	for len(batch) < largestBatch {
		patience := quiet
		if len(batch) > 0 {
			patience = linger
		}
		msg, err := wait(ctx, messages, patience)
		if errors.Is(err, errQuiet) && len(batch) > 0 {
			return batch, nil
		}
		if errors.Is(err, errQuiet) {
			return r.tail(ctx)
		}
		if err != nil {
			return batch, err
		}
		meta, err := msg.Metadata()
		if err != nil {
			return batch, fmt.Errorf("a message of no stream: %w", err)
		}
		if meta.Sequence.Consumer != r.given {
			return batch, fmt.Errorf("message %d of the consumer came instead of %d", meta.Sequence.Consumer, r.given)
		}
		r.given++
		batch = append(batch, r.missing(meta.Sequence.Stream)...)
		batch = append(batch, r.open(msg, meta))
		if meta.NumPending == 0 {
			break
		}
	}
	return batch, nil
}

var errQuiet = errors.New("nothing came")

func wait(ctx context.Context, messages jetstream.MessagesContext, patience time.Duration) (jetstream.Msg, error) {
	until, stop := context.WithTimeout(ctx, patience)
	defer stop()
	msg, err := messages.Next(jetstream.NextContext(until))
	if err != nil && ctx.Err() == nil && until.Err() != nil {
		return nil, errQuiet
	}
	return msg, err
}

// missing are the sequences between the last message and seq, which follows.
func (r *reader) missing(seq uint64) (holes []session.Delivery) {
	for ; r.next < seq; r.next++ {
		holes = append(holes, session.Delivery{Seq: r.next, Mend: true})
	}
	r.next = seq + 1
	return holes
}

// tail finds records that are missing at the end, where no later one shows the
// gap: the stream has said twice, with a quiet time between, that it goes on.
func (r *reader) tail(ctx context.Context) ([]session.Delivery, error) {
	at, err := r.conn.Info(ctx, r.of)
	if err != nil {
		return nil, err
	}
	end := r.ahead
	r.ahead = at.Seq
	if end < r.next {
		return nil, nil
	}
	return r.missing(end + 1), nil
}

// open reads a message. What is not signed, or not where it should be, comes
// without its author, so that it is refused and counted.
func (r *reader) open(msg jetstream.Msg, meta *jetstream.MsgMetadata) session.Delivery {
	p, _ := r.conn.read(r.of, msg.Subject())
	d := session.Delivery{Parcel: p, Subject: p.Author, Seq: meta.Sequence.Stream, Stored: meta.Timestamp, More: meta.NumPending > 0}
	d.Bytes = msg.Data()
	d.ID, _, _ = strings.Cut(msg.Headers().Get(nats.MsgIdHdr), "#")
	d.Public, d.Signature = signed(msg.Headers().Get(sigHeader))
	d.Author = ""
	if d.Public != nil {
		d.Author = journal.AuthorID(d.Public)
	}
	return d
}
