package hub

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// HostAway is answered when the host is not there to answer.
const HostAway review.Code = "host-away"

// maxLive bounds a message that is not kept, in bytes; longer ones are ignored.
const maxLive = 64 << 10

// Play tells all what the host plays. Only the host may.
func (c *Conn) Play(ctx context.Context, p session.Play) error {
	return c.sayJSON(ctx, c.subject("ctl", "play"), p)
}

// Roster tells all who is there. Only the host may.
func (c *Conn) Roster(ctx context.Context, r session.Roster) error {
	return c.sayJSON(ctx, c.subject("ctl", "roster"), r)
}

// Heard are what to do with what the host says. What is nil is not listened to.
type Heard struct {
	Play   func(session.Play)
	Roster func(session.Roster)
}

// Hear hands on what the host says, one after another, until ctx ends or the
// connection is closed; a cut only makes it miss what was said meanwhile.
// Messages that are none are ignored.
func (c *Conn) Hear(ctx context.Context, h Heard) error {
	var subjects []string
	play, roster := c.subject("ctl", "play"), c.subject("ctl", "roster")
	if h.Play != nil {
		subjects = append(subjects, play)
	}
	if h.Roster != nil {
		subjects = append(subjects, roster)
	}
	return c.hear(ctx, subjects, func(m *nats.Msg) {
		switch m.Subject {
		case play:
			given(m, h.Play)
		case roster:
			given(m, h.Roster)
		}
	})
}

// given hands on a message if it is one.
func given[T any](m *nats.Msg, to func(T)) {
	var value T
	if len(m.Data) <= maxLive && json.Unmarshal(m.Data, &value) == nil {
		to(value)
	}
}

// Clock asks what time the host has. Whoever asks notes the time before and
// after. It answers [HostAway].
func (c *Conn) Clock(ctx context.Context) (time.Time, error) {
	answer, err := c.ask(ctx, c.nats, "clock", nil)
	if err != nil {
		return time.Time{}, err
	}
	ns, err := strconv.ParseInt(string(answer.Data), 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("read the host's clock: %w", err)
	}
	return time.Unix(0, ns), nil
}

// Ask asks the host to play, pause or go elsewhere, and returns when the host
// has decided. It answers why not, as a *review.Error: session.NotGranted or what
// else the host answers; and [HostAway].
func (c *Conn) Ask(ctx context.Context, a session.Ask) error {
	answer, err := c.askJSON(ctx, "ask", a)
	if err != nil || len(answer.Data) == 0 {
		return err
	}
	var r report
	if err := json.Unmarshal(answer.Data, &r); err != nil {
		return fmt.Errorf("read what the host answers: %w", err)
	}
	return review.Fail(r.Code, r.Args)
}

// State tells the host what this person is called and does. It answers
// [HostAway].
func (c *Conn) State(ctx context.Context, a session.Attendee) error {
	_, err := c.askJSON(ctx, "state", a)
	return err
}

// Made asks the host how the draw was made that the session is about, as its
// maker signed it: with that, who has the same calls makes the same draw. It
// answers [HostAway]; a host who lacks it answers a zero one.
func (c *Conn) Made(ctx context.Context) (made journal.Signed, err error) {
	answer, err := c.ask(ctx, c.nats, "made", nil)
	if err != nil || len(answer.Data) == 0 {
		return made, err
	}
	public, signature := signed(answer.Header.Get(sigHeader))
	if made, err = journal.Open(answer.Data, signature, public); err != nil {
		return made, fmt.Errorf("read how the draw was made: %w", err)
	}
	return made, nil
}

// Answers are what the host answers with. What is nil is not answered. Ask
// returns at once and calls done once, when it is decided, with why not or nil:
// of a *review.Error the member is told code and arguments, of any other error
// only that the wish is not granted.
type Answers struct {
	Clock func() time.Time
	Ask   func(author string, a session.Ask, done func(error))
	State func(session.Attendee)
	Made  func() journal.Signed
}

// Answer is the host's side of [Conn.Clock], [Conn.Ask], [Conn.State] and
// [Conn.Made], until ctx ends or the connection is closed.
func (c *Conn) Answer(ctx context.Context, a Answers) error {
	var subjects []string
	for _, kind := range []string{"clock", "ask", "state", "made"} {
		subjects = append(subjects, c.subject("req", "*", kind))
	}
	return c.hear(ctx, subjects, func(m *nats.Msg) {
		parts := strings.Split(m.Subject, ".")
		author := parts[3]
		switch kind := parts[4]; {
		case kind == "clock" && a.Clock != nil:
			c.reply(c.nats, m, author, nil, strconv.AppendInt(nil, a.Clock().UnixNano(), 10))
		case kind == "ask" && a.Ask != nil:
			given(m, func(asked session.Ask) {
				if asked.Do != "" { // else it is something that only landed here
					a.Ask(author, asked, func(why error) { c.reply(c.nats, m, author, nil, refusing(why)) })
				}
			})
		case kind == "state" && a.State != nil:
			given(m, func(who session.Attendee) {
				who.Author = author // whatever it says
				a.State(who)
			})
			c.reply(c.nats, m, author, nil, nil)
		case kind == "made" && a.Made != nil:
			made := a.Made()
			header := nats.Header{}
			if signer, err := nkeyOf(made.Public); err == nil {
				header.Set(sigHeader, signer+":"+base64.StdEncoding.EncodeToString(made.Signature))
			}
			c.reply(c.nats, m, author, header, made.Bytes)
		}
	})
}

// refusing tells why a wish is not granted; nothing where it is.
func refusing(why error) []byte {
	if why == nil {
		return nil
	}
	r := report{Event: "error", Code: session.NotGranted}
	var told *review.Error
	if errors.As(why, &told) {
		r.Code, r.Args = told.Code, told.Args
	}
	raw, err := json.Marshal(r)
	if err != nil { // arguments that are no JSON
		raw, _ = json.Marshal(report{Event: "error", Code: session.NotGranted})
	}
	return raw
}

// reply answers who asked, and nobody else: a request may name any subject for
// its answer, and the host may publish on all of them.
func (c *Conn) reply(conn *nats.Conn, to *nats.Msg, author string, header nats.Header, data []byte) {
	if !strings.HasPrefix(to.Reply, inbox(author)+".") {
		return
	}
	_ = conn.PublishMsg(&nats.Msg{Subject: to.Reply, Header: header, Data: data}) // who asked asks again
}

// ask waits for the host's answer, at most for some seconds.
func (c *Conn) ask(ctx context.Context, conn *nats.Conn, what string, data []byte) (*nats.Msg, error) {
	limited, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	answer, err := conn.RequestWithContext(limited, c.subject("req", c.me, what), data)
	if err == nil {
		return answer, nil
	}
	if ctx.Err() == nil && (errors.Is(err, nats.ErrNoResponders) || errors.Is(err, context.DeadlineExceeded)) {
		return nil, review.Fail(HostAway, nil).Because(err)
	}
	return nil, fmt.Errorf("ask the host for %s: %w", what, c.why(ctx, err))
}

func (c *Conn) askJSON(ctx context.Context, what string, value any) (*nats.Msg, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("encode what the host is asked: %w", err)
	}
	return c.ask(ctx, c.nats, what, raw)
}

func (c *Conn) sayJSON(ctx context.Context, subject string, value any) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encode what is said: %w", err)
	}
	return c.say(ctx, subject, raw)
}

// say publishes what is not kept.
func (c *Conn) say(ctx context.Context, subject string, what []byte) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := c.nats.Publish(subject, what); err != nil {
		return fmt.Errorf("say on %s: %w", subject, c.why(ctx, err))
	}
	return nil
}

// hear hands on messages one after another, until ctx ends or the connection is
// closed.
func (c *Conn) hear(ctx context.Context, subjects []string, each func(*nats.Msg)) error {
	messages := make(chan *nats.Msg, 256)
	for _, subject := range subjects {
		sub, err := c.nats.ChanSubscribe(subject, messages)
		if err != nil {
			return fmt.Errorf("listen on %s: %w", subject, c.why(ctx, err))
		}
		defer sub.Unsubscribe()
	}
	for {
		select {
		case m := <-messages:
			each(m)
		case <-c.closing.Done():
			return errClosed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
