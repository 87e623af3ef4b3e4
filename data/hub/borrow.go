package hub

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/earshot-app/earshot/review"
)

// NobodyLends is answered for a recording of the session that nobody has who is
// there.
const NobodyLends review.Code = "nobody-lends" // args: hash

// How long members have to say that they hold a recording, and one of them to send
// a range.
const (
	lendersTime = 2 * time.Second
	rangeTime   = 10 * time.Second
)

// A wish is what the host asks members for: who has the recording, with a size of
// 0, or a range of it. Members may publish nowhere else, so that they answer under
// their own subject, in a place that the host names.
type wish struct {
	span
	Answer string `json:"answer"`
}

// A lot is a recording that one member lends.
type lot struct{ hash, author string }

// Borrow does what [Conn.Fetch] does, for the host: it has the recording from a
// member. It answers [NobodyLends] and [AudioChanged]; the next Borrow then has it
// from another member, if another has it.
func (c *Conn) Borrow(ctx context.Context, hash string, w io.WriterAt, progress func(done, of int64)) error {
	conn, err := c.audio.get(ctx)
	if err != nil {
		return err
	}
	who, err := c.wishFor(ctx, conn, "*", span{Hash: hash})
	if err != nil {
		return err
	}
	member := from(who)
	f := &fetch{hash: hash, ask: func(ctx context.Context, s span) (*nats.Msg, error) { return c.wishFor(ctx, conn, member, s) }}
	err = f.run(ctx, w, progress)
	if code := review.CodeOf(err); code == AudioChanged || code == NobodyLends {
		c.doubts.Store(lot{hash, member}, true)
	}
	return err
}

// from is the member who answered a wish.
func from(answer *nats.Msg) string { return strings.Split(answer.Subject, ".")[3] }

// wishFor asks a member for a range, or with "*" all for who has the recording.
func (c *Conn) wishFor(ctx context.Context, over *nats.Conn, member string, s span) (*nats.Msg, error) {
	patience, subject := rangeTime, c.subject("ctl", "lend", member)
	if member == "*" {
		patience, subject = lendersTime, c.subject("ctl", "lend")
	}
	asked := wish{s, rand.Text()}
	raw, err := json.Marshal(asked)
	if err != nil {
		return nil, fmt.Errorf("ask for a recording: %w", err)
	}
	answers, err := over.SubscribeSync(c.subject("req", member, "part", asked.Answer))
	if err != nil {
		return nil, fmt.Errorf("listen for a recording: %w", c.why(ctx, err))
	}
	defer answers.Unsubscribe()
	if err := over.Publish(subject, raw); err != nil {
		return nil, fmt.Errorf("ask for a recording: %w", c.why(ctx, err))
	}
	limited, stop := context.WithTimeout(ctx, patience)
	defer stop()
	answer, err := c.trusted(limited, answers, s.Hash)
	if ctx.Err() == nil && errors.Is(err, context.DeadlineExceeded) {
		return nil, review.Fail(NobodyLends, review.Args{"hash": s.Hash}).Because(err)
	}
	if err != nil {
		return nil, fmt.Errorf("wait for a recording: %w", c.why(ctx, err))
	}
	return answer, nil
}

// trusted is the first answer of a member who is not doubted, or when the time is
// over of anybody: then all are trusted again.
func (c *Conn) trusted(ctx context.Context, answers *nats.Subscription, hash string) (*nats.Msg, error) {
	var doubted *nats.Msg
	for {
		answer, err := answers.NextMsgWithContext(ctx)
		if err != nil {
			if doubted == nil {
				return nil, err
			}
			c.doubts.Range(func(of, _ any) bool {
				if of.(lot).hash == hash {
					c.doubts.Delete(of)
				}
				return true
			})
			return doubted, nil
		}
		if _, wrong := c.doubts.Load(lot{hash, from(answer)}); !wrong {
			return answer, nil
		}
		if doubted == nil {
			doubted = answer
		}
	}
}

// Share is a member's side of [Conn.Borrow], until ctx ends or the connection is
// closed. A member who lacks a recording says nothing when all are asked.
func (c *Conn) Share(ctx context.Context, open Opener) error {
	l := &lender{conn: c, open: open}
	var buffer []byte // made when the first range is asked for
	own := c.subject("ctl", "lend", c.me)
	return c.hear(ctx, []string{c.subject("ctl", "lend"), own}, func(m *nats.Msg) {
		var asked wish
		if len(m.Data) > maxLive || json.Unmarshal(m.Data, &asked) != nil || !isToken(asked.Answer) {
			return
		}
		if m.Subject != own {
			asked.Size = 0
		} else if len(buffer) == 0 {
			buffer = make([]byte, rangeSize)
		}
		part, length, err := l.cut(ctx, asked.span, buffer)
		answer := &nats.Msg{Subject: c.subject("req", c.me, "part", asked.Answer), Header: nats.Header{}, Data: part}
		switch {
		case err == nil:
			answer.Header.Set(lengthHeader, strconv.FormatInt(length, 10))
		case m.Subject == own:
			answer.Header.Set(refusedHeader, absentAudio)
		default:
			return
		}
		if over, err := c.audio.get(ctx); err == nil {
			_ = over.PublishMsg(answer) // the host asks again
		}
	})
}

// isToken reports whether text can be one word of a subject.
func isToken(text string) bool {
	return text != "" && len(text) <= 64 && strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}
