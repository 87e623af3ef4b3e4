package hub

import (
	"context"
	"fmt"

	"github.com/nats-io/nats.go"
)

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

// hear hands on what others say until ctx ends or the connection is closed; a
// cut only makes it miss what was said meanwhile.
func (c *Conn) hear(ctx context.Context, subject string, each func(*nats.Msg)) error {
	sub, err := c.nats.SubscribeSync(subject)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", subject, c.why(ctx, err))
	}
	defer sub.Unsubscribe()
	for {
		msg, err := sub.NextMsgWithContext(ctx)
		if err != nil {
			return fmt.Errorf("listen on %s: %w", subject, c.why(ctx, err))
		}
		each(msg)
	}
}
