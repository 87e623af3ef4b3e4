package hub

import (
	"context"
	"sync"

	"github.com/nats-io/nats.go"
)

// second is the connection that recordings travel over, so that no tag waits
// behind them. It is made when the first is asked for.
type second struct {
	dial func(context.Context) (*nats.Conn, error)

	mu   sync.Mutex
	conn *nats.Conn
}

func (s *second) get(ctx context.Context) (*nats.Conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn == nil || s.conn.IsClosed() {
		conn, err := s.dial(ctx)
		if err != nil {
			return nil, err
		}
		s.conn = conn
	}
	return s.conn, nil
}

func (s *second) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conn != nil {
		s.conn.Close()
	}
}
