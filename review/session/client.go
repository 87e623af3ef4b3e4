package session

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review/journal"
)

// How a [Client] goes about it.
const (
	window    = 16  // parcels on the way to the server at once
	outbox    = 256 // looked at together
	mostWait  = 10 * time.Second
	lookAgain = 10 * time.Second
	// readerWait is shorter: a reader asks one small thing, and tells the writer
	// that the server is back.
	readerWait = 2 * time.Second
	leastWait  = 250 * time.Millisecond
)

// A Client carries a session's events between a library and the network for
// as long as [Client.Run] runs. What it does again after a fault does nothing
// twice, so it may end and begin at any time.
//
//   - An event is done when it came back through the log. One that the server
//     took and that the log then did not deliver is published again as a new
//     message: the server may have held another for it, or lost it.
//   - Where the log is shorter than what was read of it, or was made anew, all
//     is read and published again.
//   - Where the log jumps, what is missing is asked for, and whoever has it
//     publishes it again, each event once. It is asked for again and again, ever
//     more seldom: who has it may come later, and an answer may be a mistake.
type Client struct {
	link Link
	box  Box
	host bool
	wake chan struct{} // there may be something to publish
	back chan struct{} // the server answers

	mu   sync.Mutex
	life int  // how often the log began anew: a sequence of before says nothing
	sure bool // the log that is being read is the one that the box knows
}

// NewClient connects a box and a link. The host's also reads the blind stream.
func NewClient(link Link, box Box, host bool) *Client {
	return &Client{link: link, box: box, host: host, wake: make(chan struct{}, 1), back: make(chan struct{}, 1)}
}

// Wake says that the outbox has something new. It never waits.
func (c *Client) Wake() { nudge(c.wake) }

func nudge(signal chan struct{}) {
	select {
	case signal <- struct{}{}:
	default:
	}
}

// Run carries events until ctx ends, and then returns its error; or until the
// box fails, and returns that. A failing network is tried again for ever.
func (c *Client) Run(ctx context.Context) error {
	running, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	parts := []func(context.Context) error{c.write, c.answer, (&reader{Client: c, stream: Log}).run}
	if c.host {
		parts = append(parts, (&reader{Client: c, stream: Blind}).run)
	}
	var all sync.WaitGroup
	for _, part := range parts {
		all.Go(func() {
			if err := part(running); err != nil {
				stop(err)
			}
		})
	}
	all.Wait()
	return context.Cause(running)
}

// write publishes what the outbox holds. It returns nil when ctx ends, else
// what the box answered.
func (c *Client) write(ctx context.Context) error {
	wait := backoff{most: mostWait}
	for ctx.Err() == nil {
		due, err := c.due(ctx)
		switch {
		case err != nil:
			return unlessOver(ctx, err)
		case len(due) == 0:
			select {
			case <-ctx.Done():
			case <-c.wake:
			}
			continue
		}
		reached, err := c.publish(ctx, together(due))
		if err != nil {
			return unlessOver(ctx, err)
		}
		if reached {
			wait.reset()
		} else {
			wait.pause(ctx, c.back)
		}
	}
	return nil
}

// due is what is to be published now: what was not sent, and what the log did
// not deliver at the sequence that the server gave it. The cursor is read
// first: the other way round what is delivered in between would seem lost.
func (c *Client) due(ctx context.Context) ([]Pending, error) {
	_, sure := c.standing()
	at, err := c.box.Cursor(ctx, Log)
	if err != nil {
		return nil, fmt.Errorf("read how far the log was read: %w", err)
	}
	waiting, err := c.box.Outbox(ctx, outbox)
	if err != nil {
		return nil, fmt.Errorf("read what is to be sent: %w", err)
	}
	due := waiting[:0]
	for _, p := range waiting {
		if p.Acked == 0 || sure && p.Blind == 0 && p.Acked <= at.Seq {
			p.Try = int(p.Acked)
			due = append(due, p)
		}
	}
	return due, nil
}

// together are the first of due that are sent at once, in no order. What tells
// how the rest is meant goes alone: a session's opening comes before all else,
// a reveal after what it shows, the close last. That somebody is through with a
// call comes after what they said of it: a host who knows that all are may close,
// and whoever leaves then does not get what comes later.
func together(due []Pending) []Pending {
	due = due[:min(window, len(due))]
	for i, p := range due {
		switch journal.Type(p.Type) {
		case journal.TypeSessionOpened, journal.TypeRoundRevealed, journal.TypeSessionClosed:
			return due[:max(1, i)]
		}
		if i > 0 && through(p) && !through(due[i-1]) {
			return due[:i]
		}
	}
	return due
}

// through reports whether its author is through with a call.
func through(p Pending) bool {
	t := journal.Type(p.Type)
	return t == journal.TypeCallHeard || t == journal.TypeCallSkipped
}

// standing answers which life of the log this is, and whether the box knows it.
func (c *Client) standing() (life int, sure bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.life, c.sure
}

// publish sends parcels together and notes what the server answered. It reports
// whether it took all; the error is the box's.
func (c *Client) publish(ctx context.Context, due []Pending) (all bool, err error) {
	life, _ := c.standing()
	var sending sync.WaitGroup
	for i := range due {
		sending.Go(func() {
			seq, err := c.link.Publish(ctx, due[i].Parcel, due[i].Try)
			if err != nil {
				seq = 0
			}
			due[i].Acked = seq
		})
	}
	sending.Wait()
	return c.note(ctx, due, life)
}

// note notes what the server answered in a life of the log. It reports whether
// it answered everything.
func (c *Client) note(ctx context.Context, sent []Pending, life int) (all bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	all = true
	for _, p := range sent {
		if p.Acked == 0 || c.life != life {
			all = false
		} else if err := c.box.Sent(ctx, p.ID, p.Acked, p.Try); err != nil {
			return false, fmt.Errorf("note that %s was sent: %w", p.ID, err)
		}
	}
	return all, nil
}

// answer publishes again what others could not read, where this library has
// it.
func (c *Client) answer(ctx context.Context) error {
	wait := backoff{most: readerWait}
	for {
		var broken error
		_ = c.link.Lost(ctx, func(seq uint64) {
			wait.reset()
			if _, sure := c.standing(); !sure || broken != nil {
				return // they ask again
			}
			_, broken = c.mend(ctx, seq)
		})
		if broken != nil || ctx.Err() != nil {
			return unlessOver(ctx, broken)
		}
		wait.pause(ctx, nil)
	}
}

// mend publishes again what the log had at a sequence, if it is here. All who
// do so make one new message, so that it does not matter how many have it, and
// it is asked for again if this fails. The error is the box's.
func (c *Client) mend(ctx context.Context, seq uint64) (here bool, err error) {
	p, here, err := c.box.At(ctx, seq)
	if err != nil {
		return false, fmt.Errorf("look for what the log had at %d: %w", seq, err)
	}
	if here {
		_, _ = c.link.Publish(ctx, p, int(seq))
	}
	return here, nil
}

// unlessOver answers nil where ctx ended: what failed then failed of that.
func unlessOver(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// A backoff waits longer from time to time.
type backoff struct{ next, most time.Duration }

func (b *backoff) reset() { b.next = 0 }

// pause waits, until ctx ends or there is an early sign.
func (b *backoff) pause(ctx context.Context, early <-chan struct{}) {
	b.next = min(max(leastWait, 2*b.next), b.most)
	timer := time.NewTimer(b.next)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-early:
	case <-timer.C:
	}
}
